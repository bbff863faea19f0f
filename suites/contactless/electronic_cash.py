"""Electronic cash of the dual-interface card over its contacts: paid, asked for, its log read."""

from suites.acts import ECASH_BALANCE, ECASH_LOG, Act, Verb, purchase
from suites.case import AS_DECLARED, Card, Case, Standing
from suites.clauses import JRT_0025_5, JRT_0025_13
from suites.conditions.expectation import happens, in_order, never
from suites.conditions.log_reading import LOG_READ_TO_THE_END, LOG_SHOWN
from suites.contact_stimuli import with_script
from suites.contactless_stimuli import PIN
from suites.ics_language import EC, LOAD_DESIGNATED, LOGREAD, OFF, ONLINE, OPIN
from suites.readings.card_session import p1, pd
from suites.readings.host_session import h
from suites.readings.outcome import OFF_APP, OUT
from suites.readings.screens import BALANCE_TOLD, ui
from suites.rules import GAC1, GPO, gd, rr
from suites.words import Title

TEN = 1_000
REFERENCE = Card("REFERENCE")
# Just above the threshold of the card before the sale, and below it after.
LOW = REFERENCE.but(balance_9F79="000000005400")
# From the account of the card, with its PIN.
LOAD_OF_TEN = Act(Verb.LOAD, (("amount", TEN), ("kind", "designated"), ("pin", PIN)))
# PUT DATA 9F79: the balance of the card and what is loaded.
LOADS = with_script("72", "04DA9F790A" + "000000031000")
LIMITED = AS_DECLARED.but(**{"ecash-limit": 20_000})
# Part 6: of the e-cash path over contacts alone.
ECASH_RECORD = (3, 3)
BALANCE, THRESHOLD = gd("9F79"), gd("9F6D")
LIMIT, DECISION = JRT_0025_13["7.5"], JRT_0025_13["7.4.4"]
ANNEX, LOG = JRT_0025_13["C"], JRT_0025_5["18"]

CASES = (
    Case(
        id="CL-EC-01",
        title=Title("Indicator set when eligible", "电子现金指示位置位"),
        clauses=(LIMIT,),
        applies=EC,
        terminal=LIMITED,
        card=REFERENCE,
        acts=(purchase(TEN),),
        # The record of the e-cash path alone: its AFL was given.
        expect=(pd("9F7A").be("01"), happens(rr(*ECASH_RECORD)), OUT.be(OFF_APP)),
    ),
    Case(
        id="CL-EC-02",
        title=Title("Indicator not set at the limit", "等于限额不置电子现金指示器"),
        clauses=(LIMIT,),
        standing=Standing.REVIEW,
        applies=EC,
        terminal=AS_DECLARED.but(**{"ecash-limit": 10_000}),
        card=REFERENCE,
        acts=(purchase(10_000),),
        expect=(pd("9F7A").be("00"),),
    ),
    Case(
        id="CL-EC-04",
        title=Title("Floor limit where there is no 9F7B", "无9F7B用最低限额"),
        clauses=(LIMIT,),
        standing=Standing.REVIEW,
        applies=EC,
        terminal=AS_DECLARED.but(ecash_limit="absent", floor_limit=20_000),
        card=REFERENCE,
        acts=(purchase(10_000),),
        expect=(pd("9F7A").be("01"),),
    ),
    Case(
        id="CL-EC-07",
        title=Title("Balance and threshold are asked for", "读取余额与阈值"),
        clauses=(DECISION,),
        standing=Standing.REVIEW,
        applies=EC,
        terminal=LIMITED,
        card=REFERENCE,
        acts=(purchase(TEN),),
        expect=(in_order(BALANCE, GAC1), in_order(THRESHOLD, GAC1)),
    ),
    Case(
        id="CL-EC-08",
        title=Title("Enough balance: a TC offline", "余额充足脱机TC"),
        clauses=(DECISION,),
        applies=EC,
        terminal=LIMITED,
        card=REFERENCE,
        acts=(purchase(TEN),),
        expect=(p1(GAC1).be("40"), OUT.be(OFF_APP)),
    ),
    Case(
        id="CL-EC-09",
        title=Title("Below the threshold, able to go online", "低于阈值且可联机"),
        clauses=(DECISION,),
        applies=EC & ONLINE & OPIN,
        terminal=LIMITED,
        card=LOW,
        acts=(purchase(TEN, pin=PIN),),
        expect=(ui("PIN"), p1(GAC1).be("80"), h("AUTH")),
    ),
    Case(
        id="CL-EC-10",
        title=Title("Below the threshold, offline only", "低于阈值仅脱机"),
        clauses=(DECISION,),
        applies=EC & OFF,
        terminal=LIMITED,
        card=LOW,
        acts=(purchase(TEN),),
        expect=(p1(GAC1).be("40"),),
    ),
    Case(
        id="CL-LOAD-01",
        title=Title("Balance inquiry", "余额查询"),
        clauses=(ANNEX,),
        applies=EC,
        card=REFERENCE,
        acts=(ECASH_BALANCE,),
        expect=(happens(BALANCE), never(GPO), BALANCE_TOLD.be(30_000)),
    ),
    Case(
        id="CL-LOAD-08",
        title=Title("A load is debit/credit", "圈存走借记贷记"),
        clauses=(ANNEX,),
        standing=Standing.REVIEW,
        applies=EC & LOAD_DESIGNATED,
        card=REFERENCE,
        host=LOADS,
        acts=(LOAD_OF_TEN,),
        expect=(pd("9F7A").be("00"), never(rr(*ECASH_RECORD)), p1(GAC1).be("80")),
    ),
    Case(
        id="CL-LOAD-02",
        title=Title("Log reading", "日志读取"),
        clauses=(LOG, ANNEX),
        applies=LOGREAD,
        card=REFERENCE,
        # What is to be read must have been written: by a sale.
        acts=(purchase(TEN), ECASH_LOG),
        expect=(
            LOG_READ_TO_THE_END.in_transaction(2),
            LOG_SHOWN.in_transaction(2),
        ),
    ),
)
