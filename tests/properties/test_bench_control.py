"""The lines on which the bench works a device: cash register and kiosk control."""

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from adapters.codec import ecr, kiosk_control
from adapters.codec.ecr import EXAMPLE, Column, Kind, LengthMode, LrcFrom, Profile, Sender, Signal
from adapters.codec.kiosk_control import (
    COMMANDS,
    EVENTS,
    LARGEST_INTEGER,
    Answer,
    Command,
    Failure,
    Fault,
    Happening,
    State,
)
from tests.properties.laws import holds, read, same_in_pieces, total, written
from tests.properties.strategies import (
    ANY_NUMBER,
    JSON,
    PRINTABLE,
    bounded,
    cut,
    damaged,
    digits,
    mutations,
    respelled,
    sizes,
)

COLUMNS = (
    Column("amount", 12, Kind.AMOUNT),
    Column("cashier", 6),
    Column("note", 10, Kind.TEXT),
)
LAYOUTS = {(Sender.REGISTER, "sale"): COLUMNS, (Sender.TERMINAL, "sale"): COLUMNS[:2]}
PROFILES = st.builds(
    lambda mode, start, with_etx, largest: replace(
        EXAMPLE,
        length_mode=mode,
        lrc_from=start,
        lrc_includes_etx=with_etx,
        largest=largest,
        fields=LAYOUTS,
    ),
    st.sampled_from(LengthMode),
    st.sampled_from(LrcFrom),
    st.booleans(),
    st.sampled_from([30, 1024, 70_000]),
)
CONTENTS = st.binary(max_size=30) | st.just(b"01000000010000000123")
VALUES = st.fixed_dictionaries(
    {
        "amount": st.integers(0, 10**12 - 1),
        "cashier": digits(6),
        "note": st.text(PRINTABLE, max_size=10).map(lambda text: text.rstrip(" ")),
    }
)
ANY_VALUES = st.dictionaries(
    st.sampled_from(["amount", "cashier", "note", "other"]),
    ANY_NUMBER | st.text(max_size=12) | digits(6),
)
# Bits that make signals, starts and ends of frames likely.
NOISE = st.lists(
    st.sampled_from([b"\x02", b"\x03", b"\x05", b"\x06", b"\x15", b"\x02\x00\x02", b"\x02\x99"])
    | st.binary(max_size=12),
    max_size=6,
).map(b"".join)


@bounded(100)
@given(PROFILES, CONTENTS | sizes(1024, 1025, 9999, 10_000))
def test_data_comes_out_as_it_went_in(profile: Profile, data: bytes) -> None:
    """Whatever the maker's way of framing, what can be framed comes back whole."""
    for frame in written(lambda each: ecr.encode(each, profile), data):
        assert ecr.decode(frame, profile) == data
        assert ecr.Decoder(profile).feed(frame) == [frame]


@bounded(100)
@given(PROFILES, st.binary(max_size=30) | NOISE, CONTENTS)
def test_any_piece_is_a_frame_or_refused(profile: Profile, piece: bytes, data: bytes) -> None:
    """A frame is its bytes, a signal its one; one fault in a frame is found or changes nothing."""

    def encode(found: bytes | Signal) -> bytes:
        signal = isinstance(found, Signal)
        return bytes((found,)) if signal else ecr.encode(found, profile)

    frames = written(lambda each: ecr.encode(each, profile), data)
    pieces = [piece, b"\x02" + piece, *(bad for frame in frames for bad in damaged(frame))]
    holds(lambda given: ecr.decode(given, profile), encode, pieces)


@bounded()
@given(PROFILES, cut(NOISE | mutations(NOISE)))
def test_a_register_stream_is_the_same_however_cut(
    profile: Profile, stream: tuple[bytes, list[bytes]]
) -> None:
    """The same pieces come apart, and none of the bytes is lost."""
    same_in_pieces(lambda: ecr.Decoder(profile), *stream)
    decoder = ecr.Decoder(profile)
    assert sum(map(len, decoder.feed(stream[0]))) + decoder.pending == len(stream[0])


