"""What a host was asked to move on either leg, and what became of it: answered, reversed."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from adapters.codec import pos_fields
from adapters.codec.errors import RemoteProtocolError
from adapters.codec.iso8583 import Message
from adapters.events import Port
from suites.attempt import Attempt
from suites.readings.host_session import (
    AMOUNT_4,
    OFFLINE_SALE,
    RESPONSE_CODE_39,
    TRACE_11,
    HostMessage,
    answer_to,
    messages,
    usable,
)
from suites.readings.once import once
from suites.readings.switch_session import switch_messages

PROCESSING_CODE_3, REFERENCE_37, PRIVATE_60, ORIGINAL_61, ORIGINAL_90 = 3, 37, 60, 61, 90
# Host and kiosk facts, 1.7: what moves money, and by the first digits of DE3 in which direction.
# An inquiry (31, on the switch leg 30) moves nothing.
MOVES = frozenset(("0100", "0200"))
INQUIRIES = ("30", "31")
CREDITS = ("20", "17")
# A refund is an advice: it is never reversed.
ADVICE = "0220"
REVERSALS = {Port.HOST_T: "0400", Port.HOST_S: "0420"}
# 1.10: these accept; the last of the first three only in part.
ACCEPTED = frozenset(("00", "11", "A2", "A4", "A5", "A6"))
IN_PART = "10"
# 1.12: a reversal that the host has, or need not have.
REVERSED = frozenset(("00", "12", "25"))
DE90_STAN = slice(4, 10)
SETTLEMENT, TOTALS_48 = "0500", 48
UPLOAD_ENDS = frozenset(("202", "207"))


class State(StrEnum):
    """What the host said; `OPEN`: nothing that a terminal may take for an answer."""

    GRANTED = "granted"
    DECLINED = "declined"
    OPEN = "open"
    # DE55 of an approval cannot be read: a terminal may take it either way (contact facts, 4.1).
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Undoing:
    """A reversal of a request: of how much, and whether the host said that it has it."""

    amount: int
    done: bool
    event: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that moves money; `credit`: back to the cardholder. Sums are minor units.

    `code` is how DE3 begins. `amount` is what the host granted, where it granted a part. `of` is
    the STAN it names as its original, `reference` the number (DE37) that the host gave it.
    """

    leg: Port
    transaction: int
    kind: str
    code: str
    stan: str
    amount: int
    credit: bool
    state: State
    in_part: bool
    undone: tuple[Undoing, ...]
    events: tuple[int, ...]
    of: str = ""
    reference: str = ""

    @property
    def granted(self) -> bool:
        return self.state is State.GRANTED

    @property
    def stands(self) -> bool:
        """The host granted it and was told of no reversal."""
        return self.granted and not self.undone

    @property
    def owed(self) -> bool:
        """The host may hold it and nobody took it back, though it can be (1.7, 1.12)."""
        held = self.state in (State.GRANTED, State.OPEN)
        return held and not self.undone and self.kind != ADVICE


@once
def asked(attempt: Attempt, leg: Port) -> tuple[Asked, ...]:
    """Every request of a leg that moves money, in order; an answer is looked for behind it."""
    found = messages(attempt) if leg is Port.HOST_T else switch_messages(attempt)
    return tuple(_asked(leg, each, found) for each in found if _moves(each))


@dataclass(frozen=True, slots=True)
class Upload:
    """A transaction that was approved offline, told to the host afterwards."""

    stan: str
    amount: int
    cryptogram_9f26: bytes
    event: int


@once
def uploads(attempt: Attempt) -> tuple[Upload, ...]:
    """Offline sales in their own message or in a batch (1.9, 1.13); TC uploads move nothing."""
    return tuple(
        Upload(each.message.text(TRACE_11), _amount(each), cryptogram, each.event)
        for each in messages(attempt)
        if each.from_terminal and each.private_60.type_code == OFFLINE_SALE
        for cryptogram in each.object_55(0x9F26)[:1]
    )


def _moves(each: HostMessage) -> bool:
    text = each.message.text
    code = text(PROCESSING_CODE_3)[:2]
    # Of advices a refund alone; completions and uploads tell of what was decided before.
    refund = each.mti == ADVICE and code in CREDITS
    # On the terminal leg DE60 says that it tells of an offline sale; the switch is told as advice.
    upload = text(PRIVATE_60)[:2] == OFFLINE_SALE
    return (
        each.from_terminal
        and (each.mti in MOVES or refund)
        and text(AMOUNT_4).isdecimal()
        and code not in INQUIRIES
        and not upload
    )


