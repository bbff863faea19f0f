"""All cases by id, in the order of the catalogue."""

from collections.abc import Mapping

from suites.card import (
    answer_to_reset,
    authentication,
    commitment,
    cryptograms,
    extended_application,
    initiation,
    offline_pin,
    quick_payment,
    reading,
    scripts,
    selection,
)
from suites.case import Case
from suites.contact import (
    card_action_analysis,
    cardholder_verification,
    combined_data_authentication,
    dynamic_data_authentication,
    online_processing,
    processing_restrictions,
    static_data_authentication,
    terminal_action_analysis,
    terminal_risk_management,
)

SUITES: Mapping[str, tuple[str, ...]] = {
    "contact": ("CT",),
    "contactless": ("CL",),
    "card": ("CD",),
    "host": ("HD", "HI"),
    "kiosk": ("HK",),
}
MODULES = (
    static_data_authentication,
    dynamic_data_authentication,
    combined_data_authentication,
    processing_restrictions,
    cardholder_verification,
    terminal_risk_management,
    terminal_action_analysis,
    card_action_analysis,
    online_processing,
    answer_to_reset,
    selection,
    initiation,
    reading,
    offline_pin,
    authentication,
    cryptograms,
    scripts,
    quick_payment,
    commitment,
    extended_application,
)


class CatalogueBroken(Exception):
    """Two cases share an id."""


def _by_id(cases: tuple[Case, ...]) -> Mapping[str, Case]:
    found = {case.id: case for case in cases}
    if len(found) != len(cases):
        message = "two cases share an id"
        raise CatalogueBroken(message)
    return found


CASES: Mapping[str, Case] = _by_id(tuple(case for module in MODULES for case in module.CASES))


def suite_of(case: Case) -> str:
    """Contact for CT-PR-016: the suite that a case's id names."""
    prefix = case.id.split("-", 1)[0]
    return next(name for name, prefixes in SUITES.items() if prefix in prefixes)
