"""Short names of the C-APDUs a payment terminal sends (EMV 4.1 Book 3, 6.5; JR/T 0025.5 Annex B).

Rules name commands by them and readings count by them, so both mean the same command.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from adapters.codec.apdu import CommandApdu

PSE_NAME = b"1PAY.SYS.DDF01"
PPSE_NAME = b"2PAY.SYS.DDF01"
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
SELECT = 0xA4
DIRECTORIES = {PSE_NAME: "PSE", PPSE_NAME: "PPSE"}
RID_DIGITS, REGISTERED = 10, 0xA
ANY_DIRECTORY_RECORD, ANY_RECORD, ANY_AID = "RR(dir,*)", "RR(*,*)", "SEL(AID*)"


def _record(command: CommandApdu) -> str:
    return f"RR({command.p2 >> 3},{command.p1})"


def _directory_record(command: CommandApdu) -> str:
    return f"RR(dir,{command.p1})"


def _data_object(command: CommandApdu) -> str:
    return f"GD({command.p1:02X}{command.p2:02X})"


def _application(command: CommandApdu) -> str:
    named = DIRECTORIES.get(command.data) or written(command.data)
    return f"SEL{'N' if command.p2 == NEXT_OCCURRENCE else ''}({named})"


def written(name: bytes) -> str:
    """A name as it stands in short names: a dot behind the RID, so that it is no card number."""
    digits = name.hex().upper()
    return f"{digits[:RID_DIGITS]}.{digits[RID_DIGITS:]}" if _is_aid(name) else digits


def _is_aid(name: bytes) -> bool:
    # ISO/IEC 7816-5: the first digit of a registered RID is A.
    return len(name) > RID_DIGITS // 2 and name[0] >> 4 == REGISTERED


def _kind(command: CommandApdu, exact: str) -> str:
    """What the command is one of: records of a directory or not, SELECTs of an AID."""
    if exact.startswith("RR("):
        return ANY_DIRECTORY_RECORD if exact.startswith("RR(dir") else ANY_RECORD
    first = command.ins == SELECT and command.p2 != NEXT_OCCURRENCE
    return ANY_AID if first and _is_aid(command.data) else ""


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
    `kind` gathers some of these: "RR(dir,*)", "SEL(AID*)".
    """

    short: str
    family: str
    number: int
    exact: str = ""
    kind: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Every name it goes by, each once."""
        names = (self.short, self.family, self.exact, self.kind)
        return tuple(dict.fromkeys(name for name in names if name))


class CommandNamer:
    """Names the commands of one card session in the order they come."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}
        self._in_directory = False

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
            if family == "SEL":
                self._in_directory = command.data == PSE_NAME
            listed = family == "RR" and self._in_directory
            exact = (_directory_record if listed else EXACT[family])(command)
            return CommandName(family, family, number, exact, _kind(command, exact))
        return CommandName(family, family, number)


def named(commands: Iterable[CommandApdu]) -> Iterator[tuple[CommandName, CommandApdu]]:
    """Commands of one session with their names."""
    namer = CommandNamer()
    for command in commands:
        yield namer.name(command), command
