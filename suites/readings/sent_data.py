"""The data fields of commands as they were sent: GPO.data, IA.Lc, DD(9F37), RRSEQ."""

import hashlib
from collections.abc import Iterator, Sequence

from adapters.codec import dol
from adapters.codec.errors import RemoteProtocolError
from adapters.events import Port
from suites.attempt import Attempt
from suites.model.bits import ALL_BITS, both
from suites.readings.card_session import t1
from suites.readings.card_transaction import CardTransaction, Signature, card_transactions
from suites.readings.reading import Reading, Seen, Value
from suites.readings.settings import as_bytes, in_force
from suites.rules import Trigger

NEEDS = frozenset((Port.ICC,))
DDOL_9F49 = 0x9F49
Sightings = tuple[Seen[Value], ...]


def data(trigger: Trigger) -> Reading[Value]:
    """The data field of a command, in hex."""

    def read(attempt: Attempt) -> Sightings:
        return tuple(
            Seen(each.command.data.hex().upper(), each.events[:1], card.transaction)
            for card in card_transactions(attempt)
            for each in card.exchanges
            if trigger.what in each.name.names
        )

    return Reading(f"{trigger.what}.data", read, NEEDS)


def lc(trigger: Trigger) -> Reading[Value]:
    """How many bytes of data a command has."""

    def read(attempt: Attempt) -> Sightings:
        return tuple(
            Seen(len(str(seen.value)) // 2, seen.events, seen.transaction)
            for seen in data(trigger).read(attempt)
        )

    return Reading(f"{trigger.what}.Lc", read, NEEDS)


def dd(tag: str) -> Reading[Value]:
    """What was sent for a tag in DDOL data, by the card's list or else the terminal's default."""

    def read(attempt: Attempt) -> Sightings:
        return tuple(
            Seen(value, signature.events[:1], card.transaction)
            for card in card_transactions(attempt)
            for signature in card.signatures
            for value in _of_list(attempt, card, signature, int(tag, 16))
        )

    return Reading(f"DD({tag})", read, NEEDS)


def _of_list(
    attempt: Attempt, card: CardTransaction, signature: Signature, tag: int
) -> Iterator[str]:
    settings = in_force(attempt, signature.events[0])
    wanted = card.value(DDOL_9F49) or as_bytes(settings, "default-ddol")
    try:
        filled = dol.split(dol.decode(wanted), signature.ddol_data)
    except RemoteProtocolError:
        return
    yield from (each.value.hex().upper() for each in filled if each.entry.tag == tag)


def _records(attempt: Attempt) -> Sightings:
    return tuple(
        Seen(
            "".join(f"({each.sfi},{each.number})" for each in card.records),
            tuple(each.events[0] for each in card.records),
            card.transaction,
        )
        for card in card_transactions(attempt)
        if card.records
    )


# The records that an application was asked for, in order.
RRSEQ: Reading[Value] = Reading("RRSEQ", _records, NEEDS)


def t1_under(mask: str) -> Reading[Value]:
    """The TVR in the data of GAC1, only the bits of this mask."""

    def read(attempt: Attempt) -> Sightings:
        return tuple(
            Seen(
                both(bytes.fromhex(str(seen.value)), bytes.fromhex(mask)).hex().upper(),
                seen.events,
                seen.transaction,
            )
            for seen in t1(ALL_BITS).read(attempt)
        )

    return Reading(f"T1/{mask}", read, NEEDS)


def tc_hash(tdol: str) -> Reading[Value]:
    """SHA-1 of what this TDOL gathers, by the values that the terminal sent for CDOL1."""
    wanted = dol.decode(bytes.fromhex(tdol))

    def read(attempt: Attempt) -> Sightings:
        return tuple(
            Seen(_sha1(values), request.events[:1], card.transaction)
            for card in card_transactions(attempt)
            for request in card.generate_ac(1)
            for values in ([value for entry in wanted for value in request.sent(entry.tag)[:1]],)
            if len(values) == len(wanted)
        )

    return Reading(f"SHA1({tdol})", read, NEEDS)


def _sha1(values: Sequence[bytes]) -> str:
    return hashlib.sha1(b"".join(values), usedforsecurity=False).hexdigest().upper()


def _finals(attempt: Attempt) -> Sightings:
    last: dict[int, CardTransaction] = {
        card.transaction: card for card in card_transactions(attempt) if card.of("GPO")
    }
    return tuple(
        Seen(card.application.hex().upper(), card.of("GPO")[-1].events[:1], number)
        for number, card in last.items()
    )


# The application that received the last GET PROCESSING OPTIONS.
FINAL: Reading[Value] = Reading("FINAL", _finals, NEEDS)
