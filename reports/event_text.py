"""The events of an attempt as text: commands, responses and host messages are decoded.

Card numbers are masked, test cards' too.
"""

from collections.abc import Iterator, Mapping

from adapters.codec import iso8583, pos_link
from adapters.codec.errors import ProtocolError
from adapters.codec.iso8583 import POS
from adapters.events import Event, Kind
from adapters.privacy.eyes import masked_text
from reports.annotation import Annotated, Conversation, annotate, as_text
from reports.value_text import masked_hex, masked_track
from suites.attempt import Attempt

PAN_DE2 = 2
TRACKS = (35, 36)
PIN_BLOCK_52 = 52
IC_DATA_55 = 55


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
        case Kind.MESSAGE:
            return (_message(event.data),)
        case _ if event.data:
            shown = masked_hex(event.data)
            return (Annotated(0, "data", "data", "数据", shown),)
        case _:
            return ()


def _message(frame: bytes) -> Annotated:
    message = iso8583.decode(pos_link.decode(frame).body, POS)
    fields = tuple(
        _field(number, value) for number, value in sorted(message.fields.items())
    )
    return Annotated(0, "MTI", "message type", "消息类型", message.mti, children=fields)


def _field(number: int, value: str | bytes) -> Annotated:
    spec = POS.fields[number]
    shown = value if isinstance(value, str) else masked_hex(value)
    if isinstance(value, str):
        shown = masked_track(value) if number in (PAN_DE2, *TRACKS) else masked_text(value)
    if number == PIN_BLOCK_52:
        shown = "*" * len(shown)
    children: tuple[Annotated, ...] = ()
    if isinstance(value, bytes) and number == IC_DATA_55:
        children = annotate(value)
    return Annotated(0, spec.label, spec.name, spec.name_zh, shown, children=children)
