"""The records of a journal as typed values, and both directions of their JSON.

Everything a bundle says is one of a few kinds of line: the campaign; its plan, one line for each
run; then attempts (open, event, close), what interrupted them (stopped, resume), and the end.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

import msgspec

from adapters.events import Direction, Event, Kind, Port, Stamp
from adapters.journal import Json, encode
from fixtures.identity import Identity
from suites.attempt import Facts, Setting, Trouble

FORMAT = 0


class RecordRefused(Exception):
    """A record that lacks a field, or has one too many or of another type."""


@dataclass(frozen=True, slots=True)
class Release:
    """Which Assay recorded: version, commit, whether the tree was changed, the judge's digest."""

    version: str
    commit: str
    dirty: bool
    judge_digest: str


@dataclass(frozen=True, slots=True)
class Claims:
    """The ICS as it stood: edition, claims, settings, and the switches for open points."""

    edition: str
    claims: tuple[str, ...]
    settings: Mapping[str, Setting]
    switches: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Station:
    """The key that keeps the ledger: its fingerprint, and from when to when it says it holds."""

    fingerprint: str
    made: str
    expires: str


@dataclass(frozen=True, slots=True)
class Registered:
    """The challenge a campaign answers: its number, the digest of its file, and who issued it."""

    number: int
    sha256: str
    issuer: str


@dataclass(frozen=True, slots=True)
class CampaignRecord:
    """The first line: what a branch needs to count this campaign, and to repeat its judgement.

    `practice` says why it does not count; empty: it counts. `emulated`: a device of software.
    `station` and `challenge` may be absent.
    `limits` are those of one attempt, `environment` what it was recorded with, both by name.
    """

    format: int
    campaign: str
    device: str
    device_kind: str
    practice: tuple[str, ...]
    emulated: bool
    identity: Identity | None
    release: Release
    ics: Claims
    links: Mapping[str, str]
    fidelity: Mapping[str, str]
    settings_channel: Mapping[str, str]
    keys: tuple[str, ...]
    runner: str
    seed: str
    started: str
    limits: Mapping[str, int] = field(default_factory=dict)
    environment: Mapping[str, str] = field(default_factory=dict)
    station: Station | None = None
    challenge: Registered | None = None


@dataclass(frozen=True, slots=True)
class PlannedRun:
    """One run of the plan, with its resolved symbols and the digest of the case as data."""

    case: str
    run: str
    case_digest: str
    symbols: Mapping[str, int | str]

    @property
    def id(self) -> str:
        return f"{self.case}[{self.run}]" if self.run else self.case


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A run not in the plan: `result` is not-applicable, withheld or not-run, with its reason."""

    case: str
    run: str
    result: str
    reason: str

    @property
    def id(self) -> str:
        return f"{self.case}[{self.run}]" if self.run else self.case


@dataclass(frozen=True, slots=True)
class PlanHead:
    """The second line: how many lines of runs follow, and then how many of runs left out."""

    profile: str
    planned: int
    left_out: int


@dataclass(frozen=True, slots=True)
class Plan:
    """All runs in order, and all that were left out."""

    profile: str
    runs: tuple[PlannedRun, ...]
    left_out: tuple[LeftOut, ...]

    def records(self) -> Iterator["PlanHead | PlannedRun | LeftOut"]:
        """The lines it is written in."""
        yield PlanHead(self.profile, len(self.runs), len(self.left_out))
        yield from self.runs
        yield from self.left_out


@dataclass(frozen=True, slots=True)
class OpenRecord:
    """An attempt begins."""

    attempt: str
    facts: Facts


@dataclass(frozen=True, slots=True)
class EventRecord:
    """An event of an attempt, bytes as upper-case hex."""

    attempt: str
    seq: int
    port: Port
    direction: Direction
    kind: Kind
    data: str
    mono_ns: int
    wall: str
    uncertainty_ns: int
    fidelity: str
    detail: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CloseRecord:
    """An attempt ends; `trouble` where something broke."""

    attempt: str
    trouble: Trouble | None = None


@dataclass(frozen=True, slots=True)
class StoppedRecord:
    """The last words of a writer that could not go on; whatever was open was cut off."""

    cause: str


@dataclass(frozen=True, slots=True)
class ResumeRecord:
    """A campaign goes on after it was interrupted; whatever was open was cut off.

    `link` (hex) is the last link of the chain that was believed, `lost` the bytes that were not.
    `boot` tells whether monotonic times before and after may be compared.
    """

    link: str
    lost: int
    boot: str
    resumed: str
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EndRecord:
    """The campaign ends with this many attempts."""

    attempts: int
    ended: str


Record: TypeAlias = (
    CampaignRecord
    | PlanHead
    | PlannedRun
    | LeftOut
    | OpenRecord
    | EventRecord
    | CloseRecord
    | StoppedRecord
    | ResumeRecord
    | EndRecord
)

KINDS: Mapping[str, type[Record]] = {
    "campaign": CampaignRecord,
    "plan": PlanHead,
    "planned": PlannedRun,
    "left-out": LeftOut,
    "open": OpenRecord,
    "event": EventRecord,
    "close": CloseRecord,
    "stopped": StoppedRecord,
    "resume": ResumeRecord,
    "end": EndRecord,
}
NAMES = {kind: name for name, kind in KINDS.items()}


def to_json(record: Record) -> dict[str, Json]:
    """The JSON object of a record, its kind under "record"."""
    body: dict[str, Json] = msgspec.to_builtins(record, order="deterministic")
    return {"record": NAMES[type(record)], **body}


def from_json(body: Mapping[str, Json]) -> Record:
    """The record of a JSON object; RecordRefused names what is wrong with it."""
    named = body.get("record")
    kind = KINDS.get(named) if isinstance(named, str) else None
    if kind is None:
        message = f"{named!r} is no kind of record; one of {', '.join(KINDS)} is expected"
        raise RecordRefused(message)
    fields = {name: value for name, value in body.items() if name != "record"}
    try:
        record: Record = msgspec.convert(fields, kind, strict=True)
    except msgspec.ValidationError as refused:
        message = f"{named} record: {refused}"
        raise RecordRefused(message) from refused
    # msgspec passes over fields it does not know; evidence may hold none.
    if encode(to_json(record)) != encode(body):
        unknown = sorted(set(fields) - set(to_json(record)))
        message = (
            f"{named} record: {', '.join(unknown) or 'a field'} is not as this format writes it"
        )
        raise RecordRefused(message)
    return record


def event_record(attempt: str, event: Event) -> EventRecord:
    return EventRecord(
        attempt=attempt,
        seq=event.seq,
        port=event.port,
        direction=event.direction,
        kind=event.kind,
        data=event.data.hex().upper(),
        mono_ns=event.stamp.mono_ns,
        wall=event.stamp.wall,
        uncertainty_ns=event.stamp.uncertainty_ns,
        fidelity=event.fidelity,
        detail=event.detail,
    )


def event_of(record: EventRecord) -> Event:
    """The event of a record; RecordRefused if its data is not upper-case hex."""
    try:
        data = bytes.fromhex(record.data)
    except ValueError:
        data = b""
    if data.hex().upper() != record.data:
        message = f"event {record.seq} of {record.attempt}: its data is not upper-case hex"
        raise RecordRefused(message)
    return Event(
        seq=record.seq,
        port=record.port,
        direction=record.direction,
        kind=record.kind,
        data=data,
        detail=record.detail,
        stamp=Stamp(record.mono_ns, record.wall, record.uncertainty_ns),
        fidelity=record.fidelity,
    )
