"""Statements of contactless terminals that claim less, or other, than the emulated POS does."""

from collections.abc import Mapping
from dataclasses import replace

from fixtures import ics, ixit
from fixtures.ics import Ics
from tests.contact_variants import AS_IT_IS, Variant

FULL = frozenset(("contactless-pboc", "contactless-ecash"))
ONLINE = frozenset(("offline-with-online", "online-pin"))
OFFLINE = frozenset(("offline-only",))
VARIANTS: Mapping[str, Variant] = {
    AS_IT_IS: Variant(),
    "qPBOC only": Variant(FULL),
    "no online PIN": Variant(frozenset(("online-pin",))),
    "no floor limit": Variant(frozenset(("contactless-floor-limit",))),
    "offline only": Variant(FULL | ONLINE, OFFLINE, (("terminal-type", "23"),)),
    "no contacts": Variant(
        FULL | ONLINE | {"contact"}, OFFLINE, (("terminal-type", "23"),)
    ),
    "unattended": Variant(
        FULL | ONLINE | {"attended"}, OFFLINE, (("terminal-type", "26"),)
    ),
    "bus": Variant(
        FULL | ONLINE | {"attended", "signature"},
        OFFLINE | {"bus"},
        (("terminal-type", "26"),),
    ),
    "fDDA 01": Variant(FULL, frozenset(("fdda-01",))),
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
