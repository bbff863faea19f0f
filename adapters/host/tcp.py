"""The bench's end of a TCP line: answers frames from the engine put behind it."""

import select
import socket
import threading
from collections.abc import Callable

from adapters.events import Port
from adapters.framing import FRAMING, Decoder
from adapters.listener import ANY_PORT, Listener
from adapters.ports import HostEnd
from adapters.wires import RECEIVED, Address


class TcpHost:
    """adapters.ports.HostDoor on a loopback address, for a line that is framed in some way."""

    def __init__(
        self,
        host: HostEnd,
        listen: Address = ANY_PORT,
        framing: Callable[[], Decoder] = FRAMING[Port.HOST_T],
    ) -> None:
        self._host = host
        self._framing = framing
        self._listener = Listener(listen, self._talk)

    @property
    def address(self) -> Address:
        return self._listener.address

    def connect(self, host: HostEnd) -> None:
        self._host = host

    def trouble(self) -> tuple[BaseException, ...]:
        return self._listener.trouble()

    def close(self) -> None:
        self._listener.close()

    def _talk(self, line: socket.socket) -> None:
        decoder = self._framing()
        while chunk := line.recv(RECEIVED):
            for frame in decoder.feed(chunk):
                if not self._answer(line, frame):
                    return

    def _answer(self, line: socket.socket, frame: bytes) -> bool:
        """Send what is due, when it is due; False where one of the two has hung up."""
        waited, host = 0.0, self._host
        for delivery in host.deliveries(frame):
            if _hung_up_within(line, delivery.after_s - waited):
                # Nobody is there any more to hear it, and the next caller need not wait.
                return False
            waited = max(waited, delivery.after_s)
            if self._host is not host:
                # Its attempt is over: what was due in it belongs to no other.
                return False
            host.sending(delivery)
            for piece in delivery.pieces:
                line.sendall(piece)
            if delivery.close:
                return False
        return True


def _hung_up_within(line: socket.socket, seconds: float) -> bool:
    """Wait so long, less where the caller hangs up meanwhile; whether he did."""
    if seconds <= 0:
        return False
    readable, _, _ = select.select((line,), (), (), seconds)
    if not readable:
        return False
    if line.recv(1, socket.MSG_PEEK):
        # He asks something else before he has his answer: it waits for its turn.
        threading.Event().wait(seconds)
        return False
    return True
