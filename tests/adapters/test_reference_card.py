"""The bench as reader: what each act sends, and what it reports."""

from collections.abc import Mapping

import pytest

from adapters.errors import BenchBroken, DeviceFell
from adapters.ifd.memory import MemoryReader
from adapters.interface import Interface
from adapters.reader_session import ReaderSession
from adapters.reference_card import (
    AsItIs,
    CardUnknown,
    Desk,
    Personalisation,
    ReaderOperator,
)

SELECTED = "6F1B8408A000000333010101A50F9F380C9F7A019F02065F2A029F3704"
OPTIONS = "800A7C000801010010010100"


class Scripted:
    """A card that answers one thing after the other, and keeps what it was asked."""

    def __init__(self, *answers: str) -> None:
        self._answers = [bytes.fromhex(each) for each in answers]
        self.asked: list[str] = []

    def reset(self) -> bytes:
        self.asked.append("reset")
        return b"\x3b\x00"

    def respond(self, command: bytes) -> bytes:
        self.asked.append(command.hex().upper())
        return self._answers.pop(0) if self._answers else b""


class Fixed:
    """An issuer that signs everything with ones, and numbers that are all alike."""

    def authentication_data(self, session: ReaderSession, code: bytes) -> bytes:
        if not session.pan:
            raise CardUnknown
        return b"\x11" * 8 + code

    def script_mac(self, session: ReaderSession, header: bytes, data: bytes) -> bytes:
        del session, data
        return header[-1:] * 4

    def randbytes(self, n: int, /) -> bytes:
        return b"\x37" * n


def operator(card: Scripted, personalisation: Personalisation | None = None) -> ReaderOperator:
    pins: Mapping[str, bytes] = {"right": b"\x26" + bytes(7), "wrong": b"\x27" + bytes(7)}
    desk = Desk({0x5F2A: b"\x01\x56"}, Fixed(), pins, personalisation or AsItIs(), Fixed())
    return ReaderOperator({Interface.CONTACT: MemoryReader(card)}, desk)


def at(card: Scripted) -> ReaderOperator:
    made = operator(card)
    made.perform("insert", {"interface": "contact"})
    return made


def test_what_the_card_asks_for_is_filled_from_what_is_known() -> None:
    """The PDOL of the selection gets the case's values, the terminal's own, and a new number."""
    card = Scripted(SELECTED + "9000", OPTIONS + "9000")
    made = at(card)
    made.perform("select", {"name": "A000000333010101", "occurrence": 0})
    report = made.perform(
        "get processing options", {"amount_9F02": 1000, "ecash_9F7A": "01"}
    )
    assert card.asked[-1] == "80A800000F830D01000000001000015637373737" + "00"
    assert report == {"outcome": "ANSWERED", "sw": "9000", "length": 12}


def test_records_are_read_as_the_list_says_but_the_last_few() -> None:
    """Two records: with one left out the second is never asked for."""
    for leaving, read in ((0, ["00B2010C00", "00B2011400"]), (1, ["00B2010C00"])):
        card = Scripted("800A7C0008010100100101009000", "70009000", "70009000")
        made = at(card)
        made.perform("get processing options", {})
        made.perform("read records", {"leaving": leaving})
        assert card.asked[2:] == read


def test_without_any_record_nothing_was_done() -> None:
    """An answer without a list is told by the report, not passed over."""
    made = at(Scripted("77009000"))
    made.perform("get processing options", {})
    assert made.perform("read records", {"leaving": 0}) == {"outcome": "NOT_STARTED"}


