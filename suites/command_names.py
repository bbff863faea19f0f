"""Short names of the C-APDUs a payment terminal sends (EMV 4.1 Book 3, 6.5; JR/T 0025.5 Annex B).

Rules name commands by them and readings count by them, so both mean the same command.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from adapters.codec.apdu import CommandApdu

PSE_NAME = b"1PAY.SYS.DDF01"
OTHER = "OTHER"
# CLA, INS -> short name; what P1 P2 may be is a condition's business, not a name's.
HEADERS = {
    (0x00, 0xA4): "SEL",
    (0x00, 0xB2): "RR",
    (0x80, 0xA8): "GPO",
    (0x00, 0x88): "IA",
    (0x80, 0xCA): "GD",
    (0x00, 0x84): "GC",
    (0x00, 0x20): "VER",
    (0x80, 0xAE): "GAC",
    (0x00, 0x82): "EA",
    (0x00, 0xC0): "GR",
    (0x84, 0x1E): "SCR",
    (0x84, 0x18): "SCR",
    (0x84, 0x16): "SCR",
    (0x84, 0x24): "SCR",
    (0x04, 0xDA): "SCR",
    (0x04, 0xDC): "SCR",
}
# A GENERATE AC is numbered within its transaction, a script command within it too.
NUMBERED = frozenset(("GAC", "SCR"))
# What starts the numbering again: a new transaction begins with a reset or a GPO.
RESTARTS = frozenset(("GPO",))

NEXT_OCCURRENCE = 0x02


def _record(command: CommandApdu) -> str:
    return f"RR({command.p2 >> 3},{command.p1})"


def _data_object(command: CommandApdu) -> str:
    return f"GD({command.p1:02X}{command.p2:02X})"


def _application(command: CommandApdu) -> str:
    name = "PSE" if command.data == PSE_NAME else command.data.hex().upper()
    return f"SEL{'N' if command.p2 == NEXT_OCCURRENCE else ''}({name})"


# Commands that are told apart by what they ask for (contact facts, 1.1).
EXACT: Mapping[str, Callable[[CommandApdu], str]] = {
    "RR": _record,
    "GD": _data_object,
    "SEL": _application,
}


@dataclass(frozen=True, slots=True)
class CommandName:
    """`short` as in the table ("GAC1", "SCR(2)", "RR"); `family` without its number ("GAC").

    `exact` says what of: "RR(2,1)", "GD(9F79)", "SEL(PSE)"; "" where there is nothing to say.
    """

    short: str
    family: str
    number: int
    exact: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Every name it goes by, each once."""
        return tuple(dict.fromkeys(name for name in (self.short, self.family, self.exact) if name))


class CommandNamer:
    """Names the commands of one card session in the order they come."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def reset(self) -> None:
        self._seen.clear()

    def name(self, command: CommandApdu) -> CommandName:
        family = HEADERS.get((command.cla, command.ins), OTHER)
        if family in RESTARTS:
            self.reset()
        number = self._seen[family] = self._seen.get(family, 0) + 1
        if family == "GAC":
            return CommandName(f"GAC{number}", family, number)
        if family == "SCR":
            return CommandName(f"SCR({number})", family, number)
        if family in EXACT:
            return CommandName(family, family, number, EXACT[family](command))
        return CommandName(family, family, number)


def named(commands: Iterable[CommandApdu]) -> Iterator[tuple[CommandName, CommandApdu]]:
    """Commands of one session with their names."""
    namer = CommandNamer()
    for command in commands:
        yield namer.name(command), command
