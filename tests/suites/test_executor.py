"""Executing a run: what breaks is in the attempt by name, and never ends a campaign in silence."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from adapters.clock import SystemClock
from adapters.errors import BenchBroken, RecorderFailed, RefusedData
from adapters.events import Event, Kind, Port
from fixtures import ics, ixit
from fixtures.bench import Bench, bind
from suites.attempt import Attempt, Facts
from suites.case import BC, Case
from suites.catalogue import CASES
from suites.executor import Execution, execute
from suites.finding import Verdict
from suites.judge import judge
from suites.rules import GPO, Edge, sw
from suites.selection import symbols

RUN = CASES["CT-PR-016"]
Write = Callable[[Event], None]


def keep(_: Event) -> None:
    """Accepts and forgets."""


@pytest.fixture
def bench() -> Bench:
    setting = ixit.read(ixit.IN_MEMORY)
    return bind(setting, ics.read(setting.ics_path), SystemClock(), "test")


def executed(
    bench: Bench, case: Case = RUN, write: Write = keep, guard: Write = keep, **facts: object
) -> Attempt:
    setting = ixit.read(ixit.IN_MEMORY)
    statement = ics.read(setting.ics_path)
    under = Facts(
        device="direct-pos",
        case=case.id,
        run="",
        number=1,
        edition=statement.edition,
        claims=statement.claims,
        settings=statement.settings,
        switches=statement.switches,
        symbols=symbols(statement, setting.iut.clock),
    )
    changed = replace(under, **facts)  # type: ignore[arg-type]  # named by the test
    return execute(Execution(case.resolved(""), changed, "seed", guard, write), bench)


def test_an_attempt_holds_preamble_body_and_postamble(bench: Bench) -> None:
    """The phases of a run are events, and nothing broke."""
    attempt = executed(bench)
    phases = [event.detail["phase"] for event in attempt.events if event.kind is Kind.PHASE]
    assert phases == ["preamble", "body", "postamble"]
    assert attempt.trouble is None
    assert judge(attempt, RUN).verdict is Verdict.PASS


def test_every_event_is_written_before_it_is_used(bench: Bench) -> None:
    """What could not be written was not answered: the writer sees all, in order."""
    written: list[int] = []
    attempt = executed(bench, write=lambda event: written.append(event.seq))
    assert written == [event.seq for event in attempt.events]


def test_evidence_that_cannot_be_written_ends_the_campaign(bench: Bench) -> None:
    """Of all trouble only this one comes out of the executor."""

    def full(event: Event) -> None:
        if event.port is Port.ICC:
            message = "no space left"
            raise RecorderFailed(message)

    with pytest.raises(RecorderFailed):
        executed(bench, write=full)


def test_what_is_no_test_data_is_an_error_and_not_recorded(bench: Bench) -> None:
    """A refused event is not in the attempt; the attempt is ERROR with that name."""

    def refuse(event: Event) -> None:
        if event.kind is Kind.RESPONSE:
            message = "not test data"
            raise RefusedData(message)

    attempt = executed(bench, guard=refuse)
    assert not [event for event in attempt.events if event.kind is Kind.RESPONSE]
    assert attempt.trouble is not None
    assert attempt.trouble.cause == "not-test-data"
    assert judge(attempt, RUN).verdict is Verdict.ERROR


def test_an_unresolved_symbol_is_our_own_trouble(bench: Bench) -> None:
    """A plan without a value the case needs gives ERROR, not a verdict on the device."""
    attempt = executed(bench, symbols={"terminal-date": "110315"})
    assert judge(attempt, RUN).verdict is Verdict.ERROR
    assert attempt.trouble is not None
    assert attempt.trouble.cause == "unresolved-symbol"


def test_a_rule_that_nobody_can_perform_is_our_own_trouble(bench: Bench) -> None:
    """A reaction to an answer is refused before the device is touched."""
    case = replace(RUN, card=BC.when(GPO.answered(), sw("6985")))
    attempt = executed(bench, case)
    assert GPO.answered().edge is Edge.ANSWERED
    assert attempt.trouble is not None
    assert attempt.trouble.cause == "rule-unknown"
    assert attempt.events == ()


def test_our_own_defect_ends_one_attempt_only(bench: Bench) -> None:
    """An exception nobody foresaw is ERROR with its name, and the next attempt runs."""

    def defect(event: Event) -> None:
        if event.kind is Kind.COMMAND:
            raise ZeroDivisionError

    attempt = executed(bench, write=defect)
    assert attempt.trouble is not None
    assert (attempt.trouble.cause, attempt.trouble.ours) == ("unforeseen", True)
    assert "ZeroDivisionError" in attempt.trouble.message
    assert judge(executed(bench), RUN).verdict is Verdict.PASS


def test_a_bench_that_broke_stays_broken() -> None:
    """The first trouble is raised again instead of a confusing second one."""
    setting = ixit.read(ixit.IN_MEMORY)
    absent = replace(setting, iut=replace(setting.iut, defect="absent"))
    broken = bind(absent, ics.read(setting.ics_path), SystemClock(), "test")
    first = executed(broken)
    second = executed(broken)
    assert first.trouble == second.trouble
    assert second.events == ()
    with pytest.raises(BenchBroken):
        raise broken._broken[0]
