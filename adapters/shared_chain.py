"""A chain that several processes extend in turn: each line is durable before the turn ends."""

import fcntl
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from adapters.chain import Head
from adapters.chain_log import ChainLog, recover
from adapters.disk import Disk, Folder
from adapters.errors import RecorderFailed

LOCK = "turn.lock"


class Turns:
    """One of several processes that extend the chain on a disk; OSError where it cannot."""

    def __init__(self, disk: Disk) -> None:
        self._disk = disk
        # The log as this process left it, by the sizes of the segments: others may have written.
        self._known: dict[str, ChainLog] = {}
        self._sizes: Mapping[str, int] = {}

    def append(self, line: bytes) -> Head:
        """One turn: the line is durable when this returns; the head after it."""
        if not self._known or self._sizes != self._disk.sizes():
            self._known["log"], _ = ChainLog.go_on(self._disk)
        # Known again only if the turn ends well.
        log = self._known.pop("log")
        head = log.append(line)
        log.sync()
        self._known["log"], self._sizes = log, self._disk.sizes()
        return head


class SharedChain:
    """The chain in a folder; RecorderFailed where it cannot be written."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with self._told():
            self._disk = Folder(folder)
        self._turns = Turns(self._disk)

    def lines(self) -> tuple[bytes, ...]:
        """All lines, without their newlines."""
        with self._told(), self._turn():
            return recover(self._disk).lines

    def append(self, line: bytes) -> Head:
        """The line is on the disk when this returns; the head after it."""
        with self._told(), self._turn():
            return self._turns.append(line)

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OSError as failed:
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
