"""All cases by id, in the order of the catalogue."""

from collections.abc import Mapping

from suites.card import catalogue as card
from suites.case import Case
from suites.contact import catalogue as contact
from suites.contactless import catalogue as contactless
from suites.host import catalogue as host
from suites.kiosk import catalogue as kiosk

SUITES: Mapping[str, tuple[str, ...]] = {
    "contact": ("CT",),
    "contactless": ("CL",),
    "card": ("CD",),
    "host": ("HD", "HI"),
    "kiosk": ("HK",),
}


class CatalogueBroken(Exception):
    """Two cases share an id."""


def _by_id(cases: tuple[Case, ...]) -> Mapping[str, Case]:
    found = {case.id: case for case in cases}
    if len(found) != len(cases):
        message = "two cases share an id"
        raise CatalogueBroken(message)
    return found


CASES: Mapping[str, Case] = _by_id(
    (*contact.CASES, *contactless.CASES, *host.CASES, *card.CASES, *kiosk.CASES)
)


def suite_of(case: Case) -> str:
    """Contact for CT-PR-016: the suite that a case's id names."""
    prefix = case.id.split("-", 1)[0]
    return next(name for name, prefixes in SUITES.items() if prefix in prefixes)
