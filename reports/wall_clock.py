"""Where the wall clock of a bench jumped: shown, and of no weight, since no verdict reads it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise

from adapters.events import Event, Stamp
from suites.attempt import Attempt

SECOND_NS = 1_000_000_000
MICROSECOND, MICROSECOND_NS = timedelta(microseconds=1), 1_000
# A clock that is kept by others is moved by less.
MOST_NS = 2 * SECOND_NS


def jumps(attempt: Attempt) -> Iterator[tuple[int, int]]:
    """The number of each event before which it jumped, and by how many seconds, backwards below 0.

    Events without both clocks say nothing.
    """
    for before, after in pairwise(attempt.events):
        for jump in _apart(before, after):
            if abs(jump) > MOST_NS:
                yield after.seq, round(jump / SECOND_NS)


def _apart(before: Event, after: Event) -> Iterator[int]:
    """By how many ns wall clock and monotonic clock disagree on the time between two events."""
    passed = after.stamp.mono_ns - before.stamp.mono_ns
    for earlier in _wall(before.stamp):
        for later in _wall(after.stamp):
            yield (later - earlier) // MICROSECOND * MICROSECOND_NS - passed


def _wall(stamp: Stamp) -> Iterator[datetime]:
    """The wall clock as a moment; nothing where either clock was not read."""
    try:
        moment = datetime.fromisoformat(stamp.wall)
    except ValueError:
        return
    if stamp.mono_ns and moment.tzinfo is not None:
        yield moment
