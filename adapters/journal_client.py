"""The journal as a campaign sees it: a line is written before anybody uses what it says."""

import json
import os
import select
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from adapters.chain_log import recover
from adapters.disk import Folder
from adapters.errors import RecorderFailed
from adapters.journal import MAX_LINE, Json, encode
from adapters.journal_writer import APPEND, CLOSE, DONE, SYNC, Message, receive, send

ROOT = Path(__file__).parent.parent
NO_LAST_WORDS: Mapping[str, Json] = {}
# A disk that does not come back within this time is taken for broken.
WAIT_S = 30


@dataclass(frozen=True, slots=True)
class Begun:
    """What was there when writing began: records, the last link (hex), bytes lost, segments."""

    count: int
    link: str
    lost: int
    segments: int


def lines_in(folder: Path) -> bytes:
    """The lines of a journal, each with its newline: what a bundle holds. Nothing is changed."""
    disk = Folder(folder)
    return b"".join(line + b"\n" for line in recover(disk).lines)


class Journal:
    """One journal and the process that writes it; RecorderFailed once it cannot, and ever after.

    `last_words` is the record that the writer leaves where the disk is full; a writer that does
    not answer within `wait_s` is given up.
    """

    def __init__(
        self,
        folder: Path,
        last_words: Mapping[str, Json] = NO_LAST_WORDS,
        wait_s: float = WAIT_S,
    ) -> None:
        self._folder = folder
        self._wait_s = wait_s
        words = encode(last_words).rstrip(b"\n").decode() if last_words else ""
        # A journal outlives a keyboard interrupt of the campaign: the writer has its own session.
        self._writer = subprocess.Popen(
            (sys.executable, "-m", "adapters.journal_writer", str(folder), words),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            start_new_session=True,
        )
        self._failed: list[RecorderFailed] = []
        try:
            self.begun = Begun(**json.loads(self._answer()))
        except RecorderFailed:
            self._end()
            raise

    @property
    def process_id(self) -> int:
        """Of the writer."""
        return self._writer.pid

    def append(self, record: Mapping[str, Json]) -> bytes:
        """The line is with the operating system when this returns; the link after it."""
        line = encode(record)[:-1]
        if len(line) > MAX_LINE:
            raise self._fail(f"a record of {len(line)} bytes could not be read again")
        return self._ask(Message(APPEND, line))

    def sync(self) -> bytes:
        """All lines are on the disk when this returns; the link of the last one."""
        return self._ask(Message(SYNC, b""))

    def close(self) -> None:
        """Sync and let the writer end; says once more what failed, if anything did."""
        if self._writer.poll() is None and not self._failed:
            self._ask(Message(CLOSE, b""))
        self._end()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _ask(self, request: Message) -> bytes:
        for failed in self._failed:
            raise failed
        assert self._writer.stdin is not None  # noqa: S101 - opened as a pipe above
        try:
            send(self._writer.stdin, request)
        except OSError as gone:
            raise self._fail("its writer has ended") from gone
        return self._answer()

    def _answer(self) -> bytes:
        assert self._writer.stdout is not None  # noqa: S101 - opened as a pipe above
        ready, _, _ = select.select((self._writer.stdout,), (), (), self._wait_s)
        if not ready:
            raise self._fail(f"its writer did not answer within {self._wait_s} s")
        try:
            answer = receive(self._writer.stdout)
        except EOFError as gone:
            raise self._fail("its writer has ended") from gone
        if answer.letter != DONE:
            raise self._fail(answer.content.decode(errors="replace"))
        return answer.content

    def _fail(self, why: str) -> RecorderFailed:
        message = f"{self._folder}: the evidence cannot be written: {why} / 证据无法写入"
        self._failed.append(RecorderFailed(message))
        return self._failed[-1]

    def _end(self) -> None:
        for stream in (self._writer.stdin, self._writer.stdout):
            if stream is not None:
                try:
                    stream.close()
                except BrokenPipeError:
                    continue
        try:
            self._writer.wait(self._wait_s)
        except subprocess.TimeoutExpired:
            self._writer.kill()
            self._writer.wait(self._wait_s)
