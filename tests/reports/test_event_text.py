import pytest

from adapters.codec import cups_link, iso8583, pos_link
from adapters.codec.cups_dialect import CUPS
from adapters.codec.iso8583 import Message
from adapters.codec.pos_dialect import POS
from adapters.codec.pos_link import Frame
from adapters.events import Direction, Event, Kind, Port
from reports.event_text import event_texts
from suites.attempt import Attempt
from tests.reports.hand_made import FACTS, events

PAN = "6228480402564890"
TEST_PAN = "6200000000000005"


def texts(*recorded: Event) -> dict[int, str]:
    attempt = Attempt(recorded, FACTS)
    return {seq: "\n".join(lines) for seq, lines in event_texts(attempt).items()}


def event(kind: Kind, data: bytes, seq: int = 1, port: Port = Port.ICC) -> Event:
    return Event(seq, port, Direction.FROM_IUT, kind, data)


def frame(fields: dict[int, str | bytes]) -> bytes:
    body = iso8583.encode(Message("0200", fields), POS)
    return pos_link.encode(Frame(bytes(5), bytes(6), body))


def test_every_event_has_its_lines() -> None:
    """Commands and responses are decoded, acts and reports shown with their words."""
    found = texts(*events(screen="APPROVED"))
    assert list(found) == [1, 2, 3, 4]
    assert "GENERATE AC" in found[2]
    assert "9000" in found[3]
    assert found[4] == "outcome: OFF_APP\nscreen: APPROVED"


def test_a_message_is_shown_field_by_field() -> None:
    """A host message is shown with type, fields and their names, IC data cut into objects."""
    data = frame({3: "000000", 4: "000000005000", 55: bytes.fromhex("9F2701809505008004E000")})
    shown = texts(event(Kind.MESSAGE, data, port=Port.HOST_T))[1]
    for expected in ("0200", "DE4", "交易金额 / Amount", "000000005000", "DE55", "9F27", "0080"):
        assert expected in shown


def test_a_field_is_shown_with_its_parts() -> None:
    """The parts of a field have their numbers and names; a field of other parts is shown whole."""
    shown = texts(event(Kind.MESSAGE, frame({60: "22000001000500"}), port=Port.HOST_T))[1]
    for expected in ("22000001000500", "60.2", "批次号 / Batch number", "000001", "消费 / sale"):
        assert expected in shown
    short = texts(event(Kind.MESSAGE, frame({60: "2200"}), port=Port.HOST_T))[1]
    assert "2200" in short
    assert "60.1" not in short


def test_a_code_is_shown_with_its_meaning() -> None:
    """Codes are told in both languages, and one that is in no table stands as it is."""
    shown = texts(event(Kind.MESSAGE, frame({39: "51"}), port=Port.HOST_T))[1]
    assert "资金不足 / insufficient funds" in shown
    assert texts(event(Kind.MESSAGE, frame({39: "ZZ"}), port=Port.HOST_T))[1].endswith("ZZ")


def test_a_message_of_the_switch_leg_is_shown_in_its_dialect() -> None:
    """On host.S a message is read as CUPS has it, with DE90 cut and card numbers masked."""
    original = "0200" + "000123" + "0625093102" + "00003050001" * 2
    body = iso8583.encode(Message("0420", {2: PAN, 90: original}), CUPS)
    header = cups_link.Header(2, 0, "00010000", "03050001", "000", 1, "00000000", 0)
    data = cups_link.encode(cups_link.framed(header, body))
    shown = texts(event(Kind.MESSAGE, data, port=Port.HOST_S))[1]
    for expected in ("0420", "DE90", "90.2", "000123", "622848******4890"):
        assert expected in shown
    assert PAN not in shown


@pytest.mark.parametrize("track", ["=1103101777", "D1103101777"])
def test_card_numbers_and_pin_blocks_are_masked(track: str) -> None:
    """A number shows its ends only, a PIN block and what may be a CVN nothing."""
    fields: dict[int, str | bytes] = {
        2: PAN,
        35: PAN + track.replace("=", "D"),
        52: bytes.fromhex("1234ABCD98761122"),
    }
    shown = texts(event(Kind.MESSAGE, frame(fields), port=Port.HOST_T))[1]
    assert PAN not in shown
    assert "622848******4890" in shown
    assert "D1103101***" in shown
    assert "1234ABCD98761122" not in shown


def test_a_test_card_is_masked_too() -> None:
    """Reports look the same for every card, so that a live number would be noticed."""
    shown = texts(event(Kind.MESSAGE, frame({2: TEST_PAN}), port=Port.HOST_T))[1]
    assert "620000******0005" in shown
    assert TEST_PAN not in shown


def test_a_number_in_a_report_is_masked() -> None:
    """What a device says in words is masked as its bytes are."""
    detail = {"screen": f"卡号{TEST_PAN}"}
    said = Event(1, Port.OPERATOR, Direction.FROM_IUT, Kind.REPORT, b"", detail)
    assert texts(said)[1] == "screen: 卡号620000******0005"


def test_a_pin_in_a_command_is_hidden() -> None:
    """A plaintext PIN block in VERIFY is shown nowhere, and an ATR as it is."""
    found = texts(
        event(Kind.RESET, bytes.fromhex("3B00")),
        event(Kind.COMMAND, bytes.fromhex("0020008008241234FFFFFFFFFF"), seq=2),
    )
    assert "3B00" in found[1]
    assert "VERIFY" in found[2]
    assert "1234" not in found[2]


@pytest.mark.parametrize(
    "kind, data",
    [(Kind.COMMAND, b"\x80"), (Kind.RESPONSE, b"\x90"), (Kind.MESSAGE, b"\x00\x05abc")],
)
def test_what_cannot_be_decoded_is_shown_as_it_is(kind: Kind, data: bytes) -> None:
    """Garbage from a device is shown in hex with the reason, and ends no report."""
    shown = texts(event(kind, data), event(Kind.COMMAND, bytes.fromhex("00A4040000"), seq=2))
    assert shown[1].startswith(data.hex().upper())
    assert "无法解码 / cannot be decoded" in shown[1]
    assert "SELECT" in shown[2]


@pytest.mark.parametrize("port", [Port.OPERATOR, Port.BILLER])
def test_a_line_of_a_kiosk_is_shown_as_it_is(port: Port) -> None:
    """Text and no hex; a card number in it is masked, what is no UTF-8 is shown all the same."""
    line = '{"ev":"screen","text":["缴费成功"]}\n'.encode()
    shown = texts(event(Kind.MESSAGE, line, port=port))[1]
    assert "缴费成功" in shown
    assert "cannot be decoded" not in shown
    said = f'{{"text":["{TEST_PAN}"]}}\n'.encode()
    assert TEST_PAN not in texts(event(Kind.MESSAGE, said, port=port))[1]
    assert "line" in texts(event(Kind.MESSAGE, b"\xff\xfe\n", port=port))[1]
