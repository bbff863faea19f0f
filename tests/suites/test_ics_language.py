"""Expressions over claims: they print, and they hold or not."""

import pytest

from suites.ics_language import ALL, DDA, OFF, ONLINE, OWO, SDA, Claim


@pytest.mark.parametrize(
    "claim, text",
    [
        (OWO, "offline-with-online"),
        (SDA & DDA, "sda and dda"),
        (ONLINE, "offline-with-online or online-only"),
        (SDA & ONLINE, "sda and (offline-with-online or online-only)"),
        (~SDA, "not sda"),
        (~(SDA | DDA), "not (sda or dda)"),
        (ALL, "any terminal"),
    ],
)
def test_an_expression_prints_as_a_person_reads_it(claim: Claim, text: str) -> None:
    """The report can say why a run was left out."""
    assert str(claim) == text


@pytest.mark.parametrize(
    "claim, claims, holds",
    [
        (ALL, set(), True),
        (OWO, {"offline-with-online"}, True),
        (OFF, {"offline-with-online"}, False),
        (SDA & ~DDA, {"sda"}, True),
        (SDA & ~DDA, {"sda", "dda"}, False),
        (ONLINE, {"online-only"}, True),
        (ONLINE, {"offline-only"}, False),
    ],
)
def test_an_expression_holds_for_claims(claim: Claim, claims: set[str], holds: object) -> None:
    """Applicability and guards are decided from the claims alone."""
    assert claim.holds(claims) is holds


def test_an_expression_knows_its_claims() -> None:
    """The names it speaks of can be checked against the proforma."""
    assert (SDA & ONLINE).names() == {"sda", "offline-with-online", "online-only"}
