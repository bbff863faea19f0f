"""Static data authentication (JR/T 0025.6 7.5.4; JR/T 0025.7; EMV Book 2, 5; Book 3, 10.3)."""

from suites.card_edits import altered, certified, flipped, keys, record, without
from suites.case import AS_DECLARED, Case, Run, Standing
from suites.clauses import EMV_BOOK_2, EMV_BOOK_3, EMV_BOOK_4, JRT_0025_6, JRT_0025_7, UNIONPAY_POS
from suites.conditions.expectation import BASE, TAA, never
from suites.contact_cards import (
    AUTHENTICATED_BY_SDA,
    EXPIRED_CA_KEY,
    KEY_OF_ANOTHER_RID,
    REVOKED,
)
from suites.ics_language import CRL, KEY_EXPIRY, ODA, ONO, SDA
from suites.readings.card_session import p1, s1, t1
from suites.readings.outcome import OFF_DEC, OUT, TERM
from suites.rules import GAC1, IA, rewritten, rr
from suites.symbols import LAST_MONTH, THIS_MONTH
from suites.words import Title

P6, P7 = JRT_0025_6["7.5.4"].inferred(), JRT_0025_7[""]
B2_CA_KEY, B2_ISSUER, B2_STATIC = (EMV_BOOK_2[number] for number in ("5.2", "5.3", "5.4"))
B3_ODA, B3_DATA, B3_ERRORS = (EMV_BOOK_3[number] for number in ("10.3", "7.2", "7.5"))
CARD = AUTHENTICATED_BY_SDA
FAILED, HELD = t1("1.7").be(1), t1("1.7").be(0)
MISSING, NOT_MISSING = t1("1.6").be(1), t1("1.6").be(0)
NOT_DONE, PERFORMED, NOT_PERFORMED = t1("1.8").be(1), s1("1.8").be(1), s1("1.8").be(0)
# A byte in the hash of a signature, counted from its end.
IN_HASH = -21

