"""Where nobody attends: kiosks and buses (contactless facts, part 5)."""

from suites.acts import tap, times
from suites.case import Case, Run, Standing
from suites.clauses import JRT_0025_12, JRT_0025_14
from suites.conditions.expectation import never
from suites.conditions.message_content import steps_by_one
from suites.conditions.taps import APPROVALS_PAID, PRE, paid_in_all
from suites.contactless_stimuli import NEEDS_RF, NO_HOST, NO_RECORD, NOT_STARTED, OTHER_IF, Q
from suites.host_acts import tried
from suites.ics_language import ATT, BUS, CAPP, OFF, QPBOC
from suites.readings.outcome import OFF_APP, OFF_DEC, OUT
from suites.readings.screens import ui
from suites.readings.tap_session import ATC, ttq
from suites.rules import GPO
from suites.words import Title

CLAUSES = (JRT_0025_12[""],)
NO_EXTENDED_CARD = "no card of this bench has an extended application / 测试台尚无含扩展应用的卡片"
CASES = (
    Case(
        id="CL-UNAT-01",
        title=Title("Unattended kiosk, no PIN pad", "无人值守"),
        clauses=CLAUSES,
        standing=Standing.REVIEW,
        applies=QPBOC & OFF & ~ATT,
        card=Q,
        runs={
            "a": Run(
                acts=(tap(500),),
                expect=(ttq("1.4").be(1), ttq("1.3").be(0), ttq("1.2").be(0), OUT.be(OFF_APP)),
            ),
            # Amounts above the limits are refused without the card.
            "b": Run(
                acts=(tried(tap(50001)),),
                expect=(never(GPO), OUT.among(OTHER_IF, NOT_STARTED)),
            ),
        },
        expect=(NO_HOST,),
    ),
    Case(
        id="CL-UNAT-02",
        title=Title("Bus fare end-to-end time", "公交交易时间"),
        clauses=CLAUSES,
        standing=Standing.ADVISORY,
        applies=QPBOC & BUS,
        card=Q,
        acts=(tap(200),),
        expect=(OUT.be(OFF_APP),),
        withheld=NEEDS_RF,
    ),
    Case(
        id="CL-UNAT-03",
        title=Title("Bus balance check before deduct", "余额不足提示"),
        clauses=CLAUSES,
        standing=Standing.REVIEW,
        applies=QPBOC & BUS & OFF,
        card=Q.but(balance_9F79="000000000100"),
        acts=(tap(200),),
        expect=(OUT.be(OFF_DEC), ui("BALANCE LOW"), NO_RECORD, NO_HOST),
    ),
    Case(
        id="CL-UNAT-04",
        title=Title("Extended entry zero amount", "分段进站"),
        clauses=(JRT_0025_14[""],),
        standing=Standing.REVIEW,
        applies=CAPP,
        card=Q,
        acts=(tap(0),),
        expect=(PRE,),
        withheld=NO_EXTENDED_CARD,
    ),
    Case(
        id="CL-TIME-05",
        title=Title("Repeated 20 transactions", "连续20笔"),
        clauses=CLAUSES,
        standing=Standing.REVIEW,
        applies=QPBOC,
        card=Q,
        acts=times(20, tap(10)),
        expect=(OUT.be(OFF_APP), steps_by_one(ATC), paid_in_all(20), APPROVALS_PAID),
    ),
)
