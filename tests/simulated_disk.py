"""A disk of software that loses power: what was not synced is kept, lost, torn, garbage or zeros.

Every choice comes from one generator, so that a seed gives the same disks again.
"""

import errno
import os
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

NEVER = 0


class PowerLost(Exception):
    """The machine is off: whatever was doing something has ended there."""


@dataclass
class File:
    """`durable` stays; `writes` are with the system only. `named`: its name is durable."""

    durable: bytes = b""
    writes: list[bytes] = field(default_factory=list)
    named: bool = False

    @property
    def content(self) -> bytes:
        return self.durable + b"".join(self.writes)


def _kept(data: bytes, _: random.Random) -> bytes:
    return data


def _zeros(data: bytes, _: random.Random) -> bytes:
    return bytes(len(data))


def _garbage(data: bytes, chance: random.Random) -> bytes:
    return chance.randbytes(len(data))


def _torn(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + bytes(len(data) - at)


def _torn_into_garbage(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.randbytes(len(data) - at)


FATES: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _kept,
    _zeros,
    _garbage,
    _torn,
    _torn_into_garbage,
)


class SimulatedDisk:
    """adapters.disk.Disk; `dies_at` and `fails_at` count steps that change something, from 1."""

    def __init__(self, chance: random.Random, files: Mapping[str, File] | None = None) -> None:
        self._chance = chance
        self._files = dict(files or {})
        self._steps = 0
        self.dies_at = NEVER
        self.fails_at = NEVER

    def in_steps(self, most: int) -> int:
        """A step to come, one of the next few."""
        return self._steps + self._chance.randint(1, most)

    def names(self) -> tuple[str, ...]:
        return tuple(sorted(self._files))

    def sizes(self) -> dict[str, int]:
        return {name: len(file.content) for name, file in self._files.items()}

    def read(self, name: str) -> bytes:
        return self._files[name].content

    def create(self, name: str) -> None:
        self._step()
        if name in self._files:
            raise FileExistsError(name)
        self._files[name] = File()
        self._step()
        self._name(self._files[name])

    def append(self, name: str, data: bytes) -> None:
        writes = self._files[name].writes
        if self._step():
            writes.append(data[: self._chance.randrange(len(data))])
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        # The system may take a record in several pieces.
        at = self._chance.randrange(len(data))
        writes += [data[:at], data[at:]]

    def sync(self, name: str) -> None:
        failing = self._step()
        file = self._files[name]
        if failing:
            # The system has forgotten what it could not write: there are holes, and no second try.
            self._settle(file, (_kept, _zeros))
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        self._settle(file, (_kept,))

    def remove(self, name: str) -> None:
        self._step()
        del self._files[name]

    def after_power_loss(self) -> "SimulatedDisk":
        """One of the disks that may be found when the power is back."""
        found = {
            name: File(self._left_of(file), named=True)
            for name, file in self._files.items()
            if file.named or self._chance.random() < 0.5
        }
        return SimulatedDisk(self._chance, found)

    def _name(self, file: File) -> None:
        file.named = True

    def _settle(self, file: File, fates: tuple[Callable[..., bytes], ...]) -> None:
        left = [self._chance.choice(fates)(data, self._chance) for data in file.writes]
        file.durable += b"".join(left)
        file.writes.clear()

    def _left_of(self, file: File) -> bytes:
        left = b"".join(self._chance.choice(FATES)(data, self._chance) for data in file.writes)
        # The size of a file is written apart from what is in it.
        if self._chance.random() < 0.5:
            left = left[: self._chance.randrange(len(left) + 1)]
        return file.durable + left

    def _step(self) -> bool:
        """One more step; whether it fails. PowerLost if it is the last."""
        self._steps += 1
        if self._steps == self.dies_at:
            raise PowerLost
        return self._steps == self.fails_at


class LazyNames(SimulatedDisk):
    """A disk whose new files are nowhere to be found after a power loss, now and then."""

    def _name(self, file: File) -> None:
        file.named = False
