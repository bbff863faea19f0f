"""Knobs of a host as a case writes them, texts without blanks, and what the host's engine takes.

alter=4:000000000001,13:0318    drop=55,64    de55_add=7203.9F1800    scripts=72-00000001-04DA...
"""

from collections.abc import Callable, Mapping

from adapters.codec.iso8583_dialect import Attribute
from adapters.codec.pos_dialect import POS
from fixtures.acquirer.scripts import Command, Script

HEADER_SIZE = 4


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text.replace(".", ""))


def _altered(text: str) -> tuple[tuple[int, str | bytes], ...]:
    fields = (each.partition(":") for each in text.split(","))
    return tuple((int(number), _field(int(number), value)) for number, _, value in fields)


def _field(number: int, value: str) -> str | bytes:
    binary = number in POS.fields and POS.fields[number].attribute is Attribute.B
    return _bytes(value) if binary else value


def _dropped(text: str) -> frozenset[int]:
    return frozenset(int(number) for number in text.split(","))


def _scripts(text: str) -> tuple[Script, ...]:
    return tuple(_script(each) for each in text.split("/"))


def _script(text: str) -> Script:
    template, _, rest = text.partition("-")
    identifier, _, commands = rest.partition("-")
    return Script(
        int(template, 16),
        tuple(_command(_bytes(each)) for each in commands.split("+")),
        _bytes(identifier),
    )


def _command(whole: bytes) -> Command:
    return Command(whole[:HEADER_SIZE], whole[HEADER_SIZE:])


# Knobs whose values are more than a word or a number.
PARSERS: Mapping[str, Callable[[str], object]] = {
    "alter": _altered,
    "drop": _dropped,
    "scripts": _scripts,
    "de55_add": _bytes,
}
