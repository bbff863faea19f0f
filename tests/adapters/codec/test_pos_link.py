import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.codec import pos_link
from adapters.codec.errors import LocalProtocolError, RemoteProtocolError
from adapters.codec.pos_link import Decoder, Frame, Link

FILE = Path(__file__).parents[3] / "fixtures" / "data" / "vectors" / "pos_frames.toml"
FRAMES = [
    bytes.fromhex(vector["given"]["frame"])
    for vector in tomllib.loads(FILE.read_text("utf-8"))["vector"]
    if vector["operation"] == "frame" and vector["result"] == "valid"
]
TPDU = bytes.fromhex("6000030000")
HEADER = bytes.fromhex("603100310730")
BODY = bytes.fromhex("08000000000000000000")
LRI = b"LRI" + bytes(30)


@given(st.lists(st.sampled_from(FRAMES), max_size=4), st.data())
def test_frames_come_out_as_they_went_in_however_the_stream_is_cut(
    frames: list[bytes], data: st.DataObject
) -> None:
    """A stream gives the same frames whatever pieces it arrives in."""
    stream = b"".join(frames)
    cuts = data.draw(st.lists(st.integers(0, len(stream)), max_size=8).map(sorted))
    pieces = [stream[a:b] for a, b in zip([0, *cuts], [*cuts, len(stream)], strict=True)]
    decoder = Decoder()
    assert [frame for piece in pieces for frame in decoder.feed(piece)] == frames
    assert decoder.pending == 0


def test_a_frame_arrives_byte_by_byte() -> None:
    """Nothing is given back before the last byte is there."""
    decoder = Decoder()
    *all_but_last, last = (bytes((byte,)) for byte in FRAMES[0])
    assert not any(decoder.feed(piece) for piece in all_but_last)
    assert decoder.pending == len(FRAMES[0]) - 1
    assert decoder.feed(last) == [FRAMES[0]]


def test_a_length_over_the_limit_ends_the_stream() -> None:
    """A LEN that no frame of the link has is refused, after the frames before it."""
    decoder = Decoder()
    assert decoder.feed(FRAMES[0] + b"\xff\xff") == [FRAMES[0]]
    for chunk in (b"", b"\x60"):
        with pytest.raises(RemoteProtocolError, match="LEN: 65535 is more than 2048"):
            decoder.feed(chunk)


def test_a_short_frame_is_cut_out_to_be_judged() -> None:
    """A frame too short for its parts leaves the stream, and only then is refused."""
    (frame,) = Decoder().feed(b"\x00\x01\x60")
    with pytest.raises(RemoteProtocolError, match="TPDU: 4 bytes short"):
        pos_link.decode(frame)


def test_a_link_may_have_no_header() -> None:
    """Where a host has no header, the body follows the TPDU."""
    link = Link(header_size=0)
    frame = Frame(TPDU, b"", BODY)
    assert pos_link.decode(pos_link.encode(frame, link), link) == frame
    assert pos_link.body_offset(frame) == 7


def test_an_lri_is_found_by_its_mark() -> None:
    """Caller identification stands between TPDU and header, with the size of the link."""
    link = Link(lri_size=33)
    frame = Frame(TPDU, HEADER, BODY, LRI)
    data = pos_link.encode(frame, link)
    assert pos_link.decode(data, link) == frame
    assert data[pos_link.body_offset(frame) :] == BODY


UNSENDABLE = {
    "short TPDU": (Frame(TPDU[:4], HEADER, BODY), "TPDU: 4 bytes instead of 5", 2),
    "no header": (Frame(TPDU, b"", BODY), "header: 0 bytes instead of 6", 7),
    "short LRI": (Frame(TPDU, HEADER, BODY, LRI[:-1]), "LRI: not the 33 bytes of this link", 7),
    "LRI without mark": (Frame(TPDU, HEADER, BODY, bytes(33)), "LRI: not the 33 bytes", 7),
    "long body": (Frame(TPDU, HEADER, bytes(2038)), "LEN: 2049 is more than 2048", 0),
}


@pytest.mark.parametrize("frame, reason, offset", UNSENDABLE.values(), ids=UNSENDABLE)
def test_a_frame_that_does_not_fit_its_link_is_our_fault(
    frame: Frame, reason: str, offset: int
) -> None:
    """A part of another size than the link wants is refused before it is sent."""
    with pytest.raises(LocalProtocolError, match=reason) as refused:
        pos_link.encode(frame)
    assert refused.value.offset == offset


def test_an_answer_goes_back_where_the_request_came_from() -> None:
    """Destination and source change places, the id stays."""
    assert pos_link.swapped(bytes.fromhex("6000030000")) == bytes.fromhex("6000000003")
    assert pos_link.swapped(bytes.fromhex("6012345678")) == bytes.fromhex("6056781234")


@pytest.mark.parametrize("request_digit", range(10))
def test_a_host_sets_the_processing_request_alone(request_digit: int) -> None:
    """Digit 6 of the header changes and no other."""
    expected = f"60310{request_digit}310730"
    assert pos_link.with_request(HEADER, request_digit).hex() == expected


@pytest.mark.parametrize("request_digit", [-1, 10])
def test_a_processing_request_is_one_digit(request_digit: int) -> None:
    """Another number cannot be sent."""
    with pytest.raises(LocalProtocolError, match="is not twelve digits"):
        pos_link.with_request(HEADER, request_digit)