@bounded()
@given(PROFILES, VALUES, ANY_VALUES)
def test_columns_come_out_as_they_went_in(
    profile: Profile, values: dict[str, str | int], other: dict[str, str | int]
) -> None:
    """What fits the columns comes back by name; what does not is ours to refuse."""
    for sender in Sender:
        columns = {each.name for each in LAYOUTS[sender, "sale"]}
        fitting = {name: value for name, value in values.items() if name in columns}
        for given_values in (fitting, other):
            message = ecr.Message("sale", given_values)
            for data in written(lambda each: ecr.encode_message(each, sender, profile), message):  # noqa: B023  called at once
                found = ecr.decode_message(data, sender, profile)
                assert ecr.encode_message(found, sender, profile) == data
                assert given_values is other or dict(found.values) == given_values


@bounded()
@given(PROFILES, st.binary(max_size=30), VALUES)
def test_any_data_is_columns_or_refused(
    profile: Profile, data: bytes, values: dict[str, str | int]
) -> None:
    """Nothing but the other side's fault comes out of data that is none, at a byte of it."""
    message = ecr.Message("sale", values)
    good = ecr.encode_message(message, Sender.REGISTER, profile)
    for sender in Sender:
        total(
            lambda given: ecr.decode_message(given, sender, profile),  # noqa: B023  called at once
            [data, b"01" + data, *damaged(good)],
        )


# -- kiosk control --

TEXT = st.text(st.characters(codec="utf-8"), max_size=6)
NUMBER = st.integers(1, LARGEST_INTEGER)
COUNT = st.integers(0, LARGEST_INTEGER)
STATE = st.sampled_from([str(each) for each in State])
COMMAND_ARGUMENTS = {
    "reset": st.just({}),
    "start": st.fixed_dictionaries(
        {"service": TEXT, "account": TEXT}, optional={"expect_bill": COUNT}
    ),
    "card": st.fixed_dictionaries(
        {
            "op": st.sampled_from(["insert", "remove", "present", "withdraw", "swipe"]),
            "slot": st.sampled_from(["contact", "rf", "msr"]),
            "profile": TEXT,
        }
    ),
    "pin": st.fixed_dictionaries(
        {
            "mode": st.sampled_from(["robot", "operator", "testkey"]),
            "digits": st.integers(4, 12),
        }
    ),
    "key": st.fixed_dictionaries({"name": st.sampled_from(["OK", "CANCEL", "7", "SOFT12"])}),
    "fault": st.fixed_dictionaries(
        {"dev": st.just("printer"), "kind": st.sampled_from(["paper_out", "ok"])}
    ),
    "power": st.fixed_dictionaries(
        {"op": st.sampled_from(["off", "on"])},
        optional={"at": STATE.map(lambda each: f"state:{each}+120ms")},
    ),
    "net": st.fixed_dictionaries({"op": st.just("delay"), "ms": COUNT}),
    "query": st.fixed_dictionaries({"what": st.sampled_from(["state", "journal"])}),
}
EVENT_DETAILS = {
    "state": st.fixed_dictionaries({"from": STATE, "to": STATE}, optional={"txn": TEXT}),
    "screen": st.fixed_dictionaries(
        {"text": st.lists(TEXT, max_size=2).map(tuple)},
        optional={"img": st.just("sha256:" + "0" * 64)},
    ),
    "print": st.fixed_dictionaries({"bytes": st.binary(max_size=8)}),
    "card": st.fixed_dictionaries({"op": st.sampled_from(["inserted", "taken"])}),
}
FOUND = st.fixed_dictionaries(
    {},
    optional={
        "state": STATE,
        "sw": TEXT,
        "screen": st.lists(TEXT, max_size=2).map(tuple),
        "counters": st.dictionaries(TEXT, COUNT, max_size=2),
        "ec_balance": COUNT,
    },
)
KIOSK_MESSAGES = (
    st.one_of(
        *(
            st.builds(Command, NUMBER, st.just(name), arguments)
            for name, arguments in COMMAND_ARGUMENTS.items()
        ),
        *(
            st.builds(Happening, st.just(name), COUNT, COUNT, details)
            for name, details in EVENT_DETAILS.items()
        ),
    )
    | st.builds(Answer, NUMBER, FOUND)
    | st.builds(Failure, NUMBER, st.sampled_from(Fault), TEXT)
)
# What JSON can write and UTF-8 cannot.
HALF_PAIRS = st.sampled_from(["\ud800", ("\ud800",)])
ANY_MEMBERS = st.dictionaries(
    st.sampled_from(["service", "account", "op", "text", "screen", "bytes", "counters", "other"]),
    st.integers() | st.text(max_size=4) | st.binary(max_size=4) | HALF_PAIRS,
    max_size=3,
)
ANY_KIOSK_MESSAGES = (
    st.builds(Command, ANY_NUMBER, st.sampled_from([*COMMANDS, "other"]), ANY_MEMBERS)
    | st.builds(Happening, st.sampled_from([*EVENTS]), ANY_NUMBER, ANY_NUMBER, ANY_MEMBERS)
    | st.builds(Answer, ANY_NUMBER, ANY_MEMBERS)
    | st.builds(Failure, NUMBER, st.sampled_from(Fault), st.just("\ud800"))
    | st.builds(Failure, ANY_NUMBER, st.sampled_from(Fault), st.text(max_size=4))
)
LINES = KIOSK_MESSAGES.map(kiosk_control.encode)
JSON_LINES = JSON.map(lambda value: json.dumps(value).encode())


