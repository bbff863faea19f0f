"""Readings of the card port, in the catalogue's notation: T1[2.7], P1(GAC1), N(GAC2), D1(9F02)."""

from collections.abc import Callable

from adapters.codec import ber_tlv
from adapters.codec.dol import Filled
from adapters.events import Port
from suites.attempt import Attempt
from suites.model.bits import ALL_BITS, bit
from suites.phrase import Phrase
from suites.readings.card_transaction import (
    AC_9F26,
    AFL_94,
    AIP_82,
    ATC_9F36,
    CID_9F27,
    DONE,
    FORMAT_1_80,
    IAD_9F10,
    SDAD_9F4B,
    CardTransaction,
    Exchange,
    card_transactions,
    sessions,
)
from suites.readings.happenings import occurrence
from suites.readings.host_session import of_kind
from suites.readings.once import once
from suites.readings.reading import Occurrence, Reading, Seen, Value
from suites.readings.transactions import OUTSIDE
from suites.rules import Trigger
from suites.wordings import WORDINGS

TVR_95, TSI_9B, CVM_RESULTS_9F34 = 0x95, 0x9B, 0x9F34
NEEDS = frozenset((Port.ICC,))
Sightings = tuple[Seen[Value], ...]


def _hex(value: bytes) -> str:
    return value.hex().upper()


def _in_generate_ac(number: int, tag: int, length: int = 0) -> Callable[[Attempt], Sightings]:
    """What was sent for a tag in the data of the first or second GENERATE AC."""

    def read(attempt: Attempt) -> Sightings:
        return tuple(
            Seen(_hex(value), request.events[:1], card.transaction)
            for card in card_transactions(attempt)
            for request in card.generate_ac(number)
            for value in request.sent(tag, length)
        )

    return read


def _bits(stage: str, number: int, tag: int, which: str) -> Reading[Value]:
    sent = _in_generate_ac(number, tag)
    if which == ALL_BITS:
        return Reading(stage, sent, NEEDS)

    def read(attempt: Attempt) -> Sightings:
        return tuple(
            Seen(bit(bytes.fromhex(str(seen.value)), which), seen.events, seen.transaction)
            for seen in sent(attempt)
        )

    named = f"{'tvr' if tag == TVR_95 else 'tsi'}-{which}"
    key = named if named in WORDINGS else "value"
    return Reading(
        f"{stage}[{which}]",
        read,
        NEEDS,
        lambda notation, value: Phrase(key, (notation, str(value))),
    )


def t1(which: str) -> Reading[Value]:
    """A bit of the TVR in the data of GAC1, "2.7" for byte 2 bit 7; "*": all of it, in hex."""
    return _bits("T1", 1, TVR_95, which)


def t2(which: str) -> Reading[Value]:
    """The same in the data of GAC2."""
    return _bits("T2", 2, TVR_95, which)


def s1(which: str) -> Reading[Value]:
    """A bit of the TSI in the data of GAC1, or all of it."""
    return _bits("S1", 1, TSI_9B, which)


def s2(which: str) -> Reading[Value]:
    """The same in the data of GAC2."""
    return _bits("S2", 2, TSI_9B, which)


def d1(tag: str, length: int = 0) -> Reading[Value]:
    """What was sent for a tag in CDOL1 data; the length tells entries of one tag apart."""
    return Reading(_named("D1", tag, length), _in_generate_ac(1, int(tag, 16), length), NEEDS)


def d2(tag: str, length: int = 0) -> Reading[Value]:
    """What was sent for a tag in CDOL2 data."""
    return Reading(_named("D2", tag, length), _in_generate_ac(2, int(tag, 16), length), NEEDS)


def pd(tag: str, length: int = 0) -> Reading[Value]:
    """What was sent for a tag in PDOL data; the length tells entries of one tag apart."""

    def read(attempt: Attempt) -> Sightings:
        return tuple(
            Seen(_hex(each.value), _started(card), card.transaction)
            for card in card_transactions(attempt)
            for each in _of_tag(card.pdol_filled, int(tag, 16))
            if length in (0, each.entry.length)
        )

    return Reading(_named("PD", tag, length), read, NEEDS)


