"""The test-control interface of kiosks: one JSON object a line, UTF-8 (host and kiosk facts, 3.5).

Sans-IO, both roles. The facts propose it, no norm has it; what is more here than there is ours.
Numbers are whole: money in minor units, time in what its name ends in (`mono_ns`, `wall_ms`, `ms`).
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from adapters.codec.errors import LocalProtocolError, RemoteProtocolError

LARGEST_LINE = 1 << 18
NEWLINE = b"\n"
# RFC 8259, 6: beyond it other JSON readers round. Wall clock is in ms for that reason (ns since
# 1970 are beyond); monotonic ns since the agent's start are within for 104 days. A fraction would
# be a binary float: two readers would write it differently, and evidence has to compare equal.
LARGEST_INTEGER = (1 << 53) - 1
SMALLEST_PIN, LARGEST_PIN = 4, 12
SURROGATE = re.compile("[\ud800-\udfff]")

Value = str | int | bytes | tuple[str, ...] | Mapping[str, int]


class State(StrEnum):
    """Where a kiosk is in its business flow (host and kiosk facts, 3.2 as 0.1 corrects it)."""

    IDLE = "IDLE"
    SELECT_SERVICE = "SELECT_SERVICE"
    INPUT_ACCOUNT = "INPUT_ACCOUNT"
    BILL_QUERY = "BILL_QUERY"
    SHOW_BILL = "SHOW_BILL"
    CARD_IN = "CARD_IN"
    KERNEL_1 = "KERNEL_1"
    PIN = "PIN"
    KERNEL_2 = "KERNEL_2"
    AUTH = "AUTH"
    # 3.5 and the power cases name it, 3.2 does not: the request is out, no answer is in.
    AUTH_SENT = "AUTH_SENT"
    GAC2 = "GAC2"
    BILL_CONFIRM = "BILL_CONFIRM"
    PRINT = "PRINT"
    CARD_OUT = "CARD_OUT"
    TAKE_CARD = "TAKE_CARD"
    REVERSE = "REVERSE"
    COMPENSATE = "COMPENSATE"
    RETAIN = "RETAIN"
    OUT_OF_SERVICE = "OUT_OF_SERVICE"


class Fault(StrEnum):
    """Why a command was not done."""

    TIMEOUT = "E_TIMEOUT"
    STATE = "E_STATE"
    UNSUPPORTED = "E_UNSUPPORTED"
    OPERATOR = "E_OPERATOR"


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
    """A message that no side may send; the codec says whose fault it is."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What a value may be: how errors say it, and how JSON becomes the value and back."""

    wanted: str
    read: Callable[[object], Value | None]
    write: Callable[[Value], object] = lambda value: value


def _text(value: object) -> str | None:
    # JSON can write half a surrogate pair, UTF-8 cannot.
    return value if isinstance(value, str) and not SURROGATE.search(value) else None


def _whole(smallest: int, largest: int) -> Shape:
    def read(value: object) -> int | None:
        whole = isinstance(value, int) and not isinstance(value, bool)
        return value if whole and isinstance(value, int) and smallest <= value <= largest else None

    return Shape(f"a whole number of {smallest} to {largest}", read)


def _one_of(*words: str) -> Shape:
    return Shape(
        f"one of {', '.join(words)}",
        lambda value: value if isinstance(value, str) and value in words else None,
    )


def _like(wanted: str, pattern: str) -> Shape:
    compiled = re.compile(pattern, re.ASCII)
    return Shape(
        wanted,
        lambda value: value if isinstance(value, str) and compiled.fullmatch(value) else None,
    )


def _texts(value: object) -> tuple[str, ...] | None:
    # A list out of JSON, the tuple it became out of a message.
    if not isinstance(value, list | tuple):
        return None
    found = tuple(text for each in value if (text := _text(each)) is not None)
    return found if len(found) == len(value) else None


def _counters(value: object) -> Mapping[str, int] | None:
    if not isinstance(value, Mapping):
        return None
    read = COUNT.read
    fit = all(_text(name) is not None and read(each) is not None for name, each in value.items())
    return MappingProxyType(dict(value)) if fit else None


def _hex(value: object) -> bytes | None:
    if isinstance(value, bytes):
        return value
    paired = isinstance(value, str) and re.fullmatch(r"([0-9A-F]{2})*", value)
    return bytes.fromhex(value) if paired and isinstance(value, str) else None


