"""What passes between card and reader below the APDU: ATR, PPS, ATS, T=0, vpcd."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from adapters.codec import atr, atr_emv, ats, tpdu_t0, vpcd
from adapters.codec.apdu import CommandApdu, ResponseApdu
from adapters.codec.atr import Atr, Convention, Level, Pps
from adapters.codec.ats import Ats
from adapters.codec.errors import RemoteProtocolError
from adapters.codec.tpdu_t0 import Card, Complete, Manner, Reader, Received, Send, Step
from adapters.codec.vpcd import LARGEST_COMMAND, Control
from tests.properties.laws import holds, read, same_in_pieces, total, written
from tests.properties.strategies import (
    ANY_NUMBER,
    BYTE,
    bounded,
    cut,
    damaged,
    mutations,
    sizes,
    with_one_odd,
)

NIBBLE = st.integers(0, 15)
MAYBE = st.none() | BYTE
ANY_OR_NONE = st.none() | ANY_NUMBER
FIRST_LEVEL = st.builds(Level, st.none(), MAYBE, MAYBE, MAYBE)
NEXT_LEVELS = st.lists(st.builds(Level, NIBBLE, MAYBE, MAYBE, MAYBE), max_size=3)
ATRS = st.builds(
    lambda convention, first, more, historical, tck: Atr(
        convention, (first, *more), historical, tck
    ),
    st.sampled_from(Convention),
    FIRST_LEVEL,
    NEXT_LEVELS,
    st.binary(max_size=15),
    MAYBE,
)
ODD_LEVELS = with_one_odd(
    st.builds(Level, st.none() | NIBBLE, MAYBE, MAYBE, MAYBE),
    dict.fromkeys(("protocol", "ta", "tb", "tc"), ANY_OR_NONE),
)
ANY_ATRS = with_one_odd(
    ATRS,
    {
        "levels": st.tuples(FIRST_LEVEL, ODD_LEVELS) | st.lists(ODD_LEVELS, max_size=2).map(tuple),
        "historical": st.binary(max_size=20),
        "tck": ANY_OR_NONE,
    },
)
PPSS = st.builds(Pps, NIBBLE, MAYBE, MAYBE, MAYBE)
ATSS = st.builds(Ats, NIBBLE, MAYBE, MAYBE, MAYBE, sizes(249, 250)) | st.just(Ats(fsci=None))
FITTING_ATSS = ATSS.filter(lambda each: len(each.historical) <= 249)


@bounded()
@given(ATRS)
def test_an_atr_comes_out_as_it_went_in(answer: Atr) -> None:
    """Every ATR of at most 33 bytes decodes to itself; a longer one is not sent."""
    for data in written(atr.encode, answer):
        assert atr.decode(data) == answer
    assert atr.checked(answer).tck_fault is atr.TckFault.NONE


@bounded()
@given(ANY_ATRS)
def test_what_is_no_atr_is_not_sent(answer: Atr) -> None:
    """A value that does not fit its place is ours to refuse."""
    for data in written(atr.encode, answer):
        assert atr.decode(data) == answer


@bounded(100)
@given(st.binary(max_size=36) | mutations(ATRS.flatmap(lambda each: st.just(sent_atr(each)))))
def test_any_bytes_are_an_atr_or_refused(data: bytes) -> None:
    """An ATR is its bytes, and every question to it has an answer."""
    holds(atr.decode, atr.encode, [data])
    for answer in read(atr.decode, data):
        assert answer.protocols
        assert all(each.character for each in atr_emv.deviations(answer))
        for reset in atr_emv.Reset:
            assert all(each.character for each in atr_emv.refusals(answer, reset))
        known = answer.fi is not None
        assert (answer.work_waiting_clocks is not None) is known
        assert answer.bwi <= 15 >= answer.cwi


@bounded(20)
@given(ATRS)
def test_one_fault_in_an_atr_is_read_or_refused(answer: Atr) -> None:
    """One fault, of every kind and at every place, gives another ATR or a refusal."""
    holds(atr.decode, atr.encode, damaged(sent_atr(answer)))


def sent_atr(answer: Atr) -> bytes:
    """The bytes of an ATR, of a shorter one where it is too long."""
    fitting = (answer, replace(answer, historical=b""), replace(answer, levels=answer.levels[:2]))
    return next(data for each in fitting for data in written(atr.encode, each))


@bounded()
@given(
    PPSS, with_one_odd(PPSS, dict.fromkeys(("protocol", "pps1", "pps2", "pps3"), ANY_NUMBER))
)
def test_a_pps_comes_out_as_it_went_in(pps: Pps, other: Pps) -> None:
    """Every PPS decodes to itself; what is none is not sent; what was asked for is agreed."""
    assert atr.decode_pps(atr.encode_pps(pps)) == pps
    assert atr.agreed(pps, pps) == pps
    for data in written(atr.encode_pps, other):
        assert atr.decode_pps(data) == other


@bounded()
@given(st.binary(max_size=8) | mutations(PPSS.map(atr.encode_pps)), PPSS)
def test_any_bytes_are_a_pps_or_refused(data: bytes, asked: Pps) -> None:
    """A PPS is its bytes; a confirmation is what was asked for or less, or refused."""
    holds(atr.decode_pps, atr.encode_pps, [data, *damaged(atr.encode_pps(asked))])
    read(lambda given: atr.agreed(asked, atr.decode_pps(given)), data)


@bounded()
@given(
    ATSS,
    with_one_odd(
        ATSS, dict.fromkeys(("fsci", "ta", "tb", "tc"), ANY_OR_NONE) | {"historical": sizes(254)}
    ),
)
def test_an_ats_comes_out_as_it_went_in(answer: Ats, other: Ats) -> None:
    """Every ATS that TL can count decodes to itself; what is none is not sent."""
    for each in (answer, other):
        for data in written(ats.encode, each):
            assert ats.decode(data) == each


@bounded()
@given(st.binary(max_size=30) | mutations(FITTING_ATSS.map(ats.encode)))
def test_any_bytes_are_an_ats_or_refused(data: bytes) -> None:
    """An ATS is its bytes, and every question to it has an answer."""
    for whole in (data, bytes((len(data) + 1 & 0xFF,)) + data):
        holds(ats.decode, ats.encode, [whole])
        for answer in read(ats.decode, whole):
            assert 106 in answer.rates_from_card
            assert 106 in answer.rates_to_card
            assert answer.frame_size >= 16
            assert answer.frame_waiting_ns > 0
            assert answer.start_up_guard_ns >= 0


@bounded(20)
@given(FITTING_ATSS)
def test_one_fault_in_an_ats_is_read_or_refused(answer: Ats) -> None:
    """One fault, of every kind and at every place, gives another ATS or a refusal."""
    holds(ats.decode, ats.encode, damaged(ats.encode(answer)[:40]))


# -- T=0 --

TO_CARD = st.sampled_from(sorted(tpdu_t0.DATA_TO_CARD_INS))
TO_READER = st.sampled_from([0xB2, 0xCA, 0x84, 0xB0])
CLA = st.sampled_from([0x00, 0x80, 0x84])
STATUSES = st.sampled_from([0x9000, 0x6A83, 0x6985, 0x6300])
MANNERS = st.builds(Manner, st.integers(0, 2), st.booleans())
DATA = st.binary(min_size=1, max_size=8) | sizes(255).filter(len)
CASES = (
    st.builds(CommandApdu, CLA, TO_CARD, BYTE, BYTE)
    | st.builds(CommandApdu, CLA, TO_CARD, BYTE, BYTE, DATA)
    | st.builds(CommandApdu, CLA, TO_CARD, BYTE, BYTE, DATA, st.just(0))
    | st.builds(CommandApdu, CLA, TO_READER, BYTE, BYTE, st.just(b""), BYTE)
)


def through(command: CommandApdu, response: ResponseApdu, manner: Manner) -> list[ResponseApdu]:
    """What a reader makes of a card's answer, with the line between them; [] if it waits on."""
    reader, card = Reader(), Card(manner)
    to_card, done = reader.transmit(command), []
    while to_card:
        steps = card.feed(to_card)
        to_reader = sent(steps)
        if any(isinstance(step, Received) for step in steps):
            to_reader += card.respond(response)
        steps = reader.feed(to_reader)
        to_card = sent(steps)
        done += [step.response for step in steps if isinstance(step, Complete)]
    return done


