"""The host's end of a TCP line: answers frames from the engine put behind it."""

import socket

from adapters.codec import pos_link
from adapters.listener import ANY_PORT, Listener
from adapters.ports import HostEngine
from adapters.wires import RECEIVED, Address


class TcpHost:
    """adapters.ports.HostDoor on a loopback address."""

    def __init__(self, host: HostEngine, listen: Address = ANY_PORT) -> None:
        self._host = host
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
        decoder = pos_link.Decoder()
        while chunk := line.recv(RECEIVED):
            for frame in decoder.feed(chunk):
                for answer in self._host.respond(frame):
                    line.sendall(answer)
