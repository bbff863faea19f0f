"""What is done with a terminal that speaks to a host, beside sales (host and kiosk facts, 1.7)."""

from dataclasses import replace

from suites.acts import Act, Verb
from suites.symbols import ABOVE_FLOOR, SMALL, Amount

# What cardholders of test cards enter: the reference PIN of both baseline cards.
TEST_PIN = "123456"


def tried(act: Act) -> Act:
    """The act, asked for and perhaps refused: where a refusal is what the case is about."""
    return replace(act, tried=True)


def purchase_with_pin(amount: Amount = ABOVE_FLOOR) -> Act:
    """A sale at which the cardholder enters the PIN of the test card."""
    return Act(Verb.PURCHASE, (("amount", amount), ("pin", TEST_PIN)))


def refund(amount: Amount = SMALL) -> Act:
    """A refund of this much of the last sale."""
    return Act(Verb.REFUND, (("amount", amount),))


def load(kind: str, amount: Amount = SMALL) -> Act:
    """A load of electronic cash: "designated", "non-designated" or "cash"."""
    return Act(Verb.LOAD, (("amount", amount), ("kind", kind)))


def ecash_purchase(amount: Amount = SMALL) -> Act:
    """A sale by electronic cash over the contacts."""
    return Act(Verb.ECASH_PURCHASE, (("amount", amount),))


def swiped(track_2: str, amount: Amount = ABOVE_FLOOR) -> Act:
    """A sale by magnetic stripe: this track is swiped."""
    return Act(Verb.PURCHASE, (("amount", amount), ("track-2", track_2)))


# A published test card, as if it had no chip (service code 101) and as it is (201).
SWIPED_STRIPE_CARD = swiped("6210948000000011=30121010000")
SWIPED_CHIP_CARD = swiped("6210948000000011=30122010000")
VOID = Act(Verb.VOID)
BALANCE = Act(Verb.BALANCE)
SETTLEMENT = Act(Verb.SETTLEMENT)
SIGN_OFF = Act(Verb.SIGN_OFF)
