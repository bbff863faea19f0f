"""What a chain on a disk promises, checked over the states in which power losses leave it.

What was synced is recovered; what is recovered was appended, in this order; and one can go on.
"""

import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count

from adapters.chain_log import ChainLog, Recovered, recover
from adapters.shared_chain import Turns
from tests.simulated_disk import PowerLost, SimulatedDisk

Log = ChainLog
LOSSES = 3
DEEP = 3
# How soon power or disk fail: recovery of a few segments takes about as many steps.
SOON = 8


class Violated(AssertionError):
    """A promise was broken; the message says which."""


@dataclass(frozen=True)
class Subject:
    """What is under test: how a writer begins, and how a disk is read."""

    begin: Callable[[SimulatedDisk], tuple[Log, Recovered]] = Log.begin
    recover: Callable[[SimulatedDisk], Recovered] = recover
    disk: Callable[[random.Random], SimulatedDisk] = SimulatedDisk


@dataclass
class Model:
    """All lines that may be there, in their order, and how many of them must be."""

    lines: list[bytes] = field(default_factory=list)
    durable: int = 0

    def copy(self) -> "Model":
        return Model(list(self.lines), self.durable)

    def check(self, found: Recovered) -> None:
        if list(found.lines) != self.lines[: len(found.lines)]:
            message = f"something was invented: {found.lines}, {self.lines} were appended"
            raise Violated(message)
        if len(found.lines) < self.durable:
            message = f"{self.durable} lines were synced, {len(found.lines)} are here"
            raise Violated(message)

    def believe(self, found: Recovered) -> None:
        """A writer goes on behind these lines: now they must stay, and the others are gone."""
        self.check(found)
        self.lines = list(found.lines)
        self.durable = len(self.lines)

    def synced(self) -> None:
        self.durable = len(self.lines)


class Exploration:
    """Stories of writers that are killed, disks that fail, and power that goes; all by a seed."""

    def __init__(self, seed: str, subject: Subject) -> None:
        self._chance = random.Random(seed)
        self._subject = subject
        self._numbers = count()
        self.states = 0

    def run(self, states: int, story: Callable[["Exploration"], None]) -> None:
        """Violated at the first broken promise."""
        while self.states < states:
            story(self)

    def journal(self) -> None:
        """Writers one after the other, as of a journal: each was killed, or its disk failed."""
        disk = self._subject.disk(self._chance)
        model = Model()
        for _ in range(self._chance.randint(1, 3)):
            if self._chance.random() < 0.3:
                disk.fails_at = disk.in_steps(SOON)
            try:
                self._sitting(disk, model)
            except OSError:
                # The disk did not take something: the writer is told, and ends.
                self._lose_power(disk, model)

    def ledger(self) -> None:
        """Processes that extend one chain in turn; a line is durable when its turn ends."""
        disk = self._subject.disk(self._chance)
        model = Model()
        processes = [Turns(disk), Turns(disk)]
        for _ in range(self._chance.randint(1, 6)):
            if self._chance.random() < 0.2:
                disk.fails_at = disk.in_steps(SOON)
            process = self._chance.choice(processes)
            model.lines.append(self._line())
            self._lose_power(disk, model)
            try:
                process.append(model.lines[-1])
            except OSError:
                # Whether the line is there is for the next one to find out.
                self._lose_power(disk, model)
                model.lines = list(self._checked(disk, model).lines)
            else:
                model.synced()
                self._lose_power(disk, model)

    def _sitting(self, disk: SimulatedDisk, model: Model) -> None:
        log, found = self._subject.begin(disk)
        model.believe(found)
        for _ in range(self._chance.randint(0, 4)):
            model.lines.append(self._line())
            log.append(model.lines[-1])
            self._lose_power(disk, model)
            if self._chance.random() < 0.4:
                log.sync()
                model.synced()
                self._lose_power(disk, model)

    def _lose_power(self, disk: SimulatedDisk, model: Model) -> None:
        for _ in range(LOSSES):
            self.states += 1
            self._survive(disk.after_power_loss(), model.copy())

    def _survive(self, disk: SimulatedDisk, model: Model) -> None:
        """Power goes again while somebody recovers, several times; then all must be well."""
        for _ in range(self._chance.randint(0, DEEP)):
            disk.dies_at = disk.in_steps(SOON)
            with suppress(PowerLost):
                self._go_on(disk, model)
            disk = disk.after_power_loss()
            self.states += 1
        self._checked(disk, model)
        self._go_on(disk, model)
        for again in (disk, disk.after_power_loss()):
            if list(self._subject.recover(again).lines) != model.lines:
                raise Violated("who goes on after a recovery does not continue the chain")

    def _go_on(self, disk: SimulatedDisk, model: Model) -> None:
        log, found = self._subject.begin(disk)
        model.believe(found)
        model.lines.append(self._line())
        log.append(model.lines[-1])
        log.sync()
        model.synced()

    def _checked(self, disk: SimulatedDisk, model: Model) -> Recovered:
        found = self._subject.recover(disk)
        model.check(found)
        return found

    def _line(self) -> bytes:
        return f"line {next(self._numbers)} {'x' * self._chance.randrange(40)}".encode()


def explored(states: int, seed: str, subject: Subject, ledger: bool) -> int:  # noqa: FBT001 - of a table
    """How many states were looked at, at least as many as asked for; Violated if one is bad."""
    exploration = Exploration(seed, subject)
    exploration.run(states, Exploration.ledger if ledger else Exploration.journal)
    return exploration.states
