"""ISO 8583 messages: type, bitmap, fields, in any dialect. Sans-IO.

Which fields may appear, and how they are written, stands in a Dialect. Decoding raises
RemoteProtocolError, encoding LocalProtocolError; offsets count bytes from the type.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from adapters.codec.errors import LocalProtocolError, RemoteProtocolError
from adapters.codec.iso8583_dialect import (
    CHARACTERS,
    FOREIGN,
    LENGTH_DIGITS,
    MAC_64,
    MTI_DIGITS,
    PACKED,
    Attribute,
    Dialect,
    Field,
    Numerals,
    Size,
)

BITMAP_SIZE = 8
MAC_SIZE = 8
SECOND_BITMAP_1 = 1
SECOND_BITMAP_BIT = 0x80
LAST_BIT = 0x01
# The fields that each value of a byte announces, counted from the first of its eight.
ANNOUNCED = tuple(tuple(n for n in range(8) if byte << n & 0x80) for byte in range(256))


@dataclass(frozen=True, slots=True)
class Message:
    """Type and fields: n, z, an and ans as str (digits without fill), b as bytes.

    Packed, the separator of a track is D; as a character it stays as it was sent, D or =.
    """

    mti: str
    fields: Mapping[int, str | bytes]

    def text(self, number: int) -> str:
        """The value of a field of digits or characters; "" where there is none."""
        value = self.fields.get(number, "")
        return value if isinstance(value, str) else ""

    def data(self, number: int) -> bytes:
        """The value of a binary field; empty where there is none."""
        value = self.fields.get(number, b"")
        return value if isinstance(value, bytes) else b""

    def with_fields(self, fields: Mapping[int, str | bytes]) -> "Message":
        """The same message with these fields added or changed."""
        return replace(self, fields={**self.fields, **fields})

    def without(self, numbers: Iterable[int]) -> "Message":
        """The same message with these fields left out, whether they were there or not."""
        dropped = frozenset(numbers)
        return replace(self, fields={n: v for n, v in self.fields.items() if n not in dropped})


def encode(message: Message, dialect: Dialect) -> bytes:
    """Type, bitmap and fields in order; LocalProtocolError names the field that cannot be sent."""
    if len(message.mti) != MTI_DIGITS or FOREIGN[Attribute.N].search(message.mti):
        raise LocalProtocolError(f"MTI: {message.mti!r} is not four digits", 0)
    numbers = sorted(message.fields)
    for number in numbers:
        if number not in dialect.fields:
            raise LocalProtocolError(f"DE{number}: not a field of {dialect.name}", dialect.mti_size)
    body = dialect.numerals.write(message.mti) + _bitmap(numbers, dialect)
    for number in numbers:
        spec = dialect.fields[number]
        body += encode_field(spec, message.fields[number], dialect.numerals, len(body))
    return body


def decode(data: bytes, dialect: Dialect) -> Message:
    """The message in a body, without what frames it; RemoteProtocolError names what is at fault."""
    numerals = dialect.numerals
    mti = numerals.read(_take(data, 0, dialect.mti_size, "MTI"))
    if FOREIGN[Attribute.N].search(mti):
        shown = data[: dialect.mti_size].hex().upper()
        raise RemoteProtocolError(f"MTI: {shown} is not four digits", 0)
    numbers, at = _numbers(data, dialect)
    fields: dict[int, str | bytes] = {}
    for number in numbers:
        fields[number], at = _decode_field(dialect.fields[number], data, at, numerals)
    if at < len(data):
        raise RemoteProtocolError(f"{len(data) - at} bytes follow the last field", at)
    return Message(mti, fields)


def encode_field(spec: Field, value: str | bytes, numerals: Numerals, at: int = 0) -> bytes:
    """One field as it is sent, with its length; LocalProtocolError at `at` if it does not fit."""
    length, content = _content(spec, value, numerals, at)
    if spec.size is Size.FIXED:
        if length != spec.length:
            raise LocalProtocolError(f"{spec.label}: {length} where {spec.length} are fixed", at)
        return content
    if length > spec.length:
        message = f"{spec.label}: {length} where at most {spec.length} fit"
        raise LocalProtocolError(message, at)
    digits = numerals.size(LENGTH_DIGITS[spec.size]) * numerals.per_byte
    return numerals.write(f"{length:0{digits}}") + content


def mac_block(body: bytes) -> bytes:
    """The MAB of a packed body: all of it up to the MAC in its last field, DE64 or DE128.

    RemoteProtocolError if the bitmap announces no MAC. Host and kiosk facts, 1.15.
    """
    start = PACKED.size(MTI_DIGITS)
    if len(body) > start and body[start] & SECOND_BITMAP_BIT:
        start += BITMAP_SIZE
    last = start + BITMAP_SIZE - 1
    if len(body) < last + 1 + MAC_SIZE:
        raise RemoteProtocolError("too short to carry a MAC", len(body))
    if not body[last] & LAST_BIT:
        raise RemoteProtocolError("the bitmap announces no MAC", last)
    return body[:-MAC_SIZE]


def _bitmap(numbers: list[int], dialect: Dialect) -> bytes:
    second = dialect.two_bitmaps_always or (bool(numbers) and numbers[-1] > MAC_64)
    size = BITMAP_SIZE * (1 + second)
    announced = [SECOND_BITMAP_1, *numbers] if second else numbers
    return sum(1 << (8 * size - number) for number in announced).to_bytes(size, "big")


def _numbers(data: bytes, dialect: Dialect) -> tuple[list[int], int]:
    """The fields that the bitmap announces, and the offset after it."""
    start = dialect.mti_size
    second = len(data) > start and bool(data[start] & SECOND_BITMAP_BIT)
    if second and not dialect.has_second_bitmap:
        raise RemoteProtocolError(f"DE1: {dialect.name} has one bitmap only", start)
    end = start + BITMAP_SIZE * (1 + (second or dialect.two_bitmaps_always))
    if len(data) < end:
        raise RemoteProtocolError(f"the bitmap is {end - len(data)} bytes short", len(data))
    bitmap = data[start:end]
    if dialect.two_bitmaps_always and not second:
        raise RemoteProtocolError(f"DE1: {dialect.name} has two bitmaps always", start)
    if second and not (dialect.two_bitmaps_always or any(bitmap[BITMAP_SIZE:])):
        raise RemoteProtocolError("DE1: the second bitmap announces nothing", start + BITMAP_SIZE)
    numbers = [
        8 * index + 1 + bit for index, byte in enumerate(bitmap) for bit in ANNOUNCED[byte]
    ]
    if second:
        del numbers[0]
    for number in numbers:
        if number not in dialect.fields:
            at = start + (number - 1) // 8
            raise RemoteProtocolError(f"DE{number}: not a field of {dialect.name}", at)
    return numbers, end


def _content(
    spec: Field, value: str | bytes, numerals: Numerals, at: int
) -> tuple[int, bytes]:
    """How long a value says it is, and its bytes."""
    if isinstance(value, bytes) is not (spec.attribute is Attribute.B):
        kind = type(value).__name__
        message = f"{spec.label}: a field of attribute {spec.attribute} is not {kind}"
        raise LocalProtocolError(message, at)
    if isinstance(value, bytes):
        return len(value), value
    if spec.attribute in FOREIGN:
        return len(value), _write(spec, value, numerals, at)
    try:
        content = value.encode(*CHARACTERS[spec.attribute])
    except UnicodeEncodeError as unfit:
        message = f"{spec.label}: {value!r} is not of attribute {spec.attribute}"
        raise LocalProtocolError(message, at) from unfit
    return len(content), content


def _write(spec: Field, value: str, numerals: Numerals, at: int) -> bytes:
    if FOREIGN[spec.attribute].search(value):
        message = f"{spec.label}: {value!r} is not of attribute {spec.attribute}"
        raise LocalProtocolError(message, at)
    fill = "0" * (-len(value) % numerals.per_byte)
    return numerals.write(value + fill if spec.fills_at_end else fill + value)


def _decode_field(
    spec: Field, data: bytes, at: int, numerals: Numerals
) -> tuple[str | bytes, int]:
    """The value of the field at `at`, and the offset after it."""
    length = spec.length
    if spec.size is not Size.FIXED:
        length, at = _decode_length(spec, data, at, numerals)
    counted = spec.attribute in FOREIGN
    size = numerals.size(length) if counted else length
    content = _take(data, at, size, spec.label)
    if counted:
        return _read(spec, content, length, at, numerals), at + size
    if spec.attribute is Attribute.B:
        return content, at + size
    try:
        return content.decode(*CHARACTERS[spec.attribute]), at + size
    except UnicodeDecodeError as unfit:
        byte = content[unfit.start]
        message = f"{spec.label}: {byte:02X} is no character of attribute {spec.attribute}"
        raise RemoteProtocolError(message, at + unfit.start) from unfit


def _decode_length(spec: Field, data: bytes, at: int, numerals: Numerals) -> tuple[int, int]:
    """How many digits, characters or bytes the field at `at` has, and the offset of the first."""
    size = numerals.size(LENGTH_DIGITS[spec.size])
    prefix = _take(data, at, size, spec.label)
    digits = numerals.read(prefix)
    if FOREIGN[Attribute.N].search(digits):
        raise RemoteProtocolError(f"{spec.label}: {prefix.hex().upper()} is not a length", at)
    length = int(digits)
    if length > spec.length:
        raise RemoteProtocolError(f"{spec.label}: {length} where at most {spec.length} fit", at)
    return length, at + size


def _read(spec: Field, content: bytes, length: int, at: int, numerals: Numerals) -> str:
    """The digits of a field without their fill."""
    digits = numerals.read(content)
    lead = 0 if spec.fills_at_end else len(digits) - length
    value = digits[lead : lead + length]
    if foreign := FOREIGN[spec.attribute].search(value):
        index = (lead + foreign.start()) // numerals.per_byte
        shown = foreign[0] if numerals is PACKED else f"{content[index]:02X}"
        message = f"{spec.label}: {shown} is no digit of attribute {spec.attribute}"
        raise RemoteProtocolError(message, at + index)
    fill = digits[:lead] + digits[lead + length :]
    if fill.strip("0"):
        place = at if lead else at + len(content) - 1
        raise RemoteProtocolError(f"{spec.label}: the fill of an odd length is {fill}", place)
    return value


def _take(data: bytes, at: int, size: int, label: str) -> bytes:
    if at + size > len(data):
        raise RemoteProtocolError(f"{label}: {at + size - len(data)} bytes short", len(data))
    return data[at : at + size]
