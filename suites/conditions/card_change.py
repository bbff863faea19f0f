"""How a number of the card under test moved between its first and its last sight."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from suites.attempt import Attempt
from suites.conditions.condition import Condition, finding
from suites.finding import Finding, Verdict
from suites.phrase import Phrase
from suites.readings.card_session import answered
from suites.readings.card_transaction import reader_sessions
from suites.readings.reader_session import NEEDS
from suites.readings.reading import Seen, in_whole_attempt
from suites.readings.transactions import OUTSIDE, Transaction

# Amounts of e-cash (contactless facts, 2.1) are digits, counters are binary.
AMOUNTS = frozenset((0x9F79, 0x9F5D))


def numbers(attempt: Attempt, tag: int) -> tuple[Seen[int], ...]:
    """Every value of a counter (9F36, 9F13, 9F17) or amount (9F79, 9F5D) in the card's answers."""
    return tuple(
        Seen(number, exchange.events, exchange.transaction)
        for session in reader_sessions(attempt)
        for exchange in session.exchanges
        if exchange.transaction != OUTSIDE
        for found, value in answered(exchange)
        if found == tag
        for number in _number(tag, value)
    )


def _number(tag: int, value: bytes) -> tuple[int, ...]:
    if tag not in AMOUNTS:
        return (int.from_bytes(value, "big"),)
    digits = value.hex()
    return (int(digits),) if digits.isdecimal() else ()


@dataclass(frozen=True, slots=True)
class Change:
    """What the last value seen in the attempt is more than the first; -1000 for 10.00 less."""

    tag: str

    def be(self, *differences: int) -> Condition:
        """It moved by one of these; inconclusive where fewer than two values were seen."""
        listed = " / ".join(f"{each:+d}" for each in differences)
        notation = f"change({self.tag})={listed}"
        expected = Phrase("number-moves", (self.tag, listed))
        one = partial(self._one, notation, expected, lambda moved: moved in differences)
        return Condition(notation, partial(in_whole_attempt, notation, expected, one), NEEDS)

    def _one(
        self,
        notation: str,
        expected: Phrase,
        holds: Callable[[int], bool],
        everything: Transaction,
        attempt: Attempt,
    ) -> Finding:
        seen = numbers(attempt, int(self.tag, 16))
        if len(seen) < len(("first", "last")):
            unseen = Phrase("number-seen", (self.tag, str(len(seen))))
            return finding(notation, Verdict.INCONCLUSIVE, expected, unseen, everything.span)
        moved = seen[-1].value - seen[0].value
        verdict = Verdict.PASS if holds(moved) else Verdict.FAIL
        observed = Phrase("number-moves", (self.tag, f"{moved:+d}"))
        events = (*seen[0].events, *seen[-1].events)
        return finding(notation, verdict, expected, observed, everything.span, events)


def change(tag: str) -> Change:
    """Of a counter or amount over the whole attempt, all its sessions together."""
    return Change(tag)
