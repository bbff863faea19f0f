"""Electronic cash at the contacts (JR/T 0025.13 7.3 to 7.5 and Annex C)."""

from suites.acts import ECASH_BALANCE, ECASH_LOG, SETTLEMENT, cash, ecash_purchase, purchase
from suites.case import AS_DECLARED, BC, Card, Case, Residue, Run, Standing
from suites.clauses import EMV_BOOK_3, JRT_0025_5, JRT_0025_6, JRT_0025_13, UNIONPAY_POS
from suites.conditions.expectation import BASE, TAA, happens, in_order, never
from suites.conditions.log_reading import LOG_READ_TO_THE_END, LOG_SHOWN
from suites.conditions.message_content import uploaded, with_de
from suites.conditions.unable_online import DEFAULT_CODES
from suites.contact_stimuli import (
    AC_9F26,
    ATC_9F36,
    BC_EC,
    CID_TC,
    IAD_WITH_BALANCE,
    PIN,
    SILENT,
    format_2,
)
from suites.ics_language import CASH, DDA, EC, LOGREAD, OFF, OPIN, OWO
from suites.readings.card_session import d2, p1, pd, t1
from suites.readings.host_session import h, no_h
from suites.readings.outcome import OFF_APP, OFF_DEC, OUT, TERM
from suites.readings.screens import BALANCE_TOLD, ui
from suites.rules import GAC1, IA, command, gd, instead, rr, sw
from suites.symbols import FLOOR
from suites.words import Title

# Amounts that the card's own balance, threshold and limits speak of; the terminal's limit is set.
FIFTY = 5_000
LIMIT = 100_000
LIMITED = AS_DECLARED.but(**{"ecash-limit": LIMIT})
BALANCE, THRESHOLD = gd("9F79"), gd("9F6D")
GAC, AID1 = command("GAC"), "A000000333.010101"
LOW = BC_EC.but(balance_9F79="000000008000")
# The selection by a list of names reads no record: what is read then is of the log.
NO_PSE = Card("BC-NO-PSE")
INDICATOR, ROUTE, DECISION, COMPLETION, TERMINAL_LIMIT = (
    JRT_0025_13[number] for number in ("7.3", "7.4.2", "7.4.4", "7.4.6", "7.5")
)
ANNEX, LOG = JRT_0025_13["C"], JRT_0025_5["18"]
PENDING = (Residue.PENDING_REVERSAL,)

