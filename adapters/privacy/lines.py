"""What is said beside card and host: acts, reports, settings, and the lines of register and kiosk.

Host and kiosk facts, 3.5 and 4.3.
"""

import re
from collections.abc import Iterator, Mapping

from adapters import register
from adapters.codec import ecr, kiosk_control
from adapters.codec.ecr import Sender
from adapters.codec.errors import RemoteProtocolError
from adapters.privacy.messages import characters
from adapters.privacy.parts import Part, Parts, Sort

# Nanoseconds and milliseconds have as many digits as a card number, and are none.
TIMES = frozenset(("mono_ns", "wall_ms"))
FRAMING = 2
# A line of a slip that says what it is: eight bytes, and one in a few hundred has digits enough.
CRYPTOGRAM = re.compile(
    r"^(?:AC|TC|AAC|ARQC|应用密文)[ :：]*[0-9A-F]{4}(?: ?[0-9A-F]{4}){3}$", re.MULTILINE
)
# What stands in a line of a kiosk beside its kind.
Members = Mapping[str, kiosk_control.Value]


def detail(said: Mapping[str, str | int]) -> Parts:
    """The parts of an event's detail, names included: a device chooses some of them."""
    for name, value in said.items():
        yield Part("detail", Sort.TEXT, name)
        if name not in TIMES:
            yield Part(name, Sort.TEXT, CRYPTOGRAM.sub("x", str(value)))


def line(data: bytes) -> Parts:
    """The parts of a line of a kiosk or a frame of a register; what is neither is searched."""
    if not data:
        return
    if data[0] == ecr.STX:
        yield from _register(data)
        return
    try:
        told = kiosk_control.decode(data)
    except RemoteProtocolError:
        yield Part("line", Sort.BYTES, data)
        return
    for name, value in _members(told).items():
        yield from _member(name, value)


def _register(frame: bytes) -> Parts:
    """Column by column where the profile can be read: digits of neighbours are no number."""
    try:
        content = ecr.decode(frame, register.PROFILE)
    except RemoteProtocolError:
        yield Part("frame", Sort.BYTES, frame)
        return
    data = content if isinstance(content, bytes) else b""
    for sender in Sender:
        try:
            told = ecr.decode_message(data, sender, register.PROFILE)
        except RemoteProtocolError:
            continue
        yield from detail(told.values)
        return
    yield from characters("DATA", data)


def _members(told: kiosk_control.Message) -> Members:
    match told:
        case kiosk_control.Command():
            return told.arguments
        case kiosk_control.Answer():
            return told.found
        case kiosk_control.Failure():
            return {"detail": told.detail}
        case kiosk_control.Happening():
            return told.details


def _member(name: str, value: kiosk_control.Value) -> Iterator[Part]:
    match value:
        case bytes():
            yield Part(name, Sort.BYTES, value)
        case tuple():
            yield Part(name, Sort.TEXT, "\n".join(value))
        case str() | int():
            yield Part(name, Sort.TEXT, str(value))
        case _:
            for each, count in value.items():
                yield Part(name, Sort.TEXT, f"{each} {count}")
