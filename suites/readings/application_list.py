"""The applications a terminal offered: UI(LIST ...) of the rows, by what its display reported."""

import re
from collections.abc import Iterator

from adapters.events import Port
from suites.attempt import Attempt
from suites.readings.operator_session import acts
from suites.readings.reading import Occurrence, Reading, Seen, Value
from suites.readings.screens import DISPLAY

NEEDS = frozenset((Port.OPERATOR,))
# A line that offers applications, and how each of them is numbered in it.
OFFERS = re.compile("选择应用|SELECT (AN )?APPLICATION|CHOOSE", re.IGNORECASE)
NUMBERED = re.compile(r"(?:^|[\s：:,，;；])\d{1,2}[.、)]\s*")
# Between names, where a list is compared as a whole.
BETWEEN = " | "


def _lists(attempt: Attempt) -> Iterator[Seen[tuple[str, ...]]]:
    for act in acts(attempt):
        for line in str(act.report.get(DISPLAY, "")).split("\n"):
            if act.transaction and OFFERS.search(line):
                names = tuple(each.strip() for each in NUMBERED.split(line)[1:])
                yield Seen(names, act.events[-1:], act.transaction)


def offered(at: int = 1) -> Reading[Value]:
    """UI(LIST): the names of the n-th list of a transaction, in the order they were offered."""

    def read(attempt: Attempt) -> tuple[Seen[Value], ...]:
        return tuple(
            Seen(BETWEEN.join(seen.value), seen.events, seen.transaction)
            for seen in _nth(attempt, at)
        )

    return Reading(_named("LIST", at), read, NEEDS)


def offered_name(place: int) -> Reading[Value]:
    """The name at this place of the first list of a transaction."""

    def read(attempt: Attempt) -> tuple[Seen[Value], ...]:
        return tuple(
            Seen(name, seen.events, seen.transaction)
            for seen in _nth(attempt, 1)
            for name in seen.value[place - 1 : place]
        )

    return Reading(f"UI(LIST)[{place}]", read, NEEDS)


def offered_again(name: str) -> Occurrence:
    """How often an application stands in a list after the first one of its transaction."""

    def find(attempt: Attempt) -> tuple[Seen[str], ...]:
        first: set[int] = set()
        found = []
        for seen in _lists(attempt):
            if seen.transaction in first and name in seen.value:
                found.append(Seen(name, seen.events, seen.transaction))
            first.add(seen.transaction)
        return tuple(found)

    return Occurrence(f"UI(later LIST with {name})", find, NEEDS)


def entries(at: int = 1) -> Reading[Value]:
    """How many applications the n-th list of a transaction offered."""

    def read(attempt: Attempt) -> tuple[Seen[Value], ...]:
        return tuple(
            Seen(len(seen.value), seen.events, seen.transaction) for seen in _nth(attempt, at)
        )

    return Reading(f"{_named('LIST', at)}.entries", read, NEEDS)


def _nth(attempt: Attempt, at: int) -> Iterator[Seen[tuple[str, ...]]]:
    count: dict[int, int] = {}
    for seen in _lists(attempt):
        count[seen.transaction] = count.get(seen.transaction, 0) + 1
        if count[seen.transaction] == at:
            yield seen


def _named(what: str, at: int) -> str:
    return f"UI({what})" if at == 1 else f"UI({what}#{at})"
