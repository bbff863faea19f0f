"""The batch as the terminal leg shows it: what was approved and not reversed, what was uploaded."""

from collections.abc import Iterator
from dataclasses import dataclass

from adapters.codec import pos_fields
from adapters.codec.errors import RemoteProtocolError
from adapters.codec.pos_fields import BatchItem
from suites.attempt import Attempt
from suites.model.settlement import Standing
from suites.readings.host_session import (
    AMOUNT_4,
    OFFLINE_SALE,
    TRACE_11,
    HostMessage,
    answer_to,
    messages,
    usable,
)
from suites.readings.once import once
from suites.readings.scene import scenes

# Host and kiosk facts, 1.10 with 0.1: the codes that approve, 10 a part of DE4.
APPROVALS = frozenset(("00", "10", "11", "A2", "A4", "A5", "A6"))
REQUESTS = frozenset(("0100", "0200", "0220"))
REVERSAL, SETTLEMENT, UPLOAD = "0400", "0500", "0320"
ORIGINAL_61, PAN_2, TRACK_2_35 = 61, 2, 35
KEY_DIGITS = 12
TC, ISSUER_AUTHENTICATION_FAILED = "40", 0x40
TVR_95 = 0x95
SALE, SECOND = "22", 2


@dataclass(frozen=True, slots=True)
class Completed:
    """A chip transaction that the host approved and a TC ended; `authenticated`: TVR 5.7 is 0."""

    cryptogram: str
    amount: str
    authenticated: bool
    request: HostMessage


def key(message: HostMessage) -> str:
    """Batch and STAN, by which a terminal names a transaction (1.12)."""
    return message.private_60.batch + message.message.text(TRACE_11)


def pan(message: HostMessage) -> str:
    """DE2, or the PAN that begins track 2."""
    return message.message.text(PAN_2) or message.message.text(TRACK_2_35).partition("D")[0]


@once
def standing(attempt: Attempt) -> tuple[tuple[HostMessage, Standing], ...]:
    """The transactions before the first settlement, in order; an upload counts once."""
    return tuple(_standing(messages(attempt)))


def _standing(found: tuple[HostMessage, ...]) -> Iterator[tuple[HostMessage, Standing]]:
    settled = [each.event for each in found if each.mti == SETTLEMENT][:1]
    reversed_ = {key(each) for each in found if each.mti == REVERSAL}
    seen: set[str] = set()
    for each in found:
        late = bool(settled) and each.event > settled[0]
        asked = each.from_terminal and each.mti in REQUESTS and not late
        if not asked or key(each) in seen or key(each) in reversed_:
            continue
        offline = each.private_60.type_code == OFFLINE_SALE
        answers = [] if offline else _approving(each, found)
        if offline or answers:
            seen.add(key(each))
            said = answers[0].message.text(AMOUNT_4) if answers else ""
            amount = int(said or each.message.text(AMOUNT_4) or "0")
            original = each.message.text(ORIGINAL_61)[:KEY_DIGITS]
            code = each.private_60.type_code
            yield each, Standing(key(each), each.mti, code, amount, original)


def _approving(request: HostMessage, found: tuple[HostMessage, ...]) -> list[HostMessage]:
    return [
        each
        for each in answer_to(request, found)
        if usable(each, request) and each.response_code in APPROVALS
    ]


@once
def completed(attempt: Attempt) -> tuple[Completed, ...]:
    """The contact chip transactions of the batch that went online and ended with a TC."""
    return tuple(_completed(attempt))


def _completed(attempt: Attempt) -> Iterator[Completed]:
    kept = {each.event for each, said in standing(attempt) if said.type_code == SALE}
    for scene in scenes(attempt):
        for request in scene.sent("AUTH"):
            for card, last in scene.last_generate_ac:
                if request.event in kept and (last.number, last.answered) == (SECOND, TC):
                    tvrs = [tvr for tvr in last.sent(TVR_95) if tvr]
                    failed = any(tvr[4] & ISSUER_AUTHENTICATION_FAILED for tvr in tvrs)
                    cryptogram = scene.audit(card).cryptogram(last).hex().upper()
                    amount = request.message.text(AMOUNT_4)
                    yield Completed(cryptogram, amount, not failed, request)


@once
def items(attempt: Attempt) -> tuple[tuple[HostMessage, BatchItem], ...]:
    """The items of 0320 with 60.3 = 201, with the message they came in."""
    return tuple(_items(attempt))


def _items(attempt: Attempt) -> Iterator[tuple[HostMessage, BatchItem]]:
    for each in messages(attempt):
        if each.mti == UPLOAD and each.private_60.network_code == "201":
            try:
                found = pos_fields.decode_items(each.message.text(48))
            except RemoteProtocolError:
                continue
            yield from ((each, item) for item in found)
