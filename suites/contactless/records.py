"""Reading application data, and what its dates say (JR/T 0025.12 7.7; contactless facts, 1.7)."""

from suites.acts import tap
from suites.card_edits import added, record, without
from suites.case import Case, Run, Standing
from suites.clauses import EMV_BOOK_3, JRT_0025_12
from suites.conditions.combined import NOT_APPROVED
from suites.conditions.expectation import never
from suites.contactless_stimuli import (
    LAST_RECORD,
    NO_HOST,
    NO_RECORD,
    RECORDS,
    Q,
    located,
    refused,
)
from suites.ics_language import QPBOC
from suites.readings.outcome import OFF_APP, OFF_DEC, OUT, TERM
from suites.readings.screens import ui
from suites.readings.tap_session import RECORDS_READ
from suites.rules import GPO, ending, rr, sw
from suites.symbols import TODAY, YESTERDAY
from suites.words import Title

READING = (JRT_0025_12["7.7"].inferred(),)
LOCATOR = (EMV_BOOK_3["10.2"],)
EXPIRY = (JRT_0025_12["7.7.20"].inferred(),)
# Files that no card has, no record, the first behind the last, more records than there are, a rest.
WRONG_LOCATORS = {
    "02": ("AFL SFI 0", "AFL SFI=0", "00010100"),
    "03": ("AFL SFI 31", "AFL SFI=31", "F8010100"),
    "04": ("AFL record 0", "AFL记录号0", "10000100"),
    "05": ("AFL last<first", "AFL末<首", "10020100"),
    "06": ("AFL ODA count too big", "AFL脱机认证数过大", "10010102"),
    "07": ("AFL length not multiple of 4", "AFL长度非4倍数", "100101"),
}
TRACK_2 = "6210948000000000178D49122200000000123F"
CASES = (
    Case(
        id="CL-REC-01",
        title=Title("AFL order respected", "AFL顺序"),
        clauses=LOCATOR,
        applies=QPBOC,
        card=Q,
        acts=(tap(1000),),
        expect=(RECORDS_READ.be(RECORDS), OUT.be(OFF_APP)),
    ),
    *(
        Case(
            id=f"CL-REC-{number}",
            title=Title(en, zh),
            clauses=LOCATOR,
            applies=QPBOC,
            card=Q.when(GPO, located(afl)),
            acts=(tap(1000),),
            expect=refused(NO_RECORD),
        )
        for number, (en, zh, afl) in WRONG_LOCATORS.items()
    ),
    Case(
        id="CL-REC-08",
        title=Title("Record SW 6A83", "记录不存在"),
        clauses=READING,
        applies=QPBOC,
        runs={
            "a": Run(card=Q.when(rr(2, 6), sw("6A83"))),
            # Nor with its data, under a warning.
            "b": Run(card=Q.when(rr(2, 6), ending("6283"))),
        },
        acts=(tap(1000),),
        expect=refused(never(LAST_RECORD)),
    ),
    Case(
        id="CL-REC-09",
        title=Title("Record not template 70", "记录非70模板"),
        clauses=READING,
        applies=QPBOC,
        card=Q.edited(record(4, 1, "9F7406454343303031")),
        acts=(tap(1000),),
        expect=refused(NOT_APPROVED),
    ),
    Case(
        id="CL-REC-10",
        title=Title("Duplicate 5A", "重复5A"),
        clauses=READING,
        applies=QPBOC,
        card=Q.edited(added(2, 1, "5A", "6210948000000000178F")),
        acts=(tap(1000),),
        expect=refused(NOT_APPROVED),
    ),
    Case(
        id="CL-REC-11",
        title=Title("Duplicate 57 GPO+record", "57重复"),
        clauses=READING,
        applies=QPBOC,
        card=Q.edited(added(3, 4, "57", TRACK_2)),
        acts=(tap(1000),),
        expect=refused(NOT_APPROVED),
    ),
    Case(
        id="CL-REC-12",
        title=Title("Missing 9F74", "缺9F74"),
        clauses=READING,
        standing=Standing.ADVISORY,
        applies=QPBOC,
        card=Q.edited(without("9F74")),
        acts=(tap(1000),),
        expect=(NOT_APPROVED, NO_HOST),
    ),
    Case(
        id="CL-REC-13",
        title=Title("Expired card", "过期卡"),
        clauses=EXPIRY,
        applies=QPBOC,
        card=Q.but(expiry_5F24=YESTERDAY),
        acts=(tap(1000),),
        expect=(OUT.among(OFF_DEC, TERM), ui("EXPIRED"), NO_HOST),
    ),
    Case(
        id="CL-REC-14",
        title=Title("Expiry boundary", "有效期边界"),
        clauses=EXPIRY,
        standing=Standing.REVIEW,
        applies=QPBOC,
        card=Q.but(expiry_5F24=TODAY),
        acts=(tap(1000),),
        expect=(OUT.be(OFF_APP),),
    ),
    Case(
        id="CL-REC-15",
        title=Title("Two-digit year 49", "年份49=2049"),
        clauses=EXPIRY,
        standing=Standing.REVIEW,
        applies=QPBOC,
        card=Q.but(expiry_5F24="491231"),
        acts=(tap(1000),),
        expect=(OUT.be(OFF_APP),),
    ),
    Case(
        id="CL-REC-16",
        title=Title("Two-digit year 50", "年份50=1950"),
        clauses=EXPIRY,
        standing=Standing.REVIEW,
        applies=QPBOC,
        card=Q.but(expiry_5F24="501231"),
        acts=(tap(1000),),
        expect=(OUT.among(OFF_DEC, TERM), NO_HOST),
    ),
    Case(
        id="CL-REC-17",
        title=Title("Long record 200+ bytes", "长记录"),
        clauses=LOCATOR,
        applies=QPBOC,
        card=Q.edited(added(4, 1, "DF7E", "00" * 225)),
        acts=(tap(1000),),
        expect=(RECORDS_READ.be(RECORDS), OUT.be(OFF_APP)),
    ),
    Case(
        id="CL-REC-18",
        title=Title("Record read twice avoided", "记录不重复读取"),
        clauses=READING,
        standing=Standing.REVIEW,
        applies=QPBOC,
        card=Q,
        acts=(tap(1000),),
        expect=(RECORDS_READ.be(RECORDS), OUT.be(OFF_APP)),
    ),
)
