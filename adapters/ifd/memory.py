"""A reader joined in memory: the card in it is an engine in this process."""

from adapters.errors import BenchBroken, DeviceFell
from adapters.ports import CardEngine


class MemoryReader:
    """adapters.ports.ReaderPort over an engine; `load` puts another card in.

    BenchBroken for a command to a card without power.
    """

    def __init__(self, card: CardEngine) -> None:
        self._card = card
        self._powered = False

    def load(self, card: CardEngine) -> None:
        self._card = card
        self._powered = False

    def connect(self) -> bytes:
        atr = self._card.reset()
        if not atr:
            message = "the card gave no ATR"
            raise DeviceFell("hang", message)
        self._powered = True
        return atr

    def reset(self) -> bytes:
        self._expect_power()
        return self.connect()

    def transmit(self, command: bytes) -> bytes:
        self._expect_power()
        response = self._card.respond(command)
        if not response:
            message = "the card did not answer"
            raise DeviceFell("hang", message)
        return response

    def disconnect(self) -> None:
        self._powered = False

    def _expect_power(self) -> None:
        if not self._powered:
            message = "no card is connected"
            raise BenchBroken(message)
