"""The card's end of a virtual reader (vpcd): answers power, ATR and commands from an engine."""

import socket
import threading
from collections import deque

from adapters.codec import vpcd
from adapters.codec.errors import ProtocolError
from adapters.codec.vpcd import LARGEST_COMMAND, LARGEST_RESPONSE, Control
from adapters.ports import CardEngine
from adapters.wires import RECEIVED, Address

ANY_PORT: Address = ("127.0.0.1", 0)


class VpcdIcc:
    """Serves one reader at a time; `load` puts a card in.

    What an engine or a tap raises ends the connection and is handed over by `trouble`.
    """

    def __init__(self, card: CardEngine, listen: Address = ANY_PORT) -> None:
        self._card = card
        self._atr = b""
        self._trouble: deque[BaseException] = deque()
        self._listener = socket.create_server(listen)
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def address(self) -> Address:
        name: Address = self._listener.getsockname()
        return name

    def load(self, card: CardEngine) -> None:
        self._card = card

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
                    # The reader went away or sent what is no message: it may come again.
                    continue
                except BaseException as raised:  # noqa: BLE001 - handed over, not swallowed
                    self._trouble.append(raised)

    def _talk(self, line: socket.socket) -> None:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        decoder = vpcd.Decoder(LARGEST_COMMAND)
        while chunk := self._heard(line):
            for message in decoder.feed(chunk):
                answer = self._answer(vpcd.decode_from_reader(message))
                if answer:
                    line.sendall(vpcd.encode(answer, LARGEST_RESPONSE))

    def _heard(self, line: socket.socket) -> bytes:
        # vpcd writes length and body apart: without this each message waits for a delayed ACK.
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
        return line.recv(RECEIVED)

    def _answer(self, asked: Control | bytes) -> bytes:
        if isinstance(asked, bytes):
            return self._card.respond(asked)
        if asked in (Control.POWER_ON, Control.RESET):
            self._atr = self._card.reset()
        return self._atr if asked is Control.GET_ATR else b""
