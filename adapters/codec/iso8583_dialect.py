"""What makes a dialect of ISO 8583: its fields, and how it writes digits, lengths and bitmaps."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

MAC_64 = 64
MTI_DIGITS = 4


class Attribute(StrEnum):
    """What a field is made of: the standard's letters."""

    N = "n"
    Z = "z"
    AN = "an"
    ANS = "ans"
    B = "b"


class Size(StrEnum):
    """Whether a field has one length, or says its own in two or three digits."""

    FIXED = "fixed"
    LLVAR = "LLVAR"
    LLLVAR = "LLLVAR"


LENGTH_DIGITS: Mapping[Size, int] = MappingProxyType(
    {Size.FIXED: 0, Size.LLVAR: 2, Size.LLLVAR: 3}
)
# What may not stand among digits. In a track any nibble may: packed, the separator is D, and
# enciphered blocks are not decimal (host and kiosk facts, 1.14); as a character it is also =.
FOREIGN: Mapping[Attribute, re.Pattern[str]] = MappingProxyType(
    {Attribute.N: re.compile(r"[^0-9]"), Attribute.Z: re.compile(r"[^0-9A-F=]")}
)
# Chinese is GBK; a byte that is no character there stays itself, as a lone surrogate (PEP 383), so
# that a text cut inside a character can still be read. DE37, 38, 39 and the like are ASCII only.
CHARACTERS: Mapping[Attribute, tuple[str, str]] = MappingProxyType(
    {Attribute.AN: ("ascii", "strict"), Attribute.ANS: ("gbk", "surrogateescape")}
)


@dataclass(frozen=True, slots=True)
class Numerals:
    """How digits are written: `per_byte` of them in a byte, the type and all lengths alike."""

    per_byte: int
    write: Callable[[str], bytes]
    read: Callable[[bytes], str]

    def size(self, digits: int) -> int:
        """How many bytes so many digits take."""
        return -(-digits // self.per_byte)


def _write_packed(digits: str) -> bytes:
    return bytes.fromhex(digits.replace("=", "D"))


def _read_packed(data: bytes) -> str:
    return data.hex().upper()


def _write_characters(digits: str) -> bytes:
    return digits.encode("ascii")


def _read_characters(data: bytes) -> str:
    # Every byte is one character here, so that the place of a wrong one can be told.
    return data.decode("latin-1")


# BCD; three digits of a length take two bytes, and their first nibble is 0 (1.2).
PACKED = Numerals(2, _write_packed, _read_packed)
# One ASCII character for each (2.2).
ASCII = Numerals(1, _write_characters, _read_characters)


@dataclass(frozen=True, slots=True)
class Field:
    """A data element: number, names in both languages, attribute, and length.

    The length counts digits (n, z) or bytes; it is the largest if the size is variable.
    `left_aligned`: an odd number of packed digits in a fixed field is filled up at the end.
    """

    number: int
    name: str
    name_zh: str
    attribute: Attribute
    length: int
    size: Size = Size.FIXED
    left_aligned: bool = False

    @property
    def label(self) -> str:
        """How errors name it."""
        return f"DE{self.number}"

    @property
    def fills_at_end(self) -> bool:
        """Whether an odd number of packed digits is filled up at the end."""
        return self.left_aligned or self.size is not Size.FIXED


@dataclass(frozen=True, slots=True)
class Dialect:
    """The fields that one kind of host speaks, and how; a field that is not here is an error.

    `two_bitmaps_always`: the second bitmap stands even where it announces nothing.
    """

    name: str
    fields: Mapping[int, Field]
    numerals: Numerals = PACKED
    two_bitmaps_always: bool = False

    @property
    def has_second_bitmap(self) -> bool:
        """Whether messages may have 128 fields."""
        return self.two_bitmaps_always or max(self.fields) > MAC_64

    @property
    def mti_size(self) -> int:
        """How many bytes the message type takes."""
        return self.numerals.size(MTI_DIGITS)


def by_number(*fields: Field) -> Mapping[int, Field]:
    """The table of a dialect."""
    return MappingProxyType({each.number: each for each in fields})
