"""The test-data guard: no card number outside the list is recorded."""

from collections.abc import Mapping

import pytest

from adapters.codec import cups_link, iso8583, pos_link
from adapters.codec.cups_dialect import CUPS
from adapters.codec.iso8583 import Message
from adapters.codec.pos_dialect import POS
from adapters.codec.pos_fields import BatchItem, encode_items
from adapters.errors import RefusedData
from adapters.events import Direction, Event, Kind, Port
from adapters.guard import CardDataGuard
from adapters.privacy.numbers import luhn, luhn_spans

LISTED = "6210948000000011"
# Not issued: no BIN begins so. Only its check digit is right.
UNLISTED = "9999990000000006"


def event(
    data: bytes = b"", port: Port = Port.ICC, kind: Kind = Kind.RESPONSE, **detail: str
) -> Event:
    return Event(1, port, Direction.TO_IUT, kind, data, detail)


def carriers(pan: str) -> list[Event]:
    track = bytes.fromhex(f"{pan}D30122010000000000F".ljust(38, "F"))
    packed = bytes.fromhex(pan)
    return [
        event(b"\x70\x0a\x5a\x08" + packed + b"\x90\x00"),
        event(b"\x5a\x0a" + packed + b"\xff\xff"),
        event(b"\xff\x57\x13" + track),
        event(port=Port.OPERATOR, kind=Kind.REPORT, screen=f"卡号 {pan}"),
        event(b"\x00\x01\x16" + packed, port=Port.HOST_T, kind=Kind.MESSAGE),
        event(batch_upload(pan), port=Port.HOST_T, kind=Kind.MESSAGE),
        event(of_the_switch_leg({2: pan}), port=Port.HOST_S, kind=Kind.MESSAGE),
        event(of_the_switch_leg({35: f"{pan}=30122010"}), port=Port.HOST_S, kind=Kind.MESSAGE),
        event(of_the_switch_leg({2: pan})[:-1], port=Port.HOST_S, kind=Kind.MESSAGE),
    ]


def batch_upload(pan: str) -> bytes:
    item = BatchItem(foreign=False, stan="000002", pan=pan, amount=1)
    body = iso8583.encode(Message("0320", {48: encode_items([item])}), POS)
    return pos_link.encode(pos_link.Frame(bytes.fromhex("6000000000"), bytes(6), body))


def of_the_switch_leg(fields: Mapping[int, str]) -> bytes:
    """A frame of the CUPS leg, which ends with a letter so that a cut one ends with its fields."""
    body = iso8583.encode(Message("0200", {**fields, 128: "0000000A"}), CUPS)
    header = cups_link.Header(2, 0, "00010000", "03050001", "000", 1, "00000000", 0)
    return cups_link.encode(cups_link.framed(header, body))


@pytest.mark.parametrize("carrier", carriers(UNLISTED))
def test_an_unlisted_card_number_is_refused(carrier: Event) -> None:
    """Wherever a number stands, it is refused, and the message does not repeat it."""
    with pytest.raises(RefusedData) as refused:
        CardDataGuard({LISTED})(carrier)
    assert UNLISTED not in str(refused.value)


@pytest.mark.parametrize("carrier", carriers(LISTED))
def test_a_listed_card_number_passes(carrier: Event) -> None:
    """Test cards are recorded."""
    CardDataGuard({LISTED})(carrier)


def test_the_check_digit_is_that_of_iso_7812() -> None:
    """One digit changed is seen."""
    assert luhn(LISTED)
    assert not luhn("6210948000000012")


def test_one_digit_and_zeros_are_no_card_number() -> None:
    """The length of a list and the amounts of nothing in it; with any account it is one."""
    nothing, account = "900000000000000001", "900000000000000100"
    assert luhn(nothing)
    assert list(luhn_spans("0" + nothing)) == []
    assert (1, 19) in set(luhn_spans("0" + account))


def test_a_cryptogram_on_a_slip_is_none_and_the_line_beside_it_may_be() -> None:
    """A line that says it is the AC, and holds eight bytes; a number under another name is one."""
    slip = f"终端号 10000001\nAC {UNLISTED}\nATC 0001"
    CardDataGuard({LISTED})(event(port=Port.OPERATOR, kind=Kind.REPORT, receipt=slip))
    for line in (f"卡号 {UNLISTED}", f"AC {UNLISTED}0", f"AC {UNLISTED} {UNLISTED}"):
        with pytest.raises(RefusedData):
            CardDataGuard({LISTED})(event(port=Port.OPERATOR, kind=Kind.REPORT, receipt=line))
