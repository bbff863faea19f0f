import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.codec import vpcd
from adapters.codec.errors import LocalProtocolError, RemoteProtocolError
from adapters.codec.vpcd import LARGEST_COMMAND, LARGEST_RESPONSE, Control, Decoder

FILE = Path(__file__).parents[3] / "fixtures" / "data" / "vectors" / "vpcd.toml"
VECTORS: list[dict[str, Any]] = tomllib.loads(FILE.read_text("utf-8"))["vector"]
ACCEPTED = [vector for vector in VECTORS if vector["result"] != "invalid"]
REFUSED = [vector for vector in VECTORS if vector["result"] == "invalid"]
WHOLE = [vector for vector in ACCEPTED if "unfinished" not in vector["flags"]]


def name(vector: Mapping[str, Any]) -> str:
    return str(vector["id"])


def messages(vector: Mapping[str, Any]) -> list[Control | bytes]:
    """What the stream of a vector holds, as the side that takes it reads it."""
    wire = vector["given"]
    found = Decoder(wire["largest"]).feed(bytes.fromhex(wire["stream"]))
    from_card = vector["operation"] == "card"
    return [each if from_card else vpcd.decode_from_reader(each) for each in found]


def written(message: Control | bytes) -> str:
    return message.name if isinstance(message, Control) else message.hex().upper()


@pytest.mark.parametrize("vector", ACCEPTED, ids=name)
def test_a_vector_comes_out_as_expected(vector: Mapping[str, Any]) -> None:
    """Control codes have names, and everything else is there as it was sent."""
    assert [written(each) for each in messages(vector)] == vector["expect"]["messages"]


@pytest.mark.parametrize("vector", REFUSED, ids=name)
def test_an_invalid_vector_is_refused_for_its_reason(vector: Mapping[str, Any]) -> None:
    """What vpcd does not have is the other side's fault, with its reason and its place."""
    with pytest.raises(RemoteProtocolError) as refused:
        messages(vector)
    found = {"reason": refused.value.message, "offset": refused.value.offset}
    assert found == vector["expect"]


@pytest.mark.parametrize("vector", WHOLE, ids=name)
def test_a_vector_encodes_again_to_the_same_bytes(vector: Mapping[str, Any]) -> None:
    """A message is its length and itself."""
    largest = vector["given"]["largest"]
    again = b"".join(
        vpcd.encode_control(each) if isinstance(each, Control) else vpcd.encode(each, largest)
        for each in messages(vector)
    )
    assert again.hex().upper() == vector["given"]["stream"]


def test_a_third_of_the_vectors_is_invalid() -> None:
    """The vectors try at least half as much what must be refused as what must be taken."""
    assert len({vector["id"] for vector in VECTORS}) == len(VECTORS)
    assert 3 * len(REFUSED) >= len(VECTORS)


def collect(chunks: list[bytes]) -> tuple[list[bytes], bool, int]:
    """All messages, whether the stream was refused in the end, and what waits."""
    decoder = Decoder(LARGEST_COMMAND)
    found: list[bytes] = []
    try:
        for chunk in [*chunks, b"", b""]:
            found += decoder.feed(chunk)
    except RemoteProtocolError:
        return found, True, 0
    return found, False, decoder.pending


STREAMS = st.lists(
    st.binary(min_size=1, max_size=20).map(lambda body: len(body).to_bytes(2, "big") + body)
    | st.binary(max_size=4),
    max_size=6,
).map(b"".join)


@given(STREAMS, st.data())
def test_a_stream_gives_the_same_however_it_is_cut(stream: bytes, data: st.DataObject) -> None:
    """Any bytes bring out the same messages and the same refusal in whatever pieces they come."""
    cuts = data.draw(st.lists(st.integers(0, len(stream)), max_size=8).map(sorted))
    ends = [*cuts, len(stream)]
    pieces = [stream[a:b] for a, b in zip([0, *cuts], ends, strict=True)]
    assert collect([stream]) == collect(pieces) == collect([bytes((byte,)) for byte in stream])


@given(st.binary(max_size=6))
def test_any_message_is_read_or_refused(message: bytes) -> None:
    """Nothing but RemoteProtocolError comes out of a message that is none."""
    try:
        found = vpcd.decode_from_reader(message)
    except RemoteProtocolError:
        assert len(message) == 1
    else:
        assert (bytes((found,)) if isinstance(found, Control) else found) == message


def test_a_length_over_the_limit_ends_the_stream() -> None:
    """A LEN that no message has is refused, after the messages before it, and stays refused."""
    decoder = Decoder(LARGEST_COMMAND)
    assert decoder.feed(vpcd.encode_control(Control.RESET) + b"\x01\x06") == [b"\x02"]
    for chunk in (b"", b"\x00"):
        with pytest.raises(RemoteProtocolError, match="LEN: 262 is not in 1 to 261"):
            decoder.feed(chunk)


@pytest.mark.parametrize("size", [0, 262])
def test_a_message_that_does_not_fit_is_our_fault(size: int) -> None:
    """Nothing, and more than the other side takes, is refused before it is sent."""
    with pytest.raises(LocalProtocolError, match=f"LEN: {size} is not in 1 to 261"):
        vpcd.encode(bytes(size), LARGEST_COMMAND)


def test_short_apdus_set_the_limits() -> None:
    """A short command has at most 4 + 1 + 255 + 1 bytes, a short response 256 + 2."""
    assert (LARGEST_COMMAND, LARGEST_RESPONSE) == (261, 258)
    assert vpcd.encode(bytes(261), LARGEST_COMMAND)[:2] == b"\x01\x05"
