import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.codec import iso8583, pos_link
from adapters.codec.cups_dialect import CUPS
from adapters.codec.errors import LocalProtocolError, RemoteProtocolError
from adapters.codec.iso8583 import Message
from adapters.codec.iso8583_dialect import PACKED, Attribute, Dialect, Field, Size
from adapters.codec.pos_dialect import POS, POS_128
from fixtures.crypto.pos_keys import pos_mac
from fixtures.crypto.test_keys import posp_keys

FILE = Path(__file__).parents[3] / "fixtures" / "data" / "vectors" / "pos_frames.toml"
VECTORS: dict[str, dict[str, Any]] = {
    vector["id"]: vector for vector in tomllib.loads(FILE.read_text("utf-8"))["vector"]
}
FRAMES = {
    name: bytes.fromhex(vector["given"]["frame"])
    for name, vector in VECTORS.items()
    if vector["operation"] == "frame" and vector["result"] != "invalid"
}
WITH_MAC = tuple(name for name in FRAMES if "mac" in VECTORS[name]["flags"])
# Host and kiosk facts, 1.15 B.
PUBLISHED_MAC_KEY = bytes.fromhex("C24A8FB57AA20123")
UNUSED = (*range(5, 11), *range(16, 22), 24, *range(27, 32), 33, 34, 40, 43)
UNUSED_LATER = (45, 46, 47, 50, 51, 56, 57)
DIALECTS = (POS, POS_128, CUPS)
REFUSED = b"refused"


def body_of(name: str) -> bytes:
    return pos_link.decode(FRAMES[name]).body


def again(data: bytes) -> bytes:
    """What a body decodes to, encoded; REFUSED if it is refused at one of its bytes."""
    try:
        message = iso8583.decode(data, POS)
    except RemoteProtocolError as refused:
        return REFUSED if 0 <= refused.offset <= len(data) else b"outside"
    return iso8583.encode(message, POS)


def values(field: Field, dialect: Dialect) -> st.SearchStrategy[str | bytes]:
    """All values a field can have."""
    least = field.length if field.size is Size.FIXED else 0
    if field.attribute is Attribute.B:
        return st.binary(min_size=least, max_size=field.length)
    if field.attribute is Attribute.N:
        return st.text("0123456789", min_size=least, max_size=field.length)
    if field.attribute is Attribute.Z:
        signs = "0123456789D" if dialect.numerals is PACKED else "0123456789D="
        return st.text(signs, min_size=least, max_size=field.length)
    if field.attribute is Attribute.AN:
        return st.text(st.characters(codec="ascii"), min_size=least, max_size=field.length)
    return st.binary(min_size=least, max_size=field.length).map(
        lambda text: text.decode("gbk", "surrogateescape")
    )


def messages_of(dialect: Dialect) -> st.SearchStrategy[Message]:
    """All messages of a dialect."""
    optional = {number: values(field, dialect) for number, field in dialect.fields.items()}
    mti = st.text("0123456789", min_size=4, max_size=4)
    return st.builds(Message, mti, st.fixed_dictionaries({}, optional=optional))


MESSAGES = messages_of(POS)


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: str(dialect.name))
@given(data=st.data())
def test_what_is_encoded_decodes_to_the_same(dialect: Dialect, data: st.DataObject) -> None:
    """Every message of a dialect survives the wire."""
    message = data.draw(messages_of(dialect))
    assert iso8583.decode(iso8583.encode(message, dialect), dialect) == message


@given(st.binary(max_size=80))
def test_bytes_are_decoded_without_loss_or_refused(data: bytes) -> None:
    """Whatever arrives is a message that encodes to those bytes, or is refused at one of them."""
    assert again(data) in {data, REFUSED}


@given(MESSAGES, st.data())
def test_a_changed_byte_raises_nothing_but_a_protocol_error(message: Message, data: Any) -> None:
    """A damaged message is another message or refused; nothing else comes out."""
    body = bytearray(iso8583.encode(message, POS))
    at = data.draw(st.integers(0, len(body) - 1))
    body[at] = data.draw(st.integers(0, 255))
    assert again(bytes(body)) in {bytes(body), REFUSED}


@pytest.mark.parametrize("number", UNUSED + UNUSED_LATER)
def test_an_unused_field_is_a_format_error(number: int) -> None:
    """A field the dialect does not use is refused from either side, by its number."""
    bitmap = (1 << (64 - number)).to_bytes(8)
    with pytest.raises(RemoteProtocolError, match=f"DE{number}: not a field") as refused:
        iso8583.decode(b"\x02\x00" + bitmap + bytes(40), POS)
    assert refused.value.offset == 2 + (number - 1) // 8
    with pytest.raises(LocalProtocolError, match=f"DE{number}: not a field"):
        iso8583.encode(Message("0200", {number: "0"}), POS)


UNSENDABLE: dict[str, tuple[dict[int, str | bytes], str, int]] = {
    "too few digits": ({11: "00001"}, "DE11: 5 where 6 are fixed", 10),
    "too many digits": ({3: "000000", 11: "0000001"}, "DE11: 7 where 6 are fixed", 13),
    "a letter among digits": ({11: "00000A"}, "DE11: '00000A' is not of attribute n", 10),
    "a long PAN": ({2: "1" * 20}, "DE2: 20 where at most 19 fit", 10),
    "a blank in a track": ({35: "12 4"}, "DE35: '12 4' is not of attribute z", 10),
    "a short text": ({41: "1"}, "DE41: 1 where 8 are fixed", 10),
    "Chinese counted by character": ({41: "测试一二三四五六"}, "DE41: 16 where 8 are fixed", 10),
    "Chinese in ASCII": ({39: "测"}, "DE39: '测' is not of attribute an", 10),
    "a character without a code": ({63: "\u0e01"}, "DE63: '\u0e01' is not of attribute ans", 10),
    "text for bytes": ({52: "0000000000000000"}, "DE52: a field of attribute b is not str", 10),
    "bytes for digits": ({11: b"000001"}, "DE11: a field of attribute n is not bytes", 10),
    "a long DE55": ({55: bytes(256)}, "DE55: 256 where at most 255 fit", 10),
    "a bitmap as a field": ({1: "0"}, "DE1: not a field of direct POS", 2),
}


