"""What is left of an event once its parser has explained it, and how each part is looked at."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from adapters.privacy.numbers import PAN_DIGITS, ListedNumbers
from adapters.privacy.search import unlisted_in_bytes, unlisted_in_text

LEADING_DIGITS = re.compile(r"[0-9]*")
# ISO 4909: track 3 starts with a format code of two digits, and the number follows.
FORMAT_CODE = 2


class Sort(Enum):
    """How a part is looked at."""

    # It is a card number, or begins with one: it must be listed, right check digit or not.
    NUMBER = auto()
    # As NUMBER, but its end is enciphered and may continue the digits.
    ENCIPHERED = auto()
    # A track 3: the number follows the format code.
    TRACK_3 = auto()
    # Characters, or bytes of no known meaning: searched.
    TEXT = auto()
    BYTES = auto()


@dataclass(frozen=True, slots=True)
class Part:
    """A piece that may hold a card number: the field it stands in, and its value."""

    field: str
    sort: Sort
    value: str | bytes


Parts = Iterator[Part]


def leading_digits(value: bytes) -> int:
    """How many packed decimal digits a value begins with."""
    found = LEADING_DIGITS.match(value.hex().upper())
    return found.end() if found else 0


def unlisted(part: Part, listed: ListedNumbers) -> str:
    """The number in a part that is not listed; "" if there is none."""
    if part.sort in (Sort.NUMBER, Sort.ENCIPHERED, Sort.TRACK_3):
        return _leading(part, listed)
    return _searched(part.value, listed)


def _searched(value: str | bytes, listed: ListedNumbers) -> str:
    if isinstance(value, str):
        return unlisted_in_text(value, listed)
    return unlisted_in_bytes(value, listed)


def _leading(part: Part, listed: ListedNumbers) -> str:
    value = part.value
    digits = value if isinstance(value, str) else value.hex().upper()
    leading = LEADING_DIGITS.match(digits)
    number = leading[0] if leading else ""
    if part.sort is Sort.TRACK_3 and number[FORMAT_CODE:] in listed:
        return ""
    if part.sort is Sort.ENCIPHERED and any(number[:length] in listed for length in PAN_DIGITS):
        return ""
    if len(number) not in PAN_DIGITS:
        return _searched(value, listed)
    return "" if number in listed else number
