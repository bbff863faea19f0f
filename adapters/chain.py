"""The chain of records: each is bound to all that were written before it. Sans-IO.

    LENGTH(4) LINE TAG(16)          TAG: the first bytes of the record's link

Link: SHA-256(01, link before, u64 number from 1, u32 length, line); numbers are big-endian.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from adapters.journal import MAX_LINE

LINK = b"\x01"
START = bytes(32)
LENGTH_SIZE = 4
NUMBER_SIZE = 8
TAG_SIZE = 16


@dataclass(frozen=True, slots=True)
class Head:
    """Where a chain stands: how many records it has, and the link of the last one (32 bytes)."""

    count: int = 0
    link: bytes = START

    def after(self, line: bytes) -> "Head":
        """The head once this line (without its newline) was added."""
        count = self.count + 1
        counted = count.to_bytes(NUMBER_SIZE, "big") + len(line).to_bytes(LENGTH_SIZE, "big")
        return Head(count, hashlib.sha256(LINK + self.link + counted + line).digest())


def head_of(lines: Sequence[bytes]) -> Head:
    """The head of a whole chain."""
    head = Head()
    for line in lines:
        head = head.after(line)
    return head


def frame(line: bytes, head: Head) -> bytes:
    """A line as it is written; `head` is the one after it."""
    return len(line).to_bytes(LENGTH_SIZE, "big") + line + head.link[:TAG_SIZE]


@dataclass(frozen=True, slots=True)
class Taken:
    """What could be read of some bytes: lines, the head after them, and the bytes that are left."""

    lines: tuple[bytes, ...]
    head: Head
    lost: int


def take(data: bytes, head: Head) -> Taken:
    """The records that continue a chain; reading ends at the first bad one, whatever follows it.

    To look for good records behind a bad one would be to believe bytes that nothing vouches for.
    """
    lines: list[bytes] = []
    at = 0
    while (line := _line(data, at)) is not None:
        after = head.after(line)
        end = at + LENGTH_SIZE + len(line) + TAG_SIZE
        if data[end - TAG_SIZE : end] != after.link[:TAG_SIZE]:
            break
        lines.append(line)
        head, at = after, end
    return Taken(tuple(lines), head, len(data) - at)


def _line(data: bytes, at: int) -> bytes | None:
    """The line that is announced at this place; None if it is empty, too long or not all there."""
    begin = at + LENGTH_SIZE
    size = int.from_bytes(data[at:begin], "big")
    whole = 0 < size <= MAX_LINE and begin + size + TAG_SIZE <= len(data)
    return data[begin : begin + size] if whole else None
