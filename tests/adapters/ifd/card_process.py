"""A card at a virtual reader, in a process of its own: says its port, ends with its input."""

import random
import sys

from adapters.icc.vpcd import VpcdIcc
from adapters.ifd.private_pcscd import second_slot
from adapters.ports import CardEngine
from fixtures.cards.bc import BC
from fixtures.cards.engine import ATR, ContactCardEngine

TRIES = 20


class OnlyWhenAsked:
    """A T=0 card as strict ones are: 61xx before data; 6Cxx to a wrong Le; FF stays mute."""

    def __init__(self, card: ContactCardEngine) -> None:
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
    """BC as it is, BC as a strict T=0 card, or a card without end."""
    card = ContactCardEngine(BC, random.Random("reader"))
    engines: dict[str, CardEngine] = {"strict": OnlyWhenAsked(card), "endless": Endless()}
    return engines.get(how, card)


def main(how: str) -> None:
    """Put the card before a reader on two free ports, until the input ends."""
    for _ in range(TRIES):
        door = VpcdIcc(engine(how))
        try:
            second_slot(door.address)
        except OSError:
            # Somebody has the port after ours: try another pair.
            continue
        print(door.address[1], flush=True)  # noqa: T201 - how the test learns the port
        break
    sys.stdin.read()


if __name__ == "__main__":
    main("".join(sys.argv[1:]))
