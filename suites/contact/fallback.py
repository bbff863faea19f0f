"""Magnetic stripe and fallback (UnionPay POS; GB/T 17552; EMV Book 4, 6.6)."""

from suites.acts import purchase, swipe
from suites.case import BC, Card, Case, Residue, Run, Standing
from suites.clauses import EMV_BOOK_1, EMV_BOOK_4, GBT_17552, UNIONPAY_POS
from suites.conditions.expectation import BASE
from suites.conditions.message_content import without_de
from suites.contact_stimuli import SILENT, stripe
from suites.ics_language import FBK, MAG
from suites.readings.authorisation import ic_condition
from suites.readings.host_session import de, h, no_h
from suites.readings.outcome import OFF_DEC, ON_DEC, OUT, TERM
from suites.readings.screens import ui
from suites.rules import AAC, GAC1, command, sw
from suites.symbols import ABOVE_FLOOR
from suites.words import Title

UNIONPAY = UNIONPAY_POS[""]
# The chip is tried first, then the stripe of the same card.
CHIP_THEN_STRIPE = (purchase(ABOVE_FLOOR), swipe(stripe("201"), ABOVE_FLOOR))
MUTE, MUTE_ONCE = Card("BC-MUTE"), Card("BC-MUTE-ONCE")
NO_REQUEST = (no_h("AUTH"), no_h("SWIPED"))
PENDING = (Residue.PENDING_REVERSAL,)

CASES = (
    Case(
        id="CT-FB-001",
        title=Title("Chip card swiped: insert prompt", "芯片卡刷磁提示插卡"),
        clauses=(UNIONPAY, EMV_BOOK_4["6.6"], GBT_17552[""]),
        applies=MAG,
        runs={
            "a": Run(acts=(swipe(stripe("201")),)),
            "b": Run(acts=(swipe(stripe("620")),)),
        },
        expect=(ui("INSERT CARD"), *NO_REQUEST),
    ),
    Case(
        id="CT-FB-002",
        title=Title("Magnetic card swiped", "纯磁条卡"),
        clauses=(GBT_17552[""],),
        applies=MAG,
        runs={
            "a": Run(acts=(swipe(stripe("101")),)),
            "b": Run(acts=(swipe(stripe("520")),)),
        },
        expect=(
            h("SWIPED"),
            de(22, "SWIPED").among("021", "022"),
            without_de(55, "SWIPED"),
        ),
    ),
    Case(
        id="CT-FB-003",
        title=Title("Chip cannot be read, fallback enabled", "芯片不可读降级"),
        clauses=(UNIONPAY, EMV_BOOK_4[""]),
        standing=Standing.REVIEW,
        applies=MAG & FBK,
        card=MUTE,
        acts=CHIP_THEN_STRIPE,
        expect=(
            ui("SWIPE").in_transaction(1),
            h("SWIPED").in_transaction(2),
            de(22, "SWIPED").among("021", "022").in_transaction(2),
            ic_condition("SWIPED").be("2").in_transaction(2),
            without_de(55, "SWIPED").in_transaction(2),
        ),
    ),
    Case(
        id="CT-FB-004",
        title=Title("Fallback transaction must be online", "降级交易必须联机"),
        clauses=(UNIONPAY,),
        standing=Standing.REVIEW,
        applies=MAG & FBK,
        card=MUTE,
        host=SILENT,
        acts=CHIP_THEN_STRIPE,
        expect=(OUT.among(OFF_DEC, ON_DEC, TERM).in_transaction(2),),
        leaves=PENDING,
    ),
    Case(
        id="CT-FB-005",
        title=Title("Fallback disabled", "禁止降级"),
        clauses=(UNIONPAY,),
        applies=MAG & ~FBK,
        card=MUTE,
        acts=CHIP_THEN_STRIPE,
        expect=(*NO_REQUEST, OUT.be(TERM).in_transaction(1)),
    ),
    Case(
        id="CT-FB-006",
        title=Title("No fallback after the chip decision", "芯片拒绝后不得降级"),
        clauses=(UNIONPAY, EMV_BOOK_4[""]),
        standing=Standing.REVIEW,
        applies=MAG & FBK,
        card=BC.when(GAC1, AAC),
        acts=CHIP_THEN_STRIPE,
        expect=(ui("INSERT CARD").in_transaction(2), no_h("SWIPED")),
    ),
    Case(
        id="CT-FB-007",
        title=Title(
            "No fallback for blocked card / blocked application", "卡/应用锁定不得降级"
        ),
        clauses=(UNIONPAY, EMV_BOOK_1["12.3"]),
        standing=Standing.ADVISORY,
        applies=MAG & FBK,
        acts=CHIP_THEN_STRIPE,
        runs={
            "a": Run(card=BC.when(command("SEL(PSE)"), sw("6A81"))),
            "b": Run(card=BC.when(command("SEL(A000000333.010101)"), sw("6283"))),
        },
        expect=(no_h("SWIPED"),),
    ),
    Case(
        id="CT-FB-008",
        title=Title("Retry before fallback", "降级前重试"),
        clauses=(UNIONPAY,),
        standing=Standing.REVIEW,
        applies=MAG & FBK,
        card=MUTE_ONCE,
        # Put in again, the chip answers: the cardholder does it when the terminal asks.
        expect=(BASE, no_h("SWIPED")),
    ),
)
