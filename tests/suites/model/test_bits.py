"""Bits by the numbers of the standard."""

import pytest

from suites.model.bits import bit, both, covers, either, mask, without


def test_a_bit_is_named_by_byte_and_place() -> None:
    """Bit 8 is the highest of its byte."""
    value = bytes.fromhex("0040000001")
    assert bit(value, "2.7") == 1
    assert bit(value, "5.1") == 1
    assert bit(value, "2.8") == 0
    assert bit(b"", "1.8") == 0


@pytest.mark.parametrize("which", ["0.1", "6.1", "1.9", "1.0"])
def test_a_bit_that_does_not_exist_has_no_mask(which: str) -> None:
    """A case that asks for it is wrong, and told so."""
    with pytest.raises(ValueError, match="is no bit"):
        mask(which, 5)


def test_a_mask_has_one_bit() -> None:
    """Mask and bit agree."""
    assert mask("2.7", 5) == bytes.fromhex("0040000000")


def test_sets_of_bits_are_compared() -> None:
    """Covering is being contained bit by bit."""
    assert both(b"\x0f", b"\x3c") == b"\x0c"
    assert either(b"\x0f", b"\x30") == b"\x3f"
    assert without(b"\x0f", b"\x03") == b"\x0c"
    assert covers(b"\x0f", b"\x03")
    assert not covers(b"\x03", b"\x0f")
