"""Processing restrictions: versions, usage control, dates (JR/T 0025.6 7.6; EMV Book 3, 10.4)."""

from suites.acts import cash, purchase
from suites.card_edits import without
from suites.case import BC, Case, Run, Standing
from suites.clauses import EMV_BOOK_3, EMV_BOOK_4, JRT_0025_6
from suites.conditions.expectation import BASE, TAA
from suites.ics_language import ATM, CASH, CASHBACK, OFF, ONLINE, OWO
from suites.readings.card_session import p1, t1
from suites.readings.host_session import f55_bit
from suites.readings.outcome import OFF_DEC, ON_APP, OUT
from suites.readings.sent_data import t1_under
from suites.rules import GAC1
from suites.symbols import TODAY, TOMORROW, YESTERDAY
from suites.words import Title

VERSION, USAGE, EFFECTIVE, EXPIRY = (
    JRT_0025_6[number].inferred() for number in ("7.6.3", "7.6.4", "7.6.5", "7.6.6")
)
B3_ALL, B3_VERSION, B3_USAGE, B3_DATES = (
    EMV_BOOK_3[number] for number in ("10.4", "10.4.1", "10.4.2", "10.4.3")
)
DENIED = (p1(GAC1).be("00"), OUT.be(OFF_DEC))
ALLOWED = (t1("2.5").be(0), BASE)
BARRED = (t1("2.5").be(1), TAA)
HONG_KONG = "0344"

