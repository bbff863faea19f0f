"""The card's end of a virtual reader (vpcd): answers power, ATR and commands from an engine."""

import socket

from adapters.codec import vpcd
from adapters.codec.vpcd import LARGEST_COMMAND, LARGEST_RESPONSE, Control
from adapters.listener import ANY_PORT, Listener
from adapters.ports import CardEngine
from adapters.wires import RECEIVED, Address


class VpcdIcc:
    """adapters.ports.CardDoor on a loopback address."""

    def __init__(self, card: CardEngine, listen: Address = ANY_PORT) -> None:
        self._card = card
        self._atr = b""
        self._was_reset = False
        self._listener = Listener(listen, self._talk)

    @property
    def address(self) -> Address:
        return self._listener.address

    def load(self, card: CardEngine) -> None:
        self._card = card

    def trouble(self) -> tuple[BaseException, ...]:
        return self._listener.trouble()

    def close(self) -> None:
        self._listener.close()

    def _talk(self, line: socket.socket) -> None:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        decoder = vpcd.Decoder(LARGEST_COMMAND)
        self._was_reset = False
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
        # vpcd looks for a card by asking for its ATR, before it first powers it on.
        unpowered = asked is Control.GET_ATR and not self._was_reset
        if unpowered or asked in (Control.POWER_ON, Control.RESET):
            self._atr = self._card.reset()
            self._was_reset = True
        return self._atr if asked is Control.GET_ATR else b""
