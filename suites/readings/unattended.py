"""What an unattended terminal tells the card of itself and of the cardholder (JR/T 0025.6 7.7)."""

from adapters.events import Port
from suites.attempt import Attempt
from suites.model.bits import bit
from suites.readings.card_session import CVR34, d1
from suites.readings.host_session import messages
from suites.readings.kiosk_session import NEEDS as OPERATOR
from suites.readings.kiosk_session import counters
from suites.readings.reading import Occurrence, Reading, Seen, Value
from suites.readings.transactions import OUTSIDE

METHOD = 0x3F


def d1_bit(tag: str, which: str) -> Reading[Value]:
    """A bit of what was sent for a tag in CDOL1 data: "2.6" for byte 2 bit 6."""
    sent = d1(tag)

    def read(attempt: Attempt) -> tuple[Seen[Value], ...]:
        return tuple(
            Seen(bit(bytes.fromhex(str(each.value)), which), each.events, each.transaction)
            for each in sent.read(attempt)
        )

    return Reading(f"{sent.notation}[{which}]", read, sent.needs)


def _methods(attempt: Attempt) -> tuple[Seen[Value], ...]:
    return tuple(
        Seen(f"{int(str(each.value)[:2], 16) & METHOD:02X}", each.events, each.transaction)
        for each in CVR34.read(attempt)
    )


# The method of 9F34, without the bit that lets the next rule follow.
CVM_METHOD: Reading[Value] = Reading("CVR34[method]", _methods, CVR34.needs)


def _any_message(attempt: Attempt) -> tuple[Seen[str], ...]:
    return tuple(
        Seen(each.mti, (each.event,), each.transaction)
        for each in messages(attempt)
        if each.transaction != OUTSIDE
    )


# Whatever the host hears in a transaction.
HOST_MESSAGE = Occurrence("H", _any_message, frozenset((Port.HOST_T,)))


def _open_items(attempt: Attempt) -> tuple[Seen[Value], ...]:
    return tuple(
        Seen(each.value["open"], each.events, each.transaction)
        for each in counters(attempt)
        if "open" in each.value and each.transaction != OUTSIDE
    )


# What the kiosk's own reconciliation calls open.
OPEN_ITEMS: Reading[Value] = Reading("COUNTER(open)", _open_items, OPERATOR)