def sent(steps: list[Step]) -> bytes:
    return b"".join(step.data for step in steps if isinstance(step, Send))


@bounded(100)
@given(CASES, STATUSES, sizes(255, 256), MANNERS)
def test_a_response_crosses_the_line_whole(
    command: CommandApdu, status: int, data: bytes, manner: Manner
) -> None:
    """Whatever the card's manner, a reader that asks for data gets all of it with its status."""
    brings = status in {0x9000, 0x6300} and command.le is not None
    response = ResponseApdu(data if brings else b"", status >> 8, status & 0xFF)
    assert through(command, response, manner) == [response]


@bounded()
@given(DATA, st.lists(st.integers(1, 4), max_size=4))
def test_data_fetched_in_parts_is_whole(data: bytes, parts: list[int]) -> None:
    """GET RESPONSE may take less than is there: the status tells what is left, and none is lost."""
    card = Card()
    card.feed(bytes.fromhex("00A4040001"))
    card.feed(b"\xa0")
    sw1, left = card.respond(ResponseApdu(data, 0x90, 0x00))
    fetched = b""
    for part in [*parts, len(data)]:
        if sw1 == 0x61:
            size = min(part, left)
            _, *body, sw1, left = sent(card.feed(bytes((0x00, 0xC0, 0x00, 0x00, size))))
            fetched += bytes(body)
    assert (fetched, sw1, left) == (data, 0x90, 0x00)


