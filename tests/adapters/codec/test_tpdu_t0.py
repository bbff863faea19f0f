import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.codec import apdu, tpdu_t0
from adapters.codec.apdu import CommandApdu, ResponseApdu
from adapters.codec.errors import LocalProtocolError, RemoteProtocolError
from adapters.codec.tpdu_t0 import (
    DATA_TO_CARD_INS,
    TRANSITIONS,
    Card,
    Complete,
    Manner,
    Reader,
    Received,
    Send,
    State,
    Step,
    Wait,
)

FILE = Path(__file__).parents[3] / "fixtures" / "data" / "vectors" / "tpdu_t0.toml"
VECTORS: list[dict[str, Any]] = tomllib.loads(FILE.read_text("utf-8"))["vector"]
ACCEPTED = [vector for vector in VECTORS if vector["result"] != "invalid"]
REFUSED = [vector for vector in VECTORS if vector["result"] == "invalid"]
Given = Mapping[str, Any]
unhex = bytes.fromhex


def name(vector: Given) -> str:
    return str(vector["id"])


def pieces(stream: bytes, cuts: list[int]) -> list[bytes]:
    ends = [*cuts, len(stream)]
    return [stream[a:b] for a, b in zip([0, *cuts], ends, strict=True)]


def drain(feed: Callable[[bytes], list[Step]], chunks: list[bytes]) -> tuple[list[Step], str]:
    """All steps, and the refusal they end with ("" for none)."""
    steps: list[Step] = []
    try:
        for chunk in [*chunks, b"", b""]:
            steps += feed(chunk)
    except RemoteProtocolError as refused:
        return steps, f"{refused.message} at {refused.offset}"
    return steps, ""


def reader(given: Given) -> dict[str, Any]:
    """What a reader does with all that a card sends."""
    machine = Reader()
    sent = [machine.transmit(apdu.decode_command(unhex(given["command"])))]
    steps: list[Step] = []
    for byte in unhex(given["card"]):
        steps += machine.feed(bytes((byte,)))
    sent += [step.data for step in steps if isinstance(step, Send)]
    (response,) = (step.response for step in steps if isinstance(step, Complete))
    waits = sum(isinstance(step, Wait) for step in steps)
    return {
        "sent": [each.hex().upper() for each in sent],
        "waits": waits,
        "response": response.encode().hex().upper(),
    }


def card(given: Given) -> dict[str, Any]:
    """What a card does with all that a reader sends."""
    machine = Card(Manner(given["nulls"], given["byte_by_byte"]))
    steps: list[Step] = []
    for byte in unhex(given["reader"]):
        steps += machine.feed(bytes((byte,)))
    (command,) = (step.command for step in steps if isinstance(step, Received))
    sent = [step.data for step in steps if isinstance(step, Send)]
    sent.append(machine.respond(apdu.decode_response(unhex(given["response"]))))
    return {
        "command": command.encode().hex().upper(),
        "sent": [each.hex().upper() for each in sent],
    }


OPERATIONS = {"reader": reader, "card": card}


@pytest.mark.parametrize("vector", ACCEPTED, ids=name)
def test_a_vector_comes_out_as_expected(vector: Given) -> None:
    """The bytes of one side bring out the bytes of the other, and the APDU between them."""
    assert OPERATIONS[vector["operation"]](vector["given"]) == vector["expect"]


@pytest.mark.parametrize("vector", REFUSED, ids=name)
def test_an_invalid_vector_is_refused_for_its_reason(vector: Given) -> None:
    """What T=0 does not allow is the other side's fault, with its reason and its place."""
    with pytest.raises(RemoteProtocolError) as refused:
        OPERATIONS[vector["operation"]](vector["given"])
    found = {"reason": refused.value.message, "offset": refused.value.offset}
    assert found == vector["expect"]


def test_a_third_of_the_vectors_is_invalid() -> None:
    """The vectors try at least half as much what must be refused as what must be taken."""
    assert len({vector["id"] for vector in VECTORS}) == len(VECTORS)
    assert 3 * len(REFUSED) >= len(VECTORS)


