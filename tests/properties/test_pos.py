"""The direct POS: its dialect of ISO 8583, the fields inside fields, and its frames."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.codec import iso8583, pos_fields, pos_link
from adapters.codec.iso8583 import Message
from adapters.codec.iso8583_dialect import Attribute, Dialect, Size
from adapters.codec.pos_dialect import POS
from adapters.codec.pos_fields import BatchItem, Original61, Private60, Settlement, Totals
from adapters.codec.pos_link import LRI_MARK, Frame, Header, Link
from tests.properties.laws import holds, read, same_in_pieces, written
from tests.properties.strategies import (
    DECIMAL,
    any_messages,
    bounded,
    cut,
    damaged,
    damaged_text,
    digits,
    messages,
    mutations,
    sizes,
    text_mutations,
    with_one_odd,
)

TYPES = ("0100", "0110", "0200", "0210", "0320", "0400", "0500", "0800", "0820")
MESSAGES = messages(TYPES, POS.fields, DECIMAL + "D")
ANY_MESSAGES = any_messages(TYPES, POS.fields)


def decode(data: bytes) -> Message:
    return iso8583.decode(data, POS)


def encode(message: Message) -> bytes:
    return iso8583.encode(message, POS)


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
    holds(decode, encode, damaged(encode(replace(message, fields=fields))[:120]))


@bounded(150)
@given(ANY_MESSAGES)
def test_what_is_no_message_is_not_sent(message: Message) -> None:
    """A value that does not fit its field is ours to refuse; what is sent can be read."""
    for data in written(encode, message):
        assert set(decode(data).fields) == set(message.fields)


@pytest.mark.parametrize("number", [n for n, f in POS.fields.items() if f.size is not Size.FIXED])
def test_a_field_is_as_long_as_allowed_and_no_longer(number: int) -> None:
    """The longest value of a field of variable length comes back; one more is refused."""
    field = POS.fields[number]
    wider = Dialect("wider", {**POS.fields, number: replace(field, length=field.length + 1)})
    for length in (field.length, field.length + 1):
        value = bytes(length) if field.attribute is Attribute.B else "0" * length
        data = iso8583.encode(Message("0200", {number: value}), wider)
        assert bool(read(decode, data)) is (length == field.length)


@bounded()
@given(st.binary(max_size=40) | MESSAGES.map(encode))
def test_any_body_has_a_mac_block_or_is_refused(body: bytes) -> None:
    """The MAC covers all of a body but its last eight bytes."""
    for block in read(iso8583.mac_block, body):
        assert block == body[:-8]


# -- fields inside fields --

PRIVATES = st.sampled_from([11, 12, 13, 14, 17]).flatmap(digits)
ORIGINALS = st.sampled_from([12, 16, *range(18, 30)]).flatmap(digits)
AMOUNTS, COUNTS = st.integers(0, 10**12 - 1), st.integers(0, 999)
TOTALS = st.builds(Totals, AMOUNTS, COUNTS, AMOUNTS, COUNTS, st.integers(0, 9))
SETTLEMENTS = st.builds(Settlement, TOTALS, TOTALS)
PANS = digits(0, 20).map(lambda text: text.lstrip("0"))
ITEMS = st.lists(st.builds(BatchItem, st.booleans(), digits(6), PANS, AMOUNTS), max_size=8)
ANY_DIGITS = digits(0, 70) | PRIVATES | ORIGINALS | st.text(max_size=20)
FIELDS = (
    (pos_fields.decode_60, pos_fields.encode_60),
    (pos_fields.decode_61, pos_fields.encode_61),
    (pos_fields.decode_settlement, pos_fields.encode_settlement),
    (pos_fields.decode_items, pos_fields.encode_items),
    (pos_fields.decode_end_count, pos_fields.encode_end_count),
)


@bounded()
@given(SETTLEMENTS, ITEMS, st.integers(0, 9999))
def test_de48_comes_out_as_it_went_in(
    settlement: Settlement, items: list[BatchItem], count: int
) -> None:
    """Totals, items and the count of a batch decode to themselves."""
    digits_sent = pos_fields.encode_settlement(settlement)
    assert pos_fields.decode_settlement(digits_sent) == settlement
    assert pos_fields.decode_items(pos_fields.encode_items(items)) == tuple(items)
    assert pos_fields.decode_end_count(pos_fields.encode_end_count(count)) == count


@bounded(200)
@given(
    ANY_DIGITS
    | SETTLEMENTS.map(pos_fields.encode_settlement)
    | ITEMS.map(pos_fields.encode_items)
    | text_mutations(ITEMS.map(pos_fields.encode_items))
)
def test_any_text_is_a_field_or_refused(text: str) -> None:
    """Each of the fields is its digits, or refused at one of them."""
    for decode_field, encode_field in FIELDS:
        holds(decode_field, encode_field, [text])


@bounded(10)
@given(PRIVATES, ORIGINALS, ITEMS)
def test_one_fault_in_a_field_is_read_or_refused(
    private: str, original: str, items: list[BatchItem]
) -> None:
    """One fault, of every kind and at every place, gives another field or a refusal."""
    for text in (private, original, pos_fields.encode_items(items)[:60]):
        for decode_field, encode_field in FIELDS:
            holds(decode_field, encode_field, damaged_text(text))


@bounded()
@given(
    with_one_odd(
        PRIVATES.map(pos_fields.decode_60),
        dict.fromkeys(("type_code", "batch", "network_code", "account_type"), digits(0, 7)),
    ),
    with_one_odd(
        ORIGINALS.map(pos_fields.decode_61),
        dict.fromkeys(("batch", "stan", "date"), digits(0, 7) | st.text(max_size=6)),
    ),
    with_one_odd(
        TOTALS, dict.fromkeys(("debit_amount", "credit_count", "reconcile_code"), st.integers())
    ),
    st.lists(
        st.builds(BatchItem, st.booleans(), st.text(max_size=7), digits(0, 22), st.integers()),
        max_size=9,
    ),
)
def test_what_is_no_field_is_not_sent(
    private: Private60, original: Original61, totals: Totals, items: list[BatchItem]
) -> None:
    """A part that does not fit is ours to refuse; what is sent comes out the same."""
    for text in written(pos_fields.encode_60, private):
        assert pos_fields.decode_60(text) == private
    for text in written(pos_fields.encode_61, original):
        assert pos_fields.decode_61(text) == original
    settlement = Settlement(totals, totals)
    for text in written(pos_fields.encode_settlement, settlement):
        assert pos_fields.decode_settlement(text) == settlement
    for text in written(pos_fields.encode_items, items):
        assert len(pos_fields.decode_items(text)) == len(items)


# -- frames --

LINKS = st.builds(Link, st.sampled_from([6, 0]), st.just(33), st.sampled_from([60, 2048]))
BODIES = st.binary(max_size=60).filter(lambda body: not body.startswith(LRI_MARK))
TPDUS = st.binary(min_size=5, max_size=5)
LRIS = st.binary(min_size=30, max_size=30).map(LRI_MARK.__add__) | st.just(b"")
HEADERS = st.builds(Header, digits(2), digits(2), digits(1), digits(1), digits(6))
FRAMES = st.builds(Frame, TPDUS, HEADERS.map(pos_link.encode_header), BODIES, LRIS)
STREAMS = st.lists(FRAMES.map(pos_link.encode) | st.binary(max_size=4), max_size=4).map(b"".join)


@bounded()
@given(FRAMES, LINKS)
def test_a_frame_comes_out_as_it_went_in(frame: Frame, link: Link) -> None:
    """What the link carries decodes to itself, and its body stands at its offset."""
    framed = replace(frame, header=frame.header[: link.header_size])
    for data in written(lambda each: pos_link.encode(each, link), framed):
        assert pos_link.decode(data, link) == framed
        assert data[pos_link.body_offset(framed) :] == framed.body


@bounded(100)
@given(st.binary(max_size=60) | mutations(FRAMES.map(pos_link.encode)))
def test_any_bytes_are_a_frame_or_refused(data: bytes) -> None:
    """A frame is its bytes and nothing else, with its LEN right or wrong."""
    holds(pos_link.decode, pos_link.encode, [data, len(data).to_bytes(2, "big") + data])


@bounded(10)
@given(FRAMES)
def test_one_fault_in_a_frame_is_read_or_refused(frame: Frame) -> None:
    """One fault, of every kind and at every place, gives another frame or a refusal."""
    holds(pos_link.decode, pos_link.encode, damaged(pos_link.encode(frame)))


@bounded()
@given(
    with_one_odd(
        FRAMES,
        {"tpdu": sizes(5), "header": sizes(0, 6), "body": sizes(2037, 2038), "lri": sizes(33)},
    ),
    with_one_odd(
        HEADERS,
        dict.fromkeys(("application", "version", "status"), digits(0, 3) | st.text(max_size=2)),
    ),
)
def test_what_is_no_frame_is_not_sent(frame: Frame, header: Header) -> None:
    """A part of another size is ours to refuse; what is sent can be read."""
    for data in written(pos_link.encode, frame):
        assert pos_link.encode(pos_link.decode(data)) == data
    for data in written(pos_link.encode_header, header):
        assert pos_link.encode_header(pos_link.decode_header(data)) == data


@bounded()
@given(HEADERS, st.binary(max_size=8))
def test_a_header_comes_out_as_it_went_in(header: Header, data: bytes) -> None:
    """Twelve digits decode to their parts; any bytes are a header or refused."""
    assert pos_link.decode_header(pos_link.encode_header(header)) == header
    holds(pos_link.decode_header, pos_link.encode_header, damaged(data))


@bounded()
@given(cut(STREAMS | mutations(STREAMS)))
def test_a_pos_stream_is_the_same_however_cut(stream: tuple[bytes, list[bytes]]) -> None:
    """Frames and refusal do not depend on the pieces."""
    same_in_pieces(pos_link.Decoder, *stream)
