"""Data objects taken apart: which tags are a card number, which may hold one, which cannot.

Objects are walked at any depth, as far as they can be followed; what is left is searched.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from adapters.codec import ber_tlv, dol
from adapters.codec.data_elements import describe, known
from adapters.codec.errors import RemoteProtocolError
from adapters.privacy.numbers import PAN_DIGITS
from adapters.privacy.parts import Part, Parts, Sort, leading_digits

NUMBERS = frozenset((0x5A, 0x57))
# Whoever personalises a card or sets a terminal fills them as he likes.
FREE = frozenset((0x9F05, 0x9F1D, 0x9F1F, 0x9F20, 0x99))
NAMES_OF_FILES = frozenset((0x4F, 0x84, 0x9D, 0x9F06))
DOLS = frozenset((0x8C, 0x8D, 0x97, 0x9F38, 0x9F49, 0x9F4F, 0xDF14, 0xDF4F))
# Certificates, signatures and moduli are as long as a key; what of a key does not fit into them is
# as long as it comes, and 9F4A holds one tag.
OF_KEY_LENGTH = frozenset((0x90, 0x93, 0x9F46, 0x9F4B, 0x9F2D, 0xDF02))
REMAINDERS = frozenset((0x92, 0x9F48, 0x9F2F))
LONGEST_NUMBER = 10
SHORTEST_KEY = 48
SDA_TAG_LIST_9F4A, AIP_82 = 0x9F4A, b"\x82"
COMMAND_TEMPLATE_83 = 0x83
FORMAT_1_80 = 0x80
SCRIPT_COMMAND_86 = 0x86
# ISO/IEC 7816-5: a registered application provider begins with A, a proprietary name with F,
# a national one with D.
REGISTERED = frozenset("ADF")
LARGEST_VALUE = 252

# A number by itself, with a little around it.
SHORT = 16

Taken = Callable[[bytes], Parts]
Special = Mapping[int, Taken]
NOTHING_SPECIAL: Special = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class _Explained:
    """Bytes that are what their tag says, and how deep they stand."""

    start: int
    end: int
    depth: int


def objects_of(data: bytes, field: str = "", special: Special = NOTHING_SPECIAL) -> Parts:
    """The parts of a TLV string; `special` says how the values of further tags are taken apart."""
    yield from _searched(_Walk(data, field, special))


def templates_of(data: bytes, field: str, special: Special = NOTHING_SPECIAL) -> Parts:
    """As objects_of, for what should be one template or object: a card's answer or record.

    Where it is not, no object outside a template is believed: any bytes may look like some.
    """
    walk = _Walk(data, field, special)
    if not walk.whole and len(data) <= SHORT:
        yield Part(f"{field} rest".strip(), Sort.BYTES, data)
        return
    if not walk.whole:
        walk.explained = [each for each in walk.explained if each.depth > 1]
    yield from _searched(walk)


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
    if tag in OF_KEY_LENGTH:
        return not value or SHORTEST_KEY <= len(value) <= LARGEST_VALUE
    if tag in REMAINDERS:
        return not value or len(value) > LONGEST_NUMBER
    if tag in DOLS:
        return _is_list(value)
    if tag == SDA_TAG_LIST_9F4A:
        return value == AIP_82
    return known(tag) and tag not in FREE and _fits(describe(tag).length, len(value))


def _is_list(value: bytes) -> bool:
    try:
        return all(known(entry.tag) for entry in dol.decode(value))
    except RemoteProtocolError:
        return False


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


class _Walk:
    """A TLV string walked as far as it can be followed: what is explained, and the parts in it.

    `whole` unless it ends in the middle of an object. Tags and lengths are not explained: where
    the bytes are no TLV they are digits.
    """

    def __init__(self, data: bytes, field: str, special: Special) -> None:
        self.data = data
        self.field = field
        self.special = special
        self.parts: list[Part] = []
        self.explained: list[_Explained] = []
        self.unknown: dict[int, str] = {}
        self.whole = self._walk(0, len(data), field, 1)

    def _walk(self, at: int, end: int, field: str, depth: int) -> bool:
        whole = True
        while at < end:
            if self.data[at] in ber_tlv.PADDING:
                self._explain(at, at + 1, depth)
                at += 1
                continue
            try:
                tag, start = ber_tlv.decode_tag(self.data, at, end)
            except RemoteProtocolError:
                return False
            length, start = _length(self.data[:end], start)
            if length < 0:
                return False
            until = min(start + length, end)
            whole &= start + length <= end
            name = f"{field} {tag:X}".strip()
            if ber_tlv.tag_bytes(tag)[0] & ber_tlv.CONSTRUCTED and depth < ber_tlv.MAX_DEPTH:
                whole &= self._walk(start, until, name, depth + 1)
            elif self._known(tag, self.data[start:until], field, cut=start + length > end):
                self._explain(at, until, depth)
            else:
                self.unknown[at] = name
            at = until
        return whole

    def _known(self, tag: int, value: bytes, field: str, *, cut: bool) -> bool:
        """Whether an object is explained, or its value a part that is looked at by itself."""
        if tag in self.special:
            parts = list(self.special[tag](value))
        else:
            parts = list(element(tag, value, field))
            if tag in NUMBERS and leading_digits(value) not in PAN_DIGITS:
                return False
            if any(part.sort is Sort.BYTES for part in parts) or (cut and not parts):
                return False
        self.parts += parts
        return True

    def _explain(self, start: int, end: int, depth: int) -> None:
        self.explained.append(_Explained(start, end, depth))


def _searched(walk: _Walk) -> Parts:
    """The parts of a walk, and what it did not explain, piece by piece."""
    yield from walk.parts
    at = 0
    for start, end in (*((each.start, each.end) for each in walk.explained), (len(walk.data), 0)):
        if start > at:
            names = [name for place, name in walk.unknown.items() if at <= place < start]
            name = names[0] if names else f"{walk.field} rest".strip()
            yield Part(name, Sort.BYTES, walk.data[at:start])
        at = max(at, end)


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
