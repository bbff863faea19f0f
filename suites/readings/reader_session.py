"""Readings of a card under test, in the catalogue's notation: sw(GPO), tlv(GPO,9F10), CVR(GAC1)."""

from collections.abc import Callable, Iterator

from adapters.codec import atr, atr_emv, ber_tlv
from adapters.codec.errors import ProtocolError
from adapters.events import Direction, Event, Kind, Port
from suites.attempt import Attempt
from suites.model.bits import bit
from suites.phrase import Phrase
from suites.readings.card_session import answered
from suites.readings.card_transaction import AC_9F26, CID_9F27, IAD_9F10, Exchange, reader_sessions
from suites.readings.once import once
from suites.readings.reading import Reading, Seen, Value
from suites.readings.transactions import OUTSIDE, numbered
from suites.rules import Trigger

NEEDS = frozenset((Port.IFD,))
Sightings = tuple[Seen[Value], ...]
# Contactless facts, 4.5: 9F10 is 07, key index, version, then the CVR with its length 03.
CVR_AT = slice(3, 7)
CVR_SIZE = 4
# 4.5: what the first GENERATE AC, or GPO in qPBOC, gave.
FIRST_TYPE_MASK = 0x30
TYPES_OF_CVR = {0x00: "AAC", 0x10: "TC", 0x20: "ARQC"}
TYPE_MASK = 0xC0
TYPES_OF_CID = {0x00: "AAC", 0x40: "TC", 0x80: "ARQC"}
NO_TYPE = "none"
GIVEN = "given"
ABSENT = ""
CONFORMS, NO_ATR = "basic", "unreadable"


EVERY = 0


def every(trigger: Trigger) -> Trigger:
    """All of a transaction, however many there are."""
    return trigger.time(EVERY)


def _named(trigger: Trigger) -> str:
    return f"each {trigger.what}" if trigger.nth == EVERY else str(trigger)


@once
def exchanges(attempt: Attempt, trigger: Trigger) -> tuple[Exchange, ...]:
    """What the trigger names, the n-th of each transaction; none where it did not come so far."""
    found: dict[int, list[Exchange]] = {}
    for session in reader_sessions(attempt):
        for each in session.exchanges:
            if each.transaction != OUTSIDE and trigger.what in (each.name.short, each.family):
                found.setdefault(each.transaction, []).append(each)
    wanted = slice(None) if trigger.nth == EVERY else slice(trigger.nth - 1, trigger.nth)
    return tuple(each for all_of in found.values() for each in all_of[wanted])


def _of(
    notation: str, trigger: Trigger, look: Callable[[Exchange], Iterator[Value]]
) -> Reading[Value]:
    """A reading of one answer; a mute card shows nothing."""

    def read(attempt: Attempt) -> Sightings:
        return tuple(
            Seen(value, each.events, each.transaction)
            for each in exchanges(attempt, trigger)
            if each.sw
            for value in look(each)
        )

    return Reading(notation, read, NEEDS)


def sw(trigger: Trigger) -> Reading[Value]:
    """The status word, four hex digits."""

    def look(each: Exchange) -> Iterator[Value]:
        yield each.sw

    return _of(f"sw({_named(trigger)})", trigger, look)


def size(trigger: Trigger) -> Reading[Value]:
    """How many bytes of data the answer has."""

    def look(each: Exchange) -> Iterator[Value]:
        yield len(each.response.data)

    return _of(f"len({_named(trigger)})", trigger, look)


def data(trigger: Trigger) -> Reading[Value]:
    """The data of the answer in hex."""

    def look(each: Exchange) -> Iterator[Value]:
        yield each.response.data.hex().upper()

    return _of(f"r({_named(trigger)})", trigger, look)


def template(trigger: Trigger) -> Reading[Value]:
    """The tag of the answer's template, "" where the data are none."""

    def look(each: Exchange) -> Iterator[Value]:
        yield f"{each.objects[0].tag:X}" if len(each.objects) == 1 else ""

    return _of(f"template({_named(trigger)})", trigger, look)


def tlv(trigger: Trigger, tag: str) -> Reading[Value]:
    """The value of a data object of the answer in hex, "" where the answer is without it."""

    def look(each: Exchange) -> Iterator[Value]:
        yield from (value.hex().upper() for value in _values(each, int(tag, 16)) or (b"",))

    return _of(f"tlv({_named(trigger)},{tag})", trigger, look)


