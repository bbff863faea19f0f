"""What a kiosk said, read: states, screens, slips, counters, and how a payment ended."""

import pytest

from adapters.codec.kiosk_control import State
from adapters.events import Direction, Kind, Port
from suites.acts import Verb
from suites.finding import Verdict
from suites.readings.kiosk_session import (
    AT_LAST,
    card,
    counter_moves,
    journal,
    payment_word,
    reached,
    said,
    screens,
    slips,
    states,
)
from suites.readings.operator_session import acts
from suites.readings.outcome import ON_APP, OUT
from suites.readings.transactions import transactions
from tests.suites import kiosk_recordings
from tests.suites.kiosk_recordings import KioskTape


def test_a_session_from_query_to_query_is_a_transaction() -> None:
    """What goes on in it belongs to it; what lies outside belongs to none."""
    tape = KioskTape()
    tape.queries()
    tape.verb(Verb.PAY_BILL)
    tape.charges()
    tape.done()
    tape.verb(Verb.POWER_UP)
    tape.happens("card", op="returned")
    tape.done()
    tape.queries()
    attempt = tape.attempt()
    assert [each.number for each in transactions(attempt)] == [1, 2]
    returned = [each for each in said(attempt) if getattr(each.message, "name", "") == "card"]
    assert [each.transaction for each in returned] == [1]
    assert kiosk_recordings.said(card("returned").be(1).in_transaction(1), tape) is Verdict.PASS
    assert kiosk_recordings.said(card("returned").never().in_transaction(2), tape) is Verdict.PASS


def test_lines_are_read_as_they_come() -> None:
    """States, screens, slips as text, journal line by line; noise is left out."""
    tape = KioskTape()
    tape.queries()
    tape.put(Port.OPERATOR, Direction.FROM_IUT, Kind.MESSAGE, b"noise\n")
    tape.shows("缴费成功", "请取回银行卡")
    tape.happens("print", bytes=b"\x1b@" + "便民缴费凭条".encode("gb18030") + b"\n")
    tape.answers(journal=("one", "two"))
    attempt = tape.attempt()
    assert [each.value for each in states(attempt)] == ["SHOW_BILL"]
    assert [each.value for each in screens(attempt)] == ["缴费成功\n请取回银行卡"]
    assert [each.value for each in slips(attempt)] == ["便民缴费凭条"]
    assert [each.value for each in journal(attempt)] == ["one", "two"]


@pytest.mark.parametrize(
    "entered, word",
    [
        ((State.CARD_IN, State.KERNEL_1, State.AUTH_SENT, State.BILL_CONFIRM), "APPROVED"),
        ((State.KERNEL_1, State.AUTH_SENT, State.BILL_CONFIRM, State.REVERSE), "DECLINED"),
        ((State.KERNEL_1, State.AUTH, State.AUTH_SENT, State.CARD_OUT), "DECLINED"),
        ((State.KERNEL_1, State.PIN, State.CARD_OUT), "CANCELLED"),
        ((State.KERNEL_1, State.CARD_OUT), "TERMINATED"),
        ((State.CARD_IN,), ""),
    ],
)
def test_the_states_tell_how_a_payment_ended(entered: tuple[State, ...], word: str) -> None:
    """Of a payment alone, and not of one that a power cut ended."""
    tape = KioskTape()
    tape.queries()
    tape.verb(Verb.PAY_BILL)
    tape.enters(*entered)
    tape.done()
    attempt = tape.attempt()
    assert [payment_word(attempt, each) for each in acts(attempt)][-1] == word
    cut = KioskTape()
    cut.queries()
    cut.verb(Verb.PAY_BILL)
    cut.enters(*entered)
    cut.done(power="cut")
    attempt = cut.attempt()
    assert [payment_word(attempt, each) for each in acts(attempt)][-1] == ""


def test_a_payment_has_an_outcome_like_a_sale() -> None:
    """Approved online: the host's answer stands in the same transaction."""
    tape = KioskTape()
    tape.queries()
    tape.verb(Verb.PAY_BILL)
    tape.charges()
    tape.enters(State.KERNEL_1, State.AUTH_SENT, State.GAC2, State.BILL_CONFIRM)
    tape.done()
    assert kiosk_recordings.said(OUT.be(ON_APP), tape) is Verdict.PASS


def test_readings_compare() -> None:
    """A state reached or not, the last one, a counter that moved; nothing seen is inconclusive."""
    tape = KioskTape()
    tape.queries()
    tape.answers(counters={"retained": 3})
    tape.verb(Verb.READ_COUNTERS)
    tape.enters(State.RETAIN, State.IDLE)
    tape.answers(counters={"retained": 4})
    tape.done()
    judged = kiosk_recordings.said
    assert judged(reached(State.RETAIN).happens(), tape) is Verdict.PASS
    assert judged(reached(State.CARD_IN).happens(), tape) is Verdict.FAIL
    assert judged(reached(State.RETAIN).never(), tape) is Verdict.FAIL
    assert judged(AT_LAST.be("IDLE"), tape) is Verdict.PASS
    assert judged(AT_LAST.be("TAKE_CARD"), tape) is Verdict.FAIL
    assert judged(counter_moves("retained").be(1), tape) is Verdict.PASS
    assert judged(counter_moves("retained").be(0), tape) is Verdict.FAIL
    assert judged(counter_moves("open").be(0), tape) is Verdict.INCONCLUSIVE
