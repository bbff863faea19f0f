"""Comparisons of readings: right, wrong and missing evidence."""

import pytest

from suites.conditions.condition import Condition
from suites.finding import Verdict
from suites.readings.card_session import cda, d1, d2, n, p1, pd, s1, s2, t1, t2
from suites.readings.outcome import OFF_APP, OFF_DEC, OUT
from suites.readings.reading import Reading, Seen
from suites.rules import GAC1, GAC2, RR
from tests.suites.recordings import Sale, Tape, attempt_of, online_sale, purchase

GOOD = attempt_of(online_sale())


def verdicts(condition: Condition, *sales: Sale) -> list[Verdict]:
    return [each.verdict for each in condition.judge(attempt_of(*sales))]


@pytest.mark.parametrize(
    "right, wrong, notation",
    [
        (t1("4.8").be(1), t1("4.8").be(0), "T1[4.8]=1"),
        (t1("*").be("0000008000"), t1("*").be("0000000000"), "T1=0000008000"),
        (t2("2.7").be(0), t2("2.7").be(1), "T2[2.7]=0"),
        (s1("1.8").be(1), s1("1.8").be(0), "S1[1.8]=1"),
        (s2("*").be("E800"), s2("*").be("0000"), "S2=E800"),
        (p1(GAC1).be("80"), p1(GAC1).be("00"), "P1(GAC1)=80"),
        (p1(GAC2).among("00", "40"), p1(GAC2).among("00", "80"), "P1(GAC2) in {00,40}"),
        (cda(GAC1).be(0), cda(GAC1).be(1), "CDA(GAC1)=0"),
        (d1("9F02").be("000000020000"), d1("9F02").be("000000000001"), "D1(9F02)=000000020000"),
        (d2("8A").be("3030"), d2("8A").be("5933"), "D2(8A)=3030"),
        (d1("9F1A").same_as(d2("9F1A")), d1("9F1A").same_as(d2("9F02")), "D1(9F1A)=D2(9F1A)"),
        (n(GAC2).be(1), n(GAC2).be(2), "N(GAC2)=1"),
        (n(RR).between(1, 3), n(RR).between(4, 5), "N(RR) in 1..3"),
        (n(GAC1).happens(), n(GAC1).never(), "A(GAC1)"),
        (t1("4.8").between(1, 1), t1("4.8").between(2, 3), "T1[4.8] in 1..1"),
        (t1("4.8").count(1).be(1), t1("4.8").count(1).be(0), "count(T1[4.8]=1)=1"),
    ],
)
def test_a_comparison_passes_on_right_and_fails_on_wrong_evidence(
    right: Condition, wrong: Condition, notation: str
) -> None:
    """The same recording passes what it shows, and fails what it does not; both name events."""
    assert right.notation == notation
    good, bad = right.judge(GOOD), wrong.judge(GOOD)
    assert [each.verdict for each in good] == [Verdict.PASS]
    assert [each.verdict for each in bad] == [Verdict.FAIL]
    assert good[0].condition == notation
    assert good[0].events
    assert bad[0].events
    assert good[0].expected.text("zh")
    assert bad[0].observed.text("en")


def test_another_value_passes_and_this_one_fails() -> None:
    """Other than a value: what was not seen is neither."""
    assert verdicts(t1("2.7").other_than(1), Sale()) == [Verdict.PASS]
    assert verdicts(t1("2.7").other_than(0), Sale()) == [Verdict.FAIL]
    assert verdicts(t1("2.7").other_than(0), Sale(p1="")) == [Verdict.INCONCLUSIVE]
    assert t1("2.7").other_than(0).notation == "T1[2.7]!=0"


def test_what_was_not_sent_is_inconclusive() -> None:
    """A TVR that no GENERATE AC carried has no bits."""
    assert verdicts(t1("2.7").be(0), Sale(p1="")) == [Verdict.INCONCLUSIVE]
    assert verdicts(t1("2.7").be(0), Sale(cdol1="9F0206")) == [Verdict.INCONCLUSIVE]


def test_every_transaction_is_judged() -> None:
    """A comparison says one thing of each transaction of the body."""
    sales = (Sale(), Sale(tvr="0040000000", p1="80", cid="80"))
    assert verdicts(t1("2.7").be(0), *sales) == [Verdict.PASS, Verdict.FAIL]


def test_a_count_counts_over_all_transactions() -> None:
    """Statistics are one finding for the whole attempt."""
    sales = (Sale(tvr="0000001000"), Sale(), Sale(tvr="0000001000"))
    assert verdicts(t1("4.5").count(1).between(1, 2), *sales) == [Verdict.PASS]
    assert verdicts(t1("4.5").count(1).between(3, 9), *sales) == [Verdict.FAIL]


@pytest.mark.parametrize(
    "condition, verdict",
    [
        (n(GAC2).be(1), Verdict.INCONCLUSIVE),
        (n(GAC2).never(), Verdict.INCONCLUSIVE),
        (n(GAC2).be(0), Verdict.INCONCLUSIVE),
        (n(GAC1).be(1), Verdict.INCONCLUSIVE),
        (n(GAC1).happens(), Verdict.PASS),
        (n(GAC1).never(), Verdict.FAIL),
        (n(RR).be(2), Verdict.FAIL),
    ],
)
def test_an_absence_counts_only_when_the_end_was_recorded(
    condition: Condition, verdict: Verdict
) -> None:
    """Without the report more may have come; what came too often is wrong at once."""
    tape = Tape()
    tape.sign_on()
    purchase(tape, reported=False)
    assert [each.verdict for each in condition.judge(tape.attempt())] == [verdict]


def test_the_outcome_can_be_one_of_several() -> None:
    """A lawful alternative is told by its words."""
    condition = OUT.among(OFF_APP, OFF_DEC)
    assert condition.notation == "OUT in {OFF_APP,OFF_DEC}"
    assert verdicts(condition, Sale()) == [Verdict.PASS]
    assert verdicts(condition, Sale(outcome="TERMINATED")) == [Verdict.FAIL]


def test_the_data_of_the_options_list_can_be_read() -> None:
    """PD reads what answered the PDOL."""
    tape = Tape()
    tape.reset()
    tape.apdu("00A4040007A000000333010100", "6F0E8402A000A5089F3805" + "9F02065F2A" + "9000")
    assert pd("9F02").read(tape.attempt()) == ()
    tape = Tape()
    tape.reset()
    tape.apdu("00A4040007A000000333010100", "6F0D8402A000A5079F38049F027F00" + "9000")
    tape.apdu("80A8000008830600000000500000", "6985")
    assert pd("9F02").read(tape.attempt()) == ()
    tape = Tape()
    tape.reset()
    tape.apdu("00A4040007A000000333010100", "6F0C8402A000A5069F38039F0206" + "9000")
    tape.apdu("80A8000008830600000000500000", "6985")
    assert [each.value for each in pd("9F02").read(tape.attempt())] == ["000000005000"]


def test_readings_compare_any_values() -> None:
    """A reading of another type compares and prints as well."""
    reading: Reading[bool] = Reading("X", lambda _: (Seen(True, (1,), 1),))  # noqa: FBT003  the value
    assert [each.verdict for each in reading.be(True).judge(GOOD)] == [Verdict.PASS]  # noqa: FBT003  the value
    assert [each.verdict for each in reading.be(False).judge(GOOD)] == [Verdict.FAIL]  # noqa: FBT003  the value
