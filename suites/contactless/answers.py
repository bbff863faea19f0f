"""What the card decided, and the path (JR/T 0025.12 6.5.4 and 7.8; contactless facts, 1.6)."""

from suites.acts import tap
from suites.case import Case, Run, Standing
from suites.clauses import JRT_0025_12
from suites.conditions.combined import NOT_APPROVED
from suites.conditions.expectation import happens, never
from suites.conditions.taps import PATH, PRE
from suites.contactless_stimuli import (
    LOW,
    NO_HOST,
    NO_RECORD,
    PIN,
    REFERENCE,
    Q,
    approval,
    asking,
    refused,
)
from suites.ics_language import CLPBOC, MSD, OFF, ONLINE, OPIN, QPBOC, SIG
from suites.readings.host_session import f55, h
from suites.readings.outcome import OFF_APP, OFF_DEC, ON_APP, OUT
from suites.readings.screens import ui
from suites.readings.tap_session import DECIDED, RECORDS_LISTED, RECORDS_READ
from suites.rules import EA, GPO, IA, RR, command, rewritten
from suites.words import Title

DECISION = (JRT_0025_12["7.8"].inferred(),)
PATHS = (JRT_0025_12["6.5.4"].inferred(),)
GAC = command("GAC")
NOTHING_READ = refused(NO_RECORD)
# 9F10 of the card with one part changed: reserved bits of the CVR, a CVR of 4 bytes, half of it.
RESERVED_CVR = "07.01.01.03.B0.00.00.01.0A.01.00.00.03.00.00.00.00.00.00"
LONG_CVR = "07.01.01.04.03.90.00.00.01.0A"
HALF = "07.01.01.03.03"
CASES = (
    Case(
        id="CL-OUT-01",
        title=Title("Offline approval TC", "脱机批准"),
        clauses=DECISION,
        applies=QPBOC,
        card=Q,
        acts=(tap(1000),),
        expect=(
            DECIDED.be("TC"),
            RECORDS_READ.same_as(RECORDS_LISTED),
            OUT.be(OFF_APP),
            NO_HOST,
            PATH,
        ),
    ),
    Case(
        id="CL-OUT-02",
        title=Title("Online request ARQC", "联机请求"),
        clauses=DECISION,
        applies=QPBOC & ONLINE & OPIN,
        card=Q,
        acts=(tap(25000, pin=PIN),),
        expect=(
            DECIDED.be("ARQC"),
            NO_RECORD,
            ui("PIN"),
            h("AUTH"),
            f55("9F27").be("80"),
            OUT.be(ON_APP),
            PATH,
        ),
    ),
    Case(
        id="CL-OUT-03",
        title=Title("Decline AAC", "拒绝"),
        clauses=DECISION,
        applies=QPBOC & OFF & SIG,
        card=Q,
        acts=(tap(25000),),
        expect=(PRE, DECIDED.be("AAC"), NO_RECORD, OUT.be(OFF_DEC), NO_HOST),
    ),
    Case(
        id="CL-OUT-04",
        title=Title("CVR decides not CID", "以CVR为准"),
        clauses=DECISION,
        standing=Standing.ADVISORY,
        applies=QPBOC,
        card=Q.when(GPO, approval("9F27:80")),
        acts=(tap(1000),),
        # A kernel that takes 9F27 where it comes asks the host: recorded, no fault.
        expect=(OUT.be(OFF_APP) | h("AUTH"),),
    ),
    Case(
        id="CL-OUT-05",
        title=Title("Unknown CVR 11", "CVR保留值"),
        clauses=DECISION,
        standing=Standing.REVIEW,
        applies=QPBOC,
        card=Q.when(GPO, approval(f"9F10:{RESERVED_CVR}", but="9F10")),
        acts=(tap(1000),),
        expect=NOTHING_READ,
    ),
    Case(
        id="CL-OUT-06",
        title=Title("Missing 9F36", "缺少ATC"),
        clauses=DECISION,
        applies=QPBOC,
        card=Q.when(GPO, approval(but="9F36")),
        acts=(tap(1000),),
        expect=NOTHING_READ,
    ),
    Case(
        id="CL-OUT-07",
        title=Title("Missing 9F10", "缺少9F10"),
        clauses=DECISION,
        applies=QPBOC,
        card=Q.when(GPO, approval(but="9F10")),
        acts=(tap(1000),),
        expect=refused(),
    ),
    Case(
        id="CL-OUT-08",
        title=Title("Missing 9F26 qPBOC only", "无9F26-仅qPBOC"),
        clauses=PATHS,
        applies=QPBOC & ~CLPBOC,
        card=Q.when(GPO, approval(but="9F26")),
        acts=(tap(1000),),
        expect=(*NOTHING_READ, never(GAC), PATH),
    ),
    Case(
        id="CL-OUT-09",
        title=Title("Missing 9F26 with CLPBOC", "无9F26-支持非接PBOC"),
        clauses=PATHS,
        standing=Standing.REVIEW,
        applies=CLPBOC,
        card=REFERENCE,
        acts=(tap(1000, pin=PIN),),
        expect=(happens(RR), happens(GAC), PATH),
    ),
    Case(
        id="CL-OUT-10",
        title=Title("Missing 57 in ARQC", "联机缺57"),
        clauses=DECISION,
        standing=Standing.REVIEW,
        applies=QPBOC & ONLINE,
        card=LOW.when(GPO, asking(but="57")),
        acts=(tap(1000),),
        expect=refused(),
    ),
    Case(
        id="CL-OUT-11",
        title=Title("AFL missing in TC", "TC缺AFL"),
        clauses=DECISION,
        applies=QPBOC,
        card=Q.when(GPO, approval(but="94")),
        acts=(tap(1000),),
        expect=refused(),
    ),
    Case(
        id="CL-OUT-12",
        title=Title("AFL in ARQC ignored", "联机带AFL忽略"),
        clauses=DECISION,
        standing=Standing.REVIEW,
        applies=QPBOC & ONLINE,
        card=LOW.when(GPO, asking("94:10.01.01.00")),
        acts=(tap(1000),),
        expect=(h("AUTH"), OUT.be(ON_APP), never(GAC)),
    ),
    Case(
        id="CL-OUT-13",
        title=Title("Short 9F10", "9F10过短"),
        clauses=DECISION,
        standing=Standing.REVIEW,
        applies=QPBOC,
        card=Q.when(GPO, approval(f"9F10:{HALF}", but="9F10")),
        acts=(tap(1000),),
        expect=refused(),
    ),
    Case(
        id="CL-OUT-14",
        title=Title("9F10 CVR length byte not 03", "CVR长度异常"),
        clauses=DECISION,
        standing=Standing.ADVISORY,
        applies=QPBOC,
        card=Q.when(GPO, approval(f"9F10:{LONG_CVR}", but="9F10")),
        acts=(tap(1000),),
        expect=(NOT_APPROVED,),
    ),
    Case(
        id="CL-OUT-15",
        title=Title("MSD only card on 3.0 terminal", "MSD卡"),
        clauses=PATHS,
        standing=Standing.REVIEW,
        applies=QPBOC & ~MSD & ~CLPBOC,
        card=Q.when(GPO, rewritten("77", "82:00.80", "94")),
        acts=(tap(1000),),
        expect=(*refused(), PATH),
    ),
    Case(
        id="CL-OUT-16",
        title=Title("No GENERATE AC in qPBOC", "qPBOC无GENERATE AC"),
        clauses=DECISION,
        applies=QPBOC,
        card=Q,
        runs={
            "approval": Run(acts=(tap(1000),)),
            "online": Run(card=LOW, acts=(tap(1000),)),
            "decline": Run(card=Q.but(balance_9F79="000000000000"), acts=(tap(1000),)),
        },
        expect=(
            *(never(each) for each in (GAC, IA, EA)),
            never(command("SCR")),
            PATH,
        ),
    ),
)
