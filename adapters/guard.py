"""Keeps data of live cards away from the disk: a PAN that is not on the test list is refused.

Objects with tag 5A and 57 and the fields of a frame are looked at first, then digits in text.
"""

import re
from collections.abc import Collection, Iterator, Mapping

from adapters.codec import cups_link, iso8583, pos_fields, pos_link
from adapters.codec.cups_dialect import CUPS
from adapters.codec.errors import ProtocolError
from adapters.codec.iso8583 import Message
from adapters.codec.iso8583_dialect import ASCII, PACKED, Numerals
from adapters.codec.pos_dialect import POS
from adapters.errors import RefusedData
from adapters.events import Event, Kind, Port

PAN_DIGITS = range(13, 20)
LENGTHS = frozenset(map(str, PAN_DIGITS))
DIGITS = re.compile(r"(?<!\d)\d{13,19}(?!\d)")
# Tag 5A with 7 to 10 bytes, or 57 with 8 to 19, wherever they stand: also inside what is no TLV.
TAGGED = re.compile(rb"(?:\x5A([\x07-\x0A])|\x57([\x08-\x13]))", re.DOTALL)
SEPARATOR = re.compile(r"[D=F]")
SHOWN = 6
NINE = 9


class CardDataGuard:
    """Refuses events that hold a PAN outside the list; RefusedData never repeats the PAN."""

    def __init__(self, test_pans: Collection[str]) -> None:
        self._test_pans = frozenset(test_pans)

    def is_test_pan(self, pan: str) -> bool:
        return pan in self._test_pans

    def __call__(self, event: Event) -> None:
        for pan in (*_pans(event), *pans_in_text(_texts(event.detail))):
            self.check(pan, f"{event.port} ({event.kind})")

    def check(self, pan: str, where: str) -> None:
        """RefusedData unless the PAN is a test PAN."""
        if not self.is_test_pan(pan):
            message = (
                f"{where}: a card number beginning {pan[:SHOWN]} is not on the test list"
                " (fixtures/data/test_data/test_pans.toml); nothing of it was recorded."
                " Use a test card. / 非测试卡号，未作任何记录，请使用测试卡。"
            )
            raise RefusedData(message)


def _texts(detail: Mapping[str, str | int]) -> str:
    # An amount is a number of up to 12 digits; only texts can hold a PAN.
    return " ".join(value for value in detail.values() if isinstance(value, str))


def _pans(event: Event) -> Iterator[str]:
    yield from pans_in_bytes(event.data)
    if event.kind is Kind.MESSAGE:
        yield from _pans_in_frame(event)


def pans_in_bytes(data: bytes) -> Iterator[str]:
    """The PANs of tags 5A and 57, wherever in the bytes they stand."""
    for found in TAGGED.finditer(data):
        length = (found[1] or found[2])[0]
        digits = SEPARATOR.split(data[found.end() : found.end() + length].hex().upper())[0]
        if digits.isdecimal() and len(digits) in PAN_DIGITS and luhn(digits):
            yield digits


def pans_in_text(text: str) -> Iterator[str]:
    """Runs of 13 to 19 digits with a right check digit."""
    for found in DIGITS.finditer(text):
        if luhn(found[0]):
            yield found[0]


def _pans_in_frame(event: Event) -> Iterator[str]:
    try:
        message = _message(event)
    except ProtocolError:
        # A frame nobody can read may still hold one in the clear.
        if event.port is Port.HOST_S:
            yield from _behind_their_length(event.data.decode("latin-1"), ASCII)
        else:
            yield from _behind_their_length(event.data.hex().upper(), PACKED)
        return
    for number in (2, 35, 36, 62):
        value = message.fields.get(number, "")
        text = value.decode("ascii", "replace") if isinstance(value, bytes) else value
        digits = SEPARATOR.split(text)[0]
        if digits.isdecimal() and len(digits) in PAN_DIGITS:
            yield digits
    yield from _pans_in_items(message.text(48))


def _message(event: Event) -> Message:
    """What a frame carries, in the dialect of its leg."""
    if event.port is Port.HOST_S:
        return iso8583.decode(cups_link.decode(event.data).body, CUPS)
    return iso8583.decode(pos_link.decode(event.data).body, POS)


def _pans_in_items(digits: str) -> Iterator[str]:
    """The PANs of a batch upload (host and kiosk facts, 1.13)."""
    try:
        items = pos_fields.decode_items(digits)
    except ProtocolError:
        return
    for item in items:
        if len(item.pan) in PAN_DIGITS:
            yield item.pan


def _behind_their_length(digits: str, numerals: Numerals) -> Iterator[str]:
    """Field 2 wherever it may stand: its length as two digits, then so many digits."""
    for at in range(0, len(digits), numerals.per_byte):
        length = digits[at : at + 2]
        if length in LENGTHS:
            pan = digits[at + 2 : at + 2 + int(length)]
            if len(pan) == int(length) and pan.isdecimal() and luhn(pan):
                yield pan


def luhn(digits: str) -> bool:
    """Whether the last digit is the check digit of the others (ISO/IEC 7812-1)."""
    total = 0
    for position, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + position % 2)
        total += value - NINE * (value > NINE)
    return total % 10 == 0
