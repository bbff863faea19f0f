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
    LeftOut,
    OpenRecord,
    Plan,
    PlanHead,
    PlannedRun,
    Record,
    RecordRefused,
    ResumeRecord,
    StoppedRecord,
    event_of,
    from_json,
)

Expected = TypeVar("Expected", CampaignRecord, PlanHead, PlannedRun, LeftOut)
# Stands for the close record of an attempt that was cut off.
CUT_OFF = CloseRecord("")


class EvidenceRefused(InputRefused):
    """The lines are not the journal of a campaign; the message names the line."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(f"line {line}: {message}")
        self.line = line


@dataclass(frozen=True, slots=True)
class Evidence:
    """A campaign as recorded. `ended` is False where the last line is missing.

    `spans`: first and last line of each attempt, from 1. `interruptions` in their order.
    `finished` is the wall clock of the last line, "" where it is missing.
    """

    campaign: CampaignRecord
    plan: Plan
    attempts: tuple[Attempt, ...]
    ended: bool
    spans: tuple[tuple[int, int], ...] = ()
    interruptions: tuple[ResumeRecord | StoppedRecord, ...] = ()
    finished: str = ""

    @property
    def announced(self) -> int:
        """How many lines identity and plan take, before anything happens."""
        return 2 + len(self.plan.runs) + len(self.plan.left_out)


@dataclass(slots=True)
class _Open:
    facts: Facts
    began: int
    ends: int
    events: list[Event] = field(default_factory=list)


@dataclass(slots=True)
class _Attempts:
    """Attempts as their records come in; each method says whether the record belongs here."""

    closed: list[Attempt] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    opened: list[_Open] = field(default_factory=list)
    interruptions: list[ResumeRecord | StoppedRecord] = field(default_factory=list)

    def take(self, record: Record, number: int) -> bool:
        for opened in self.opened:
            if isinstance(record, EventRecord | CloseRecord):
                opened.ends = number
        match record:
            case OpenRecord():
                return self._open(record, number)
            case EventRecord():
                return self._append(record)
            case CloseRecord():
                return self._named(record.attempt) and self.close(record, closed=True)
            case ResumeRecord() | StoppedRecord():
                self.interruptions.append(record)
                return self.close(CUT_OFF, closed=False)
            case EndRecord():
                return self.close(CUT_OFF, closed=False)
            case _:
                return False

    def close(self, record: CloseRecord, *, closed: bool) -> bool:
        """End the open attempt, if there is one; it was cut off unless its record was read."""
        for opened in self.opened:
            events = tuple(opened.events)
            attempt = Attempt(events, opened.facts, closed=closed, trouble=record.trouble)
            self.closed.append(attempt)
            self.spans.append((opened.began, opened.ends))
        self.opened.clear()
        return True

    def _open(self, record: OpenRecord, number: int) -> bool:
        self.close(CUT_OFF, closed=False)
        self.opened.append(_Open(record.facts, number, number))
        return record.attempt == record.facts.attempt_id

    def _append(self, record: EventRecord) -> bool:
        if not self._named(record.attempt):
            return False
        (opened,) = self.opened
        opened.events.append(event_of(record))
        return record.seq == len(opened.events)

    def _named(self, attempt: str) -> bool:
        return [opened.facts.attempt_id for opened in self.opened] == [attempt]


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
        raise EvidenceRefused(
            1, f"format {campaign.format} is not format {FORMAT}, which this reads"
        )
    plan = _plan(lines)
    attempts = _Attempts()
    ended, finished = False, ""
    for number, record in lines:
        if ended:
            raise EvidenceRefused(number, "something follows the end of the campaign")
        if not _taken(attempts, record, number):
            raise EvidenceRefused(number, "this record does not belong here")
        if isinstance(record, EndRecord):
            ended, finished = True, record.ended
            if record.attempts != len(attempts.closed):
                held = len(attempts.closed)
                message = f"{record.attempts} attempts are announced, {held} are here"
                raise EvidenceRefused(number, message)
    attempts.close(CUT_OFF, closed=False)
    return Evidence(
        campaign,
        plan,
        tuple(attempts.closed),
        ended,
        tuple(attempts.spans),
        tuple(attempts.interruptions),
        finished,
    )


def _plan(lines: Iterator[tuple[int, Record]]) -> Plan:
    head = _expect(lines, 2, PlanHead)
    first = 3
    runs = tuple(_expect(lines, first + at, PlannedRun) for at in range(head.planned))
    after = first + head.planned
    left_out = tuple(_expect(lines, after + at, LeftOut) for at in range(head.left_out))
    return Plan(head.profile, runs, left_out)


def _taken(attempts: _Attempts, record: Record, number: int) -> bool:
    try:
        return attempts.take(record, number)
    except RecordRefused as refused:
        raise EvidenceRefused(number, str(refused)) from refused


def _expect(lines: Iterator[tuple[int, Record]], number: int, kind: type[Expected]) -> Expected:
    _, record = next(lines, (number, None))
    if not isinstance(record, kind):
        raise EvidenceRefused(number, f"a {kind.__name__} is expected")
    return record