CASES = (
    Case(
        id="CT-PR-001",
        title=Title("Application version equal", "应用版本一致"),
        clauses=(VERSION, B3_VERSION),
        card=BC.but(version_9F08="0020"),
        expect=(t1("2.8").be(0), BASE),
    ),
    Case(
        id="CT-PR-002",
        title=Title("Application version different", "应用版本不一致"),
        clauses=(VERSION, B3_VERSION),
        card=BC.but(version_9F08="0001"),
        expect=(t1("2.8").be(1), TAA),
    ),
    Case(
        id="CT-PR-003",
        title=Title("9F08 absent", "无9F08"),
        clauses=(B3_VERSION,),
        card=BC.edited(without("9F08")),
        expect=(t1("2.8").be(0), BASE),
    ),
    Case(
        id="CT-PR-004",
        title=Title("Application usage control absent", "无9F07"),
        clauses=(USAGE, B3_USAGE),
        card=BC.edited(without("9F07")),
        expect=ALLOWED,
    ),
    Case(
        id="CT-PR-005",
        title=Title("Usage control: not valid at terminals other than ATMs", "AUC不允许非ATM"),
        clauses=(B3_USAGE,),
        applies=~ATM,
        card=BC.but(usage_9F07="FE00"),
        expect=(t1("2.5").be(1), *DENIED),
    ),
    Case(
        id="CT-PR-006",
        title=Title("Usage control: not valid at ATMs", "AUC不允许ATM"),
        clauses=(B3_USAGE,),
        applies=ATM,
        card=BC.but(usage_9F07="FD00"),
        acts=(cash(),),
        expect=BARRED,
    ),
    Case(
        id="CT-PR-007",
        title=Title(
            "Usage control: domestic goods and services both barred", "AUC禁止国内商品服务"
        ),
        clauses=(B3_USAGE,),
        card=BC.but(usage_9F07="D700", issuer_country_5F28="0156"),
        expect=BARRED,
    ),
    Case(
        id="CT-PR-008",
        title=Title(
            "Usage control: only one of goods and services allowed", "AUC仅允许商品或服务"
        ),
        clauses=(B3_USAGE,),
        standing=Standing.REVIEW,
        runs={
            "a": Run(card=BC.but(usage_9F07="F700")),
            "b": Run(card=BC.but(usage_9F07="DF00")),
        },
        expect=ALLOWED,
    ),
    Case(
        id="CT-PR-009",
        title=Title("Usage control: international use barred", "AUC禁止国际使用"),
        clauses=(B3_USAGE,),
        card=BC.but(usage_9F07="EB00", issuer_country_5F28=HONG_KONG),
        expect=BARRED,
    ),
    Case(
        id="CT-PR-010",
        title=Title("Usage control: international use allowed", "AUC允许国际使用"),
        clauses=(B3_USAGE,),
        card=BC.but(usage_9F07="FF00", issuer_country_5F28=HONG_KONG),
        expect=ALLOWED,
    ),
    Case(
        id="CT-PR-011",
        title=Title("Usage control present, issuer country absent", "有AUC无5F28"),
        clauses=(B3_USAGE,),
        applies=~ATM,
        card=BC.but(usage_9F07="0100").edited(without("5F28")),
        expect=ALLOWED,
    ),
    Case(
        id="CT-PR-012",
        title=Title("Usage control: domestic cash barred", "AUC禁止国内现金"),
        clauses=(B3_USAGE,),
        applies=CASH,
        card=BC.but(usage_9F07="7F00", issuer_country_5F28="0156"),
        acts=(cash(),),
        expect=BARRED,
    ),
    Case(
        id="CT-PR-013",
        title=Title("Usage control: cashback barred", "AUC禁止返现"),
        clauses=(B3_USAGE,),
        applies=CASHBACK,
        card=BC.but(usage_9F07="FF00"),
        acts=(purchase(cashback=1_000),),
        expect=BARRED,
    ),
    Case(
        id="CT-PR-014",
        title=Title("Effective date in the future", "应用未生效"),
        clauses=(EFFECTIVE, B3_DATES),
        card=BC.but(effective_5F25=TOMORROW),
        expect=(t1("2.6").be(1), TAA),
    ),
    Case(
        id="CT-PR-015",
        title=Title("Effective date today or absent", "生效日期当天/缺失"),
        clauses=(B3_DATES,),
        runs={
            "a": Run(card=BC.but(effective_5F25=TODAY)),
            "b": Run(card=BC.edited(without("5F25"))),
        },
        expect=(t1("2.6").be(0), BASE),
    ),
    Case(
        id="CT-PR-016",
        title=Title("Expired application", "应用已过期"),
        clauses=(EXPIRY, B3_DATES),
        card=BC.but(expiry_5F24=YESTERDAY),
        expect=(
            t1("2.7").be(1),
            TAA,
            p1(GAC1).be("80").under(OWO),
            p1(GAC1).be("00").under(OFF),
        ),
    ),
    Case(
        id="CT-PR-017",
        title=Title("Expiry date today", "失效日期当天"),
        clauses=(B3_DATES,),
        card=BC.but(expiry_5F24=TODAY),
        expect=(t1("2.7").be(0), BASE),
    ),
    Case(
        id="CT-PR-018",
        title=Title("Century window of dates", "日期世纪窗口"),
        clauses=(EMV_BOOK_4["6.7.3"],),
        standing=Standing.REVIEW,
        runs={
            "a": Run(card=BC.but(expiry_5F24="491231"), expect=(t1("2.7").be(0),)),
            "b": Run(card=BC.but(expiry_5F24="500101"), expect=(t1("2.7").be(1),)),
        },
        expect=(TAA,),
    ),
    Case(
        id="CT-PR-019",
        title=Title("Several restrictions together", "多项限制同时"),
        clauses=(B3_ALL,),
        applies=~ATM,
        card=BC.but(version_9F08="0001", expiry_5F24=YESTERDAY, usage_9F07="FE00"),
        expect=(t1_under("00F8000000").be("00D0000000"), *DENIED),
    ),
    Case(
        id="CT-PR-020",
        title=Title("Expired card accepted online by issuer", "过期卡联机批准"),
        clauses=(EMV_BOOK_3["10.7"],),
        applies=ONLINE,
        card=BC.but(expiry_5F24=YESTERDAY),
        expect=(p1(GAC1).be("80"), f55_bit("95", "2.7").be(1), OUT.be(ON_APP)),
    ),
)
