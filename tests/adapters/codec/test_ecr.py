import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.codec import ecr
from adapters.codec.ecr import (
    EXAMPLE,
    Column,
    Decoder,
    Kind,
    LengthMode,
    LrcFrom,
    Message,
    Profile,
    Sender,
    Signal,
    Value,
)
from adapters.codec.errors import LocalProtocolError, RemoteProtocolError

FILE = Path(__file__).parents[3] / "fixtures" / "data" / "vectors" / "ecr.toml"
VECTORS: list[dict[str, Any]] = tomllib.loads(FILE.read_text("utf-8"))["vector"]
ACCEPTED = [vector for vector in VECTORS if vector["result"] != "invalid"]
REFUSED = [vector for vector in VECTORS if vector["result"] == "invalid"]
WORKED = "02 00 20 30 31 30 30 30 30 30 30 30 31 30 30 30 30 30 30 30 31 32 33 03 23"
# A maker of our own: every kind of column, both senders, three transactions.
MAKER = replace(
    EXAMPLE,
    tx_codes={"sale": "S1", "void": "V1", "settlement": "Z1"},
    fields={
        (Sender.REGISTER, "sale"): (Column("amount", 12, Kind.AMOUNT),),
        (Sender.TERMINAL, "sale"): (
            Column("answer", 2, Kind.TEXT),
            Column("amount", 12, Kind.AMOUNT),
            Column("trace", 6),
            Column("merchant", 8, Kind.TEXT),
        ),
        (Sender.REGISTER, "void"): (Column("trace", 6),),
        (Sender.REGISTER, "settlement"): (),
    },
)


def name(vector: Mapping[str, Any]) -> str:
    return str(vector["id"])


def frame(given: Mapping[str, Any]) -> dict[str, Any]:
    """A piece of a stream under the profile that it names."""
    profile = replace(
        EXAMPLE,
        length_mode=LengthMode(given["length_mode"]),
        lrc_from=LrcFrom(given["lrc_from"]),
        lrc_includes_etx=given["lrc_includes_etx"],
    )
    piece = bytes.fromhex(given["bytes"])
    found = ecr.decode(piece, profile)
    if isinstance(found, Signal):
        return {"signal": found.name}
    assert ecr.encode(found, profile) == piece
    assert Decoder(profile).feed(piece) == [piece]
    return {"data": found.hex().upper()}


def message(given: Mapping[str, Any]) -> dict[str, Any]:
    """DATA under the profile of the worked example."""
    data, sender = bytes.fromhex(given["data"]), Sender(given["sender"])
    found = ecr.decode_message(data, sender, EXAMPLE)
    assert ecr.encode_message(found, sender, EXAMPLE) == data
    return {"transaction": found.transaction, "values": dict(found.values)}


OPERATIONS = {"frame": frame, "message": message}


@pytest.mark.parametrize("vector", ACCEPTED, ids=name)
def test_a_vector_comes_out_as_expected(vector: Mapping[str, Any]) -> None:
    """What a frame carries is found, and encodes again to the same bytes."""
    assert OPERATIONS[vector["operation"]](vector["given"]) == vector["expect"]


@pytest.mark.parametrize("vector", REFUSED, ids=name)
def test_an_invalid_vector_is_refused_for_its_reason(vector: Mapping[str, Any]) -> None:
    """What breaks the profile is the other side's fault, with its reason and its place."""
    with pytest.raises(RemoteProtocolError) as refused:
        OPERATIONS[vector["operation"]](vector["given"])
    found = {"reason": refused.value.message, "offset": refused.value.offset}
    assert found == vector["expect"]


def test_a_third_of_the_vectors_is_invalid() -> None:
    """The vectors try at least half as much what must be refused as what must be taken."""
    assert len({vector["id"] for vector in VECTORS}) == len(VECTORS)
    assert 3 * len(REFUSED) >= len(VECTORS)


def test_the_worked_example_comes_out_byte_for_byte() -> None:
    """A sale of 100.00 by cashier 000123 is the frame that the facts give."""
    sale = Message("sale", {"amount": 10000, "cashier": "000123"})
    data = ecr.encode_message(sale, Sender.REGISTER, EXAMPLE)
    assert ecr.encode(data, EXAMPLE) == bytes.fromhex(WORKED)


def test_an_answer_has_columns_of_its_own() -> None:
    """The same code is read by other columns when the terminal sends it."""
    values: dict[str, Value] = {
        "answer": "00",
        "amount": 1230,
        "trace": "000007",
        "merchant": "SHOP 1",
    }
    answer = Message("sale", values)
    data = ecr.encode_message(answer, Sender.TERMINAL, MAKER)
    assert data == b"S100000000001230000007SHOP 1  "
    assert ecr.decode_message(data, Sender.TERMINAL, MAKER) == answer


