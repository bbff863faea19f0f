"""What a device showed, printed and passed on: UI, RC, TF, SF, DF31, EA.data, SCR(n)."""

import pytest

from adapters.events import Direction, Kind, Port
from suites.acts import ecash_purchase, purchase
from suites.attempt import Attempt
from suites.case import BC
from suites.contact.completion import PENDING
from suites.contact_stimuli import BC_EC, PIN, WRONG_PIN, accepting, cvm, with_script
from suites.finding import Verdict
from suites.readings.authorisation import card, masked, setting, text_setting
from suites.readings.card_session import t1
from suites.readings.final_state import SCRIPT_RESULTS, sf, tf
from suites.readings.issuer_answer import (
    ALL_COMMANDS_SENT,
    DE39_AS_8A,
    EA_DATA,
    EA_LC,
    LENGTH_OF_91,
    VER_P2,
    a55,
    scr_bytes,
    scr_ins,
)
from suites.readings.offline_pin import DOCUMENT_NUMBER, DOCUMENT_TYPE, VER_DATA
from suites.readings.screens import (
    BALANCE_TOLD,
    PRINTED,
    SHOWN,
    no_rc,
    no_ui,
    rc,
    ui,
    ui_in_order,
    ui_text,
)
from suites.rules import VER, scr, sw
from suites.symbols import ABOVE_FLOOR
from tests.contact_attempts import attempted, case, reporting, said, with_bytes, without

PASS, FAIL, OPEN = Verdict.PASS, Verdict.FAIL, Verdict.INCONCLUSIVE
ABOVE = (purchase(ABOVE_FLOOR),)


@pytest.fixture(scope="module")
def entered() -> Attempt:
    """A wrong PIN, then the right one, on the last try."""
    rules = cvm("0103").but(tries_9F17="01").when(VER, sw("63C1"))
    return attempted(case(card=rules, acts=(purchase(pin=f"{WRONG_PIN},{PIN}"),)))


@pytest.fixture(scope="module")
def scripted() -> Attempt:
    """Two script commands after the second GENERATE AC, of which the second fails."""
    made = accepting(BC, 1).when(scr(2), sw("6A80"))
    host = with_script("72", "04DA9F5805", "04DA9F5910")
    return attempted(case(card=made, host=host, acts=ABOVE, leaves=PENDING))


@pytest.mark.parametrize(
    "event, chinese, english",
    [
        ("PIN", "金额 50.00 请输入密码", "Enter PIN"),
        ("INCORRECT PIN", "密码错误，请重新输入", "INCORRECT PIN"),
        ("LAST PIN TRY", "最后一次输入密码", "LAST PIN TRY"),
        ("ID DOCUMENT", "请核对证件：护照", "ID document"),
        ("INSERT CARD", "请插卡", "INSERT CARD"),
        ("SWIPE", "芯片读取失败，请刷卡", "swipe card"),
        ("REMOVE CARD", "请取卡", "REMOVE CARD"),
        ("NOT ACCEPTED", "不允许服务", "NOT ACCEPTED"),
        ("NO LOG", "无交易明细", "NO LOG"),
    ],
)
def test_an_event_is_known_by_its_words(event: str, chinese: str, english: str) -> None:
    """In both languages, and no other event by the same words."""
    for words in (chinese, english):
        assert {name for name, known in SHOWN.items() if known.search(words)} == {event}
    assert set(PRINTED) == {"SIGNATURE LINE"}


def test_what_was_shown(entered: Attempt) -> None:
    """It was or was not; a display that was not reported has done neither."""
    silent = reporting(entered, display="")
    for event, shown in (("PIN", True), ("INCORRECT PIN", True), ("INSERT CARD", False)):
        assert said(ui(event), entered) is (PASS if shown else FAIL)
        assert said(no_ui(event), entered) is (FAIL if shown else PASS)
        assert said(no_ui(event), silent) is OPEN
    assert said(ui("PIN"), reporting(silent, screen="")) is OPEN


def test_the_order_of_what_was_shown(entered: Attempt) -> None:
    """The first of each counts; what was not shown is in no order."""
    assert said(ui_in_order("LAST PIN TRY", "PIN"), entered) is PASS
    assert said(ui_in_order("PIN", "LAST PIN TRY"), entered) is FAIL
    assert said(ui_in_order("PIN", "SWIPE"), entered) is FAIL
    assert said(ui_in_order("LAST PIN TRY", "PIN"), reporting(entered, display="")) is OPEN


