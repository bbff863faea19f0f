"""Parsers first, the pattern second: what is explained raises no alarm, what is not is searched."""

import random
from dataclasses import replace

import pytest

from adapters.clock import SystemClock
from adapters.codec import iso8583
from adapters.codec.ber_tlv import encode as tlv
from adapters.codec.iso8583 import Message
from adapters.codec.pos_dialect import POS
from adapters.errors import RefusedData
from adapters.events import Direction, Event, Kind, Port
from adapters.guard import CardDataGuard
from adapters.privacy.eyes import masked_text
from adapters.privacy.frames import DIRECT, layout
from adapters.privacy.numbers import ListedNumbers, luhn, luhn_spans
from adapters.privacy.search import is_moment, unlisted_in_bytes, unlisted_in_text
from fixtures import ics, ixit
from fixtures.bench import bind, terminal_date
from fixtures.test_data import test_pans as listed
from suites.attempt import Facts
from suites.catalogue import CASES
from suites.executor import Execution, execute
from suites.selection import Choice, plan
from tests.privacy.carriers import direct

PAN = "6217001234567890123"
NOISE = random.Random("noise")


def refused(*events: Event) -> str:
    """The message of the first event that is refused; "" if all pass."""
    guard = CardDataGuard(listed())
    for seq, event in enumerate(events, 1):
        try:
            guard(replace(event, seq=seq))
        except RefusedData as message:
            return str(message)
    return ""


def response(data: bytes) -> Event:
    return Event(1, Port.ICC, Direction.TO_IUT, Kind.RESPONSE, data + b"\x90\x00", {})


def command(data: str) -> Event:
    return Event(1, Port.ICC, Direction.FROM_IUT, Kind.COMMAND, bytes.fromhex(data), {})


def frame(mti: str, fields: dict[int, str | bytes]) -> Event:
    data = direct(Message(mti, fields))
    return Event(1, Port.HOST_T, Direction.FROM_IUT, Kind.MESSAGE, data, {})


# Luhn-right digits in a place that says what they are.
DIGITS = bytes.fromhex("6217001234567893")
EXPLAINED = {
    "cryptogram": response(tlv(0x77, tlv(0x9F26, DIGITS))),
    "certificate": response(tlv(0x70, tlv(0x90, DIGITS * 8))),
    "signature": response(tlv(0x77, tlv(0x9F4B, DIGITS * 8))),
    "issuer application data": response(tlv(0x77, tlv(0x9F10, DIGITS * 4))),
    "format 1": response(tlv(0x80, b"\x80\x00\x01" + DIGITS)),
    "ARPC": command("0082000008" + DIGITS.hex()),
    "PIN block": frame("0200", {11: "000001", 52: DIGITS}),
    "keys": frame("0810", {11: "000001", 62: DIGITS * 5}),
    "merchant and terminal": frame("0200", {41: "62170012", 42: "345678930000000"}),
    "totals": frame("0500", {48: ("6217001234567893" * 4)[:62]}),
    "TC upload": frame("0320", {11: "000001", 62: b"610062170012345678930"}),
    "script": frame("0210", {55: tlv(0x91, DIGITS + b"00")}),
}


@pytest.mark.parametrize("what", EXPLAINED)
def test_what_is_explained_and_holds_no_number_passes(what: str) -> None:
    """Digits with a right check digit are no card number where their place says what they are."""
    before = response(b"") if what != "format 1" else command("80AE800000")
    assert unlisted_in_bytes(DIGITS, ()), "otherwise there would be nothing to pass by"
    assert refused(before, EXPLAINED[what]) == ""


def test_a_value_list_is_read_by_its_list() -> None:
    """GENERATE AC after a CDOL is amounts and random numbers; without one it is searched."""
    cdol = response(tlv(0x70, tlv(0x8C, bytes.fromhex("9F02069F3704"))))
    sent = command("80AE80000A" + "621700123456" + "7893" + "0000")
    assert refused(cdol, sent) == ""
    assert "C-APDU 80AE" in refused(sent)


def test_a_list_that_asks_for_the_number_is_judged_by_it() -> None:
    """5A in a DOL is a card number like any other."""
    cdol = response(tlv(0x70, tlv(0x8C, bytes.fromhex("5A0A"))))
    assert "C-APDU 80AE 5A" in refused(cdol, command(f"80AE80000A{PAN[:18]}{PAN[18]}F"))


