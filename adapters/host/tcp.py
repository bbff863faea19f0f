"""The host's end of a TCP line: answers frames from the engine put behind it."""

import socket
import threading
from collections import deque

from adapters.codec import pos_link
from adapters.codec.errors import ProtocolError
from adapters.ports import HostEngine
from adapters.wires import RECEIVED, Address

ANY_PORT: Address = ("127.0.0.1", 0)


class TcpHost:
    """Serves one connection at a time; `connect` puts an engine behind it.

    What an engine or a tap raises ends the connection and is handed over by `trouble`.
    """

    def __init__(self, host: HostEngine, listen: Address = ANY_PORT) -> None:
        self._host = host
        self._trouble: deque[BaseException] = deque()
        self._listener = socket.create_server(listen)
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def address(self) -> Address:
        name: Address = self._listener.getsockname()
        return name

    def connect(self, host: HostEngine) -> None:
        self._host = host

    def trouble(self) -> tuple[BaseException, ...]:
        """What was raised since the last call."""
        return tuple(self._trouble.popleft() for _ in range(len(self._trouble)))

    def close(self) -> None:
        self._listener.close()

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._listener.accept()
            except OSError:
                # The listener was closed: nobody is served any more.
                return
            with line:
                try:
                    self._talk(line)
                except (OSError, ProtocolError):
                    # The device hung up or sent what is no frame: it may call again.
                    continue
                except BaseException as raised:  # noqa: BLE001 - handed over, not swallowed
                    self._trouble.append(raised)

    def _talk(self, line: socket.socket) -> None:
        decoder = pos_link.Decoder()
        while chunk := line.recv(RECEIVED):
            for frame in decoder.feed(chunk):
                for answer in self._host.respond(frame):
                    line.sendall(answer)
