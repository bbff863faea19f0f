"""Acts of the bench around the device: settings changed between two acts, a second card."""

from dataclasses import replace

import pytest

from adapters.clock import SystemClock
from adapters.events import Kind
from fixtures import ics, ixit
from fixtures.bench import Bench, bind
from suites.acts import configure, present, purchase, times
from suites.attempt import Attempt
from suites.case import BC, Case
from suites.catalogue import CASES
from suites.executor import execute
from suites.finding import Verdict
from suites.judge import Judgement, judge
from suites.readings.card_session import t1
from suites.selection import symbols
from suites.symbols import YESTERDAY
from suites.unrecorded import execution

SETTING = ixit.read(ixit.IN_MEMORY)
STATEMENT = ics.read(SETTING.ics_path)
VALUES = symbols(STATEMENT, SETTING.iut.clock)
EXPIRED, NOT_EXPIRED = t1("2.7").be(1), t1("2.7").be(0)


def case(**parts: object) -> Case:
    return replace(CASES["CT-PR-016"], expect=(EXPIRED,), **parts)  # type: ignore[arg-type]


@pytest.fixture
def bench() -> Bench:
    return bind(SETTING, STATEMENT, SystemClock(), "test")


def executed(bench: Bench, of: Case) -> tuple[Attempt, Judgement]:
    attempt = execute(execution(of, "", STATEMENT, SETTING, VALUES, "seed"), bench)
    assert attempt.trouble is None
    return attempt, judge(attempt, of)


def acts_of(attempt: Attempt) -> list[str]:
    return [str(e.detail["verb"]) for e in attempt.events if e.kind is Kind.ACT]


TWO_CARDS = case(
    second=BC.but(expiry_5F24=YESTERDAY),
    card=BC,
    acts=(purchase(), present("second"), purchase()),
)


def test_the_second_card_is_the_one_presented(bench: Bench) -> None:
    """The first card is in the first transaction, the second one in the second."""
    of = replace(
        TWO_CARDS, expect=(NOT_EXPIRED.in_transaction(1), EXPIRED.in_transaction(2))
    )
    _, judged = executed(bench, of)
    assert judged.verdict is Verdict.PASS, judged.findings


def test_a_second_card_that_was_not_shown_is_no_exposure(bench: Bench) -> None:
    """What deviates from it must be sent while it is at hand, not by the first card."""
    attempt, _ = executed(bench, replace(TWO_CARDS, card=TWO_CARDS.second, second=BC))
    _, judged = executed(bench, TWO_CARDS)
    assert judged.verdict is not Verdict.INCONCLUSIVE
    swapped = judge(attempt, TWO_CARDS)
    unexposed = {f.condition for f in swapped.findings if f.verdict is Verdict.INCONCLUSIVE}
    assert "EXP(5F24)" in unexposed


def test_settings_change_between_two_acts_and_are_restored(bench: Bench) -> None:
    """Another terminal country for the second sale; afterwards what the statement declares."""
    of = case(acts=(purchase(), configure(terminal_type="22", floor_limit=1), purchase()))
    attempt, _ = executed(bench, of)
    assert acts_of(attempt)[-1] == "restore settings"
    floor = t1("4.8")
    shown = [seen.value for seen in floor.read(attempt)]
    assert shown == [0, 1]
    again, _ = executed(bench, case(acts=(purchase(),)))
    assert [seen.value for seen in floor.read(again)] == [0]
    assert "restore settings" not in acts_of(again)


def test_what_an_attempt_could_not_restore_the_next_one_does(bench: Bench) -> None:
    """A device that fell in the middle stays changed: the next preamble sees to it."""
    bench.disturbed = True
    attempt, _ = executed(bench, case())
    assert acts_of(attempt)[:3] == ["restore settings", "sign on", "settle pending"]
    assert not bench.disturbed


def test_times_repeats_acts() -> None:
    """Each repetition is an act of its own."""
    assert times(3, purchase(1), present("first")) == (purchase(1), present("first")) * 3


def test_a_batch_is_settled_before_a_case_that_settles(bench: Bench) -> None:
    """What earlier cases sold is cleared by an ordinary host, and no part of what is judged."""
    sold = case(acts=(purchase(20_000),))
    executed(bench, sold)
    settling = replace(CASES["HD-120"], runs={})
    attempt, judged = executed(bench, settling)
    phases = [e.detail["phase"] for e in attempt.events if e.kind is Kind.PHASE]
    assert phases[0] == "clearing"
    assert judged.verdict is Verdict.PASS, judged.findings
