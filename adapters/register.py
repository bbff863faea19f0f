"""How a direct POS speaks with a cash register: its acts as ECR messages, both roles.

There is no national standard; this is the profile of the emulated device, and a pattern for others.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from adapters.codec.ecr import (
    Column,
    Kind,
    LengthMode,
    LrcFrom,
    Message,
    Profile,
    Sender,
)

CONFIGURE = "configure"
NUMBER, TEXT = "n", "t"
REPORT = (Column("outcome", 16, Kind.TEXT), Column("response-code", 2, Kind.TEXT))
ARGUMENT = "argument"
# An amount, nothing where there is none; a piece of a longer text, in hexadecimal.
BALANCE = Column("balance", 12, Kind.TEXT)
PIECE_SIZE = 200
PIECE = Column("text", 2 * PIECE_SIZE, Kind.TEXT)
AMOUNT = Column("amount", 12, Kind.AMOUNT)
NAMED = (
    Column("name", 40, Kind.TEXT),
    Column("kind", 1, Kind.TEXT),
    Column("value", 64, Kind.TEXT),
)
REQUESTS: Mapping[str, tuple[Column, ...]] = {
    "purchase": (AMOUNT,),
    "sign on": (),
    "sign off": (),
    "settle pending": (),
    # One setting a message.
    CONFIGURE: NAMED,
    # What the people at the terminal will do, sent ahead of the act it is for: one a message.
    ARGUMENT: NAMED,
    "e-cash purchase": (AMOUNT,),
    "cash": (AMOUNT,),
    "load": (AMOUNT,),
    "refund": (AMOUNT,),
    "void": (),
    "balance": (),
    "settlement": (),
    "restore settings": (),
    "tap": (AMOUNT,),
    "e-cash balance": (),
    "e-cash log": (),
    "last report": (Column("field", 16, Kind.TEXT), Column("piece", 3)),
}
CODES = {
    "purchase": "01",
    "sign on": "02",
    "settle pending": "03",
    CONFIGURE: "04",
    ARGUMENT: "05",
    "e-cash purchase": "06",
    "cash": "07",
    "load": "08",
    "refund": "09",
    "void": "10",
    "balance": "11",
    "settlement": "12",
    "e-cash balance": "13",
    "e-cash log": "14",
    "last report": "15",
    "restore settings": "16",
    "tap": "20",
    "sign off": "21",
}
REPORTS: Mapping[str, tuple[Column, ...]] = {
    **dict.fromkeys(REQUESTS, REPORT),
    **dict.fromkeys(
        ("balance", "e-cash balance", "e-cash purchase", "load", "tap"), (*REPORT, BALANCE)
    ),
    "last report": (*REPORT, PIECE),
}
LAST_REPORT = "last report"
# What a report says beside its columns: asked for after the acts that have something to say.
TEXTS = ("screen", "display", "application", "receipt", "balance")
TELLING = frozenset(
    (
        *("purchase", "e-cash purchase", "cash", "load", "refund", "void", "balance"),
        *("e-cash balance", "e-cash log", "tap"),
    )
)
PROFILE = Profile(
    length_mode=LengthMode.BCD2,
    lrc_from=LrcFrom.LEN,
    lrc_includes_etx=True,
    tx_codes=MappingProxyType(CODES),
    fields=MappingProxyType(
        {(Sender.REGISTER, verb): columns for verb, columns in REQUESTS.items()}
        | {(Sender.TERMINAL, verb): columns for verb, columns in REPORTS.items()}
    ),
)

Values = Mapping[str, str | int]


def requests(verb: str, arguments: Values) -> Iterator[Message]:
    """The messages that ask for an act: one for each setting, or one after its arguments."""
    columns = {column.name for column in REQUESTS.get(verb, ())}
    ahead = {} if verb == CONFIGURE else {n: v for n, v in arguments.items() if n not in columns}
    for name, value in (arguments if verb == CONFIGURE else ahead).items():
        kind = NUMBER if isinstance(value, int) else TEXT
        named = {"name": name, "kind": kind, "value": str(value)}
        yield Message(CONFIGURE if verb == CONFIGURE else ARGUMENT, named)
    if verb != CONFIGURE:
        yield Message(verb, {n: v for n, v in arguments.items() if n in columns})


def piece_of(field: str, piece: int) -> Message:
    """The message that asks for a piece of a text of the last report, counted from 0."""
    return Message(LAST_REPORT, {"field": field, "piece": f"{piece:03}"})


def piece_told(answer: Values) -> bytes:
    """The bytes of a piece, fewer than PIECE_SIZE at the end; ValueError for what is no hex."""
    return bytes.fromhex(str(answer.get(PIECE.name, "")))


def arguments_of(request: Message) -> Values:
    """What a message asks for, as the device takes it."""
    values = request.values
    if request.transaction not in {CONFIGURE, ARGUMENT}:
        return values
    value = str(values["value"])
    return {str(values["name"]): int(value) if values["kind"] == NUMBER else value}


def report(request: Message, told: Values) -> Message:
    """The device's answer to a message."""
    columns = REPORTS[request.transaction]
    values = {column.name: str(told.get(column.name, "")) for column in columns}
    return Message(request.transaction, values)


def told(answer: Message) -> Values:
    """What an answer tells; a response code only where there is one."""
    return {name: value for name, value in answer.values.items() if value}
