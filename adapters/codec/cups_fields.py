"""The CUPS dialect of ISO 8583: fields, wire form, and what DE60, DE90 and DE128 hold. Sans-IO.

    MTI(4 ASCII digits) BITMAP(16 binary) fields        digits and lengths as ASCII, b raw

Host and kiosk facts, 2.2 to 2.4 with 0.1. Fields as in `iso8583`, but DE35 and 36 keep the
separator that was sent, = or D: switches use both.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from adapters.codec.errors import LocalProtocolError, RemoteProtocolError
from adapters.codec.iso8583 import (
    CHARACTERS,
    DECIMAL,
    Attribute,
    Dialect,
    Field,
    Message,
    Size,
)

MTI_SIZE = 4
BITMAP_SIZE = 16
MOST_FIELDS = 128
SECOND_BITMAP_1 = 1
PREFIX_SIZES = MappingProxyType({Size.FIXED: 0, Size.LLVAR: 2, Size.LLLVAR: 3})
ALLOWED = MappingProxyType({Attribute.N: DECIMAL, Attribute.Z: frozenset("0123456789ABCDEF=")})

N, Z, AN, ANS, B = Attribute
LL, LLL = Size.LLVAR, Size.LLLVAR

# 2.3. Lengths that 2.2 to 2.4 do not give (14, 28, 35, 36, 44, 48, 121 to 123) are from memory, low
# confidence. Fields that the facts do not name are left out: DE5, 6, 9, 10, 16, 50, 51, 57, 61, 62.
_FIELDS = (
    Field(2, "Primary account number", "主账号", N, 19, LL),
    Field(3, "Processing code", "交易处理码", N, 6),
    Field(4, "Amount", "交易金额", N, 12),
    Field(7, "Transmission date and time", "交易传输时间", N, 10),
    Field(11, "System trace audit number", "系统跟踪号", N, 6),
    Field(12, "Local time", "受卡方所在地时间", N, 6),
    Field(13, "Local date", "受卡方所在地日期", N, 4),
    Field(14, "Expiry date", "卡有效期", N, 4),
    Field(15, "Settlement date", "清算日期", N, 4),
    Field(18, "Merchant category", "商户类型", N, 4),
    Field(19, "Merchant country", "商户国家代码", N, 3),
    Field(22, "Entry mode", "服务点输入方式码", N, 3),
    Field(23, "Card sequence number", "卡序列号", N, 3),
    Field(25, "Condition code", "服务点条件码", N, 2),
    Field(26, "PIN capture code", "服务点PIN获取码", N, 2),
    Field(28, "Transaction fee", "交易费", AN, 9),
    Field(32, "Acquirer identification", "代理机构标识码", N, 11, LL),
    Field(33, "Forwarding institution", "发送机构标识码", N, 11, LL),
    Field(35, "Track 2", "第二磁道数据", Z, 37, LL),
    Field(36, "Track 3", "第三磁道数据", Z, 104, LLL),
    Field(37, "Retrieval reference number", "检索参考号", AN, 12),
    Field(38, "Authorisation code", "授权标识应答码", AN, 6),
    Field(39, "Response code", "应答码", AN, 2),
    Field(41, "Terminal identification", "受卡机终端标识码", ANS, 8),
    Field(42, "Merchant identification", "受卡方标识码", ANS, 15),
    Field(43, "Merchant name and location", "受卡方名称地址", ANS, 40),
    Field(44, "Additional response data", "附加响应数据", ANS, 25, LL),
    Field(48, "Additional data, private", "附加数据-私有", ANS, 512, LLL),
    Field(49, "Currency", "交易货币代码", AN, 3),
    Field(52, "PIN block", "个人标识码数据", B, 8),
    Field(53, "Security control", "安全控制信息", N, 16),
    Field(54, "Balances", "余额", AN, 40, LLL),
    Field(55, "IC data", "IC卡数据域", B, 255, LLL),
    Field(60, "Private: reason, point of service, additional", "自定义域", N, 30, LLL),
    Field(70, "Network management code", "网络管理信息码", N, 3),
    Field(90, "Original data elements", "原始数据元", N, 42),
    Field(96, "Message security code", "报文安全码", B, 8),
    Field(100, "Receiving institution", "接收机构标识码", N, 11, LL),
    Field(121, "Reserved for CUPS", "CUPS保留", ANS, 100, LLL),
    Field(122, "Reserved for the acquirer", "受理方保留", ANS, 100, LLL),
    Field(123, "Reserved for the issuer", "发卡方保留", ANS, 100, LLL),
    Field(128, "MAC", "报文鉴别码", AN, 8),
)
CUPS = Dialect("CUPS", MappingProxyType({each.number: each for each in _FIELDS}))


def encode(message: Message) -> bytes:
    """MTI, bitmap and fields in order; LocalProtocolError names the field that cannot be sent."""
    if len(message.mti) != MTI_SIZE or not DECIMAL.issuperset(message.mti):
        raise LocalProtocolError(f"MTI: {message.mti!r} is not four digits", 0)
    bits = 1 << MOST_FIELDS - SECOND_BITMAP_1
    body = b""
    for number in sorted(message.fields):
        if number not in CUPS.fields:
            raise LocalProtocolError(f"DE{number}: not a field of {CUPS.name}", MTI_SIZE)
        bits |= 1 << MOST_FIELDS - number
        at = MTI_SIZE + BITMAP_SIZE + len(body)
        body += _encode_field(CUPS.fields[number], message.fields[number], at)
    return message.mti.encode("ascii") + bits.to_bytes(BITMAP_SIZE, "big") + body


def decode(data: bytes) -> Message:
    """The message in a body (no LEN, no header); RemoteProtocolError names what is at fault."""
    mti = data[:MTI_SIZE].decode("ascii", "replace")
    if len(mti) != MTI_SIZE or not DECIMAL.issuperset(mti):
        raise RemoteProtocolError("MTI: not four digits", 0)
    at = MTI_SIZE + BITMAP_SIZE
    if len(data) < at:
        raise RemoteProtocolError(f"the bitmap is {at - len(data)} bytes short", len(data))
    bits = int.from_bytes(data[MTI_SIZE:at], "big")
    present = [n for n in range(1, MOST_FIELDS + 1) if bits >> (MOST_FIELDS - n) & 1]
    if present[:1] != [SECOND_BITMAP_1]:
        raise RemoteProtocolError(f"DE1: {CUPS.name} has two bitmaps always", MTI_SIZE)
    fields: dict[int, str | bytes] = {}
    for number in present[1:]:
        if number not in CUPS.fields:
            place = MTI_SIZE + (number - 1) // 8
            raise RemoteProtocolError(f"DE{number}: not a field of {CUPS.name}", place)
    for number in present[1:]:
        fields[number], at = _decode_field(CUPS.fields[number], data, at)
    if at < len(data):
        raise RemoteProtocolError(f"{len(data) - at} bytes follow the last field", at)
    return Message(mti, fields)


def _encode_field(spec: Field, value: str | bytes, at: int) -> bytes:
    content = _content(spec, value, at)
    if spec.size is Size.FIXED:
        if len(content) != spec.length:
            message = f"{spec.label}: {len(content)} where {spec.length} are fixed"
            raise LocalProtocolError(message, at)
        return content
    if len(content) > spec.length:
        message = f"{spec.label}: {len(content)} where at most {spec.length} fit"
        raise LocalProtocolError(message, at)
    return f"{len(content):0{PREFIX_SIZES[spec.size]}}".encode("ascii") + content


def _content(spec: Field, value: str | bytes, at: int) -> bytes:
    if isinstance(value, bytes) is not (spec.attribute is Attribute.B):
        kind = type(value).__name__
        raise LocalProtocolError(f"{spec.label}: attribute {spec.attribute} is not {kind}", at)
    if isinstance(value, bytes):
        return value
    if not ALLOWED.get(spec.attribute, frozenset(value)).issuperset(value):
        message = f"{spec.label}: {value!r} is not of attribute {spec.attribute}"
        raise LocalProtocolError(message, at)
    try:
        return value.encode(*CHARACTERS.get(spec.attribute, ("ascii", "strict")))
    except UnicodeEncodeError as unfit:
        message = f"{spec.label}: {value!r} is not of attribute {spec.attribute}"
        raise LocalProtocolError(message, at) from unfit


def _decode_field(spec: Field, data: bytes, at: int) -> tuple[str | bytes, int]:
    """The value of the field at `at`, and the offset after it."""
    length = spec.length
    prefix_size = PREFIX_SIZES[spec.size]
    if prefix_size:
        prefix = data[at : at + prefix_size]
        if len(prefix) < prefix_size or not prefix.isdigit():
            raise RemoteProtocolError(f"{spec.label}: {prefix.hex().upper()} is no length", at)
        length = int(prefix)
        if length > spec.length:
            raise RemoteProtocolError(f"{spec.label}: {length} where at most {spec.length} fit", at)
        at += prefix_size
    end = at + length
    if end > len(data):
        raise RemoteProtocolError(f"{spec.label}: {end - len(data)} bytes short", len(data))
    return _value(spec, data[at:end], at), end


def _value(spec: Field, content: bytes, at: int) -> str | bytes:
    if spec.attribute is Attribute.B:
        return content
    try:
        text = content.decode(*CHARACTERS.get(spec.attribute, ("ascii", "strict")))
    except UnicodeDecodeError as unfit:
        message = f"{spec.label}: {content[unfit.start]:02X} is not of attribute {spec.attribute}"
        raise RemoteProtocolError(message, at + unfit.start) from unfit
    allowed = ALLOWED.get(spec.attribute, frozenset(text))
    for index, character in enumerate(text):
        if character not in allowed:
            message = f"{spec.label}: {character!r} is not of attribute {spec.attribute}"
            raise RemoteProtocolError(message, at + index)
    return text


@dataclass(frozen=True, slots=True)
class Subfield:
    """A part of DE60: its official number, names in both languages, and how many digits it has."""

    number: str
    name: str
    name_zh: str
    width: int


# 0.1 on 2.3: the official numbering is nested. Requests may end after any sub-field.
SUBFIELDS_60 = (
    Subfield("60.1", "Reason code", "报文原因代码", 4),
    Subfield("60.2.1", "Account holder type", "账户所有人类型", 1),
    Subfield("60.2.2", "Terminal read capability", "终端读取能力", 1),
    Subfield("60.2.3", "IC condition code", "IC卡条件代码", 1),
    Subfield("60.2.4", "Reserved", "保留使用", 1),
    Subfield("60.2.5", "Terminal type", "终端类型", 2),
    Subfield("60.2.6", "No-PIN acceptance", "受理免密标志", 1),
    Subfield("60.2.7", "IC verification reliability", "IC卡验证可靠性标志", 1),
    Subfield("60.2.8", "E-commerce indicator", "电子商务标志", 2),
    Subfield("60.2.9", "Interaction mode", "交互方式标志", 1),
    Subfield("60.3.1", "Fee type", "特殊计费类型", 2),
    Subfield("60.3.2", "Fee level", "特殊计费档次", 1),
    Subfield("60.3.3", "Reserved", "保留使用", 3),
    Subfield("60.3.4", "Partial approval", "支持部分承兑标志", 1),
    Subfield("60.3.5", "Initiation mode", "交易发起方式", 1),
    Subfield("60.3.6", "Transaction medium", "交易介质", 1),
    Subfield("60.3.7", "IC application type", "IC卡应用类型", 1),
    Subfield("60.3.8", "Account settlement type", "账户结算类型", 2),
    Subfield("60.3.9", "Card level", "卡等级", 1),
    Subfield("60.3.10", "Card product", "卡产品", 2),
)


def decode_60(digits: str) -> Mapping[str, str]:
    """The sub-fields of DE60 that are there, by official number; RemoteProtocolError if cut."""
    _expect_digits(digits, "DE60")
    found: dict[str, str] = {}
    at = 0
    for each in SUBFIELDS_60:
        if at == len(digits) and found:
            break
        part = digits[at : at + each.width]
        if len(part) < each.width:
            message = f"DE60: {each.number} is {each.width - len(part)} digits short"
            raise RemoteProtocolError(message, len(digits))
        found[each.number] = part
        at += each.width
    if at < len(digits):
        raise RemoteProtocolError(f"DE60: {len(digits) - at} digits follow 60.3.10", at)
    return MappingProxyType(found)


def encode_60(parts: Mapping[str, str]) -> str:
    """The digits of DE60; LocalProtocolError if a sub-field before the last one is missing."""
    present = SUBFIELDS_60[: max(len(parts), 1)]
    digits = ""
    for each in present:
        value = parts.get(each.number, "")
        if len(value) != each.width or not DECIMAL.issuperset(value):
            message = f"DE60: {each.number} is {value!r}, not {each.width} digits"
            raise LocalProtocolError(message, len(digits))
        digits += value
    if len(parts) > len(present):
        raise LocalProtocolError("DE60: a sub-field that is not known", len(digits))
    return digits


WIDTHS_90 = (4, 6, 10, 11, 11)
SIZE_90 = sum(WIDTHS_90)


@dataclass(frozen=True, slots=True)
class Original90:
    """DE90: MTI, DE11, DE7, DE32 and DE33 of the original message on this leg.

    Institutions of fewer than eleven digits stand right-aligned behind zeros; decoding keeps them.
    """

    mti: str
    stan_11: str
    transmission_7: str
    acquirer_32: str
    forwarding_33: str


def decode_90(digits: str) -> Original90:
    """The parts of DE90, institutions as eleven digits."""
    _expect_digits(digits, "DE90")
    if len(digits) != SIZE_90:
        raise RemoteProtocolError(f"DE90: {len(digits)} digits instead of 42", len(digits))
    ends = [sum(WIDTHS_90[: index + 1]) for index in range(len(WIDTHS_90))]
    return Original90(
        *(digits[end - width : end] for end, width in zip(ends, WIDTHS_90, strict=True))
    )


def encode_90(original: Original90) -> str:
    """The 42 digits of DE90; LocalProtocolError if a part does not fit."""
    parts = (
        original.mti,
        original.stan_11,
        original.transmission_7,
        original.acquirer_32.rjust(WIDTHS_90[3], "0"),
        original.forwarding_33.rjust(WIDTHS_90[4], "0"),
    )
    fit = all(len(part) == width for part, width in zip(parts, WIDTHS_90, strict=True))
    if not fit or not DECIMAL.issuperset("".join(parts)):
        raise LocalProtocolError(f"DE90: {original} does not fit", 0)
    return "".join(parts)


def _expect_digits(digits: str, label: str) -> None:
    for at, digit in enumerate(digits):
        if digit not in DECIMAL:
            raise RemoteProtocolError(f"{label}: {digit!r} is no digit", at)


MAC_BLOCK = 8
MAC_BYTES_SENT = 4
NOT_KEPT = re.compile(r"[^A-Z0-9 ,.]")
BLANKS = re.compile(r" +")
KEY_RESET_MTI = frozenset({"0800", "0810"})
KEY_RESET_70 = "101"


@dataclass(frozen=True, slots=True)
class MacRecipe:
    """Which fields a MAC covers, in order, and how much of DE90."""

    name: str
    elements: tuple[int, ...]
    key_reset_elements: tuple[int, ...]
    digits_of_90: int


# 2.4, from memory there: no recipe was checked against a MAC from outside. Record what comes out,
# judge nothing by it, until one recomputes a DE128 of a real pair of message and key.
LOW_CONFIDENCE_WHOLE_90 = MacRecipe(
    name="low-confidence-whole-90",
    elements=(2, 3, 4, 7, 11, 18, 25, 28, 32, 33, 38, 39, 41, 42, 90),
    key_reset_elements=(7, 11, 39, 53, 70, 100),
    digits_of_90=SIZE_90,
)
# 0.1 on 2.4: MTI, STAN and DE7 alone.
LOW_CONFIDENCE_SHORT_90 = MacRecipe(
    name="low-confidence-short-90",
    elements=LOW_CONFIDENCE_WHOLE_90.elements,
    key_reset_elements=LOW_CONFIDENCE_WHOLE_90.key_reset_elements,
    digits_of_90=20,
)
MAC_RECIPES: Mapping[str, MacRecipe] = MappingProxyType(
    {each.name: each for each in (LOW_CONFIDENCE_WHOLE_90, LOW_CONFIDENCE_SHORT_90)}
)


def mac_block(message: Message, recipe: MacRecipe) -> bytes:
    """The MAB of a message under a recipe, filled up with 00 to whole blocks of eight bytes.

    LocalProtocolError if a covered field is not one that can be sent.
    """
    reset = message.mti in KEY_RESET_MTI and message.text(70) == KEY_RESET_70
    elements = recipe.key_reset_elements if reset else recipe.elements
    covered = [n for n in elements if n in message.fields]
    values = [message.mti, *(_mac_value(n, message.fields[n], recipe) for n in covered)]
    kept = NOT_KEPT.sub("", " ".join(values).upper())
    block = BLANKS.sub(" ", kept).strip(" ").encode("ascii")
    return block + bytes(-len(block) % MAC_BLOCK)


def mac_text(mac: bytes) -> str:
    """DE128 for a MAC: its first four bytes as eight hex characters."""
    if len(mac) < MAC_BYTES_SENT:
        raise LocalProtocolError(f"MAC: {len(mac)} bytes where 4 are sent", 0)
    return mac[:MAC_BYTES_SENT].hex().upper()


def _mac_value(number: int, value: str | bytes, recipe: MacRecipe) -> str:
    """A field as it is sent, with its length; of DE90 what the recipe takes."""
    sent = _encode_field(CUPS.fields[number], value, 0).decode("ascii", "ignore")
    return sent[: recipe.digits_of_90] if number == 90 else sent
