"""Which of a case's cards the cardholder had at hand when something crossed a port."""

from adapters.events import Kind
from suites.acts import FIRST_CARD, Verb
from suites.attempt import Attempt
from suites.readings.once import once


def at_hand(attempt: Attempt, seq: int) -> str:
    """The card at hand at event `seq`: the one presented last before it, else the first."""
    before = [card for since, card in _presented(attempt) if since < seq]
    return before[-1] if before else FIRST_CARD


@once
def _presented(attempt: Attempt) -> tuple[tuple[int, str], ...]:
    return tuple(
        (event.seq, str(event.detail["card"]))
        for event in attempt.events
        if event.kind is Kind.ACT and event.detail.get("verb") == Verb.PRESENT
    )