# A record of the reference card's log (contactless facts, 2.4): date, time, two amounts, codes.
LOGGED = bytes.fromhex("260315101530000000001000000000000000015601564841524E45535320")
LOGGED += b"SHOP".ljust(12) + b"\x00\x00\x0a"


def test_a_log_may_be_read_before_its_format() -> None:
    """Its usual file and form say what the digits are; in a file of the application none does."""
    assert len(LOGGED) == 45
    assert refused(command("00B2015C00"), response(LOGGED)) == ""
    assert refused(command("00B2010C00"), response(LOGGED))
    assert refused(command("00B2015C00"), response(DIGITS + LOGGED[8:-9] + b"6217001234567893 "))


MERCHANT = "898340153110001"


@pytest.mark.parametrize(
    "text, begins",
    [
        (f"商户号 {MERCHANT}", ""),
        (f"商户号 {MERCHANT} 卡号 6217001234567893", "621700"),
        (f"7{MERCHANT}", "898340"),
        (f"{MERCHANT}=3012", ""),
    ],
)
def test_the_merchants_own_number_is_no_card_number(text: str, begins: str) -> None:
    """A slip repeats it; among further digits it may be one, and another beside it is one."""
    assert unlisted_in_text(MERCHANT, listed()), "otherwise there would be nothing to pass by"
    said = Event(1, Port.OPERATOR, Direction.FROM_IUT, Kind.REPORT, b"", {"receipt": text})
    written = replace(said, port=Port.BILLER, data=text.encode(), detail={})
    for event in (said, written):
        guard = CardDataGuard(listed(), {MERCHANT})
        if not begins:
            guard(event)
            continue
        with pytest.raises(RefusedData, match=f"beginning {begins}"):
            guard(event)


def test_the_merchants_number_in_the_place_of_a_card_number_is_one() -> None:
    """What a field says that it holds comes first."""
    guard = CardDataGuard(listed(), {MERCHANT})
    with pytest.raises(RefusedData):
        guard(frame("0200", {2: MERCHANT}))


def test_a_new_card_forgets_the_lists_of_the_last() -> None:
    """A list explains the commands of its own session only."""
    cdol = response(tlv(0x70, tlv(0x8C, bytes.fromhex("9F02069F3704"))))
    reset = Event(1, Port.ICC, Direction.TO_IUT, Kind.RESET, b"\x3b\x00", {})
    sent = command("80AE80000A" + "621700123456" + "7893" + "0000")
    assert refused(cdol, reset, sent)


def test_a_number_field_is_refused_whatever_its_check_digit() -> None:
    """Not every issuer keeps the check digit right: a tag 5A says that it is a card number."""
    wrong = "6217001234567894"
    assert not luhn(wrong)
    assert "R-APDU 70 5A" in refused(response(tlv(0x70, tlv(0x5A, bytes.fromhex(wrong)))))
    assert "DE2" in refused(frame("0200", {2: wrong}))


def test_a_refusal_names_port_kind_and_field_in_both_languages() -> None:
    """And six digits, never more."""
    message = refused(frame("0200", {35: "6217001234567893D3012201"}))
    assert message.startswith("host.T message DE35: a card number beginning 621700 is not")
    assert "host.T 报文 DE35：以621700开头的卡号" in message
    assert "6217001" not in message


def test_a_fault_in_a_frame_does_not_hide_what_stands_before_it() -> None:
    """All fields before the fault are told apart; the rest is searched."""
    whole = direct(Message("0200", {2: "6210948000000011", 4: "000000010000", 63: "CUP" + "x" * 9}))
    found = layout(whole[:-3], DIRECT)
    assert [each.spec.number for each in found.places] == [2, 4]
    assert whole[found.end :].endswith(b"CUPxxxxxxxxx")
    assert layout(bytes(40), DIRECT).places == ()


