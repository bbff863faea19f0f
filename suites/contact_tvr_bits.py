"""How each bit of the TVR is brought about, and what the TVR is then (contact facts, 2.1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from suites.acts import Act, purchase
from suites.card_edits import flipped, without
from suites.case import BC, Card, Terminal
from suites.contact_cards import (
    AUTHENTICATED_BY_CDA,
    AUTHENTICATED_BY_SDA,
    NO_CODES,
    NO_TACS,
    TEST_PAN,
)
from suites.contact_stimuli import PIN, cvm
from suites.ics_language import (
    BYP,
    CDA,
    DDA,
    EXCF,
    FORCE_ON,
    ODA,
    OFF,
    OPIN,
    OWO,
    PPIN,
    PTC,
    RTS,
    SDA,
    VEL,
    Claim,
)
from suites.model.bits import TVR_RESERVED, TVR_SIZE, mask
from suites.model.bits import without as less
from suites.symbols import ABOVE_FLOOR, TOMORROW, YESTERDAY

IN_HASH = -21
SALE = purchase()
ALL_BITS = b"\xff" * TVR_SIZE
LIMITS = BC.but(lower_9F14="03", upper_9F23="05", atc_9F36="000A")


@dataclass(frozen=True, slots=True)
class Way:
    """A card, an act and a setting that lead to this TVR, on terminals that claim this."""

    tvr: str
    card: Card = BC
    applies: Claim = ODA
    act: Act = SALE
    terminal: Terminal = NO_TACS

    @property
    def others(self) -> str:
        """Every bit that has a meaning and is not set."""
        return less(less(ALL_BITS, TVR_RESERVED), bytes.fromhex(self.tvr)).hex().upper()

    def denied_by(self, denial_9f0e: str) -> Card:
        """The card with this issuer action code for denial, and none for anything else."""
        return self.card.but(denial_9F0E=denial_9f0e, online_9F0F=NO_CODES, default_9F0D=NO_CODES)


def only(which: str) -> str:
    """A TVR with this bit alone, in hex."""
    return mask(which, TVR_SIZE).hex().upper()


WAYS: Mapping[str, Way] = MappingProxyType(
    {
        "1.8": Way("8000000000", BC.but(aip_82="1C00")),
        "1.7": Way("4000000000", AUTHENTICATED_BY_SDA.edited(flipped("93", IN_HASH)), SDA),
        "1.6": Way("6000000000", AUTHENTICATED_BY_SDA.edited(without("93")), SDA),
        "1.5": Way("1000000000", applies=ODA & EXCF, terminal=NO_TACS.but(exception_file=TEST_PAN)),
        "1.4": Way("0800000000", BC.edited(flipped("9F4B", IN_HASH)), DDA),
        "1.3": Way("0400000000", AUTHENTICATED_BY_CDA.edited(flipped("9F46", IN_HASH)), CDA),
        "2.8": Way("0080000000", BC.but(version_9F08="0001")),
        "2.7": Way("0040000000", BC.but(expiry_5F24=YESTERDAY)),
        "2.6": Way("0020000000", BC.but(effective_5F25=TOMORROW)),
        "2.5": Way("0010000000", BC.but(usage_9F07="0100", issuer_country_5F28="0156")),
        "2.4": Way(
            "0008000000", LIMITS.but(atc_9F36="0001", last_online_9F13="0000"), ODA & VEL
        ),
        "3.8": Way("0000800000", cvm("0000")),
        "3.7": Way("0000C00000", cvm("2F00")),
        "3.6": Way("0000A00000", cvm("0100").but(tries_9F17="00"), ODA & PPIN & PTC),
        "3.5": Way("0000900000", cvm("0200"), ODA & OPIN, purchase(pin_pad="broken")),
        "3.4": Way("0000880000", cvm("0200"), ODA & OPIN & BYP, purchase(pin="")),
        "3.3": Way("0000040000", cvm("0200"), ODA & OPIN, purchase(pin=PIN)),
        "4.8": Way("0000008000", applies=ODA & (OFF | OWO), act=purchase(ABOVE_FLOOR)),
        "4.7": Way("0000004000", LIMITS.but(last_online_9F13="0006"), ODA & VEL),
        "4.6": Way("0000006000", LIMITS.but(last_online_9F13="0004"), ODA & VEL),
        "4.5": Way(
            "0000001000",
            applies=ODA & RTS & OWO,
            terminal=NO_TACS.but(random_target=99, random_maximum=99),
        ),
        "4.4": Way("0000000800", applies=ODA & FORCE_ON & OWO, act=purchase(force_online="yes")),
    }
)
