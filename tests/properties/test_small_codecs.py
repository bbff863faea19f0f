"""Codecs of one field, block or line: total on any input, and what they read is sent as it was."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.codec import (
    balances_54,
    bill_lines,
    cups_subfields,
    dgi,
    historical_bytes,
    pos_downloads,
    pos_key_block,
    pos_parameters,
)
from tests.properties.laws import read, total, written
from tests.properties.strategies import bounded, mutations, text_mutations

Codec = tuple[Callable[[Any], Any], Callable[[Any], Any]]
BILL = tuple(
    f"{line}\n".encode()
    for line in (
        '{"ask":"pay","ref":"K1-1","bill":"W-1","amount":1230,"rrn":"031509300001"}',
        '{"answer":"ok","ref":"K1-0","bill":"W-1","amount":1230,"name":"测试"}',
    )
)
# What each reads today, and where a fault is put into it.
OF_BYTES: dict[str, tuple[Codec, tuple[bytes, ...]]] = {
    "bill line": ((bill_lines.decode, bill_lines.encode), BILL),
    "download query": (
        (pos_downloads.decode_query, pos_downloads.encode_query),
        (b"100", b"101"),
    ),
    "key block": (
        (pos_key_block.decode, pos_key_block.encode),
        (bytes(24), bytes(40), bytes(60)),
    ),
    "parameters": (
        (pos_parameters.decode, pos_parameters.encode),
        (b"1402151303146000000000", b"12\x36\x30", b""),
    ),
}
OF_TEXT: dict[str, tuple[Codec, tuple[str, ...]]] = {
    "balances": (
        (balances_54.decode, balances_54.encode),
        ("1002156C000000012300", "1001156C0000000123001002156D000000000001", ""),
    ),
}


@pytest.mark.parametrize("name", OF_BYTES)
def test_any_bytes_are_read_and_sent_again_or_refused(name: str) -> None:
    """A value that was read is sent so that it is read again; all else is refused by name."""
    (decode, encode), whole = OF_BYTES[name]

    @bounded(150)
    @given(st.binary(max_size=80) | mutations(st.sampled_from(whole)))
    def law(data: bytes) -> None:
        for value in read(decode, data):
            for sent in written(encode, value):
                assert decode(sent) == value

    law()


@pytest.mark.parametrize("name", OF_TEXT)
def test_any_text_is_read_and_sent_again_or_refused(name: str) -> None:
    """The same of fields of characters."""
    (decode, encode), whole = OF_TEXT[name]

    @bounded(150)
    @given(st.text(max_size=60) | text_mutations(st.sampled_from(whole)))
    def law(text: str) -> None:
        for value in read(decode, text):
            assert decode(encode(value)) == value

    law()


@pytest.mark.parametrize("name", [*OF_BYTES, *OF_TEXT])
def test_what_is_whole_comes_out_as_it_went_in(name: str) -> None:
    """The inputs that faults are put into are good ones."""
    (decode, encode), whole = {**OF_BYTES, **OF_TEXT}[name]
    for each in whole:
        assert encode(decode(each)) == each


@bounded(150)
@given(st.binary(max_size=80))
def test_any_bytes_are_groupings_or_refused(data: bytes) -> None:
    """Personalisation data: each grouping is sent as the bytes it was read from."""
    for found in read(dgi.decode, data):
        assert b"".join(dgi.encode(each.dgi, each.data) for each in found) == data


@bounded(150)
@given(st.binary(max_size=20))
def test_any_bytes_are_historical_bytes_or_refused(data: bytes) -> None:
    """Whatever a card says of itself in its answer to reset."""
    total(historical_bytes.decode, [data])


@bounded(150)
@given(st.text(max_size=60) | st.text("0123456789", min_size=40, max_size=44))
def test_any_digits_are_an_original_or_refused(text: str) -> None:
    """DE90 of the CUPS leg."""
    total(cups_subfields.decode_90, [text])
