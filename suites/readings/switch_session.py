"""What crossed the switch leg of the host (host.S), decoded as the terminal leg is.

Nothing here raises: what cannot be decoded is absent, and its reason is kept with the message.
"""

from collections.abc import Mapping
from functools import cache

from adapters.codec import ber_tlv, cups_link, cups_mac, iso8583
from adapters.codec.cups_dialect import CUPS
from adapters.codec.cups_mac import LOW_CONFIDENCE_SHORT_90, LOW_CONFIDENCE_WHOLE_90, MacRecipe
from adapters.codec.errors import ProtocolError, RemoteProtocolError
from adapters.codec.iso8583 import Message
from adapters.events import Direction, Event, Kind, Port
from fixtures.crypto import ansi_mac, des
from fixtures.crypto.member_keys import member_keys
from suites.attempt import Attempt
from suites.readings import transactions
from suites.readings.host_session import IC_DATA_55, NO_MESSAGE, HostMessage, Mac, by_tag
from suites.readings.once import once
from suites.readings.transactions import numbered

MAC_128 = 128
# Host and kiosk facts, 0.1 on 2.4: DE128 is recorded only, until the ICS decides on a recipe.
RECIPE = "cups-mac"
RECIPES: Mapping[str, MacRecipe] = {
    "whole-90": LOW_CONFIDENCE_WHOLE_90,
    "short-90": LOW_CONFIDENCE_SHORT_90,
}


@once
def switch_messages(attempt: Attempt) -> tuple[HostMessage, ...]:
    """Every frame of the switch leg, in order."""
    recipe = attempt.facts.switches.get(RECIPE, "")
    return tuple(
        _decoded(event, number, recipe)
        for event, number in numbered(attempt)
        if event.port is Port.HOST_S and event.kind is Kind.MESSAGE
    )


def _decoded(event: Event, number: int, recipe: str) -> HostMessage:
    message, problem, problem_55 = NO_MESSAGE, "", ""
    objects: Mapping[int, tuple[bytes, ...]] = {}
    try:
        message = iso8583.decode(cups_link.decode(event.data).body, CUPS)
    except RemoteProtocolError as refused:
        problem = str(refused)
    try:
        objects = by_tag(ber_tlv.decode(message.data(IC_DATA_55)))
    except RemoteProtocolError as refused:
        problem_55 = str(refused)
    return HostMessage(
        mti=message.mti or transactions.mti_at(event),
        message=message,
        objects=objects,
        from_terminal=event.direction is Direction.FROM_IUT,
        mac=_mac(message, recipe),
        event=event.seq,
        transaction=number,
        problem=problem,
        problem_55=problem_55,
        detail=event.detail,
    )


def _mac(message: Message, recipe: str) -> Mac:
    if MAC_128 not in message.fields:
        return Mac.ABSENT
    if recipe not in RECIPES:
        return Mac.NO_KEY
    try:
        block = cups_mac.mac_block(message.without((MAC_128,)), RECIPES[recipe])
    except ProtocolError:
        return Mac.INVALID
    right = cups_mac.mac_text(_over(block))
    return Mac.VALID if message.text(MAC_128) == right else Mac.INVALID


def _over(block: bytes) -> bytes:
    key = _member_mac_key()
    return (ansi_mac.x9_9 if len(key) == des.BLOCK else ansi_mac.x9_19)(key, block)


@cache
def _member_mac_key() -> bytes:
    return member_keys().mac_key
