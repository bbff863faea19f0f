"""Transactions: which events belong to them, and whether they came to their end."""

from suites.acts import Verb
from suites.readings.transactions import only, transactions
from tests.suites.recordings import Sale, Tape, attempt_of, online_sale, purchase, reverse


def test_each_purchase_of_the_body_is_a_transaction() -> None:
    """Transactions are counted from 1 and hold the arguments of their act."""
    found = transactions(attempt_of(Sale(amount=1), Sale(amount=2, number="55667788")))
    assert [(each.number, each.arguments["amount"]) for each in found] == [(1, 1), (2, 2)]
    assert all(each.ended and each.cleared for each in found)


def test_a_sign_on_is_no_transaction() -> None:
    """What lies in the preamble belongs to no transaction."""
    tape = Tape()
    tape.sign_on()
    assert transactions(tape.attempt()) == ()


def test_a_transaction_without_report_has_not_ended() -> None:
    """The end of a transaction is the device's report."""
    tape = Tape()
    tape.sign_on()
    purchase(tape, reported=False)
    assert [each.ended for each in transactions(tape.attempt())] == [False]


def test_a_late_reversal_belongs_to_the_request_before_it() -> None:
    """A terminal may send its reversal in the next act, or in the postamble."""
    tape = Tape()
    tape.sign_on()
    first = online_sale()
    purchase(tape, first)
    tape.act(Verb.PURCHASE, amount=1)
    begun = len(tape.events)
    reverse(tape, first)
    tape.report("DECLINED")
    found = transactions(tape.attempt())
    assert {begun + 1, begun + 2} <= {event.seq for event in found[0].events}
    assert begun + 1 not in {event.seq for event in found[1].events}


def test_a_terminal_that_reverses_later_is_not_cleared_at_once() -> None:
    """Before the next act nobody can say that the reversal is missing."""
    tape = Tape()
    tape.sign_on()
    purchase(tape, online_sale())
    settings = {"reversal": "before-next"}
    assert not transactions(tape.attempt(settings=settings))[0].cleared
    tape.settle()
    assert transactions(tape.attempt(settings=settings))[0].cleared


def test_an_attempt_can_be_narrowed_to_one_transaction() -> None:
    """What is left is the preamble and that transaction alone."""
    narrowed = only(attempt_of(Sale(amount=1), Sale(amount=2)), 2)
    assert [each.arguments["amount"] for each in transactions(narrowed)] == [2]


def test_in_a_trace_without_acts_each_reset_begins_a_transaction() -> None:
    """A trace from elsewhere has no operator."""
    tape = Tape()
    for _ in range(2):
        tape.reset()
        tape.apdu("80A8000002830000", "6985")
    assert [(each.number, each.ended) for each in transactions(tape.attempt())] == [
        (1, False),
        (2, False),
    ]
