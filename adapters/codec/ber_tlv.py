"""BER-TLV as EMV constrains it (EMV 4.1 Book 3, Annex B): offsets, order and duplicates are kept.

Tags are integers of the bytes as written (0x9F02); a constructed object holds its children.
"""

from collections.abc import Iterator
from typing import NamedTuple

from adapters.codec.errors import LocalProtocolError, RemoteProtocolError

MAX_DEPTH = 8
MAX_TAG_BYTES = 3
MAX_LENGTH_BYTES = 2
# EMV 4.1 Book 3, Annex B1: '00' bytes before, between or after objects carry no meaning;
# JR/T 0025 and the POS dialect also skip 'FF' there.
PADDING = frozenset((0x00, 0xFF))
LONG_TAG = 0x1F
MORE = 0x80
CONSTRUCTED = 0x20


# Every card response makes a dozen of them, and a tuple takes a third of a dataclass's time.
class Tlv(NamedTuple):
    """One data object: tag, value, where it starts, and the objects inside it."""

    tag: int
    value: bytes
    offset: int
    children: tuple["Tlv", ...] = ()

    @property
    def constructed(self) -> bool:
        return bool(tag_bytes(self.tag)[0] & CONSTRUCTED)

    def walk(self) -> Iterator["Tlv"]:
        """This object and all inside it, in the order they were sent."""
        yield self
        for child in self.children:
            yield from child.walk()


def decode(data: bytes) -> tuple[Tlv, ...]:
    """The data objects of a byte string; RemoteProtocolError at the first byte that is none."""
    return _decode(data, 0, len(data), 1)


def walk(objects: tuple[Tlv, ...]) -> Iterator[Tlv]:
    """All objects and all inside them, in the order they were sent."""
    for each in objects:
        yield from each.walk()


def find(objects: tuple[Tlv, ...], tag: int) -> tuple[Tlv, ...]:
    """Every object with this tag, at any depth, in the order sent."""
    return tuple(each for each in walk(objects) if each.tag == tag)


def tag_bytes(tag: int) -> bytes:
    return tag.to_bytes(max(1, (tag.bit_length() + 7) // 8), "big")


def encode(tag: int, value: bytes) -> bytes:
    """One data object, with the shortest length field; LocalProtocolError beyond 65535 bytes."""
    return tag_bytes(tag) + encode_length(len(value)) + value


def encode_length(length: int) -> bytes:
    if length < MORE:
        return bytes((length,))
    size = (length.bit_length() + 7) // 8
    if size > MAX_LENGTH_BYTES:
        message = f"a value of {length} bytes is longer than EMV allows"
        raise LocalProtocolError(message, 0)
    return bytes((MORE | size,)) + length.to_bytes(size, "big")


def decode_tag(data: bytes, start: int, end: int) -> tuple[int, int]:
    """The tag at `start` and the offset after it."""
    tag = data[start]
    at = start + 1
    if tag & LONG_TAG != LONG_TAG:
        return tag, at
    more = True
    while more:
        if at >= end:
            raise RemoteProtocolError("a tag is cut off", at)
        if at - start >= MAX_TAG_BYTES:
            raise RemoteProtocolError(f"a tag is longer than {MAX_TAG_BYTES} bytes", start)
        more = data[at] >= MORE
        tag = tag << 8 | data[at]
        at += 1
    return tag, at


def _decode_length(data: bytes, start: int, end: int) -> tuple[int, int]:
    if start >= end:
        raise RemoteProtocolError("a length is missing", start)
    first = data[start]
    if first < MORE:
        return first, start + 1
    size = first & ~MORE
    # The indefinite form '80' and lengths of more than two bytes are outside EMV Book 3, Annex B2.
    if not 1 <= size <= MAX_LENGTH_BYTES:
        raise RemoteProtocolError(f"a length field of the form {first:02X} is not allowed", start)
    at = start + 1 + size
    if at > end:
        raise RemoteProtocolError("a length is cut off", end)
    return int.from_bytes(data[start + 1 : at], "big"), at


def _decode(data: bytes, start: int, end: int, depth: int) -> tuple[Tlv, ...]:
    if depth > MAX_DEPTH:
        raise RemoteProtocolError(f"objects are nested deeper than {MAX_DEPTH}", start)
    objects = []
    offset = start
    while offset < end:
        first = data[offset]
        if first in PADDING:
            offset += 1
            continue
        # Most tags and lengths have one byte, which is taken without a call.
        tag, at = first, offset + 1
        if first & LONG_TAG == LONG_TAG:
            tag, at = decode_tag(data, offset, end)
        if at < end and data[at] < MORE:
            length, at = data[at], at + 1
        else:
            length, at = _decode_length(data, at, end)
        stop = at + length
        if stop > end:
            raise RemoteProtocolError(f"the value of {tag:X} is {stop - end} bytes short", end)
        children = _decode(data, at, stop, depth + 1) if first & CONSTRUCTED else ()
        objects.append(Tlv(tag, data[at:stop], offset, children))
        offset = stop
    return tuple(objects)
