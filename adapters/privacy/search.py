"""The pattern: card numbers in what no parser explained, in every form they are written in.

ASCII, full-width and UTF-16 characters, groups with blanks or dashes, packed digits at either
nibble, and hex text. Digits that belong to a listed number are passed by.
"""

import re
import unicodedata
from collections.abc import Container, Iterator
from datetime import datetime

from adapters.privacy.numbers import PAN_DIGITS, luhn, luhn_spans

RUN = re.compile(r"[0-9]{13,}")
# 4-4-4-4-3 and the like: one or two blanks or dashes between groups of digits.
GROUPED = re.compile(r"[0-9]+(?:[ -]{1,2}[0-9]+)+")
GROUP = re.compile(r"[0-9]+")
HEX_TEXT = re.compile(r"(?:[0-9A-Fa-f] ?){26,}")
DASHES = dict.fromkeys((*range(0x2010, 0x2016), 0x2212), "-")
# Text, and no packed digits: these would have a 3 at every second place, or be twice as many as a
# number has and not one byte of them out of the printable range.
CHARACTERS = re.compile(
    rb"[0-9]{6,}|(?:[0-9]\x00){6,}|(?:\x00[0-9]){6,}|[\x20-\x7E\r\n\t]{20,}"
)
# Digits spelled in hex are looked at as what they spell.
SPELLED_DIGITS = re.compile(r"(?:3[0-9] ?){6,}")
WIDE = (
    (re.compile(rb"(?:[\x20-\x7E]\x00){13,}"), "utf-16-le"),
    (re.compile(rb"(?:\x00[\x20-\x7E]){13,}"), "utf-16-be"),
)
TRACK_SEPARATORS = ("D", "=")
DECIMAL = "0123456789"
CENTURIES = ("19", "20")
# Year to second, or to millisecond.
MOMENT_DIGITS = (14, 17)

Span = tuple[int, int]


def unlisted_in_bytes(data: bytes, listed: Container[str]) -> str:
    """The first number in these bytes that is not listed; "" if there is none."""
    for text in _characters(data):
        if found := unlisted_in_text(text, listed):
            return found
    return next(unlisted_digits(_packed(data), listed), "")


def unlisted_in_text(text: str, listed: Container[str]) -> str:
    """The first number in this text that is not listed; "" if there is none."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).translate(DASHES)
    if sum(map(text.count, DECIMAL)) < PAN_DIGITS[0]:
        return ""
    plain = SPELLED_DIGITS.sub("x", text)
    for found in (unlisted_digits(plain, listed), _unlisted_groups(plain, listed)):
        for number in found:
            return number
    return _in_hex_text(text, listed)


def unlisted_digits(text: str, listed: Container[str]) -> Iterator[str]:
    """Numbers within runs of digits that neither are listed nor share a digit with one that is."""
    behind_listed = -1
    for found in RUN.finditer(text):
        run = found[0]
        # Expiry, service code and the rest of a test card's track.
        if is_moment(run) or found.start() == behind_listed:
            continue
        spans = list(luhn_spans(run))
        yield from _remaining(run, spans, listed)
        if any(end == len(run) and run[start:end] in listed for start, end in spans):
            separated = text[found.end() : found.end() + 1] in TRACK_SEPARATORS
            behind_listed = found.end() + separated


def number_spans(text: str) -> Iterator[Span]:
    """Where numbers stand in runs of digits and in groups of them, listed or not."""
    for found in RUN.finditer(text):
        if not is_moment(found[0]):
            for start, end in luhn_spans(found[0]):
                yield found.start() + start, found.start() + end
    for found in GROUPED.finditer(text):
        groups = list(GROUP.finditer(found[0]))
        for first, last in _group_spans([each[0] for each in groups]):
            yield found.start() + groups[first].start(), found.start() + groups[last].end()


def hex_spans(text: str) -> Iterator[Span]:
    """Where characters are spelled in hex that hold a number, listed or not."""
    for found in HEX_TEXT.finditer(text):
        if any(list(number_spans(each)) for each in _spelled(found[0])):
            yield found.span()


def is_moment(run: str) -> bool:
    """Whether a whole run of digits is a date with its time, as 20110315093015."""
    if len(run) not in MOMENT_DIGITS or not run.startswith(CENTURIES):
        return False
    try:
        datetime.fromisoformat(f"{run[:8]}T{run[8:14]}")
    except ValueError:
        return False
    return True


def _remaining(run: str, spans: list[Span], listed: Container[str]) -> Iterator[str]:
    known = [span for span in spans if run[slice(*span)] in listed]
    for start, end in spans:
        if not any(start < until and since < end for since, until in known):
            yield run[start:end]


def _unlisted_groups(text: str, listed: Container[str]) -> Iterator[str]:
    for found in GROUPED.finditer(text):
        groups = GROUP.findall(found[0])
        spans = list(_group_spans(groups))
        known = [span for span in spans if _joined(groups, span) in listed]
        for first, last in spans:
            if not any(first <= until and since <= last for since, until in known):
                yield _joined(groups, (first, last))


def _group_spans(groups: list[str]) -> Iterator[Span]:
    """First and last of the neighbours that are a number together."""
    for first in range(len(groups)):
        digits = groups[first]
        for last in range(first + 1, len(groups)):
            digits += groups[last]
            if len(digits) > PAN_DIGITS[-1]:
                break
            whole = len(digits) in PAN_DIGITS and digits[0] != "0" and luhn(digits)
            if whole and not is_moment(digits):
                yield first, last


def _joined(groups: list[str], span: Span) -> str:
    return "".join(groups[span[0] : span[1] + 1])


def _in_hex_text(text: str, listed: Container[str]) -> str:
    """Characters that were spelled in hex; digits packed in hex text are digits already."""
    for found in HEX_TEXT.finditer(text):
        for spelled in _spelled(found[0]):
            if number := next(unlisted_digits(spelled, listed), ""):
                return number
    return ""


def _spelled(text: str) -> Iterator[str]:
    """What hex digits spell as characters, begun at the first digit and at the second."""
    digits = text.replace(" ", "")
    for start in (0, 1):
        whole = start + (len(digits) - start) // 2 * 2
        yield from _characters(bytes.fromhex(digits[start:whole]))


def _characters(data: bytes) -> Iterator[str]:
    """What the bytes may be as text."""
    yield data.decode("ascii", "replace")
    if not data.isascii():
        yield data.decode("gb18030", "replace")
        yield data.decode("utf-8", "replace")
    for pattern, encoding in WIDE:
        for found in pattern.finditer(data):
            yield found[0].decode(encoding)


def _packed(data: bytes) -> str:
    """Nibbles as digits; a text in between ends a run."""
    digits = data.hex().upper()
    for found in CHARACTERS.finditer(data):
        start, end = 2 * found.start(), 2 * found.end()
        digits = digits[:start] + "X" * (end - start) + digits[end:]
    return digits
