"""Historical bytes of an ATR or ATS (ISO/IEC 7816-4): category, compact TLV objects, status.

    80 objects | 00 objects LCS SW1 SW2 | 10 DIR reference | anything else is its issuer's own

Sans-IO. Offsets count from the category.
"""

from dataclasses import dataclass

from adapters.codec.errors import RemoteProtocolError

STATUS_BEHIND, REFERENCE, OBJECTS = 0x00, 0x10, 0x80
STATUS_SIZE = 3
NIBBLE = 0x0F


@dataclass(frozen=True, slots=True)
class CompactTlv:
    """An object whose tag and length share a byte: tag 1 to 15, at most 15 bytes."""

    tag: int
    value: bytes
    offset: int


@dataclass(frozen=True, slots=True)
class HistoricalBytes:
    """What interindustry historical bytes say; `status` is life cycle state and status word."""

    category: int
    objects: tuple[CompactTlv, ...]
    status: bytes


def interindustry(data: bytes) -> bool:
    """Whether the category is one whose content the standard defines."""
    return data[:1] in (bytes((STATUS_BEHIND,)), bytes((OBJECTS,)))


def decode(data: bytes) -> HistoricalBytes:
    """Historical bytes of category 00 or 80; RemoteProtocolError where they are of no such form."""
    if not interindustry(data):
        raise RemoteProtocolError("category: neither 00 nor 80", 0)
    end = len(data) - (STATUS_SIZE if data[0] == STATUS_BEHIND else 0)
    if end < 1:
        raise RemoteProtocolError(f"status: {len(data) - 1} bytes instead of 3", len(data))
    objects = []
    at = 1
    while at < end:
        tag, size = data[at] >> 4, data[at] & NIBBLE
        if not tag:
            raise RemoteProtocolError("object 0: no such tag", at)
        if at + 1 + size > end:
            missing = at + 1 + size - end
            raise RemoteProtocolError(f"object {tag:X}: {missing} bytes short", end)
        objects.append(CompactTlv(tag, data[at + 1 : at + 1 + size], at))
        at += 1 + size
    return HistoricalBytes(data[0], tuple(objects), data[end:])