def test_conforming_traffic_raises_no_alarm() -> None:
    """Every event of every run of the catalogue on the conforming device passes, thrice."""
    clock, setting = SystemClock(), ixit.read(ixit.IN_MEMORY)
    statement = ics.read(setting.ics_path)
    runs = plan(CASES, statement, setting, terminal_date(setting, clock), Choice(), seed="").runs
    own = {str(statement.settings["merchant-identifier"])}
    guard, passed = CardDataGuard(listed(), own), []
    for seed in map(str, range(3)):
        bench = bind(setting, statement, clock, seed)
        for run in runs:
            facts = Facts(
                device="direct-pos",
                case=run.case,
                run=run.run,
                number=1,
                edition=statement.edition,
                claims=statement.claims,
                settings=statement.settings,
                switches=statement.switches,
                symbols=run.symbols,
            )
            case = CASES[run.case].resolved(run.run)
            attempt = execute(Execution(case, facts, seed, guard, passed.append), bench)
            assert attempt.trouble is None
    assert len(passed) > 100 * len(runs)


def test_how_often_noise_is_taken_for_a_number() -> None:
    """Of random payloads of 120 bytes, which no parser explains, less than eight in a hundred."""
    alarms = sum(bool(unlisted_in_bytes(NOISE.randbytes(120), ())) for _ in range(2000))
    assert 0 < alarms < 160


@pytest.mark.parametrize("run", ["6217001234567893", "62170012345678930", "16217001234567893"])
def test_a_number_among_digits_is_found(run: str) -> None:
    """Wherever 13 to 19 digits have a right check digit."""
    assert any(run[start:end] == "6217001234567893" for start, end in luhn_spans(run))


def test_digits_of_a_listed_number_are_passed_by() -> None:
    """Parts of it that happen to have a right check digit are no numbers of their own."""
    pan = "6228480402564890018"
    assert any((start, end) != (0, 19) for start, end in luhn_spans(pan))
    assert unlisted_in_text(f"card {pan} ok", listed()) == ""
    assert unlisted_in_text(f"card {pan}, not 6217001234567893", listed()) == "6217001234567893"
    assert unlisted_in_text(f"{pan}=30122010000000000", listed()) == ""


def test_a_moment_is_no_number() -> None:
    """Date and time have 14 digits too; what is no moment stays a number."""
    assert is_moment("20110315093015")
    assert not is_moment("20111315093015")
    assert not is_moment("2010165114990625")


def test_below_a_bin_only_right_numbers_are_listed() -> None:
    """16 to 19 digits with a right check digit, or the very number that stands in the list."""
    numbers = ListedNumbers(frozenset(("6228000100001",)), frozenset(("621094",)))
    assert "6210948000000011" in numbers
    assert "6228000100001" in numbers
    for other in ("6210948000000012", "6210948000004", "6228480402564899", ""):
        assert other not in numbers


@pytest.mark.parametrize(
    "text, shown",
    [
        ("卡号6210948000000011不足", "卡号621094******0011不足"),
        ("6210 9480 0000 0011", "6210 94** **** 0011"),
        ("62109480000000110", "621094******00110"),
        ("amount 000000010000", "amount 000000010000"),
        ("at 20110315093015", "at 20110315093015"),
    ],
)
def test_people_see_the_ends_of_a_number(text: str, shown: str) -> None:
    """Six and four digits, the text around it as it was."""
    assert masked_text(text) == shown


def test_characters_spelled_in_hex_are_masked_whole() -> None:
    """An error that quotes bytes tells no number either."""
    spelled = b"6210948000000011".hex()
    assert masked_text(f"x {spelled} y") == "x " + "*" * (len(spelled) + 1) + "y"


def test_every_field_of_the_dialect_is_reached() -> None:
    """The walk agrees with the codec on where each field of a whole message stands."""
    fields: dict[int, str | bytes] = {
        2: "6210948000000011",
        22: "051",
        32: "12345678901",
        35: "6210948000000011D301",
        41: "00000001",
        52: bytes(8),
        55: tlv(0x9F27, b"\x80"),
        60: "22000001",
    }
    data = direct(Message("0200", fields))
    found = layout(data, DIRECT)
    assert [each.spec.number for each in found.places] == sorted(fields)
    assert found.end == len(data)
    place = found.place(52)
    assert place
    assert data[place.start : place.end] == bytes(8)
    assert iso8583.decode(data[13:], POS).fields == fields
