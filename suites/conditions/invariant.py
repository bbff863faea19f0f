"""How an invariant is judged: on every transaction, silent where there is nothing to look at."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from adapters.events import Port
from suites.attempt import Attempt
from suites.conditions.condition import Condition, finding
from suites.finding import Finding, Verdict
from suites.phrase import Phrase
from suites.readings.scene import Scene, scenes


@dataclass(frozen=True, slots=True)
class Look:
    """One look of an invariant: whether it holds, what was expected and observed, and where."""

    holds: bool
    expected: Phrase
    observed: Phrase
    events: tuple[int, ...]


def held(expected: Phrase, events: Iterable[int]) -> Look:
    return Look(holds=True, expected=expected, observed=Phrase("holds"), events=tuple(events))


def broken(expected: Phrase, observed: Phrase, events: Iterable[int]) -> Look:
    return Look(holds=False, expected=expected, observed=observed, events=tuple(events))


def in_each_scene(
    name: str, look: Callable[[Scene], Iterable[Look]], needs: Iterable[Port]
) -> Condition:
    """Looks at each transaction by itself."""

    def judge(attempt: Attempt) -> tuple[Finding, ...]:
        return tuple(
            each
            for scene in scenes(attempt)
            for each in _findings(name, tuple(look(scene)), scene.transaction.span)
        )

    return Condition(name, judge, frozenset(needs))


def over_all_scenes(
    name: str, look: Callable[[tuple[Scene, ...]], Iterable[Look]], needs: Iterable[Port]
) -> Condition:
    """Looks at all transactions together."""

    def judge(attempt: Attempt) -> tuple[Finding, ...]:
        return tuple(_findings(name, tuple(look(scenes(attempt))), attempt.span))

    return Condition(name, judge, frozenset(needs))


def _findings(name: str, looks: tuple[Look, ...], span: tuple[int, int]) -> Iterator[Finding]:
    """One failing finding for each look that does not hold, else one that passes, else none."""
    wrong = [look for look in looks if not look.holds]
    for look in wrong:
        yield finding(name, Verdict.FAIL, look.expected, look.observed, span, look.events)
    if looks and not wrong:
        events = [event for look in looks for event in look.events]
        first = looks[0]
        yield finding(name, Verdict.PASS, first.expected, first.observed, span, events)