def p1(trigger: Trigger) -> Reading[Value]:
    """The type that GAC1 or GAC2 asks for: 00 AAC, 40 TC, 80 ARQC (P1 masked with C0)."""

    def read(attempt: Attempt) -> Sightings:
        return tuple(
            Seen(request.requested, request.events[:1], card.transaction)
            for card in card_transactions(attempt)
            for request in card.generate_acs
            if trigger.what == f"GAC{request.number}"
        )

    return Reading(
        f"P1({trigger.what})",
        read,
        NEEDS,
        lambda _, value: Phrase(f"asks-{value}", (trigger.what,)),
    )


def cda(trigger: Trigger) -> Reading[Value]:
    """1 where GAC1 or GAC2 asks for a combined signature."""

    def read(attempt: Attempt) -> Sightings:
        return tuple(
            Seen(int(request.cda), request.events[:1], card.transaction)
            for card in card_transactions(attempt)
            for request in card.generate_acs
            if trigger.what == f"GAC{request.number}"
        )

    return Reading(f"CDA({trigger.what})", read, NEEDS)


def _cvm_results(attempt: Attempt) -> Sightings:
    in_list = _in_generate_ac(1, CVM_RESULTS_9F34)(attempt)
    found = {seen.transaction for seen in in_list}
    in_message: Sightings = tuple(
        Seen(_hex(value), (each.event,), each.transaction)
        for each in of_kind(attempt, "AUTH")
        for value in each.object_55(CVM_RESULTS_9F34)
        if each.transaction not in found
    )
    return in_list + in_message


# 9F34 in CDOL1 data, or in DE55 where CDOL1 does not ask for it.
CVR34: Reading[Value] = Reading("CVR34", _cvm_results, NEEDS)


def n(trigger: Trigger) -> Occurrence:
    """How often a command is sent in each transaction."""
    return occurrence(trigger)


@once
def sent_objects(attempt: Attempt) -> tuple[Seen[tuple[int, bytes]], ...]:
    """Every data object that the card sent in the transactions, with tag and value, as answered."""
    return tuple(
        Seen(each, exchange.events[-1:], exchange.transaction)
        for session in sessions(attempt)
        for exchange in session.exchanges
        if exchange.transaction != OUTSIDE
        for each in answered(exchange)
    )


def answered(exchange: Exchange) -> tuple[tuple[int, bytes], ...]:
    """Tags and values of an answer, those of format 1 too."""
    found = tuple(ber_tlv.walk(exchange.objects))
    if exchange.sw == DONE and found and found[0].tag == FORMAT_1_80:
        value = found[0].value
        parts = FORMAT_1.get(exchange.family, ())
        return tuple((tag, value[part]) for tag, part in parts if value[part])
    return tuple((each.tag, each.value) for each in found)


# Format 1 has no tags inside (EMV 4.1 Book 3, 6.5.5, 6.5.8, 6.5.9).
FORMAT_1 = {
    "GPO": ((AIP_82, slice(0, 2)), (AFL_94, slice(2, None))),
    "IA": ((SDAD_9F4B, slice(0, None)),),
    "GAC": (
        (CID_9F27, slice(0, 1)),
        (ATC_9F36, slice(1, 3)),
        (AC_9F26, slice(3, 11)),
        (IAD_9F10, slice(11, None)),
    ),
}


def _of_tag(filled: tuple[Filled, ...], tag: int) -> tuple[Filled, ...]:
    return tuple(each for each in filled if each.entry.tag == tag)


def _started(card: CardTransaction) -> tuple[int, ...]:
    return tuple(each.events[0] for each in card.of("GPO"))[:1]


def _named(stage: str, tag: str, length: int) -> str:
    return f"{stage}({tag},{length})" if length else f"{stage}({tag})"
