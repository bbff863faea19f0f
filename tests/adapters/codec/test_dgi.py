import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.codec import dgi
from adapters.codec.dgi import Grouping
from adapters.codec.errors import LocalProtocolError, RemoteProtocolError


def test_groupings_stand_one_behind_the_other() -> None:
    """Number, data, and where the data start; FF announces a length of two bytes."""
    long = bytes(300)
    data = dgi.encode(0x9104, b"\x82\x02\x7c\x00") + dgi.encode(0x0201, long)
    assert dgi.decode(data) == (
        Grouping(0x9104, b"\x82\x02\x7c\x00", 0, 3),
        Grouping(0x0201, long, 7, 12),
    )
    assert data[7:12] == bytes.fromhex("0201FF012C")


@pytest.mark.parametrize(
    "data, message, offset",
    [
        ("9102", "DGI: cut off", 2),
        ("910203AABB", "DGI 9102: 1 bytes short", 5),
        ("9102FF01", "DGI: cut off", 4),
        ("9102FF0001", "DGI 9102: 1 bytes short", 5),
        ("91020091", "DGI: cut off", 4),
    ],
)
def test_a_grouping_that_is_cut_off_is_refused(data: str, message: str, offset: int) -> None:
    """The error names the grouping, how much is missing, and the byte."""
    with pytest.raises(RemoteProtocolError) as refused:
        dgi.decode(bytes.fromhex(data))
    assert (refused.value.message, refused.value.offset) == (message, offset)


def test_what_does_not_fit_is_our_fault() -> None:
    """A number of more than two bytes, or more data than a length can count, is not encoded."""
    for number, data in ((0x10000, b""), (-1, b""), (0x9102, bytes(0x10000))):
        with pytest.raises(LocalProtocolError):
            dgi.encode(number, data)


@pytest.mark.parametrize(
    "number, words, known",
    [
        (0x9207, "answer to GPO, qPBOC", True),
        (0x0101, "SFI 1, record 1", True),
        (0x1E02, "SFI 30, record 2", True),
        (0x0D01, "data objects of GET DATA and PUT DATA", True),
        (0x8201, "ICC private key, qInv", True),
        (0x0100, "unknown grouping", False),
        (0x9F02, "unknown grouping", False),
    ],
)
def test_groupings_have_names(number: int, words: str, *, known: bool) -> None:
    """Records by SFI and number, the others as the facts name them."""
    assert dgi.describe(number)[0] == words
    assert dgi.known(number) is known


@given(st.lists(st.tuples(st.integers(0, 0xFFFF), st.binary(max_size=300)), max_size=4))
def test_what_was_encoded_is_decoded(groupings: list[tuple[int, bytes]]) -> None:
    """Any groupings come back as they were."""
    found = dgi.decode(b"".join(dgi.encode(*each) for each in groupings))
    assert [(each.dgi, each.data) for each in found] == groupings


@given(st.binary(max_size=64))
def test_any_bytes_are_groupings_or_refused(data: bytes) -> None:
    """No bytes raise anything but the other side's error."""
    with contextlib.suppress(RemoteProtocolError):
        dgi.decode(data)
