"""pyiso8583, told the same tables, against our codec: both dialects, both directions."""

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.codec import cups_link, iso8583, pos_link
from adapters.codec.cups_dialect import CUPS
from adapters.codec.iso8583 import Message
from adapters.codec.iso8583_dialect import (
    CHARACTERS,
    FOREIGN,
    LENGTH_DIGITS,
    MAC_64,
    PACKED,
    Attribute,
    Dialect,
    Field,
)
from adapters.codec.pos_dialect import POS, POS_128
from tests.adapters.codec.test_iso8583 import messages_of

peer = pytest.importorskip("iso8583", reason="pyiso8583, the peer, is not installed")

VECTORS = Path(__file__).parents[3] / "fixtures" / "data" / "vectors"
BITMAP_SIZE = 8
# There a length counts characters: with latin-1 these are the bytes that ours counts.
BYTES_AS_TEXT = "latin-1"


def spec_of(field: Field, dialect: Dialect) -> dict[str, Any]:
    """A field in the peer's terms; packed digits are its nibbles, and an odd one wants a pad."""
    packed = dialect.numerals is PACKED
    counted = field.attribute in FOREIGN
    digits = LENGTH_DIGITS[field.size]
    nibbles = packed and counted
    return {
        "data_enc": "b" if nibbles or field.attribute is Attribute.B else BYTES_AS_TEXT,
        "len_enc": "bcd" if packed else "ascii",
        "len_type": dialect.numerals.size(digits),
        "len_count": "nibbles" if nibbles else "bytes",
        "max_len": field.length,
        "left_pad": "0" if nibbles and not field.fills_at_end else "",
        "right_pad": "0" if nibbles and field.fills_at_end else "",
        "desc": field.name,
    }


def specs(dialect: Dialect) -> dict[str, Any]:
    fixed = {"len_enc": "b", "len_type": 0, "desc": ""}
    type_encoding = "b" if dialect.numerals is PACKED else "ascii"
    return {
        "h": {"data_enc": "b", "max_len": 0, **fixed},
        "t": {"data_enc": type_encoding, "max_len": dialect.mti_size, **fixed},
        "p": {"data_enc": "b", "max_len": BITMAP_SIZE, **fixed},
        "1": {"data_enc": "b", "max_len": BITMAP_SIZE, **fixed},
        **{str(number): spec_of(field, dialect) for number, field in dialect.fields.items()},
    }


def told(message: Message, dialect: Dialect) -> dict[str, str]:
    """A message as the peer takes and gives it: bytes as hex, text by its bytes."""
    document = {"t": message.mti}
    for number, value in message.fields.items():
        attribute = dialect.fields[number].attribute
        if isinstance(value, bytes):
            document[str(number)] = value.hex().upper()
        elif attribute in CHARACTERS:
            document[str(number)] = value.encode(*CHARACTERS[attribute]).decode(BYTES_AS_TEXT)
        else:
            document[str(number)] = value
    return document


def carried(file: str, unframed: Callable[[bytes], bytes]) -> dict[str, bytes]:
    """The body of every message in a file of vectors that must be taken."""
    vectors = tomllib.loads((VECTORS / file).read_text("utf-8"))["vector"]
    taken = [vector for vector in vectors if vector["result"] != "invalid"]
    frames = {
        vector["id"]: unframed(bytes.fromhex(vector["given"]["frame"]))
        for vector in taken
        if vector["operation"] == "frame"
    }
    bodies = {
        vector["id"]: bytes.fromhex(vector["given"]["body"])
        for vector in taken
        if vector["operation"] == "body"
    }
    return frames | bodies


POS_BODIES = carried("pos_frames.toml", lambda data: pos_link.decode(data).body)
CUPS_BODIES = carried("cups.toml", lambda data: cups_link.decode(data).body)
BODIES = [
    *((name, body, POS) for name, body in POS_BODIES.items()),
    *((name, body, CUPS) for name, body in CUPS_BODIES.items()),
]
SPECS: Mapping[str, dict[str, Any]] = {each.name: specs(each) for each in (POS, POS_128, CUPS)}


@pytest.mark.parametrize("name, body, dialect", BODIES, ids=[each[0] for each in BODIES])
def test_the_peer_reads_the_same(name: str, body: bytes, dialect: Dialect) -> None:
    """Every vector that must be taken has the same type and fields for both."""
    theirs, _ = peer.decode(body, SPECS[dialect.name])
    found = {key: value for key, value in theirs.items() if key not in {"h", "p", "1"}}
    assert found == told(iso8583.decode(body, dialect), dialect), name


def theirs_of(message: Message, dialect: Dialect) -> bytes:
    """What the peer writes; where no field needs the second bitmap, the dialect may want one."""
    written, _ = peer.encode({"h": "", **told(message, dialect)}, SPECS[dialect.name])
    data = bytes(written)
    if dialect.two_bitmaps_always and max(message.fields, default=0) <= MAC_64:
        at = dialect.mti_size
        first = bytes((data[at] | 0x80,)) + data[at + 1 : at + BITMAP_SIZE]
        return data[:at] + first + bytes(BITMAP_SIZE) + data[at + BITMAP_SIZE :]
    return data


@pytest.mark.parametrize("name, body, dialect", BODIES, ids=[each[0] for each in BODIES])
def test_the_peer_writes_the_same(name: str, body: bytes, dialect: Dialect) -> None:
    """The fields of every vector that must be taken are the same bytes from both."""
    assert theirs_of(iso8583.decode(body, dialect), dialect) == body, name


MESSAGES = st.sampled_from([POS, POS_128, CUPS]).flatmap(
    lambda dialect: st.tuples(st.just(dialect), messages_of(dialect))
)


@given(MESSAGES)
def test_the_peer_writes_and_reads_any_message_as_we_do(pair: tuple[Dialect, Message]) -> None:
    """Any message of a dialect is the same bytes from both, and reads the same to both."""
    dialect, message = pair
    body = iso8583.encode(message, dialect)
    assert theirs_of(message, dialect) == body
    theirs, _ = peer.decode(body, SPECS[dialect.name])
    found = {key: value for key, value in theirs.items() if key not in {"h", "p", "1"}}
    assert found == told(message, dialect)
