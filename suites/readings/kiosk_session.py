"""What a kiosk said on its test-control line: states, screens, slips, the card (3.2 and 3.5).

Nothing here raises: a line that is no message is left out.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from adapters.codec import kiosk_control
from adapters.codec.errors import RemoteProtocolError
from adapters.codec.kiosk_control import Answer, Happening, Message, State
from adapters.events import Direction, Kind, Port
from suites.acts import Verb
from suites.attempt import Attempt
from suites.readings.once import once
from suites.readings.operator_session import ActSeen
from suites.readings.reading import Occurrence, Reading, Seen, Value
from suites.readings.transactions import OUTSIDE, numbered

T = TypeVar("T")
NEEDS = frozenset((Port.OPERATOR,))
POWER_CUT = "cut"
APPROVED, DECLINED, CANCELLED, TERMINATED = "APPROVED", "DECLINED", "CANCELLED", "TERMINATED"
# The state that only what was approved gets to: a bill is written off, a load has a slip.
DONE_IN: Mapping[str, State] = {
    Verb.PAY_BILL.value: State.BILL_CONFIRM,
    Verb.LOAD.value: State.PRINT,
}
ESC = re.compile(rb"\x1b.")


@dataclass(frozen=True, slots=True)
class Said:
    """One message of the kiosk, with its event and the number of its transaction."""

    message: Message
    event: int
    transaction: int


@once
def said(attempt: Attempt) -> tuple[Said, ...]:
    """Everything the kiosk said, in order."""
    return tuple(_said(attempt))


def _said(attempt: Attempt) -> Iterator[Said]:
    for event, number in numbered(attempt):
        from_kiosk = event.port is Port.OPERATOR and event.direction is Direction.FROM_IUT
        if from_kiosk and event.kind is Kind.MESSAGE:
            try:
                yield Said(kiosk_control.decode(event.data), event.seq, number)
            except RemoteProtocolError:
                continue


def happened(attempt: Attempt, name: str, member: str) -> tuple[Seen[kiosk_control.Value], ...]:
    """What the kiosk's own events of a name tell in a member, those outside transactions too."""
    return tuple(
        Seen(each.message.details[member], (each.event,), each.transaction)
        for each in said(attempt)
        if isinstance(each.message, Happening)
        and each.message.name == name
        and member in each.message.details
    )


def found(attempt: Attempt, what: str) -> tuple[Seen[kiosk_control.Value], ...]:
    """What the kiosk's answers tell of this: journal, counters, ec_balance."""
    return tuple(
        Seen(each.message.found[what], (each.event,), each.transaction)
        for each in said(attempt)
        if isinstance(each.message, Answer) and what in each.message.found
    )


@once
def states(attempt: Attempt) -> tuple[Seen[str], ...]:
    """Every state the kiosk entered."""
    return tuple(
        Seen(str(seen.value), seen.events, seen.transaction)
        for seen in happened(attempt, "state", "to")
    )


@once
def screens(attempt: Attempt) -> tuple[Seen[str], ...]:
    """What stood on the screen, one after the other; lines by newlines."""
    return tuple(
        Seen("\n".join(texts(seen.value)), seen.events, seen.transaction)
        for seen in happened(attempt, "screen", "text")
    )


@once
def slips(attempt: Attempt) -> tuple[Seen[str], ...]:
    """What was printed, as text (ESC/POS, GBK)."""
    return tuple(
        Seen(_printed(seen.value), seen.events, seen.transaction)
        for seen in happened(attempt, "print", "bytes")
    )


@once
def journal(attempt: Attempt) -> tuple[Seen[str], ...]:
    """Every line of the journal, as often as it was read."""
    return tuple(
        Seen(line, seen.events, seen.transaction)
        for seen in found(attempt, "journal")
        for line in texts(seen.value)
    )


@once
def counters(attempt: Attempt) -> tuple[Seen[Mapping[str, int]], ...]:
    """The counters, as often as they were read."""
    return tuple(
        Seen(seen.value, seen.events, seen.transaction)
        for seen in found(attempt, "counters")
        if isinstance(seen.value, Mapping)
    )


def texts(value: kiosk_control.Value) -> tuple[str, ...]:
    """A list of texts; () for anything else."""
    return value if isinstance(value, tuple) else ()


def _printed(value: kiosk_control.Value) -> str:
    data = value if isinstance(value, bytes) else b""
    return ESC.sub(b"", data).decode("gb18030", "replace").strip()


def payment_word(attempt: Attempt, act: ActSeen) -> str:
    """How a payment by card ended, in the words of a register; "" where the states do not tell."""
    if act.verb not in DONE_IN or act.report.get("power") == POWER_CUT:
        return ""
    first, last = act.events[0], act.events[-1]
    entered = [seen.value for seen in states(attempt) if first < seen.events[0] < last]
    return _word(entered, DONE_IN[act.verb])


def _word(entered: Sequence[str], done: State) -> str:
    if done in entered and State.REVERSE not in entered:
        return APPROVED
    if State.AUTH_SENT in entered:
        return DECLINED
    if State.KERNEL_1 not in entered:
        return ""
    inside = entered[: entered.index(State.CARD_OUT)] if State.CARD_OUT in entered else entered
    return CANCELLED if inside[-1] == State.PIN else TERMINATED


# -- readings --------------------------------------------------------------------------------------


def reached(state: State) -> Occurrence:
    """How often the kiosk enters a state in each transaction."""

    def find(attempt: Attempt) -> tuple[Seen[str], ...]:
        return tuple(
            seen for seen in states(attempt) if seen.value == state and seen.transaction != OUTSIDE
        )

    return Occurrence(f"STATE({state})", find, NEEDS)


def card(what: str) -> Occurrence:
    """How often the card is inserted, returned, taken or retained in each transaction."""

    def find(attempt: Attempt) -> tuple[Seen[str], ...]:
        return tuple(
            Seen(str(seen.value), seen.events, seen.transaction)
            for seen in happened(attempt, "card", "op")
            if seen.value == what and seen.transaction != OUTSIDE
        )

    return Occurrence(f"CARD({what})", find, NEEDS)


def _last_states(attempt: Attempt) -> tuple[Seen[Value], ...]:
    last: dict[int, Seen[Value]] = {}
    for seen in states(attempt):
        last[seen.transaction] = Seen(seen.value, seen.events, seen.transaction)
    return tuple(each for number, each in last.items() if number != OUTSIDE)


# The state in which a transaction leaves the kiosk.
AT_LAST: Reading[Value] = Reading("STATE", _last_states, NEEDS)


def counter_moves(name: str) -> Reading[Value]:
    """By how much a counter grew from the first time it was read to the last."""

    def read(attempt: Attempt) -> tuple[Seen[Value], ...]:
        seen = [each for each in counters(attempt) if name in each.value]
        if len(seen) < len(("before", "after")):
            return ()
        moved = seen[-1].value[name] - seen[0].value[name]
        last = max(each.transaction for each in seen)
        return (Seen(moved, (*seen[0].events, *seen[-1].events), last),) if last else ()

    return Reading(f"COUNTER({name})", read, NEEDS)
