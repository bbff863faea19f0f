import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.codec import kiosk_control
from adapters.codec.errors import LocalProtocolError, RemoteProtocolError
from adapters.codec.kiosk_control import (
    COMMANDS,
    EVENTS,
    Answer,
    Command,
    Decoder,
    Failure,
    Fault,
    Happening,
    Message,
    Value,
)

FILE = Path(__file__).parents[3] / "fixtures" / "data" / "vectors" / "kiosk_control.toml"
VECTORS: list[dict[str, Any]] = tomllib.loads(FILE.read_text("utf-8"))["vector"]
ACCEPTED = [vector for vector in VECTORS if vector["result"] != "invalid"]
REFUSED = [vector for vector in VECTORS if vector["result"] == "invalid"]
RESET = b'{"id":1,"cmd":"reset"}'


def name(vector: Mapping[str, Any]) -> str:
    return str(vector["id"])


def line(vector: Mapping[str, Any]) -> bytes:
    return str(vector["given"]["line"]).encode()


def plain(members: Mapping[str, Value]) -> dict[str, Any]:
    """Members as the vectors write them."""
    kinds: dict[type, Any] = {tuple: list, bytes: lambda value: value.hex().upper()}
    return {
        key: dict(value)
        if isinstance(value, Mapping)
        else kinds.get(type(value), type(value))(value)
        for key, value in members.items()
    }


def written(message: Message) -> dict[str, Any]:
    """A message as the vectors write it."""
    match message:
        case Command(identifier, called, members):
            return {"kind": "command", "id": identifier, "name": called, "members": plain(members)}
        case Answer(identifier, members):
            return {"kind": "answer", "id": identifier, "members": plain(members)}
        case Failure(identifier, fault, detail):
            return {"kind": "failure", "id": identifier, "fault": str(fault), "detail": detail}
        case Happening(called, mono_ns, wall_ms, members):
            stamps = {"mono_ns": mono_ns, "wall_ms": wall_ms}
            return {"kind": "happening", "name": called, **stamps, "members": plain(members)}


@pytest.mark.parametrize("vector", ACCEPTED, ids=name)
def test_a_vector_comes_out_as_expected(vector: Mapping[str, Any]) -> None:
    """Every member of a line is found, and nothing else."""
    assert written(kiosk_control.decode(line(vector))) == vector["expect"]


@pytest.mark.parametrize("vector", REFUSED, ids=name)
def test_an_invalid_vector_is_refused_for_its_reason(vector: Mapping[str, Any]) -> None:
    """What the tables do not have is the other side's fault, with its reason and its place."""
    with pytest.raises(RemoteProtocolError) as refused:
        kiosk_control.decode(line(vector))
    found = {"reason": refused.value.message, "offset": refused.value.offset}
    assert found == vector["expect"]


@pytest.mark.parametrize("vector", ACCEPTED, ids=name)
def test_a_message_encodes_to_one_line(vector: Mapping[str, Any]) -> None:
    """What was read is sent as the same line, or as one that says the same."""
    message = kiosk_control.decode(line(vector))
    again = kiosk_control.encode(message)
    assert again.endswith(b"\n")
    if "not-canonical" not in vector["flags"]:
        assert again[:-1] == line(vector)
    assert kiosk_control.decode(again) == message


def test_a_third_of_the_vectors_is_invalid() -> None:
    """The vectors try at least half as much what must be refused as what must be taken."""
    assert len({vector["id"] for vector in VECTORS}) == len(VECTORS)
    assert 3 * len(REFUSED) >= len(VECTORS)


def test_every_command_and_event_has_a_vector() -> None:
    """No row of the tables goes untried."""
    found = [kiosk_control.decode(line(vector)) for vector in ACCEPTED]
    assert {each.name for each in found if isinstance(each, Command)} == set(COMMANDS)
    assert {each.name for each in found if isinstance(each, Happening)} == set(EVENTS)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
MEMBERS = st.dictionaries(
    st.sampled_from(
        ["id", "cmd", "ok", "ev", "err", "detail", "mono_ns", "wall_ms", "op", "slot", "text"]
    ),
    JSON
    | st.sampled_from(
        ["reset", "card", "insert", "screen", "E_STATE", "rf", True, False, 1, ["a"]]
    ),
)