def has(trigger: Trigger, tag: str) -> Reading[Value]:
    """1 where the answer has the data object, 0 where it does not."""

    def look(each: Exchange) -> Iterator[Value]:
        yield int(bool(_values(each, int(tag, 16))))

    return _of(f"has({_named(trigger)},{tag})", trigger, look)


def bits(trigger: Trigger, tag: str, which: str) -> Reading[Value]:
    """A bit of a data object: "1.8" for byte 1 bit 8; "" where the answer is without it."""

    def look(each: Exchange) -> Iterator[Value]:
        found: list[Value] = [bit(value, which) for value in _values(each, int(tag, 16))]
        yield from found or [ABSENT]

    return _of(f"tlv({_named(trigger)},{tag})[{which}]", trigger, look)


def lacking(trigger: Trigger, within: str, tag: str) -> Reading[Value]:
    """How many templates of one tag are without a data object of another."""

    def look(each: Exchange) -> Iterator[Value]:
        entries = [found for found in ber_tlv.walk(each.objects) if found.tag == int(within, 16)]
        yield sum(not ber_tlv.find(entry.children, int(tag, 16)) for entry in entries)

    return _of(f"lacking({_named(trigger)},{within},{tag})", trigger, look)


def ac(trigger: Trigger) -> Reading[Value]:
    """TC, ARQC or AAC: by 9F27, or by the CVR where an answer to GPO has a cryptogram."""

    def look(each: Exchange) -> Iterator[Value]:
        yield _type(each)

    return _of(f"AC({_named(trigger)})", trigger, look)


def cvr(trigger: Trigger, which: str = "") -> Reading[Value]:
    """The card verification results with their length byte, or one bit: "2.6", byte 1 behind 03.

    "" where the answer is without them.
    """

    def look(each: Exchange) -> Iterator[Value]:
        found: list[Value] = [
            bit(one[1:], which) if which else one.hex().upper() for one in _cvr(each)
        ]
        yield from found or [ABSENT]

    notation = f"CVR({_named(trigger)})"
    return _of(f"{notation}[{which}]" if which else notation, trigger, look)


def _cvr(each: Exchange) -> tuple[bytes, ...]:
    found = (value[CVR_AT] for value in _values(each, IAD_9F10))
    return tuple(value for value in found if len(value) == CVR_SIZE)


def _type(each: Exchange) -> str:
    for cid in _values(each, CID_9F27):
        return TYPES_OF_CID.get(cid[0] & TYPE_MASK, NO_TYPE) if cid else NO_TYPE
    for found in _cvr(each) if _values(each, AC_9F26) else ():
        return TYPES_OF_CVR.get(found[1] & FIRST_TYPE_MASK, NO_TYPE)
    return NO_TYPE


def _values(each: Exchange, tag: int) -> tuple[bytes, ...]:
    return tuple(value for found, value in answered(each) if found == tag)


def _answers_to_reset(attempt: Attempt) -> Iterator[tuple[Event, int]]:
    for event, number in numbered(attempt):
        answered_reset = event.kind is Kind.RESET and event.direction is Direction.FROM_IUT
        if number != OUTSIDE and event.port is Port.IFD and answered_reset:
            yield event, number


def _atrs(attempt: Attempt) -> Sightings:
    return tuple(
        Seen(_deviations(event.data), (event.seq,), number)
        for event, number in _answers_to_reset(attempt)
    )


def _warm(attempt: Attempt) -> Sightings:
    return tuple(
        Seen(GIVEN if event.data else ABSENT, (event.seq,), number)
        for event, number in _answers_to_reset(attempt)
        if event.detail.get("reset") == "warm"
    )


def _deviations(answer: bytes) -> str:
    try:
        found = atr_emv.deviations(atr.decode(answer))
    except ProtocolError as refused:
        return f"{NO_ATR}: {refused}"
    return ", ".join(f"{each.character}={_hex(each.value)}" for each in found) or CONFORMS


def _hex(value: int | None) -> str:
    return "-" if value is None else f"{value:02X}"


# EMV 4.1 Book 1, 8.3: what of an ATR is not as in the basic one, "basic" where all is.
ATR: Reading[Value] = Reading(
    "ATR", _atrs, NEEDS, lambda notation, value: Phrase("value", (notation, str(value)))
)
# Whether a reset without a loss of power was answered.
WARM_ATR: Reading[Value] = Reading("warm ATR", _warm, NEEDS)