def test_what_was_printed(entered: Attempt) -> None:
    """A slip has a line for a signature, or has none; where there is no slip nobody can say."""
    signed = attempted(case(card=cvm("1E03")))
    assert said(rc("SIGNATURE LINE"), signed) is PASS
    assert said(no_rc("SIGNATURE LINE"), signed) is FAIL
    assert said(no_rc("SIGNATURE LINE"), entered) is PASS
    for condition in (rc("SIGNATURE LINE"), no_rc("SIGNATURE LINE")):
        assert said(condition, reporting(signed, receipt="")) is OPEN


def test_the_document_that_the_card_names() -> None:
    """Type and number as the card has them are looked for on the display."""
    number = b"TEST-1".hex().upper()
    shown = attempted(case(card=cvm("2000").but(type_9F62="02", number_9F61=number)))
    assert [seen.value for seen in DOCUMENT_TYPE.read(shown)] == ["护照"]
    assert said(ui_text(DOCUMENT_NUMBER, "number"), shown) is PASS
    other = reporting(shown, display="请核对证件：护照 TEST-2")
    assert said(ui_text(DOCUMENT_TYPE, "type"), other) is PASS
    assert said(ui_text(DOCUMENT_NUMBER, "number"), other) is FAIL
    assert said(ui_text(DOCUMENT_NUMBER, "number"), attempted(case())) is OPEN


def test_the_balance_that_was_told() -> None:
    """In minor units, whatever the wire made of the number."""
    paid = attempted(case(card=BC_EC, acts=(ecash_purchase(5_000),)))
    assert said(BALANCE_TOLD.be(45_000), paid) is PASS
    assert said(BALANCE_TOLD.be(45_000), reporting(paid, balance="45001")) is FAIL
    assert said(BALANCE_TOLD.be(45_000), reporting(paid, balance="")) is OPEN


def test_what_verify_carried(entered: Attempt) -> None:
    """The test PIN or another one; P2 tells that it is plain."""
    assert [seen.value for seen in VER_DATA.read(entered)] == ["other", "test"]
    assert said(VER_P2.be("80"), entered) is PASS
    assert said(VER_DATA.be("test"), attempted(case())) is OPEN


def test_the_end_of_a_transaction_is_read_where_it_is_told(scripted: Attempt) -> None:
    """TVR and results in the script notice, TSI on the slip."""
    assert said(tf("5.5").be(1), scripted) is PASS
    assert said(SCRIPT_RESULTS.be("1200000001"), scripted) is PASS
    assert said(sf("1.3").be(1), scripted) is PASS
    assert said(sf("1.3").be(1), reporting(scripted, receipt="TSI E8/00")) is FAIL
    assert said(sf("1.3").be(1), reporting(scripted, receipt="")) is OPEN
    unsent = without(scripted, Port.HOST_T, Kind.MESSAGE, Direction.FROM_IUT)
    assert said(tf("5.5").be(1), reporting(unsent, receipt="TVR: 0000008010")) is PASS
    assert said(tf("5.5").be(1), reporting(unsent, receipt="")) is OPEN
    assert said(SCRIPT_RESULTS.be("1200000001"), unsent) is OPEN


def test_what_the_issuer_sent_reaches_the_card(scripted: Attempt) -> None:
    """91 and its length, the response code, the commands one by one."""
    assert said(EA_DATA.same_as(a55("91")), scripted) is PASS
    assert said(EA_LC.same_as(LENGTH_OF_91), scripted) is PASS
    assert said(DE39_AS_8A.be("3030"), scripted) is PASS
    assert said(scr_ins(1).be("DA"), scripted) is PASS
    assert said(ALL_COMMANDS_SENT, scripted) is PASS
    first = str(scr_bytes(1).read(scripted)[0].value)
    changed = with_bytes(scripted, Port.ICC, first, "84" + first[2:])
    assert said(ALL_COMMANDS_SENT, changed) is FAIL
    data = str(EA_DATA.read(scripted)[0].value)
    cut = with_bytes(scripted, Port.ICC, data, "00" * 10)
    assert said(EA_DATA.same_as(a55("91")), cut) is FAIL
    assert said(ALL_COMMANDS_SENT, attempted(case(acts=ABOVE))) is OPEN


def test_card_and_settings_are_read_for_comparison(entered: Attempt) -> None:
    """What the card sent, what the terminal is set to, and what a mask leaves."""
    assert said(card("5F34").be("01"), entered) is PASS
    assert said(card("9F45").be("01"), entered) is OPEN
    assert said(setting("terminal-type").be("22"), entered) is PASS
    assert said(setting("no-such").be("22"), entered) is OPEN
    identification = text_setting("terminal-identification", 9)
    assert said(identification.be("313030303030303100"), entered) is PASS
    assert said(masked(t1("*"), "FFFFFFFFFF").same_as(t1("*")), entered) is PASS
    assert said(masked(t1("*"), "0000000000").be("0000000000"), entered) is PASS
