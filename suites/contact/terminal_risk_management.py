"""Terminal risk management: floor limit, random selection, velocity (EMV Book 3, 10.6)."""

from suites.acts import purchase, times
from suites.card_edits import held
from suites.case import AS_DECLARED, BC, Case, Run, Standing
from suites.clauses import EMV_BOOK_3, EMV_BOOK_4, JRT_0025_6
from suites.conditions.expectation import BASE, TAA, in_order, never
from suites.contact_cards import TEST_PAN
from suites.ics_language import EXCF, FORCE_ON, OFF, OWO, RTS, SAME_PAN_LOG, VEL
from suites.readings.card_session import d1, n, p1, s1, t1
from suites.readings.host_session import h
from suites.rules import GAC1, gd, sw
from suites.symbols import ABOVE_FLOOR, FLOOR
from suites.words import Title

RISK = JRT_0025_6["7.8"].inferred()
B3_FLOOR, B3_RANDOM, B3_VELOCITY = (
    EMV_BOOK_3[number] for number in ("10.6.1", "10.6.2", "10.6.3")
)
# An online-only terminal may have no floor limit check: there the bit is recorded only.
OVER_FLOOR = t1("4.8").be(1).under(OFF | OWO)
NEVER_ONLINE = held("9F13", "0000")
ATC, LAST_ONLINE = gd("9F36"), gd("9F13")
BOTH_LIMITS = BC.but(lower_9F14="03", upper_9F23="05")
NEW, LOWER_OVER, UPPER_OVER = t1("2.4").be(1), t1("4.7").be(1), t1("4.6").be(1)
NOT_NEW, LOWER_HELD, UPPER_HELD = t1("2.4").be(0), t1("4.7").be(0), t1("4.6").be(0)
# The baseline terminal of the catalogue (4.0): floor limit 100.00, threshold 30.00.
BASELINE = AS_DECLARED.but(floor_limit=10_000, random_threshold=3_000)

