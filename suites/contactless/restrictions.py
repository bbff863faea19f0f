"""What else an offline approval of the card must pass (contactless facts, 1.9)."""

from suites.acts import tap
from suites.case import AS_DECLARED, Case, Standing
from suites.clauses import JRT_0025_12
from suites.contactless_stimuli import NO_HOST, Q
from suites.ics_language import EXCEPTION_FILE, QPBOC
from suites.readings.outcome import OFF_APP, OFF_DEC, OUT
from suites.words import Title

CLAUSES = (JRT_0025_12["7.8"].inferred(),)
PAN = "6210948000000000178"
LISTED = AS_DECLARED.but(exception_file=PAN)
CASES = (
    Case(
        id="CL-RES-01",
        title=Title("Exception file hit", "黑名单命中"),
        clauses=CLAUSES,
        applies=QPBOC & EXCEPTION_FILE,
        terminal=LISTED,
        card=Q,
        acts=(tap(1000),),
        expect=(OUT.be(OFF_DEC), NO_HOST),
    ),
    Case(
        id="CL-RES-02",
        title=Title("Exception file with PSN", "含序列号黑名单"),
        clauses=CLAUSES,
        standing=Standing.REVIEW,
        applies=QPBOC & EXCEPTION_FILE,
        terminal=AS_DECLARED.but(exception_file=f"{PAN}-02"),
        card=Q,
        acts=(tap(1000),),
        expect=(OUT.be(OFF_APP),),
    ),
    Case(
        id="CL-RES-05",
        title=Title("Effective date future", "未生效"),
        clauses=CLAUSES,
        standing=Standing.ADVISORY,
        applies=QPBOC,
        card=Q.but(effective_5F25="300101"),
        acts=(tap(1000),),
        # Declined or passed over: the facts know no rule of qPBOC.
        expect=(OUT.among(OFF_DEC, OFF_APP), NO_HOST),
    ),
    Case(
        id="CL-RES-06",
        title=Title("AUC not evaluated in qPBOC", "AUC不检查"),
        clauses=CLAUSES,
        standing=Standing.ADVISORY,
        applies=QPBOC,
        card=Q.but(usage_9F07="0000"),
        acts=(tap(1000),),
        expect=(OUT.be(OFF_APP),),
    ),
)
