import tomllib
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.codec import cups_link, iso8583
from adapters.codec.cups_dialect import CUPS
from adapters.codec.cups_link import KEEP_ALIVE, Decoder, Frame, Header
from adapters.codec.errors import LocalProtocolError, RemoteProtocolError

FILE = Path(__file__).parents[3] / "fixtures" / "data" / "vectors" / "cups.toml"
VECTORS: list[dict[str, Any]] = [
    vector
    for vector in tomllib.loads(FILE.read_text("utf-8"))["vector"]
    if vector["operation"] in {"header", "frame"}
]
ACCEPTED = [vector for vector in VECTORS if vector["result"] != "invalid"]
REFUSED = [vector for vector in VECTORS if vector["result"] == "invalid"]
HEADER = Header(
    version=2,
    total_length=50,
    destination="03050001",
    source="00010000",
    status="000",
    batch=1,
    transaction="00000000",
    user=0,
)
FRAME = cups_link.encode(cups_link.framed(HEADER, b"0820"))


def name(vector: Mapping[str, Any]) -> str:
    return str(vector["id"])


def header(given: Mapping[str, str]) -> dict[str, Any]:
    """The fields of a header."""
    data = bytes.fromhex(given["header"])
    found = cups_link.decode_header(data)
    assert cups_link.encode_header(found) == data
    return asdict(found)


def frame(given: Mapping[str, str]) -> dict[str, Any]:
    """The header of a frame, and the message in it."""
    data = bytes.fromhex(given["frame"])
    found = cups_link.decode(data)
    assert cups_link.encode(found) == data
    assert cups_link.framed(replace(found.header, total_length=0), found.body) == found
    message = iso8583.decode(found.body, CUPS)
    assert iso8583.encode(message, CUPS) == found.body
    fields = {
        str(number): value.hex().upper() if isinstance(value, bytes) else value
        for number, value in message.fields.items()
    }
    return {"header": asdict(found.header), "mti": message.mti, "fields": fields}


OPERATIONS = {"header": header, "frame": frame}


@pytest.mark.parametrize("vector", ACCEPTED, ids=name)
def test_a_vector_comes_out_as_expected(vector: Mapping[str, Any]) -> None:
    """Every field is found, and encodes again to the same bytes."""
    assert OPERATIONS[vector["operation"]](vector["given"]) == vector["expect"]


@pytest.mark.parametrize("vector", REFUSED, ids=name)
def test_an_invalid_vector_is_refused_for_its_reason(vector: Mapping[str, Any]) -> None:
    """What is no header or frame is the other side's fault, with its reason and its place."""
    with pytest.raises(RemoteProtocolError) as refused:
        OPERATIONS[vector["operation"]](vector["given"])
    found = {"reason": refused.value.message, "offset": refused.value.offset}
    assert found == vector["expect"]


def test_a_test_message_carries_a_flag() -> None:
    """The highest bit of the version byte marks it, and no other."""
    assert replace(HEADER, version=0x82).test
    assert not HEADER.test


@given(st.binary(max_size=60), st.binary(min_size=46, max_size=46))
def test_any_bytes_are_a_frame_or_refused(data: bytes, head: bytes) -> None:
    """Nothing but RemoteProtocolError comes out of what is no frame; a frame loses nothing."""
    wrapped = b"%04d" % (len(head) + len(data)) + b"\x2e" + head[1:] + data
    for candidate in (data, wrapped):
        try:
            found = cups_link.decode(candidate)
        except RemoteProtocolError:
            continue
        assert cups_link.encode(found) == candidate


@given(st.lists(st.integers(0, 0x7F), min_size=46, max_size=46).map(bytes))
def test_any_header_is_read_or_refused(data: bytes) -> None:
    """Nothing but RemoteProtocolError comes out of 46 bytes that are no header."""
    candidate = b"\x2e\x02" + b"0046" + data[6:]
    try:
        found = cups_link.decode_header(candidate)
    except RemoteProtocolError:
        return
    assert cups_link.encode_header(found) == candidate


