"""A record of evidence as a line: canonical JSON, sorted keys, integers only, no duplicates.

The journal and the bundle hold these bytes.
"""

import json
from collections.abc import Mapping, Sequence
from typing import NoReturn, TypeAlias

Json: TypeAlias = "str | int | bool | Sequence[Json] | Mapping[str, Json] | None"

# An end for a stranger's file; our own longest line is the campaign's.
MAX_LINE = 1 << 16
MAX_DEPTH = 8
# Integers beyond this are read differently by different JSON readers (RFC 8785, 3.2.2.3).
MAX_INTEGER = 2**53 - 1


class BadRecord(Exception):
    """A line that is not a canonical record."""


def encode(record: Mapping[str, Json]) -> bytes:
    """The line of a record, with its newline."""
    text = json.dumps(record, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode() + b"\n"


def decode(line: bytes) -> dict[str, Json]:
    """The record of a line without its newline; BadRecord for what `encode` would not write."""
    if len(line) > MAX_LINE:
        message = f"the line is {len(line)} bytes long, {MAX_LINE} are allowed"
        raise BadRecord(message)
    try:
        record = json.loads(
            line.decode(),
            object_pairs_hook=_unique,
            parse_float=_no_float,
            parse_constant=_no_float,
        )
        # What can be read but not written, as half a surrogate pair, is no record either.
        canonical = encode(record) == line + b"\n"
    except (ValueError, TypeError, RecursionError) as refused:
        message = f"the line is no record: {refused}"
        raise BadRecord(message) from refused
    if not isinstance(record, dict) or not _allowed(record, 1):
        message = "the line is no record: an object of strings, lists and whole numbers is expected"
        raise BadRecord(message)
    if not canonical:
        message = "the line is not written in the canonical form"
        raise BadRecord(message)
    return record


def _unique(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    record = dict(pairs)
    if len(record) != len(pairs):
        message = "a key stands twice"
        raise ValueError(message)
    return record


def _no_float(text: str) -> NoReturn:
    message = f"{text} is not a whole number"
    raise ValueError(message)


def _allowed(value: Json, depth: int) -> bool:
    if depth > MAX_DEPTH:
        return False
    if isinstance(value, Mapping):
        return all(_allowed(each, depth + 1) for each in value.values())
    if isinstance(value, list):
        return all(_allowed(each, depth + 1) for each in value)
    if isinstance(value, int):
        return abs(value) <= MAX_INTEGER
    return value is None or isinstance(value, str)