# Bytes as a card would send them come further than any bytes.
CARD_BYTES = st.lists(
    st.sampled_from([0x60, 0xA4, 0x5B, 0xB2, 0x4D, 0xC0, 0x3F, 0x61, 0x6C, 0x90, 0x00, 0x02])
    | st.integers(0, 255),
    max_size=60,
).map(bytes)
COMMANDS = st.sampled_from(
    [unhex(each) for each in ("00A4040002AABB00", "00A4040002AABB", "00B2010C00", "841E0000")]
)


@given(COMMANDS, CARD_BYTES, st.data())
def test_a_reader_does_the_same_however_the_stream_is_cut(
    command: bytes, stream: bytes, data: st.DataObject
) -> None:
    """Any bytes bring out the same steps and the same refusal in whatever pieces they arrive."""
    cuts = data.draw(st.lists(st.integers(0, len(stream)), max_size=8).map(sorted))
    found = []
    for chunks in ([stream], pieces(stream, cuts), [bytes((byte,)) for byte in stream]):
        machine = Reader()
        machine.transmit(apdu.decode_command(command))
        found.append(drain(machine.feed, chunks))
    assert found[0] == found[1] == found[2]


@given(st.binary(max_size=20) | st.just(unhex("00A4040002AABB")), st.data())
def test_a_card_does_the_same_however_the_stream_is_cut(stream: bytes, data: st.DataObject) -> None:
    """Any bytes bring out the same steps and the same refusal in whatever pieces they arrive."""
    cuts = data.draw(st.lists(st.integers(0, len(stream)), max_size=8).map(sorted))
    manner = data.draw(st.builds(Manner, st.integers(0, 2), st.booleans()))
    cut = [[stream], pieces(stream, cuts), [bytes((byte,)) for byte in stream]]
    found = [drain(Card(manner).feed, chunks) for chunks in cut]
    assert found[0] == found[1] == found[2]


def talk(
    command: CommandApdu, response: ResponseApdu, manner: Manner
) -> tuple[list[CommandApdu], ResponseApdu]:
    """One command through a reader and a card: what the application saw, and what came back."""
    terminal, chip = Reader(), Card(manner)
    seen: list[CommandApdu] = []
    to_card = [terminal.transmit(command)]
    while to_card:
        to_reader = b""
        for step in chip.feed(to_card.pop(0)):
            if isinstance(step, Received):
                seen.append(step.command)
                to_reader += chip.respond(response)
            elif isinstance(step, Send):
                to_reader += step.data
        for step in terminal.feed(to_reader):
            if isinstance(step, Complete):
                return seen, step.response
            if isinstance(step, Send):
                to_card.append(step.data)
    raise AssertionError("neither side speaks")


MANNERS = st.builds(Manner, nulls=st.integers(0, 3), byte_by_byte=st.booleans())
STATUSES = st.sampled_from([0x9000, 0x6283, 0x6300, 0x63C2])


@given(st.binary(min_size=1, max_size=255), st.binary(max_size=256), STATUSES, MANNERS)
def test_case_4_comes_through_both_roles(
    data: bytes, answer: bytes, sw: int, manner: Manner
) -> None:
    """Data goes there and back whatever its length, the status and the manner of the card."""
    if not answer and sw != 0x9000:
        return
    command = CommandApdu(0x00, 0xA4, 4, 0, data, 0)
    seen, response = talk(command, apdu.status(sw, answer), manner)
    assert response == apdu.status(sw, answer)
    assert seen == [CommandApdu(0x00, 0xA4, 4, 0, data)]


@given(st.integers(0, 255), st.binary(max_size=256), MANNERS)
def test_case_2_comes_through_both_roles(le: int, answer: bytes, manner: Manner) -> None:
    """Data comes back whatever length was asked for, and the application sees one command."""
    command = CommandApdu(0x00, 0xB2, 1, 0x0C, le=le)
    seen, response = talk(command, apdu.status(0x9000, answer), manner)
    assert response == apdu.status(0x9000, answer)
    assert seen == [command]


