"""Terminal action analysis: the decision table of the standard."""

import pytest

from suites.model.action_analysis import (
    ActionCodes,
    TerminalClass,
    classes,
    decision_without_host,
    first_decision,
    issuer_codes,
)

OFF, OWO, ONO = TerminalClass
IAC = issuer_codes(*map(bytes.fromhex, ("0010000000", "D8689CF800", "D8609CA800")))
TAC = ActionCodes(*map(bytes.fromhex, ("0010000000", "D84004F800", "D84000A800")))


@pytest.mark.parametrize(
    "tvr, kind, decision",
    [
        ("0000000000", OFF, "40"),
        ("0000000000", OWO, "40"),
        ("0000000000", ONO, "80"),
        ("0010000000", OFF, "00"),
        ("0010000000", OWO, "00"),
        ("0010000000", ONO, "00"),
        ("0040000000", OFF, "00"),
        ("0040000000", OWO, "80"),
        ("0040000000", ONO, "80"),
        # The issuer alone asks for it: not in the terminal's codes.
        ("0020000000", OWO, "80"),
        # Online but not default: an offline-only terminal approves.
        ("0000001000", OFF, "40"),
        ("0000001000", OWO, "80"),
        ("0080000000", OWO, "40"),
    ],
)
def test_the_decision_follows_codes_and_class(tvr: str, kind: TerminalClass, decision: str) -> None:
    """Denial first, then online or default by the class of the terminal."""
    assert first_decision(bytes.fromhex(tvr), IAC, TAC, kind) == decision


def test_an_offline_terminal_that_looks_at_online_codes_asks_for_an_arqc() -> None:
    """EMV 4.4 allows it, and the ICS says so."""
    tvr = bytes.fromhex("0000001000")
    assert first_decision(tvr, IAC, TAC, OFF, online_codes_offline=True) == "80"
    assert first_decision(bytes(5), IAC, TAC, OFF, online_codes_offline=True) == "40"


def test_a_card_without_codes_denies_nothing_and_sends_all_online() -> None:
    """Absent IACs: denial zeros, online and default ones."""
    none = issuer_codes(b"", b"", b"")
    tvr = bytes.fromhex("0080000000")
    terminal = ActionCodes()
    assert first_decision(tvr, none, terminal, OWO) == "80"
    assert first_decision(tvr, none, terminal, OFF) == "00"
    assert first_decision(bytes(5), none, terminal, OWO) == "40"


def test_without_the_host_the_default_codes_decide() -> None:
    """A bit of the default codes declines what could not go online."""
    assert decision_without_host(bytes.fromhex("0000008000"), IAC, TAC) == "00"
    assert decision_without_host(bytes.fromhex("0000001000"), IAC, TAC) == "40"


def test_the_class_is_claimed_or_told_by_the_type() -> None:
    """Claims win, 9F35 helps out, and nothing is made up."""
    assert classes({"offline-only"}, "22") == (OFF,)
    assert classes((), "21") == (ONO,)
    assert classes((), "36") == (OFF,)
    assert classes((), "") == ()
    assert not ActionCodes(b"", b"", b"").complete
