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
REQUESTS: Mapping[str, tuple[Column, ...]] = {
    "purchase": (Column("amount", 12, Kind.AMOUNT),),
    "sign on": (),
    "settle pending": (),
    # One setting a message.
    CONFIGURE: (
        Column("name", 40, Kind.TEXT),
        Column("kind", 1, Kind.TEXT),
        Column("value", 64, Kind.TEXT),
    ),
}
CODES = {"purchase": "01", "sign on": "02", "settle pending": "03", CONFIGURE: "04"}
PROFILE = Profile(
    length_mode=LengthMode.BCD2,
    lrc_from=LrcFrom.LEN,
    lrc_includes_etx=True,
    tx_codes=MappingProxyType(CODES),
    fields=MappingProxyType(
        {(Sender.REGISTER, verb): columns for verb, columns in REQUESTS.items()}
        | {(Sender.TERMINAL, verb): REPORT for verb in REQUESTS}
    ),
)

Values = Mapping[str, str | int]


def requests(verb: str, arguments: Values) -> Iterator[Message]:
    """The messages that ask for an act: one, or one for each setting."""
    if verb != CONFIGURE:
        yield Message(verb, arguments)
        return
    for name, value in arguments.items():
        kind = NUMBER if isinstance(value, int) else TEXT
        yield Message(verb, {"name": name, "kind": kind, "value": str(value)})


def arguments_of(request: Message) -> Values:
    """What a message asks for, as the device takes it."""
    values = request.values
    if request.transaction != CONFIGURE:
        return values
    value = str(values["value"])
    return {str(values["name"]): int(value) if values["kind"] == NUMBER else value}


def report(request: Message, told: Values) -> Message:
    """The device's answer to a message."""
    code = str(told.get("response-code", ""))
    return Message(request.transaction, {"outcome": told["outcome"], "response-code": code})


def told(answer: Message) -> Values:
    """What an answer tells; a response code only where there is one."""
    return {name: value for name, value in answer.values.items() if value}