@bounded()
@given(
    CASES | with_one_odd(CASES, dict.fromkeys(("cla", "ins", "p1", "p2", "le"), ANY_NUMBER)),
    cut(st.binary(max_size=40)),
)
def test_any_bytes_of_a_card_are_steps_or_refused(
    command: CommandApdu, stream: tuple[bytes, list[bytes]]
) -> None:
    """A reader blames the card at one of its bytes, and takes the same steps in any pieces."""
    whole, pieces = stream
    results = []
    for chunks in ([whole], pieces, [bytes((byte,)) for byte in whole]):
        reader = Reader()
        written(reader.transmit, command)
        results.append(walked(reader, chunks))
    assert results[0] == results[1] == results[2]


@bounded()
@given(cut(st.binary(max_size=60)), MANNERS)
def test_any_bytes_of_a_reader_are_steps_or_refused(
    stream: tuple[bytes, list[bytes]], manner: Manner
) -> None:
    """A card blames the reader at one of its bytes, and takes the same steps in any pieces."""
    whole, pieces = stream
    assert walked(Card(manner), [whole]) == walked(Card(manner), pieces)
    assert walked(Card(manner), [whole]) == walked(Card(manner), [bytes((b,)) for b in whole])


def walked(side: Reader | Card, chunks: list[bytes]) -> tuple[list[Step], int]:
    """All steps, and the byte at which the other side was blamed; -1 for none."""
    steps: list[Step] = []
    blamed = -1
    for chunk in [*chunks, b"", b""]:
        try:
            steps += side.feed(chunk)
        except RemoteProtocolError as refused:
            blamed = refused.offset
            break
    assert blamed < sum(map(len, chunks))
    return steps, blamed


@bounded()
@given(sizes(255, 256, 257))
def test_a_response_that_nobody_asked_for_is_ours(data: bytes) -> None:
    """A card that answers without a command, or more than T=0 carries, is our own fault."""
    card = Card()
    assert not written(card.respond, ResponseApdu(data, 0x90, 0x00))
    card.feed(bytes.fromhex("00B2010C00"))
    assert bool(written(card.respond, ResponseApdu(data, 0x90, 0x00))) is (len(data) <= 256)


# -- vpcd --

MESSAGES = sizes(LARGEST_COMMAND, LARGEST_COMMAND + 1)
STREAMS = st.lists(
    MESSAGES.map(lambda body: len(body).to_bytes(2, "big") + body) | st.binary(max_size=3),
    max_size=5,
).map(b"".join)


@bounded()
@given(MESSAGES, st.integers(0, 70_000))
def test_a_message_comes_out_as_it_went_in(message: bytes, largest: int) -> None:
    """What fits is cut out of the stream again; what does not fit is not sent."""
    for data in written(lambda each: vpcd.encode(each, largest), message):
        assert vpcd.Decoder(largest).feed(data) == [message]
    assert not written(lambda size: vpcd.encode(bytes(size), largest), max(largest, 0xFFFF) + 1)


@bounded()
@given(st.sampled_from(Control))
def test_a_control_code_comes_out_as_it_went_in(control: Control) -> None:
    """Each code is read as itself."""
    (message,) = vpcd.Decoder(LARGEST_COMMAND).feed(vpcd.encode_control(control))
    assert vpcd.decode_from_reader(message) is control


@bounded()
@given(cut(STREAMS | mutations(STREAMS)))
def test_a_vpcd_stream_is_the_same_however_cut(stream: tuple[bytes, list[bytes]]) -> None:
    """Messages and refusal do not depend on the pieces."""
    same_in_pieces(lambda: vpcd.Decoder(LARGEST_COMMAND), *stream)


@bounded()
@given(STREAMS)
def test_any_stream_is_messages_or_refused(stream: bytes) -> None:
    """Nothing but the other side's fault comes out of a damaged stream, at a byte of it."""

    def decode(data: bytes) -> list[Control | bytes]:
        found = vpcd.Decoder(LARGEST_COMMAND).feed(data)
        return [vpcd.decode_from_reader(each) for each in found]

    total(decode, damaged(stream[:40]))
