"""The branch's book of challenges: every one issued, and how each ended. Append-only."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import msgspec

from adapters.errors import InputRefused
from adapters.journal import BadRecord, Json, decode, encode
from adapters.shared_chain import SharedChain
from reports.registration.challenge import RegisteredDevice

FOLDER = "book"
SUBMITTED, ABANDONED = "submitted", "abandoned"


class BookRefused(InputRefused):
    """The book holds what it would not have written; the message names the entry."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A challenge was issued: its numbers, whose it is, the SHA-256 of its file, its times."""

    number: int
    device_number: int
    device: RegisteredDevice
    sha256: str
    issued: str
    expires: str


@dataclass(frozen=True, slots=True)
class Closed:
    """A challenge ended: `how` is submitted or abandoned, `sha256` that of the file that says so.

    For a submission `station` is the fingerprint of its key, `count` and `link` where its ledger
    stood: the next submission of that station must begin there.
    """

    number: int
    how: str
    sha256: str
    at: str
    station: str = ""
    count: int = 0
    link: str = ""


Entry: TypeAlias = Opened | Closed
KINDS: Mapping[str, type[Entry]] = {"opened": Opened, "closed": Closed}
NAMES = {kind: name for name, kind in KINDS.items()}


class Book:
    """The book in a folder; several clerks may write in turn."""

    def __init__(self, folder: Path) -> None:
        self._chain = SharedChain(folder / FOLDER)

    def entries(self) -> tuple[Entry, ...]:
        """BookRefused at the first line that is none."""
        return tuple(map(_entry, self._chain.lines()))

    def add(self, entry: Entry) -> None:
        """Durable when this returns."""
        body: dict[str, Json] = msgspec.to_builtins(entry, order="deterministic")
        self._chain.append(encode({"entry": NAMES[type(entry)], **body})[:-1])


def _entry(line: bytes) -> Entry:
    try:
        body = decode(line)
        kind = KINDS[str(body.pop("entry", ""))]
        return msgspec.convert(body, kind, strict=True)
    except (BadRecord, KeyError, msgspec.ValidationError) as refused:
        message = f"a line of the book is no entry: {refused}"
        raise BookRefused(message) from refused


def next_numbers(entries: Sequence[Entry], device: RegisteredDevice) -> tuple[int, int]:
    """The numbers of the next challenge: at the branch, and for this device."""
    opened = [each for each in entries if isinstance(each, Opened)]
    of_device = [each for each in opened if _same(each.device, device)]
    return 1 + len(opened), 1 + len(of_device)


def _same(one: RegisteredDevice, other: RegisteredDevice) -> bool:
    """The same terminal, whatever software it has today."""
    return (one.institution, one.term_no, one.hw_sn) == (
        other.institution,
        other.term_no,
        other.hw_sn,
    )


def opened(entries: Sequence[Entry], number: int) -> Opened | None:
    """The challenge of this number, None if none was issued."""
    found = [each for each in entries if isinstance(each, Opened) and each.number == number]
    return found[0] if found else None


def closed(entries: Sequence[Entry], number: int) -> Closed | None:
    """How the challenge of this number ended, None if it has not."""
    found = [each for each in entries if isinstance(each, Closed) and each.number == number]
    return found[0] if found else None


def pending(entries: Sequence[Entry]) -> Iterator[Opened]:
    """Challenges that have not ended, in the order of their numbers."""
    ended = {each.number for each in entries if isinstance(each, Closed)}
    yield from (each for each in entries if isinstance(each, Opened) and each.number not in ended)


def ledger_stood(entries: Sequence[Entry], station: str) -> tuple[int, str] | None:
    """Where the ledger of a station stood at its last submission, None before the first."""
    found = [
        (each.count, each.link)
        for each in entries
        if isinstance(each, Closed) and each.how == SUBMITTED and each.station == station
    ]
    return found[-1] if found else None
