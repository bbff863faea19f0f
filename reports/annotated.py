"""Bytes as a tree of named, decoded fields: data objects, commands, responses.

Card numbers are masked, test cards' too; texts steer no terminal.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from adapters.codec import apdu, ber_tlv, bits, data_elements, dol, status_words
from adapters.codec.bit_tables import CRYPTOGRAM_TYPES, Words
from adapters.codec.bits import Meaning
from adapters.codec.errors import RemoteProtocolError
from reports.value_text import masked_hex, masked_pin_block, shown

DATA_AT = apdu.HEADER + 1
GPO, INTERNAL_AUTHENTICATE, GENERATE_AC = 0xA8, 0x88, 0xAE
COMMAND_TEMPLATE_83 = 0x83
FORMAT_1_80 = 0x80
SCRIPT_COMMAND_86 = 0x86
SUCCESS = 0x9000
MAC = 4
DOLS = frozenset((0x8C, 0x8D, 0x97, 0x9F38, 0x9F49, 0x9F4F, 0xDF14, 0xDF4F))

# Contact and contactless commands (EMV 4.1 Book 3, 6.5; JR/T 0025.5 Annex B; JR/T 0025.14).
COMMANDS: Mapping[tuple[int, int], Words] = {
    (0x00, 0xA4): ("SELECT", "选择"),
    (0x00, 0xB2): ("READ RECORD", "读记录"),
    (0x80, 0xA8): ("GET PROCESSING OPTIONS", "取处理选项"),
    (0x00, 0x88): ("INTERNAL AUTHENTICATE", "内部认证"),
    (0x80, 0xCA): ("GET DATA", "取数据"),
    (0x00, 0x84): ("GET CHALLENGE", "取随机数"),
    (0x00, 0x20): ("VERIFY", "校验"),
    (0x80, 0xAE): ("GENERATE AC", "生成应用密文"),
    (0x00, 0x82): ("EXTERNAL AUTHENTICATE", "外部认证"),
    (0x84, 0x1E): ("APPLICATION BLOCK", "应用锁定"),
    (0x84, 0x18): ("APPLICATION UNBLOCK", "应用解锁"),
    (0x84, 0x16): ("CARD BLOCK", "卡片锁定"),
    (0x84, 0x24): ("PIN CHANGE/UNBLOCK", "PIN修改/解锁"),
    (0x04, 0xDA): ("PUT DATA", "设置数据"),
    (0x04, 0xDC): ("UPDATE RECORD", "修改记录"),
    (0x00, 0xC0): ("GET RESPONSE", "取响应"),
    (0x80, 0xB4): ("READ CAPP DATA", "读扩展应用数据"),
    (0x84, 0xDE): ("UPDATE CAPP DATA CACHE", "更新扩展应用数据缓存"),
    (0x04, 0xE2): ("APPEND RECORD", "追加记录"),
    (0x80, 0x5A): ("GET TRANS PROVE", "取交易认证"),
}
# What the value of template 80 is made of, by the command it answers; the last takes the rest.
FORMAT_1: Mapping[int, tuple[tuple[int, int], ...]] = {
    GPO: ((0x82, 2), (0x94, 252)),
    INTERNAL_AUTHENTICATE: ((0x9F4B, 255),),
    GENERATE_AC: ((0x9F27, 1), (0x9F36, 2), (0x9F26, 8), (0x9F10, 32)),
}


@dataclass(frozen=True, slots=True)
class Annotated:
    """One field: offset, tag or label, both names, hex (masked digits are `*`), decoded text."""

    offset: int
    label: str
    name_en: str
    name_zh: str
    value: str = ""
    text: str = ""
    meanings: tuple[Meaning, ...] = ()
    children: tuple["Annotated", ...] = ()

    def walk(self) -> Iterator["Annotated"]:
        """This field and all inside it, in order."""
        yield self
        for child in self.children:
            yield from child.walk()


def annotate(
    data: bytes, dol_data: bytes = b""
) -> tuple[Annotated, ...]:
    """Whatever the bytes are: TLV string, command or response; one field that says so if none."""
    try:
        return recognised(data, dol_data, b"")
    except RemoteProtocolError as refused:
        wrong = Meaning(f"byte {refused.offset}", refused.message, "无法解码")
        return (replace(_raw(0, data), meanings=(wrong,)),)


def annotate_tlv(
    data: bytes, command: bytes = b""
) -> tuple[Annotated, ...]:
    """A BER-TLV string; `command` is what it answers. RemoteProtocolError where it is none."""
    objects = ber_tlv.decode(data)
    if not objects:
        raise RemoteProtocolError("no data object", 0)
    return tuple(_object(each, data, command) for each in objects)


def annotate_command(
    data: bytes, dol_data: bytes = b""
) -> Annotated:
    """A command APDU; its value list is cut up where the list it answers is given."""
    command = apdu.decode_command(data)
    en, zh = COMMANDS.get((command.cla, command.ins), ("unknown command", "未知命令"))
    children = _command_data(command, dol_data) if command.data else ()
    if command.le is not None:
        le = Annotated(len(data) - 1, "Le", "expected length", "期望长度", f"{command.le:02X}")
        children = (*children, le)
    said = PARAMETERS.get(command.ins)
    parameters = (Meaning("P1 P2", *said(command.p1, command.p2)),) if said else ()
    header = command.header.hex().upper()
    return Annotated(0, "C-APDU", en, zh, header, meanings=parameters, children=children)


def annotate_response(
    data: bytes, command: bytes = b""
) -> Annotated:
    """A response APDU; `command` is what it answers. RemoteProtocolError without a status word."""
    response = apdu.decode_response(data)
    try:
        children = annotate_tlv(response.data, command) if response.data else ()
    except RemoteProtocolError:
        # A log record, a challenge, a proof: bytes without tags.
        children = (_raw(0, response.data),)
    en, zh = status_words.describe(response.sw)
    return Annotated(len(response.data), "R-APDU", en, zh, f"{response.sw:04X}", children=children)


def recognised(
    data: bytes, dol_data: bytes, command: bytes
) -> tuple[Annotated, ...]:
    """The first reading that holds; RemoteProtocolError of the one that came nearest."""
    if is_command := begins_a_command(data):
        try:
            return (annotate_command(data, dol_data),)
        except RemoteProtocolError as refused:
            nearest = refused
    if _ends_like_a_response(data):
        return (annotate_response(data, command),)
    try:
        return annotate_tlv(data, command)
    except RemoteProtocolError as refused:
        if data[-2:] == SUCCESS.to_bytes(2, "big"):
            return (annotate_response(data, command),)
        raise (nearest if is_command else refused) from None


def begins_a_command(data: bytes) -> bool:
    """Whether class and instruction are those of a known command."""
    return tuple(data[:2]) in COMMANDS


def _ends_like_a_response(data: bytes) -> bool:
    """A known status word behind nothing or behind whole data objects."""
    if len(data) < apdu.STATUS or not status_words.known(int.from_bytes(data[-2:], "big")):
        return False
    try:
        return len(data) == apdu.STATUS or bool(ber_tlv.decode(data[:-2]))
    except RemoteProtocolError:
        return False


def _object(each: ber_tlv.Tlv, data: bytes, command: bytes) -> Annotated:
    if each.constructed:
        named = data_elements.describe(each.tag)
        children = tuple(_object(child, data, command) for child in each.children)
        return Annotated(each.offset, f"{each.tag:X}", named.en, named.zh, children=children)
    field = _element(each.offset, each.tag, each.value)
    start = _value_offset(data, each)
    parts = _parts(start, each.tag, each.value, command)
    if not parts:
        return field
    # A PIN block or a card number within a command is masked there and must not stand here.
    value = "" if each.tag == SCRIPT_COMMAND_86 else field.value
    return replace(field, value=value, children=parts)


def _value_offset(data: bytes, each: ber_tlv.Tlv) -> int:
    at = each.offset + len(ber_tlv.tag_bytes(each.tag))
    first = data[at]
    return at + 1 + (first & ~ber_tlv.MORE if first & ber_tlv.MORE else 0)


def _element(offset: int, tag: int, value: bytes) -> Annotated:
    """One data element by the dictionary and the tables."""
    named = data_elements.describe(tag)
    as_shown = shown(tag, value)
    meanings = (*as_shown.remarks, *bits.meanings(tag, value))
    return Annotated(
        offset, f"{tag:X}", named.en, named.zh, as_shown.value, as_shown.text, meanings
    )


def _raw(offset: int, data: bytes) -> Annotated:
    return Annotated(offset, "data", "data", "数据", masked_hex(data))


def _parts(
    start: int, tag: int, value: bytes, command: bytes
) -> tuple[Annotated, ...]:
    """What a primitive value is made of, where that is known; nothing where it does not hold."""
    try:
        if tag in DOLS:
            return tuple(_wanted(start, value))
        if tag == SCRIPT_COMMAND_86:
            return (_shifted(annotate_command(value), start),)
    except RemoteProtocolError:
        return ()
    layout = FORMAT_1.get(command[1], ()) if tag == FORMAT_1_80 and len(command) > 1 else ()
    return tuple(_in_turn(start, layout, value))


def _wanted(start: int, list_of_objects: bytes) -> Iterator[Annotated]:
    """The entries of a DOL; value and text are the number of bytes wanted."""
    at = start
    for entry in dol.decode(list_of_objects):
        named = data_elements.describe(entry.tag)
        size = entry.length
        yield Annotated(at, f"{entry.tag:X}", named.en, named.zh, f"{size:02X}", str(size))
        at += len(ber_tlv.tag_bytes(entry.tag)) + 1


def _in_turn(
    start: int, layout: Iterable[tuple[int, int]], value: bytes
) -> Iterator[Annotated]:
    at = 0
    for tag, length in layout:
        part = value[at : at + length]
        if part:
            yield _element(start + at, tag, part)
        at += length


def _shifted(field: Annotated, by: int) -> Annotated:
    children = tuple(_shifted(child, by) for child in field.children)
    return replace(field, offset=field.offset + by, children=children)


def _command_data(
    command: apdu.CommandApdu, dol_data: bytes
) -> tuple[Annotated, ...]:
    reader = COMMAND_DATA.get(command.ins)
    fields = tuple(reader(command, dol_data)) if reader else ()
    return fields or (_raw(DATA_AT, command.data),)


def _file_name(command: apdu.CommandApdu, _: bytes) -> Iterator[Annotated]:
    yield _element(DATA_AT, 0x84, command.data)


def _issuer_authentication(
    command: apdu.CommandApdu, _: bytes
) -> Iterator[Annotated]:
    yield _element(DATA_AT, 0x91, command.data)


def _pin_block(command: apdu.CommandApdu, _: bytes) -> Iterator[Annotated]:
    block = masked_pin_block(command.data)
    yield Annotated(DATA_AT, "data", "PIN block", "PIN数据块", block)


def _put_data(command: apdu.CommandApdu, _: bytes) -> Iterator[Annotated]:
    tag = command.p1 << 8 | command.p2
    value, mac = command.data[:-MAC], command.data[-MAC:]
    if value:
        yield _element(DATA_AT, tag, value)
        yield Annotated(DATA_AT + len(value), "MAC", "MAC", "MAC", mac.hex().upper())


def _value_list(
    command: apdu.CommandApdu, dol_data: bytes
) -> Iterator[Annotated]:
    if dol_data:
        yield from _filled(DATA_AT, command.data, dol_data)


def _processing_options(
    command: apdu.CommandApdu, dol_data: bytes
) -> Iterator[Annotated]:
    """GPO carries template 83 around the value list (EMV 4.1 Book 3, 6.5.8)."""
    try:
        objects = ber_tlv.decode(command.data)
    except RemoteProtocolError:
        return
    for each in objects:
        start = DATA_AT + _value_offset(command.data, each)
        fields: tuple[Annotated, ...] = ()
        if dol_data and each.tag == COMMAND_TEMPLATE_83:
            fields = tuple(_filled(start, each.value, dol_data))
        field = _element(DATA_AT + each.offset, each.tag, each.value)
        # Without its list nobody knows what the values are: masked as bytes of unknown meaning.
        value = "" if fields else masked_hex(each.value)
        yield replace(field, value=value, children=fields)


def _filled(
    start: int, values: bytes, dol_data: bytes
) -> Iterator[Annotated]:
    """The value list cut up by its DOL; one raw field that says so where they do not fit."""
    try:
        filled = dol.split(dol.decode(dol_data), values)
    except RemoteProtocolError as refused:
        wrong = Meaning("value", f"does not fit its DOL: {refused.message}", "与数据对象列表不符")
        yield replace(_raw(start, values), meanings=(wrong,))
        return
    at = start
    for each in filled:
        yield _element(at, each.entry.tag, each.value)
        at += each.entry.length


CommandData = Callable[[apdu.CommandApdu, bytes], Iterator[Annotated]]
COMMAND_DATA: Mapping[int, CommandData] = {
    0xA4: _file_name,
    0x20: _pin_block,
    0x82: _issuer_authentication,
    0xDA: _put_data,
    GPO: _processing_options,
    INTERNAL_AUTHENTICATE: _value_list,
    GENERATE_AC: _value_list,
}


NEXT_OCCURRENCE = 0x02
PLAINTEXT_PIN = 0x80


def _occurrence(_: int, p2: int) -> Words:
    if p2 == NEXT_OCCURRENCE:
        return "next occurrence", "下一个"
    return "first or only occurrence", "第一个或唯一"


def _record(p1: int, p2: int) -> Words:
    return f"SFI {p2 >> 3}, record {p1}", f"SFI {p2 >> 3}，记录{p1}"


def _tag(p1: int, p2: int) -> Words:
    named = data_elements.describe(p1 << 8 | p2)
    return f"{p1:02X}{p2:02X} {named.en}", f"{p1:02X}{p2:02X} {named.zh}"


def _cryptogram(p1: int, _: int) -> Words:
    en, zh = CRYPTOGRAM_TYPES[p1 >> 6]
    return (f"{en}, CDA requested", f"{zh}，请求CDA") if p1 & 0x10 else (en, zh)


def _pin_form(_: int, p2: int) -> Words:
    return ("plaintext PIN", "明文PIN") if p2 == PLAINTEXT_PIN else ("enciphered PIN", "加密PIN")


PARAMETERS: Mapping[int, Callable[[int, int], Words]] = {
    0xA4: _occurrence,
    0xB2: _record,
    0xDC: _record,
    0xCA: _tag,
    0xDA: _tag,
    0x20: _pin_form,
    GENERATE_AC: _cryptogram,
}
