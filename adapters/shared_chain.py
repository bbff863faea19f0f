"""A chain that several processes extend in turn: each line is durable before the turn ends."""

import fcntl
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from adapters.chain import Head
from adapters.chain_log import ChainLog, recover
from adapters.disk import Folder
from adapters.errors import RecorderFailed

LOCK = "turn.lock"


class SharedChain:
    """The chain in a folder; RecorderFailed where it cannot be written."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        # The log as this process left it, by the sizes of the segments: others may have written.
        self._known: dict[str, ChainLog] = {}
        self._sizes: Mapping[str, int] = {}
        with self._told():
            self._disk = Folder(folder)

    def lines(self) -> tuple[bytes, ...]:
        """All lines, without their newlines."""
        with self._told(), self._turn():
            return recover(self._disk).lines

    def append(self, line: bytes) -> Head:
        """The line is on the disk when this returns; the head after it."""
        with self._told(), self._turn():
            log = self._log()
            head = log.append(line)
            log.sync()
            self._sizes = self._disk.sizes()
            return head

    def _log(self) -> ChainLog:
        if not self._known or self._sizes != self._disk.sizes():
            self._known["log"], _ = ChainLog.go_on(self._disk)
        return self._known["log"]

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OSError as failed:
            self._known.clear()
            why = failed.strerror or str(failed)
            message = f"{self._folder}: the ledger cannot be written: {why} / 台账无法写入"
            raise RecorderFailed(message) from failed

    @contextmanager
    def _turn(self) -> Iterator[None]:
        lock = os.open(self._folder / LOCK, os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)
