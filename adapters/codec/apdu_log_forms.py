"""How other tools write an APDU into their logs: the marks that stand before its bytes.

Known from their logs as published: pcscd --apdu, OpenSC debug, GlobalPlatformPro -d, GPShell.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Layout(StrEnum):
    """Where the bytes stand: behind the mark, or dumped on the lines that follow it."""

    LINE = "line"
    DUMP = "dump"


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands before an APDU, as one would write it and as it is searched.

    The group "hex" is the rest of the line, "count" a number of bytes; of a LINE `beside` more
    bytes (command header or status word) stand besides those counted.
    """

    written: str
    searched: re.Pattern[str]
    beside: int = 0


@dataclass(frozen=True, slots=True)
class Trace:
    """The log of one tool; its lines that have neither mark say nothing about an APDU."""

    name: str
    layout: Layout
    command: Mark
    response: Mark


def _mark(written: str, pattern: str, beside: int = 0) -> Mark:
    # A time, a thread, a logger's name may stand before the mark.
    return Mark(written, re.compile(rf"(?:^|\s){pattern}"), beside)


TRACES = (
    Trace(
        "pcscd",
        Layout.LINE,
        _mark("APDU:", r"APDU:(?P<count>)(?P<hex>.*)"),
        _mark("SW:", r"SW:(?P<count>)(?P<hex>.*)"),
    ),
    Trace(
        "OpenSC",
        Layout.DUMP,
        _mark("Outgoing APDU (n bytes):", r"Outgoing APDU(?: data)? [\[(] *(?P<count>\d+) bytes"),
        _mark("Incoming APDU (n bytes):", r"Incoming APDU(?: data)? [\[(] *(?P<count>\d+) bytes"),
    ),
    Trace(
        "GlobalPlatformPro",
        Layout.LINE,
        _mark("A>>", r"A>>(?:\s+T=\S+)?(?:\s+\(4\+(?P<count>\d+)\))?(?P<hex>.*)", 4),
        _mark("A<<", r"A<<(?:\s+\((?P<count>\d+)\+2\))?(?:\s+\(\d+ms\))?(?P<hex>.*)", 2),
    ),
    # The wrapped command is the one that was sent; the plain one before it only tells the same.
    Trace(
        "GPShell",
        Layout.LINE,
        _mark("Wrapped command -->", r"Wrapped command -->(?P<count>)(?P<hex>.*)"),
        _mark("Response <--", r"Response <--(?P<count>)(?P<hex>.*)"),
    ),
)


def trace_of(texts: Iterable[str]) -> tuple[Trace, ...]:
    """The tool whose mark stands in the first line that has any, alone; () if none has."""
    for text in texts:
        for trace in TRACES:
            if trace.command.searched.search(text) or trace.response.searched.search(text):
                return (trace,)
    return ()
