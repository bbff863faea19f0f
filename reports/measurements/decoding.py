"""How long it takes to decode what crosses the card port and the host port."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from adapters.clock import Clock
from adapters.codec import ber_tlv, iso8583, pos_link
from adapters.codec.ber_tlv import Tlv
from adapters.codec.pos_dialect import POS
from adapters.errors import BenchBroken
from adapters.events import Direction, Kind, Port
from reports.measurements.attempts import passing
from reports.measurements.measurement import Prepared, Probe

IC_DATA_55 = 55
# The FCI of a debit card that asks for terminal data and keeps a log: 90 bytes, 12 objects.
FCI_6F = bytes.fromhex(
    "6F58 8408A000000333010101 A54C 500A50424F43204445424954 870101"
    "9F3818 9F6604 9F0206 9F0306 9F1A02 9505 5F2A02 9A03 9C01 9F3704"
    "5F2D027A68 9F110101 9F120950424F432043415244 BF0C0A 9F4D020B0A DF4D020C0A"
)


@contextmanager
def fci(_: Clock) -> Iterator[Prepared]:
    """An FCI into its data objects."""
    yield Prepared(Probe(partial(ber_tlv.decode, FCI_6F)))


@contextmanager
def host_frame(clock: Clock) -> Iterator[Prepared]:
    """An authorisation request from its frame to the data objects of DE55."""
    yield Prepared(Probe(partial(decode_frame, authorisation(clock))))


def authorisation(clock: Clock) -> bytes:
    """The first frame with IC data of the emulated terminal; BenchBroken if it sent none."""
    for attempt, _ in passing(clock):
        for event in attempt.events:
            sent = event.direction is Direction.FROM_IUT and event.kind is Kind.MESSAGE
            if event.port is Port.HOST_T and sent and decode_frame(event.data):
                return event.data
    raise BenchBroken("the emulated terminal sent no message with DE55")


def decode_frame(frame: bytes) -> tuple[Tlv, ...]:
    """The data objects of DE55; none where the message has none."""
    message = iso8583.decode(pos_link.decode(frame).body, POS)
    return ber_tlv.decode(message.data(IC_DATA_55))
