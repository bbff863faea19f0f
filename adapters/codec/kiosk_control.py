"""The test-control interface of kiosks: one JSON object a line, UTF-8 (host and kiosk facts, 3.5).

Sans-IO, both roles. What a message holds stands in `kiosk_forms`.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from adapters.codec import json_places
from adapters.codec.errors import LocalProtocolError, RemoteProtocolError
from adapters.codec.kiosk_forms import (
    ANSWER,
    COMMANDS,
    COUNT,
    EVENTS,
    FAILURE,
    LARGEST_INTEGER,
    NUMBER,
    STAMPS,
    Fault,
    Form,
    Shape,
    State,
    Value,
)

__all__ = [
    "COMMANDS",
    "EVENTS",
    "LARGEST_INTEGER",
    "LARGEST_LINE",
    "Answer",
    "Command",
    "Decoder",
    "Failure",
    "Fault",
    "Happening",
    "Message",
    "State",
    "Value",
    "decode",
    "encode",
]

LARGEST_LINE = 1 << 18
NEWLINE = b"\n"


@dataclass(frozen=True, slots=True)
class Command:
    """What the bench asks for, its arguments by name."""

    id: int
    name: str
    arguments: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Answer:
    """The command with this id was done; what it found, by name."""

    id: int
    found: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Failure:
    """The command with this id was not done."""

    id: int
    fault: Fault
    detail: str


@dataclass(frozen=True, slots=True)
class Happening:
    """What the agent saw by itself: monotonic ns since its start, wall clock in ms since 1970."""

    name: str
    mono_ns: int
    wall_ms: int
    details: Mapping[str, Value]


Message = Command | Answer | Failure | Happening


class _Misfit(Exception):
    """A message that no side may send; the codec says whose fault it is.

    `place` finds the byte in the line that came in.
    """

    def __init__(self, message: str, place: Callable[[str], int] = json_places.start) -> None:
        super().__init__(message)
        self.place = place


def encode(message: Message) -> bytes:
    """The line of a message, newline included; LocalProtocolError if the tables do not have it."""
    try:
        fixed, form, members = _parts(message)
        values = _read_form(form, members)
        shapes = {**form.required, **form.optional}
        written = {name: shapes[name].write(value) for name, value in values.items()}
        text = json.dumps(fixed | written, ensure_ascii=False, separators=(",", ":"))
        line = text.encode()
    except _Misfit as misfit:
        raise LocalProtocolError(str(misfit), 0) from misfit
    if len(line) > LARGEST_LINE:
        raise LocalProtocolError(f"line: {len(line)} bytes where {LARGEST_LINE} fit", LARGEST_LINE)
    return line + NEWLINE


def decode(line: bytes) -> Message:
    """The message in a line, with or without its newline; RemoteProtocolError if it is none.

    Members that the tables do not have, and members named twice, are refused.
    """
    body = line.removesuffix(NEWLINE)
    if NEWLINE in body:
        raise RemoteProtocolError("line: more than one", body.index(NEWLINE))
    try:
        return _message(_members(body))
    except _Misfit as misfit:
        raise RemoteProtocolError(str(misfit), misfit.place(body.decode())) from misfit


class Decoder:
    """Cuts a byte stream into lines."""

    def __init__(self, largest: int = LARGEST_LINE) -> None:
        self._largest = largest
        self._buffer = bytearray()
        # How much of what waits holds no newline: a long line in small pieces is searched once.
        self._searched = 0

    @property
    def pending(self) -> int:
        """How many bytes of an unfinished line are waiting."""
        return len(self._buffer)

    def feed(self, chunk: bytes) -> list[bytes]:
        """Take in bytes as they arrive; give back the lines they complete, without newline.

        RemoteProtocolError if a line is larger than allowed; lines before it come back first.
        """
        self._buffer += chunk
        lines: list[bytes] = []
        while True:
            end = self._buffer.find(NEWLINE, self._searched, self._largest + 1)
            if end < 0:
                break
            self._searched = 0
            lines.append(bytes(self._buffer[:end]))
            del self._buffer[: end + 1]
        self._searched = min(len(self._buffer), self._largest + 1)
        if len(self._buffer) > self._largest and not lines:
            raise RemoteProtocolError(f"line: more than {self._largest} bytes", self._largest)
        return lines


def _members(body: bytes) -> dict[str, object]:
    """The members of the one object in a line."""
    try:
        parsed = json.loads(
            body.decode(),
            object_pairs_hook=_unique,
            parse_float=_no_float,
            parse_constant=_no_float,
            parse_int=_integer,
        )
    except UnicodeDecodeError as misfit:
        raise RemoteProtocolError("line: not UTF-8", misfit.start) from misfit
    except json.JSONDecodeError as misfit:
        offset = len(misfit.doc[: misfit.pos].encode())
        raise RemoteProtocolError("line: not JSON", offset) from misfit
    except RecursionError as misfit:
        raise RemoteProtocolError("line: nested too deep", 0) from misfit
    if not isinstance(parsed, dict):
        raise _Misfit("line: not an object")
    return parsed


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members: dict[str, object] = {}
    for name, value in pairs:
        if name in members:
            raise _Misfit(f"{name!r}: twice", json_places.repeated)
        members[name] = value
    return members


def _no_float(text: str) -> object:
    raise _Misfit(f"{text[:32]}: not a whole number", json_places.number(text))


def _integer(text: str) -> int:
    if len(text) > len(str(-LARGEST_INTEGER)):
        raise _Misfit(f"a number of {len(text)} digits", json_places.number(text))
    return int(text)


def _message(members: dict[str, object]) -> Message:
    """The message that these members are; what is left of them after its kind must be its form."""
    rest = dict(members)
    kinds = [name for name in ("cmd", "ok", "ev") if name in rest]
    if len(kinds) != 1:
        raise _Misfit("one of cmd, ok and ev is expected")
    kind = rest.pop(kinds[0])
    if kinds == ["ev"]:
        name, form = _form(EVENTS, "ev", kind)
        stamps = {each: _number(rest, each, COUNT) for each in STAMPS}
        return Happening(name, **stamps, details=_read_form(form, rest))
    identifier = _number(rest, "id", NUMBER)
    if kinds == ["cmd"]:
        name, form = _form(COMMANDS, "cmd", kind)
        return Command(identifier, name, _read_form(form, rest))
    if kind is True:
        return Answer(identifier, _read_form(ANSWER, rest))
    if kind is not False:
        raise _Misfit("ok: true or false is expected", json_places.member("ok"))
    found = _read_form(FAILURE, rest)
    return Failure(identifier, Fault(str(found["err"])), str(found.get("detail", "")))


def _parts(message: Message) -> tuple[dict[str, object], Form, Mapping[str, Value]]:
    """The members that tell the kind of a message, the form of the others, and these."""
    match message:
        case Command():
            number = _number({"id": message.id}, "id", NUMBER)
            name, form = _form(COMMANDS, "cmd", message.name)
            return {"id": number, "cmd": name}, form, message.arguments
        case Answer():
            number = _number({"id": message.id}, "id", NUMBER)
            return {"id": number, "ok": True}, ANSWER, message.found
        case Failure():
            number = _number({"id": message.id}, "id", NUMBER)
            members = {"err": str(message.fault), "detail": message.detail}
            return {"id": number, "ok": False}, FAILURE, members
        case Happening():
            name, form = _form(EVENTS, "ev", message.name)
            stamps = {"mono_ns": message.mono_ns, "wall_ms": message.wall_ms}
            for each in STAMPS:
                _number(dict(stamps), each, COUNT)
            return {"ev": name, **stamps}, form, message.details


def _form(forms: Mapping[str, Form], member: str, name: object) -> tuple[str, Form]:
    if not isinstance(name, str) or name not in forms:
        message = f"{member}: one of {', '.join(forms)} is expected"
        raise _Misfit(message, json_places.member(member))
    return name, forms[name]


def _number(members: dict[str, object], name: str, shape: Shape) -> int:
    """A member that every message of its kind has; it is taken out."""
    value = shape.read(members.pop(name, None))
    if not isinstance(value, int):
        raise _Misfit(f"{name}: {shape.wanted} is expected", json_places.member(name))
    return value


def _read_form(form: Form, members: Mapping[str, object]) -> Mapping[str, Value]:
    """The values of a form's members, in the order of the form."""
    shapes = {**form.required, **form.optional}
    for name in members:
        if name not in shapes:
            raise _Misfit(f"{name!r}: not a member of this message", json_places.member(name))
    values: dict[str, Value] = {}
    for name, shape in shapes.items():
        if name not in members and name in form.optional:
            continue
        value = shape.read(members.get(name))
        if value is None:
            raise _Misfit(f"{name}: {shape.wanted} is expected", json_places.member(name))
        values[name] = value
    for (name, word), needed in form.needs.items():
        if values.get(name) == word and needed not in values:
            raise _Misfit(f"{needed}: {name} {word} needs it", json_places.member(name))
    return MappingProxyType(values)
