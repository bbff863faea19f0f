"""Dynamic data authentication (JR/T 0025.6 7.5.5; JR/T 0025.7; EMV Book 2, 6; Book 3, 10.3)."""

from suites.acts import purchase, times
from suites.card_edits import altered, certified, flipped, signing, without
from suites.case import AS_DECLARED, BC, Case, Run, Standing
from suites.clauses import EMV_BOOK_2, EMV_BOOK_3, EMV_BOOK_4, JRT_0025_6, JRT_0025_7
from suites.conditions.expectation import BASE, TAA, happens, in_order, never
from suites.conditions.freshness import all_distinct
from suites.ics_language import CDA, DDA, OFF, ONO, OWO, SDA
from suites.readings.card_session import n, p1, s1, t1
from suites.readings.outcome import OUT, TERM
from suites.readings.sent_data import dd, lc
from suites.rules import GAC1, IA, instead, rewritten, rr, sw
from suites.symbols import LAST_MONTH, THIS_MONTH
from suites.words import Title

P6, P6_CHOICE, P7 = JRT_0025_6["7.5.5"].inferred(), JRT_0025_6["7.5.3"].inferred(), JRT_0025_7[""]
B2_CA_KEY, B2_ISSUER, B2_CARD, B2_SIGNING, B2_DDOL, B2_SIGNATURE = (
    EMV_BOOK_2[number] for number in ("6.2", "6.3", "6.4", "6.5", "6.5.1", "6.5.2")
)
B3_ODA, B3_ANSWER, B3_STATUS = (EMV_BOOK_3[number] for number in ("10.3", "6.5.9", "6.3.5"))
FAILED, HELD = t1("1.4").be(1), t1("1.4").be(0)
NO_SDA_FAILURE = t1("1.7").be(0)
MISSING, NOT_MISSING = t1("1.6").be(1), t1("1.6").be(0)
PERFORMED = s1("1.8").be(1)
ENDED = (never(GAC1), OUT.be(TERM))
IN_HASH = -21
ANOTHER_PAN = "6210948000000011FFFF"

