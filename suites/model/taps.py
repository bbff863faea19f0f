"""What a contactless terminal must decide: pre-processing, the path, and after a failed fast DDA.

JR/T 0025.12 6.2, 6.5.4 and Annex B (contactless facts, 1.3, 1.6 and 1.8). Amounts in minor units.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from suites.model.action_analysis import TerminalClass
from suites.model.bits import bit, either, mask

TTQ_SIZE = 4
ONE_UNIT = 100
# Contactless facts, 4.1: the bits of 9F66 that a claim sets whatever the amount is.
FIXED = {
    "1.8": "msd",
    "1.7": "contactless-pboc",
    "1.6": "qpboc",
    "1.5": "contact",
    "1.4": "offline-only",
    "1.3": "online-pin",
    "1.2": "signature",
    "1.1": "contactless-oda-online",
    "4.8": "fdda-01",
}
ONLINE_CRYPTOGRAM, CVM = "2.8", "2.7"
MSD, FULL, QUICK = "1.8", "1.7", "1.6"
# Byte 2 bit 8 of the AIP: magnetic stripe data, edition 2.0.
AIP_MSD = "2.8"
# Contactless facts, 1.6: the first CVR byte is the fifth of 9F10, its bits 6 and 5 decide.
CVR_AT = 4


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits a terminal has; () where it has none. `floor` is its own or else 9F1B."""

    transaction: tuple[int, ...] = ()
    cvm: tuple[int, ...] = ()
    floor: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Prepared:
    """9F66 as it must be sent; `closed` names the rule by which no card may be asked at all."""

    ttq: bytes = b""
    closed: str = ""


class Path(StrEnum):
    """The ways on from the answer to GET PROCESSING OPTIONS."""

    QUICK = "qPBOC"
    FULL = "PBOC"
    MSD = "MSD"
    NONE = "none"


class Decided(StrEnum):
    """What a card decided."""

    TC = "TC"
    ARQC = "ARQC"
    AAC = "AAC"


class AfterFailure(StrEnum):
    """What follows a failed fast DDA."""

    ONLINE = "online"
    OTHER_INTERFACE = "other interface"
    DECLINE = "decline"


def prepared(
    amount: int,
    limits: Limits,
    claims: Collection[str],
    kind: TerminalClass,
    *,
    status_check: bool,
) -> Prepared:
    """Rules P1 to P7 for a purchase; the first rule that closes contactless is the one named."""
    extended = "extended-application" in claims
    online = kind.goes_online
    above_floor = any(amount > each for each in limits.floor)
    if amount == 0 and not online and not extended:
        return Prepared(closed="P3")
    if any(amount >= each for each in limits.transaction):
        return Prepared(closed="P4")
    if not limits.floor:
        return Prepared(closed="P7")
    if above_floor and not online:
        # Part 5, the kiosk that works offline only: it does not ask for what nobody can check.
        return Prepared(closed="P6")
    asks = (
        (status_check and amount == ONE_UNIT)
        or (amount == 0 and online and not extended)
        or above_floor
    )
    wanted = [which for which, claim in FIXED.items() if claim in claims]
    wanted += [ONLINE_CRYPTOGRAM] if asks else []
    wanted += [CVM] if any(amount >= each for each in limits.cvm) else []
    ttq = bytes(TTQ_SIZE)
    for which in wanted:
        ttq = either(ttq, mask(which, TTQ_SIZE))
    return Prepared(ttq)


def path(ttq: bytes, aip: bytes, *, cryptogram: bool) -> Path:
    """The path that the bits of both sides open; `cryptogram`: 9F26 stood in the answer."""
    stripe = bool(bit(ttq, MSD) and bit(aip, AIP_MSD)) and not cryptogram
    if stripe:
        return Path.MSD
    if bit(ttq, QUICK) and cryptogram and not (bit(ttq, FULL) and bit(aip, AIP_MSD)):
        return Path.QUICK
    return Path.FULL if bit(ttq, FULL) else Path.NONE


def decided(iad_9f10: bytes) -> tuple[Decided, ...]:
    """What the CVR says that the card decided; nothing where 9F10 is too short to say it."""
    # Bits that are reserved count as a decline (contactless facts, 1.6).
    order = (Decided.AAC, Decided.TC, Decided.ARQC, Decided.AAC)
    return tuple(order[value >> 4 & 3] for value in iad_9f10[CVR_AT : CVR_AT + 1])


def after_failure(ctq_9f6c: bytes, *, online: bool, contact: bool) -> AfterFailure:
    """What the card's qualifiers say for a failed fast DDA; b"" is a card without any."""
    if bit(ctq_9f6c, "1.6") and online:
        return AfterFailure.ONLINE
    if bit(ctq_9f6c, "1.5") and contact:
        return AfterFailure.OTHER_INTERFACE
    return AfterFailure.DECLINE
