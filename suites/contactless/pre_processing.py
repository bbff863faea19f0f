"""Pre-processing of the amount (JR/T 0025.12 6.2; contactless facts, 1.3)."""

from suites.acts import tap
from suites.case import AS_DECLARED, Case, Run, Standing
from suites.clauses import JRT_0025_12
from suites.conditions.expectation import never
from suites.conditions.taps import PRE
from suites.contactless_stimuli import LOW, NO_HOST, NOT_STARTED, OTHER_IF, PIN, Q
from suites.host_acts import tried
from suites.ics_language import (
    CL_CVM,
    CL_FLOOR,
    CL_TRANSACTION,
    CONTACT,
    MSD,
    OFF,
    ONLINE,
    OPIN,
    QPBOC,
    SIG,
    STATUS,
)
from suites.readings.host_session import f55, h
from suites.readings.outcome import OFF_APP, OUT
from suites.readings.screens import ui
from suites.readings.tap_session import RECORDS_READ, tpd, ttq
from suites.rules import GPO
from suites.words import Title

CLAUSES = (JRT_0025_12["6.2"].inferred(),)
TRANSACTION_200 = AS_DECLARED.but(contactless_transaction_limit=20000)
CVM_100 = AS_DECLARED.but(contactless_cvm_limit=10000)
FLOOR_100 = AS_DECLARED.but(contactless_floor_limit=10000)
FLOOR_500 = AS_DECLARED.but(contactless_floor_limit=50000)
CHECKS_STATUS = AS_DECLARED.but(contactless_status_check="on")
CHECKS_NO_STATUS = AS_DECLARED.but(contactless_status_check="off")
NOT_TAKEN = (
    never(GPO),
    PRE,
    OUT.among(OTHER_IF, NOT_STARTED),
)
CASES = (
    Case(
        id="CL-PRE-01",
        title=Title("Below all limits", "预处理-低于全部限额"),
        clauses=CLAUSES,
        applies=QPBOC,
        card=Q,
        acts=(tap(1000),),
        expect=(PRE, ttq("2.8").be(0), ttq("2.7").be(0), OUT.be(OFF_APP)),
    ),
    Case(
        id="CL-PRE-02",
        title=Title("Contactless limit minus 1", "交易限额-1"),
        clauses=CLAUSES,
        applies=QPBOC & CL_TRANSACTION,
        card=Q,
        terminal=TRANSACTION_200,
        acts=(tap(19999, pin=PIN),),
        expect=(tpd("9F02").be("000000019999"), PRE),
    ),
    Case(
        id="CL-PRE-03",
        title=Title("Contactless limit equal", "等于交易限额"),
        clauses=CLAUSES,
        applies=QPBOC & CL_TRANSACTION,
        card=Q,
        terminal=TRANSACTION_200,
        acts=(tried(tap(20000, pin=PIN)),),
        expect=(*NOT_TAKEN, ui("INSERT CARD").under(CONTACT)),
    ),
    Case(
        id="CL-PRE-04",
        title=Title("Contactless limit above", "超交易限额"),
        clauses=CLAUSES,
        applies=QPBOC & CL_TRANSACTION,
        card=Q,
        terminal=TRANSACTION_200,
        acts=(tried(tap(20001, pin=PIN)),),
        expect=(*NOT_TAKEN, ui("INSERT CARD").under(CONTACT)),
    ),
    Case(
        id="CL-PRE-05",
        title=Title("CVM limit minus 1", "CVM限额-1"),
        clauses=CLAUSES,
        applies=QPBOC & CL_CVM,
        card=Q,
        terminal=CVM_100,
        acts=(tap(9999),),
        expect=(ttq("2.7").be(0), PRE),
    ),
    Case(
        id="CL-PRE-06",
        title=Title("CVM limit equal", "等于CVM限额"),
        clauses=CLAUSES,
        applies=QPBOC & CL_CVM & (OPIN | SIG),
        card=Q,
        terminal=CVM_100,
        acts=(tap(10000, pin=PIN),),
        expect=(
            ttq("2.7").be(1),
            ttq("1.3").be(1).under(OPIN),
            ttq("1.2").be(1).under(SIG),
            PRE,
        ),
    ),
    Case(
        id="CL-PRE-07",
        title=Title("CVM limit above", "高于CVM限额"),
        clauses=CLAUSES,
        applies=QPBOC & CL_CVM,
        card=Q,
        terminal=CVM_100,
        acts=(tap(15000, pin=PIN),),
        expect=(ttq("2.7").be(1), PRE),
    ),
    Case(
        id="CL-PRE-08",
        title=Title("Floor limit equal", "等于脱机限额"),
        clauses=CLAUSES,
        applies=QPBOC & CL_FLOOR,
        card=Q,
        terminal=FLOOR_100,
        acts=(tap(10000),),
        expect=(ttq("2.8").be(0), PRE),
    ),
    Case(
        id="CL-PRE-09",
        title=Title("Floor limit above", "超脱机限额"),
        clauses=CLAUSES,
        applies=QPBOC & CL_FLOOR & ONLINE,
        card=Q,
        terminal=FLOOR_100,
        acts=(tap(10001, pin=PIN),),
        expect=(ttq("2.8").be(1), RECORDS_READ.be("-"), PRE),
    ),
    Case(
        id="CL-PRE-10",
        title=Title("Floor limit from 9F1B", "使用9F1B"),
        clauses=CLAUSES,
        standing=Standing.REVIEW,
        applies=QPBOC & ONLINE & ~CL_FLOOR,
        card=Q,
        terminal=AS_DECLARED.but(floor_limit=10000),
        acts=(tried(tap(10001, pin=PIN)),),
        # A terminal that holds 9F1B by AID does not know it before selection: it asks no card.
        expect=(ttq("2.8").be(1) | OUT.among(OTHER_IF, NOT_STARTED),),
    ),
    Case(
        id="CL-PRE-11",
        title=Title("Status check one unit", "状态检查"),
        clauses=CLAUSES,
        applies=QPBOC & STATUS & ONLINE,
        card=Q,
        terminal=CHECKS_STATUS,
        acts=(tap(100),),
        expect=(ttq("2.8").be(1), PRE, h("AUTH"), f55("9F27").be("80")),
    ),
    Case(
        id="CL-PRE-12",
        title=Title("Status check off by default", "状态检查默认关闭"),
        clauses=CLAUSES,
        applies=QPBOC,
        card=Q,
        runs={"a": Run(), "b": Run(terminal=CHECKS_NO_STATUS)},
        acts=(tap(100),),
        expect=(ttq("2.8").be(0), PRE),
    ),
    Case(
        id="CL-PRE-13",
        title=Title("Status check not triggered by 2.00", "非一元不触发"),
        clauses=CLAUSES,
        applies=QPBOC & STATUS,
        card=Q,
        terminal=CHECKS_STATUS,
        acts=(tap(200),),
        expect=(ttq("2.8").be(0), PRE),
    ),
    Case(
        id="CL-PRE-14",
        title=Title("Zero amount online terminal", "零金额-联机终端"),
        clauses=CLAUSES,
        standing=Standing.REVIEW,
        applies=QPBOC & ONLINE,
        card=Q,
        acts=(tap(0),),
        expect=(tpd("9F02").be("000000000000"), ttq("2.8").be(1), PRE),
    ),
    Case(
        id="CL-PRE-15",
        title=Title("Zero amount offline terminal", "零金额-脱机终端"),
        clauses=CLAUSES,
        standing=Standing.REVIEW,
        applies=QPBOC & OFF,
        card=Q,
        acts=(tried(tap(0)),),
        expect=NOT_TAKEN,
    ),
    Case(
        id="CL-PRE-16",
        title=Title("Offline-only terminal TTQ", "仅脱机终端TTQ"),
        clauses=CLAUSES,
        applies=QPBOC & OFF,
        card=Q,
        acts=(tap(1000),),
        expect=(ttq("1.4").be(1), ttq("2.8").be(0), PRE, NO_HOST),
    ),
    Case(
        id="CL-PRE-17",
        title=Title("RFU bits zero", "RFU位为0"),
        clauses=CLAUSES,
        standing=Standing.REVIEW,
        applies=QPBOC,
        card=Q,
        acts=(tap(1000),),
        expect=(
            *(ttq(which).be(0) for which in ("1.1", "2.6", "2.5", "2.4", "2.3", "2.2", "2.1")),
            *(ttq(f"3.{place}").be(0) for place in range(1, 9)),
            *(ttq(f"4.{place}").be(0) for place in range(1, 8)),
            PRE,
        ),
    ),
    Case(
        id="CL-PRE-18",
        title=Title("MSD bit absent in 3.0 terminal", "3.0终端不支持MSD"),
        clauses=CLAUSES,
        standing=Standing.REVIEW,
        applies=QPBOC & ~MSD,
        card=Q,
        acts=(tap(1000),),
        expect=(ttq("1.8").be(0), PRE),
    ),
    Case(
        id="CL-PRE-19",
        title=Title("Pre-processing repeated per tap", "每笔预处理"),
        clauses=CLAUSES,
        standing=Standing.REVIEW,
        applies=QPBOC & CL_FLOOR & ONLINE,
        card=Q,
        terminal=FLOOR_500,
        acts=(tap(1000), tap(50001, pin=PIN)),
        expect=(
            ttq("2.8").be(0).in_transaction(1),
            ttq("2.8").be(1).in_transaction(2),
            PRE,
        ),
    ),
    Case(
        id="CL-PRE-20",
        title=Title("Mask of supported capability", "终端能力屏蔽"),
        clauses=CLAUSES,
        standing=Standing.REVIEW,
        applies=QPBOC & CL_CVM & ~OPIN,
        card=LOW,
        terminal=CVM_100,
        acts=(tap(10000),),
        expect=(ttq("1.3").be(0), ttq("2.7").be(1), PRE),
    ),
)