CASES = (
    Case(
        id="CT-EC-001",
        title=Title("9F7A set for a qualifying purchase", "终端置电子现金指示器"),
        clauses=(INDICATOR, TERMINAL_LIMIT, JRT_0025_6[""]),
        applies=EC,
        terminal=LIMITED,
        card=BC_EC,
        acts=(purchase(FIFTY),),
        expect=(
            pd("9F7A").be("01"),
            pd("9F02").be("000000005000"),
            pd("5F2A").be("0156"),
        ),
    ),
    Case(
        id="CT-EC-002",
        title=Title("Amount above the terminal e-cash limit", "超过终端电子现金限额"),
        clauses=(TERMINAL_LIMIT,),
        standing=Standing.REVIEW,
        applies=EC,
        terminal=LIMITED,
        card=BC_EC,
        runs={
            "a": Run(acts=(purchase(LIMIT + 1),), expect=(pd("9F7A").be("00"),)),
            # At the limit itself the indicator is recorded and not judged.
            "b": Run(acts=(purchase(LIMIT),), expect=(pd("9F7A").among("00", "01"),)),
        },
        expect=(),
    ),
    Case(
        id="CT-EC-003",
        title=Title("Terminal without e-cash", "终端不支持电子现金"),
        clauses=(JRT_0025_13[""],),
        applies=~EC,
        card=BC_EC,
        acts=(purchase(FIFTY),),
        expect=(pd("9F7A").be("00"), never(BALANCE), BASE),
    ),
    Case(
        id="CT-EC-004",
        title=Title("Not a purchase", "非消费交易"),
        clauses=(JRT_0025_13[""],),
        standing=Standing.REVIEW,
        applies=EC & CASH,
        terminal=LIMITED,
        card=BC_EC,
        # [a] pre-authorisation and [c] refund: no act of this bench sends GPO for them yet.
        runs={"b": Run(acts=(cash(FIFTY),))},
        expect=(pd("9F7A").be("00"),),
    ),
    Case(
        id="CT-EC-005",
        title=Title("No 9F7B: floor limit used", "无9F7B时用最低限额"),
        clauses=(TERMINAL_LIMIT,),
        standing=Standing.REVIEW,
        applies=EC,
        terminal=AS_DECLARED.but(**{"ecash-limit": "absent"}),
        card=BC_EC,
        runs={
            "a": Run(acts=(purchase(FLOOR - 1),), expect=(pd("9F7A").be("01"),)),
            "b": Run(acts=(purchase(FLOOR + 1),), expect=(pd("9F7A").be("00"),)),
        },
        expect=(),
    ),
    Case(
        id="CT-EC-006",
        title=Title("E-cash data read after records", "读取余额与阈值"),
        clauses=(ROUTE,),
        applies=EC,
        terminal=LIMITED,
        card=BC_EC,
        acts=(purchase(FIFTY),),
        expect=(
            # The e-cash route ends with record 1 of file 4.
            in_order(rr(4, 1), BALANCE, GAC1),
            happens(THRESHOLD),
            happens(BALANCE),
        ),
    ),
    Case(
        id="CT-EC-007",
        title=Title("Offline e-cash approval", "电子现金脱机批准"),
        clauses=(DECISION,),
        applies=EC & (OFF | OWO),
        terminal=LIMITED,
        card=BC_EC,
        acts=(ecash_purchase(FIFTY),),
        expect=(
            p1(GAC1).be("40"),
            no_h("AUTH"),
            OUT.be(OFF_APP),
            BALANCE_TOLD.be(45_000),
        ),
    ),
    Case(
        id="CT-EC-008",
        title=Title(
            "No floor limit, random or velocity check in e-cash",
            "电子现金不做限额/随机/频度",
        ),
        clauses=(JRT_0025_13["7.4"], JRT_0025_6["7.8"].inferred()),
        standing=Standing.REVIEW,
        applies=EC & (OFF | OWO),
        terminal=LIMITED.but(
            **{"floor-limit": 10_000, "random-target": 99, "random-maximum": 99}
        ),
        card=BC_EC.but(lower_9F14="00", upper_9F23="00"),
        acts=(purchase(15_000),),
        expect=(
            t1("4.8").be(0),
            t1("4.5").be(0),
            t1("4.7").be(0),
            never(gd("9F36")),
            p1(GAC1).be("40"),
        ),
    ),
    Case(
        id="CT-EC-009",
        title=Title(
            "Balance would fall below the reset threshold: online with PIN",
            "低于重置阈值请求联机",
        ),
        clauses=(DECISION,),
        applies=EC & OWO & OPIN,
        terminal=LIMITED,
        card=LOW,
        acts=(purchase(FIFTY, pin=PIN),),
        expect=(ui("PIN"), p1(GAC1).be("80"), h("AUTH"), with_de(52)),
    ),
    Case(
        id="CT-EC-010",
        title=Title("Same on an offline-only terminal", "低于阈值纯脱机终端"),
        clauses=(DECISION,),
        applies=EC & OFF,
        terminal=LIMITED,
        card=LOW,
        acts=(purchase(FIFTY),),
        expect=(p1(GAC1).be("40"), OUT.be(OFF_APP)),
    ),
    Case(
        id="CT-EC-011",
        title=Title("Exactly at the threshold", "等于重置阈值"),
        clauses=(DECISION,),
        applies=EC & OWO,
        terminal=LIMITED,
        card=BC_EC.but(balance_9F79="000000010000"),
        # Who is asked for a PIN enters it: nobody may be.
        acts=(purchase(FIFTY, pin=PIN),),
        expect=(p1(GAC1).be("40"), OUT.be(OFF_APP)),
    ),
    Case(
        id="CT-EC-012",
        title=Title("Online attempt fails: standard default processing", "电子现金联机失败"),
        clauses=(DECISION,),
        standing=Standing.REVIEW,
        applies=EC & OWO & OPIN,
        terminal=LIMITED,
        card=LOW,
        host=SILENT,
        acts=(purchase(FIFTY, pin=PIN),),
        expect=(d2("8A").among("5933", "5A33"), DEFAULT_CODES),
        leaves=PENDING,
    ),
    Case(
        id="CT-EC-013",
        title=Title("Card does not take the e-cash route", "卡片未走电子现金"),
        clauses=(ROUTE,),
        applies=EC,
        terminal=LIMITED,
        card=BC.but(pdol_9F38="9F7A019F02065F2A02"),
        acts=(purchase(FIFTY),),
        expect=(never(BALANCE), TAA, BASE),
    ),
    Case(
        id="CT-EC-014",
        title=Title("9F74 with wrong length", "9F74长度错误"),
        clauses=(JRT_0025_13[""],),
        standing=Standing.REVIEW,
        applies=EC,
        terminal=LIMITED,
        card=BC_EC.but(code_9F74="4543433031"),
        acts=(purchase(FIFTY),),
        expect=(never(GAC1), OUT.be(TERM)),
    ),
    Case(
        id="CT-EC-015",
        title=Title("Balance or threshold not available", "余额/阈值不可读"),
        clauses=(JRT_0025_13[""],),
        standing=Standing.REVIEW,
        applies=EC,
        terminal=LIMITED,
        acts=(purchase(FIFTY),),
        runs={
            "a": Run(card=BC_EC.when(BALANCE, sw("6A88"))),
            "b": Run(card=BC_EC.when(THRESHOLD, sw("6A88"))),
        },
        expect=(never(GAC1) | p1(GAC1).be("80"), OUT.other_than(OFF_APP)),
    ),
    Case(
        id="CT-EC-016",
        title=Title("Balance taken from IAD, else GET DATA", "余额取自9F10"),
        clauses=(COMPLETION,),
        standing=Standing.REVIEW,
        applies=EC & (OFF | OWO),
        terminal=LIMITED,
        acts=(ecash_purchase(FIFTY),),
        runs={
            # Another balance than the card's own: it can only be from 9F10.
            "a": Run(
                card=BC_EC.when(GAC1, format_2(CID_TC, ATC_9F36, AC_9F26, IAD_WITH_BALANCE)),
                expect=(BALANCE_TOLD.be(12_345),),
            ),
            "b": Run(card=BC_EC, expect=(in_order(GAC1, BALANCE.time(2)),)),
        },
        expect=(),
    ),
    Case(
        id="CT-EC-017",
        title=Title("E-cash offline record uploads 9F74", "脱机流水上送9F74"),
        clauses=(UNIONPAY_POS[""],),
        standing=Standing.REVIEW,
        applies=EC & (OFF | OWO),
        terminal=LIMITED,
        card=BC_EC,
        acts=(purchase(FIFTY), SETTLEMENT),
        expect=(uploaded("9F74"),),
    ),
    Case(
        id="CT-EC-018",
        title=Title("Pure e-cash application (AID ...0106)", "纯电子现金应用"),
        clauses=(JRT_0025_13[""],),
        standing=Standing.ADVISORY,
        applies=EC & (OFF | OWO),
        terminal=LIMITED,
        card=BC_EC.but(aid_4F="A000000333010106"),
        runs={
            "a": Run(acts=(purchase(FIFTY),), expect=(OUT.be(OFF_APP),)),
            "b": Run(
                acts=(purchase(200_000),),
                expect=(OUT.among(OFF_DEC, TERM), no_h("AUTH")),
            ),
        },
        expect=(),
    ),
    Case(
        id="CT-EC-019",
        title=Title(
            "Offline data authentication failure in e-cash", "电子现金脱机认证失败"
        ),
        clauses=(JRT_0025_13["7.4"], EMV_BOOK_3["10.7"]),
        standing=Standing.REVIEW,
        applies=EC & OWO & DDA,
        terminal=LIMITED,
        # A signature of the right length that opens to nothing.
        card=BC_EC.when(IA, instead("808180" + "5A" * 128 + "9000")),
        acts=(purchase(FIFTY),),
        expect=(t1("1.4").be(1), p1(GAC1).be("80")),
    ),
    Case(
        id="CT-EC-020",
        title=Title("Balance enquiry", "电子现金余额查询"),
        clauses=(ANNEX,),
        standing=Standing.REVIEW,
        applies=EC,
        card=BC_EC,
        acts=(ECASH_BALANCE,),
        expect=(
            happens(command(f"SEL({AID1})")),
            happens(BALANCE),
            never(GAC),
            BALANCE_TOLD.be(50_000),
        ),
    ),
    Case(
        id="CT-EC-021",
        title=Title("Transaction log reading", "读取交易明细"),
        clauses=(LOG, ANNEX),
        standing=Standing.REVIEW,
        applies=LOGREAD,
        card=Card("BC-LOG"),
        # What is to be read must have been written: by a sale.
        acts=(purchase(), ECASH_LOG),
        expect=(
            in_order(command(f"SEL({AID1})"), gd("9F4F"), rr(11, 1)).in_transaction(2),
            LOG_READ_TO_THE_END.in_transaction(2),
            never(GAC).in_transaction(2),
            LOG_SHOWN.in_transaction(2),
        ),
    ),
    Case(
        id="CT-EC-022",
        title=Title("No log entry / bad log SFI", "无日志入口或SFI非法"),
        clauses=(LOG,),
        standing=Standing.REVIEW,
        applies=LOGREAD,
        acts=(ECASH_LOG,),
        runs={
            "a": Run(card=NO_PSE),
            "b": Run(card=NO_PSE.but(log_9F4D="0A0A")),
            "c": Run(card=NO_PSE.but(log_9F4D="1F0A")),
        },
        expect=(never(command("RR")), ui("NO LOG")),
    ),
    Case(
        id="CT-EC-024",
        title=Title("Foreign currency transaction", "非人民币交易"),
        clauses=(JRT_0025_13[""],),
        standing=Standing.ADVISORY,
        applies=EC,
        terminal=LIMITED.but(**{"transaction-currency": "0344"}),
        card=BC_EC,
        acts=(purchase(FIFTY),),
        # Debit/credit as the card decides: by action analysis, and as its answer says.
        expect=(pd("5F2A").be("0344"), TAA),
    ),
)
