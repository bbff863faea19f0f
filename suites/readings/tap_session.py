"""Readings of taps: 9F66 and 9F6C, the card's decision, the records read, what it cost the card.

Only sessions without contacts are looked at, so that a case may also insert its card.
"""

from collections.abc import Callable, Iterator

from adapters.codec import ber_tlv
from adapters.codec.errors import RemoteProtocolError
from adapters.events import Kind, Port
from suites.attempt import Attempt
from suites.model.bits import ALL_BITS, bit
from suites.model.taps import Decided, Path, decided, path
from suites.phrase import Phrase
from suites.readings.card_transaction import (
    AC_9F26,
    DONE,
    IAD_9F10,
    CardTransaction,
    Exchange,
    card_transactions,
    sessions,
)
from suites.readings.once import once
from suites.readings.reading import Reading, Seen, Value
from suites.readings.transactions import OUTSIDE
from suites.rules import ANSWER_LOST
from suites.wordings import WORDINGS

TTQ_9F66, CTQ_9F6C, AMOUNT_9F02, ATC_9F36 = 0x9F66, 0x9F6C, 0x9F02, 0x9F36
NEEDS = frozenset((Port.ICC,))
ABSENT, NOTHING_READ = "-", "-"
Sightings = tuple[Seen[Value], ...]


def taps(attempt: Attempt) -> tuple[CardTransaction, ...]:
    """Every application that was tapped in a transaction, in order."""
    found = card_transactions(attempt)
    return tuple(each for each in found if each.in_the_field and each.transaction != OUTSIDE)


def options(card: CardTransaction) -> tuple[Exchange, ...]:
    """The GET PROCESSING OPTIONS of a tap."""
    return card.of("GPO")[:1]


def _hex(value: bytes) -> str:
    return value.hex().upper()


def _said(notation: str, value: Value) -> Phrase:
    return Phrase("value", (notation, str(value)))


def _reading(
    notation: str,
    look: Callable[[CardTransaction], Iterator[tuple[Value, tuple[int, ...]]]],
    wording: Callable[[str, Value], Phrase] = _said,
) -> Reading[Value]:
    def read(attempt: Attempt) -> Sightings:
        return tuple(
            Seen(value, events, card.transaction)
            for card in taps(attempt)
            for value, events in look(card)
        )

    return Reading(notation, read, NEEDS, wording)


def _bits(name: str, which: str, value: Reading[Value]) -> Reading[Value]:
    def read(attempt: Attempt) -> Sightings:
        return tuple(
            Seen(bit(bytes.fromhex(str(seen.value)), which), seen.events, seen.transaction)
            for seen in value.read(attempt)
        )

    named = f"{name.lower()}-{which}"
    key = named if named in WORDINGS else "value"
    return Reading(
        f"{name}[{which}]", read, NEEDS, lambda notation, seen: Phrase(key, (notation, str(seen)))
    )


def tpd(tag: str) -> Reading[Value]:
    """What was sent for a tag in the data of GPO of a tap."""

    def look(card: CardTransaction) -> Iterator[tuple[Value, tuple[int, ...]]]:
        for exchange in options(card):
            for each in card.pdol_filled:
                if each.entry.tag == int(tag, 16):
                    yield _hex(each.value), exchange.events[:1]

    return _reading(f"PD({tag})", look)


def ttq(which: str) -> Reading[Value]:
    """A bit of 9F66 as sent, "2.8"; "*": all of it."""
    return tpd("9F66") if which == ALL_BITS else _bits("TTQ", which, tpd("9F66"))


def gpo(tag: str) -> Reading[Value]:
    """What the card's answer to GPO holds for a tag."""

    def look(card: CardTransaction) -> Iterator[tuple[Value, tuple[int, ...]]]:
        for exchange in options(card):
            if int(tag, 16) in card.options:
                yield _hex(card.options[int(tag, 16)]), exchange.events[-1:]

    return _reading(f"GPO({tag})", look)


def ctq(which: str) -> Reading[Value]:
    """A bit of 9F6C in the answer to GPO."""
    return _bits("CTQ", which, gpo("9F6C"))


def _gpo_data(card: CardTransaction) -> Iterator[tuple[Value, tuple[int, ...]]]:
    for exchange in options(card):
        yield _hex(exchange.command.data), exchange.events[:1]


# The data field of GPO, template 83 with its length, as it was sent.
GPO_DATA: Reading[Value] = _reading("GPO data", _gpo_data)


def _decisions(card: CardTransaction) -> Iterator[tuple[Value, tuple[int, ...]]]:
    for exchange in options(card):
        for each in decided(card.options.get(IAD_9F10, b"")) if AC_9F26 in card.options else ():
            yield each.value, exchange.events[-1:]


# What the card decided: TC, ARQC or AAC, by its CVR.
DECIDED: Reading[Value] = _reading("decided", _decisions)


