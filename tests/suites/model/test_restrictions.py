"""Processing restrictions as TVR bits."""

import pytest

from suites.model.restrictions import day, purchase_bits

CARD = {"5F24": "301231", "5F25": "110101", "9F07": "FF00", "5F28": "0156", "9F08": "0020"}
TERMINAL = {"9A": "110315", "9F1A": "0156", "9F09": "0020"}


def bits(**changes: str) -> dict[str, int]:
    card = {tag: changes.get(f"t{tag}", value) for tag, value in CARD.items()}
    present = {tag: bytes.fromhex(value) for tag, value in card.items() if value}
    terminal = {tag: bytes.fromhex(value) for tag, value in TERMINAL.items()}
    return dict(purchase_bits(present, terminal))


@pytest.mark.parametrize(
    "changes, which, expected",
    [
        ({}, "2.7", 0),
        ({"t5F24": "110314"}, "2.7", 1),
        ({"t5F24": "110315"}, "2.7", 0),
        ({"t5F24": "991231"}, "2.7", 1),
        ({"t5F25": "110315"}, "2.6", 0),
        ({"t5F25": "110316"}, "2.6", 1),
        ({"t5F25": ""}, "2.6", 0),
        ({"t9F08": "0001"}, "2.8", 1),
        ({"t9F08": ""}, "2.8", 0),
        ({"t9F07": "FE00"}, "2.5", 1),
        ({"t9F07": "0100"}, "2.5", 1),
        ({"t9F07": "2100"}, "2.5", 0),
        ({"t9F07": "1100"}, "2.5", 1),
        ({"t9F07": "1100", "t5F28": "0840"}, "2.5", 0),
        ({"t9F07": "0100", "t5F28": ""}, "2.5", 0),
        ({"t9F07": ""}, "2.5", 0),
    ],
)
def test_a_restriction_sets_its_bit(changes: dict[str, str], which: str, expected: int) -> None:
    """Versions, dates and usage each have their bit."""
    assert bits(**changes)[which] == expected


def test_what_cannot_be_computed_is_left_out() -> None:
    """No expiry date, no opinion on expiry."""
    assert "2.7" not in bits(t5F24="")
    assert "2.8" not in purchase_bits({}, {})


def test_years_turn_at_fifty() -> None:
    """00 to 49 are of this century."""
    assert day(bytes.fromhex("491231")) == "20491231"
    assert day(bytes.fromhex("500101")) == "19500101"
