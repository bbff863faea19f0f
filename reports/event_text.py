"""The events of an attempt as text: commands, responses and host messages are decoded.

Card numbers are masked, test cards' too.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from adapters.codec import (
    cups_codes,
    cups_link,
    cups_subfields,
    iso8583,
    pos_codes,
    pos_link,
    pos_subfields,
)
from adapters.codec.bits import Meaning
from adapters.codec.cups_dialect import CUPS
from adapters.codec.errors import ProtocolError
from adapters.codec.iso8583 import Message
from adapters.codec.iso8583_dialect import Dialect
from adapters.codec.pos_codes import Codes
from adapters.codec.pos_dialect import POS
from adapters.codec.subfields import Layout
from adapters.events import Event, Kind, Port
from adapters.privacy.eyes import masked_text
from reports.annotation import Annotated, Conversation, annotate, as_text
from reports.value_text import masked_hex, masked_track
from suites.attempt import Attempt

PAN_DE2 = 2
TRACKS = (35, 36)
PIN_BLOCK_52 = 52
IC_DATA_55 = 55
# Where what is said is a line of text already.
LINES: Mapping[Port, tuple[str, str]] = {
    Port.OPERATOR: ("test-control line", "测试控制报文"),
    Port.BILLER: ("line of the biller", "收费单位报文"),
}


@dataclass(frozen=True, slots=True)
class Leg:
    """What one leg of the host speaks, what its fields are made of, and what its codes mean."""

    dialect: Dialect
    layouts: Mapping[int, Layout]
    codes: Mapping[str, Codes]

    def meanings(self, label: str, value: str) -> tuple[Meaning, ...]:
        """What a code means; nothing for one that no table has."""
        words = self.codes.get(label, {}).get(value)
        return (Meaning(value, *words),) if words else ()


TERMINAL_LEG = Leg(POS, pos_subfields.LAYOUTS, pos_codes.CODES)
SWITCH_LEG = Leg(CUPS, cups_subfields.LAYOUTS, cups_codes.CODES)


def event_texts(attempt: Attempt) -> Mapping[int, tuple[str, ...]]:
    """The lines of every event by its number; what cannot be decoded is shown as it is."""
    conversation = Conversation()
    texts = {}
    for event in attempt.events:
        if event.kind is Kind.RESET:
            conversation = Conversation()
        texts[event.seq] = tuple(_lines(event, conversation))
    return texts


def _lines(event: Event, conversation: Conversation) -> Iterator[str]:
    # Bytes are shown once, decoded: beside them their hex would tell what the fields hide.
    try:
        fields = _fields(event, conversation)
    except ProtocolError as refused:
        yield masked_hex(event.data)
        yield f"无法解码 / cannot be decoded: {refused}"
    else:
        yield from as_text(fields).splitlines()
    for name, value in event.detail.items():
        yield masked_text(f"{name}: {value}")


def _fields(
    event: Event, conversation: Conversation
) -> tuple[Annotated, ...]:
    match event.kind:
        case Kind.COMMAND:
            return conversation.command(event.data)
        case Kind.RESPONSE:
            return conversation.response(event.data)
        case Kind.MESSAGE if event.port in LINES:
            said = masked_text(event.data.decode("utf-8", "replace").strip())
            return (Annotated(0, "line", *LINES[event.port], said),)
        case Kind.MESSAGE:
            return (_message(event),)
        case _ if event.data:
            shown = masked_hex(event.data)
            return (Annotated(0, "data", "data", "数据", shown),)
        case _:
            return ()


def _message(event: Event) -> Annotated:
    message, leg = _decoded(event)
    fields = tuple(
        _field(leg, number, value) for number, value in sorted(message.fields.items())
    )
    return Annotated(0, "MTI", "message type", "消息类型", message.mti, children=fields)


def _decoded(event: Event) -> tuple[Message, Leg]:
    """The message of a frame, and the tables of the leg that it crossed."""
    if event.port is Port.HOST_S:
        return iso8583.decode(cups_link.decode(event.data).body, CUPS), SWITCH_LEG
    return iso8583.decode(pos_link.decode(event.data).body, POS), TERMINAL_LEG


def _field(leg: Leg, number: int, value: str | bytes) -> Annotated:
    spec = leg.dialect.fields[number]
    shown = value if isinstance(value, str) else masked_hex(value)
    if isinstance(value, str):
        shown = masked_track(value) if number in (PAN_DE2, *TRACKS) else masked_text(value)
    if number == PIN_BLOCK_52:
        shown = "*" * len(shown)
    children: tuple[Annotated, ...] = ()
    if isinstance(value, bytes) and number == IC_DATA_55:
        children = annotate(value)
    if number in leg.layouts:
        children = _parts(leg, leg.layouts[number], value)
    meanings = leg.meanings(spec.label, shown)
    return Annotated(
        0, spec.label, spec.name, spec.name_zh, shown, meanings=meanings, children=children
    )


def _parts(leg: Leg, layout: Layout, value: str | bytes) -> tuple[Annotated, ...]:
    """The parts of a field; none where it cannot be cut, since the field itself is shown."""
    try:
        found = layout.cut(value)
    except ProtocolError:
        return ()
    return tuple(
        Annotated(
            0,
            each.number,
            each.name,
            each.name_zh,
            found[each.number],
            meanings=leg.meanings(each.number, found[each.number]),
        )
        for each in layout.parts
        if each.number in found
    )
