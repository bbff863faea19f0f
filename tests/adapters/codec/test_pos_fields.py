from collections.abc import Callable
from dataclasses import replace

import pytest

from adapters.codec import pos_fields
from adapters.codec.errors import LocalProtocolError, RemoteProtocolError
from adapters.codec.pos_fields import BatchItem, Original61, Private60, Settlement, Totals

ITEM = BatchItem(foreign=False, stan="000002", pan="6210948000000011", amount=10000)
EMPTY = Totals(0, 0, 0, 0)

UNSENDABLE: dict[str, tuple[Callable[[], str], int]] = {
    "a gap in DE60": (lambda: pos_fields.encode_60(Private60("22", "000001", "000", "", "50")), 11),
    "a short batch": (lambda: pos_fields.encode_60(Private60("22", "1", "000")), 0),
    "a batch for a type": (lambda: pos_fields.encode_60(Private60("2", "2000001", "000")), 0),
    "a long batch": (lambda: pos_fields.encode_60(Private60("22", "0000010", "00")), 2),
    "letters in DE60": (lambda: pos_fields.encode_60(Private60("22", "00000A", "000")), 0),
    "a short STAN": (lambda: pos_fields.encode_61(Original61("000001", "2")), 0),
    "a date after a gap": (
        lambda: pos_fields.encode_61(Original61("000001", "", "062500000002")),
        6,
    ),
    "an amount of 13 digits": (
        lambda: pos_fields.encode_settlement(Settlement(Totals(10**12, 0, 0, 0), EMPTY)),
        0,
    ),
    "a negative amount": (
        lambda: pos_fields.encode_settlement(Settlement(EMPTY, Totals(-1, 0, 0, 0))),
        31,
    ),
    "nine items": (lambda: pos_fields.encode_items([ITEM] * 9), 0),
    "a second item with a short STAN": (
        lambda: pos_fields.encode_items([ITEM, replace(ITEM, stan="3")]),
        44,
    ),
    "an item with a long PAN": (lambda: pos_fields.encode_items([replace(ITEM, pan="1" * 21)]), 10),
    "a count of five digits": (lambda: pos_fields.encode_end_count(10000), 0),
}


@pytest.mark.parametrize("encode, offset", UNSENDABLE.values(), ids=UNSENDABLE)
def test_a_sub_field_that_does_not_fit_is_our_fault(
    encode: Callable[[], str], offset: int
) -> None:
    """What would shift the sub-fields behind it is refused, at its place."""
    with pytest.raises(LocalProtocolError) as refused:
        encode()
    assert refused.value.offset == offset


@pytest.mark.parametrize(
    "decode",
    [
        pos_fields.decode_60,
        pos_fields.decode_61,
        pos_fields.decode_settlement,
        pos_fields.decode_items,
        pos_fields.decode_end_count,
    ],
)
@pytest.mark.parametrize("digits", ["", "0" * 11 + "A", "٠" * 12, "0" * 400])
def test_what_is_no_such_field_is_refused(decode: Callable[[str], object], digits: str) -> None:
    """Nothing, letters, foreign digits and too many digits are refused."""
    with pytest.raises(RemoteProtocolError):
        decode(digits)