def _asked(leg: Port, request: HostMessage, found: tuple[HostMessage, ...]) -> Asked:
    answers = _answers(leg, request, found)
    state = _state(leg, request, answers)
    in_part = any(each.response_code == IN_PART for each in answers)
    granted = [_amount(each) for each in answers if in_part and each.message.text(AMOUNT_4)]
    undone = tuple(_undone(leg, request, found))
    return Asked(
        leg=leg,
        transaction=request.transaction,
        kind=request.mti,
        code=request.message.text(PROCESSING_CODE_3)[:2],
        stan=request.message.text(TRACE_11),
        amount=(granted or [_amount(request)])[0],
        credit=request.message.text(PROCESSING_CODE_3)[:2] in CREDITS,
        state=state,
        in_part=in_part,
        undone=undone,
        events=(request.event, *(each.event for each in answers), *(each.event for each in undone)),
        of=_original(request.message),
        reference="".join(each.message.text(REFERENCE_37) for each in answers[:1]),
    )


def _answers(
    leg: Port, request: HostMessage, found: tuple[HostMessage, ...]
) -> tuple[HostMessage, ...]:
    if leg is Port.HOST_T:
        return answer_to(request, found)
    # A long line carries other answers in between; a late one is an answer as well (2.5).
    later = [each for each in found if each.event > request.event and not each.from_terminal]
    return tuple(each for each in later if _answers_it(each, request))[:1]


def _answers_it(answer: HostMessage, request: HostMessage) -> bool:
    same = answer.message.text(TRACE_11) == request.message.text(TRACE_11)
    return same and answer.mti == f"{int(request.mti) + 10:04}"


def _state(leg: Port, request: HostMessage, answers: tuple[HostMessage, ...]) -> State:
    taken = [each for each in answers if leg is Port.HOST_S or usable(each, request)]
    for each in taken:
        if each.response_code not in (*ACCEPTED, IN_PART):
            return State.DECLINED if each.response_code else State.OPEN
        return State.UNCLEAR if each.problem_55 else State.GRANTED
    return State.OPEN


def _undone(leg: Port, request: HostMessage, found: tuple[HostMessage, ...]) -> Iterator[Undoing]:
    for each in found:
        if each.event < request.event or not each.from_terminal or each.mti != REVERSALS[leg]:
            continue
        if _reversed_stan(leg, each.message) != request.message.text(TRACE_11):
            continue
        answers = _answers(leg, each, found)
        done = any(answer.message.text(RESPONSE_CODE_39) in REVERSED for answer in answers)
        yield Undoing(_amount(each), done, each.event)


def _reversed_stan(leg: Port, reversal: Message) -> str:
    return (
        reversal.text(TRACE_11) if leg is Port.HOST_T else reversal.text(ORIGINAL_90)[DE90_STAN]
    )


def _original(message: Message) -> str:
    if message.text(ORIGINAL_90):
        return message.text(ORIGINAL_90)[DE90_STAN]
    try:
        return pos_fields.decode_61(message.text(ORIGINAL_61)).stan
    except RemoteProtocolError:
        return ""


def _amount(each: HostMessage) -> int:
    digits = each.message.text(AMOUNT_4)
    return int(digits) if digits.isdecimal() else 0


@dataclass(frozen=True, slots=True)
class Closing:
    """A settlement (1.13): the totals told, and the event that ended it, 0 if none did."""

    debits: int
    credits: int
    event: int
    ended: int


@once
def closings(attempt: Attempt) -> tuple[Closing, ...]:
    """Every settlement whose totals can be read, in order."""
    return tuple(_closings(messages(attempt)))


def _closings(found: tuple[HostMessage, ...]) -> Iterator[Closing]:
    starts = [each for each in found if each.from_terminal and each.mti == SETTLEMENT]
    for number, each in enumerate(starts):
        try:
            totals = pos_fields.decode_settlement(each.message.text(TOTALS_48))
        except RemoteProtocolError:
            continue
        last = starts[number + 1].event if number + 1 < len(starts) else found[-1].event + 1
        ends = [
            answer.event
            for end in found
            if end.from_terminal
            and each.event < end.event < last
            and end.private_60.network_code in UPLOAD_ENDS
            for answer in answer_to(end, found)
        ]
        halves = totals.domestic, totals.foreign
        yield Closing(
            debits=sum(half.debit_amount for half in halves),
            credits=sum(half.credit_amount for half in halves),
            event=each.event,
            ended=max(ends, default=0),
        )