@given(st.binary() | JSON.map(json.dumps).map(str.encode) | MEMBERS.map(json.dumps).map(str.encode))
def test_any_line_is_a_message_or_refused(data: bytes) -> None:
    """Nothing but RemoteProtocolError comes out of a line that is no message."""
    try:
        found = kiosk_control.decode(data)
    except RemoteProtocolError:
        return
    assert kiosk_control.decode(kiosk_control.encode(found)) == found


@pytest.mark.parametrize(
    "hostile",
    [b"[" * 200_000, b'{"a":' * 100_000, b'{"id":' + b"9" * 200_000 + b"}", b"\xff\xfe{}", b"\x00"],
    ids=["lists", "objects", "digits", "encoding", "zero"],
)
def test_a_hostile_line_is_refused(hostile: bytes) -> None:
    """Depth, endless numbers and other encodings end in a refusal."""
    with pytest.raises(RemoteProtocolError):
        kiosk_control.decode(hostile)


def collect(chunks: list[bytes]) -> tuple[list[bytes], bool]:
    """All lines, and whether the stream was refused in the end."""
    decoder = Decoder(largest=30)
    found: list[bytes] = []
    try:
        for chunk in [*chunks, b"", b""]:
            found += decoder.feed(chunk)
    except RemoteProtocolError:
        return found, True
    return found, False


STREAMS = st.lists(
    st.sampled_from([RESET, RESET + b"\n", b"\n", b"A" * 30, b"A" * 31]) | st.binary(max_size=40),
    max_size=6,
).map(b"".join)


@given(STREAMS, st.data())
def test_a_stream_gives_the_same_however_it_is_cut(stream: bytes, data: st.DataObject) -> None:
    """Any bytes bring out the same lines and the same refusal in whatever pieces they arrive."""
    cuts = data.draw(st.lists(st.integers(0, len(stream)), max_size=8).map(sorted))
    ends = [*cuts, len(stream)]
    pieces = [stream[a:b] for a, b in zip([0, *cuts], ends, strict=True)]
    assert collect([stream]) == collect(pieces) == collect([bytes((byte,)) for byte in stream])


def test_a_line_may_be_as_long_as_allowed_and_no_longer() -> None:
    """The newline is not counted; the line before a refused one comes back first."""
    decoder = Decoder(largest=30)
    assert decoder.feed(b"A" * 30 + b"\n" + b"B" * 31) == [b"A" * 30]
    assert decoder.pending == 31
    with pytest.raises(RemoteProtocolError, match="line: more than 30 bytes"):
        decoder.feed(b"\n")


UNSENDABLE: dict[str, tuple[Message, str]] = {
    "unknown command": (Command(1, "dance", {}), "cmd: one of reset,"),
    "unknown event": (Happening("smell", 0, 0, {}), "ev: one of state,"),
    "id 0": (Command(0, "reset", {}), "id: a whole number"),
    "time before zero": (Happening("card", -1, 0, {"op": "taken"}), "mono_ns: a whole number"),
    "a PIN": (Command(1, "pin", {"mode": "testkey", "pin": "1234"}), "'pin': not a member"),
    "missing": (Command(1, "key", {}), "name: OK, CANCEL"),
    "needed": (Command(1, "net", {"op": "delay"}), "ms: op delay needs it"),
    "half a pair": (Failure(1, Fault.STATE, "\ud800"), "detail: a text"),
    "too long": (Answer(1, {"sw": "A" * (1 << 18)}), "line: "),
}


@pytest.mark.parametrize("message, reason", UNSENDABLE.values(), ids=UNSENDABLE)
def test_a_message_that_the_tables_do_not_have_is_our_fault(message: Message, reason: str) -> None:
    """What the other side would have to refuse is not sent."""
    with pytest.raises(LocalProtocolError, match=reason):
        kiosk_control.encode(message)


def test_no_member_can_carry_a_pin() -> None:
    """The pin command tells how a PIN gets in, and how long it is, and nothing of it."""
    form = COMMANDS["pin"]
    assert {*form.required, *form.optional} == {"mode", "digits"}


def test_a_full_line_may_wait_for_its_newline() -> None:
    """As many bytes as a line may have are kept until its newline comes."""
    decoder = Decoder(largest=30)
    assert decoder.feed(b"A" * 30) == []
    assert decoder.feed(b"\n") == [b"A" * 30]