def collect(chunks: list[bytes]) -> tuple[list[bytes], bool]:
    """All frames, and whether the stream was refused in the end."""
    decoder = Decoder(largest=200)
    found: list[bytes] = []
    try:
        for chunk in [*chunks, b"", b""]:
            found += decoder.feed(chunk)
    except RemoteProtocolError:
        return found, True
    return found, False


STREAMS = st.lists(
    st.sampled_from([FRAME, KEEP_ALIVE, b"0201", b"0003ABC", b"00A1"]) | st.binary(max_size=6),
    max_size=6,
).map(b"".join)


@given(STREAMS, st.data())
def test_a_stream_gives_the_same_however_it_is_cut(stream: bytes, data: st.DataObject) -> None:
    """Any bytes bring out the same frames and the same refusal in whatever pieces they arrive."""
    cuts = data.draw(st.lists(st.integers(0, len(stream)), max_size=8).map(sorted))
    ends = [*cuts, len(stream)]
    pieces = [stream[a:b] for a, b in zip([0, *cuts], ends, strict=True)]
    assert collect([stream]) == collect(pieces) == collect([bytes((byte,)) for byte in stream])


def test_a_keep_alive_stands_between_frames() -> None:
    """An idle line says 0000, which is given back as it is."""
    decoder = Decoder()
    stream = KEEP_ALIVE + FRAME + KEEP_ALIVE + FRAME[:7]
    assert decoder.feed(stream) == [KEEP_ALIVE, FRAME, KEEP_ALIVE]
    assert decoder.pending == 7


UNSENDABLE = {
    "version": (replace(HEADER, version=256), "version: 256 is no byte"),
    "batch": (replace(HEADER, batch=-1), "batch: -1 is no byte"),
    "user": (replace(HEADER, user=256), "user: 256 is no byte"),
    "total": (replace(HEADER, total_length=10000), "total length: 10000 is not four digits"),
    "destination": (replace(HEADER, destination="0" * 12), "is not 11 characters"),
    "source": (replace(HEADER, source=" 1"), "source: ' 1' is no institution"),
    "no source": (replace(HEADER, source=""), "source: '' is no institution"),
    "status": (replace(HEADER, status="00"), "status: '00' is not 3 characters"),
    "transaction": (replace(HEADER, transaction="卡" * 8), "is not 8 characters"),
    "reject code": (replace(HEADER, reject_code="0000\n"), "is not 5 characters"),
}


@pytest.mark.parametrize("given_header, reason", UNSENDABLE.values(), ids=UNSENDABLE)
def test_a_header_that_does_not_fit_is_our_fault(given_header: Header, reason: str) -> None:
    """A value that has no place in a header is refused before it is sent."""
    with pytest.raises(LocalProtocolError, match=reason):
        cups_link.encode_header(given_header)


def test_a_wrong_total_is_our_fault() -> None:
    """A header that does not count its body is refused before it is sent."""
    with pytest.raises(LocalProtocolError, match="total length: 50 of 46 bytes"):
        cups_link.encode(Frame(HEADER, b""))


@pytest.mark.parametrize("byte", [0, 255])
def test_a_binary_field_holds_any_byte(byte: int) -> None:
    """Version, batch and user are one binary byte each."""
    header = replace(HEADER, version=byte, batch=byte, user=byte)
    assert cups_link.decode_header(cups_link.encode_header(header)) == header


def test_a_frame_may_be_as_long_as_allowed_and_no_longer() -> None:
    """The limit is that of LEN, which does not count itself."""
    assert Decoder(largest=50).feed(FRAME) == [FRAME]
    with pytest.raises(RemoteProtocolError, match="LEN: 50 is more than 49"):
        Decoder(largest=49).feed(FRAME)


def test_a_length_alone_is_waited_on() -> None:
    """Four digits with nothing behind them are no frame yet."""
    decoder = Decoder()
    assert decoder.feed(FRAME[:4]) == []
    assert decoder.pending == 4
    assert decoder.feed(FRAME[4:]) == [FRAME]
