"""ISO 8583 messages as direct-connect POS terminals speak them: MTI, bitmap, fields. Sans-IO.

Digits are packed two to a byte, text is ASCII with GBK for Chinese, binary is raw. Which fields may
appear, and how, stands in a Dialect (host and kiosk facts, 1.2).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

from adapters.codec.errors import LocalProtocolError, RemoteProtocolError

MTI_SIZE = 2
BITMAP_SIZE = 8
MAC_64 = 64
MAC_SIZE = 8
SECOND_BITMAP_1 = 1
LAST_BIT = 0x01
DECIMAL = frozenset("0123456789")


class Attribute(StrEnum):
    """What a field is made of: the standard's letters."""

    N = "n"
    Z = "z"
    AN = "an"
    ANS = "ans"
    B = "b"


class Size(StrEnum):
    """Whether a field has one length, or says its own in two or three digits."""

    FIXED = "fixed"
    LLVAR = "LLVAR"
    LLLVAR = "LLLVAR"


# Any nibble may stand in a track: the separator is D, and enciphered blocks are not decimal (1.14).
DIGITS = MappingProxyType({Attribute.N: DECIMAL, Attribute.Z: frozenset("0123456789ABCDEF")})
# Chinese is GBK; a byte that is no character there stays itself, as a lone surrogate (PEP 383), so
# that a text cut inside a character can still be read. DE37, 38, 39 and the like are ASCII only.
CHARACTERS = MappingProxyType(
    {Attribute.AN: ("ascii", "strict"), Attribute.ANS: ("gbk", "surrogateescape")}
)

# 1.2: the length is packed BCD, so three digits take two bytes and their first nibble is 0.
PREFIX_SIZES = MappingProxyType({Size.FIXED: 0, Size.LLVAR: 1, Size.LLLVAR: 2})


@dataclass(frozen=True, slots=True)
class Field:
    """A data element: number, names in both languages, attribute, and length.

    The length counts digits (n, z) or bytes; it is the largest if the size is variable.
    `left_aligned`: an odd number of digits in a fixed field is filled up at the end.
    """

    number: int
    name: str
    name_zh: str
    attribute: Attribute
    length: int
    size: Size = Size.FIXED
    left_aligned: bool = False

    @property
    def label(self) -> str:
        """How errors name it."""
        return f"DE{self.number}"

    @property
    def fills_at_end(self) -> bool:
        """Whether an odd number of digits is filled up at the end."""
        return self.left_aligned or self.size is not Size.FIXED


@dataclass(frozen=True, slots=True)
class Dialect:
    """The fields that one kind of host speaks; a field that is not here is a format error."""

    name: str
    fields: Mapping[int, Field]

    @property
    def has_second_bitmap(self) -> bool:
        """Whether messages may have 128 fields."""
        return max(self.fields) > MAC_64


@dataclass(frozen=True, slots=True)
class Message:
    """Type and fields: n, z, an and ans as str (digits without fill, tracks with D), b as bytes."""

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
    """MTI, bitmap and fields in order; LocalProtocolError names the field that cannot be sent."""
    if len(message.mti) != 2 * MTI_SIZE or not DECIMAL.issuperset(message.mti):
        raise LocalProtocolError(f"MTI: {message.mti!r} is not four digits", 0)
    numbers = sorted(message.fields)
    for number in numbers:
        if number not in dialect.fields:
            raise LocalProtocolError(f"DE{number}: not a field of {dialect.name}", MTI_SIZE)
    body = bytes.fromhex(message.mti) + _bitmap(numbers)
    for number in numbers:
        body += _encode_field(dialect.fields[number], message.fields[number], len(body))
    return body


def decode(data: bytes, dialect: Dialect) -> Message:
    """The message in a body (no LEN, TPDU, header); RemoteProtocolError names what is at fault."""
    mti = _packed(data, 0, MTI_SIZE, "MTI")
    if not DECIMAL.issuperset(mti):
        raise RemoteProtocolError(f"MTI: {mti} is not four digits", 0)
    numbers, at = _numbers(data, dialect)
    fields: dict[int, str | bytes] = {}
    for number in numbers:
        fields[number], at = _decode_field(dialect.fields[number], data, at)
    if at < len(data):
        raise RemoteProtocolError(f"{len(data) - at} bytes follow the last field", at)
    return Message(mti, fields)


def mac_block(body: bytes) -> bytes:
    """The MAB of a body: all of it up to the MAC in its last field, DE64 (DE128 with two bitmaps).

    RemoteProtocolError if the bitmap announces no MAC. Host and kiosk facts, 1.15.
    """
    start = MTI_SIZE
    if len(body) > start and body[start] & 0x80:
        start += BITMAP_SIZE
    last = start + BITMAP_SIZE - 1
    if len(body) < last + 1 + MAC_SIZE:
        raise RemoteProtocolError("too short to carry a MAC", len(body))
    if not body[last] & LAST_BIT:
        raise RemoteProtocolError("the bitmap announces no MAC", last)
    return body[:-MAC_SIZE]


