"""From a journal's lines back to attempts: strict, in order, and without an opinion."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from adapters.errors import InputRefused
from adapters.events import Event
from adapters.journal import BadRecord, decode
from suites.attempt import Attempt, Facts
from suites.records import (
    FORMAT,
    CampaignRecord,
    CloseRecord,
    EndRecord,
    EventRecord,
    OpenRecord,
    PlanRecord,
    Record,
    RecordRefused,
    event_of,
    from_json,
)

Expected = TypeVar("Expected", CampaignRecord, PlanRecord)


class EvidenceRefused(InputRefused):
    """The lines are not the journal of a campaign; the message names the line."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(f"line {line}: {message}")
        self.line = line


@dataclass(frozen=True, slots=True)
class Evidence:
    """A campaign as recorded. `ended` is False where the last line is missing."""

    campaign: CampaignRecord
    plan: PlanRecord
    attempts: tuple[Attempt, ...]
    ended: bool


@dataclass(slots=True)
class _Open:
    facts: Facts
    events: list[Event] = field(default_factory=list)


def records(journal: bytes) -> Iterator[tuple[int, Record]]:
    """The records with their line numbers; EvidenceRefused at the first bad line."""
    lines = journal.split(b"\n")
    if lines.pop():
        raise EvidenceRefused(len(lines) + 1, "the last line is cut off")
    for number, line in enumerate(lines, 1):
        try:
            yield number, from_json(decode(line))
        except (BadRecord, RecordRefused) as refused:
            raise EvidenceRefused(number, str(refused)) from refused


def read(journal: bytes) -> Evidence:
    """The campaign a journal recorded; EvidenceRefused where its lines make no campaign."""
    lines = records(journal)
    campaign = _expect(lines, 1, CampaignRecord)
    if campaign.format != FORMAT:
        raise EvidenceRefused(1, f"format {campaign.format} is not format {FORMAT}, which this reads")
    plan = _expect(lines, 2, PlanRecord)
    attempts: list[Attempt] = []
    opened: _Open | None = None
    ended = False
    for number, record in lines:
        if ended:
            raise EvidenceRefused(number, "something follows the end of the campaign")
        match record:
            case OpenRecord() if record.attempt == record.facts.attempt_id:
                if opened:
                    attempts.append(_attempt(opened, CloseRecord(""), closed=False))
                opened = _Open(record.facts)
            case EventRecord() if opened and record.attempt == opened.facts.attempt_id:
                _append(opened, record, number)
            case CloseRecord() if opened and record.attempt == opened.facts.attempt_id:
                attempts.append(_attempt(opened, record, closed=True))
                opened = None
            case EndRecord() if opened is None:
                ended = True
                if record.attempts != len(attempts):
                    message = f"{record.attempts} attempts are announced, {len(attempts)} are here"
                    raise EvidenceRefused(number, message)
            case _:
                raise EvidenceRefused(number, "this record does not belong here")
    if opened:
        attempts.append(_attempt(opened, CloseRecord(""), closed=False))
    return Evidence(campaign, plan, tuple(attempts), ended)


def _expect(lines: Iterator[tuple[int, Record]], number: int, kind: type[Expected]) -> Expected:
    _, record = next(lines, (number, None))
    if not isinstance(record, kind):
        raise EvidenceRefused(number, f"a {kind.__name__} is expected")
    return record


def _append(opened: _Open, record: EventRecord, number: int) -> None:
    if record.seq != len(opened.events) + 1:
        message = f"event {record.seq} where {len(opened.events) + 1} is expected"
        raise EvidenceRefused(number, message)
    try:
        opened.events.append(event_of(record))
    except RecordRefused as refused:
        raise EvidenceRefused(number, str(refused)) from refused


def _attempt(opened: _Open, record: CloseRecord, *, closed: bool) -> Attempt:
    return Attempt(tuple(opened.events), opened.facts, closed=closed, trouble=record.trouble)
