"""How much work a parser does, counted and not timed: the same on every machine, busy or not."""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any, SupportsIndex

from adapters.codec.apdu_log import LogRefused
from adapters.codec.errors import ProtocolError
from adapters.errors import InputRefused
from adapters.journal import BadRecord

REFUSALS = (ProtocolError, LogRefused, BadRecord, InputRefused)


class Weighed(bytes):
    """Bytes that count what is copied out of them and searched in them."""

    copied = 0

    def __getitem__(self, key: Any) -> Any:
        found = super().__getitem__(key)
        if isinstance(key, slice):
            Weighed.copied += len(found)
            # What is cut out is searched and cut again: it is weighed as well.
            return Weighed(found)
        return found


class WeighedBuffer(bytearray):
    """The buffer of a stream decoder, which counts what is copied and searched."""

    copied = 0

    def __getitem__(self, key: Any) -> Any:
        found = super().__getitem__(key)
        if isinstance(key, slice):
            WeighedBuffer.copied += len(found)
        return found

    def find(
        self,
        sub: Any,
        start: SupportsIndex | None = 0,
        end: SupportsIndex | None = None,
        /,
    ) -> int:
        first = int(start or 0)
        last = len(self) if end is None else min(int(end), len(self))
        found = super().find(sub, first, last)
        WeighedBuffer.copied += max((last if found < 0 else found) - first, 0)
        return found


def steps(work: Callable[[], object]) -> int:
    """Lines of our code that run and bytes that they copy or search; a refusal is an end as well.

    A trace function counts lines of Python; loops within C show in what they copy, which the
    weighed bytes count. A hundred bytes weigh as much as one line.
    """
    lines = 0

    def trace(_: FrameType, event: str, __: Any) -> Any:
        nonlocal lines
        lines += event == "line"
        return trace

    Weighed.copied = WeighedBuffer.copied = 0
    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    except REFUSALS:
        pass
    finally:
        sys.settrace(before)
    return lines + (Weighed.copied + WeighedBuffer.copied) // 100
