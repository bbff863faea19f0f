"""Where each field of a host message stands, as far as it can be followed.

A codec refuses a frame that is wrong anywhere; here all before the fault is still told apart, so
that a garbled frame is neither trusted nor refused whole. Host and kiosk facts, 1.1, 1.2, 2.2, 2.3.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from adapters.codec import cups_link, iso8583, pos_link
from adapters.codec.cups_dialect import CUPS
from adapters.codec.iso8583_dialect import (
    FOREIGN,
    LENGTH_DIGITS,
    PACKED,
    Attribute,
    Dialect,
    Field,
)
from adapters.codec.pos_dialect import POS
from adapters.events import Port

SECOND = 0x80
NO_MTI = "0000"


@dataclass(frozen=True, slots=True)
class Wire:
    """How a dialect is framed, in bytes.

    `head` is what stands before the MTI, with `mark` at `mark_at` in it; an LRI of `lri` bytes may
    follow `lri_at`.
    """

    dialect: Dialect
    head: int
    mark: bytes
    mark_at: int
    lri_at: int = 0
    lri: int = 0

    @property
    def packed(self) -> bool:
        """Whether two digits stand in a byte."""
        return self.dialect.numerals is PACKED


DIRECT = Wire(
    dialect=POS,
    head=pos_link.LENGTH_SIZE + pos_link.TPDU_SIZE + pos_link.HEADER_SIZE,
    mark=b"\x60",
    mark_at=pos_link.LENGTH_SIZE,
    lri_at=pos_link.LENGTH_SIZE + pos_link.TPDU_SIZE,
    lri=pos_link.DIRECT.lri_size,
)
SWITCH = Wire(
    dialect=CUPS,
    head=cups_link.LENGTH_SIZE + cups_link.HEADER_SIZE,
    mark=bytes((cups_link.HEADER_SIZE,)),
    mark_at=cups_link.LENGTH_SIZE,
)
WIRES: Mapping[Port, Wire] = MappingProxyType({Port.HOST_T: DIRECT, Port.HOST_S: SWITCH})


@dataclass(frozen=True, slots=True)
class Place:
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


def layout(frame: bytes, wire: Wire) -> Layout:
    """Where the fields of a frame stand; nothing is refused."""
    start = wire.head
    if wire.lri and frame[wire.lri_at :].startswith(pos_link.LRI_MARK):
        start += wire.lri
    at = start + wire.dialect.mti_size
    mti = _mti(frame[start:at], wire)
    both = wire.dialect.has_second_bitmap or bool(frame[at : at + 1] and frame[at] & SECOND)
    size = iso8583.BITMAP_SIZE * (1 + both)
    bitmap = frame[at : at + size]
    bits = int.from_bytes(bitmap, "big")
    numbers = tuple(n for n in range(2, 8 * size + 1) if bits >> (8 * size - n) & 1)
    marked = frame.startswith(wire.mark, wire.mark_at)
    # Where LEN is wrong and a field unknown too, this is no message with a fault: it is noise.
    believed = _length_is_right(frame, wire) or wire.dialect.fields.keys() >= set(numbers)
    if not mti or len(bitmap) < size or not marked or not believed:
        return Layout("", (), (), 0)
    places = tuple(_places(frame, at + size, numbers, wire))
    end = places[-1].end if places else at + size
    return Layout(mti, numbers, places, end)


def _places(frame: bytes, at: int, numbers: tuple[int, ...], wire: Wire) -> Iterator[Place]:
    for number in numbers:
        spec = wire.dialect.fields.get(number)
        if spec is None:
            return
        prefix = wire.dialect.numerals.size(LENGTH_DIGITS[spec.size])
        length, start = spec.length, at + prefix
        if prefix:
            said = _digits(frame[at:start], packed=wire.packed)
            if not said.isdecimal() or int(said) > spec.length:
                return
            length = int(said)
        halved = wire.packed and spec.attribute in FOREIGN
        end = start + ((length + 1) // 2 if halved else length)
        if end > len(frame) or not _fits(spec, frame[start:end], wire):
            return
        yield Place(spec, start, end, length)
        at = end


def _fits(spec: Field, content: bytes, wire: Wire) -> bool:
    """Whether a content is of its field's attribute: what is not was followed wrongly."""
    if spec.attribute in FOREIGN:
        digits = _digits(content, packed=wire.packed).upper()
        return FOREIGN[spec.attribute].search(digits) is None
    return spec.attribute is not Attribute.AN or content.isascii()


def _length_is_right(frame: bytes, wire: Wire) -> bool:
    """LEN counts what follows it: two binary bytes, or four digits."""
    size = pos_link.LENGTH_SIZE if wire.packed else cups_link.LENGTH_SIZE
    said = int.from_bytes(frame[:size], "big")
    if not wire.packed:
        digits = _digits(frame[:size], packed=False)
        said = int(digits) if digits.isdecimal() else -1
    return said == len(frame) - size


def _mti(data: bytes, wire: Wire) -> str:
    # ISO 8583 of 1987 alone is spoken here: its types begin with 0.
    digits = _digits(data, packed=wire.packed)
    return digits if len(digits) == len(NO_MTI) and digits.isdecimal() and digits[0] == "0" else ""


def _digits(data: bytes, *, packed: bool) -> str:
    return data.hex() if packed else data.decode("ascii", "replace")
