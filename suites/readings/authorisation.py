"""What an authorisation repeats of card and terminal, for comparing with DE22, DE23, DE35, F55."""

from collections.abc import Callable, Iterator, Mapping

from adapters.events import Port
from suites.attempt import Attempt
from suites.model import card_cryptogram
from suites.model.bits import both, covers
from suites.readings.card_session import TVR_95
from suites.readings.card_transaction import (
    AC_9F26,
    AIP_82,
    ATC_9F36,
    IAD_9F10,
    CardTransaction,
    GenerateAc,
    card_transactions,
)
from suites.readings.host_session import HostMessage, of_kind
from suites.readings.reading import Reading, Seen, Value
from suites.readings.scene import scenes

PAN_5A, SEQUENCE_NUMBER_5F34, TRACK_2_57 = 0x5A, 0x5F34, 0x57
CVR_AT = slice(3, 7)
NEEDED = frozenset((AC_9F26, IAD_9F10, AIP_82, ATC_9F36))
ICC, OPERATOR = frozenset((Port.ICC,)), frozenset((Port.OPERATOR,))
HOST = frozenset((Port.HOST_T,))
Sightings = tuple[Seen[Value], ...]
RIGHT, WRONG = "right", "wrong"


def _hex(value: bytes) -> str:
    return value.hex().upper()


def card(tag: str) -> Reading[Value]:
    """The value of an object that the card sent in selection or records."""
    return _of_card(f"card({tag})", int(tag, 16), _hex)


def _of_card(notation: str, tag: int, shape: Callable[[bytes], Value]) -> Reading[Value]:
    def read(attempt: Attempt) -> Sightings:
        return tuple(
            Seen(shape(each.value(tag)), (each.objects[tag].event,), each.transaction)
            for each in card_transactions(attempt)
            if tag in each.objects
        )

    return Reading(notation, read, ICC)


# UnionPay direct POS: DE23 is 5F34 in three digits, DE35 is 57 without its filler.
SEQUENCE_NUMBER_AS_DE23: Reading[Value] = _of_card(
    "5F34", SEQUENCE_NUMBER_5F34, lambda value: f"0{value.hex()}"
)
TRACK_2_AS_DE35: Reading[Value] = _of_card(
    "57", TRACK_2_57, lambda value: _hex(value).rstrip("F")
)


def answered_ac(number: int, tag: str) -> Reading[Value]:
    """9F26, 9F27, 9F36 or 9F10 of the card's answer to the first or second GENERATE AC."""
    look = GIVEN[tag]

    def read(attempt: Attempt) -> Sightings:
        return tuple(
            Seen(_hex(look(request)), request.events[-1:], each.transaction)
            for each in card_transactions(attempt)
            for request in each.generate_ac(number)
            if look(request)
        )

    return Reading(f"GAC{number}({tag})", read, ICC)


GIVEN: Mapping[str, Callable[[GenerateAc], bytes]] = {
    "9F26": lambda request: request.ac_9f26,
    "9F27": lambda request: request.cid_9f27,
    "9F36": lambda request: request.atc_9f36,
    "9F10": lambda request: request.iad_9f10,
}


def setting(name: str) -> Reading[Value]:
    """How the terminal is set, by the ICS and what it acknowledged since."""

    def read(attempt: Attempt) -> Sightings:
        return tuple(
            Seen(str(scene.settings[name]), (), scene.number)
            for scene in scenes(attempt)
            if name in scene.settings
        )

    return Reading(f"ICS({name})", read)


def text_setting(name: str, length: int) -> Reading[Value]:
    """A setting that is a text, as its bytes in hex, with 00 behind it up to a length."""

    def read(attempt: Attempt) -> Sightings:
        return tuple(
            Seen(
                _hex(str(seen.value).encode("gbk", "replace")[:length].ljust(length, b"\0")),
                (),
                seen.transaction,
            )
            for seen in setting(name).read(attempt)
        )

    return Reading(f"ICS({name})", read)


def masked(reading: Reading[Value], mask: str) -> Reading[Value]:
    """T1=hex/mask: what is left of a value under a mask."""

    def read(attempt: Attempt) -> Sightings:
        return tuple(
            Seen(
                _hex(both(bytes.fromhex(str(seen.value)), bytes.fromhex(mask))),
                seen.events,
                seen.transaction,
            )
            for seen in reading.read(attempt)
        )

    return Reading(f"{reading.notation}/{mask}", read, reading.needs)


def ic_condition(kind: str) -> Reading[Value]:
    """60.5: whether the last chip was read."""

    def read(attempt: Attempt) -> Sightings:
        return tuple(
            Seen(each.private_60.ic_condition, (each.event,), each.transaction)
            for each in of_kind(attempt, kind)
            if each.private_60.ic_condition
        )

    return Reading("DE(60.5)", read, HOST)


def _t2_covers_t1(attempt: Attempt) -> Sightings:
    return tuple(
        Seen(int(covers(later, earlier)), (*first.events[:1], *second.events[:1]), each.transaction)
        for each in card_transactions(attempt)
        for first in each.generate_ac(1)
        for second in each.generate_ac(2)
        for earlier in first.sent(TVR_95)
        for later in second.sent(TVR_95)
    )


# 1 where every bit of T1 stands in T2 too.
T2_COVERS_T1: Reading[Value] = Reading("T2 superset of T1", _t2_covers_t1, ICC)


def _verified(attempt: Attempt) -> Sightings:
    return tuple(
        seen
        for message in of_kind(attempt, "AUTH")
        for each in card_transactions(attempt)
        if each.transaction == message.transaction
        for seen in _checked(message, each)
    )


def _checked(message: HostMessage, of: CardTransaction) -> Iterator[Seen[Value]]:
    sent = {tag: values[0] for tag, values in message.objects.items()}
    pan = _hex(of.value(PAN_5A)).rstrip("F")
    wanting = card_cryptogram.missing(sent) or not set(sent) >= NEEDED
    if not card_cryptogram.is_known(pan) or of.value(SEQUENCE_NUMBER_5F34) == b"":
        return
    if wanting:
        # An issuer cannot check a cryptogram over what he is not told.
        yield Seen(WRONG, (message.event,), message.transaction)
        return
    psn, cvr = of.value(SEQUENCE_NUMBER_5F34).hex(), sent[IAD_9F10][CVR_AT]
    try:
        right = card_cryptogram.expected(pan, psn, sent, cvr) == sent[AC_9F26]
    except ValueError:
        right = False
    yield Seen(RIGHT if right else WRONG, (message.event,), message.transaction)


# "right" where 9F26 is the issuer's own over what DE55 says (contact facts, 3.1).
ARQC_IN_55: Reading[Value] = Reading("MAC(F55)", _verified, HOST | ICC)
