"""Commands, responses, and recorded exchanges in every form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.codec import apdu, apdu_log
from adapters.codec.apdu import CommandApdu, ResponseApdu
from adapters.codec.apdu_log import DUMP_ROW, FORMS, Exchange, LogRefused
from tests.properties.laws import holds, written
from tests.properties.strategies import (
    ANY_NUMBER,
    BYTE,
    bounded,
    damaged,
    damaged_text,
    mutations,
    sizes,
    text_mutations,
    with_one_odd,
)

COMMANDS = st.builds(
    CommandApdu, BYTE, BYTE, BYTE, BYTE, st.binary(max_size=8) | sizes(254, 255), st.none() | BYTE
)
RESPONSES = st.builds(ResponseApdu, sizes(255, 256), BYTE, BYTE)
EXCHANGES = st.lists(st.tuples(COMMANDS, RESPONSES), min_size=1, max_size=4)


def log(form: str, exchanges: list[tuple[CommandApdu, ResponseApdu]]) -> str:
    """A record of these exchanges as a tool writes it."""
    write = LOGS[form]
    return "\n".join(
        write(to_card, apdu_bytes.encode())
        for exchange in exchanges
        for to_card, apdu_bytes in zip((True, False), exchange, strict=True)
    )



def dumped(*, to_card: bool, data: bytes) -> str:
    way = "Outgoing" if to_card else "Incoming"
    rows = (data[at : at + DUMP_ROW] for at in range(0, len(data), DUMP_ROW))
    body = "\n".join(f"{row.hex(' ').upper()} {'.' * len(row)}" for row in rows)
    return f"0x7f 12:00:00 apdu.c: {way} APDU ({len(data)} bytes):\n{body}"


LOGS = {
    "arrows": lambda to_card, data: (">" if to_card else "<") + data.hex(),
    "labels": lambda to_card, data: ("C-APDU: " if to_card else "r-apdu: ") + data.hex(" "),
    "plain": lambda _, data: data.hex().upper() + " # as sent",
    "pcscd": lambda to_card, data: f"0001 {'APDU' if to_card else 'SW'}: {data.hex(' ').upper()}",
    "OpenSC": lambda to_card, data: dumped(to_card=to_card, data=data),
    "GlobalPlatformPro": lambda to_card, data: (
        f"A>> T=1 (4+{len(data) - 4:04}) {data.hex()}"
        if to_card
        else f"A<< ({len(data) - 2:04}+2) (9ms) {data.hex()}"
    ),
    "GPShell": lambda to_card, data: (
        f"{'Wrapped command --> ' if to_card else 'Response <-- '}{data.hex().upper()}"
    ),
}


def read_log(text: str) -> tuple[Exchange, ...]:
    """The exchanges of a record; () where it is refused, in a line that it has."""
    try:
        return apdu_log.read(text)
    except LogRefused as error:
        refused = error
    assert 1 <= refused.line <= text.count("\n") + 1
    assert 0 <= refused.byte <= len(text)
    return ()


@bounded()
@given(COMMANDS)
def test_a_command_comes_out_as_it_went_in(command: CommandApdu) -> None:
    """Each of the four cases decodes to itself."""
    assert apdu.decode_command(command.encode()) == command


@bounded()
@given(RESPONSES)
def test_a_response_comes_out_as_it_went_in(response: ResponseApdu) -> None:
    """Data and status come back, and the status as one number too."""
    decoded = apdu.decode_response(response.encode())
    assert decoded == response
    assert apdu.status(decoded.sw, decoded.data) == response


@bounded()
@given(st.binary(max_size=12) | mutations(COMMANDS.map(CommandApdu.encode)))
def test_any_bytes_are_a_command_or_refused(data: bytes) -> None:
    """A command is its bytes; so is a response."""
    holds(apdu.decode_command, CommandApdu.encode, [data])
    holds(apdu.decode_response, ResponseApdu.encode, [data])


@bounded(20)
@given(COMMANDS)
def test_one_fault_in_a_command_is_read_or_refused(command: CommandApdu) -> None:
    """One fault, of every kind and at every place, gives another command or a refusal."""
    holds(apdu.decode_command, CommandApdu.encode, damaged(command.encode()))


@bounded()
@given(
    with_one_odd(
        COMMANDS,
        dict.fromkeys(("cla", "ins", "p1", "p2", "le"), ANY_NUMBER) | {"data": sizes(255, 256)},
    ),
    with_one_odd(RESPONSES, dict.fromkeys(("sw1", "sw2"), ANY_NUMBER)),
)
def test_what_is_no_apdu_is_not_sent(command: CommandApdu, response: ResponseApdu) -> None:
    """A value that does not fit is ours to refuse; what is sent comes out the same."""
    for data in written(CommandApdu.encode, command):
        assert apdu.decode_command(data) == command
    for data in written(ResponseApdu.encode, response):
        assert apdu.decode_response(data) == response


@pytest.mark.parametrize("form", LOGS)
@bounded(25)
@given(exchanges=EXCHANGES)
def test_a_log_gives_back_what_was_exchanged(
    form: str, exchanges: list[tuple[CommandApdu, ResponseApdu]]
) -> None:
    """Whatever tool wrote it, a record holds the same commands and responses."""
    found = apdu_log.read(log(form, exchanges))
    assert [(each.command, each.response) for each in found] == [
        (command.encode(), response.encode()) for command, response in exchanges
    ]


@pytest.mark.parametrize("form", LOGS)
@bounded(40)
@given(data=st.data())
def test_a_damaged_log_is_read_or_refused(form: str, data: st.DataObject) -> None:
    """Nothing but a refusal with its line comes out of a log with some faults."""
    read_log(data.draw(text_mutations(EXCHANGES.map(lambda each: log(form, each)))))


@pytest.mark.parametrize("form", LOGS)
def test_one_fault_anywhere_in_a_log_is_read_or_refused(form: str) -> None:
    """One fault, of every kind and at every place, gives whole exchanges or a refusal."""
    exchange = CommandApdu(0, 0xA4, 4, 0, bytes(14), 0), ResponseApdu(b"\x6f\x00", 0x90, 0)
    for text in damaged_text(log(form, [exchange])):
        assert all(len(each.command) >= 4 and len(each.response) >= 2 for each in read_log(text))


@bounded(200)
@given(st.text(max_size=60))
def test_any_text_is_a_log_or_refused(text: str) -> None:
    """Nothing but a refusal comes out of a text, in whatever line form it is taken."""
    for form in FORMS:
        read_log(form.command + text)


@pytest.mark.parametrize("form", ["OpenSC", "GlobalPlatformPro"])
def test_a_count_of_many_digits_is_refused(form: str) -> None:
    """A count that no number type holds is a line that cannot be read."""
    counted = {"OpenSC": "Outgoing APDU ({} bytes):\n00", "GlobalPlatformPro": "A>> (4+{}) 00A4"}
    with pytest.raises(LogRefused, match="line 1: ") as refused:
        apdu_log.read(counted[form].format("9" * 5000))
    assert len(str(refused.value)) < 200


def test_a_dump_row_with_more_bytes_than_counted_is_refused() -> None:
    """A dump holds as many bytes as it says: a row that brings sixteen more is no row of it."""
    row = "00A40400" + "00" * (DUMP_ROW - 3)
    with pytest.raises(LogRefused, match="line 2: "):
        apdu_log.read(f"Outgoing APDU (4 bytes):\n{row} 00 00 00\nIncoming APDU (2 bytes):\n90 00")
