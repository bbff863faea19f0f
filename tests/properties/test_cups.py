"""The switch: the CUPS dialect of ISO 8583, the fields inside fields, and its frames.

Everything that a change of the modules' layout touches stands in `The codecs under test` below.
"""

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from adapters.codec import cups_link, cups_mac, cups_subfields, iso8583
from adapters.codec.cups_dialect import CUPS
from adapters.codec.cups_link import HEADER_SIZE, KEEP_ALIVE, Frame, Header
from adapters.codec.cups_mac import MAC_RECIPES
from adapters.codec.cups_subfields import PRIVATE_60, Original90
from adapters.codec.iso8583 import Message
from tests.properties.laws import holds, same_in_pieces, written
from tests.properties.strategies import (
    ANY_NUMBER,
    BYTE,
    DECIMAL,
    PRINTABLE,
    any_messages,
    bounded,
    cut,
    damaged,
    damaged_text,
    digits,
    messages,
    mutations,
    text_mutations,
    with_one_odd,
)

# -- The codecs under test --

decode_60, encode_60 = PRIVATE_60.cut, PRIVATE_60.join
decode_90, encode_90 = cups_subfields.decode_90, cups_subfields.encode_90
mac_block = cups_mac.mac_block
SUBFIELDS_60 = PRIVATE_60.parts


def decode(data: bytes) -> Message:
    return iso8583.decode(data, CUPS)


def encode(message: Message) -> bytes:
    return iso8583.encode(message, CUPS)


# -- messages --

TYPES = ("0100", "0110", "0200", "0210", "0420", "0430", "0800", "0820")
# Switches write = or D between the parts of a track; both are kept.
MESSAGES = messages(TYPES, CUPS.fields, DECIMAL + "D=")
ANY_MESSAGES = any_messages(TYPES, CUPS.fields)


@bounded(100)
@given(MESSAGES)
def test_a_message_comes_out_as_it_went_in(message: Message) -> None:
    """Every message of the dialect decodes to itself."""
    assert decode(encode(message)) == message


@bounded(200)
@given(st.binary(max_size=60) | mutations(MESSAGES.map(encode)))
def test_any_bytes_are_a_message_or_refused(data: bytes) -> None:
    """A message is its bytes and nothing else."""
    holds(decode, encode, [data])


@bounded(8)
@given(MESSAGES)
def test_one_fault_anywhere_is_a_message_or_refused(message: Message) -> None:
    """One fault, of every kind and at every place, gives another message or a refusal."""
    fields = dict(list(message.fields.items())[:6])
    holds(decode, encode, damaged(encode(Message(message.mti, fields))[:120]))


@bounded(150)
@given(ANY_MESSAGES)
def test_what_is_no_message_is_not_sent(message: Message) -> None:
    """A value that does not fit its field is ours to refuse; what is sent can be read."""
    for data in written(encode, message):
        assert set(decode(data).fields) == set(message.fields)


@bounded()
@given(MESSAGES | ANY_MESSAGES)
def test_a_mac_block_is_whole_blocks_or_refused(message: Message) -> None:
    """What the MAC covers is whole blocks of eight bytes, or ours to refuse."""
    for recipe in MAC_RECIPES.values():
        for block in written(lambda each: mac_block(each, recipe), message):  # noqa: B023  called at once
            assert len(block) % 8 == 0
            assert block.isascii()


# -- fields inside fields --

ENDS = [sum(each.width for each in SUBFIELDS_60[: end + 1]) for end in range(len(SUBFIELDS_60))]
FIELDS_60 = st.sampled_from(ENDS).flatmap(digits)
ORIGINALS = st.builds(Original90, digits(4), digits(6), digits(10), digits(11), digits(11))
PARTS = st.dictionaries(
    st.sampled_from([each.number for each in SUBFIELDS_60[:4]]) | st.text(max_size=5),
    digits(0, 4) | st.text(max_size=4),
    max_size=4,
)


@bounded()
@given(FIELDS_60, ORIGINALS)
def test_a_field_comes_out_as_it_went_in(field_60: str, original: Original90) -> None:
    """DE60 that ends after any sub-field, and DE90, decode to themselves."""
    assert encode_60(decode_60(field_60)) == field_60
    assert decode_90(encode_90(original)) == original


