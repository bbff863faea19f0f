"""What a kiosk and a biller say to each other: one JSON object a line, UTF-8. Sans-IO, both roles.

A dialect of our own: the facts (host and kiosk facts, 3.2 to 3.4) name a gateway of HTTP and XML,
and no message. A question has `ask` and `ref`, its answer `answer` and the same `ref`; the tables
say what else. Amounts are minor units. Decoding raises RemoteProtocolError, encoding
LocalProtocolError; offsets count bytes of the line.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from adapters.codec.errors import LocalProtocolError, RemoteProtocolError

NEWLINE = b"\n"
LARGEST_LINE = 1 << 18
LARGEST_AMOUNT = 999_999_999_999
LONGEST_TEXT = 200

Value = str | int
Row = Mapping[str, Value]


class Ask(StrEnum):
    """What a kiosk asks of a biller."""

    QUERY = "query"
    PAY = "pay"
    CONFIRM = "confirm"
    REVERSE = "reverse"
    REFUND = "refund"
    RECONCILE = "reconcile"


class Outcome(StrEnum):
    """What a biller answers; all but `ok` are refusals."""

    OK = "ok"
    UNKNOWN_ACCOUNT = "unknown-account"
    UNKNOWN_BILL = "unknown-bill"
    UNKNOWN_PAYMENT = "unknown-payment"
    ALREADY_PAID = "already-paid"
    AMOUNT_DIFFERS = "amount-differs"
    REFUSED = "refused"


TEXT, AMOUNT = str, int
Form = Mapping[str, type]
# What a question has beside `ask` and `ref`.
QUESTIONS: Mapping[Ask, Form] = MappingProxyType(
    {
        Ask.QUERY: {"service": TEXT, "account": TEXT},
        Ask.PAY: {"bill": TEXT, "amount": AMOUNT, "rrn": TEXT},
        Ask.CONFIRM: {"payment": TEXT},
        Ask.REVERSE: {"payment": TEXT},
        Ask.REFUND: {"payment": TEXT},
        Ask.RECONCILE: {},
    }
)
# What an answer `ok` may have beside `answer` and `ref`; a refusal may have `state`.
ANSWERED: Form = MappingProxyType(
    {
        "bill": TEXT,
        "amount": AMOUNT,
        "name": TEXT,
        "period": TEXT,
        "state": TEXT,
        "payment": TEXT,
        "count": AMOUNT,
    }
)
# A row of a reconciliation.
ITEM: Form = MappingProxyType(
    {"payment": TEXT, "bill": TEXT, "amount": AMOUNT, "rrn": TEXT, "state": TEXT}
)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, under which reference, with what."""

    ask: Ask
    ref: str
    members: Row


@dataclass(frozen=True, slots=True)
class Answer:
    """How it ended, for which reference, with what; `items` are rows of a reconciliation."""

    outcome: Outcome
    ref: str
    members: Row
    items: tuple[Row, ...] = ()


def encode(message: Question | Answer) -> bytes:
    """The line of a message, newline included; LocalProtocolError if the tables do not have it."""
    try:
        line = json.dumps(_members(message), ensure_ascii=False, separators=(",", ":")).encode()
    except ValueError as misfit:
        raise LocalProtocolError(str(misfit), 0) from misfit
    if len(line) > LARGEST_LINE:
        raise LocalProtocolError(f"line: {len(line)} bytes where {LARGEST_LINE} fit", LARGEST_LINE)
    return line + NEWLINE


def decode(line: bytes) -> Question | Answer:
    """The message in a line, with or without its newline; RemoteProtocolError if it is none."""
    body = line.removesuffix(NEWLINE)
    if len(body) > LARGEST_LINE:
        raise RemoteProtocolError(f"line: {len(body)} bytes where {LARGEST_LINE} fit", LARGEST_LINE)
    try:
        members = json.loads(body, object_pairs_hook=_unique, parse_constant=_no_number)
        return _message(members)
    except (ValueError, RecursionError) as misfit:
        what = "not UTF-8" if isinstance(misfit, UnicodeDecodeError) else str(misfit)
        raise RemoteProtocolError(f"line: {what}"[:LONGEST_TEXT], 0) from misfit


def _message(members: object) -> Question | Answer:
    if not isinstance(members, dict):
        raise ValueError("not an object")  # noqa: TRY004  all misfits of a line are one
    rest = dict(members)
    ref = _text("ref", rest.pop("ref", ""))
    if "ask" in rest:
        ask = Ask(_text("ask", rest.pop("ask")))
        return Question(ask, ref, _row(rest, QUESTIONS[ask], whole=True))
    outcome = Outcome(_text("answer", rest.pop("answer", "")))
    items = rest.pop("items", [])
    if not isinstance(items, list) or not all(isinstance(each, dict) for each in items):
        raise ValueError("items: a list of objects is expected")
    rows = tuple(_row(each, ITEM, whole=True) for each in items)
    return Answer(outcome, ref, _row(rest, ANSWERED, whole=False), rows)


def _members(message: Question | Answer) -> dict[str, object]:
    ref = {"ref": _text("ref", message.ref)}
    if isinstance(message, Question):
        form = QUESTIONS[message.ask]
        return {"ask": message.ask.value, **ref, **_row(message.members, form, whole=True)}
    fixed: dict[str, object] = {"answer": message.outcome.value, **ref}
    items = [dict(_row(each, ITEM, whole=True)) for each in message.items]
    rows = {"items": items} if items else {}
    return {**fixed, **_row(message.members, ANSWERED, whole=False), **rows}


def _row(members: Mapping[str, object], form: Form, *, whole: bool) -> Row:
    """The members in the order of their form; ValueError for one too many, too few, or another."""
    for name in members:
        if name not in form:
            raise ValueError(f"{name!r}: not a member of this message")
    missing = [name for name in form if whole and name not in members]
    if missing:
        raise ValueError(f"{missing[0]}: missing")
    return MappingProxyType(
        {
            name: _text(name, members[name]) if kind is TEXT else _amount(name, members[name])
            for name, kind in form.items()
            if name in members
        }
    )


def _text(name: str, value: object) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST_TEXT:
        raise ValueError(f"{name}: a text of 1 to {LONGEST_TEXT} characters is expected")
    value.encode()
    return value


def _amount(name: str, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LARGEST_AMOUNT:
        raise ValueError(f"{name}: a whole number of minor units is expected")
    return value


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a member stands twice")
    return members


def _no_number(text: str) -> object:
    raise ValueError(f"{text}: no number")
