"""Conditions on AIDs tried, on data of lists, on numbers that must be fresh."""

import pytest

from suites.attempt import Attempt
from suites.conditions.candidate_building import EVERY_AID_TRIED
from suites.conditions.condition import Condition, worst
from suites.conditions.freshness import all_distinct
from suites.conditions.list_data import terminal_values
from suites.finding import Verdict
from suites.readings.sent_data import dd
from suites.rules import GAC1, GPO
from tests.suites.recordings import AID, Sale, attempt_of

PASS, FAIL, INCONCLUSIVE = Verdict.PASS, Verdict.FAIL, Verdict.INCONCLUSIVE
SECOND = "A000000333010102"
NAME = AID.hex().upper()
FRESH = all_distinct(dd("9F37"))
DDOL = {0x9F49: "9F3704"}


def said(condition: Condition, attempt: Attempt) -> Verdict:
    found = condition.judge(attempt)
    assert all(each.expected.text("zh") and each.observed.text("en") for each in found)
    return worst(found)


def signing(number: str) -> Sale:
    return Sale(objects=DDOL, before=((f"0088000004{number}00", "8001FF9000"),), number=number)


@pytest.mark.parametrize(
    "aids, verdict", [((NAME,), PASS), ((NAME, SECOND), FAIL), ((), INCONCLUSIVE)]
)
def test_every_aid_of_the_terminal_is_tried(aids: tuple[str, ...], verdict: Verdict) -> None:
    """The sale selects one application; the statement may list more, or none at all."""
    attempt = attempt_of(Sale(), settings={"aids": aids})
    assert said(EVERY_AID_TRIED, attempt) is verdict


def test_data_of_the_list_are_those_of_terminal_and_card() -> None:
    """One wrong byte of one entry fails; entries that nobody can tell say nothing."""
    assert said(terminal_values(GAC1), attempt_of(Sale())) is PASS
    wrong = attempt_of(Sale(sent={0x9F1A: "0344"}))
    assert said(terminal_values(GAC1), wrong) is FAIL
    assert said(terminal_values(GAC1, "9F02"), wrong) is PASS
    assert said(terminal_values(GAC1, "9F37"), attempt_of(Sale())) is INCONCLUSIVE
    assert said(terminal_values(GPO), attempt_of(Sale())) is INCONCLUSIVE


def test_numbers_differ_between_transactions() -> None:
    """One alone says nothing, the same twice fails."""
    assert said(FRESH, attempt_of(signing("11223344"), signing("55667788"))) is PASS
    assert said(FRESH, attempt_of(signing("11223344"), signing("11223344"))) is FAIL
    assert said(FRESH, attempt_of(signing("11223344"))) is INCONCLUSIVE
