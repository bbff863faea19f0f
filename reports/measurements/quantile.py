"""Quantiles of whole numbers by the nearest rank: a value that was measured, never one between."""

from collections.abc import Sequence

WHOLE = 1000
HALF, NINETEEN_OF_TWENTY, ALL_BUT_ONE = 500, 950, 999


def quantile(values: Sequence[int], per_mille: int) -> int:
    """The smallest value that this share of all values does not exceed; ValueError if none is."""
    if not values or not 0 < per_mille <= WHOLE:
        raise ValueError(f"{per_mille} of {WHOLE} of {len(values)} values")
    rank = -(-len(values) * per_mille // WHOLE)
    return sorted(values)[rank - 1]


def median(values: Sequence[int]) -> int:
    return quantile(values, HALF)


def p999(values: Sequence[int]) -> int:
    return quantile(values, ALL_BUT_ONE)


def p95(values: Sequence[int]) -> int:
    return quantile(values, NINETEEN_OF_TWENTY)
