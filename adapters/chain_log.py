"""A chain of records in a folder: one segment for each writer there ever was, never rewritten.

Who goes on after a fault begins a new segment; its first record continues the chain where reading
ended, so the segment itself says how much of the earlier ones its writer believed.
"""

from dataclasses import dataclass
from typing import Self

from adapters.chain import Head, frame, take
from adapters.disk import Disk

SUFFIX = ".log"
DIGITS = 6


@dataclass(frozen=True, slots=True)
class Recovered:
    """What a folder holds: all lines of the chain, its head, bytes behind it, segments.

    `lost`: bytes behind the last good record. `clean`: there is a last segment and it holds
    nothing but good records.
    """

    lines: tuple[bytes, ...]
    head: Head
    lost: int
    segments: tuple[str, ...]
    clean: bool


def recover(disk: Disk) -> Recovered:
    """Read each segment to its first bad record; changes nothing."""
    segments = tuple(name for name in disk.names() if name.endswith(SUFFIX))
    lines: list[bytes] = []
    head, lost, clean = Head(), 0, False
    for name in segments:
        taken = take(disk.read(name), head)
        lines += taken.lines
        head = taken.head
        # What an earlier writer did not believe was told by the record it then wrote.
        lost = taken.lost if taken.lines else lost + taken.lost
        clean = not taken.lost
    return Recovered(tuple(lines), head, lost, segments, clean)


class ChainLog:
    """The one writer of a chain; OSError as soon as a write or a sync fails, and ever after."""

    def __init__(self, disk: Disk, segment: str, head: Head) -> None:
        self._disk = disk
        self._segment = segment
        self._failed: list[OSError] = []
        self.head = head

    @classmethod
    def begin(cls, disk: Disk) -> tuple[Self, Recovered]:
        """Go on where reading ended, in a new segment; what is continued is made durable first."""
        found = _made_durable(disk)
        return cls._in_new_segment(disk, found), found

    @classmethod
    def go_on(cls, disk: Disk) -> tuple[Self, Recovered]:
        """As `begin`, but in the last segment where that is clean: for many short writers."""
        found = _made_durable(disk)
        if found.clean:
            return cls(disk, found.segments[-1], found.head), found
        return cls._in_new_segment(disk, found), found

    @classmethod
    def _in_new_segment(cls, disk: Disk, found: Recovered) -> Self:
        segment = f"{len(found.segments) + 1:0{DIGITS}}{SUFFIX}"
        disk.create(segment)
        return cls(disk, segment, found.head)

    def append(self, line: bytes) -> Head:
        """The line is with the operating system when this returns; the head after it."""
        self._stop_if_failed()
        after = self.head.after(line)
        try:
            self._disk.append(self._segment, frame(line, after))
        except OSError as failed:
            self._failed.append(failed)
            raise
        self.head = after
        return after

    def sync(self) -> None:
        """All lines are on the disk when this returns."""
        self._stop_if_failed()
        try:
            self._disk.sync(self._segment)
        except OSError as failed:
            # After a failed sync the system forgets what it could not write: asking again would
            # be told that all is well.
            self._failed.append(failed)
            raise

    def _stop_if_failed(self) -> None:
        for failed in self._failed:
            raise failed


def _made_durable(disk: Disk) -> Recovered:
    found = recover(disk)
    # A record that was only in memory may vanish after a new one was chained to it.
    for name in found.segments:
        disk.sync(name)
    return found
