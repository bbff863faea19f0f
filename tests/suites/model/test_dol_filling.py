"""What answers a Data Object List."""

import pytest

from adapters.codec.dol import Entry
from suites.model.dol_filling import Format, fitted, predicted


@pytest.mark.parametrize(
    "value, form, length, expected",
    [
        ("0156", Format.N, 3, "000156"),
        ("0156", Format.N, 1, "56"),
        ("62284801", Format.CN, 6, "62284801FFFF"),
        ("62284801", Format.CN, 2, "6228"),
        ("E0E9C8", Format.OTHER, 4, "E0E9C800"),
        ("E0E9C8", Format.OTHER, 2, "E0E9"),
    ],
)
def test_a_value_is_fitted_by_its_format(
    value: str, form: Format, length: int, expected: str
) -> None:
    """Numbers stand right, everything else left."""
    assert fitted(bytes.fromhex(value), form, length).hex().upper() == expected


@pytest.mark.parametrize(
    "tag, length, expected",
    [
        (0x9F02, 6, ["000000005000"]),
        (0x9F02, 5, ["0000005000"]),
        (0x9F1A, 2, []),
        (0x95, 5, []),
        (0x9F7C, 2, ["0000"]),
        (0x70, 3, ["000000"]),
        (0x5A, 11, ["6228480402564890018fff"]),
    ],
)
def test_an_entry_is_predicted_where_that_is_possible(
    tag: int, length: int, expected: list[str]
) -> None:
    """Known values are fitted, the terminal's own left open, all else are zeros."""
    known = {0x9F02: bytes.fromhex("000000005000"), 0x5A: bytes.fromhex("6228480402564890018F")}
    assert [each.hex() for each in predicted(Entry(tag, length), known)] == expected
