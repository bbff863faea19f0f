"""The closed table: how the bytes of every port and kind of event are taken apart."""

from collections.abc import Callable, Mapping
from itertools import chain

from adapters.events import Event, Kind, Port
from adapters.privacy import lines
from adapters.privacy.commands import CardConversation
from adapters.privacy.messages import direct_message, switch_message
from adapters.privacy.parts import Part, Parts, Sort

Take = Callable[[bytes], Parts]
CARD_PORTS = (Port.ICC, Port.IFD)


class Carriers:
    """Takes the events of an attempt apart in their order: a card's answers explain later ones."""

    def __init__(self) -> None:
        cards = {port: CardConversation() for port in CARD_PORTS}
        self._table: Mapping[tuple[Port, Kind], Take] = {
            **{(port, Kind.RESET): card.reset for port, card in cards.items()},
            **{(port, Kind.COMMAND): card.command for port, card in cards.items()},
            **{(port, Kind.RESPONSE): card.response for port, card in cards.items()},
            (Port.HOST_T, Kind.MESSAGE): direct_message,
            (Port.HOST_S, Kind.MESSAGE): switch_message,
            **{(Port.OPERATOR, kind): lines.line for kind in Kind},
        }

    def parts(self, event: Event) -> Parts:
        """What of an event is to be looked at; bytes that the table does not have are searched."""
        take = self._table.get((event.port, event.kind), _unknown)
        return chain(take(event.data) if event.data else (), lines.detail(event.detail))


def _unknown(data: bytes) -> Parts:
    yield Part("data", Sort.BYTES, data)
