"""Quantiles by the nearest rank."""

import pytest

from reports.measurements.quantile import median, p95, quantile


@pytest.mark.parametrize(
    "values,per_mille,expected",
    [
        ((7,), 500, 7),
        ((3, 1, 2), 500, 2),
        ((4, 1, 3, 2), 500, 2),
        (tuple(range(1, 101)), 950, 95),
        (tuple(range(1, 21)), 950, 19),
        (tuple(range(1, 1001)), 999, 999),
        ((5, 9), 1000, 9),
        ((5, 9), 1, 5),
    ],
)
def test_a_quantile_is_one_of_the_values(
    values: tuple[int, ...], per_mille: int, expected: int
) -> None:
    """The smallest value that the share does not exceed, in whatever order they come."""
    assert quantile(values, per_mille) == expected


def test_the_quantiles_that_are_reported() -> None:
    """One slow call in ten moves p95 and not the median."""
    durations = [10] * 9 + [500]
    assert (median(durations), p95(durations)) == (10, 500)


@pytest.mark.parametrize("values,per_mille", [((), 500), ((1,), 0), ((1,), 1001)])
def test_no_quantile_is_made_up(values: tuple[int, ...], per_mille: int) -> None:
    """Of no values, and of no share of them, there is no quantile."""
    with pytest.raises(ValueError, match="of 1000"):
        quantile(values, per_mille)
