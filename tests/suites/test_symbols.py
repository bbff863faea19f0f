"""Symbols: values of the device, resolved by the plan."""

import pytest

from suites.symbols import (
    FLOOR,
    LAST_MONTH,
    THIS_MONTH,
    TODAY,
    YESTERDAY,
    UnresolvedSymbol,
    resolve,
)


@pytest.mark.parametrize(
    "value, expected",
    [
        (FLOOR, 10_000),
        (FLOOR + 1, 10_001),
        (FLOOR - 1, 9_999),
        (TODAY, "110301"),
        (YESTERDAY, "110228"),
        (THIS_MONTH, "0311"),
        (LAST_MONTH, "0211"),
        (THIS_MONTH - 3, "1210"),
        (THIS_MONTH + 10, "0112"),
        (7, 7),
        ("00", "00"),
    ],
)
def test_a_symbol_takes_the_value_of_the_device(value: object, expected: object) -> None:
    """Amounts shift by minor units, dates by days over month ends, literals stay."""
    symbols = {"floor-limit": 10_000, "terminal-date": "110301"}
    assert resolve(value, symbols) == expected  # type: ignore[arg-type]  # parametrised


def test_the_century_window_of_dates_holds_when_shifting() -> None:
    """The day before 500101 is 491231 although one means 1950 and the other 2049."""
    assert resolve(YESTERDAY, {"terminal-date": "500101"}) == "491231"


def test_an_unresolved_symbol_is_our_own_trouble() -> None:
    """A value the plan did not resolve is refused by name."""
    with pytest.raises(UnresolvedSymbol, match="floor-limit"):
        resolve(FLOOR, {})
