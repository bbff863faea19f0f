"""A card slot joined in memory: the device's end of the card port."""

from adapters.ports import CardEngine
from adapters.wires import CardMute


class MemorySlot:
    """adapters.wires.CardSlot over an engine; `load` puts the next card in."""

    def __init__(self, card: CardEngine) -> None:
        self._card = card

    def load(self, card: CardEngine) -> None:
        self._card = card

    def trouble(self) -> tuple[BaseException, ...]:
        """Nothing: whatever is raised here comes out where the device asked."""
        return ()

    def close(self) -> None:
        """Nothing to close in memory."""

    def reset(self) -> bytes:
        atr = self._card.reset()
        if not atr:
            message = "the card gave no ATR"
            raise CardMute(message)
        return atr

    def transmit(self, command: bytes) -> bytes:
        response = self._card.respond(command)
        if not response:
            message = "the card did not answer"
            raise CardMute(message)
        return response

    def release(self) -> None:
        """Nothing to power off in memory."""
