import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.codec.errors import RemoteProtocolError
from adapters.codec.historical_bytes import CompactTlv, HistoricalBytes, decode, interindustry


def test_objects_before_a_status() -> None:
    """Category 00: card service data, issuer's data, then life cycle state and status word."""
    assert decode(bytes.fromhex("0031C152AABB0F9000")) == HistoricalBytes(
        0x00,
        (CompactTlv(3, b"\xc1", 1), CompactTlv(5, b"\xaa\xbb", 3)),
        bytes.fromhex("0F9000"),
    )


def test_objects_alone() -> None:
    """Category 80 has no status behind its objects, and an object may be empty."""
    assert decode(bytes.fromhex("807031C1")).objects == (
        CompactTlv(7, b"", 1),
        CompactTlv(3, b"\xc1", 2),
    )
    assert decode(b"\x80") == HistoricalBytes(0x80, (), b"")


@pytest.mark.parametrize(
    "data, message, offset",
    [
        ("", "category: neither 00 nor 80", 0),
        ("50424F4332", "category: neither 00 nor 80", 0),
        ("009000", "status: 2 bytes instead of 3", 3),
        ("8031C100", "object 0: no such tag", 3),
        ("8031", "object 3: 1 bytes short", 2),
        ("0032C1009000", "object 3: 1 bytes short", 3),
    ],
)
def test_what_is_of_no_such_form_is_refused(data: str, message: str, offset: int) -> None:
    """An object that reaches into the status, or behind the end, is named with its byte."""
    with pytest.raises(RemoteProtocolError) as refused:
        decode(bytes.fromhex(data))
    assert (refused.value.message, refused.value.offset) == (message, offset)


@given(st.binary(max_size=15))
def test_any_historical_bytes_are_decoded_or_refused(data: bytes) -> None:
    """What is decoded accounts for every byte; everything else is the other side's error."""
    with contextlib.suppress(RemoteProtocolError):
        found = decode(data)
        assert interindustry(data)
        size = sum(1 + len(each.value) for each in found.objects)
        assert 1 + size + len(found.status) == len(data)
