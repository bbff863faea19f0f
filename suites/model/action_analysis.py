"""Terminal action analysis: what the first GENERATE AC must ask for (EMV 4.1 Book 3, 10.7).

Also the decision when the host could not be reached. Types are P1 masked with C0: 00, 40, 80.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from suites.model.bits import TVR_SIZE, both, either

AAC, TC, ARQC = "00", "40", "80"
NONE = bytes(TVR_SIZE)
ALL = b"\xff" * TVR_SIZE


class TerminalClass(StrEnum):
    """What a terminal can decide and reach; the words are those of the ICS."""

    OFFLINE_ONLY = "offline-only"
    OFFLINE_WITH_ONLINE = "offline-with-online"
    ONLINE_ONLY = "online-only"

    @property
    def goes_online(self) -> bool:
        return self is not TerminalClass.OFFLINE_ONLY


# contact facts, 2.7: second digit of 9F35.
CLASS_OF_TYPE = {
    "1": TerminalClass.ONLINE_ONLY,
    "4": TerminalClass.ONLINE_ONLY,
    "2": TerminalClass.OFFLINE_WITH_ONLINE,
    "5": TerminalClass.OFFLINE_WITH_ONLINE,
    "3": TerminalClass.OFFLINE_ONLY,
    "6": TerminalClass.OFFLINE_ONLY,
}


@dataclass(frozen=True, slots=True)
class ActionCodes:
    """Denial, online and default, five bytes each: of the issuer (IAC) or of the terminal (TAC)."""

    denial: bytes = NONE
    online: bytes = NONE
    default: bytes = NONE

    @property
    def complete(self) -> bool:
        return all(len(each) == TVR_SIZE for each in (self.denial, self.online, self.default))


def issuer_codes(denial_9f0e: bytes, online_9f0f: bytes, default_9f0d: bytes) -> ActionCodes:
    """The IACs of a card; empty where it has none: then nothing denies, anything goes online."""
    return ActionCodes(denial_9f0e or NONE, online_9f0f or ALL, default_9f0d or ALL)


def classes(claims: Collection[str], terminal_type_9f35: str) -> tuple[TerminalClass, ...]:
    """The class a terminal claims, else the one its type tells; none where neither does."""
    claimed = tuple(each for each in TerminalClass if each in claims)
    told = CLASS_OF_TYPE.get(terminal_type_9f35[-1:])
    return claimed or ((told,) if told else ())


def first_decision(
    tvr: bytes,
    issuer: ActionCodes,
    terminal: ActionCodes,
    kind: TerminalClass,
    *,
    online_codes_offline: bool = False,
) -> str:
    """What GAC1 asks for; `online_codes_offline`: offline-only, but looks at the online codes."""
    if _matches(tvr, issuer.denial, terminal.denial):
        return AAC
    if kind is TerminalClass.ONLINE_ONLY:
        return ARQC
    if kind.goes_online or online_codes_offline:
        if _matches(tvr, issuer.online, terminal.online):
            return ARQC
        if kind.goes_online:
            return TC
    return decision_without_host(tvr, issuer, terminal)


def decision_without_host(tvr: bytes, issuer: ActionCodes, terminal: ActionCodes) -> str:
    """AAC or TC by the default codes: offline-only, or the host could not be reached."""
    return AAC if _matches(tvr, issuer.default, terminal.default) else TC


def _matches(tvr: bytes, issuer: bytes, terminal: bytes) -> bool:
    return any(both(tvr, either(issuer, terminal)))
