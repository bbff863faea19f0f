"""Messages of both host legs and what stands in them: T[0200].60.3, S[0420].90.2, T[0210].55.91.

They are looked for in the whole attempt, sign-ons before the case included; `in_transaction` of a
condition narrows that.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from adapters.events import Port
from suites.attempt import Attempt
from suites.conditions.condition import Condition, finding
from suites.finding import Finding, Verdict
from suites.phrase import Phrase
from suites.readings.host_session import HostMessage, messages
from suites.readings.message_values import WORDS, at
from suites.readings.reading import Occurrence, Seen
from suites.readings.switch_session import switch_messages
from suites.readings.transactions import OWED

LEGS: Mapping[Port, Callable[[Attempt], tuple[HostMessage, ...]]] = {
    Port.HOST_T: messages,
    Port.HOST_S: switch_messages,
}
LETTERS: Mapping[Port, str] = {Port.HOST_T: "T", Port.HOST_S: "S"}
# How a service is told by its code: two digits are 60.1, three are 60.3.
CODE_PLACES: Mapping[int, str] = {2: "60.1", 3: "60.3"}
# What a message is also called by: its type with one of these.
NAMING: Mapping[Port, tuple[str, ...]] = {Port.HOST_T: ("60.1", "60.3"), Port.HOST_S: ("70",)}
NOTHING = "-"


def named(leg: Port, message: HostMessage) -> tuple[str, ...]:
    """What rules call a message: 0200, 0200/22, 0200/000; 0820/001 on the switch leg."""
    codes = (value for place in NAMING[leg] for value in at(leg, message, place))
    return message.mti, *(f"{message.mti}/{code}" for code in codes)


@dataclass(frozen=True, slots=True)
class Messages:
    """The messages of a type on a leg, those alone that have these values, or the n-th of them."""

    leg: Port
    mti: str
    having: tuple[tuple[str, str], ...] = ()
    nth: int = 0

    def where(self, place: str, value: str) -> "Messages":
        """Those of them that have this value there."""
        return replace(self, having=(*self.having, (place, value)))

    def time(self, n: int) -> "Messages":
        """The n-th of them alone, counted from 1; -1: the last."""
        return replace(self, nth=n)

    def __getitem__(self, place: str) -> "Place":
        return Place(self, place)

    def __str__(self) -> str:
        marks = "".join(f" {place}={value}" for place, value in self.having)
        ordinal = f"#{self.nth}" if self.nth else ""
        return f"{LETTERS[self.leg]}[{self.mti}{marks}]{ordinal}"

    def find(self, attempt: Attempt) -> tuple[HostMessage, ...]:
        """The messages, in order."""
        found = tuple(
            each
            for each in LEGS[self.leg](attempt)
            if each.mti == self.mti
            and all(at(self.leg, each, place) == (value,) for place, value in self.having)
        )
        if self.nth < 0:
            return found[self.nth :]
        return found[self.nth - 1 : self.nth] if self.nth else found

    def count(self) -> Occurrence:
        """How many of them there are in the whole attempt."""

        def find(attempt: Attempt) -> tuple[Seen[str], ...]:
            return tuple(
                Seen(each.mti, (each.event,), each.transaction) for each in self.find(attempt)
            )

        owed = self.mti in OWED
        return Occurrence(str(self), find, frozenset((self.leg,)), owed=owed, whole=True)


def t(mti: str, code: str = "") -> Messages:
    """Messages of the terminal leg; `code` is 60.1 or 60.3."""
    found = Messages(Port.HOST_T, mti)
    return found.where(CODE_PLACES[len(code)], code) if code else found


def s(mti: str, code: str = "") -> Messages:
    """Messages of the switch leg; `code` is DE70."""
    found = Messages(Port.HOST_S, mti)
    return found.where("70", code) if code else found


@dataclass(frozen=True, slots=True)
class Place:
    """A place in messages. Each of them must have something there, unless it is `optional`."""

    messages: Messages
    name: str
    optional: bool = False

    def if_there(self) -> "Place":
        """Only of the messages that have something there."""
        return replace(self, optional=True)

    def __str__(self) -> str:
        return f"{self.messages}.{self.name}"

    def of(self, message: HostMessage) -> tuple[str, ...]:
        """The values there."""
        return at(self.messages.leg, message, self.name)

    def be(self, value: str) -> Condition:
        """Each value there is this one."""
        expected = Phrase("value", (str(self), value))
        return self._compared(f"{self}={value}", expected, frozenset((value,)))

    def among(self, *values: str) -> Condition:
        """Each value there is one of these."""
        listed = ",".join(values)
        expected = Phrase("value-among", (str(self), listed))
        return self._compared(f"{self} in {{{listed}}}", expected, frozenset(values))

    def other_than(self, *values: str) -> Condition:
        """Each value there is none of these."""
        listed = ",".join(values)
        expected = Phrase("value-not-among", (str(self), listed))
        return self._judged(
            f"{self} not in {{{listed}}}", expected, lambda seen: seen not in values
        )

    def same_as(self, earlier: "Place") -> Condition:
        """Each value there is that of the last earlier message; `optional`: or both have none."""
        notation = f"{self}={earlier}"
        judge = partial(_repeated, self, earlier, notation)
        needs = frozenset((self.messages.leg, earlier.messages.leg))
        return Condition(notation, lambda attempt: (judge(attempt),), needs)

    def _compared(self, notation: str, expected: Phrase, right: frozenset[str]) -> Condition:
        return self._judged(notation, expected, lambda seen: seen in right)

    def _judged(self, notation: str, expected: Phrase, holds: Callable[[str], bool]) -> Condition:
        judge = partial(_all_hold, self, notation, expected, holds)
        needs = frozenset((self.messages.leg,))
        return Condition(notation, lambda attempt: (judge(attempt),), needs)


def _all_hold(
    place: Place, notation: str, expected: Phrase, holds: Callable[[str], bool], attempt: Attempt
) -> Finding:
    looked = [(each, place.of(each)) for each in place.messages.find(attempt)]
    seen = [(each, values) for each, values in looked if values or not place.optional]
    # What the bench alone can tell, and could not, says nothing about the device.
    unseen = place.name in WORDS and not all(values for _, values in seen)
    if not seen or unseen:
        nothing = Phrase("nothing-seen", (str(place),))
        return finding(notation, Verdict.INCONCLUSIVE, expected, nothing, attempt.span)
    wrong = [(each, values) for each, values in seen if not values or not all(map(holds, values))]
    shown, values = (wrong or seen)[0]
    observed = Phrase("value", (str(place), " ".join(values) or NOTHING))
    verdict = Verdict.FAIL if wrong else Verdict.PASS
    events = [each.event for each, _ in wrong or seen]
    return finding(notation, verdict, expected, observed, attempt.span, (*events, shown.event))


def _repeated(place: Place, earlier: Place, notation: str, attempt: Attempt) -> Finding:
    expected = Phrase("same-values", (str(place), str(earlier)))
    before = earlier.messages.find(attempt)
    pairs = [
        (each, last)
        for each in place.messages.find(attempt)
        for last in [found for found in before if found.event < each.event][-1:]
    ]
    both = [(a, b, place.of(a), earlier.of(b)) for a, b in pairs]
    looked = [each for each in both if each[2] or each[3] or not place.optional]
    if not looked:
        nothing = Phrase("nothing-seen", (str(place),))
        return finding(notation, Verdict.INCONCLUSIVE, expected, nothing, attempt.span)
    wrong = [each for each in looked if each[2] != each[3] or not each[2]]
    later, former, values, others = (wrong or looked)[0]
    observed = Phrase("same-values", (" ".join(values) or NOTHING, " ".join(others) or NOTHING))
    if wrong:
        observed = Phrase("value", (str(place), " ".join(values) or NOTHING))
    verdict = Verdict.FAIL if wrong else Verdict.PASS
    return finding(
        notation, verdict, expected, observed, attempt.span, (former.event, later.event)
    )
