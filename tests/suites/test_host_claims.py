"""The claims that host cases ask for are those of the catalogue's flags."""

import pytest

from suites import host_claims
from suites.flags import flags

NAMES = (
    *("IC", "MSR", "ONLINEPIN", "PINBYPASS", "FALLBACK", "TRACKENC", "VOID", "REFUND", "EC"),
    *("QPBOC", "DOWNLOAD8583", "EC_LOAD", "EC_LOAD_DESIG", "EC_LOAD_NONDESIG", "EC_LOAD_CASH"),
)


@pytest.mark.parametrize("name", NAMES)
def test_a_flag_is_the_claim_of_the_table(name: str) -> None:
    """One meaning, written twice, is the same."""
    assert getattr(host_claims, name).names() == flags()["host"][name].names()
