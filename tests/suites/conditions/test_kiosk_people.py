"""Screens, slips, journal and time of a kiosk: each condition passes, fails and stays open."""

from dataclasses import replace

import pytest

from adapters.codec.kiosk_control import State
from adapters.events import Direction, Kind, Port
from suites.acts import Verb
from suites.case import Case
from suites.catalogue import CASES
from suites.conditions.condition import Condition
from suites.conditions.exposure import exposure
from suites.conditions.kiosk_people import (
    BALANCE_SHOWN,
    JOURNAL_ANONYMOUS,
    REPRINTED,
    RETAINED_RECORDED,
    SCREEN_CLEARED,
    TOLD,
    WARNED,
    idle_within,
)
from suites.finding import Verdict
from suites.kiosk_acts import POWER_UP, cut_power
from suites.readings.unattended import CVM_METHOD, HOST_MESSAGE, OPEN_ITEMS, d1_bit
from tests.suites.kiosk_recordings import KioskTape, said
from tests.suites.recordings import attempt_of, online_sale

ALL = (
    *(WARNED, TOLD, SCREEN_CLEARED, BALANCE_SHOWN, JOURNAL_ANONYMOUS),
    *(RETAINED_RECORDED, REPRINTED, idle_within(30)),
)
MASKED = "622848*********0018"


@pytest.mark.parametrize("condition", ALL, ids=[each.notation for each in ALL])
def test_nothing_to_look_at_is_inconclusive(condition: Condition) -> None:
    """A session that showed nothing, and an attempt without a session."""
    tape = KioskTape()
    tape.queries()
    for each in (tape, KioskTape()):
        assert said(condition, each) is Verdict.INCONCLUSIVE


def test_a_warning_comes_before_the_card() -> None:
    """A screen that speaks of the slip; after the card was asked for it is too late."""
    early, late, silent = KioskTape(), KioskTape(), KioskTape()
    for tape, before, after in (
        (early, "打印机缺纸", "请插入银行卡"),
        (late, "应缴 12.30 元", "打印机缺纸"),
        (silent, "应缴 12.30 元", "请插入银行卡"),
    ):
        tape.verb(Verb.QUERY_BILL)
        tape.shows(before)
        tape.enters(State.CARD_IN)
        tape.shows(after)
        tape.done()
    assert said(WARNED, early) is Verdict.PASS
    assert said(WARNED, late) is Verdict.FAIL
    assert said(WARNED, silent) is Verdict.FAIL


def test_the_customer_is_told_before_the_card_comes_out() -> None:
    """Something on the screen between write-off and card."""
    for text, verdict in (("缴费成功", Verdict.PASS), ("", Verdict.FAIL)):
        tape = KioskTape()
        tape.queries()
        tape.verb(Verb.PAY_BILL)
        tape.enters(State.BILL_CONFIRM)
        if text:
            tape.shows(text)
        tape.enters(State.CARD_OUT)
        tape.done()
        assert said(TOLD, tape) is verdict


@pytest.mark.parametrize(
    "last, verdict",
    [("欢迎使用", Verdict.PASS), ("测试用户 应缴", Verdict.FAIL), ("户号 100004", Verdict.FAIL)],
)
def test_the_screen_is_cleared(last: str, verdict: Verdict) -> None:
    """Neither name nor account stands there at last."""
    tape = KioskTape()
    tape.queries()
    tape.verb(Verb.WALK_AWAY)
    tape.shows("测试用户 100004 应缴 12.30 元")
    tape.shows(last)
    tape.done()
    assert said(SCREEN_CLEARED, tape) is verdict


@pytest.mark.parametrize(
    "line, verdict",
    [
        (f"12:00:01 card={MASKED}", Verdict.PASS),
        ("12:00:01 测试用户", Verdict.FAIL),
        ("12:00:01 account=100004", Verdict.FAIL),
    ],
)
def test_the_journal_names_nobody(line: str, verdict: Verdict) -> None:
    """Names and accounts that kiosk and biller spoke of."""
    tape = KioskTape()
    tape.queries()
    tape.answers(journal=(line,))
    assert said(JOURNAL_ANONYMOUS, tape) is verdict


