"""Reversals: when they are due, what they say, how often they are sent (facts, 1.12)."""

from suites.acts import purchase
from suites.case import APPROVES, BC, Case, Residue, Standing
from suites.clauses import JRT_0025_6, UNIONPAY_POS
from suites.conditions.combined import NOT_APPROVED
from suites.conditions.messages import (
    between,
    carries,
    first_before,
    lacks,
    repeats,
    repeats_if_there,
)
from suites.conditions.resends import WITHIN_RESENDS
from suites.host_acts import VOID, refund
from suites.host_claims import IC
from suites.host_claims import REFUND as REFUNDS
from suites.host_claims import VOID as VOIDS
from suites.ics_language import DIRECT, ONLINE
from suites.model.terminal_leg import (
    NEVER_IN_REVERSAL,
    REVERSAL_REPEATS,
    REVERSAL_REPEATS_IF_THERE,
)
from suites.readings.card_session import d2, p1
from suites.readings.host_session import h
from suites.readings.legs import t
from suites.readings.outcome import ON_APP, ON_DEC, OUT
from suites.rules import (
    AAC,
    GAC1,
    GAC2,
    REFUND,
    REMOVAL,
    REVERSAL,
    SALE,
    SILENCE,
    answers,
    code,
)
from suites.symbols import ABOVE_FLOOR
from suites.words import Title

POS, TERMINAL = UNIONPAY_POS[""], JRT_0025_6[""]
ONLINE_SALE = purchase(ABOVE_FLOOR)
CHIP = DIRECT & IC & ONLINE
SILENT = APPROVES.when(SALE, SILENCE)
FIRST, ANY, REVERSALS = t("0200").time(1), t("0200"), t("0400")
BEFORE_NEXT = between(FIRST, REVERSALS, ANY)
OWES = (Residue.PENDING_REVERSAL,)
NO_POWER = "no device of this bench has a power port (port power) / 测试台无电源控制端口(power)"