def path_of(card: CardTransaction) -> tuple[Path, ...]:
    """The path that the answer opens by the bits of both sides; nothing without an AIP."""
    sent = [each.value for each in card.pdol_filled if each.entry.tag == TTQ_9F66]
    if not sent or not card.aip:
        return ()
    return (path(sent[0], card.aip, cryptogram=AC_9F26 in card.options),)


def _records(card: CardTransaction) -> Iterator[tuple[Value, tuple[int, ...]]]:
    for exchange in options(card):
        read = [each for each in card.records if each.events[0] > exchange.events[0]]
        listed = " ".join(f"{each.sfi}/{each.number}" for each in read)
        events = tuple(each.events[0] for each in read) or exchange.events[:1]
        yield listed or NOTHING_READ, events


# The records asked for after GPO, as SFI/number in their order; "-" where none was.
RECORDS_READ: Reading[Value] = _reading("records", _records)


def _wanted(card: CardTransaction) -> Iterator[tuple[Value, tuple[int, ...]]]:
    for exchange in options(card):
        listed = " ".join(f"{sfi}/{number}" for sfi, number in card.wanted_records)
        yield listed or NOTHING_READ, exchange.events[-1:]


# The records that the AFL names.
RECORDS_LISTED: Reading[Value] = _reading("AFL", _wanted)


def committed(attempt: Attempt, card: CardTransaction) -> bool:
    """Whether the card has paid: it approved and gave its last record (contactless facts, 1.10).

    Given it has too where the bench took it away before the answer could arrive.
    """
    approved = Decided.TC in decided(card.options.get(IAD_9F10, b""))
    if not (approved and card.quick and card.wanted_records):
        return False
    last = card.wanted_records[-1]
    return any(
        (each.sfi, each.number) == last
        and (each.sw == DONE or each.events[-1] in _lost_answers(attempt))
        for each in card.records
    )


@once
def _lost_answers(attempt: Attempt) -> frozenset[int]:
    """Commands that the card did, of which the answer was lost: the rule fires behind them."""
    return frozenset(
        event.seq - 1
        for event in attempt.events
        if event.kind is Kind.RULE and event.detail.get("reaction") == str(ANSWER_LOST)
    )


def _paid(attempt: Attempt) -> Sightings:
    return tuple(
        Seen(int(each.value.hex()), options(card)[0].events[:1], card.transaction)
        for card in taps(attempt)
        if committed(attempt, card)
        for each in card.pdol_filled
        if each.entry.tag == AMOUNT_9F02
    )


# What a tap took from the card, in minor units, where the last record was given.
PAID: Reading[Value] = Reading("paid", _paid, NEEDS, _said)


def _first_commands(attempt: Attempt) -> Sightings:
    return tuple(
        Seen(_hex(session.exchanges[0].sent), session.exchanges[0].events[:1], session.transaction)
        for session in sessions(attempt)
        if session.in_the_field and session.exchanges and session.transaction != OUTSIDE
    )


# The first command of each tap, byte by byte.
FIRST_COMMAND: Reading[Value] = Reading("cmds[0]", _first_commands, NEEDS, _said)


def _names(card: CardTransaction) -> Iterator[tuple[Value, tuple[int, ...]]]:
    for exchange in card.of("SEL"):
        yield _hex(exchange.command.data), exchange.events[:1]


# Every name in a SELECT of a tap.
SELECTED: Reading[Value] = _reading("SELECT", _names)


def _applications(card: CardTransaction) -> Iterator[tuple[Value, tuple[int, ...]]]:
    # The PPSE comes first, whatever its name was made to be.
    for exchange in card.of("SEL")[1:]:
        yield _hex(exchange.command.data), exchange.events[:1]


# Every application that was selected behind the first SELECT of a tap.
APPLICATION: Reading[Value] = _reading("SELECT(ADF)", _applications)


def _counters(card: CardTransaction) -> Iterator[tuple[Value, tuple[int, ...]]]:
    for exchange in options(card):
        if ATC_9F36 in card.options:
            yield int.from_bytes(card.options[ATC_9F36], "big"), exchange.events[-1:]


ATC: Reading[Value] = _reading("9F36", _counters)


def got(tag: str) -> Reading[Value]:
    """The value of an amount that GET DATA told in a tap, in minor units."""

    def look(card: CardTransaction) -> Iterator[tuple[Value, tuple[int, ...]]]:
        for exchange in card.of("GD"):
            for value in _amount(exchange, int(tag, 16)):
                yield value, exchange.events

    return _reading(f"GD({tag})", look)


def _amount(exchange: Exchange, tag: int) -> Iterator[int]:
    try:
        objects = ber_tlv.decode(exchange.response.data)
    except RemoteProtocolError:
        return
    for each in objects:
        if each.tag == tag and each.value.hex().isdecimal():
            yield int(each.value.hex())
