"""The model of taps: pre-processing, path, the card's decision, a failed fast DDA."""

import pytest

from suites.model.action_analysis import TerminalClass
from suites.model.taps import (
    AfterFailure,
    Decided,
    Limits,
    Path,
    Prepared,
    after_failure,
    decided,
    path,
    prepared,
)

CLAIMS = frozenset(("qpboc", "contact", "online-pin", "signature"))
OFFLINE = frozenset(("qpboc", "offline-only"))
OWO, OFF = TerminalClass.OFFLINE_WITH_ONLINE, TerminalClass.OFFLINE_ONLY
# Contactless facts, part 5: the base terminal.
LIMITS = Limits((100000,), (50000,), (50000,))
# A limit each, far from the others.
APART = Limits((30000,), (10000,), (20000,))


@pytest.mark.parametrize(
    "amount, ttq",
    [
        (1000, "36000000"),
        (9999, "36000000"),
        (10000, "36400000"),
        (10001, "36400000"),
        (20000, "36400000"),
        (20001, "36C00000"),
        (29999, "36C00000"),
        (0, "36800000"),
    ],
)
def test_the_amount_says_what_is_asked_for(amount: int, ttq: str) -> None:
    """CVM from its limit on, an online cryptogram above the floor limit and for nothing."""
    right = prepared(amount, APART, CLAIMS, OWO, status_check=False)
    assert right == Prepared(bytes.fromhex(ttq))


@pytest.mark.parametrize("amount", [30000, 30001])
def test_from_the_transaction_limit_on_nothing_is_asked(amount: int) -> None:
    """P4: equal is too much."""
    right = prepared(amount, APART, CLAIMS, OWO, status_check=False)
    assert right == Prepared(closed="P4")


@pytest.mark.parametrize(
    "amount, on, ttq",
    [(100, True, "36800000"), (100, False, "36000000"), (200, True, "36000000")],
)
def test_a_status_check_is_of_one_unit(amount: int, on: bool, ttq: str) -> None:  # noqa: FBT001  a row of the table
    """P1: exactly one unit of currency, where status checks are on."""
    right = prepared(amount, LIMITS, CLAIMS, OWO, status_check=on)
    assert right == Prepared(bytes.fromhex(ttq))


@pytest.mark.parametrize(
    "amount, limits, rule", [(0, LIMITS, "P3"), (50001, LIMITS, "P6"), (10, Limits(), "P7")]
)
def test_what_an_offline_only_terminal_does_not_take(
    amount: int, limits: Limits, rule: str
) -> None:
    """Nothing, what is above its floor limit, anything where it has none."""
    right = prepared(amount, limits, OFFLINE, OFF, status_check=False)
    assert right == Prepared(closed=rule)


def test_an_offline_only_terminal_says_so() -> None:
    """TTQ 28000000 of the field (contactless facts, 1.3)."""
    right = prepared(1000, LIMITS, OFFLINE, OFF, status_check=False)
    assert right == Prepared(bytes.fromhex("28000000"))


def test_a_terminal_of_the_extended_application_takes_nothing_offline() -> None:
    """P2 and P3 leave it out."""
    for kind, ttq in ((OWO, "20000000"), (OFF, "28000000")):
        claims = {"qpboc", "extended-application"} | ({"offline-only"} if kind is OFF else set())
        right = prepared(0, LIMITS, claims, kind, status_check=False)
        assert right == Prepared(bytes.fromhex(ttq))


@pytest.mark.parametrize(
    "ttq, aip, cryptogram, way",
    [
        ("46000000", "7C00", False, Path.FULL),
        ("36000000", "7C00", True, Path.QUICK),
        ("36000000", "7C00", False, Path.NONE),
        ("66000000", "7C00", True, Path.QUICK),
        ("66000000", "7C00", False, Path.FULL),
        ("A0000000", "0080", False, Path.MSD),
        ("20000000", "0080", False, Path.NONE),
        ("66000000", "0080", True, Path.FULL),
    ],
)
def test_the_path_is_of_both_sides(ttq: str, aip: str, cryptogram: bool, way: Path) -> None:  # noqa: FBT001  a row of the table
    """Contactless facts, 1.6, row by row."""
    assert path(bytes.fromhex(ttq), bytes.fromhex(aip), cryptogram=cryptogram) is way


@pytest.mark.parametrize(
    "cvr, said",
    [("80", Decided.AAC), ("90", Decided.TC), ("A0", Decided.ARQC), ("B0", Decided.AAC)],
)
def test_the_cvr_decides(cvr: str, said: Decided) -> None:
    """Bits 6 and 5 of its first byte; reserved ones decline."""
    assert decided(bytes.fromhex(f"07010103{cvr}000001")) == (said,)


def test_a_short_9f10_decides_nothing() -> None:
    """What has no CVR says nothing."""
    assert decided(bytes.fromhex("07010103")) == ()


@pytest.mark.parametrize(
    "ctq, online, contact, follows",
    [
        ("2000", True, True, AfterFailure.ONLINE),
        ("2000", False, True, AfterFailure.DECLINE),
        ("3000", True, True, AfterFailure.ONLINE),
        ("3000", False, True, AfterFailure.OTHER_INTERFACE),
        ("1000", True, True, AfterFailure.OTHER_INTERFACE),
        ("1000", True, False, AfterFailure.DECLINE),
        ("0000", True, True, AfterFailure.DECLINE),
        ("", True, True, AfterFailure.DECLINE),
    ],
)
def test_what_follows_a_failed_fast_dda(
    ctq: str, online: bool, contact: bool, follows: AfterFailure  # noqa: FBT001  a row of the table
) -> None:
    """9F6C first asks for the host, then for another interface."""
    assert after_failure(bytes.fromhex(ctq), online=online, contact=contact) is follows
