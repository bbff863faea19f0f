"""The append-only file of a campaign: one record a line, on disk before anybody uses it.

A line is canonical JSON: sorted keys, integers only, no duplicates. The bundle holds these bytes.
"""

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import NoReturn, Self, TypeAlias

from adapters.errors import RecorderFailed

Json: TypeAlias = "str | int | bool | Sequence[Json] | Mapping[str, Json] | None"

# The plan is one line: room for some thousand runs, and still an end for a stranger's file.
MAX_LINE = 1 << 20
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


class Journal:
    """The one writer of a campaign's file; RecorderFailed as soon as a write or a sync fails."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        except OSError as failed:
            raise self._failed(failed) from failed

    def append(self, record: Mapping[str, Json]) -> None:
        """The line is with the operating system when this returns."""
        line = encode(record)
        if len(line) > MAX_LINE:
            message = f"{self._path}: a record of {len(line)} bytes could not be read again"
            raise RecorderFailed(message)
        try:
            written = os.write(self._file, line)
        except OSError as failed:
            raise self._failed(failed) from failed
        if written != len(line):
            fitted = f"only {written} of {len(line)} bytes fitted"
            message = f"{self._path}: the evidence cannot be written: {fitted}"
            raise RecorderFailed(message)

    def sync(self) -> None:
        """All lines are on the disk when this returns."""
        try:
            os.fdatasync(self._file)
        except OSError as failed:
            raise self._failed(failed) from failed

    def close(self) -> None:
        self.sync()
        os.close(self._file)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _failed(self, failed: OSError) -> RecorderFailed:
        return RecorderFailed(f"{self._path}: the evidence cannot be written: {failed.strerror}")
