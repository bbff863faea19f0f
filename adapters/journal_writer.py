"""The one process that writes a journal: asked on its input, answering on its output.

    request   OP(1) LENGTH(4) CONTENT       A: append a line, S: sync, C: sync and end
    answer    OK(1) LENGTH(4) CONTENT       +: done, -: failed, and the content says why

An append is answered when the line is with the operating system, so it survives the death of
whoever asked. Syncs are made by a thread of their own, off the timed path, and whenever asked for.
"""

import errno
import fcntl
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import IO, NamedTuple

from adapters.chain_log import ChainLog, Recovered
from adapters.disk import Disk, Folder
from adapters.journal import encode

APPEND, SYNC, CLOSE = b"A", b"S", b"C"
DONE, FAILED = b"+", b"-"
LENGTH_SIZE = 4
SYNC_EVERY_S = 0.05
LOCK = "writer.lock"
# Given back when the disk is full, so that the last words still fit.
RESERVE = "reserve"
RESERVE_SIZE = 1 << 18
# Of zeros some file systems keep no room for.
FILL = b"\xff"
REFUSED = 1


class Message(NamedTuple):
    """A request or an answer: one letter and its content."""

    letter: bytes
    content: bytes


def send(stream: IO[bytes], message: Message) -> None:
    """Write one message, at once."""
    stream.write(message.letter + len(message.content).to_bytes(LENGTH_SIZE, "big"))
    stream.write(message.content)
    stream.flush()


def receive(stream: IO[bytes]) -> Message:
    """The next message; EOFError where the other side has gone."""
    letter = _exactly(stream, 1)
    size = int.from_bytes(_exactly(stream, LENGTH_SIZE), "big")
    return Message(letter, _exactly(stream, size))


def _exactly(stream: IO[bytes], size: int) -> bytes:
    data = stream.read(size)
    if len(data) < size:
        raise EOFError
    return data


class Writer:
    """Serves one journal on a disk; `last_words` is the line for a disk that is full."""

    def __init__(self, disk: Disk, last_words: bytes) -> None:
        self._disk = disk
        self._last_words = last_words
        self._log, self.found = ChainLog.begin(disk)
        self._turn = threading.Lock()
        self._dirty = threading.Event()
        self._set_aside()
        threading.Thread(target=self._sync_for_ever, daemon=True).start()

    def _set_aside(self) -> None:
        if RESERVE in self._disk.names():
            if len(self._disk.read(RESERVE)) == RESERVE_SIZE:
                return
            # A writer died while it made it.
            self._disk.remove(RESERVE)
        self._disk.create(RESERVE)
        self._disk.append(RESERVE, FILL * RESERVE_SIZE)

    def append(self, line: bytes) -> bytes:
        """The link after this line."""
        link = self._log.append(line).link
        self._dirty.set()
        return link

    def sync(self, _: bytes = b"") -> bytes:
        """The link up to which all is on the disk."""
        with self._turn:
            link = self._log.head.link
            self._log.sync()
            return link

    def answer(self, request: Message) -> Message:
        """Do what is asked; what fails once fails for ever."""
        try:
            return Message(DONE, OPERATIONS[request.letter](self, request.content))
        except OSError as failed:
            if failed.errno == errno.ENOSPC:
                self._say_last_words()
            return Message(FAILED, (failed.strerror or str(failed)).encode())

    def _say_last_words(self) -> None:
        """Where the disk is full, say so in a segment of its own; if even that fails, silence."""
        if not self._last_words:
            return
        words, self._last_words = self._last_words, b""
        try:
            self._disk.remove(RESERVE)
            log, _ = ChainLog.begin(self._disk)
            log.append(words)
            log.sync()
        except OSError:
            # Recovery will find a journal that just ends, which says as much.
            return

    def _sync_for_ever(self) -> None:
        pause = threading.Event()
        while self._dirty.wait():
            self._dirty.clear()
            pause.wait(SYNC_EVERY_S)
            try:
                self.sync()
            except OSError:
                # The log remembers: the next request is told.
                return


OPERATIONS: dict[bytes, Callable[[Writer, bytes], bytes]] = {
    APPEND: Writer.append,
    SYNC: Writer.sync,
    CLOSE: Writer.sync,
}


def hello(found: Recovered) -> bytes:
    """What a writer found when it began, as JSON."""
    return encode(
        {
            "count": found.head.count,
            "link": found.head.link.hex(),
            "lost": found.lost,
            "segments": len(found.segments),
        }
    )


def serve(folder: Path, last_words: bytes, asked: IO[bytes], answers: IO[bytes]) -> int:
    """Write the journal of a folder until the other side has gone or asks to end."""
    try:
        disk = Folder(folder)
        # Held until this process ends: a journal has one writer.
        lock = os.open(folder / LOCK, os.O_WRONLY | os.O_CREAT, 0o600)
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        writer = Writer(disk, last_words)
    except BlockingIOError:
        send(answers, Message(FAILED, b"another process is writing it"))
        return REFUSED
    except OSError as failed:
        send(answers, Message(FAILED, (failed.strerror or str(failed)).encode()))
        return REFUSED
    send(answers, Message(DONE, hello(writer.found)))
    try:
        while (request := receive(asked)).letter != CLOSE:
            send(answers, writer.answer(request))
        send(answers, writer.answer(request))
    except (EOFError, BrokenPipeError):
        # Whoever asked has died: what was acknowledged stays.
        writer.answer(Message(SYNC, b""))
    return 0


if __name__ == "__main__":
    sys.exit(
        serve(Path(sys.argv[1]), sys.argv[2].encode(), sys.stdin.buffer, sys.stdout.buffer)
    )
