"""When this crosses a port, that happens: one shape for card, host, kiosk and power."""

from dataclasses import dataclass, replace
from enum import StrEnum

from adapters.events import Port
from suites.command_names import ANY_AID, ANY_DIRECTORY_RECORD, ANY_RECORD, written


class Edge(StrEnum):
    """Whether a rule reacts to the question or to its answer."""

    ASKED = "asked"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class Trigger:
    """The n-th time something crosses a port: a command's short name, or a message type."""

    port: Port
    what: str
    nth: int = 1
    edge: Edge = Edge.ASKED

    def answered(self) -> "Trigger":
        return replace(self, edge=Edge.ANSWERED)

    def time(self, n: int) -> "Trigger":
        return replace(self, nth=n)

    def __str__(self) -> str:
        ordinal = f"#{self.nth}" if self.nth != 1 else ""
        edge = f" {self.edge}" if self.edge is Edge.ANSWERED else ""
        return f"{self.what}{ordinal}{edge}"


class Deed(StrEnum):
    """What a reaction does instead of the engine's own answer."""

    STATUS = "status"  # the card answers this status word
    ANSWER_AS_IF_ASKED = "answer-as-if-asked"  # GENERATE AC: as if this P1 had been sent
    SILENCE = "silence"  # no answer at all
    ENDING = "ending"  # the card's own data under this status word
    REWRITTEN = "rewritten"  # the card's own objects in another template, some of them changed
    REMOVAL = "removal"  # the card is gone, until somebody powers it on again
    ANSWER_LOST = "answer-lost"  # the card does it, and is gone before its answer arrives
    INSTEAD = "instead"  # the card answers these bytes, status word included
    DE39 = "de39"  # the host answers with this response code
    ANSWERS = "answers"  # the host's knobs stand so: "bad_mac=yes delay_ms=9000"


@dataclass(frozen=True, slots=True)
class Reaction:
    deed: Deed
    argument: str = ""

    def __str__(self) -> str:
        return f"{self.deed} {self.argument}".strip()


@dataclass(frozen=True, slots=True)
class Rule:
    on: Trigger
    do: Reaction

    def __str__(self) -> str:
        return f"{self.on} -> {self.do}"


def command(name: str) -> Trigger:
    return Trigger(Port.ICC, name)


def message(mti: str, port: Port = Port.HOST_T) -> Trigger:
    return Trigger(port, mti)


SEL_PSE = command("SEL(PSE)")
ANY_AID_SELECTED, DIRECTORY_READ, RECORD_READ = map(
    command, (ANY_AID, ANY_DIRECTORY_RECORD, ANY_RECORD)
)
GPO, GAC1, GAC2, IA, EA, RR = map(command, ("GPO", "GAC1", "GAC2", "IA", "EA", "RR"))
VER, SCR = map(command, ("VER", "SCR"))
SIGN_ON, SALE, REVERSAL, SCRIPT_NOTICE = map(message, ("0800", "0200", "0400", "0620"))
REFUND, SETTLE, UPLOAD = map(message, ("0220", "0500", "0320"))
S_REQUEST, S_REVERSAL, S_NOTICE = (
    message(mti, Port.HOST_S) for mti in ("0200", "0420", "0620")
)


# What an issuer decides about a request, whichever line it comes in by.
ISSUERS_DEEDS = frozenset((Deed.DE39, Deed.ANSWERS))
ISSUERS_REQUESTS = frozenset(("0100", "0200"))


def at_switch(rule: Rule) -> tuple[Rule, ...]:
    """The rule of a terminal's host that decides about a request, for a switch that does so."""
    on = rule.on
    decides = rule.do.deed in ISSUERS_DEEDS and on.what in ISSUERS_REQUESTS
    moved = Rule(replace(on, port=Port.HOST_S), rule.do)
    return (moved,) if decides and on.port is Port.HOST_T else ()


def bill(ask: str) -> Trigger:
    """What a kiosk asks its biller: query, pay, confirm, reverse, refund or reconcile."""
    return Trigger(Port.BILLER, ask)


def sw(status: str) -> Reaction:
    """The card answers this status word, four hex digits, and nothing else."""
    return Reaction(Deed.STATUS, status)


def answers(**knobs: str | int) -> Reaction:
    """A host answers with these knobs of its engine; "yes" turns one on."""
    return Reaction(Deed.ANSWERS, " ".join(f"{name}={value}" for name, value in knobs.items()))


def ending(status: str) -> Reaction:
    """The card answers what it would, under this status word."""
    return Reaction(Deed.ENDING, status)


def rewritten(
    template: str, *objects: str, short: int = 0, longer: int = 0, as_if: str = ""
) -> Reaction:
    """The card's own objects in this template: "9F4B" as it is, "DF81:01.02" with a value given.

    Template 80 holds values alone. The last value may be some bytes short, the template's length
    larger than it is, and the answer that of a GENERATE AC that asked for another type.
    """
    less = (f"short={short}",) if short else ()
    more = (f"longer={longer}",) if longer else ()
    asked = (f"as-if={as_if}",) if as_if else ()
    return Reaction(Deed.REWRITTEN, " ".join((template, *objects, *less, *more, *asked)))


def code(de39: str) -> Reaction:
    """A host answers with this response code."""
    return Reaction(Deed.DE39, de39)


def issuer_script(template: str, *commands: str, identifier: str = "00000001") -> str:
    """A script as the knob `scripts` takes it: each command its header and its data, in hex.

    Digits stand in pairs with dots between: no row of them can be taken for a card number.
    """
    written = "+".join(bytes.fromhex(each).hex(".").upper() for each in commands)
    return f"{template}-{identifier}-{written}"


def gd(tag: str) -> Trigger:
    """GET DATA of this tag, upper-case hex."""
    return command(f"GD({tag})")


def rr(sfi: int, number: int) -> Trigger:
    """READ RECORD of this one."""
    return command(f"RR({sfi},{number})")


def sel(name: str) -> Trigger:
    """SELECT of this AID or directory, upper-case hex; the first or only occurrence."""
    return command(f"SEL({written(bytes.fromhex(name))})")


def seln(name: str) -> Trigger:
    """SELECT of the next occurrence of this name."""
    return command(f"SELN({written(bytes.fromhex(name))})")


def rr_dir(number: int) -> Trigger:
    """READ RECORD of this one of the directory."""
    return command(f"RR(dir,{number})")


def scr(number: int) -> Trigger:
    """The n-th issuer script command of a transaction."""
    return command(f"SCR({number})")


def instead(response: str) -> Reaction:
    """The card answers these bytes, in hex, with their status word.

    Dots stand between them: no row of digits can be taken for a card number.
    """
    return Reaction(Deed.INSTEAD, bytes.fromhex(response).hex(".").upper())


# EMV 4.1 Book 3, 6.5.5: reference control parameter 00 asks for an AAC.
AAC = Reaction(Deed.ANSWER_AS_IF_ASKED, "00")
TC = Reaction(Deed.ANSWER_AS_IF_ASKED, "40")
ARQC = Reaction(Deed.ANSWER_AS_IF_ASKED, "80")
SILENCE = Reaction(Deed.SILENCE)
REMOVAL, ANSWER_LOST = Reaction(Deed.REMOVAL), Reaction(Deed.ANSWER_LOST)
