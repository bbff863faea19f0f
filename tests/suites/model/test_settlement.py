"""Totals of a batch, by the list in which each kind of transaction stands."""

import pytest

from suites.model.settlement import BatchTotals, Standing, totals


def standing(
    mti: str, code: str, amount: int = 100, key: str = "1", original: str = ""
) -> Standing:
    return Standing(key, mti, code, amount, original)


@pytest.mark.parametrize(
    "mti, code", [("0200", "22"), ("0200", "20"), ("0220", "24"), ("0220", "30"), ("0200", "36")]
)
def test_debits(mti: str, code: str) -> None:
    """Sales, completions, offline sales."""
    assert totals([standing(mti, code)]) == BatchTotals(100, 1, 0, 0)


@pytest.mark.parametrize(
    "mti, code", [("0200", "23"), ("0200", "21"), ("0220", "25"), ("0220", "27"), ("0200", "46")]
)
def test_credits(mti: str, code: str) -> None:
    """Voids, refunds, cash loads."""
    assert totals([standing(mti, code)]) == BatchTotals(0, 0, 100, 1)


@pytest.mark.parametrize(
    "mti, code", [("0200", "45"), ("0200", "47"), ("0100", "10"), ("0200", "01"), ("0200", "51")]
)
def test_neither(mti: str, code: str) -> None:
    """Loads from accounts, pre-authorisations, inquiries, the void of a load."""
    assert totals([standing(mti, code)]) == BatchTotals()


def test_a_voided_cash_load_is_left_out() -> None:
    """It alone: another load stays, and a voided sale stays beside its void."""
    load, other = standing("0200", "46", key="a"), standing("0200", "46", 7, key="b")
    void = standing("0200", "51", key="c", original="a")
    assert totals([load, other, void]) == BatchTotals(0, 0, 7, 1)
    sale, sale_void = standing("0200", "22", key="d"), standing("0200", "23", original="d")
    assert totals([sale, sale_void]) == BatchTotals(100, 1, 100, 1)
    assert str(totals([sale, sale_void])) == "debit 100/1 credit 100/1"
