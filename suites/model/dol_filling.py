"""What a terminal must send for each entry of a Data Object List (EMV 4.1 Book 3, 5.4)."""

from collections.abc import Mapping
from enum import StrEnum

from adapters.codec.ber_tlv import CONSTRUCTED, tag_bytes
from adapters.codec.dol import Entry


class Format(StrEnum):
    """How a value is fitted to the length asked for."""

    N = "n"  # leading zeros; cut on the left
    CN = "cn"  # trailing F; cut on the right
    OTHER = "other"  # trailing zeros; cut on the right


# contact facts, 2.13; every tag that is not here is b, an or ans.
NUMERIC = frozenset(
    (
        0x42, 0x5F24, 0x5F25, 0x5F28, 0x5F2A, 0x5F30, 0x5F34, 0x5F36, 0x5F57, 0x9A, 0x9C, 0x9F01,
        0x9F02, 0x9F03, 0x9F11, 0x9F15, 0x9F1A, 0x9F21, 0x9F35, 0x9F39, 0x9F3B, 0x9F3C, 0x9F3D,
        0x9F41, 0x9F42, 0x9F43, 0x9F44, 0x9F51, 0x9F54, 0x9F57, 0x9F5C, 0x9F5D, 0x9F6B, 0x9F6D,
        0x9F73, 0x9F75, 0x9F76, 0x9F77, 0x9F78, 0x9F79, 0x9F7B,
    )
)  # fmt: skip
COMPRESSED = frozenset((0x5A, 0x9F20))
# The terminal's to know. Where no source tells the value it is not predicted: what it rolls,
# counts, measures or concludes, what comes from the host, and what no setting says.
NOT_PREDICTED = frozenset(
    (
        0x9A, 0x9C, 0x9F02, 0x9F03, 0x9F06, 0x9F09, 0x9F15, 0x9F16, 0x9F1A, 0x9F1B, 0x9F1C, 0x9F1E,
        0x9F33, 0x9F35, 0x9F40, 0x9F4E, 0x5F2A, 0x5F36,
        0x71, 0x72, 0x81, 0x89, 0x8A, 0x91, 0x95, 0x97, 0x98, 0x99, 0x9B, 0x9F01, 0x9F04, 0x9F10,
        0x9F13, 0x9F17, 0x9F1D, 0x9F21, 0x9F22, 0x9F26, 0x9F27, 0x9F34, 0x9F36, 0x9F37, 0x9F39,
        0x9F3A, 0x9F3C, 0x9F3D, 0x9F41, 0x9F45, 0x9F4B, 0x9F4C, 0x9F5B, 0x5F57, 0x9F66, 0x9F79,
        0x9F7A, 0x9F7B, 0xDF31,
    )
)  # fmt: skip


def format_of(tag: int) -> Format:
    if tag in COMPRESSED:
        return Format.CN
    return Format.N if tag in NUMERIC else Format.OTHER


def fitted(value: bytes, form: Format, length: int) -> bytes:
    """A value as long as the list asks for."""
    match form:
        case Format.N:
            return value[max(0, len(value) - length) :].rjust(length, b"\x00")
        case Format.CN:
            return value[:length].ljust(length, b"\xff")
        case Format.OTHER:
            return value[:length].ljust(length, b"\x00")


def predicted(entry: Entry, known: Mapping[int, bytes]) -> tuple[bytes, ...]:
    """What must be sent for an entry, by what terminal and card hold; nothing where it is open."""
    if tag_bytes(entry.tag)[0] & CONSTRUCTED:
        # A constructed object in a list is filled with zeros.
        return (bytes(entry.length),)
    if entry.tag in known:
        return (fitted(known[entry.tag], format_of(entry.tag), entry.length),)
    if entry.tag in NOT_PREDICTED:
        return ()
    return (bytes(entry.length),)
