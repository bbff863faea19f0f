"""What is done with a terminal that speaks to a host, beside sales (host and kiosk facts, 1.7)."""

from dataclasses import replace

from suites.acts import Act, Verb, purchase, swipe
from suites.symbols import ABOVE_FLOOR, SMALL, Amount, Value

# What cardholders of test cards enter: the reference PIN of both baseline cards.
TEST_PIN = "123456"


def tried(act: Act) -> Act:
    """The act, asked for and perhaps refused: where a refusal is what the case is about."""
    return replace(act, tried=True)


def refund(amount: Amount = SMALL) -> Act:
    """A refund of this much of the last sale."""
    return Act(Verb.REFUND, (("amount", amount),))


def load(kind: str, amount: Amount = SMALL, **people: Value) -> Act:
    """A load of electronic cash: "designated", "non-designated" or "cash"."""
    spoken = ((name.replace("_", "-"), value) for name, value in people.items())
    return Act(Verb.LOAD, (("amount", amount), ("kind", kind), *spoken))


# The chip is tried first, then the stripe of the same card.
FALLING_BACK = (
    purchase(ABOVE_FLOOR),
    swipe("6228480402564890018=30122010000000000", ABOVE_FLOOR),
)
PURCHASE_WITH_PIN = purchase(ABOVE_FLOOR, pin=TEST_PIN)
# A published test card, as if it had no chip (service code 101) and as it is (201).
SWIPED_STRIPE_CARD = swipe("6210948000000011=30121010000", ABOVE_FLOOR)
SWIPED_CHIP_CARD = swipe("6210948000000011=30122010000", ABOVE_FLOOR)
VOID = Act(Verb.VOID)
BALANCE = Act(Verb.BALANCE)
SIGN_OFF = Act(Verb.SIGN_OFF)
