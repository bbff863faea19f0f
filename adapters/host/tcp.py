"""The bench's end of a TCP line: answers frames from the engine put behind it."""

import socket
from collections.abc import Callable

from adapters.events import Port
from adapters.framing import FRAMING, Decoder
from adapters.listener import ANY_PORT, Listener
from adapters.ports import HostEngine
from adapters.wires import RECEIVED, Address


class TcpHost:
    """adapters.ports.HostDoor on a loopback address, for a line that is framed in some way."""

    def __init__(
        self,
        host: HostEngine,
        listen: Address = ANY_PORT,
        framing: Callable[[], Decoder] = FRAMING[Port.HOST_T],
    ) -> None:
        self._host = host
        self._framing = framing
        self._listener = Listener(listen, self._talk)

    @property
    def address(self) -> Address:
        return self._listener.address

    def connect(self, host: HostEngine) -> None:
        self._host = host

    def trouble(self) -> tuple[BaseException, ...]:
        return self._listener.trouble()

    def close(self) -> None:
        self._listener.close()

    def _talk(self, line: socket.socket) -> None:
        decoder = self._framing()
        while chunk := line.recv(RECEIVED):
            for frame in decoder.feed(chunk):
                for answer in self._host.respond(frame):
                    line.sendall(answer)
