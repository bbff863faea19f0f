"""What EMV says of an answer to reset: the basic ATR of a card, and what a terminal refuses.

EMV 4.1 Book 1, 8.2 and 8.3. Later editions ask for more: only 00 or FF in TC1, no TB1 at all.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from adapters.codec.atr import DEFAULT_TA1, T0, T1, Atr, TckFault

BYTE = 0xFF
NIBBLE = 0x0F


class Reset(StrEnum):
    """After which reset the ATR came: the contacts' activation, or RST alone."""

    COLD = "cold"
    WARM = "warm"


@dataclass(frozen=True, slots=True)
class Deviation:
    """An interface byte, or TCK, that is not as it must be; None: it is absent."""

    character: str
    value: int | None


ABSENT = frozenset({None})
ANY_BYTE = frozenset(range(0x100))
INFORMATION_SIZES = frozenset(range(0x10, 0xFF))
# CWI is at most 5 and BWI at most 4.
WAITING_TIMES = frozenset(bwi << 4 | cwi for bwi in range(5) for cwi in range(6))
# EMV 4.1 Book 1, 8.2: what a basic ATR holds; a character that is not named here is absent.
BASIC_T0: Mapping[str, frozenset[int]] = MappingProxyType(
    {"TB1": frozenset({0x00}), "TC1": ANY_BYTE}
)
BASIC_T1: Mapping[str, frozenset[int]] = MappingProxyType(
    {
        "TB1": frozenset({0x00}),
        "TC1": ANY_BYTE,
        "TD1": frozenset({0x81}),
        "TD2": frozenset({0x31}),
        "TA3": INFORMATION_SIZES,
        "TB3": WAITING_TIMES,
    }
)


def deviations(atr: Atr) -> tuple[Deviation, ...]:
    """Where an ATR differs from the basic ATR of its first protocol; no opinion on what follows.

    A basic ATR answers a cold reset; a terminal accepts more than it (`refusals`).
    """
    basic = BASIC_T1 if atr.protocols[0] == T1 else BASIC_T0
    present = atr.characters
    names = sorted({*basic, *present}, key=lambda name: (int(name[2:]), name))
    odd = [
        Deviation(name, present.get(name))
        for name in names
        if present.get(name) not in basic.get(name, ABSENT)
    ]
    if atr.protocols[0] == T1 and not _waits_longer_than_the_guard(atr):
        odd.append(Deviation("CWI", atr.cwi))
    if atr.tck_fault is not TckFault.NONE:
        odd.append(Deviation("TCK", atr.tck))
    return tuple(odd)


def refusals(atr: Atr, reset: Reset) -> tuple[Deviation, ...]:
    """What makes a terminal without extras of its own refuse an ATR, in the order of the book.

    After a refused cold reset comes one warm reset, after that the session ends.
    """
    present = atr.characters
    return tuple(
        Deviation(name, present.get(name, atr.tck if name == "TCK" else None))
        for name, refused in RULES
        if refused(atr, reset)
    )


def _ta1(atr: Atr, _: Reset) -> bool:
    # In specific mode the terminal must do at once what TA1 says; else it may keep the default.
    specific = atr.specific_mode is not None and not atr.specific_mode & 0x10
    return specific and atr.characters.get("TA1", DEFAULT_TA1) not in {0x11, 0x12, 0x13}


def _tb1(atr: Atr, reset: Reset) -> bool:
    return reset is Reset.COLD and atr.characters.get("TB1") != 0x00


def _td1(atr: Atr, _: Reset) -> bool:
    return atr.characters.get("TD1", T0) & NIBBLE not in {T0, T1}


def _ta2(atr: Atr, _: Reset) -> bool:
    # Implicit values are nobody's to know, and the mode's protocol must be the first one.
    mode = atr.specific_mode
    return mode is not None and (bool(mode & 0x10) or mode & NIBBLE != atr.protocols[0])


def _tb2(atr: Atr, _: Reset) -> bool:
    return "TB2" in atr.characters


def _tc2(atr: Atr, _: Reset) -> bool:
    # A terminal may support other waiting times than 0A; that is an extra of its own.
    return atr.characters.get("TC2", 0x0A) != 0x0A


def _td2(atr: Atr, _: Reset) -> bool:
    # With T=0 first, editions differ in what TD2 may name: not judged.
    first_is_t1 = atr.protocols[0] == T1
    return first_is_t1 and atr.characters.get("TD2", BYTE) & NIBBLE != T1


def _ta3(atr: Atr, _: Reset) -> bool:
    return _offers_t1_first(atr) and atr.characters.get("TA3", 0x20) not in INFORMATION_SIZES


def _tb3(atr: Atr, _: Reset) -> bool:
    if not _offers_t1_first(atr):
        return False
    return atr.characters.get("TB3") not in WAITING_TIMES or not _waits_longer_than_the_guard(atr)


def _tc3(atr: Atr, _: Reset) -> bool:
    return _offers_t1_first(atr) and atr.characters.get("TC3", 0x00) != 0x00


def _tck(atr: Atr, _: Reset) -> bool:
    # A byte behind an ATR of T=0 is never waited for.
    return atr.tck_fault in {TckFault.MISSING, TckFault.WRONG}


def _offers_t1_first(atr: Atr) -> bool:
    return atr.protocols[0] == T1


def _waits_longer_than_the_guard(atr: Atr) -> bool:
    # EMV 4.1 Book 1, 8.3.3.10: 2^CWI > N + 1, where N = 255 counts as -1.
    guard = -1 if atr.extra_guard_time == BYTE else atr.extra_guard_time
    return bool(1 << atr.cwi > guard + 1)


# EMV 4.1 Book 1, 8.3.3.1 to 8.3.3.11 without TC1 (8.3.3.3), whose every value is taken; 8.3.4.
RULES: tuple[tuple[str, Callable[[Atr, Reset], bool]], ...] = (
    ("TA1", _ta1),
    ("TB1", _tb1),
    ("TD1", _td1),
    ("TA2", _ta2),
    ("TB2", _tb2),
    ("TC2", _tc2),
    ("TD2", _td2),
    ("TA3", _ta3),
    ("TB3", _tb3),
    ("TC3", _tc3),
    ("TCK", _tck),
)
