"""Terminal risk management as TVR bits."""

import pytest

from suites.model.risk_management import floor_limit_bits, target_percentage, velocity_bits


@pytest.mark.parametrize(
    "amount, logged, expected", [(9999, 0, 0), (10000, 0, 1), (10001, 0, 1), (5000, 5000, 1)]
)
def test_the_floor_limit_is_reached_by_equality(amount: int, logged: int, expected: int) -> None:
    """What the same card spent before counts where it is kept."""
    assert floor_limit_bits(amount, 10000, logged) == {"4.8": expected}


@pytest.mark.parametrize(
    "amount, expected", [(3000, (20, 20)), (6500, (50, 50)), (6501, (50, 51)), (10000, (0, 0))]
)
def test_random_selection_rises_above_the_threshold(amount: int, expected: tuple[int, int]) -> None:
    """Between threshold and floor limit the percentage rises in proportion."""
    assert target_percentage(amount, 10000, 3000, 20, 80) == expected


@pytest.mark.parametrize(
    "atc, last, expected",
    [
        ("0005", "0003", (0, 0, 0)),
        ("0006", "0003", (1, 0, 0)),
        ("0009", "0003", (1, 1, 0)),
        ("0003", "0003", (1, 1, 0)),
        ("", "0003", (1, 1, 0)),
        ("0002", "0000", (0, 0, 1)),
    ],
)
def test_velocity_compares_the_counters(
    atc: str, last: str, expected: tuple[int, int, int]
) -> None:
    """Lower limit 2, upper limit 5; a last online ATC of zero is a new card."""
    found = velocity_bits(b"\x02", b"\x05", bytes.fromhex(atc), bytes.fromhex(last))
    assert (found["4.7"], found["4.6"], found["2.4"]) == expected


def test_without_both_limits_velocity_is_not_checked() -> None:
    """A card with one of 9F14 and 9F23 only is not checked."""
    assert velocity_bits(b"\x02", b"", b"\x00\x09", b"\x00\x01") == {}