def _bitmap(numbers: list[int]) -> bytes:
    size = BITMAP_SIZE if not numbers or numbers[-1] <= MAC_64 else 2 * BITMAP_SIZE
    bits = sum(1 << (8 * size - number) for number in numbers)
    if size > BITMAP_SIZE:
        bits |= 1 << (8 * size - SECOND_BITMAP_1)
    return bits.to_bytes(size, "big")


def _numbers(data: bytes, dialect: Dialect) -> tuple[list[int], int]:
    """The fields that the bitmap announces, and the offset after it."""
    size = BITMAP_SIZE
    if len(data) > MTI_SIZE and data[MTI_SIZE] & 0x80:
        if not dialect.has_second_bitmap:
            raise RemoteProtocolError(f"DE1: {dialect.name} has one bitmap only", MTI_SIZE)
        size *= 2
    end = MTI_SIZE + size
    if len(data) < end:
        raise RemoteProtocolError(f"the bitmap is {end - len(data)} bytes short", len(data))
    bits = int.from_bytes(data[MTI_SIZE:end], "big")
    if size > BITMAP_SIZE and not any(data[MTI_SIZE + BITMAP_SIZE : end]):
        raise RemoteProtocolError("DE1: the second bitmap announces nothing", end - BITMAP_SIZE)
    numbers = [n for n in range(2, 8 * size + 1) if bits >> (8 * size - n) & 1]
    for number in numbers:
        if number not in dialect.fields:
            at = MTI_SIZE + (number - 1) // 8
            raise RemoteProtocolError(f"DE{number}: not a field of {dialect.name}", at)
    return numbers, end


def _encode_field(spec: Field, value: str | bytes, at: int) -> bytes:
    length, content = _content(spec, value, at)
    if spec.size is Size.FIXED:
        if length != spec.length:
            raise LocalProtocolError(f"{spec.label}: {length} where {spec.length} are fixed", at)
        return content
    if length > spec.length:
        message = f"{spec.label}: {length} where at most {spec.length} fit"
        raise LocalProtocolError(message, at)
    return bytes.fromhex(f"{length:0{2 * PREFIX_SIZES[spec.size]}}") + content


def _content(spec: Field, value: str | bytes, at: int) -> tuple[int, bytes]:
    """How long a value says it is, and its bytes."""
    if isinstance(value, bytes):
        if spec.attribute is Attribute.B:
            return len(value), value
    elif spec.attribute in DIGITS:
        return len(value), _pack(spec, value, at)
    elif spec.attribute in CHARACTERS:
        content = _characters(spec, value, at)
        return len(content), content
    message = f"{spec.label}: a field of attribute {spec.attribute} is not {type(value).__name__}"
    raise LocalProtocolError(message, at)


def _pack(spec: Field, value: str, at: int) -> bytes:
    nibbles = value.replace("=", "D") if spec.attribute is Attribute.Z else value
    if not DIGITS[spec.attribute].issuperset(nibbles):
        message = f"{spec.label}: {value!r} is not of attribute {spec.attribute}"
        raise LocalProtocolError(message, at)
    fill = "0" * (len(nibbles) % 2)
    return bytes.fromhex(nibbles + fill if spec.fills_at_end else fill + nibbles)


def _characters(spec: Field, value: str, at: int) -> bytes:
    try:
        content = value.encode(*CHARACTERS[spec.attribute])
    except UnicodeEncodeError as unfit:
        message = f"{spec.label}: {value!r} is not of attribute {spec.attribute}"
        raise LocalProtocolError(message, at) from unfit
    return content


def _decode_field(spec: Field, data: bytes, at: int) -> tuple[str | bytes, int]:
    """The value of the field at `at`, and the offset after it."""
    length, at = _decode_length(spec, data, at)
    size = (length + 1) // 2 if spec.attribute in DIGITS else length
    end = at + size
    if end > len(data):
        raise RemoteProtocolError(f"{spec.label}: {end - len(data)} bytes short", len(data))
    content = data[at:end]
    if spec.attribute in DIGITS:
        return _unpack(spec, content, length, at), end
    if spec.attribute in CHARACTERS:
        return _text(spec, content, at), end
    return content, end


def _text(spec: Field, content: bytes, at: int) -> str:
    try:
        return content.decode(*CHARACTERS[spec.attribute])
    except UnicodeDecodeError as unfit:
        byte = content[unfit.start]
        message = f"{spec.label}: {byte:02X} is no character of attribute {spec.attribute}"
        raise RemoteProtocolError(message, at + unfit.start) from unfit