CASES = (
    Case(
        id="HD-080",
        title=Title("No answer", "无应答超时"),
        clauses=(POS,),
        applies=CHIP,
        host=SILENT,
        acts=(ONLINE_SALE,),
        expect=(
            NOT_APPROVED,
            # Above the floor limit the TVR meets IAC-Default of the card: unable to go online,
            # declined.
            d2("8A").be("5A33"),
            p1(GAC2).be("00"),
            h("REV"),
            REVERSALS["39"].be("98"),
        ),
        leaves=OWES,
    ),
    Case(
        id="HD-081",
        title=Title("Reversal content", "冲正报文内容"),
        clauses=(POS,),
        standing=Standing.REVIEW,
        applies=CHIP,
        host=SILENT,
        acts=(ONLINE_SALE,),
        expect=(
            h("REV"),
            *repeats(REVERSALS, ANY, *REVERSAL_REPEATS),
            *repeats_if_there(REVERSALS, ANY, *REVERSAL_REPEATS_IF_THERE),
            lacks(REVERSALS, *NEVER_IN_REVERSAL),
            REVERSALS["55.9F36"].same_as(ANY["55.9F36"]),
            REVERSALS["mac"].be("valid"),
        ),
        leaves=OWES,
    ),
    Case(
        id="HD-082",
        title=Title("Reversal before next transaction", "冲正优先于下一笔"),
        clauses=(POS,),
        standing=Standing.REVIEW,
        applies=CHIP,
        host=SILENT,
        acts=(ONLINE_SALE, ONLINE_SALE),
        expect=(BEFORE_NEXT, OUT.be(ON_APP).in_transaction(2)),
        leaves=OWES,
    ),
    Case(
        id="HD-083",
        title=Title("Reversal retries then stop", "冲正重发次数"),
        clauses=(POS,),
        standing=Standing.REVIEW,
        applies=CHIP,
        host=SILENT.when(REVERSAL, SILENCE)
        .when(REVERSAL.time(2), SILENCE)
        .when(REVERSAL.time(3), SILENCE),
        acts=(ONLINE_SALE, *(ONLINE_SALE,) * 5),
        expect=(
            WITHIN_RESENDS,
            first_before(REVERSALS, ANY.time(2)),
            OUT.be(ON_APP).in_transaction(6),
        ),
        leaves=OWES,
    ),
    Case(
        id="HD-084",
        title=Title("Reversal answer 25/12", "冲正应答25/12视为完成"),
        clauses=(POS,),
        standing=Standing.ADVISORY,
        applies=CHIP,
        host=SILENT.when(REVERSAL, code("25")),
        acts=(ONLINE_SALE, ONLINE_SALE),
        expect=(REVERSALS.count().be(1),),
        leaves=OWES,
    ),
    Case(
        id="HD-085",
        title=Title("Late answer after time-out", "迟到应答"),
        clauses=(POS,),
        standing=Standing.REVIEW,
        applies=CHIP,
        # Longer than any terminal waits that is installed (1.12: typically 60 s).
        host=APPROVES.when(SALE, answers(delay_ms=65_000)),
        acts=(ONLINE_SALE, ONLINE_SALE),
        expect=(
            NOT_APPROVED.in_transaction(1),
            h("REV").in_transaction(1),
            REVERSALS["39"].be("98"),
            OUT.be(ON_APP).in_transaction(2),
        ),
        leaves=OWES,
    ),
    Case(
        id="HD-086",
        title=Title("Connection closed before answer", "链路断开"),
        clauses=(POS,),
        standing=Standing.REVIEW,
        applies=CHIP,
        host=APPROVES.when(SALE, answers(silence="yes", close="yes")),
        acts=(ONLINE_SALE, ONLINE_SALE),
        expect=(BEFORE_NEXT,),
        leaves=OWES,
    ),
    Case(
        id="HD-088",
        title=Title("Power cut after send", "发送后断电"),
        clauses=(POS,),
        standing=Standing.REVIEW,
        applies=CHIP,
        host=SILENT,
        acts=(ONLINE_SALE, ONLINE_SALE),
        expect=(BEFORE_NEXT,),
        leaves=OWES,
        withheld=NO_POWER,
    ),
    Case(
        id="HD-089",
        title=Title("Power cut after approval before GAC2", "批准后断电"),
        clauses=(TERMINAL,),
        standing=Standing.REVIEW,
        applies=CHIP,
        acts=(ONLINE_SALE, ONLINE_SALE),
        expect=(BEFORE_NEXT, REVERSALS["39"].among("06", "96", "98")),
        leaves=OWES,
        withheld=NO_POWER,
    ),
    Case(
        id="HD-090",
        title=Title("Card pulled out while waiting", "联机中拔卡"),
        clauses=(TERMINAL,),
        standing=Standing.REVIEW,
        applies=CHIP,
        # Gone when the ARQC is out, so before the host answers.
        card=BC.when(GAC1.answered(), REMOVAL),
        acts=(ONLINE_SALE,),
        expect=(NOT_APPROVED, h("REV"), REVERSALS["39"].among("06", "96", "98")),
        leaves=OWES,
    ),
    Case(
        id="HD-091",
        title=Title("Card declines after host approval", "主机批准卡拒绝"),
        clauses=(TERMINAL,),
        standing=Standing.REVIEW,
        applies=CHIP,
        card=BC.when(GAC2, AAC),
        acts=(ONLINE_SALE,),
        expect=(OUT.be(ON_DEC), h("REV"), REVERSALS["39"].among("06", "96")),
        leaves=OWES,
    ),
    Case(
        id="HD-092",
        title=Title("Void time-out reversal", "撤销的冲正"),
        clauses=(POS,),
        standing=Standing.REVIEW,
        applies=DIRECT & VOIDS & IC & ONLINE,
        host=APPROVES.when(SALE.time(2), SILENCE),
        acts=(ONLINE_SALE, VOID),
        expect=(
            REVERSALS.count().happens(),
            REVERSALS["60.1"].be("23"),
            carries(REVERSALS, 61),
        ),
        leaves=OWES,
    ),
    Case(
        id="HD-093",
        title=Title("No reversal for refund", "退货不冲正"),
        clauses=(POS,),
        applies=DIRECT & REFUNDS & IC & ONLINE,
        host=APPROVES.when(REFUND, SILENCE),
        acts=(ONLINE_SALE, refund()),
        expect=(t("0220").count().happens(), REVERSALS.count().never()),
        leaves=OWES,
    ),
)