@pytest.mark.parametrize(
    "wrong, reason",
    [
        (Message("refund", {}), "'refund': the profile has no register message of it"),
        (Message("sale", {}), "amount: missing"),
        (Message("sale", {"amount": "1"}), "amount: '1' is not amount of 12"),
        (Message("sale", {"amount": -1}), "amount: -1 is not amount of 12"),
        (Message("sale", {"amount": 10**12}), "is not amount of 12"),
        (Message("sale", {"amount": True}), "amount: True is not amount of 12"),
        (Message("sale", {"amount": 1, "tip": 1}), "tip: not a column of the profile"),
        (Message("void", {"trace": "12345"}), "trace: '12345' is not digits of 6"),
        (Message("void", {"trace": 123456}), "trace: 123456 is not digits of 6"),
    ],
)
def test_a_message_that_does_not_fit_is_our_fault(wrong: Message, reason: str) -> None:
    """What the columns cannot hold is refused before it is sent."""
    with pytest.raises(LocalProtocolError, match=reason):
        ecr.encode_message(wrong, Sender.REGISTER, MAKER)


def test_data_that_cannot_be_framed_is_our_fault() -> None:
    """More than the profile allows, and an ETX where only ETX ends, is refused before sending."""
    with pytest.raises(LocalProtocolError, match="1025 bytes where 1024 fit"):
        ecr.encode(bytes(1025), EXAMPLE)
    with pytest.raises(LocalProtocolError, match="an ETX would end it"):
        ecr.encode(b"\x03", replace(EXAMPLE, length_mode=LengthMode.NONE))
    with pytest.raises(LocalProtocolError, match="10000 bytes where 9999 fit"):
        ecr.encode(bytes(10000), replace(EXAMPLE, largest=70000))


PROFILES = st.builds(
    Profile,
    st.sampled_from(LengthMode),
    st.sampled_from(LrcFrom),
    st.booleans(),
    st.just(EXAMPLE.tx_codes),
    st.just(EXAMPLE.fields),
    st.sampled_from([20, 1024]),
)


@given(PROFILES, st.lists(st.binary(max_size=20).map(lambda data: data.replace(b"\x03", b""))))
def test_a_frame_comes_out_of_its_profile_as_it_went_in(
    profile: Profile, contents: list[bytes]
) -> None:
    """Whatever the knobs, frames behind each other come apart and hold what they held."""
    frames = [ecr.encode(data, profile) for data in contents]
    assert Decoder(profile).feed(b"".join(frames)) == frames
    assert [ecr.decode(each, profile) for each in frames] == contents


NOISE = st.lists(
    st.sampled_from([bytes.fromhex(WORKED), b"\x02", b"\x03", b"\x06", b"\x15", b"\x02\x00\x02"])
    | st.binary(max_size=30),
    max_size=6,
).map(b"".join)


@given(PROFILES, NOISE, st.data())
def test_a_stream_gives_the_same_however_it_is_cut(
    profile: Profile, stream: bytes, data: st.DataObject
) -> None:
    """Any bytes come apart into the same pieces however they arrive, and none is lost."""
    cuts = data.draw(st.lists(st.integers(0, len(stream)), max_size=8).map(sorted))
    ends = [*cuts, len(stream)]
    pieces = [stream[a:b] for a, b in zip([0, *cuts], ends, strict=True)]
    found = []
    for chunks in ([stream], pieces, [bytes((byte,)) for byte in stream]):
        decoder = Decoder(profile)
        found.append([piece for chunk in chunks for piece in decoder.feed(chunk)])
        assert sum(map(len, found[-1])) + decoder.pending == len(stream)
    assert found[0] == found[1] == found[2]
    assert stream.startswith(b"".join(found[0]))


@given(PROFILES, st.binary(max_size=40))
def test_any_piece_is_read_or_refused(profile: Profile, piece: bytes) -> None:
    """Nothing but RemoteProtocolError comes out of bytes that are no frame and no message."""
    for candidate in (piece, b"\x02" + piece):
        try:
            found = ecr.decode(candidate, profile)
        except RemoteProtocolError:
            continue
        assert isinstance(found, Signal) or ecr.encode(found, profile) == candidate
    for sender in Sender:
        for data in (piece, b"01" + piece):
            try:
                message = ecr.decode_message(data, sender, profile)
            except RemoteProtocolError:
                continue
            assert ecr.encode_message(message, sender, profile) == data


def test_a_frame_behind_noise_is_found() -> None:
    """Bytes that start nothing are pieces of their own, and the frame behind them is whole."""
    worked = bytes.fromhex(WORKED)
    assert Decoder(EXAMPLE).feed(b"A\x02\xff\xff" + worked) == [b"A", b"\x02\xff\xff", worked]


def test_an_end_that_never_comes_is_not_waited_for() -> None:
    """Without LEN, a stream without ETX is let go of once no frame can be in it."""
    decoder = Decoder(replace(EXAMPLE, length_mode=LengthMode.NONE, largest=8))
    found = decoder.feed(b"\x02" + b"A" * 100)
    assert found[0] == b"\x02"
    assert decoder.pending == 0
