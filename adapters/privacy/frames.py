"""Where each field of a host message stands, as far as it can be followed.

A codec refuses a frame that is wrong anywhere; here all before the fault is still told apart, so
that a garbled frame is neither trusted nor refused whole. Host and kiosk facts, 1.1, 1.2, 2.2, 2.3.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from adapters.codec import cups_link, iso8583, pos_link
from adapters.codec.cups_dialect import CUPS
from adapters.codec.iso8583_dialect import (
    FOREIGN,
    LENGTH_DIGITS,
    MTI_DIGITS,
    PACKED,
    Attribute,
    Dialect,
    Field,
)
from adapters.codec.pos_dialect import POS
from adapters.events import Port


class _Form(NamedTuple):
    """How a field is written: bytes of its length, and what may not stand in its content.

    `foreign` is what may not stand among digits; a field without it counts bytes.
    """

    spec: Field
    prefix: int
    foreign: re.Pattern[str] | None
    ascii_only: bool


def _forms(dialect: Dialect) -> Mapping[int, _Form]:
    numerals = dialect.numerals
    return MappingProxyType(
        {
            number: _Form(
                spec=spec,
                prefix=numerals.size(LENGTH_DIGITS[spec.size]),
                foreign=FOREIGN.get(spec.attribute),
                ascii_only=spec.attribute is Attribute.AN,
            )
            for number, spec in dialect.fields.items()
        }
    )


@dataclass(frozen=True, slots=True)
class Wire:
    """What carries a dialect: sizes in bytes.

    `head` is what stands before the MTI in a frame, with `mark` at `mark_at` in it; an LRI of `lri`
    bytes may follow `lri_at`.
    """

    dialect: Dialect
    forms: Mapping[int, _Form]
    head: int
    mark: bytes
    mark_at: int
    lri_at: int = 0
    lri: int = 0


DIRECT = Wire(
    dialect=POS,
    forms=_forms(POS),
    head=pos_link.LENGTH_SIZE + pos_link.TPDU_SIZE + pos_link.HEADER_SIZE,
    mark=b"\x60",
    mark_at=pos_link.LENGTH_SIZE,
    lri_at=pos_link.LENGTH_SIZE + pos_link.TPDU_SIZE,
    lri=pos_link.DIRECT.lri_size,
)
SWITCH = Wire(
    dialect=CUPS,
    forms=_forms(CUPS),
    head=cups_link.LENGTH_SIZE + cups_link.HEADER_SIZE,
    mark=bytes((cups_link.HEADER_SIZE,)),
    mark_at=cups_link.LENGTH_SIZE,
)
WIRES: Mapping[Port, Wire] = MappingProxyType({Port.HOST_T: DIRECT, Port.HOST_S: SWITCH})


# A message has twenty, on the timed path: a tuple takes a third of a dataclass's time.
class Place(NamedTuple):
    """A field of a frame: where its content starts and ends, and the digits or bytes it says."""

    spec: Field
    start: int
    end: int
    length: int


@dataclass(frozen=True, slots=True)
class Layout:
    """The fields that could be followed, what the bitmap announces, and where the walk ended.

    `mti` is four digits; "", and `end` 0, where this is no frame. `end` is the length of the frame
    if all of it was followed.
    """

    mti: str
    announced: tuple[int, ...]
    places: tuple[Place, ...]
    end: int

    def place(self, number: int) -> Place | None:
        return next((each for each in self.places if each.spec.number == number), None)


NOISE = Layout("", (), (), 0)


def layout(frame: bytes, wire: Wire) -> Layout:
    """Where the fields of a frame stand; nothing is refused."""
    start = wire.head
    if wire.lri and frame[wire.lri_at :].startswith(pos_link.LRI_MARK):
        start += wire.lri
    dialect = wire.dialect
    at = start + dialect.mti_size
    mti = _mti(dialect.numerals.read(frame[start:at]))
    second = at < len(frame) and bool(frame[at] & iso8583.SECOND_BITMAP_BIT)
    both = second or dialect.two_bitmaps_always
    size = iso8583.BITMAP_SIZE * (1 + both)
    bitmap = frame[at : at + size]
    numbers = tuple(
        8 * index + 1 + bit
        for index, byte in enumerate(bitmap)
        for bit in iso8583.ANNOUNCED[byte]
        if index or bit
    )
    if not mti or len(bitmap) < size:
        return NOISE
    places = tuple(_places(frame, at + size, numbers, wire))
    end = places[-1].end if places else at + size
    # What lacks its mark has to be a message from end to end. Where LEN is wrong and a field
    # unknown too, this is no message with a fault: it is noise.
    marked = frame.startswith(wire.mark, wire.mark_at)
    counted = _length_is_right(frame, wire)
    known = dialect.fields.keys() >= set(numbers)
    believed = counted or known if marked else counted and end == len(frame)
    return Layout(mti, numbers, places, end) if believed else NOISE


def _places(frame: bytes, at: int, numbers: tuple[int, ...], wire: Wire) -> Iterator[Place]:
    per_byte = wire.dialect.numerals.per_byte
    text = wire.dialect.numerals.read(frame)
    for number in numbers:
        form = wire.forms.get(number)
        if form is None:
            return
        length, start = form.spec.length, at + form.prefix
        if form.prefix:
            said = text[at * per_byte : start * per_byte]
            if not said.isdecimal() or int(said) > length:
                return
            length = int(said)
        end = start + (-(-length // per_byte) if form.foreign else length)
        if end > len(frame):
            return
        # What is not of its field's attribute was followed wrongly.
        if form.foreign and form.foreign.search(text, start * per_byte, end * per_byte):
            return
        if form.ascii_only and not frame[start:end].isascii():
            return
        yield Place(form.spec, start, end, length)
        at = end


def _length_is_right(frame: bytes, wire: Wire) -> bool:
    """LEN counts what follows it: two binary bytes, or four digits."""
    if wire.dialect.numerals is PACKED:
        size = pos_link.LENGTH_SIZE
        return int.from_bytes(frame[:size], "big") == len(frame) - size
    digits = wire.dialect.numerals.read(frame[: cups_link.LENGTH_SIZE])
    return digits.isdecimal() and int(digits) == len(frame) - cups_link.LENGTH_SIZE


def _mti(digits: str) -> str:
    # ISO 8583 of 1987 alone is spoken here: its types begin with 0.
    return digits if len(digits) == MTI_DIGITS and digits.isdecimal() and digits[0] == "0" else ""
