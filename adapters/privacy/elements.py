"""Data objects taken apart: which tags are a card number, which may hold one, which cannot.

Objects are walked at any depth, as far as they can be followed; what is left is searched.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from adapters.codec import ber_tlv, dol
from adapters.codec.data_elements import describe, known
from adapters.codec.errors import RemoteProtocolError
from adapters.privacy.parts import Part, Parts, Sort

NUMBERS = frozenset((0x5A, 0x57))
# Whoever personalises a card or sets a terminal fills them as he likes.
FREE = frozenset((0x9F05, 0x9F1D, 0x9F1F, 0x9F20, 0x99))
NAMES_OF_FILES = frozenset((0x4F, 0x84, 0x9D, 0x9F06))
DOLS = frozenset((0x8C, 0x8D, 0x97, 0x9F38, 0x9F49, 0x9F4F, 0xDF14, 0xDF4F))
# Certificates, signatures, key parts and lists of tags: as long as a key or a list decides.
OF_ANY_LENGTH = frozenset(
    (0x90, 0x92, 0x93, 0x9F46, 0x9F48, 0x9F4B, 0x9F2D, 0x9F2F, 0x9F4A, 0xDF02, *DOLS)
)
COMMAND_TEMPLATE_83 = 0x83
FORMAT_1_80 = 0x80
SCRIPT_COMMAND_86 = 0x86
# ISO/IEC 7816-5: a registered application provider begins with A, a proprietary name with F,
# a national one with D.
REGISTERED = frozenset("ADF")
LARGEST_VALUE = 252

Taken = Callable[[bytes], Parts]


@dataclass(frozen=True, slots=True)
class _Object:
    """A data object as far as it is there; `whole` unless bytes of its value are missing."""

    tag: int
    value: bytes
    whole: bool


def objects_of(data: bytes, field: str = "", special: Mapping[int, Taken] | None = None) -> Parts:
    """The parts of a TLV string; `special` says how the values of further tags are taken apart."""
    yield from _objects(data, field, special or MappingProxyType({}), 1)


def element(tag: int, value: bytes, field: str = "") -> Parts:
    """The parts of one primitive value: none where its tag and length say what it is."""
    name = f"{field} {tag:X}".strip()
    if tag in NUMBERS:
        yield Part(name, Sort.NUMBER, value)
    elif tag in NAMES_OF_FILES:
        if value.hex().upper()[:1] not in REGISTERED:
            yield Part(name, Sort.BYTES, value)
    elif _is_text(tag):
        yield from _characters(name, value)
    elif not explained(tag, value):
        yield Part(name, Sort.BYTES, value)


def explained(tag: int, value: bytes) -> bool:
    """Whether the dictionary knows the tag as something that holds no number, and the length fits.

    Random bytes in cryptograms, certificates and counters are passed by for that reason.
    """
    if tag in OF_ANY_LENGTH:
        return len(value) <= LARGEST_VALUE
    return known(tag) and tag not in FREE and _fits(describe(tag).length, len(value))


def filled(entries: tuple[dol.Filled, ...], field: str) -> Parts:
    """The parts of a value list; what a known tag asks for is what it is, at any length."""
    for each in entries:
        tag = each.entry.tag
        if _is_text(tag):
            yield from _characters(f"{field} {tag:X}", each.value)
        elif tag in NUMBERS or tag in FREE or not known(tag):
            # Not as a NUMBER: a list may ask for a part of it, or for more with 00 in front.
            yield Part(f"{field} {tag:X}", Sort.BYTES, each.value)


def _is_text(tag: int) -> bool:
    return tag not in FREE and known(tag) and describe(tag).format.startswith("a")


def _characters(name: str, value: bytes) -> Parts:
    """A value of characters that holds others is searched in all forms."""
    # What a list asks for beyond the value is filled up with 00 (EMV 4.1 Book 3, 5.4).
    text = value.strip(b"\x00")
    if text.isascii() and text.decode("ascii").isprintable():
        yield Part(name, Sort.TEXT, text.decode("ascii"))
    else:
        yield Part(name, Sort.BYTES, value)


def _fits(length: str, size: int) -> bool:
    """Whether a size is one that the dictionary gives: "6", "5-16", "<=32", "1 or 3", "5n"."""
    if "or" in length:
        return str(size) in length.split(" or ")
    multiple, _, most = length.partition("n")
    if multiple.isdecimal() and multiple != length:
        return not size % int(multiple) and size <= int(most.removeprefix("<=") or LARGEST_VALUE)
    if length.startswith("<="):
        return size <= int(length.removeprefix("<="))
    least, _, largest = length.partition("-")
    return least.isdecimal() and int(least) <= size <= int(largest or least)


def _objects(data: bytes, field: str, special: Mapping[int, Taken], depth: int) -> Parts:
    objects, rest = _walked(data)
    for each in objects:
        name = f"{field} {each.tag:X}".strip()
        constructed = bool(ber_tlv.tag_bytes(each.tag)[0] & ber_tlv.CONSTRUCTED)
        if constructed and depth < ber_tlv.MAX_DEPTH:
            yield from _objects(each.value, name, special, depth + 1)
        elif each.tag in special:
            yield from special[each.tag](each.value)
        elif not constructed and (each.whole or each.tag in NUMBERS or _is_text(each.tag)):
            yield from element(each.tag, each.value, field)
        else:
            yield Part(name, Sort.BYTES, each.value)
    if rest:
        yield Part(f"{field} rest".strip(), Sort.BYTES, rest)


def _walked(data: bytes) -> tuple[list[_Object], bytes]:
    """The objects one after the other, and what follows the last that can be told."""
    objects: list[_Object] = []
    at = 0
    while at < len(data):
        if data[at] in ber_tlv.PADDING:
            at += 1
            continue
        try:
            tag, start = ber_tlv.decode_tag(data, at, len(data))
        except RemoteProtocolError:
            return objects, data[at:]
        length, start = _length(data, start)
        if length < 0:
            return objects, data[at:]
        value = data[start : start + length]
        objects.append(_Object(tag, value, whole=len(value) == length))
        at = start + length
    return objects, b""


def _length(data: bytes, at: int) -> tuple[int, int]:
    """The length at `at` and the offset after it; -1 where there is none."""
    first, size = data[at : at + 1], 0
    if first and first[0] & ber_tlv.MORE:
        size = first[0] & ~ber_tlv.MORE
    more = data[at + 1 : at + 1 + size]
    if not first or size > ber_tlv.MAX_LENGTH_BYTES or len(more) < size or first[0] == ber_tlv.MORE:
        return -1, at
    return int.from_bytes(more if size else first, "big"), at + 1 + size


def value_list(wanted: bytes, values: bytes, field: str) -> Parts:
    """The parts of the values that answer a list; all of them are searched if they do not fit."""
    try:
        entries = dol.split(dol.decode(wanted), values)
    except RemoteProtocolError:
        yield Part(field, Sort.BYTES, values)
        return
    yield from filled(entries, field)


def lists_in(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The DOLs a card gives in its answer, by tag."""
    try:
        objects = tuple(ber_tlv.walk(ber_tlv.decode(data)))
    except RemoteProtocolError:
        return
    for each in objects:
        if each.tag in DOLS:
            yield each.tag, each.value
