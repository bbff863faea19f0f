"""Which event of an attempt belongs to which transaction, and which transactions ended."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from adapters.codec import cups_link, pos_link
from adapters.codec.errors import RemoteProtocolError
from adapters.events import Direction, Event, Kind, Port
from suites.acts import AT_CARD, INQUIRIES, KIOSK_GOES_ON, WITH_HOST, Verb
from suites.attempt import Attempt
from suites.readings.once import once

# Acts that start a transaction of the case; all others prepare, settle or clear up.
TRANSACTION_VERBS = frozenset(
    verb.value
    for verb in (
        *(Verb.PURCHASE, Verb.TAP, Verb.INSERT, Verb.QUERY_BILL),
        *(WITH_HOST - {Verb.SIGN_OFF}),
        *INQUIRIES,
    )
)
# What is done at a card belongs to the transaction that its power-on began, what a customer does
# at a kiosk to the bill that he asked for.
CONTINUING_VERBS = frozenset(verb.value for verb in AT_CARD | KIOSK_GOES_ON)
BODY = "body"
# Before all others: what earlier attempts left in the device is cleared away.
CLEARING_PHASE = "clearing"
# Outside every transaction: preamble, postamble, acts between.
OUTSIDE = 0
FIRST = 1
REQUESTS = frozenset(("0100", "0200"))
# A reversal or a script notice speaks of the request before it, however late it is sent
# (host and kiosk facts, 1.12 and 2.3); so do their answers.
OWED = frozenset(("0400", "0410", "0420", "0430", "0620", "0630"))
MTI_SIZE = 2
ASCII_MTI_SIZE = 4
HOST_PORTS = frozenset((Port.HOST_T, Port.HOST_S))
AT_ONCE = "at-once"
# By this word the bench itself reports that another card was taken at hand.
PRESENTED = "PRESENTED"


@dataclass(frozen=True, slots=True)
class Transaction:
    """One transaction of the body: its act, its events, and whether more of it can still come.

    `ended`: the device reported the end. `cleared`: it also had its chance to send what it owed the
    host, so that a reversal that is not here was not sent.
    """

    number: int
    arguments: Mapping[str, str | int] = field(default_factory=dict)
    events: tuple[Event, ...] = ()
    ended: bool = False
    cleared: bool = False

    @property
    def span(self) -> tuple[int, int]:
        """First and last sequence number."""
        return (self.events[0].seq, self.events[-1].seq) if self.events else (0, 0)


def mti(frame: bytes) -> str:
    """The message type of a frame with LEN; "" if the bytes are no frame."""
    try:
        return pos_link.decode(frame).body[:MTI_SIZE].hex().upper()
    except RemoteProtocolError:
        return ""


def mti_at(event: Event) -> str:
    """The message type of a frame of either leg; "" if the bytes are no frame."""
    if event.port is Port.HOST_T:
        return mti(event.data)
    try:
        return cups_link.decode(event.data).body[:ASCII_MTI_SIZE].decode("ascii", "replace")
    except RemoteProtocolError:
        return ""


@once
def numbered(attempt: Attempt) -> tuple[tuple[Event, int], ...]:
    """Every event with the number of its transaction, OUTSIDE for what belongs to none."""
    return tuple(_numbered(attempt))


def _numbered(attempt: Attempt) -> Iterator[tuple[Event, int]]:
    if not any(event.kind is Kind.ACT for event in attempt.events):
        yield from _numbered_by_reset(attempt)
        return
    in_body, count, current, requested = _starts_in_body(attempt), 0, OUTSIDE, OUTSIDE
    for event in attempt.events:
        if event.kind is Kind.PHASE:
            in_body, current = event.detail.get("phase") == BODY, OUTSIDE
        elif event.kind is Kind.ACT:
            verb = event.detail.get("verb")
            starts = in_body and verb in TRANSACTION_VERBS
            count += starts
            if starts or verb not in CONTINUING_VERBS:
                current = count if starts else OUTSIDE
        number = current
        if event.port in HOST_PORTS and event.kind is Kind.MESSAGE:
            kind = mti_at(event)
            if kind in OWED and requested:
                number = requested
            elif kind in REQUESTS and current:
                requested = current
        yield event, number


def _starts_in_body(attempt: Attempt) -> bool:
    return not any(event.kind is Kind.PHASE for event in attempt.events)


def _numbered_by_reset(attempt: Attempt) -> Iterator[tuple[Event, int]]:
    # A trace from elsewhere has no acts: there each power-on of the card begins a transaction.
    number = 0
    for event in attempt.events:
        number += event.kind is Kind.RESET and event.direction is Direction.FROM_IUT
        yield event, max(FIRST, number)


@once
def transactions(attempt: Attempt) -> tuple[Transaction, ...]:
    """The transactions of the body, in the order they were started."""
    events: dict[int, list[Event]] = {}
    for event, number in numbered(attempt):
        events.setdefault(number, []).append(event)
    numbers = sorted(number for number in events if number != OUTSIDE)
    return tuple(_transaction(number, tuple(events[number]), attempt) for number in numbers)


def _transaction(number: int, events: tuple[Event, ...], attempt: Attempt) -> Transaction:
    acts = [event for event in events if event.kind is Kind.ACT]
    reports = [event for event in events if event.kind is Kind.REPORT]
    ended = bool(acts) and len(reports) >= len(acts)
    return Transaction(
        number=number,
        arguments=acts[0].detail if acts else {},
        events=events,
        ended=ended,
        cleared=ended and _cleared(attempt, reports[0].seq),
    )


def _cleared(attempt: Attempt, reported: int) -> bool:
    # Host and kiosk facts, 1.12: at once, or before the next online transaction at the latest.
    # Nor is the bench's own report a chance of the device.
    later = (each for each in attempt.events if each.seq > reported and each.kind is Kind.REPORT)
    if any(each.detail.get("outcome") != PRESENTED for each in later):
        return True
    whole = attempt.closed and attempt.trouble is None
    return whole and attempt.facts.settings.get("reversal") == AT_ONCE


@once
def only(attempt: Attempt, number: int) -> Attempt:
    """The attempt as if this transaction were its only one; what lies outside all stays."""
    kept = (event for event, owner in numbered(attempt) if owner in (OUTSIDE, number))
    return replace(attempt, events=tuple(kept))
