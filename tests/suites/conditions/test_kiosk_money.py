"""Completed or reversed, one amount, one total: each condition passes, fails and stays open."""

import pytest

from suites.acts import Verb
from suites.conditions.kiosk_money import (
    AMOUNTS,
    LINKED,
    PIN_TRIES_KEPT,
    SETTLED,
    TOTALS,
    all_differ,
)
from suites.finding import Verdict
from suites.readings.host_session import de
from tests.suites.kiosk_recordings import AMOUNT, BILL, KioskTape, rrn, said

ALL = (SETTLED, AMOUNTS, LINKED, TOTALS, PIN_TRIES_KEPT, all_differ(de(11)))


def paying(**query: int) -> KioskTape:
    tape = KioskTape()
    tape.queries(**query)
    tape.verb(Verb.PAY_BILL)
    return tape


@pytest.mark.parametrize("condition", ALL, ids=[each.notation for each in ALL])
def test_nothing_to_look_at_is_inconclusive(condition: object) -> None:
    """A session without a payment, and an attempt without a session."""
    tape = KioskTape()
    tape.queries()
    tape.settle()
    for each in (tape, KioskTape()):
        assert said(condition, each, settings={"pin-tries": 3}) is Verdict.INCONCLUSIVE  # type: ignore[arg-type]  # a condition


@pytest.mark.parametrize(
    "written_off, reversed_too, verdict",
    [
        (True, False, Verdict.PASS),
        (False, True, Verdict.PASS),
        (True, True, Verdict.FAIL),
        (False, False, Verdict.FAIL),
    ],
)
def test_a_charge_is_completed_or_reversed(
    written_off: bool,  # noqa: FBT001 - parametrised
    reversed_too: bool,  # noqa: FBT001 - parametrised
    verdict: Verdict,
) -> None:
    """One of the two: not both, not neither."""
    tape = paying()
    tape.charges()
    if written_off:
        tape.tells()
    if reversed_too:
        tape.reverses()
    tape.done()
    tape.settle()
    assert said(SETTLED, tape) is verdict


def test_a_bill_held_for_paid_and_reversed_is_both() -> None:
    """Written off or not: the customer has his bill and his money."""
    tape = paying()
    tape.charges()
    tape.tells(written_off=False)
    tape.reverses()
    tape.done()
    tape.settle()
    assert said(SETTLED, tape) is Verdict.FAIL
    tape = paying()
    tape.charges()
    tape.tells()
    tape.withdraws()
    tape.reverses()
    tape.done()
    tape.settle()
    assert said(SETTLED, tape) is Verdict.PASS


def test_a_charge_nobody_answered_must_be_reversed() -> None:
    """Money may have moved."""
    tape = paying()
    tape.charges(code="")
    tape.done()
    tape.settle()
    assert said(SETTLED, tape) is Verdict.FAIL
    tape.reverses()
    assert said(SETTLED, tape) is Verdict.PASS


def test_one_charge_of_several_decides() -> None:
    """The second one is neither; a declined one is no charge."""
    tape = paying()
    tape.charges()
    tape.tells()
    tape.charges(stan="000003", code="51")
    tape.done()
    tape.settle()
    assert said(SETTLED, tape) is Verdict.PASS
    tape.queries()
    tape.verb(Verb.PAY_BILL)
    tape.charges(stan="000004")
    tape.done()
    tape.settle()
    assert said(SETTLED, tape) is Verdict.FAIL


def test_a_kiosk_that_was_cut_off_may_still_settle() -> None:
    """Without the end of the act nothing is too late."""
    tape = paying()
    tape.charges()
    assert said(SETTLED, tape) is Verdict.INCONCLUSIVE


@pytest.mark.parametrize(
    "bill, charge, told, verdict",
    [
        (AMOUNT, AMOUNT, AMOUNT, Verdict.PASS),
        (AMOUNT, 1_300, AMOUNT, Verdict.FAIL),
        (AMOUNT, AMOUNT, 1_300, Verdict.FAIL),
        (1_300, AMOUNT, AMOUNT, Verdict.FAIL),
    ],
)
def test_bill_charge_and_payment_are_one_amount(
    bill: int, charge: int, told: int, verdict: Verdict
) -> None:
    """Whichever of the three is another one."""
    tape = paying(amount=bill)
    tape.charges(charge)
    tape.tells(told)
    tape.done()
    assert said(AMOUNTS, tape) is verdict


def test_the_journal_links_a_charge_to_its_bill() -> None:
    """RRN or STAN beside the bill's number; a journal without it fails, an unread one is open."""
    for line, verdict in (
        (f"bill={BILL} rrn={rrn('000002')}", Verdict.PASS),
        (f"bill={BILL} stan=000002", Verdict.PASS),
        (f"bill={BILL}", Verdict.FAIL),
        ("stan=000002", Verdict.FAIL),
        ("", Verdict.INCONCLUSIVE),
    ):
        tape = paying()
        tape.charges()
        tape.answers(journal=(line,) if line else ())
        tape.done()
        assert said(LINKED, tape) is verdict


@pytest.mark.parametrize("count, amount", [(1, AMOUNT), (2, AMOUNT), (1, 1_300)])
def test_totals_of_all_three_agree(count: int, amount: int) -> None:
    """What the kiosk counted in between, not what it had before."""
    tape = paying()
    tape.answers(counters={"written-off": 7, "amount": 100})
    tape.charges()
    tape.tells()
    tape.charges(stan="000003")
    tape.reverses("000003")
    tape.answers(counters={"written-off": 7 + count, "amount": 100 + amount})
    tape.done()
    right = (count, amount) == (1, AMOUNT)
    assert said(TOTALS, tape) is (Verdict.PASS if right else Verdict.FAIL)


def test_requests_differ() -> None:
    """Two with the same trace number fail; one alone proves nothing."""
    tape = paying()
    tape.charges(stan="000002", code="55")
    assert said(all_differ(de(11)), tape) is Verdict.INCONCLUSIVE
    tape.charges(stan="000003", code="55")
    assert said(all_differ(de(11)), tape) is Verdict.PASS
    tape.charges(stan="000003", code="55")
    assert said(all_differ(de(11)), tape) is Verdict.FAIL


def test_pin_tries_are_those_of_the_statement() -> None:
    """More fail, whatever comes; as many pass once the end was recorded."""
    tape = paying()
    for stan in ("000002", "000003"):
        tape.charges(stan=stan, code="55")
    assert said(PIN_TRIES_KEPT, tape, settings={"pin-tries": 2}) is Verdict.INCONCLUSIVE
    assert said(PIN_TRIES_KEPT, tape, settings={"pin-tries": 1}) is Verdict.FAIL
    tape.done()
    assert said(PIN_TRIES_KEPT, tape, settings={"pin-tries": 2}) is Verdict.PASS
    assert said(PIN_TRIES_KEPT, tape, settings={}) is Verdict.INCONCLUSIVE
