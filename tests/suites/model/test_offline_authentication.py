"""The choice of a method of offline data authentication."""

import pytest

from suites.model.offline_authentication import Method, method


@pytest.mark.parametrize(
    "aip, capabilities, expected",
    [
        ("7D00", "E0E9C8", Method.CDA),
        ("7D00", "E0E9C0", Method.DDA),
        ("7C00", "E0E9C8", Method.DDA),
        ("5C00", "E0E9C8", Method.SDA),
        ("7C00", "E0E980", Method.SDA),
        ("1C00", "E0E9C8", Method.NONE),
        ("7C00", "E0E900", Method.NONE),
    ],
)
def test_the_strongest_method_of_both_is_chosen(
    aip: str, capabilities: str, expected: Method
) -> None:
    """Card and terminal must both support it."""
    assert method(bytes.fromhex(aip), bytes.fromhex(capabilities)) is expected
