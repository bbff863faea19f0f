"""Statements of terminals that claim less, or other, than the emulated POS does by itself."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from fixtures import ics, ixit
from fixtures.ics import Ics
from suites.attempt import Setting


@dataclass(frozen=True)
class Variant:
    """Claims that are taken away and added, and settings that go with them."""

    without: frozenset[str] = frozenset()
    also: frozenset[str] = frozenset()
    settings: tuple[tuple[str, Setting], ...] = ()


AS_IT_IS = "as it is"
VARIANTS: Mapping[str, Variant] = {
    AS_IT_IS: Variant(),
    "no online pin": Variant(
        frozenset(("online-pin",)), settings=(("terminal-capabilities", "60A9C8"),)
    ),
    "no offline pin": Variant(
        frozenset(("plaintext-pin",)), settings=(("terminal-capabilities", "6069C8"),)
    ),
    "no document": Variant(
        frozenset(("id-document",)), settings=(("terminal-capabilities", "60E8C8"),)
    ),
    "no ecash": Variant(
        frozenset(
            ("ecash", "ecash-log", "load-designated", "load-non-designated", "load-cash")
        )
    ),
    "parameter download": Variant(also=frozenset(("parameter-download",))),
    "no fallback": Variant(frozenset(("fallback",))),
    "cash machine": Variant(
        frozenset(("attended",)), frozenset(("cash-machine",)), (("terminal-type", "15"),)
    ),
    "same-pan log": Variant(also=frozenset(("same-pan-log",))),
    "no cardholder selection": Variant(frozenset(("cardholder-selection",))),
    "sda only": Variant(
        frozenset(("dda", "cda")), settings=(("terminal-capabilities", "60E980"),)
    ),
    "no cda": Variant(frozenset(("cda",)), settings=(("terminal-capabilities", "60E9C0"),)),
    "no authentication": Variant(
        frozenset(("offline-with-online", "sda", "dda", "cda")),
        frozenset(("online-only",)),
        (("terminal-type", "21"), ("terminal-capabilities", "60E900")),
    ),
    "offline only": Variant(
        frozenset(("offline-with-online", "online-pin")),
        frozenset(("offline-only",)),
        (("terminal-type", "23"), ("terminal-capabilities", "60A9C8")),
    ),
    "online only": Variant(
        frozenset(("offline-with-online",)),
        frozenset(("online-only",)),
        (("terminal-type", "21"),),
    ),
}


def statement(name: str) -> Ics:
    """The statement of the emulated POS, so changed."""
    whole = ics.read(ixit.read(ixit.IN_MEMORY).ics_path)
    variant = VARIANTS[name]
    return replace(
        whole,
        claims=frozenset(whole.claims - variant.without | variant.also),
        settings={**whole.settings, **dict(variant.settings)},
    )