CASES = (
    Case(
        id="CT-SDA-001",
        title=Title("SDA successful", "SDA成功"),
        clauses=(P6, P7, EMV_BOOK_2["5"], B3_ODA),
        applies=SDA,
        card=CARD,
        expect=(
            never(IA),
            t1("1.8").be(0),
            HELD,
            NOT_MISSING,
            PERFORMED,
            t1("1.2").be(0).by("tvr-sda-selected", "rfu"),
            t1("1.2").be(1).by("tvr-sda-selected", "emv-4.2"),
            BASE,
        ),
    ),
    Case(
        id="CT-SDA-002",
        title=Title("Signed static data hash wrong", "SDA哈希错误"),
        clauses=(B2_STATIC,),
        applies=SDA,
        card=CARD.edited(flipped("93", IN_HASH)),
        expect=(FAILED, PERFORMED, TAA),
    ),
    Case(
        id="CT-SDA-003",
        title=Title("Recovered static signature structure errors", "SDA恢复数据格式错误"),
        clauses=(B2_STATIC,),
        applies=SDA,
        runs={
            name: Run(card=CARD.edited(flipped("93", place, "01")))
            for name, place in {"a": -1, "b": 0, "c": 1, "d": 2}.items()
        },
        expect=(FAILED, TAA),
    ),
    Case(
        id="CT-SDA-004",
        title=Title("Static signature length differs from issuer modulus", "93长度错误"),
        clauses=(B2_STATIC,),
        applies=SDA,
        card=CARD.when(rr(3, 3), rewritten("70", "93", short=1)),
        expect=(FAILED, TAA),
    ),
    Case(
        id="CT-SDA-005",
        title=Title("SDA data missing", "SDA数据缺失"),
        clauses=(B3_DATA, B3_ERRORS),
        applies=SDA,
        runs={
            name: Run(card=CARD.edited(without(tag)))
            for name, tag in {"a": "93", "b": "8F", "c": "90", "d": "9F32"}.items()
        },
        expect=(MISSING, FAILED, TAA),
    ),
    Case(
        id="CT-SDA-006",
        title=Title("Issuer key remainder (92) required but absent", "缺发卡行公钥余项"),
        clauses=(B2_ISSUER,),
        standing=Standing.REVIEW,
        applies=SDA,
        card=CARD.edited(without("92")),
        expect=(FAILED, MISSING, TAA),
    ),
    Case(
        id="CT-SDA-007",
        title=Title("CA key index not in terminal", "CA公钥索引不存在"),
        clauses=(B2_CA_KEY,),
        applies=SDA,
        card=CARD.but(ca_key_8F="7F"),
        expect=(FAILED, NOT_MISSING, TAA),
    ),
    Case(
        id="CT-SDA-008",
        title=Title("CA key index exists only under another RID", "CA公钥RID不匹配"),
        clauses=(B2_CA_KEY,),
        applies=SDA,
        terminal=AS_DECLARED.but(ca_key_sets=KEY_OF_ANOTHER_RID),
        card=CARD.but(ca_key_8F="E5"),
        expect=(FAILED, TAA),
    ),
    Case(
        id="CT-SDA-009",
        title=Title("CA key expired in terminal", "CA公钥过期"),
        clauses=(EMV_BOOK_2["11"], UNIONPAY_POS["DF05"]),
        standing=Standing.REVIEW,
        applies=SDA & KEY_EXPIRY,
        terminal=AS_DECLARED.but(ca_key_sets=EXPIRED_CA_KEY),
        card=CARD,
        expect=(FAILED, TAA),
    ),
    Case(
        id="CT-SDA-010",
        title=Title("Issuer certificate structure errors", "发卡行证书格式错误"),
        clauses=(B2_ISSUER,),
        applies=SDA,
        runs={
            **{
                name: Run(card=CARD.edited(flipped("90", place, "01")))
                for name, place in {
                    "a": -1, "b": 0, "c": 1, "d": 11, "e": 12, "f": IN_HASH
                }.items()
            },
            "g": Run(card=CARD.when(rr(3, 2), rewritten("70", "90", short=1))),
        },
        expect=(FAILED, TAA),
    ),
    Case(
        id="CT-SDA-011",
        title=Title("Issuer certificate expiry boundary", "发卡行证书有效期边界"),
        clauses=(B2_ISSUER,),
        applies=SDA,
        runs={
            "a": Run(card=CARD.edited(certified(issuer_expiry=LAST_MONTH)), expect=(FAILED,)),
            "b": Run(card=CARD.edited(certified(issuer_expiry=THIS_MONTH)), expect=(HELD,)),
        },
        expect=(TAA,),
    ),
    Case(
        id="CT-SDA-012",
        title=Title("Issuer identifier against PAN", "发卡行标识与卡号匹配"),
        clauses=(B2_ISSUER,),
        applies=SDA,
        runs={
            "a": Run(
                card=CARD.edited(certified(issuer_identifier="622FFFFF")), expect=(HELD,)
            ),
            "b": Run(
                card=CARD.edited(certified(issuer_identifier="62284804")), expect=(HELD,)
            ),
            "c": Run(
                card=CARD.edited(certified(issuer_identifier="62284805")), expect=(FAILED,)
            ),
        },
        expect=(TAA,),
    ),
    Case(
        id="CT-SDA-013",
        title=Title("Issuer certificate revoked", "发卡行证书已回收"),
        clauses=(EMV_BOOK_2["5.1.2"], P7),
        standing=Standing.REVIEW,
        applies=SDA & CRL,
        terminal=AS_DECLARED.but(revoked_certificates=REVOKED),
        card=CARD,
        expect=(FAILED, TAA),
    ),
    Case(
        id="CT-SDA-014",
        title=Title("9F4A = 82: AIP included in hash", "9F4A包含82"),
        clauses=(B2_STATIC, B3_ODA),
        applies=SDA,
        card=CARD.but(sda_tag_list_9F4A="82"),
        expect=(HELD, TAA),
    ),
    Case(
        id="CT-SDA-015",
        title=Title("9F4A with a tag other than 82", "9F4A含其他标签"),
        clauses=(B3_ODA,),
        applies=SDA,
        runs={
            "a": Run(card=CARD.but(sda_tag_list_9F4A="829F36")),
            "b": Run(card=CARD.but(sda_tag_list_9F4A="5A")),
        },
        expect=(FAILED, TAA),
    ),
    Case(
        id="CT-SDA-016",
        title=Title("9F4A absent: AIP not hashed", "无9F4A"),
        clauses=(B2_STATIC,),
        applies=SDA,
        card=CARD.edited(without("9F4A")),
        expect=(HELD, TAA),
    ),
    Case(
        id="CT-SDA-017",
        title=Title("Authenticated records of SFI 1-10 and 11-30", "SFI1-10与11-30认证数据拼接"),
        clauses=(B3_ODA,),
        applies=SDA,
        card=CARD.edited(record(11, 1, "7008DF810504A1B2C3D4", authenticated=True)),
        expect=(HELD, TAA),
    ),
    Case(
        id="CT-SDA-018",
        title=Title("Authenticated record of SFI 11-30 not coded in 70", "SFI11-30认证记录非70"),
        clauses=(B3_ODA,),
        standing=Standing.REVIEW,
        applies=SDA,
        card=CARD.edited(record(11, 1, "0102030405060708090A0B0C", authenticated=True)),
        expect=(FAILED, OUT.other_than(TERM), TAA),
    ),
    Case(
        id="CT-SDA-019",
        title=Title("Altered static data", "静态数据被篡改"),
        clauses=(B2_STATIC,),
        applies=SDA,
        card=CARD.edited(altered("9F07", "FF01")),
        expect=(FAILED, TAA),
    ),
    Case(
        id="CT-SDA-020",
        title=Title("No ODA method supported by the card", "卡片不支持脱机数据认证"),
        clauses=(JRT_0025_6["7.5.3"].inferred(), B3_ODA),
        card=CARD.but(aip_82="1C00"),
        expect=(NOT_DONE, NOT_PERFORMED, never(IA), TAA),
    ),
    Case(
        id="CT-SDA-021",
        title=Title("Terminal without ODA (online only)", "终端不支持脱机数据认证"),
        clauses=(EMV_BOOK_4["6.3.2"],),
        applies=ONO & ~ODA,
        expect=(NOT_DONE, NOT_PERFORMED, p1(GAC1).be("80")),
    ),
    Case(
        id="CT-SDA-022",
        title=Title("Key sizes and exponents", "密钥长度与指数"),
        clauses=(EMV_BOOK_2["10"],),
        applies=SDA,
        runs={
            "a": Run(card=CARD.but(ca_key_8F="E0")),
            "b": Run(card=CARD.but(ca_key_8F="D2").edited(keys("bc_ca_1152"))),
            "c": Run(card=CARD.but(ca_key_8F="D3").edited(keys("bc_ca_1408"))),
            "d": Run(card=CARD.but(ca_key_8F="D4").edited(keys("bc_ca_1984"))),
            "e": Run(card=CARD.but(exponent_9F32="03")),
            "f": Run(card=CARD.but(exponent_9F32="010001").edited(keys("bc_issuer_65537"))),
        },
        expect=(HELD, TAA),
    ),
    Case(
        id="CT-SDA-023",
        title=Title("SDA failure and IAC-denial", "SDA失败触发拒绝"),
        clauses=(EMV_BOOK_3["10.7"],),
        applies=SDA,
        card=CARD.but(denial_9F0E="4000000000").edited(flipped("93", IN_HASH)),
        expect=(FAILED, p1(GAC1).be("00"), OUT.be(OFF_DEC)),
    ),
)