TEXT = Shape("a text", _text)
TEXTS = Shape(
    "a list of texts", _texts, lambda value: list(value) if isinstance(value, tuple) else value
)
COUNT = _whole(0, LARGEST_INTEGER)
NUMBER = _whole(1, LARGEST_INTEGER)
COUNTERS = Shape(
    "whole numbers by name",
    _counters,
    lambda value: dict(value) if isinstance(value, Mapping) else value,
)
HEX = Shape(
    "upper-case hex", _hex, lambda value: value.hex().upper() if isinstance(value, bytes) else value
)
STATE = _one_of(*State)
AT = _like(
    "state:STATE, with +Nms behind it or not",
    rf"state:({'|'.join(State)})(\+(0|[1-9][0-9]{{0,6}})ms)?",
)
KEY = _like("OK, CANCEL, CLEAR, 0 to 9 or SOFTn", r"OK|CANCEL|CLEAR|[0-9]|SOFT[1-9][0-9]?")
IMAGE = _like("sha256: and 64 hex digits", r"sha256:[0-9a-f]{64}")
CAPABILITIES = TEXTS


@dataclass(frozen=True, slots=True)
class Form:
    """What a message of one name holds: what must be there, what may, and what depends.

    `needs`: a further member that must be there if another one has a value.
    """

    required: Mapping[str, Shape]
    optional: Mapping[str, Shape] = field(default_factory=dict)
    needs: Mapping[tuple[str, str], str] = field(default_factory=dict)


COMMANDS: Mapping[str, Form] = MappingProxyType(
    {
        "reset": Form({}),
        "start": Form({"service": TEXT, "account": TEXT}, {"expect_bill": COUNT}),
        "card": Form(
            {
                "op": _one_of("insert", "remove", "present", "withdraw", "swipe"),
                "slot": _one_of("contact", "rf", "msr"),
            },
            {"profile": TEXT},
            {
                ("op", "insert"): "profile",
                ("op", "present"): "profile",
                ("op", "swipe"): "profile",
            },
        ),
        # No member holds a PIN: in no mode does one cross this interface.
        "pin": Form(
            {
                "mode": _one_of("robot", "operator", "testkey"),
                "digits": _whole(SMALLEST_PIN, LARGEST_PIN),
            }
        ),
        "key": Form({"name": KEY}),
        "fault": Form(
            {"dev": _one_of("printer"), "kind": _one_of("paper_out", "cover_open", "jam", "ok")}
        ),
        "power": Form({"op": _one_of("off", "on")}, {"at": AT}),
        "net": Form({"op": _one_of("down", "up", "delay")}, {"ms": COUNT}, {("op", "delay"): "ms"}),
        "query": Form({"what": _one_of("state", "screen", "journal", "counters", "ec_balance")}),
    }
)
# What an answer may hold besides id and ok: 3.5 gives the first three, one for each query is ours.
ANSWER = Form(
    {},
    {
        "state": STATE,
        "sw": TEXT,
        "caps": CAPABILITIES,
        "screen": TEXTS,
        "journal": TEXTS,
        "counters": COUNTERS,
        "ec_balance": COUNT,
    },
)
FAILURE = Form({"err": _one_of(*Fault)}, {"detail": TEXT})
EVENTS: Mapping[str, Form] = MappingProxyType(
    {
        "state": Form({"from": STATE, "to": STATE}, {"txn": TEXT}),
        "screen": Form({"text": TEXTS}, {"img": IMAGE}),
        "print": Form({"bytes": HEX}),
        # 3.5 gives "retained"; the other three are what 3.2 asks to be known of a card.
        "card": Form({"op": _one_of("inserted", "returned", "taken", "retained")}),
    }
)
STAMPS: Mapping[str, Shape] = MappingProxyType({"mono_ns": COUNT, "wall_ms": COUNT})


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
        raise RemoteProtocolError(str(misfit), 0) from misfit


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
            raise _Misfit(f"{name!r}: twice")
        members[name] = value
    return members


def _no_float(text: str) -> object:
    raise _Misfit(f"{text[:32]}: not a whole number")


def _integer(text: str) -> int:
    if len(text) > len(str(-LARGEST_INTEGER)):
        raise _Misfit(f"a number of {len(text)} digits")
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
        raise _Misfit("ok: true or false is expected")
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
        raise _Misfit(f"{member}: one of {', '.join(forms)} is expected")
    return name, forms[name]


def _number(members: dict[str, object], name: str, shape: Shape) -> int:
    """A member that every message of its kind has; it is taken out."""
    value = shape.read(members.pop(name, None))
    if not isinstance(value, int):
        raise _Misfit(f"{name}: {shape.wanted} is expected")
    return value


def _read_form(form: Form, members: Mapping[str, object]) -> Mapping[str, Value]:
    """The values of a form's members, in the order of the form."""
    shapes = {**form.required, **form.optional}
    for name in members:
        if name not in shapes:
            raise _Misfit(f"{name!r}: not a member of this message")
    values: dict[str, Value] = {}
    for name, shape in shapes.items():
        if name not in members and name in form.optional:
            continue
        value = shape.read(members.get(name))
        if value is None:
            raise _Misfit(f"{name}: {shape.wanted} is expected")
        values[name] = value
    for (name, word), needed in form.needs.items():
        if values.get(name) == word and needed not in values:
            raise _Misfit(f"{needed}: {name} {word} needs it")
    return MappingProxyType(values)
