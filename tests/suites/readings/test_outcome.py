"""Outcomes: the device's word, and whether the host had answered."""

import pytest

from suites.finding import Verdict
from suites.readings.operator_session import acts
from suites.readings.outcome import (
    OFF_APP,
    OFF_DEC,
    ON_APP,
    ON_DEC,
    OUT,
    TERM,
    Ending,
    Outcome,
    endings,
)
from tests.suites.recordings import Sale, Tape, attempt_of, online_sale, purchase


@pytest.mark.parametrize(
    "sale, ending, printed",
    [
        (Sale(), OFF_APP, "OFF_APP"),
        (Sale(outcome="DECLINED"), OFF_DEC, "OFF_DEC"),
        (online_sale(), ON_APP, "ON_APP"),
        (online_sale(outcome="DECLINED"), ON_DEC, "ON_DEC"),
        (online_sale(answered=False, outcome="DECLINED"), OFF_DEC, "OFF_DEC"),
        (online_sale(good_mac=False, outcome="DECLINED"), OFF_DEC, "OFF_DEC"),
        (online_sale(outcome="TERMINATED"), TERM, "TERM"),
        (Sale(outcome="NEXT_APPLICATION"), Ending(Outcome.NEXT_APPLICATION), "RESEL"),
        (Sale(outcome="CANCELLED"), Ending(Outcome.CANCELLED), "CANCEL"),
        (Sale(outcome="NOT_STARTED"), Ending(Outcome.NOT_STARTED), "NOT_STARTED"),
    ],
)
def test_an_ending_prints_as_in_the_catalogue(sale: Sale, ending: Ending, printed: str) -> None:
    """Approved and declined are told apart by the host's answer, nothing else is."""
    (seen,) = endings(attempt_of(sale))
    assert seen.value == ending
    assert str(seen.value) == printed
    assert OUT.be(ending).notation == f"OUT={printed}"


def test_a_word_nobody_knows_is_no_outcome() -> None:
    """What a device says in other words is inconclusive, not a failure."""
    condition = OUT.be(OFF_APP)
    assert [each.verdict for each in condition.judge(attempt_of(Sale(outcome="OK")))] == [
        Verdict.INCONCLUSIVE
    ]


def test_an_act_without_report_has_no_outcome() -> None:
    """The report of a later act is not taken for it."""
    tape = Tape()
    tape.sign_on()
    purchase(tape, reported=False)
    tape.settle()
    assert endings(tape.attempt()) == ()
    assert [(each.phase, each.reported) for each in acts(tape.attempt())] == [
        ("preamble", True),
        ("body", False),
        ("postamble", True),
    ]
