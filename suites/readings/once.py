"""A reading is made once in an attempt: later looks are given what the first one found."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar, TypeVarTuple, cast

from suites.attempt import Attempt

T = TypeVar("T")
Rest = TypeVarTuple("Rest")


def once(read: Callable[[Attempt, *Rest], T]) -> Callable[[Attempt, *Rest], T]:
    """The reading, kept in the attempt it was made of; its further arguments are hashable.

    What it gives is shared by all who look, so it is a value that nobody changes.
    """

    @wraps(read)
    def kept(attempt: Attempt, *rest: *Rest) -> T:
        key = (read, rest)
        if key not in attempt.kept:
            attempt.kept[key] = read(attempt, *rest)
        return cast("T", attempt.kept[key])

    return kept
