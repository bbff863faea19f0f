"""The card is lost, and comes back or another one (contactless facts, 1.6 and 1.10)."""

from suites.acts import SECOND_CARD, present, tap
from suites.case import Case, Run, Standing
from suites.clauses import JRT_0025_12
from suites.conditions.taps import APPROVALS_PAID, paid_in_all
from suites.contactless_stimuli import (
    ADF,
    LAST_RECORD,
    NO_HOST,
    PIN,
    RETAP,
    SELECT_PPSE,
    Q,
)
from suites.ics_language import BUS, ONLINE, QPBOC
from suites.readings.outcome import OFF_APP, OUT
from suites.readings.screens import ui
from suites.readings.tap_session import FIRST_COMMAND, got
from suites.rules import ANSWER_LOST, GPO, REMOVAL, rr
from suites.words import Title

LEFT = (JRT_0025_12["6.5.2"].inferred(),)
TORN = (JRT_0025_12[""],)
# The card has done what it was asked, and nobody hears it say so.
COMMITTED = Q.when(LAST_RECORD, ANSWER_LOST)
OTHER_CARD = Q.but(
    pan_5A="6210948000000011",
    track_57="6210948000000011D49122200000000123",
    # As much less as the first card would have paid.
    balance_9F79="000000029000",
)
CASES = (
    Case(
        id="CL-ACT-08",
        title=Title("Card lost before GPO", "GPO前移卡"),
        clauses=LEFT,
        applies=QPBOC,
        card=Q.when(ADF.answered(), REMOVAL),
        runs={
            "a": Run(acts=(tap(1000),), expect=(OUT.be(RETAP),)),
            "b": Run(acts=(tap(1000, retap=1),), expect=(OUT.be(OFF_APP),)),
        },
        expect=(ui("TRY AGAIN"), NO_HOST, FIRST_COMMAND.be(SELECT_PPSE)),
    ),
    Case(
        id="CL-TORN-01",
        title=Title("Torn at last record, balance changed", "末记录中断已扣款"),
        clauses=TORN,
        standing=Standing.REVIEW,
        applies=QPBOC & BUS,
        card=COMMITTED,
        acts=(tap(1000, retap=1),),
        expect=(
            ui("TRY AGAIN"),
            got("9F79").among(30000, 29000),
            OUT.be(OFF_APP),
            paid_in_all(1),
            APPROVALS_PAID,
        ),
    ),
    Case(
        id="CL-TORN-02",
        title=Title("Torn at last record, balance same", "末记录中断未扣款"),
        clauses=TORN,
        standing=Standing.REVIEW,
        applies=QPBOC,
        card=Q.when(LAST_RECORD, REMOVAL),
        acts=(tap(1000, retap=1),),
        expect=(ui("TRY AGAIN"), OUT.be(OFF_APP), paid_in_all(1), APPROVALS_PAID),
    ),
    Case(
        id="CL-TORN-03",
        title=Title("Torn at first record", "首记录中断"),
        clauses=TORN,
        applies=QPBOC,
        card=Q.when(rr(2, 1), REMOVAL),
        acts=(tap(1000, retap=1),),
        expect=(ui("TRY AGAIN"), OUT.be(OFF_APP), paid_in_all(1), APPROVALS_PAID),
    ),
    Case(
        id="CL-TORN-04",
        title=Title("Torn, other card re-tapped", "中断后换卡"),
        clauses=TORN,
        standing=Standing.REVIEW,
        applies=QPBOC & BUS,
        card=COMMITTED,
        second=OTHER_CARD,
        acts=(tap(1000), present(SECOND_CARD), tap(1000)),
        expect=(
            OUT.be(RETAP).in_transaction(1),
            ui("DOUBTFUL").in_transaction(2),
            APPROVALS_PAID,
        ),
    ),
    Case(
        id="CL-TORN-05",
        title=Title("No double approval", "不重复扣款"),
        clauses=TORN,
        applies=QPBOC,
        card=COMMITTED,
        acts=(tap(1000, retap=1), tap(1000)),
        expect=(paid_in_all(2), APPROVALS_PAID),
    ),
    Case(
        id="CL-TORN-06",
        title=Title("Torn ARQC", "联机中断"),
        clauses=TORN,
        applies=QPBOC & ONLINE,
        card=Q.when(GPO, REMOVAL),
        acts=(tap(25000, pin=PIN),),
        expect=(ui("TRY AGAIN"), OUT.be(RETAP), NO_HOST),
    ),
    Case(
        id="CL-TIME-04",
        title=Title("Re-presentation during processing", "处理中重新贴卡"),
        clauses=TORN,
        standing=Standing.REVIEW,
        applies=QPBOC,
        card=Q.when(rr(2, 6).answered(), REMOVAL),
        acts=(tap(1000, retap=1),),
        expect=(
            ui("TRY AGAIN"),
            FIRST_COMMAND.be(SELECT_PPSE),
            OUT.be(OFF_APP),
            paid_in_all(1),
        ),
    ),
)
