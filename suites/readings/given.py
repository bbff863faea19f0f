"""What left a card: transactions it committed itself to, and the e-cash balances it told."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from adapters.codec import ber_tlv
from adapters.events import Kind, Port
from suites.attempt import Attempt
from suites.readings.card_transaction import (
    AC_9F26,
    AFL_94,
    ATC_9F36,
    CID_9F27,
    DONE,
    IAD_9F10,
    TYPE_MASK,
    CardTransaction,
    card_transactions,
)
from suites.readings.once import once
from suites.rules import Deed

AMOUNT_9F02, PAN_5A, TRACK_2_57, ISSUER_CODE_9F74 = 0x9F02, 0x5A, 0x57, 0x9F74
BALANCE_9F79 = 0x9F79
TC = 0x40
# Contactless facts, 4.5: 9F10 is length, key index, version, 03, and then the CVR; bits 6 and 5 of
# its first byte are the type of the cryptogram.
CVR_AT, CVR_TYPE, CVR_TC = 4, 0x30, 0x10


@dataclass(frozen=True, slots=True)
class Commitment:
    """A TC for a sum that was asked for; in the field once the last record of its AFL was read."""

    transaction: int
    number: str
    amount: int
    ecash: bool
    atc: int
    cryptogram_9f26: bytes
    events: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Balance:
    """9F79 as a card told it; `atc` is that of its session, 0 where the card told none."""

    transaction: int
    number: str
    amount: int
    atc: int
    event: int


@once
def commitments(attempt: Attempt) -> tuple[Commitment, ...]:
    """Each of them, in order; none where its sum cannot be read."""
    lost = _answers_lost(attempt)
    return tuple(each for card in card_transactions(attempt) for each in _commitments(card, lost))


@once
def _answers_lost(attempt: Attempt) -> frozenset[int]:
    """The commands that the bench's card carried out, and of which nobody heard the answer."""
    lost: set[int] = set()
    asked = 0
    for event in attempt.events:
        if event.port is Port.ICC and event.kind is Kind.COMMAND:
            asked = event.seq
        elif event.kind is Kind.RULE and event.detail.get("reaction") == Deed.ANSWER_LOST:
            lost.add(asked)
    return frozenset(lost)


@once
def balances(attempt: Attempt) -> tuple[Balance, ...]:
    """Each 9F79 of GET DATA whose card told its number in the session, in order."""
    return tuple(
        Balance(
            card.transaction,
            account(card),
            int(each.value.hex()),
            _atc(card),
            exchange.events[-1],
        )
        for card in card_transactions(attempt)
        for exchange in card.of("GD")
        for each in ber_tlv.find(exchange.objects, BALANCE_9F79)
        if account(card) and each.value.hex().isdecimal()
    )


def _atc(card: CardTransaction) -> int:
    told = [int.from_bytes(each.atc_9f36, "big") for each in card.generate_acs]
    return max((*told, *(each.atc for each in _commitments(card, frozenset()))), default=0)


def account(card: CardTransaction) -> str:
    """The card's number; "" where it told none."""
    by_5a = card.value(PAN_5A).hex().upper().rstrip("F")
    return by_5a or card.value(TRACK_2_57).hex().upper().partition("D")[0]


def _commitments(card: CardTransaction, lost: frozenset[int]) -> tuple[Commitment, ...]:
    return (*_by_generate_ac(card), *_in_the_field(card, lost))


def _by_generate_ac(card: CardTransaction) -> Iterator[Commitment]:
    for each in card.generate_acs:
        if each.answered != f"{TC:02X}" or each.requested != f"{TC:02X}" or each.problem:
            continue
        sent = [value for any_ac in card.generate_acs for value in any_ac.sent(AMOUNT_9F02)]
        for amount in (sent or _in_pdol(card))[-1:]:
            made = _commitment(card, amount, each.atc_9f36, each.ac_9f26, each.events)
            # Contactless facts, 2.2: what went online is not paid from the e-cash balance.
            yield replace(made, ecash=made.ecash and each.number == 1)


def _in_the_field(card: CardTransaction, lost: frozenset[int]) -> Iterator[Commitment]:
    """qPBOC: the GPO answers with the TC (contactless facts, 1.6 and 1.10)."""
    for exchange in card.of("GPO"):
        told = {each.tag: each.value for each in ber_tlv.walk(exchange.objects)}
        read = {
            (each.sfi, each.number): each
            for each in card.records
            if each.sw == DONE or each.events[0] in lost
        }
        whole = bool(card.wanted_records) and set(card.wanted_records) <= set(read)
        if exchange.sw != DONE or AC_9F26 not in told or AFL_94 not in told or not whole:
            continue
        if not _is_tc(told.get(CID_9F27, b""), told.get(IAD_9F10, b"")):
            continue
        events = (*exchange.events, *read[card.wanted_records[-1]].events)
        for amount in _in_pdol(card)[-1:]:
            yield _commitment(card, amount, told.get(ATC_9F36, b""), told[AC_9F26], events)


def _is_tc(cid: bytes, iad: bytes) -> bool:
    # Contactless facts, CL-OUT-04: the CVR decides, also where a card returns 9F27 beside it.
    if len(iad) > CVR_AT:
        return iad[CVR_AT] & CVR_TYPE == CVR_TC
    return bool(cid) and cid[0] & TYPE_MASK == TC


def _in_pdol(card: CardTransaction) -> list[bytes]:
    return [each.value for each in card.pdol_filled if each.entry.tag == AMOUNT_9F02]


def _commitment(
    card: CardTransaction, amount: bytes, atc: bytes, cryptogram: bytes, events: tuple[int, ...]
) -> Commitment:
    return Commitment(
        transaction=card.transaction,
        number=account(card),
        amount=int(amount.hex()) if amount.hex().isdecimal() else 0,
        # Contactless facts, 2.2: a record with 9F74 makes it an e-cash transaction; qPBOC is one.
        ecash=bool(card.value(ISSUER_CODE_9F74)) or not card.generate_acs,
        atc=int.from_bytes(atc, "big"),
        cryptogram_9f26=cryptogram,
        events=events,
    )
