from collections.abc import Callable

import pytest

from adapters.codec import pos_fields
from adapters.codec.errors import LocalProtocolError, RemoteProtocolError
from adapters.codec.pos_fields import BatchItem, Original61, Private60, Settlement, Totals

ITEM = BatchItem(foreign=False, stan="000002", pan="6210948000000011", amount=10000)
EMPTY = Totals(0, 0, 0, 0)

UNSENDABLE: dict[str, Callable[[], str]] = {
    "a gap in DE60": lambda: pos_fields.encode_60(Private60("22", "000001", "000", "", "50")),
    "a short batch": lambda: pos_fields.encode_60(Private60("22", "1", "000")),
    "letters in DE60": lambda: pos_fields.encode_60(Private60("22", "00000A", "000")),
    "a short STAN": lambda: pos_fields.encode_61(Original61("000001", "2")),
    "a date after a gap": lambda: pos_fields.encode_61(Original61("000001", "", "062500000002")),
    "an amount of 13 digits": lambda: pos_fields.encode_settlement(
        Settlement(Totals(10**12, 0, 0, 0), EMPTY)
    ),
    "a negative amount": lambda: pos_fields.encode_settlement(
        Settlement(EMPTY, Totals(-1, 0, 0, 0))
    ),
    "nine items": lambda: pos_fields.encode_items([ITEM] * 9),
    "a count of five digits": lambda: pos_fields.encode_end_count(10000),
}


@pytest.mark.parametrize("encode", UNSENDABLE.values(), ids=UNSENDABLE)
def test_a_sub_field_that_does_not_fit_is_our_fault(encode: Callable[[], str]) -> None:
    """What would shift the sub-fields behind it is refused."""
    with pytest.raises(LocalProtocolError):
        encode()


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
