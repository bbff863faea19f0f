"""What a station has ever done: every attempt of every campaign, in one chain, none left out.

A line is canonical JSON like a journal's. Entries are written before what they announce happens.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import msgspec

from adapters.chain import Head, head_of
from adapters.errors import InputRefused
from adapters.journal import BadRecord, Json, decode, encode
from adapters.shared_chain import SharedChain

FOLDER = "ledger"


class LedgerRefused(InputRefused):
    """Lines that are no ledger; the message names the entry."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A campaign begins; `link` (hex) is its journal's after the plan. `challenge` 0: none."""

    campaign: str
    device: str
    practice: bool
    emulated: bool
    challenge: int
    link: str
    at: str


@dataclass(frozen=True, slots=True)
class Attempted:
    """An attempt begins."""

    campaign: str
    attempt: str
    at: str


@dataclass(frozen=True, slots=True)
class Done:
    """An attempt was closed; `link` (hex) is the journal's after that. `cause`: what broke."""

    campaign: str
    attempt: str
    link: str
    cause: str


@dataclass(frozen=True, slots=True)
class Resumed:
    """A campaign goes on behind the journal's `link` (hex); `lost` bytes were not believed."""

    campaign: str
    link: str
    lost: int
    at: str


@dataclass(frozen=True, slots=True)
class Ended:
    """A campaign ends; `link` (hex) is its journal's last."""

    campaign: str
    attempts: int
    link: str
    at: str


@dataclass(frozen=True, slots=True)
class Sealed:
    """A bundle was sealed over the ledger up to here; `sha256` (hex) is that of its file."""

    campaign: str
    counted: bool
    sha256: str


@dataclass(frozen=True, slots=True)
class Abandoned:
    """A challenge or a campaign is given up, and why; the other of the two may be 0 or ""."""

    campaign: str
    challenge: int
    reason: str
    at: str


@dataclass(frozen=True, slots=True)
class Signed:
    """A statement somebody signed: deviation, review, waiver or key; the envelope as text."""

    kind: str
    envelope: str


Entry: TypeAlias = Begun | Attempted | Done | Resumed | Ended | Sealed | Abandoned | Signed

KINDS: Mapping[str, type[Entry]] = {
    "begun": Begun,
    "attempted": Attempted,
    "done": Done,
    "resumed": Resumed,
    "ended": Ended,
    "sealed": Sealed,
    "abandoned": Abandoned,
    "signed": Signed,
}
NAMES = {kind: name for name, kind in KINDS.items()}


def to_line(entry: Entry) -> bytes:
    """The line of an entry, without its newline."""
    body: dict[str, Json] = msgspec.to_builtins(entry, order="deterministic")
    return encode({"entry": NAMES[type(entry)], **body})[:-1]


def from_line(line: bytes) -> Entry:
    """The entry of a line; LedgerRefused if `to_line` would not have written it."""
    try:
        body = decode(line)
        named = body.pop("entry", "")
        kind = KINDS[named if isinstance(named, str) else ""]
        entry: Entry = msgspec.convert(body, kind, strict=True)
    except (BadRecord, KeyError, msgspec.ValidationError) as refused:
        message = f"a line of the ledger is no entry: {refused}"
        raise LedgerRefused(message) from refused
    if to_line(entry) != line:
        message = f"an entry {named!r} is not as this format writes it"
        raise LedgerRefused(message)
    return entry


class Ledger:
    """The ledger of a station's folder; RecorderFailed where it cannot be written."""

    def __init__(self, station: Path) -> None:
        self._chain = SharedChain(station / FOLDER)

    def add(self, entry: Entry) -> Head:
        """On the disk when this returns; the head after it."""
        return self._chain.append(to_line(entry))

    def lines(self) -> tuple[bytes, ...]:
        return self._chain.lines()

    def about(self, campaign: str) -> tuple[Entry, ...]:
        """What it tells of one campaign."""
        told = map(from_line, self.lines())
        return tuple(each for each in told if getattr(each, "campaign", "") == campaign)

    def tells(self, kind: type[Entry], campaign: str) -> bool:
        """Whether an entry of this kind about a campaign is there."""
        return any(isinstance(each, kind) for each in self.about(campaign))

    def concluded(self) -> frozenset[str]:
        """Campaigns of which nothing more is to come: sealed, or given up."""
        told = map(from_line, self.lines())
        return frozenset(each.campaign for each in told if isinstance(each, Sealed | Abandoned))


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Entries one after the other, and where in the chain they stand: the head before them."""

    before: Head
    lines: tuple[bytes, ...]

    @property
    def after(self) -> Head:
        head = self.before
        for line in self.lines:
            head = head.after(line)
        return head

    def entries(self) -> Iterator[Entry]:
        """LedgerRefused at the first line that is none."""
        yield from map(from_line, self.lines)


def excerpt(lines: Sequence[bytes], campaign: str, *, counted: bool) -> Excerpt:
    """What a bundle tells of the ledger, up to now.

    A campaign that counts answers for all since the last one that counted was sealed; one that
    does not, for itself.
    """
    first = 0
    for number, entry in enumerate(map(from_line, lines)):
        match entry:
            case Sealed(counted=True) if counted:
                # The bundle itself ended before this entry: the next one tells it.
                first = number
            case Begun(campaign=named) if named == campaign and not counted:
                first = number
            case _:
                continue
    return Excerpt(head_of(lines[:first]), tuple(lines[first:]))


def attempts_by_run(entries: Iterable[Entry], device: str) -> Counter[str]:
    """How often each run of a device was attempted, over all campaigns told of."""
    return Counter(
        run
        for entry in entries
        if isinstance(entry, Attempted)
        for named, _, rest in (entry.attempt.partition("/"),)
        if named == device
        for run in (rest.rpartition("/")[0],)
    )
