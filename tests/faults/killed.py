"""A campaign in a process of its own that befalls something at a named point.

What was acknowledged is told to a file before the campaign goes on, so that nobody has to believe
the journal about itself.
"""

import json
import multiprocessing
import os
import resource
import signal
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from adapters import shared_chain
from adapters.clock import SystemClock
from adapters.errors import RecorderFailed
from adapters.journal import encode
from adapters.journal_client import Journal
from reports import self_test
from reports.resuming import NothingToResume
from suites.exit_codes import EVIDENCE_CANNOT_BE_WRITTEN
from tests.faults import campaigns

ENDS_WITHIN_S = 120
PRELOADED = "tests.faults.killed"
NOTHING = 2
Deed = Callable[[Journal | None], None]


@dataclass(frozen=True)
class Point:
    """The n-th time that something is written: a record, an entry, or the bundle's file."""

    what: str
    nth: int = 1
    edge: str = "after"


LEFT_OUT = len(campaigns.planned().left_out)
# Between any two steps of a campaign; an attempt has some eighty events.
POINTS: Mapping[str, Point] = {
    "begin, nothing written": Point("campaign", 1, "before"),
    "begin, identity without plan": Point("campaign"),
    "begin, half of the plan": Point("planned"),
    "begin, plan written": Point("left-out", LEFT_OUT),
    "begin, ledger not told": Point("begun", 1, "before"),
    "begun": Point("begun"),
    "first attempt, not opened": Point("open", 1, "before"),
    "first attempt, opened in the journal only": Point("open"),
    "first attempt, opened": Point("attempted"),
    "first attempt, first event": Point("event", 1),
    "first attempt, a command not yet written": Point("event", 12, "before"),
    "first attempt, a command written": Point("event", 12),
    "first attempt, a later event": Point("event", 31),
    "first attempt, not closed": Point("close", 1, "before"),
    "first attempt, closed in the journal only": Point("close"),
    "first attempt, closed": Point("done"),
    "second attempt, opened in the journal only": Point("open", 2),
    "second attempt, an event": Point("event", 60),
    "second attempt, not closed": Point("close", 2, "before"),
    "second attempt, ledger not told": Point("done", 2, "before"),
    "all runs done": Point("done", 2),
    "end, not written": Point("end", 1, "before"),
    "end, ledger not told": Point("ended", 1, "before"),
    "ended": Point("ended"),
    "bundle not written": Point("bundle", 1, "before"),
    "bundle written, ledger not told": Point("bundle"),
    "sealed": Point("sealed"),
}
RESUMING: Mapping[str, Point] = {
    "resumed in the journal only": Point("resume"),
    "resumed": Point("resumed"),
    "resumed, the attempt opened again": Point("open"),
    "resumed, an event": Point("event", 5),
    "resumed, bundle not written": Point("bundle", 1, "before"),
}


def die(_: Journal | None) -> None:
    """As by the out-of-memory killer: no handler, no flush."""
    os.kill(os.getpid(), signal.SIGKILL)


def kill_the_writer(journal: Journal | None) -> None:
    """The process that writes the journal is gone."""
    if journal is not None:
        os.kill(journal.process_id, signal.SIGKILL)


def use_up_all_descriptors(_: Journal | None) -> None:
    """No file can be opened any more."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))


def be_interrupted_for_ever(_: Journal | None) -> None:
    """A signal every two milliseconds: system calls are interrupted all the time."""
    signal.signal(signal.SIGALRM, lambda *_: None)
    signal.setitimer(signal.ITIMER_REAL, 0.002, 0.002)


class Seam:
    """Stands where records, entries and the bundle are written; does a deed at a point."""

    def __init__(self, point: Point, deed: Deed, told: Path) -> None:
        self._point = point
        self._deed = deed
        self._told = told.open("ab", buffering=0)
        self._seen: Counter[str] = Counter()
        self._journal: Journal | None = None

    def install(self) -> None:
        append, add, write = Journal.append, shared_chain.Turns.append, self_test.write_whole

        def journalled(journal: Journal, record: Mapping[str, Any]) -> bytes:
            self._journal = journal
            line = encode(record)
            return self._around(str(record["record"]), line, lambda: append(journal, record))

        def told(turns: shared_chain.Turns, line: bytes) -> object:
            kind = str(json.loads(line)["entry"])
            return self._around(kind, b"", lambda: add(turns, line))

        def written(path: Path, data: bytes) -> object:
            return self._around("bundle", b"", lambda: write(path, data))

        Journal.append = journalled  # type: ignore[method-assign]  # the seam
        shared_chain.Turns.append = told  # type: ignore[method-assign, assignment]  # the seam
        self_test.write_whole = written  # type: ignore[assignment]  # the seam

    def _around(self, what: str, line: bytes, write: Callable[[], Any]) -> Any:
        self._seen[what] += 1
        here = (what, self._seen[what]) == (self._point.what, self._point.nth)
        if here and self._point.edge == "before":
            self._deed(self._journal)
        result = write()
        # A write(2) of its own: it stays when this process is killed.
        self._told.write(line)
        if here and self._point.edge == "after":
            self._deed(self._journal)
        return result


def _walk(place: Path, point: Point, deed: Deed, *, resumed: bool) -> None:
    asked = campaigns.request(place)
    Seam(point, deed, place / "told").install()
    try:
        if resumed:
            campaigns.resume(asked)
        else:
            self_test.begin(asked, SystemClock())
            campaigns.walk(asked)
            self_test.finish(asked, SystemClock())
    except RecorderFailed:
        # Nothing more is done, not even tidying up: this is what certify leaves, too.
        os._exit(EVIDENCE_CANNOT_BE_WRITTEN)
    except NothingToResume:
        sys.exit(NOTHING)


def befallen(place: Path, point: Point, deed: Deed = die, *, resumed: bool = False) -> int:
    """Run a campaign, or resume one, that this befalls; the exit code of its process."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([PRELOADED])
    process = context.Process(
        target=_walk, args=(place, point, deed), kwargs={"resumed": resumed}
    )
    process.start()
    process.join(ENDS_WITHIN_S)
    assert process.exitcode is not None, "the campaign did not end"
    return process.exitcode


def acknowledged(place: Path) -> bytes:
    """All lines of the journal that were acknowledged to a campaign in this place."""
    return (place / "told").read_bytes()
