"""Whether the bench stood still while an attempt was recorded: asleep, stopped or overloaded.

Then the device may have waited in vain, and what it did says nothing about it.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from adapters.events import Direction, Event, Port
from suites.attempt import Attempt

SECOND_NS = 1_000_000_000
# Engines answer in milliseconds; the shortest waiting time that a device may keep is longer.
LONGEST_ANSWER_NS = 2 * SECOND_NS
ACT_SECONDS = "act-seconds"
# Where the device asks and the bench has to answer; at ifd it is the card that answers.
ASKED_AT = frozenset((Port.ICC, Port.HOST_T, Port.HOST_S))


def stood_still(attempt: Attempt) -> bool:
    """An answer of ours came too late, or nothing happened for longer than an act may take.

    Never where the facts give no limits, nor between events whose time nobody took (0).
    """
    limits = attempt.facts.limits
    if ACT_SECONDS not in limits:
        return False
    longest = limits[ACT_SECONDS] * SECOND_NS + LONGEST_ANSWER_NS
    gaps = (_gap(*neighbours) for neighbours in pairwise(attempt.events))
    return any(gap > longest for gap in gaps) or any(
        answer > LONGEST_ANSWER_NS for answer in _answers(attempt.events)
    )


def _answers(events: Sequence[Event]) -> Iterator[int]:
    """How long each question of the device waited for our answer at the same port, in ns."""
    asked: dict[Port, Event] = {}
    for event in events:
        if event.port not in ASKED_AT:
            continue
        if event.direction is Direction.FROM_IUT:
            asked[event.port] = event
            continue
        # Where a rule fires the case itself may want the answer late.
        question = asked.pop(event.port, event)
        if event.direction is Direction.TO_IUT:
            yield _gap(question, event)


def _gap(first: Event, second: Event) -> int:
    before, after = first.stamp.mono_ns, second.stamp.mono_ns
    return after - before if before and after else 0
