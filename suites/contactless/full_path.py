"""Contactless debit/credit: the full course without contacts (contactless facts, 1.12)."""

from suites.acts import tap
from suites.case import Case, Standing
from suites.clauses import JRT_0025_12
from suites.conditions.expectation import happens, in_order, never
from suites.conditions.taps import PATH
from suites.contact_stimuli import with_script
from suites.contactless_stimuli import PIN, REFERENCE
from suites.ics_language import CLPBOC, ONLINE
from suites.readings.host_session import h
from suites.rules import GAC1, GAC2, IA, SALE, VER, scr
from suites.words import Title

CLAUSES = (JRT_0025_12["6.5.4"].inferred(),)
CASES = (
    Case(
        id="CL-PATH-01",
        title=Title("CLPBOC path full flow", "非接PBOC全流程"),
        clauses=CLAUSES,
        standing=Standing.REVIEW,
        applies=CLPBOC,
        card=REFERENCE,
        acts=(tap(1000, pin=PIN),),
        expect=(happens(IA), happens(GAC1), PATH),
    ),
    Case(
        id="CL-PATH-02",
        title=Title("CLPBOC no offline PIN", "非接无脱机PIN"),
        clauses=CLAUSES,
        standing=Standing.REVIEW,
        applies=CLPBOC,
        # Plaintext PIN first, else the next rule: no verification.
        card=REFERENCE.but(cvm_list_8E="000000000000000041031F00"),
        acts=(tap(1000, pin=PIN),),
        expect=(never(VER), happens(GAC1)),
    ),
    Case(
        id="CL-PATH-03",
        title=Title("CLPBOC script delivery", "非接PBOC脚本"),
        clauses=CLAUSES,
        standing=Standing.REVIEW,
        applies=CLPBOC & ONLINE,
        card=REFERENCE,
        host=with_script("72", "04DA9F7906000000010000"),
        acts=(tap(25000, pin=PIN),),
        expect=(h("AUTH"), in_order(GAC1, SALE, GAC2, scr(1))),
    ),
)