@bounded(150)
@given(st.text(max_size=45) | digits(0, 45) | text_mutations(FIELDS_60))
def test_any_text_is_a_field_or_refused(text: str) -> None:
    """Each of the fields is its digits, or refused at one of them."""
    holds(decode_60, encode_60, [text])
    holds(decode_90, encode_90, [text])


@bounded(10)
@given(FIELDS_60, ORIGINALS)
def test_one_fault_in_a_field_is_read_or_refused(field_60: str, original: Original90) -> None:
    """One fault, of every kind and at every place, gives another field or a refusal."""
    holds(decode_60, encode_60, damaged_text(field_60))
    holds(decode_90, encode_90, damaged_text(encode_90(original)))


@bounded(100)
@given(
    PARTS,
    with_one_odd(
        ORIGINALS,
        dict.fromkeys(
            ("mti", "stan_11", "transmission_7", "acquirer_32", "forwarding_33"),
            digits(0, 12) | st.text(max_size=4),
        ),
    ),
)
def test_what_is_no_field_is_not_sent(parts: Mapping[str, str], original: Original90) -> None:
    """A part that does not fit is ours to refuse; what is sent comes out the same."""
    for text in written(encode_60, parts):
        assert dict(decode_60(text)) == parts
    for text in written(encode_90, original):
        assert encode_90(decode_90(text)) == text


# -- frames --


def printable(least: int, most: int) -> st.SearchStrategy[str]:
    return st.text(PRINTABLE, min_size=least, max_size=most)


INSTITUTIONS = printable(1, 11).map(lambda text: text.strip(" ") or "0")
HEADERS = st.builds(
    Header,
    BYTE,
    st.integers(0, 9999),
    INSTITUTIONS,
    INSTITUTIONS,
    printable(3, 3),
    BYTE,
    printable(8, 8),
    BYTE,
    printable(5, 5),
)
ANY_HEADERS = with_one_odd(
    HEADERS,
    dict.fromkeys(("version", "total_length", "batch", "user"), ANY_NUMBER)
    | dict.fromkeys(("destination", "source"), st.text(max_size=12) | printable(0, 12))
    | {"status": st.text(max_size=4), "transaction": st.text(min_size=8, max_size=8)},
)
FRAMES = st.builds(cups_link.framed, HEADERS, st.binary(max_size=40))
STREAMS = st.lists(
    FRAMES.map(cups_link.encode) | st.just(KEEP_ALIVE) | st.binary(max_size=4), max_size=4
).map(b"".join)


@bounded()
@given(FRAMES)
def test_a_frame_comes_out_as_it_went_in(frame: Frame) -> None:
    """Every frame decodes to itself."""
    assert cups_link.decode(cups_link.encode(frame)) == frame


@bounded(150)
@given(st.binary(max_size=60) | mutations(FRAMES.map(cups_link.encode)))
def test_any_bytes_are_a_frame_or_refused(data: bytes) -> None:
    """A frame is its bytes and nothing else, with its LEN right or wrong."""
    holds(cups_link.decode, cups_link.encode, [data, b"%04d" % len(data) + data])


@bounded(10)
@given(FRAMES)
def test_one_fault_in_a_frame_is_read_or_refused(frame: Frame) -> None:
    """One fault, of every kind and at every place, gives another frame or a refusal."""
    holds(cups_link.decode, cups_link.encode, damaged(cups_link.encode(frame)))


@bounded(100)
@given(HEADERS | ANY_HEADERS, st.integers(9000, 11_000))
def test_what_is_no_header_is_not_sent(header: Header, size: int) -> None:
    """A field that does not fit is ours to refuse; what is sent comes out the same."""
    for data in written(cups_link.encode_header, header):
        assert len(data) == HEADER_SIZE
        assert cups_link.decode_header(data) == header
    written(cups_link.encode, Frame(header, b""))
    written(cups_link.encode, cups_link.framed(header, bytes(size)))


@bounded()
@given(cut(STREAMS | mutations(STREAMS)))
def test_a_stream_is_the_same_however_cut(stream: tuple[bytes, list[bytes]]) -> None:
    """Frames, keep-alives and refusal do not depend on the pieces."""
    same_in_pieces(cups_link.Decoder, *stream)