@pytest.mark.parametrize("fields, reason, offset", UNSENDABLE.values(), ids=UNSENDABLE)
def test_what_cannot_be_sent_is_our_fault(
    fields: Mapping[int, str | bytes], reason: str, offset: int
) -> None:
    """A value that does not fit its field is refused before it is sent, naming the field."""
    with pytest.raises(LocalProtocolError) as refused:
        iso8583.encode(Message("0200", fields), POS)
    assert (refused.value.message, refused.value.offset) == (reason, offset)


@pytest.mark.parametrize("mti", ["", "200", "02000", "0A00", "０２００"])
def test_a_type_of_another_form_is_our_fault(mti: str) -> None:
    """A message type is four digits."""
    with pytest.raises(LocalProtocolError, match="MTI"):
        iso8583.encode(Message(mti, {}), POS)


def test_a_track_separator_may_be_written_either_way() -> None:
    """The separator of a track is D on the wire and in what is decoded."""
    body = iso8583.encode(Message("0200", {35: "6210948000000011=3012"}), POS)
    assert iso8583.decode(body, POS).text(35) == "6210948000000011D3012"


def test_a_text_cut_in_a_character_is_kept() -> None:
    """Bytes that are no character stay in the text, and go out again as they came."""
    body = bytes.fromhex("0810 0000000000000002 0003 B2E2CA".replace(" ", ""))
    message = iso8583.decode(body, POS)
    assert message.text(63) == "测\udcca"
    assert iso8583.encode(message, POS) == body


def test_a_message_says_what_it_lacks_with_nothing() -> None:
    """A field that is not there reads as empty, of either type."""
    message = Message("0200", {11: "000001", 55: b"\x9f"})
    assert (message.text(2), message.data(2)) == ("", b"")
    assert (message.text(55), message.data(11)) == ("", b"")
    assert message.without((11, 12)) == Message("0200", {55: b"\x9f"})
    assert message.with_fields({11: "000002"}).text(11) == "000002"
    assert message.text(11) == "000001"


def test_a_second_bitmap_announces_the_fields_over_64() -> None:
    """With a field over 64 the bitmap has 16 bytes and bit 1 set; without one, neither."""
    message = Message("0200", {11: "000001", 128: b"ABCD1234"})
    body = iso8583.encode(message, POS_128)
    assert body[2:18].hex().upper() == "80200000000000000000000000000001"
    assert iso8583.decode(body, POS_128) == message
    assert iso8583.mac_block(body) == body[:-8]
    narrow = Message("0200", {11: "000001"})
    assert iso8583.encode(narrow, POS_128) == iso8583.encode(narrow, POS)


def test_a_second_bitmap_that_announces_nothing_is_refused() -> None:
    """An empty second bitmap is no way to write a message."""
    body = bytes.fromhex("0200" + "8020000000000000" + "00" * 8 + "000001")
    with pytest.raises(RemoteProtocolError, match="DE1: the second bitmap announces nothing"):
        iso8583.decode(body, POS_128)


@pytest.mark.parametrize("name", WITH_MAC)
def test_the_mac_of_a_worked_frame_covers_its_mac_block(name: str) -> None:
    """Everything from the MTI to the byte before DE64 makes the MAC that the frame carries."""
    body = body_of(name)
    mac = pos_mac(posp_keys().working.mac_key, iso8583.mac_block(body))
    assert mac == iso8583.decode(body, POS).data(64)


def test_the_mac_of_the_published_request_is_found() -> None:
    """The published MAC block and key give the published MAC."""
    body = bytes.fromhex(VECTORS["published-request"]["given"]["body"])
    assert len(iso8583.mac_block(body)) == 91
    assert pos_mac(PUBLISHED_MAC_KEY, iso8583.mac_block(body)) == b"8A9E91B8"


UNSIGNED: dict[str, tuple[bytes, str]] = {
    "no MAC announced": (body_of("sign-on-003"), "the bitmap announces no MAC"),
    "nothing": (b"", "too short to carry a MAC"),
    "cut in the MAC": (bytes.fromhex("0200" + "00" * 7 + "01" + "30" * 7), "too short to carry"),
    "half a second bitmap": (bytes.fromhex("0200" + "80" + "00" * 13), "too short to carry a MAC"),
}


@pytest.mark.parametrize("body, reason", UNSIGNED.values(), ids=UNSIGNED)
def test_a_body_without_a_mac_has_no_mac_block(body: bytes, reason: str) -> None:
    """Where no MAC can stand there is nothing it covers."""
    with pytest.raises(RemoteProtocolError, match=reason):
        iso8583.mac_block(body)


def test_a_dialect_names_every_field_in_both_languages() -> None:
    """Reports can name each field in English and in Chinese."""
    for dialect in DIALECTS:
        for number, field in dialect.fields.items():
            assert field.number == number
            assert field.name.isascii()
            assert not field.name_zh.isascii()
    with pytest.raises(TypeError):
        POS.fields[5] = replace(POS.fields[4], number=5)  # type: ignore[index]
