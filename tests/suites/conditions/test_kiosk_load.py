"""A load at a kiosk: what is on the card and on the slip."""

import pytest

from adapters.codec.kiosk_control import State
from suites.acts import Verb
from suites.conditions.kiosk_load import LOADED, SLIP_BALANCES
from suites.finding import Verdict
from suites.readings.outcome import ON_APP, OUT
from tests.suites.kiosk_recordings import KioskTape, said


def loading(*balances: str, slip: str = "") -> KioskTape:
    """A load of 12.30: 9F79 as the card told it, and what was printed."""
    tape = KioskTape()
    tape.verb(Verb.LOAD)
    tape.reset()
    for each in balances:
        tape.apdu("80CA9F7900", f"9F7906{each}9000")
    tape.charges()
    tape.enters(State.KERNEL_1, State.AUTH_SENT, State.GAC2)
    if slip:
        tape.enters(State.PRINT)
        tape.happens("print", bytes=slip.encode("gb18030"))
    tape.done()
    return tape


OLD, NEW = "000000010000", "000000011230"


@pytest.mark.parametrize(
    "balances, verdict",
    [
        ((OLD, NEW), Verdict.PASS),
        ((OLD, OLD), Verdict.FAIL),
        ((OLD,), Verdict.INCONCLUSIVE),
        ((), Verdict.INCONCLUSIVE),
    ],
)
def test_the_balance_grows_by_the_amount(balances: tuple[str, ...], verdict: Verdict) -> None:
    """From what the card told first to what it told last."""
    assert said(LOADED, loading(*balances)) is verdict


@pytest.mark.parametrize(
    "slip, verdict",
    [
        ("余额 100.00 余额 112.30", Verdict.PASS),
        ("余额 112.30", Verdict.FAIL),
        ("余额 100.00", Verdict.FAIL),
        ("余额 1100.00 余额 112.30", Verdict.FAIL),
        ("", Verdict.INCONCLUSIVE),
    ],
)
def test_the_slip_has_both_balances(slip: str, verdict: Verdict) -> None:
    """Each as it was on the card; without a slip nothing is said."""
    assert said(SLIP_BALANCES, loading(OLD, NEW, slip=slip)) is verdict


def test_a_load_with_a_slip_was_approved() -> None:
    """Without one it was declined."""
    assert said(OUT.be(ON_APP), loading(OLD, NEW, slip="x")) is Verdict.PASS
    assert said(OUT.be(ON_APP), loading(OLD, NEW)) is Verdict.FAIL
