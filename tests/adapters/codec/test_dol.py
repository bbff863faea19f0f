import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.codec import ber_tlv, dol
from adapters.codec.dol import Entry, Filled
from adapters.codec.errors import RemoteProtocolError

PDOL = bytes.fromhex("9F7A019F02065F2A02")


def test_a_list_is_tags_and_lengths() -> None:
    """Tags of one, two and three bytes; a length of 0 asks for nothing."""
    assert dol.decode(PDOL) == (Entry(0x9F7A, 1), Entry(0x9F02, 6), Entry(0x5F2A, 2))
    assert dol.decode(bytes.fromhex("9500DF810105")) == (Entry(0x95, 0), Entry(0xDF8101, 5))
    assert dol.decode(b"") == ()


@pytest.mark.parametrize(
    "data, message, offset",
    [
        ("95", "the list gives no length for 95", 1),
        ("95059F02", "the list gives no length for 9F02", 4),
        ("95059F", "a tag is cut off", 3),
        ("DF81818105", "a tag is longer than 3 bytes", 0),
    ],
)
def test_a_broken_list_is_refused(data: str, message: str, offset: int) -> None:
    """A list that ends within an entry is the other side's error, at its byte."""
    with pytest.raises(RemoteProtocolError) as refused:
        dol.decode(bytes.fromhex(data))
    assert (refused.value.message, refused.value.offset) == (message, offset)


def test_values_are_cut_up_by_their_list() -> None:
    """Each entry gets its bytes, in order; nothing may be missing or left."""
    entries = dol.decode(PDOL)
    assert dol.wanted_length(entries) == 9
    assert dol.split(entries, bytes.fromhex("010000000010000156")) == (
        Filled(entries[0], b"\x01"),
        Filled(entries[1], bytes.fromhex("000000001000")),
        Filled(entries[2], b"\x01\x56"),
    )


@pytest.mark.parametrize("size, offset", [(8, 8), (10, 9), (0, 0)])
def test_values_of_another_length_are_refused(size: int, offset: int) -> None:
    """Too few bytes break off at their end, too many at the end of the list."""
    with pytest.raises(RemoteProtocolError, match=f"{size} bytes answer a list") as refused:
        dol.split(dol.decode(PDOL), bytes(size))
    assert refused.value.offset == offset


TAGS = st.sampled_from([0x82, 0x95, 0x5F2A, 0x9F02, 0x9F37, 0xDF8101])


@given(st.lists(st.tuples(TAGS, st.integers(0, 255)), max_size=8))
def test_what_was_written_is_read(entries: list[tuple[int, int]]) -> None:
    """Any entries come back as they were."""
    data = b"".join(ber_tlv.tag_bytes(tag) + bytes((length,)) for tag, length in entries)
    assert dol.decode(data) == tuple(Entry(*each) for each in entries)


@given(st.binary(max_size=60), st.binary(max_size=40))
def test_any_bytes_are_a_list_or_refused(data: bytes, values: bytes) -> None:
    """No bytes raise anything but the other side's error, and what is cut up is whole."""
    with contextlib.suppress(RemoteProtocolError):
        filled = dol.split(dol.decode(data), values)
        assert b"".join(each.value for each in filled) == values
