"""Attempts at a card made by hand: what the reader asked and the card answered."""

from dataclasses import replace

from adapters.events import Direction, Kind, Port
from suites.attempt import Attempt
from tests.suites.recordings import FACTS, Tape

CARD_FACTS = replace(
    FACTS, device="reference-card", claims=frozenset(("card", "card-contact", "card-qpboc"))
)
AID = "A000000333010101"


class CardTape(Tape):
    """Events at the port where the bench is the reader."""

    def insert(self, *, report: bool = True) -> None:
        """A session begins: the act, the reset and the ATR, and the report."""
        detail: dict[str, str | int] = {"verb": "insert", "interface": "contact"}
        self.put(Port.OPERATOR, Direction.TO_IUT, Kind.ACT, detail=detail)
        self.reset()
        if report:
            self.report("POWERED")

    def reset(self, atr: str = "3B600000") -> None:
        self.put(Port.IFD, Direction.TO_IUT, Kind.RESET)
        self.put(Port.IFD, Direction.FROM_IUT, Kind.RESET, bytes.fromhex(atr))

    def apdu(self, command: str | bytes, response: str | bytes = b"") -> int:
        sent = bytes.fromhex(command) if isinstance(command, str) else command
        got = bytes.fromhex(response) if isinstance(response, str) else response
        seq = self.put(Port.IFD, Direction.TO_IUT, Kind.COMMAND, sent)
        if got:
            self.put(Port.IFD, Direction.FROM_IUT, Kind.RESPONSE, got)
        return seq

    def attempt(self) -> Attempt:
        return Attempt(tuple(self.events), CARD_FACTS)


def tape() -> CardTape:
    """A tape in the body of a run."""
    made = CardTape()
    made.phase("body")
    return made


def asked(*pairs: tuple[str, str]) -> Attempt:
    """One session with these commands and answers, "" for a mute card."""
    made = tape()
    made.insert()
    for command, response in pairs:
        made.apdu(command, response)
    return made.attempt()


