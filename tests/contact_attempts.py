"""Attempts of contact runs on the conforming terminal, and the same with something else in them."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from adapters.clock import SystemClock
from adapters.events import Direction, Event, Kind, Port
from fixtures import ixit
from fixtures.bench import bind, terminal_date
from suites.attempt import Attempt
from suites.case import Case
from suites.conditions.condition import Condition, worst
from suites.executor import execute
from suites.finding import Verdict
from suites.selection import symbols
from suites.unrecorded import execution
from suites.words import Title
from tests.contact_variants import AS_IT_IS, statement

SEED = "attempts"


def case(**parts: object) -> Case:
    """A case of these parts that is in no catalogue."""
    made: dict[str, object] = {"id": "CT-TST-001", "title": Title("t", "t"), "clauses": ()}
    return Case(**{**made, "expect": (), **parts})  # type: ignore[arg-type]  # fields by name


def attempted(case: Case, run: str = "") -> Attempt:
    """The case, joined in memory; it need not be in the catalogue."""
    bench, claimed = ixit.read(ixit.IN_MEMORY), statement(AS_IT_IS)
    values = symbols(claimed, terminal_date(bench, SystemClock()))
    made = execution(case, run, claimed, bench, values, SEED)
    found = execute(made, bind(bench, claimed, SystemClock(), SEED))
    assert found.trouble is None
    return found


def said(condition: Condition, attempt: Attempt) -> Verdict:
    """The worst finding of a condition."""
    return worst(condition.judge(attempt))


def edited(attempt: Attempt, change: Callable[[Event], Event]) -> Attempt:
    return replace(attempt, events=tuple(map(change, attempt.events)))


def reporting(attempt: Attempt, **texts: str) -> Attempt:
    """With these texts in every report that has them; an empty one is not reported."""

    def change(event: Event) -> Event:
        if event.kind is not Kind.REPORT:
            return event
        known = {name: text for name, text in texts.items() if name in event.detail}
        kept: Mapping[str, str | int] = {
            name: value for name, value in {**event.detail, **known}.items() if value != ""
        }
        return replace(event, detail=kept)

    return edited(attempt, change)


def without(attempt: Attempt, port: Port, kind: Kind, direction: Direction) -> Attempt:
    """Without what crossed a port so."""
    kept = (
        event
        for event in attempt.events
        if (event.port, event.kind, event.direction) != (port, kind, direction)
    )
    return replace(attempt, events=tuple(kept))


def with_bytes(attempt: Attempt, port: Port, old: str, new: str) -> Attempt:
    """With other bytes, as many, in everything that crossed a port."""
    before, after = bytes.fromhex(old), bytes.fromhex(new)
    assert len(before) == len(after)
    found = edited(
        attempt,
        lambda event: replace(event, data=event.data.replace(before, after))
        if event.port is port
        else event,
    )
    assert found.events != attempt.events
    return found
