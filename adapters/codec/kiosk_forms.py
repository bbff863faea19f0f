"""The messages of the test-control interface of kiosks, as tables (host and kiosk facts, 3.5).

The facts propose it, no norm has it; what is more here than there is ours. Numbers are whole: money
in minor units, time in what its name ends in (`mono_ns`, `wall_ms`, `ms`).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

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
