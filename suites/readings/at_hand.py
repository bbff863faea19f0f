"""Which of a case's cards the cardholder had at hand when something crossed a port."""

from adapters.events import Event, Kind
from suites.acts import FIRST_CARD, Verb
from suites.attempt import Attempt
from suites.readings.once import once


@once
def at_hand(attempt: Attempt, seq: int) -> str:
    """The card at hand at event `seq`: the one presented last before it, else the first."""
    presented = [event for event in attempt.events if event.seq < seq and _presents(event)]
    return str(presented[-1].detail["card"]) if presented else FIRST_CARD


def _presents(event: Event) -> bool:
    return event.kind is Kind.ACT and event.detail.get("verb") == Verb.PRESENT
