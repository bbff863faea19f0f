"""Blanks what no output may hold before it is recorded: PIN blocks, PINs, CVNs and clear keys.

Bytes become 00 and keep their number; the event's detail says what was blanked and where. What a
judge needs to know of the blanked bytes is what a Witness, who holds the test keys, saw in them.
"""

from collections.abc import Mapping
from typing import Protocol

from adapters.codec import apdu
from adapters.events import Kind, Port
from adapters.privacy.frames import WIRES, layout

Detail = Mapping[str, str | int]
MASKED = "masked"
PIN_BLOCK_52 = 52
VERIFY = 0x20
DATA_AT = apdu.HEADER + 1
BLANK = "0"
# Names under which an act, a report or a setting would carry one.
SECRETS = frozenset(
    (
        *("pin", "pin-block", "new-pin", "cvn", "cvn2", "cvv", "cvv2"),
        *("tmk", "pik", "mak", "tdk", "master-key", "pin-key", "mac-key", "track-key"),
    )
)
# Host and kiosk facts, 3.5: a digit key pressed may be one of a PIN.
KEY, NAME = "key", "name"


class Witness(Protocol):
    """Sees what is blanked, and says of it what may be recorded: words, never the bytes."""

    def frame(self, port: Port, frame: bytes, at: int) -> Detail:
        """Of a frame with a PIN block at this offset."""
        ...

    def verify(self, command: bytes) -> Detail:
        """Of a VERIFY command."""
        ...


class Nobody:
    """A Witness without keys: sees nothing."""

    __slots__ = ()

    def frame(self, port: Port, frame: bytes, at: int) -> Detail:  # noqa: ARG002 - Witness
        return {}

    def verify(self, command: bytes) -> Detail:  # noqa: ARG002 - Witness
        return {}


NOBODY = Nobody()


def masked(
    port: Port, kind: Kind, data: bytes, detail: Detail, witness: Witness
) -> tuple[bytes, Detail]:
    """What of an event may be recorded: the same bytes and detail where nothing was blanked."""
    if kind is Kind.MESSAGE and port in WIRES:
        return _frame(port, data, detail, witness)
    if kind is Kind.COMMAND and data[1:2] == bytes((VERIFY,)) and len(data) > DATA_AT:
        return _verify(data, detail, witness)
    return data, _said(detail)


def _frame(port: Port, frame: bytes, detail: Detail, witness: Witness) -> tuple[bytes, Detail]:
    found = layout(frame, WIRES[port])
    place = found.place(PIN_BLOCK_52)
    if place:
        span = f"DE52@{place.start}+{place.end - place.start}"
        seen = witness.frame(port, frame, place.start)
        return _blanked(frame, place.start, place.end), {**detail, MASKED: span, **seen}
    if PIN_BLOCK_52 in found.announced and found.end < len(frame):
        # It is somewhere behind a fault: nobody can say where.
        span = f"DE52?@{found.end}+{len(frame) - found.end}"
        return _blanked(frame, found.end, len(frame)), {**detail, MASKED: span}
    return frame, detail


def _verify(command: bytes, detail: Detail, witness: Witness) -> tuple[bytes, Detail]:
    """EMV 4.1 Book 3, 6.5.12: the data field, plain (P2 80) or enciphered (88); Lc and Le stay."""
    end = min(DATA_AT + command[apdu.HEADER], len(command))
    # Where Lc says less than was sent, the rest is no Le either.
    end = end if len(command) - end <= 1 else len(command)
    span = f"VERIFY@{DATA_AT}+{end - DATA_AT}"
    seen = witness.verify(command)
    return _blanked(command, DATA_AT, end), {**detail, MASKED: span, **seen}


def _blanked(data: bytes, start: int, end: int) -> bytes:
    return data[:start] + bytes(end - start) + data[end:]


def _said(detail: Detail) -> Detail:
    secret = {name for name in detail if name.lower().replace("_", "-") in SECRETS}
    pressed = str(detail.get(NAME, ""))
    if detail.get("verb") == KEY and pressed.isdecimal():
        secret.add(NAME)
    if not secret:
        return detail
    blanked = {name: BLANK * len(str(detail[name])) for name in secret}
    return {**detail, **blanked, MASKED: ", ".join(sorted(secret))}
