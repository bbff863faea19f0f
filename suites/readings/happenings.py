"""When something crossed a port: commands by their short names, messages by their types."""

from adapters.events import Port
from suites.attempt import Attempt
from suites.readings.card_transaction import reader_sessions, sessions
from suites.readings.legs import LEGS, named
from suites.readings.reading import Occurrence, Seen
from suites.readings.transactions import OUTSIDE, OWED
from suites.rules import Edge, Trigger

SESSIONS = {Port.ICC: sessions, Port.IFD: reader_sessions}


def happenings(attempt: Attempt, trigger: Trigger) -> tuple[Seen[str], ...]:
    """Every crossing of what the trigger names in the transactions of an attempt, in order.

    `nth` is not looked at: the caller counts.
    """
    look = _hosts if trigger.port in LEGS else _cards
    return tuple(each for each in look(attempt, trigger) if each.transaction != OUTSIDE)


def _cards(attempt: Attempt, trigger: Trigger) -> tuple[Seen[str], ...]:
    found = []
    for session in SESSIONS[trigger.port](attempt):
        for each in session.exchanges:
            event = each.events[-1] if trigger.edge is Edge.ANSWERED else each.events[0]
            missed = trigger.edge is Edge.ANSWERED and not each.sw
            # "GAC" stands for every GENERATE AC, "GAC1" for the first of an application.
            if trigger.what in each.name.names and not missed:
                found.append(Seen(each.name.short, (event,), each.transaction))
    return tuple(found)


def _hosts(attempt: Attempt, trigger: Trigger) -> tuple[Seen[str], ...]:
    return tuple(
        Seen(each.mti, (each.event,), each.transaction)
        for each in LEGS[trigger.port](attempt)
        if trigger.what in named(trigger.port, each)
    )


def occurrence(trigger: Trigger) -> Occurrence:
    """How often the trigger is met in each transaction."""

    def find(attempt: Attempt) -> tuple[Seen[str], ...]:
        return happenings(attempt, trigger)

    mti, _, _ = trigger.what.partition("/")
    return Occurrence(trigger.what, find, frozenset((trigger.port,)), owed=mti in OWED)
