"""What a terminal told of itself: data objects to cards and host, DE60.4, the names it selects."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from adapters.codec import ber_tlv
from fixtures.claims_in_bytes import LENGTHS
from suites.attempt import Attempt
from suites.readings.card_transaction import CardTransaction, card_transactions
from suites.readings.host_session import HostMessage, messages

DDF_NAME_9D, CAPABILITIES_9F33 = 0x9D, 0x9F33
# ISO/IEC 7816-5: names of registered providers begin so; directories have names of their own.
REGISTERED = 0xA0
UPLOAD = "0320"


@dataclass(frozen=True, slots=True)
class Told:
    """A data object of the terminal as it was sent whole, and the event."""

    tag: int
    value: bytes
    event: int


@dataclass(frozen=True, slots=True)
class Named:
    """A name that the terminal selected, and the event."""

    name: bytes
    event: int


@dataclass(frozen=True, slots=True)
class ReadCapability:
    """DE60.4, and the event."""

    digit: str
    event: int


def told_of_itself(attempt: Attempt) -> tuple[Told, ...]:
    """Each of its data objects in lists of the card and in DE55; one cut short says nothing."""
    return tuple(
        each for each in _told(attempt) if len(each.value) == LENGTHS[each.tag]
    )


def _told(attempt: Attempt) -> Iterator[Told]:
    taps = {each.transaction for each in card_transactions(attempt) if each.in_the_field}
    for card in card_transactions(attempt):
        for tag, value, event in _in_lists(card):
            if tag not in _withheld(card.transaction, taps):
                yield Told(tag, value, event)
    for message in messages(attempt):
        told = set(LENGTHS) - _withheld(message.transaction, taps)
        for tag in sorted(told) if message.from_terminal and not _is_late(message) else ():
            for value in message.object_55(tag):
                yield Told(tag, value, message.event)


def _is_late(message: HostMessage) -> bool:
    """Whether it speaks of an earlier transaction, whose card and interface it does not tell."""
    return message.is_offline_upload or message.mti == UPLOAD


def _withheld(transaction: int, taps: Collection[int]) -> frozenset[int]:
    # Contactless facts, 1.12: without contacts there is no offline PIN, and 9F33 may say so.
    return frozenset((CAPABILITIES_9F33,)) if transaction in taps else frozenset()


def _in_lists(card: CardTransaction) -> Iterator[tuple[int, bytes, int]]:
    starts = [each.events[0] for each in card.of("GPO")][:1]
    filled = [(each, event) for event in starts for each in card.pdol_filled]
    filled += [(each, ac.events[0]) for ac in card.generate_acs for each in ac.filled]
    for each, event in filled:
        if each.entry.tag in LENGTHS and each.entry.length == LENGTHS[each.entry.tag]:
            yield each.entry.tag, each.value, event


def selected_names(attempt: Attempt) -> tuple[Named, ...]:
    """Names of applications that were selected; a directory's is none."""
    return tuple(
        Named(exchange.command.data, exchange.events[0])
        for card in card_transactions(attempt)
        for exchange in card.of("SEL")
        if exchange.command.data[:1] == bytes((REGISTERED,))
        and exchange.command.data not in _directories(attempt)
    )


def _directories(attempt: Attempt) -> frozenset[bytes]:
    return frozenset(
        each.value
        for card in card_transactions(attempt)
        for exchange in card.exchanges
        for each in ber_tlv.find(exchange.objects, DDF_NAME_9D)
    )


def read_capabilities(attempt: Attempt) -> tuple[ReadCapability, ...]:
    """DE60.4 of each message of the terminal that has it."""
    return tuple(
        ReadCapability(each.private_60.read_capability, each.event)
        for each in messages(attempt)
        if each.from_terminal and each.private_60.read_capability
    )