CASES = (
    Case(
        id="CT-DDA-001",
        title=Title("DDA successful", "DDA成功"),
        clauses=(P6, P7, EMV_BOOK_2["6"], B3_ODA),
        applies=DDA,
        card=BC.but(aip_82="7C00"),
        expect=(
            n(IA).be(1),
            in_order(rr(3, 4), IA, GAC1),
            lc(IA).be(4),
            dd("9F37").count().be(1),
            t1("1.8").be(0),
            HELD,
            PERFORMED,
            BASE,
        ),
    ),
    Case(
        id="CT-DDA-002",
        title=Title("DDA preferred to SDA", "DDA优先于SDA"),
        clauses=(P6_CHOICE, B3_ODA),
        applies=DDA,
        card=BC.but(aip_82="7C00").edited(flipped("93", IN_HASH)),
        expect=(happens(IA), NO_SDA_FAILURE, HELD, BASE),
    ),
    Case(
        id="CT-DDA-003",
        title=Title("Default DDOL used when card has none", "使用缺省DDOL"),
        clauses=(P6, B2_DDOL),
        applies=DDA,
        terminal=AS_DECLARED.but(default_ddol="9F3704"),
        card=BC.edited(without("9F49")),
        expect=(dd("9F37").count().be(1), lc(IA).be(4), HELD, BASE),
    ),
    Case(
        id="CT-DDA-004",
        title=Title("DDOL without 9F37", "DDOL不含不可预知数"),
        clauses=(B2_DDOL,),
        applies=DDA,
        card=BC.but(ddol_9F49="9F0206"),
        expect=(never(IA), FAILED, PERFORMED, TAA),
    ),
    Case(
        id="CT-DDA-005",
        title=Title("No card DDOL and no default DDOL", "卡与终端均无DDOL"),
        clauses=(B2_DDOL,),
        standing=Standing.REVIEW,
        applies=DDA,
        terminal=AS_DECLARED.but(default_ddol=""),
        card=BC.edited(without("9F49")),
        expect=(never(IA), FAILED, TAA),
    ),
    Case(
        id="CT-DDA-006",
        title=Title("Response formats 1 and 2", "内部认证响应格式1/2"),
        clauses=(B3_ANSWER,),
        applies=DDA,
        runs={
            "a": Run(card=BC.when(IA, rewritten("80", "9F4B"))),
            "b": Run(card=BC.when(IA, rewritten("77", "9F4B", "DF8101:01"))),
        },
        expect=(HELD, BASE),
    ),
    Case(
        id="CT-DDA-007",
        title=Title("Format 2 without 9F4B, bad template", "内部认证响应缺9F4B"),
        clauses=(B3_ANSWER,),
        applies=DDA,
        runs={
            "a": Run(card=BC.when(IA, rewritten("77", "DF8101:01"))),
            "b": Run(card=BC.when(IA, rewritten("70", "9F4B"))),
            "c": Run(card=BC.when(IA, instead("80009000"))),
        },
        expect=ENDED,
    ),
    Case(
        id="CT-DDA-008",
        title=Title("INTERNAL AUTHENTICATE error status", "内部认证返回错误"),
        clauses=(B3_STATUS,),
        applies=DDA,
        runs={
            "a": Run(card=BC.when(IA, sw("6985"))),
            "b": Run(card=BC.when(IA, sw("6300"))),
        },
        expect=ENDED,
    ),
    Case(
        id="CT-DDA-009",
        title=Title("Dynamic signature length differs from ICC modulus", "动态签名长度错误"),
        clauses=(B2_SIGNATURE,),
        applies=DDA,
        card=BC.when(IA, rewritten("80", "9F4B", short=1)),
        expect=(FAILED, happens(GAC1), TAA),
    ),
    Case(
        id="CT-DDA-010",
        title=Title("Recovered dynamic signature structure errors", "动态签名格式错误"),
        clauses=(B2_SIGNATURE,),
        applies=DDA,
        runs={
            name: Run(card=BC.edited(flipped("9F4B", place, "01")))
            for name, place in {"a": -1, "b": 0, "c": 1, "d": 2}.items()
        },
        expect=(FAILED, TAA),
    ),
    Case(
        id="CT-DDA-011",
        title=Title("Signature over a stale unpredictable number", "动态签名哈希错误"),
        clauses=(B2_SIGNATURE,),
        applies=DDA,
        card=BC.edited(signing(covered="00000000")),
        expect=(FAILED, TAA),
    ),
    Case(
        id="CT-DDA-012",
        title=Title("ICC key data missing", "IC卡公钥数据缺失"),
        clauses=(EMV_BOOK_3["7.2"], EMV_BOOK_3["7.5"]),
        applies=DDA,
        runs={
            name: Run(card=BC.edited(without(tag)))
            for name, tag in {
                "a": "9F46", "b": "9F47", "c": "8F", "d": "90", "e": "9F32"
            }.items()
        },
        expect=(MISSING, FAILED, never(IA), TAA),
    ),
    Case(
        id="CT-DDA-013",
        title=Title("ICC key remainder (9F48) required but absent", "缺IC卡公钥余项"),
        clauses=(B2_CARD,),
        standing=Standing.REVIEW,
        applies=DDA,
        card=BC.edited(without("9F48")),
        expect=(FAILED, MISSING, never(IA), TAA),
    ),
    Case(
        id="CT-DDA-014",
        title=Title("ICC certificate structure errors", "IC卡证书格式错误"),
        clauses=(B2_CARD,),
        applies=DDA,
        runs={
            **{
                name: Run(card=BC.edited(flipped("9F46", place, "01")))
                for name, place in {
                    "a": -1, "b": 0, "c": 1, "d": 17, "e": 18, "f": IN_HASH
                }.items()
            },
            "g": Run(
                card=BC.when(rr(3, 4), rewritten("70", "9F47", "9F48", "9F46", short=1))
            ),
        },
        expect=(FAILED, never(IA), TAA),
    ),
    Case(
        id="CT-DDA-015",
        title=Title("ICC certificate PAN mismatch", "IC卡证书卡号不符"),
        clauses=(B2_CARD,),
        applies=DDA,
        card=BC.edited(certified(icc_pan=ANOTHER_PAN)),
        expect=(FAILED, TAA),
    ),
    Case(
        id="CT-DDA-016",
        title=Title("ICC certificate expiry boundary", "IC卡证书有效期边界"),
        clauses=(B2_CARD,),
        applies=DDA,
        runs={
            "a": Run(card=BC.edited(certified(icc_expiry=LAST_MONTH)), expect=(FAILED,)),
            "b": Run(card=BC.edited(certified(icc_expiry=THIS_MONTH)), expect=(HELD,)),
        },
        expect=(TAA,),
    ),
    Case(
        id="CT-DDA-017",
        title=Title(
            "Altered static data detected through ICC certificate", "静态数据被篡改(DDA)"
        ),
        clauses=(B2_CARD,),
        applies=DDA,
        card=BC.edited(altered("9F07", "FF01")),
        expect=(FAILED, NO_SDA_FAILURE, TAA),
    ),
    Case(
        id="CT-DDA-018",
        title=Title("Issuer key recovery failure under DDA", "DDA下发卡行公钥恢复失败"),
        clauses=(B2_ISSUER,),
        applies=DDA,
        card=BC.edited(flipped("90", IN_HASH)),
        expect=(FAILED, NO_SDA_FAILURE, never(IA), TAA),
    ),
    Case(
        id="CT-DDA-019",
        title=Title("CA key missing under DDA", "DDA下CA公钥缺失"),
        clauses=(B2_CA_KEY,),
        applies=DDA,
        card=BC.but(ca_key_8F="7F"),
        expect=(FAILED, NOT_MISSING, never(IA), TAA),
    ),
    Case(
        id="CT-DDA-020",
        title=Title("Card DDA, terminal SDA only", "终端仅支持SDA"),
        clauses=(B3_ODA,),
        applies=SDA & ~DDA & ~CDA,
        runs={
            "a": Run(card=BC.but(aip_82="7C00"), expect=(t1("1.8").be(0), PERFORMED)),
            "b": Run(card=BC.but(aip_82="3C00"), expect=(t1("1.8").be(1),)),
        },
        expect=(never(IA), TAA),
    ),
    Case(
        id="CT-DDA-021",
        title=Title("Fresh unpredictable numbers", "不可预知数唯一性"),
        clauses=(EMV_BOOK_4["6.5.6"],),
        applies=DDA,
        acts=times(20, purchase()),
        expect=(all_distinct(dd("9F37")),),
    ),
    Case(
        id="CT-DDA-022",
        title=Title("DDOL with additional terminal data", "DDOL含其他数据"),
        clauses=(B2_SIGNING,),
        applies=DDA,
        card=BC.but(ddol_9F49="9F37049A039C01"),
        expect=(lc(IA).be(8), HELD, BASE),
    ),
    Case(
        id="CT-DDA-023",
        title=Title("ICC dynamic number length limits", "IC动态数长度"),
        clauses=(B2_SIGNATURE,),
        standing=Standing.REVIEW,
        applies=DDA,
        runs={
            "a": Run(card=BC.edited(signing(number="0102")), expect=(HELD,)),
            "b": Run(card=BC.edited(signing(number="0102030405060708")), expect=(HELD,)),
            "c": Run(card=BC.edited(signing(number="010203040506070809")), expect=(FAILED,)),
        },
        expect=(TAA,),
    ),
    Case(
        id="CT-DDA-024",
        title=Title("DDA failure outcome per terminal class", "DDA失败按终端类型处理"),
        clauses=(EMV_BOOK_3["10.7"],),
        applies=DDA,
        card=BC.edited(flipped("9F4B", IN_HASH)),
        expect=(
            FAILED,
            p1(GAC1).be("80").under(OWO),
            p1(GAC1).be("00").under(OFF),
            p1(GAC1).be("80").under(ONO),
        ),
    ),
)