CASES = (
    Case(
        id="CT-TRM-001",
        title=Title("AIP b4=0: PBOC still performs risk management", "AIP未要求时仍执行风险管理"),
        clauses=(RISK, EMV_BOOK_3["10.6"]),
        standing=Standing.REVIEW,
        card=BC.but(aip_82="7400"),
        acts=(purchase(ABOVE_FLOOR),),
        expect=(
            OVER_FLOOR.by("risk-management", "always"),
            s1("1.4").be(1).by("risk-management", "always"),
            TAA,
        ),
    ),
    Case(
        id="CT-TRM-002",
        title=Title("Amount below floor limit", "低于最低限额"),
        clauses=(RISK, B3_FLOOR),
        acts=(purchase(FLOOR - 1),),
        expect=(t1("4.8").be(0), s1("1.4").be(1), BASE),
    ),
    Case(
        id="CT-TRM-003",
        title=Title("Amount equal to / above floor limit", "等于/高于最低限额"),
        clauses=(B3_FLOOR,),
        runs={
            "a": Run(acts=(purchase(FLOOR),)),
            "b": Run(acts=(purchase(FLOOR + 1),)),
        },
        expect=(
            OVER_FLOOR,
            TAA,
            p1(GAC1).be("80").under(OWO),
            p1(GAC1).be("00").under(OFF),
        ),
    ),
    Case(
        id="CT-TRM-004",
        title=Title("Zero floor limit", "零最低限额"),
        clauses=(B3_FLOOR,),
        terminal=AS_DECLARED.but(floor_limit=0),
        acts=(purchase(1),),
        expect=(OVER_FLOOR, TAA),
    ),
    Case(
        id="CT-TRM-005",
        title=Title("Split sales accumulated from the log", "分单交易累计"),
        clauses=(B3_FLOOR,),
        applies=SAME_PAN_LOG,
        terminal=AS_DECLARED.but(floor_limit=10_000),
        acts=times(2, purchase(6_000)),
        expect=(t1("4.8").be(0).in_transaction(1), t1("4.8").be(1).in_transaction(2)),
    ),
    Case(
        id="CT-TRM-006",
        title=Title("Random selection always (99/99)", "随机选择必选"),
        clauses=(RISK, B3_RANDOM),
        applies=RTS & OWO,
        terminal=BASELINE.but(random_target=99, random_maximum=99),
        acts=times(10, purchase(1_000)),
        expect=(t1("4.5").be(1), p1(GAC1).be("80")),
    ),
    Case(
        id="CT-TRM-007",
        title=Title("Random selection never (0/0)", "随机选择不选"),
        clauses=(B3_RANDOM,),
        applies=RTS,
        terminal=AS_DECLARED.but(random_target=0, random_maximum=0),
        acts=times(10, purchase(1_000)),
        expect=(t1("4.5").be(0),),
    ),
    Case(
        id="CT-TRM-008",
        title=Title(
            "Biased selection at the threshold and near the floor", "偏置随机选择边界"
        ),
        clauses=(B3_RANDOM,),
        standing=Standing.REVIEW,
        applies=RTS & OWO,
        terminal=BASELINE.but(random_target=0, random_maximum=99),
        runs={
            "a": Run(
                acts=times(20, purchase(3_000)), expect=(t1("4.5").be(0),)
            ),
            "b": Run(
                acts=times(20, purchase(9_999)), expect=(t1("4.5").count(1).between(17, 20),)
            ),
        },
        expect=(),
    ),
    Case(
        id="CT-TRM-009",
        title=Title("Random selection statistics", "随机选择统计"),
        clauses=(B3_RANDOM,),
        standing=Standing.REVIEW,
        applies=RTS & OWO,
        terminal=BASELINE.but(random_target=50, random_maximum=50),
        acts=times(200, purchase(1_000)),
        expect=(t1("4.5").count(1).between(70, 130),),
    ),
    Case(
        id="CT-TRM-010",
        title=Title("No random selection at or above the floor limit", "高于限额不随机选择"),
        clauses=(B3_RANDOM,),
        applies=RTS,
        terminal=BASELINE.but(random_target=99, random_maximum=99),
        acts=(purchase(15_000),),
        expect=(OVER_FLOOR, t1("4.5").be(0)),
    ),
    Case(
        id="CT-TRM-011",
        title=Title("Offline-only terminal: no random selection", "纯脱机终端不随机选择"),
        clauses=(B3_RANDOM,),
        standing=Standing.ADVISORY,
        applies=OFF,
        terminal=BASELINE.but(random_target=99, random_maximum=99),
        acts=(purchase(1_000),),
        expect=(t1("4.5").be(0), BASE),
    ),
    Case(
        id="CT-TRM-012",
        title=Title("Velocity check commands and within limits", "频度检查未超限"),
        clauses=(RISK, B3_VELOCITY),
        applies=VEL,
        card=BOTH_LIMITS.but(atc_9F36="000A", last_online_9F13="0008"),
        expect=(
            n(ATC).be(1),
            n(LAST_ONLINE).be(1),
            in_order(LAST_ONLINE, GAC1),
            LOWER_HELD,
            UPPER_HELD,
            NOT_NEW,
            BASE,
        ),
    ),
    Case(
        id="CT-TRM-013",
        title=Title("Lower limit boundary", "连续脱机下限边界"),
        clauses=(B3_VELOCITY,),
        applies=VEL,
        runs={
            "a": Run(
                card=BOTH_LIMITS.but(atc_9F36="000A", last_online_9F13="0007"),
                expect=(LOWER_HELD,),
            ),
            "b": Run(
                card=BOTH_LIMITS.but(atc_9F36="000A", last_online_9F13="0006"),
                expect=(LOWER_OVER,),
            ),
        },
        expect=(UPPER_HELD, TAA),
    ),
    Case(
        id="CT-TRM-014",
        title=Title("Upper limit boundary", "连续脱机上限边界"),
        clauses=(B3_VELOCITY,),
        applies=VEL,
        runs={
            "a": Run(
                card=BOTH_LIMITS.but(atc_9F36="000A", last_online_9F13="0005"),
                expect=(UPPER_HELD,),
            ),
            "b": Run(
                card=BOTH_LIMITS.but(atc_9F36="000A", last_online_9F13="0004"),
                expect=(UPPER_OVER,),
            ),
        },
        expect=(LOWER_OVER, TAA),
    ),
    Case(
        id="CT-TRM-015",
        title=Title("New card", "新卡"),
        clauses=(RISK, B3_VELOCITY),
        applies=VEL,
        card=BOTH_LIMITS.but(atc_9F36="0001", last_online_9F13="0000"),
        expect=(NEW, LOWER_HELD, TAA),
    ),
    Case(
        id="CT-TRM-016",
        title=Title("Only one of 9F14 / 9F23 present", "仅有9F14或9F23"),
        clauses=(B3_VELOCITY,),
        applies=VEL,
        runs={
            "a": Run(card=BC.but(lower_9F14="03").edited(NEVER_ONLINE)),
            "b": Run(card=BC.but(upper_9F23="05").edited(NEVER_ONLINE)),
        },
        expect=(
            never(ATC),
            never(LAST_ONLINE),
            LOWER_HELD,
            UPPER_HELD,
            NOT_NEW,
            BASE,
        ),
    ),
    Case(
        id="CT-TRM-017",
        title=Title("ATC not above last online ATC", "ATC不大于LOATC"),
        clauses=(B3_VELOCITY,),
        applies=VEL,
        runs={
            "a": Run(card=BOTH_LIMITS.but(atc_9F36="0008", last_online_9F13="0008")),
            "b": Run(card=BOTH_LIMITS.but(atc_9F36="0008", last_online_9F13="0009")),
        },
        expect=(LOWER_OVER, UPPER_OVER, NOT_NEW, TAA),
    ),
    Case(
        id="CT-TRM-018",
        title=Title("ATC or LOATC not returned", "GET DATA失败"),
        clauses=(B3_VELOCITY, EMV_BOOK_3["7.5"]),
        standing=Standing.REVIEW,
        applies=VEL,
        runs={
            "a": Run(card=BOTH_LIMITS.when(ATC, sw("6A88"))),
            "b": Run(card=BOTH_LIMITS.when(LAST_ONLINE, sw("6A88"))),
        },
        expect=(LOWER_OVER, UPPER_OVER, TAA),
    ),
    Case(
        id="CT-TRM-019",
        title=Title("LOATC = 0 although ATC unavailable", "LOATC为0且ATC不可读"),
        clauses=(B3_VELOCITY,),
        standing=Standing.REVIEW,
        applies=VEL,
        card=BOTH_LIMITS.but(last_online_9F13="0000").when(ATC, sw("6A88")),
        expect=(NEW, LOWER_OVER, UPPER_OVER, TAA),
    ),
    Case(
        id="CT-TRM-020",
        title=Title("Exception file hit", "异常文件(黑名单)命中"),
        clauses=(RISK, EMV_BOOK_4["6.3.5"]),
        applies=EXCF,
        terminal=AS_DECLARED.but(exception_file=TEST_PAN),
        expect=(t1("1.5").be(1), TAA),
    ),
    Case(
        id="CT-TRM-021",
        title=Title("Merchant forces online", "商户强制联机"),
        clauses=(RISK, EMV_BOOK_4["6.5.3"]),
        applies=FORCE_ON & OWO,
        acts=(purchase(force_online="yes"),),
        expect=(t1("4.4").be(1), p1(GAC1).be("80"), h("AUTH")),
    ),
    Case(
        id="CT-TRM-022",
        title=Title("Large amounts", "大金额"),
        clauses=(B3_FLOOR,),
        standing=Standing.REVIEW,
        acts=(purchase(9_999_999_999),),
        expect=(d1("9F02").be("009999999999"), OVER_FLOOR),
    ),
)