@pytest.mark.parametrize(
    "line, verdict",
    [
        (f"12:00:01 retained card={MASKED}", Verdict.PASS),
        (f"12:00:01 吞卡 {MASKED}", Verdict.PASS),
        (f"retained card={MASKED}", Verdict.FAIL),
        ("12:00:01 retained", Verdict.FAIL),
        (f"12:00:01 card={MASKED}", Verdict.FAIL),
    ],
)
def test_a_retained_card_is_written_down(line: str, verdict: Verdict) -> None:
    """Masked number, time, and that it was kept."""
    tape = KioskTape()
    tape.queries()
    tape.verb(Verb.READ_JOURNAL)
    tape.happens("card", op="retained")
    tape.answers(journal=(line,))
    assert said(RETAINED_RECORDED, tape) in (verdict, Verdict.INCONCLUSIVE)
    tape.done()
    assert said(RETAINED_RECORDED, tape) is verdict


def test_a_reprint_brings_a_slip() -> None:
    """Within its act; a slip of before is none."""
    for printed, verdict in ((True, Verdict.PASS), (False, Verdict.FAIL)):
        tape = KioskTape()
        tape.queries()
        tape.happens("print", bytes=b"slip")
        tape.verb(Verb.REPRINT)
        if printed:
            tape.happens("print", bytes=b"slip")
        tape.done()
        assert said(REPRINTED, tape) is verdict


@pytest.mark.parametrize(
    "shown, verdict",
    [("余额 123.45 元", Verdict.PASS), ("余额 123.00 元", Verdict.FAIL), ("1123.45", Verdict.FAIL)],
)
def test_the_balance_is_that_of_the_card(shown: str, verdict: Verdict) -> None:
    """9F79 as the card answered it, to the fen."""
    tape = KioskTape()
    tape.verb(Verb.ECASH_BALANCE)
    tape.reset()
    tape.apdu("80CA9F7900", "9F79060000000123459000")
    tape.shows(shown)
    tape.done()
    assert said(BALANCE_SHOWN, tape) is verdict
    assert said(HOST_MESSAGE.never(), tape) is Verdict.PASS
    tape.verb(Verb.ECASH_BALANCE)
    tape.charges()
    tape.done()
    assert said(HOST_MESSAGE.never(), tape) is Verdict.FAIL


@pytest.mark.parametrize("seconds, verdict", [(30, Verdict.PASS), (31, Verdict.FAIL)])
def test_idle_comes_in_time(seconds: int, verdict: Verdict) -> None:
    """From the first rule that fired; unknown times prove nothing."""
    tape = KioskTape()
    tape.queries()
    rule = {"trigger": "", "reaction": ""}
    fired = tape.put(Port.ICC, Direction.AT_BENCH, Kind.RULE, detail=rule)
    tape.enters(State.IDLE)
    assert said(idle_within(30), tape) is Verdict.INCONCLUSIVE
    tape.stamped(fired, 100)
    tape.stamped(fired + 1, 100 + seconds)
    assert said(idle_within(30), tape) is verdict


def test_open_items_are_those_of_the_counters() -> None:
    """What the kiosk's own reconciliation says."""
    tape = KioskTape()
    tape.queries()
    assert said(OPEN_ITEMS.be(1), tape) is Verdict.INCONCLUSIVE
    tape.verb(Verb.READ_COUNTERS)
    tape.answers(counters={"open": 1})
    assert said(OPEN_ITEMS.be(1), tape) is Verdict.PASS
    assert said(OPEN_ITEMS.be(0), tape) is Verdict.FAIL


def test_what_an_unattended_terminal_tells_the_card() -> None:
    """Bits of 9F33 and the method of 9F34 in CDOL1 data."""
    attempt = attempt_of(online_sale(sent={0x9F33: "2048E8", 0x9F34: "5E0302"}))
    for condition, verdict in (
        (d1_bit("9F33", "2.6").be(0), Verdict.PASS),
        (d1_bit("9F33", "2.7").be(0), Verdict.FAIL),
        (CVM_METHOD.among("1E"), Verdict.PASS),
        (CVM_METHOD.among("1F", "3F"), Verdict.FAIL),
    ):
        assert [each.verdict for each in condition.judge(attempt)] == [verdict]


def test_a_power_cut_that_never_came_proves_nothing() -> None:
    """Armed and not reached: inconclusive by exposure; reached: silent."""
    model = CASES["HK-007"]
    case: Case = replace(model, acts=(cut_power("PIN"), POWER_UP))
    for told, left in (({"power": "cut"}, 0), ({}, 1)):
        tape = KioskTape()
        tape.put(
            Port.OPERATOR,
            Direction.TO_IUT,
            Kind.ACT,
            detail={"verb": Verb.CUT_POWER.value, "at": "PIN"},
        )
        tape.done()
        tape.verb(Verb.POWER_UP)
        tape.done(**told)
        found = exposure(case, tape.attempt())
        assert len([each for each in found if each.observed.key == "power-on"]) == left