@pytest.mark.parametrize(
    "verb, arguments, sent",
    [
        ("send", {"command": "80.CA.9F.7E.00"}, "80CA9F7E00"),
        ("read record", {"sfi": 11, "number": 2}, "00B2025C00"),
        ("get data", {"tag": "9F36"}, "80CA9F3600"),
        ("get challenge", {}, "0084000000"),
        ("verify", {"digits": "right"}, "002000800826" + "00" * 7),
        ("verify", {"digits": "wrong"}, "002000800827" + "00" * 7),
        ("internal authenticate", {}, "00880000043737373700"),
        ("generate ac", {"type": "TC"}, "80AE400000"),
        ("script", {"header": "04DA9F79", "data": "01", "mac": "right"}, "04DA9F79050105050505"),
        ("script", {"header": "04DA9F79", "data": "01", "mac": "wrong"}, "04DA9F79050105050504"),
        ("script", {"header": "841E0000", "data": "", "mac": "right"}, "841E00000404040404"),
    ],
)
def test_an_act_is_one_command(
    verb: str, arguments: Mapping[str, str | int], sent: str
) -> None:
    """Each act sends its command, and reports the status word and how much came back."""
    card = Scripted("AABB6300")
    report = at(card).perform(verb, arguments)
    assert card.asked[-1] == sent
    assert report == {"outcome": "ANSWERED", "sw": "6300", "length": 2}


@pytest.mark.parametrize("arpc, first", [("right", "11"), ("wrong", "10")])
def test_the_issuer_answers_for_the_card(arpc: str, first: str) -> None:
    """91 goes out as the issuer made it, or with one bit turned."""
    card = Scripted("80067C00080101009000", "700C5A0A6210948000000000178F9000", "9000")
    made = at(card)
    made.perform("get processing options", {})
    made.perform("read records", {"leaving": 0})
    made.perform("external authenticate", {"arpc": arpc, "code": "3030"})
    assert card.asked[-1] == f"008200000A{first}{'11' * 7}3030"


def test_without_keys_for_the_card_the_act_is_not_done() -> None:
    """A card that no test issuer knows gets no ARPC: said in the report, sent nothing."""
    card = Scripted()
    report = at(card).perform("external authenticate", {"arpc": "right", "code": "3030"})
    assert report == {"outcome": "NOT_STARTED"}
    assert card.asked == ["reset"]


def test_a_card_that_cannot_be_loaded_anew_is_left_alone() -> None:
    """What a case wants of another card is not done to this one."""
    card = Scripted()
    made = operator(card)
    assert made.perform("configure", {"image": "REFERENCE"}) == {"outcome": "NOT_CONFIGURED"}
    assert made.perform("insert", {"interface": "contact"}) == {"outcome": "NOT_STARTED"}
    assert card.asked == []


def test_a_reader_that_the_bench_has_not_is_told() -> None:
    """No contactless reader: nothing is powered."""
    report = operator(Scripted()).perform("insert", {"interface": "contactless"})
    assert report == {"outcome": "NOT_STARTED"}


def test_a_mute_card_and_one_that_talks_garbage_fell() -> None:
    """The attempt ends there, and says how the card fell."""
    with pytest.raises(DeviceFell, match="did not answer"):
        at(Scripted()).perform("get data", {"tag": "9F36"})
    with pytest.raises(DeviceFell, match="status word"):
        at(Scripted("90")).perform("get data", {"tag": "9F36"})
    with pytest.raises(DeviceFell):
        at(Scripted("6F05849000")).perform("select", {"name": "A0", "occurrence": 0})


def test_without_power_there_is_no_command_and_no_warm_reset() -> None:
    """A removed card is our own mistake to talk to; inserted again it answers."""
    card = Scripted("9000")
    made = at(card)
    assert made.perform("remove", {}) == {"outcome": "REMOVED"}
    with pytest.raises(BenchBroken, match="no card is connected"):
        made.perform("get data", {"tag": "9F36"})
    with pytest.raises(BenchBroken, match="no card is connected"):
        made.perform("warm reset", {})
    made.perform("insert", {"interface": "contact"})
    assert made.perform("warm reset", {}) == {"outcome": "POWERED", "length": 2}
    assert card.asked == ["reset", "reset", "reset"]
