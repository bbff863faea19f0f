"""What the biller heard, read: bills, payments and what became of them; charges at the host."""

from adapters.codec.bill_lines import Ask, Outcome
from adapters.events import Direction, Kind, Port
from suites.acts import Verb
from suites.finding import Verdict
from suites.readings.biller_session import PAID, UNPAID, WRITTEN_OFF, asked, bills, payments
from suites.readings.charges import charges
from tests.suites.kiosk_recordings import AMOUNT, BILL, KioskTape, rrn, said


def paying() -> KioskTape:
    tape = KioskTape()
    tape.queries()
    tape.verb(Verb.PAY_BILL)
    return tape


def test_bills_and_payments_are_read() -> None:
    """Number and amount of the bill; the payment with its reference numbers and its way."""
    tape = paying()
    tape.tells()
    tape.done()
    attempt = tape.attempt()
    assert [each.value for each in bills(attempt)] == [(BILL, AMOUNT)]
    (payment,) = payments(attempt)
    assert (payment.bill, payment.amount, payment.rrn) == (BILL, AMOUNT, rrn("000002"))
    assert payment.taken
    assert payment.completed
    assert said(WRITTEN_OFF.be(1), tape) is Verdict.PASS
    assert said(UNPAID, tape) is Verdict.FAIL


def test_a_payment_told_twice_is_one() -> None:
    """The same reference: one payment; another reference is another one."""
    tape = paying()
    tape.asks_biller(Ask.PAY, "K1", bill=BILL, amount=AMOUNT, rrn=rrn("000002"))
    tape.tells()
    tape.tells(ref="K2")
    tape.done()
    assert len(payments(tape.attempt())) == 2
    assert said(WRITTEN_OFF.be(1), tape) is Verdict.FAIL


def test_what_was_refused_or_not_answered_did_not_happen() -> None:
    """Only the biller's ok makes it so."""
    tape = paying()
    tape.asks_biller(Ask.PAY, "K1", bill=BILL, amount=AMOUNT, rrn=rrn("000002"))
    tape.asks_biller(Ask.PAY, "K2", bill=BILL, amount=AMOUNT, rrn=rrn("000002"))
    tape.biller_says(Outcome.ALREADY_PAID, "K2", state="written-off")
    tape.done()
    assert [each.taken for each in payments(tape.attempt())] == [False, False]
    assert said(UNPAID, tape) is Verdict.PASS
    assert said(WRITTEN_OFF.be(1), tape) is Verdict.FAIL


def test_a_withdrawn_payment_stands_no_more() -> None:
    """Refunded or reversed: neither paid nor completed."""
    for ask in (Ask.REFUND, Ask.REVERSE):
        tape = paying()
        tape.tells(written_off=ask is Ask.REFUND)
        assert said(PAID.be(1), tape) is Verdict.INCONCLUSIVE
        tape.withdraws(ask)
        tape.done()
        assert said(UNPAID, tape) is Verdict.PASS
        assert said(WRITTEN_OFF.be(0), tape) is Verdict.PASS


def test_answers_belong_to_their_questions() -> None:
    """By reference, the last one open; a line that is none is left out."""
    tape = paying()
    tape.put(Port.BILLER, Direction.FROM_IUT, Kind.MESSAGE, b"noise\n")
    tape.asks_biller(Ask.RECONCILE, "D1")
    tape.biller_says(Outcome.OK, "D2", count=0, amount=0)
    tape.done()
    last = asked(tape.attempt())[-1]
    assert last.question.ask is Ask.RECONCILE
    assert last.answers == ()
    assert not last.done


def test_charges_know_their_answers_and_reversals() -> None:
    """Approved, declined, unanswered, reversed: by the trace number."""
    tape = paying()
    tape.charges(stan="000002")
    tape.reverses("000002")
    tape.charges(stan="000003", code="51")
    tape.charges(stan="000004", code="")
    tape.done()
    found = {each.stan: each for each in charges(tape.attempt())}
    assert found["000002"].rrn == rrn("000002")
    assert (found["000002"].approved, found["000002"].reversed) == (True, True)
    assert (found["000003"].approved, found["000003"].moved) == (False, False)
    assert (found["000004"].answered, found["000004"].moved) == (False, True)
    assert {each.amount for each in found.values()} == {AMOUNT}
