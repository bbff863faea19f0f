"""The other end of the bench's wires: what an emulated device holds in its hand.

A card slot, a line to a host. The drivers of the bench stand at the near end; a device never knows
whether it is joined in memory or by a real wire.
"""

import os
import select
import socket
import tty
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Protocol

from adapters.codec import vpcd
from adapters.codec.errors import ProtocolError
from adapters.codec.vpcd import LARGEST_COMMAND, LARGEST_RESPONSE, Control
from adapters.events import Port
from adapters.framing import FRAMING, Decoder

RECEIVED = 4096
MILLISECONDS = 1000
Address = tuple[str, int]


class CardMute(Exception):
    """The card did not answer a command, or is not there any more."""


class NoAnswer(Exception):
    """The host did not answer within the time the terminal waits."""


class LineLost(Exception):
    """The line to the host could not be opened, or was closed."""


class NobodyThere(LineLost):
    """Nobody listens where the line leads."""


class CardSlot(Protocol):
    """A contact card slot as a terminal sees it."""

    def reset(self) -> bytes:
        """Power the card on; its ATR. CardMute if there is none."""
        ...

    def transmit(self, command: bytes) -> bytes:
        """Send a C-APDU, get the R-APDU; CardMute if none comes."""
        ...

    def release(self) -> None:
        """Power the card off and give it back."""
        ...


class HostLine(Protocol):
    """A line to the host as a terminal sees it: one frame out, one frame in, each with its LEN."""

    def exchange(self, frame: bytes) -> bytes:
        """Send a frame, get the answer; NoAnswer in the time allowed, LineLost if it breaks."""
        ...


class TcpLine:
    """A host line over TCP: a connection for each exchange, as short-connection terminals do."""

    def __init__(
        self,
        address: Address,
        wait_ms: int,
        framing: Callable[[], Decoder] = FRAMING[Port.HOST_T],
    ) -> None:
        self._address = address
        self._wait_ms = wait_ms
        self._framing = framing

    def exchange(self, frame: bytes) -> bytes:
        try:
            line = socket.create_connection(self._address, self._wait_ms / MILLISECONDS)
        except OSError as failed:
            message = f"no line to the host: {failed}"
            raise NobodyThere(message) from failed
        with line:
            return _answer(line, frame, self._framing())


def _answer(line: socket.socket, frame: bytes, decoder: Decoder) -> bytes:
    try:
        line.sendall(frame)
        while chunk := line.recv(RECEIVED):
            for answer in decoder.feed(chunk):
                return answer
    except TimeoutError as silent:
        message = "the host did not answer in time"
        raise NoAnswer(message) from silent
    except (OSError, ProtocolError) as failed:
        message = f"the line to the host broke: {failed}"
        raise LineLost(message) from failed
    message = "the host hung up without an answer"
    raise NoAnswer(message)


class VpcdSlot:
    """A card slot over TCP, the reader's end of the vpcd protocol: one connection for each card."""

    def __init__(self, address: Address, wait_ms: int) -> None:
        self._address = address
        self._wait_ms = wait_ms
        self._lines: deque[socket.socket] = deque()

    def reset(self) -> bytes:
        with _card_fails():
            if not self._lines:
                line = socket.create_connection(self._address, self._wait_ms / MILLISECONDS)
                line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self._lines.append(line)
                self._send(vpcd.encode_control(Control.POWER_ON))
            else:
                self._send(vpcd.encode_control(Control.RESET))
            self._send(vpcd.encode_control(Control.GET_ATR))
            return self._receive()

    def transmit(self, command: bytes) -> bytes:
        with _card_fails():
            self._send(vpcd.encode(command, LARGEST_COMMAND))
            return self._receive()

    def release(self) -> None:
        while self._lines:
            with closing(self._lines.popleft()) as line:
                try:
                    line.sendall(vpcd.encode_control(Control.POWER_OFF))
                except OSError:
                    # A card that is gone cannot be powered off.
                    continue

    def _send(self, message: bytes) -> None:
        if not self._lines:
            reason = "no card was powered on"
            raise CardMute(reason)
        self._lines[0].sendall(message)

    def _receive(self) -> bytes:
        decoder = vpcd.Decoder(LARGEST_RESPONSE)
        while chunk := self._lines[0].recv(RECEIVED):
            for message in decoder.feed(chunk):
                return message
        reason = "the card was pulled out"
        raise CardMute(reason)


@contextmanager
def _card_fails() -> Iterator[None]:
    """Whatever breaks the line to the card is a mute card to the terminal."""
    try:
        yield
    except (OSError, ProtocolError) as failed:
        message = f"the card does not answer: {failed}"
        raise CardMute(message) from failed


class PseudoTerminal:
    """A serial port made of software: the device's end; `name` is what the other side opens."""

    def __init__(self) -> None:
        self._own, self._other = os.openpty()
        # Kept open here too: without anybody at the other end reading would fail.
        tty.setraw(self._other)
        self.name = os.ttyname(self._other)

    def read(self) -> bytes:
        """Wait for bytes; some, as they come."""
        return os.read(self._own, RECEIVED)

    def read_within(self, wait_ms: int) -> bytes:
        """The same, b"" if none came in this time."""
        ready, _, _ = select.select((self._own,), (), (), wait_ms / MILLISECONDS)
        return self.read() if ready else b""

    def write(self, data: bytes) -> None:
        os.write(self._own, data)