def _decode_length(spec: Field, data: bytes, at: int) -> tuple[int, int]:
    """How many digits, characters or bytes the field at `at` has, and the offset of the first."""
    size = PREFIX_SIZES[spec.size]
    if not size:
        return spec.length, at
    prefix = _packed(data, at, size, spec.label)
    if not DECIMAL.issuperset(prefix):
        raise RemoteProtocolError(f"{spec.label}: {prefix} is not a length", at)
    length = int(prefix)
    if length > spec.length:
        raise RemoteProtocolError(f"{spec.label}: {length} where at most {spec.length} fit", at)
    return length, at + size


def _unpack(spec: Field, content: bytes, length: int, at: int) -> str:
    nibbles = content.hex().upper()
    value, fill = nibbles, ""
    if length % 2:
        filled = (nibbles[:-1], nibbles[-1:]) if spec.fills_at_end else (nibbles[1:], nibbles[:1])
        value, fill = filled
    for index, nibble in enumerate(value):
        if nibble not in DIGITS[spec.attribute]:
            place = index if spec.fills_at_end else index + len(fill)
            message = f"{spec.label}: {nibble} is no digit of attribute {spec.attribute}"
            raise RemoteProtocolError(message, at + place // 2)
    if fill.strip("0"):
        place = at + len(content) - 1 if spec.fills_at_end else at
        raise RemoteProtocolError(f"{spec.label}: the fill of an odd length is {fill}", place)
    return value


def _packed(data: bytes, at: int, size: int, label: str) -> str:
    if at + size > len(data):
        missing = at + size - len(data)
        raise RemoteProtocolError(f"{label}: {missing} bytes short", len(data))
    return data[at : at + size].hex().upper()


def _dialect(name: str, *fields: Field) -> Dialect:
    return Dialect(name, MappingProxyType({each.number: each for each in fields}))


N, Z, AN, ANS, B = Attribute
LL, LLL = Size.LLVAR, Size.LLLVAR

# Host and kiosk facts, 1.2 (terminal leg). Absent on purpose: 5-10, 16-21, 24, 27-31, 33, 34, 40,
# 43, 45-47, 50, 51, 56, 57, and the second bitmap.
POS = _dialect(
    "direct POS",
    Field(2, "Primary account number", "主账号", N, 19, LL),
    Field(3, "Processing code", "交易处理码", N, 6),
    Field(4, "Amount", "交易金额", N, 12),
    Field(11, "System trace audit number", "受卡方系统跟踪号", N, 6),
    Field(12, "Local time", "受卡方所在地时间", N, 6),
    Field(13, "Local date", "受卡方所在地日期", N, 4),
    Field(14, "Expiry date", "卡有效期", N, 4),
    Field(15, "Settlement date", "清算日期", N, 4),
    Field(22, "Entry mode", "服务点输入方式码", N, 3, left_aligned=True),
    Field(23, "Card sequence number", "卡序列号", N, 3),
    Field(25, "Condition code", "服务点条件码", N, 2),
    Field(26, "PIN capture code", "服务点PIN获取码", N, 2),
    Field(32, "Acquirer identification", "受理方标识码", N, 11, LL),
    Field(35, "Track 2", "第二磁道数据", Z, 37, LL),
    Field(36, "Track 3", "第三磁道数据", Z, 104, LLL),
    Field(37, "Retrieval reference number", "检索参考号", AN, 12),
    Field(38, "Authorisation code", "授权标识应答码", AN, 6),
    Field(39, "Response code", "应答码", AN, 2),
    Field(41, "Terminal identification", "受卡机终端标识码", ANS, 8),
    Field(42, "Merchant identification", "受卡方标识码", ANS, 15),
    Field(44, "Additional response data", "附加响应数据", ANS, 25, LL),
    Field(48, "Additional data, private", "附加数据-私有", N, 322, LLL),
    Field(49, "Currency", "交易货币代码", AN, 3),
    Field(52, "PIN block", "个人标识码数据", B, 8),
    Field(53, "Security control", "安全控制信息", N, 16),
    Field(54, "Balance", "余额", AN, 20, LLL),
    Field(55, "IC data", "IC卡数据域", B, 255, LLL),
    Field(58, "E-purse data", "电子钱包标准的交易信息", B, 100, LLL),
    Field(59, "Additional data", "自定义域", ANS, 999, LLL),
    Field(60, "Private: type, batch, network code", "自定义域", N, 17, LLL),
    Field(61, "Original message", "原始信息域", N, 29, LLL),
    Field(62, "Private, binary", "自定义域", B, 512, LLL),
    Field(63, "Private, text", "自定义域", ANS, 163, LLL),
    Field(64, "MAC", "报文鉴别码", B, 8),
)
