"""Difficult cards at a virtual reader, in a process of their own."""

import sys

from adapters.ports import CardEngine
from fixtures.cards.engine import ATR
from fixtures.emulated.card_at_reader import bc_engine, serve

SEED = "reader"


class OnlyWhenAsked:
    """A T=0 card as strict ones are: 61xx before data; 6Cxx to a wrong Le; FF stays mute."""

    def __init__(self, card: CardEngine) -> None:
        self._card = card
        self._waiting = b""

    def reset(self) -> bytes:
        return self._card.reset()

    def respond(self, command: bytes) -> bytes:
        if command[0] == 0xFF:
            return b""
        if command[:2] == b"\x00\xc0":
            return self._waiting
        answer = self._card.respond(command)
        if command[1] == 0xB2 and len(answer) > 2 and command[4] != len(answer) - 2:
            return bytes((0x6C, len(answer) - 2))
        if command[1] in (0xA4, 0xA8) and len(answer) > 2:
            self._waiting = answer
            return bytes((0x61, len(answer) - 2))
        return answer


class Endless:
    """A card that always has one byte more."""

    def reset(self) -> bytes:
        return ATR

    def respond(self, _: bytes) -> bytes:
        return bytes.fromhex("6101")


def engine(how: str) -> CardEngine:
    """BC as a strict T=0 card, or a card without end."""
    engines = {"strict": OnlyWhenAsked(bc_engine(SEED)), "endless": Endless()}
    return engines[how]


if __name__ == "__main__":
    serve(engine("".join(sys.argv[1:])))