def test_every_command_and_event_is_drawn() -> None:
    """The strategies know every name that the tables know."""
    assert set(COMMAND_ARGUMENTS) == set(COMMANDS)
    assert set(EVENT_DETAILS) == set(EVENTS)


@bounded(100)
@given(KIOSK_MESSAGES)
def test_a_kiosk_message_comes_out_as_it_went_in(message: kiosk_control.Message) -> None:
    """Every message decodes to itself, with or without its newline."""
    line = kiosk_control.encode(message)
    assert kiosk_control.decode(line) == message
    assert kiosk_control.decode(line.removesuffix(b"\n")) == message


@bounded(200)
@given(st.binary(max_size=40) | JSON_LINES | mutations(LINES) | LINES.flatmap(respelled))
def test_any_line_is_a_message_or_refused(line: bytes) -> None:
    """What is accepted is a message that is sent and read as itself."""
    for message in read(kiosk_control.decode, line):
        assert kiosk_control.decode(kiosk_control.encode(message)) == message


@bounded(20)
@given(LINES)
def test_one_fault_in_a_line_is_read_or_refused(line: bytes) -> None:
    """One fault, of every kind and at every place, gives another message or a refusal."""
    total(kiosk_control.decode, damaged(line[:100]))


@bounded(150)
@given(ANY_KIOSK_MESSAGES)
def test_what_is_no_kiosk_message_is_not_sent(message: kiosk_control.Message) -> None:
    """A member that does not fit is ours to refuse; what is sent can be read."""
    for line in written(kiosk_control.encode, message):
        assert kiosk_control.decode(line) == message


@bounded()
@given(cut(st.lists(LINES | st.binary(max_size=12), max_size=4).map(b"".join)))
def test_a_kiosk_stream_is_the_same_however_cut(stream: tuple[bytes, list[bytes]]) -> None:
    """Lines and refusal do not depend on the pieces, with room for a line or without."""
    same_in_pieces(kiosk_control.Decoder, *stream)
    same_in_pieces(lambda: kiosk_control.Decoder(largest=8), *stream)
