"""The records of a journal as typed values, and both directions of their JSON.

Six kinds of line: campaign, plan, open, event, close, end. Everything a bundle says is one of them.
"""

from collections.abc import Mapping
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
class CampaignRecord:
    """The first line: what a branch needs to count this campaign, and to repeat its judgement.

    `practice` says why it does not count; empty: it counts. `emulated`: a device of software.
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
class PlanRecord:
    """The second line: all runs in order, and all that were left out."""

    profile: str
    runs: tuple[PlannedRun, ...]
    left_out: tuple[LeftOut, ...]


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
class EndRecord:
    """The campaign ends with this many attempts."""

    attempts: int
    ended: str


Record: TypeAlias = CampaignRecord | PlanRecord | OpenRecord | EventRecord | CloseRecord | EndRecord

KINDS: Mapping[str, type[Record]] = {
    "campaign": CampaignRecord,
    "plan": PlanRecord,
    "open": OpenRecord,
    "event": EventRecord,
    "close": CloseRecord,
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
