"""How the value of one data element is shown: hex, text, and what is wrong with it.

Card numbers are masked, test cards' too: first six and last four digits stay. Whoever got used to
seeing test cards whole would not notice a live one. Bytes that a user typed are in his hands; what
is made of them here is masked.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time

from adapters.codec import bits
from adapters.codec.bits import Meaning, decimal
from adapters.codec.data_elements import DataElement, describe, fits, known
from adapters.privacy.numbers import PAN_DIGITS, luhn, masked
from reports.visible import visible

Span = tuple[int, int]
APPLICATION_PAN_5A = 0x5A
TRACK_2_57 = 0x57
TRACKS = frozenset((APPLICATION_PAN_5A, TRACK_2_57))
# A PIN, and the parts of the tracks where a CVN stands.
SECRET = frozenset((0x99, 0x9F1F, 0x9F20))
SEPARATOR = re.compile(r"[D=F]")
# Separator, expiry YYMM, service code of three digits.
SERVICE_CODE_ENDS = 8
CHARACTERS = re.compile(rb"(?<!\d)\d{13,19}(?!\d)")
DIGITS = re.compile(r"(?<!\d)\d{13,}(?!\d)")
UNIONPAY = re.compile(r"62")
UNIONPAY_LENGTHS = (19, 18, 17, 16)
# What ends a card number on a track, also one with a wrong check digit.
TRACK_SEPARATORS = (b"^", b"=", b"D")
# Tag 5A with 7 to 10 bytes, or 57 with 8 to 19, wherever they stand: also inside what is no TLV.
TAGGED = re.compile(rb"(?:\x5A([\x07-\x0A])|\x57([\x08-\x13]))", re.DOTALL)

BINARY_AMOUNTS = frozenset((0x81, 0x9F04, 0x9F1B, 0x9F3A, 0xDF15))
COUNTS = frozenset((0x9F13, 0x9F14, 0x9F17, 0x9F23, 0x9F36, 0x9F53, 0x9F58, 0x9F59, 0x9F72))
PERCENTAGES = frozenset((0xDF16, 0xDF17))
NAMES_OF_FILES = frozenset((0x4F, 0x84, 0x9D, 0x9F06))
# What anybody may fill as he likes may hold a card number; so may what nobody has defined.
FREE = frozenset((0x80, 0x83, 0x86, 0x9F05, 0x9F1D))


@dataclass(frozen=True, slots=True)
class Shown:
    """A value as it may be shown: hex (masked digits are `*`), text, and remarks."""

    value: str
    text: str = ""
    remarks: tuple[Meaning, ...] = ()


def shown(tag: int, value: bytes, template: int = 0) -> Shown:
    """One data element's value, with what bits and codes do not tell about it."""
    element = describe(tag, template)
    remarks = tuple(_remarks(element, value))
    if tag in TRACKS:
        return Shown(_track(value), remarks=remarks)
    if tag in SECRET:
        return Shown("*" * (2 * len(value)))
    if element.format.startswith("a") or tag in NAMES_OF_FILES:
        covered = _cover(value, _characters(value))
        text = _words(covered, strict=tag in NAMES_OF_FILES)
        return Shown(covered.hex().upper(), text, remarks)
    if tag in FREE or not known(tag) or element != describe(tag):
        return Shown(masked_hex(value), remarks=remarks)
    text = "" if remarks else _text(tag, element, value)
    return Shown(value.hex().upper(), text, remarks)


def masked_hex(data: bytes) -> str:
    """Hex of bytes of unknown meaning, card numbers in them masked wherever they can be told."""
    digits = _cover(data, _characters(data)).hex().upper()
    return _hide(digits, (*_tagged(data), *_digit_runs(digits)))


def masked_pin_block(block: bytes) -> str:
    """A plaintext PIN block with control field and filler only (EMV 4.1 Book 3, 6.5.12)."""
    digits = block.hex().upper()
    length = min(int(digits[1:2] or "0", 16), max(len(digits) - 2, 0))
    if digits[:1] != "2":
        length = max(len(digits) - 2, 0)
    return digits[:2] + "*" * length + digits[2 + length :]


def masked_track(digits: str) -> str:
    """A number or a track: its number masked, and what may hold a CVN behind the service code."""
    pan = SEPARATOR.split(digits, maxsplit=1)[0]
    rest = digits[len(pan) :]
    known = rest[:SERVICE_CODE_ENDS]
    fill = rest[len(known) :][len(rest[len(known) :].rstrip("F")) :]
    return masked(pan) + known + "*" * (len(rest) - len(known) - len(fill)) + fill


