"""The near end of a TCP wire: one connection at a time, whatever is spoken on it."""

import socket
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress

from adapters.codec.errors import ProtocolError
from adapters.wires import Address

ANY_PORT: Address = ("127.0.0.1", 0)


class Listener:
    """Hands each connection to `talk`, in a thread of its own.

    Who calls ends the connection before: a device whose line broke without a word calls again.
    A device that hangs up or talks garbage may call again. What else is raised in `talk`, by an
    engine or a tap, ends the connection and is handed over by `trouble`.
    """

    def __init__(self, listen: Address, talk: Callable[[socket.socket], None]) -> None:
        self._talk = talk
        self._trouble: deque[BaseException] = deque()
        self._listener = socket.create_server(listen)
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def address(self) -> Address:
        name: Address = self._listener.getsockname()
        return name

    def trouble(self) -> tuple[BaseException, ...]:
        """What was raised since the last call."""
        return tuple(self._trouble.popleft() for _ in range(len(self._trouble)))

    def close(self) -> None:
        self._listener.close()

    def _serve(self) -> None:
        talking: deque[tuple[socket.socket, threading.Thread]] = deque()
        while True:
            try:
                line, _ = self._listener.accept()
            except OSError:
                # The listener was closed: nobody is served any more.
                return
            while talking:
                before, thread = talking.popleft()
                with suppress(OSError):
                    before.shutdown(socket.SHUT_RDWR)
                thread.join()
            thread = threading.Thread(target=self._heard, args=(line,), daemon=True)
            talking.append((line, thread))
            thread.start()

    def _heard(self, line: socket.socket) -> None:
        with line:
            try:
                self._talk(line)
            except (OSError, ProtocolError):
                # Whoever called has gone, or cannot be understood.
                return
            except BaseException as raised:  # noqa: BLE001 - handed over, not swallowed
                self._trouble.append(raised)