@given(st.binary(min_size=1, max_size=255), MANNERS)
def test_case_3_comes_through_both_roles(data: bytes, manner: Manner) -> None:
    """Data goes to the card whole, and its status comes back."""
    command = CommandApdu(0x00, 0x20, 0, 0x80, data)
    assert talk(command, apdu.status(0x63C1), manner) == ([command], apdu.status(0x63C1))


def test_a_card_gives_a_part_and_tells_the_rest() -> None:
    """A GET RESPONSE for less than is there gets it, and 61xx for what is left."""
    chip = Card()
    chip.feed(unhex("80A80000028300"))
    assert chip.respond(apdu.status(0x9000, unhex("112233"))) == unhex("6103")
    assert chip.feed(unhex("00C0000002")) == [Send(unhex("C011226101"))]
    assert chip.feed(unhex("00C0000001")) == [Send(unhex("C0339000"))]


def test_data_that_waits_is_gone_after_another_command() -> None:
    """A GET RESPONSE that comes too late is a command like any other."""
    chip = Card()
    chip.feed(unhex("80A80000028300"))
    chip.respond(apdu.status(0x9000, unhex("112233")))
    chip.feed(unhex("0084000000"))
    chip.respond(apdu.status(0x6D00))
    late = CommandApdu(0x00, 0xC0, 0, 0, le=3)
    assert chip.feed(unhex("00C0000003")) == [Received(late)]


@pytest.mark.parametrize(
    "command, reason",
    [
        (CommandApdu(0x00, 0x62, 0, 0), "INS: 62 cannot be sent"),
        (CommandApdu(0x00, 0x90, 0, 0), "INS: 90 cannot be sent"),
        (CommandApdu(0xFF, 0xA4, 0, 0), "CLA: FF starts a PPS"),
        (CommandApdu(0x00, 0xA4, 0, 0, bytes(256)), "256 data bytes"),
    ],
)
def test_what_t0_cannot_carry_is_our_fault(command: CommandApdu, reason: str) -> None:
    """A command that would read as something else is refused before it is sent."""
    with pytest.raises(LocalProtocolError, match=reason):
        Reader().transmit(command)


def test_one_command_at_a_time() -> None:
    """Neither role starts the next exchange inside one, nor on a broken line."""
    terminal = Reader()
    assert terminal.idle
    terminal.transmit(CommandApdu(0x84, 0x1E, 0, 0))
    for _ in range(2):
        with pytest.raises(LocalProtocolError, match="not finished"):
            terminal.transmit(CommandApdu(0x84, 0x1E, 0, 0))
        with pytest.raises(RemoteProtocolError):
            terminal.feed(b"\x00")
    with pytest.raises(LocalProtocolError, match="no command waits"):
        Card().respond(apdu.status(0x9000))


def test_a_card_cannot_answer_more_than_a_response_holds() -> None:
    """257 bytes of data fit no short response."""
    chip = Card()
    chip.feed(unhex("00B2010C00"))
    with pytest.raises(LocalProtocolError, match="257 bytes"):
        chip.respond(apdu.status(0x9000, bytes(257)))


def test_the_tables_are_closed() -> None:
    """Every state leads on, every state but IDLE is led to, and no INS reads as a status."""
    assert {state for state, _ in TRANSITIONS} == set(State) - {State.IDLE}
    led_to = {state for _, state in TRANSITIONS.values()}
    assert led_to == set(State)
    assert not [ins for ins in DATA_TO_CARD_INS if ins >> 4 in {0x6, 0x9}]
    assert tpdu_t0.INS_GET_RESPONSE not in DATA_TO_CARD_INS


# Commands with Lc and data in the facts: contact, 1.1; contactless, 3.2; edep, 2.1 and 2.8. Those
# without: they only fetch.
BRING = "A4 A8 88 20 AE 82 1E 18 16 24 DA DC B4 DE E2 5A 50 52 54 58 5E D6 D4 70 72 1A FA"
FETCH = "B2 CA 84 C0 5C B0"


def test_every_command_of_the_facts_has_its_direction() -> None:
    """The card takes data with exactly the instructions that have some."""
    assert set(bytes.fromhex(BRING)) <= DATA_TO_CARD_INS
    assert not set(bytes.fromhex(FETCH)) & DATA_TO_CARD_INS
