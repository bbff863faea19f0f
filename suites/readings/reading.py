"""Readings: what a recording says, in the standard's words; comparing one makes a condition."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Generic, TypeVar

from adapters.events import Port
from suites.attempt import Attempt
from suites.conditions.condition import Condition, finding
from suites.finding import Finding, Verdict
from suites.phrase import Phrase
from suites.readings.transactions import Transaction, transactions

T = TypeVar("T")
# What readings of one value are made of: whole numbers, or words and upper-case hex.
Value = int | str


@dataclass(frozen=True, slots=True)
class Seen(Generic[T]):
    """A value, the events that show it, and the number of its transaction."""

    value: T
    events: tuple[int, ...]
    transaction: int


@dataclass(frozen=True, slots=True)
class Reading(Generic[T]):
    """A named look at an attempt. `wording` is the phrase for (notation, value).

    Its comparisons are judged in every transaction of the body; what was not seen there is
    inconclusive.
    """

    notation: str
    read: Callable[[Attempt], tuple[Seen[T], ...]]
    needs: frozenset[Port] = frozenset()
    wording: Callable[[str, T], Phrase] = lambda notation, value: Phrase(
        "value", (notation, str(value))
    )

    def be(self, value: T) -> Condition:
        """Each value seen is this one."""
        expected = self.wording(self.notation, value)
        return self._compared(f"{self.notation}={value}", expected, lambda seen: seen == value)

    def among(self, *values: T) -> Condition:
        """Each value seen is one of these."""
        listed = ",".join(str(value) for value in values)
        expected = Phrase("value-among", (self.notation, listed))
        notation = f"{self.notation} in {{{listed}}}"
        return self._compared(notation, expected, lambda seen: seen in values)

    def other_than(self, value: T) -> Condition:
        """Each value seen is another one."""
        expected = Phrase("value-other", (self.notation, str(value)))
        notation = f"{self.notation}!={value}"
        return self._compared(notation, expected, lambda seen: seen != value)

    def between(self, low: int, high: int) -> Condition:
        """Each value seen is a number from low to high, both included."""
        expected = Phrase("value-between", (self.notation, str(low), str(high)))
        return self._compared(
            f"{self.notation} in {low}..{high}",
            expected,
            lambda seen: isinstance(seen, int) and low <= seen <= high,
        )

    def same_as(self, other: "Reading[T]") -> Condition:
        """Each value seen equals each value the other reading saw in the same transaction."""
        notation = f"{self.notation}={other.notation}"
        expected = Phrase("same-values", (self.notation, other.notation))

        def one(transaction: Transaction, attempt: Attempt) -> Finding:
            mine = _within(self.read(attempt), transaction)
            theirs = _within(other.read(attempt), transaction)
            events = [event for seen in (*mine, *theirs) for event in seen.events]
            for reading, values in ((self, mine), (other, theirs)):
                if not values:
                    verdict, observed = Verdict.INCONCLUSIVE, reading.unseen
                    break
            else:
                differing = next(
                    ((a, b) for a in mine for b in theirs if a.value != b.value),
                    (mine[0], theirs[0]),
                )
                verdict = _pass_if(differing[0].value == differing[1].value)
                observed = Phrase("same-values", tuple(str(each.value) for each in differing))
                observed = observed if verdict is Verdict.PASS else self._said(differing[0])
            return finding(notation, verdict, expected, observed, transaction.span, events)

        judge = partial(in_each_transaction, notation, expected, one)
        return Condition(notation, judge, self.needs | other.needs)

    def count(self, *values: T) -> "Occurrence":
        """How often one of these values (any, if none is named) was seen in the whole attempt."""
        listed = ",".join(str(value) for value in values)
        notation = f"{self.notation}={listed}" if values else self.notation

        def find(attempt: Attempt) -> tuple[Seen[str], ...]:
            return tuple(
                Seen(str(seen.value), seen.events, seen.transaction)
                for seen in self.read(attempt)
                if not values or seen.value in values
            )

        return Occurrence(notation, find, self.needs, whole=True)

    @property
    def unseen(self) -> Phrase:
        return Phrase("nothing-seen", (self.notation,))

    def _said(self, seen: Seen[T]) -> Phrase:
        return self.wording(self.notation, seen.value)

    def _compared(self, notation: str, expected: Phrase, holds: Callable[[T], bool]) -> Condition:
        def one(transaction: Transaction, attempt: Attempt) -> Finding:
            values = _within(self.read(attempt), transaction)
            if not values:
                return finding(
                    notation, Verdict.INCONCLUSIVE, expected, self.unseen, transaction.span
                )
            wrong = [seen for seen in values if not holds(seen.value)]
            shown = wrong or list(values)
            events = [event for seen in shown for event in seen.events]
            observed = self._said(shown[0])
            verdict = _pass_if(not wrong)
            return finding(notation, verdict, expected, observed, transaction.span, events)

        judge = partial(in_each_transaction, notation, expected, one)
        return Condition(notation, judge, self.needs)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """How often something happens: in each transaction, or in the whole attempt.

    What did not happen counts only once the end was recorded. `owed`: it may come after the end of
    its transaction, as a reversal may.
    """

    notation: str
    find: Callable[[Attempt], tuple[Seen[str], ...]]
    needs: frozenset[Port] = frozenset()
    owed: bool = False
    whole: bool = False

    def be(self, n: int) -> Condition:
        """N(x)=n."""
        expected = Phrase("times", (self.notation, str(n)))
        return self._counted(f"{self._sign}({self.notation})={n}", expected, n, n)

    def between(self, low: int, high: int) -> Condition:
        expected = Phrase("times-between", (self.notation, str(low), str(high)))
        return self._counted(f"{self._sign}({self.notation}) in {low}..{high}", expected, low, high)

    def happens(self, notation: str = "") -> Condition:
        """A(x): at least once."""
        expected = Phrase("times-or-more", (self.notation, "1"))
        return self._counted(notation or f"A({self.notation})", expected, 1, None)

    def never(self, notation: str = "") -> Condition:
        """!A(x): not at all."""
        expected = Phrase("times", (self.notation, "0"))
        return self._counted(notation or f"!A({self.notation})", expected, 0, 0)

    @property
    def _sign(self) -> str:
        return "count" if self.whole else "N"

    def _counted(self, notation: str, expected: Phrase, low: int, high: int | None) -> Condition:
        def one(transaction: Transaction, attempt: Attempt) -> Finding:
            seen = self.find(attempt)
            if not self.whole:
                seen = _within(seen, transaction)
            final = transaction.cleared if self.owed else transaction.ended
            verdict = _counted(len(seen), low, high, final=final)
            key = "times-so-far" if verdict is Verdict.INCONCLUSIVE else "times"
            observed = Phrase(key, (self.notation, str(len(seen))))
            events = [event for each in seen for event in each.events]
            return finding(notation, verdict, expected, observed, transaction.span, events)

        scope = in_whole_attempt if self.whole else in_each_transaction
        return Condition(notation, partial(scope, notation, expected, one), self.needs)


def in_each_transaction(
    notation: str,
    expected: Phrase,
    one: Callable[[Transaction, Attempt], Finding],
    attempt: Attempt,
) -> tuple[Finding, ...]:
    """One finding for each transaction; inconclusive if there was none."""
    found = transactions(attempt)
    if not found:
        none = Phrase("no-transaction")
        return (finding(notation, Verdict.INCONCLUSIVE, expected, none, attempt.span),)
    return tuple(one(transaction, attempt) for transaction in found)


def in_whole_attempt(
    notation: str,
    expected: Phrase,
    one: Callable[[Transaction, Attempt], Finding],
    attempt: Attempt,
) -> tuple[Finding, ...]:
    """One finding for all transactions together; inconclusive if there was none."""
    found = transactions(attempt)
    if not found:
        return in_each_transaction(notation, expected, one, attempt)
    everything = Transaction(
        number=found[0].number,
        events=attempt.events,
        ended=all(transaction.ended for transaction in found),
        cleared=found[-1].cleared,
    )
    return (one(everything, attempt),)


def _counted(times: int, low: int, high: int | None, *, final: bool) -> Verdict:
    if high is not None and times > high:
        return Verdict.FAIL
    if times < low:
        return Verdict.FAIL if final else Verdict.INCONCLUSIVE
    return Verdict.PASS if final or high is None else Verdict.INCONCLUSIVE


def _within(seen: Iterable[Seen[T]], transaction: Transaction) -> tuple[Seen[T], ...]:
    return tuple(each for each in seen if each.transaction == transaction.number)


def _pass_if(holds: bool) -> Verdict:  # noqa: FBT001  a truth and the word for it
    return Verdict.PASS if holds else Verdict.FAIL
