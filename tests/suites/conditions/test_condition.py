"""Conditions: alternatives, guards, switches, transactions, and how they print."""

import pytest

from suites.conditions.condition import Condition, SwitchUnknown
from suites.finding import Verdict
from suites.ics_language import CDA, OFF, ONO, OWO
from suites.readings.card_session import n, p1, t1
from suites.rules import GAC1, GAC2
from tests.suites.recordings import Sale, attempt_of

PASSES, FAILS = p1(GAC1).be("40"), p1(GAC1).be("00")
UNSEEN = p1(GAC2).be("00")
SILENT = PASSES.under(ONO)


def verdicts(condition: Condition, *sales: Sale) -> list[Verdict]:
    return [each.verdict for each in condition.judge(attempt_of(*(sales or (Sale(),))))]


@pytest.mark.parametrize(
    "condition, expected",
    [
        (PASSES | FAILS, [Verdict.PASS]),
        (FAILS | PASSES, [Verdict.PASS]),
        (UNSEEN | PASSES, [Verdict.PASS]),
        (FAILS | UNSEEN, [Verdict.FAIL]),
        (UNSEEN | UNSEEN, [Verdict.INCONCLUSIVE] * 2),
        (SILENT | FAILS, [Verdict.FAIL]),
        (SILENT | SILENT, []),
        (PASSES.under(OWO), [Verdict.PASS]),
        (SILENT, []),
        (PASSES.reviewed(), [Verdict.PASS]),
        (FAILS.reviewed(), [Verdict.REVIEW]),
        (UNSEEN.reviewed(), [Verdict.INCONCLUSIVE]),
        (FAILS.reviewed() | UNSEEN, [Verdict.REVIEW]),
        (PASSES.by("tvr-sda-selected", "rfu"), [Verdict.PASS]),
        (PASSES.by("tvr-sda-selected", "emv-4.2"), []),
    ],
)
def test_conditions_combine(condition: Condition, expected: list[Verdict]) -> None:
    """The better of two; a guard or switch that does not apply is silent."""
    assert verdicts(condition) == expected


@pytest.mark.parametrize(
    "condition, notation",
    [
        (PASSES | FAILS, "P1(GAC1)=40 or P1(GAC1)=00"),
        (PASSES.under(OWO), "[OWO] P1(GAC1)=40"),
        (PASSES.under(OFF | OWO), "[OFF,OWO] P1(GAC1)=40"),
        (PASSES.under(~CDA), "[not cda] P1(GAC1)=40"),
        (PASSES.by("risk-management", "aip"), "[risk-management=aip] P1(GAC1)=40"),
        (PASSES.reviewed(), "M: P1(GAC1)=40"),
        (PASSES.in_transaction(2), "txn2: P1(GAC1)=40"),
        (PASSES.in_every_transaction(), "all: P1(GAC1)=40"),
    ],
)
def test_a_derived_condition_prints_what_it_is(condition: Condition, notation: str) -> None:
    """The notation of a finding is the condition's own."""
    assert condition.notation == notation
    for finding in condition.judge(attempt_of(Sale(), Sale())):
        assert finding.condition == notation


def test_a_switch_that_nobody_decided_is_our_trouble() -> None:
    """A case that names an unknown open point breaks; it does not pass."""
    with pytest.raises(SwitchUnknown, match="no switch 'unheard-of'"):
        PASSES.by("unheard-of").judge(attempt_of(Sale()))


def test_one_transaction_can_be_singled_out() -> None:
    """What the others do is not looked at."""
    sales = (Sale(), Sale(tvr="0010000000", p1="00", cid="00", outcome="DECLINED"))
    assert verdicts(t1("2.5").be(1), *sales) == [Verdict.FAIL, Verdict.PASS]
    assert verdicts(t1("2.5").be(1).in_transaction(2), *sales) == [Verdict.PASS]
    assert verdicts(t1("2.5").be(1).in_transaction(1), *sales) == [Verdict.FAIL]
    assert verdicts(t1("2.5").be(1).in_transaction(3), *sales) == [Verdict.INCONCLUSIVE]


def test_alternatives_can_be_taken_in_each_transaction() -> None:
    """A or B holds in each transaction, though neither holds in all."""
    sales = (Sale(), Sale(p1="00", cid="00", outcome="DECLINED"))
    assert verdicts((PASSES | FAILS).in_every_transaction(), *sales) == [Verdict.PASS] * 2
    assert Verdict.FAIL in verdicts(PASSES | FAILS, *sales)


def test_a_condition_knows_the_ports_it_needs() -> None:
    """Selection leaves out what the bench cannot see."""
    assert {port.value for port in n(GAC1).be(1).needs} == {"icc"}
