"""Bytes as a tree of named, decoded fields: data objects, commands, responses, data groupings.

Card numbers are masked, test cards' too; texts steer no terminal.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from adapters.codec import apdu, ber_tlv, bits, data_elements, dgi, dol, status_words
from adapters.codec.bits import Meaning
from adapters.codec.errors import RemoteProtocolError
from reports import command_names
from reports.annotated_field import Annotated
from reports.command_names import GENERATE_AC, PLAINTEXT_PIN
from reports.refusal_text import chinese
from reports.value_text import masked_hex, masked_pin_block, shown

DATA_AT = apdu.HEADER + 1
GPO, INTERNAL_AUTHENTICATE = 0xA8, 0x88
COMMAND_TEMPLATE_83 = 0x83
FORMAT_1_80 = 0x80
SCRIPT_COMMAND_86 = 0x86
MAC = 4
DOLS = frozenset((0x8C, 0x8D, 0x97, 0x9F38, 0x9F49, 0x9F4F, 0xDF14, 0xDF4F))

# What the value of template 80 is made of, by the command it answers; the last takes the rest.
FORMAT_1: Mapping[int, tuple[tuple[int, int], ...]] = {
    GPO: ((0x82, 2), (0x94, 252)),
    INTERNAL_AUTHENTICATE: ((0x9F4B, 255),),
    GENERATE_AC: ((0x9F27, 1), (0x9F36, 2), (0x9F26, 8), (0x9F10, 32)),
}


def annotate_tlv(
    data: bytes, command: bytes = b""
) -> tuple[Annotated, ...]:
    """A BER-TLV string; `command` is what it answers. RemoteProtocolError where it is none."""
    objects = ber_tlv.decode(data)
    if not objects:
        raise RemoteProtocolError("no data object", 0)
    return tuple(_object(each, 0, data, command) for each in objects)


def annotate_command(
    data: bytes, dol_data: bytes = b""
) -> Annotated:
    """A command APDU; its value list is cut up where the list it answers is given."""
    command = apdu.decode_command(data)
    en, zh = command_names.name(command)
    children = _command_data(command, dol_data) if command.data else ()
    if command.le is not None:
        le = Annotated(len(data) - 1, "Le", "expected length", "期望长度", f"{command.le:02X}")
        children = (*children, le)
    said = tuple(Meaning("P1 P2", *words) for words in command_names.parameters(command))
    header = command.header.hex().upper()
    return Annotated(0, "C-APDU", en, zh, header, meanings=said, children=children)


def annotate_response(
    data: bytes, command: bytes = b""
) -> Annotated:
    """A response APDU; `command` is what it answers. RemoteProtocolError without a status word."""
    response = apdu.decode_response(data)
    try:
        children = annotate_tlv(response.data, command) if response.data else ()
    except RemoteProtocolError:
        # A log record, a challenge, a proof: bytes without tags.
        children = (raw(0, response.data),)
    en, zh = status_words.describe(response.sw)
    return Annotated(len(response.data), "R-APDU", en, zh, f"{response.sw:04X}", children=children)


def annotate_groupings(
    data: bytes
) -> tuple[Annotated, ...]:
    """Data groupings of personalisation; RemoteProtocolError where the bytes are none."""
    groupings = dgi.decode(data)
    if not groupings:
        raise RemoteProtocolError("DGI: cut off", 0)
    return tuple(_grouping(each, 0) for each in groupings)


def _object(
    each: ber_tlv.Tlv, template: int, data: bytes, command: bytes
) -> Annotated:
    if each.constructed:
        named = data_elements.describe(each.tag)
        children = tuple(
            _object(child, each.tag, data, command) for child in each.children
        )
        return Annotated(each.offset, f"{each.tag:X}", named.en, named.zh, children=children)
    field = _element(each.offset, each.tag, each.value, template)
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


def _element(
    offset: int, tag: int, value: bytes, template: int = 0
) -> Annotated:
    """One data element by the dictionary and the tables."""
    named = data_elements.describe(tag, template)
    as_shown = shown(tag, value, template)
    # The tables are those of the meaning a tag has outside a template.
    coded = bits.meanings(tag, value) if named == data_elements.describe(tag) else ()
    meanings = (*as_shown.remarks, *coded)
    return Annotated(
        offset, f"{tag:X}", named.en, named.zh, as_shown.value, as_shown.text, meanings
    )


def _grouping(each: dgi.Grouping, start: int) -> Annotated:
    """One data grouping; its data as objects where they are, hidden where they are secret."""
    en, zh = dgi.describe(each.dgi)
    field = Annotated(start + each.offset, f"DGI {each.dgi:04X}", en, zh)
    if each.dgi in dgi.SECRET:
        return replace(field, value="*" * (2 * len(each.data)))
    if each.dgi == dgi.PIN_BLOCK_8010:
        return replace(field, value=masked_pin_block(each.data))
    try:
        inside = annotate_tlv(each.data)
    except RemoteProtocolError as refused:
        wrong = Meaning(f"byte {refused.offset}", refused.message, chinese(refused.message))
        said = (wrong,) if each.dgi in dgi.TLV or not dgi.known(each.dgi) else ()
        return replace(field, value=masked_hex(each.data), meanings=said)
    return replace(field, children=tuple(_shifted(one, start + each.data_offset) for one in inside))


def raw(offset: int, data: bytes) -> Annotated:
    """Bytes of unknown meaning."""
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
    reader = COMMAND_DATA.get((command.cla, command.ins))
    fields = tuple(reader(command, dol_data)) if reader else ()
    return fields or (raw(DATA_AT, command.data),)


def _file_name(command: apdu.CommandApdu, _: bytes) -> Iterator[Annotated]:
    yield _element(DATA_AT, 0x84, command.data)


def _issuer_authentication(
    command: apdu.CommandApdu, _: bytes
) -> Iterator[Annotated]:
    yield _element(DATA_AT, 0x91, command.data)


def _pin_block(command: apdu.CommandApdu, _: bytes) -> Iterator[Annotated]:
    # Only EMV's plaintext block has a control field; e-purses send the digits alone.
    has_control = command.p2 == PLAINTEXT_PIN
    block = masked_pin_block(command.data) if has_control else "*" * (2 * len(command.data))
    yield Annotated(DATA_AT, "data", "PIN block", "PIN数据块", block)


def _secret(command: apdu.CommandApdu, _: bytes) -> Iterator[Annotated]:
    yield Annotated(DATA_AT, "data", "secret data", "保密数据", "*" * (2 * len(command.data)))


def _groupings(command: apdu.CommandApdu, _: bytes) -> Iterator[Annotated]:
    try:
        found = dgi.decode(command.data)
    except RemoteProtocolError:
        return
    if all(dgi.known(each.dgi) for each in found):
        yield from (_grouping(each, DATA_AT) for each in found)


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
        en, zh = refused.message, chinese(refused.message)
        wrong = Meaning("value", f"does not fit its DOL: {en}", f"与数据对象列表不符：{zh}")
        yield replace(raw(start, values), meanings=(wrong,))
        return
    at = start
    for each in filled:
        yield _element(at, each.entry.tag, each.value)
        at += each.entry.length


CommandData = Callable[[apdu.CommandApdu, bytes], Iterator[Annotated]]
# By class and instruction, secure messaging or not: an instruction alone means other things too.
COMMAND_DATA: Mapping[tuple[int, int], CommandData] = {
    (0x00, 0xA4): _file_name,
    (0x00, 0x20): _pin_block,
    (0x00, 0x82): _issuer_authentication,
    (0x04, 0xDA): _put_data,
    (0x80, GPO): _processing_options,
    (0x00, INTERNAL_AUTHENTICATE): _value_list,
    (0x80, GENERATE_AC): _value_list,
    (0x80, 0x5E): _secret,
    (0x80, 0xD8): _secret,
    (0x84, 0xD8): _secret,
    (0x80, 0xE2): _groupings,
    (0x84, 0xE2): _groupings,
}