def _track(value: bytes) -> str:
    return masked_track(value.hex().upper())


def _hide(digits: str, spans: Iterable[Span]) -> str:
    shown_digits = list(digits)
    for start, end in spans:
        pan = "".join(shown_digits[start:end])
        if pan.isdecimal():
            shown_digits[start:end] = masked(pan)
    return "".join(shown_digits)


def _characters(data: bytes) -> Iterator[Span]:
    """Where card numbers stand in characters, as spans of bytes."""
    for found in CHARACTERS.finditer(data):
        pan = found[0].decode("ascii")
        told = luhn(pan) or data[found.end() : found.end() + 1] in TRACK_SEPARATORS
        if told:
            yield found.span()


def _cover(data: bytes, spans: Iterator[Span]) -> bytes:
    covered = bytearray(data)
    for start, end in spans:
        covered[start:end] = masked(data[start:end].decode("ascii")).encode("ascii")
    return bytes(covered)


def _tagged(data: bytes) -> Iterator[Span]:
    """Where card numbers stand behind tags 5A and 57, as spans of hex digits."""
    for found in TAGGED.finditer(data):
        length = (found[1] or found[2])[0]
        digits = SEPARATOR.split(data[found.end() : found.end() + length].hex().upper())[0]
        if len(digits) in PAN_DIGITS:
            yield 2 * found.end(), 2 * found.end() + len(digits)


def _digit_runs(digits: str) -> Iterator[Span]:
    """Where decimal digits are a card number: a run after leading zeros, or part of one."""
    for found in DIGITS.finditer(digits):
        pan = found[0].lstrip("0")
        if len(pan) in PAN_DIGITS and luhn(pan):
            yield found.end() - len(pan), found.end()
        else:
            yield from _within(digits, *found.span())


def _within(digits: str, start: int, end: int) -> Iterator[Span]:
    """UnionPay card numbers among other digits: nothing else tells where one begins."""
    for found in UNIONPAY.finditer(digits, start, end):
        for length in UNIONPAY_LENGTHS:
            until = found.start() + length
            if until <= end and luhn(digits[found.start() : until]):
                yield found.start(), until
                break


def _words(data: bytes, *, strict: bool) -> str:
    """Characters as text that steers nothing; GBK where they are not ASCII."""
    for encoding in ("ascii",) if strict else ("ascii", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return "" if strict and not text.isprintable() else visible(text)
    return "" if strict else visible(data.decode("ascii", "backslashreplace"))


def _remarks(element: DataElement, value: bytes) -> Iterator[Meaning]:
    if not fits(element, len(value)):
        # Coded elements say this themselves, with their tables.
        if not any("expected" in each.en for each in bits.meanings(element.tag, value)):
            yield Meaning(
                "value",
                f"{len(value)} bytes, expected {element.length}",
                f"长度{len(value)}字节，应为{element.length}",
            )
        return
    digits = value.hex().upper()
    if element.format.startswith("cn"):
        digits = digits.rstrip("F")
    if element.format[0] in "nc" and not digits.isdecimal():
        yield Meaning("value", "holds digits that are not decimal", "含非十进制数字")
    elif element.tag in MOMENTS and not MOMENTS[element.tag](digits):
        yield Meaning("value", "no such date or time", "日期或时间无效")


def _text(tag: int, element: DataElement, value: bytes) -> str:
    if tag in MOMENTS:
        return MOMENTS[tag](value.hex())
    if tag in BINARY_AMOUNTS:
        return decimal(int.from_bytes(value, "big"))
    if tag in COUNTS:
        return str(int.from_bytes(value, "big"))
    if tag in PERCENTAGES:
        return f"{int(value.hex())}%"
    if element.format == "n12":
        return decimal(int(value.hex()))
    return ""


def _date(digits: str) -> str:
    # JR/T 0025.6 7.6: years 00 to 49 are 2000 to 2049.
    year = int(digits[:2])
    return _whole_date(f"{20 if year < 50 else 19}{digits}")  # noqa: PLR2004 -- the clause above


def _whole_date(digits: str) -> str:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8])).isoformat()
    except ValueError:
        return ""


def _time(digits: str) -> str:
    try:
        return time(int(digits[:2]), int(digits[2:4]), int(digits[4:6])).isoformat()
    except ValueError:
        return ""


# Dates and times, read from their digits; empty where there is no such moment.
MOMENTS: Mapping[int, Callable[[str], str]] = {
    0x9A: _date,
    0x5F24: _date,
    0x5F25: _date,
    0x9F21: _time,
    0xDF05: _whole_date,
}
