"""Combined DDA and application cryptogram (JR/T 0025.6 7.5.6; EMV Book 2, 6.6)."""

from suites.acts import purchase
from suites.card_edits import flipped, signing, without
from suites.case import AS_DECLARED, Case, Residue, Run, Standing
from suites.clauses import EMV_BOOK_2, EMV_BOOK_3, EMV_BOOK_4, JRT_0025_6
from suites.conditions.expectation import BASE, TAA, happens, never
from suites.contact_cards import AUTHENTICATED_BY_CDA
from suites.ics_language import CDA, DDA, OFF, ONLINE, OWO
from suites.readings.card_session import cda, d2, n, p1, s1, t1, t2
from suites.readings.final_state import tf
from suites.readings.host_session import h, no_h
from suites.readings.outcome import OFF_APP, OFF_DEC, ON_APP, ON_DEC, OUT, TERM
from suites.rules import AAC, GAC1, GAC2, IA, TC, rewritten
from suites.symbols import ABOVE_FLOOR
from suites.words import Title

P6 = JRT_0025_6["7.5.6"].inferred()
B2_CDA, B2_ORDER, B2_CHECK = (EMV_BOOK_2[number] for number in ("6.6", "6.6.1", "6.6.2"))
B3_ANSWER, B4_CDA = EMV_BOOK_3["6.5.5"], EMV_BOOK_4["6.3.2"]
CARD = AUTHENTICATED_BY_CDA
OFFLINE_TC = CDA & (OFF | OWO)
REQUESTED, NOT_REQUESTED = cda(GAC1).be(1), cda(GAC1).be(0)
FAILED, HELD = tf("1.3").be(1), tf("1.3").be(0)
NOT_APPROVED, DECLINED = OUT.other_than(OFF_APP), OUT.be(OFF_DEC)
ONLINE_SALE = (purchase(ABOVE_FLOOR),)
# EMV 4.1 Book 4, 6.3.2, request modes: 1 signs ARQC and final TC, 4 the final TC only.
MODE_1, MODE_4 = (AS_DECLARED.but(cda_request_mode=mode) for mode in (1, 4))
IN_HASH = -21

CASES = (
    Case(
        id="CT-CDA-001",
        title=Title("CDA with TC", "CDA成功(TC)"),
        clauses=(P6, B2_CDA),
        applies=OFFLINE_TC,
        card=CARD,
        expect=(p1(GAC1).be("40"), REQUESTED, never(IA), HELD, OUT.be(OFF_APP)),
    ),
    Case(
        id="CT-CDA-002",
        title=Title("CDA with ARQC (request mode 1)", "CDA成功(ARQC)"),
        clauses=(B2_CDA, B4_CDA),
        standing=Standing.REVIEW,
        applies=CDA & ONLINE,
        terminal=MODE_1,
        card=CARD,
        acts=ONLINE_SALE,
        expect=(p1(GAC1).be("80"), REQUESTED, h("AUTH"), OUT.be(ON_APP)),
    ),
    Case(
        id="CT-CDA-003",
        title=Title("GAC1 TC with bad signature", "GAC1返回TC且CDA失败"),
        clauses=(B2_CHECK, B4_CDA),
        applies=OFFLINE_TC,
        card=CARD.edited(flipped("9F4B", IN_HASH)),
        expect=(FAILED, never(GAC2), no_h("AUTH"), DECLINED),
    ),
    Case(
        id="CT-CDA-004",
        title=Title("GAC1 ARQC with bad signature", "GAC1返回ARQC且CDA失败"),
        clauses=(B2_CHECK, B4_CDA),
        applies=CDA & ONLINE,
        terminal=MODE_1,
        card=CARD.edited(flipped("9F4B", IN_HASH)),
        acts=ONLINE_SALE,
        expect=(
            no_h("AUTH"),
            n(GAC2).be(1),
            p1(GAC2).be("00"),
            d2("8A").be("5A31"),
            t2("1.3").be(1),
            DECLINED,
        ),
    ),
    Case(
        id="CT-CDA-005",
        title=Title("GAC1 with CDA request answered by AAC", "CDA请求返回AAC"),
        clauses=(B2_CDA,),
        applies=CDA,
        runs={
            "a": Run(
                card=CARD.when(
                    GAC1, rewritten("77", "9F27", "9F36", "9F26", "9F10", as_if="00")
                )
            ),
            "b": Run(card=CARD.when(GAC1, AAC)),
        },
        expect=(never(GAC2), DECLINED),
    ),
    Case(
        id="CT-CDA-006",
        title=Title("CDA requested, TC returned in format 1", "CDA请求返回格式1"),
        clauses=(B3_ANSWER,),
        standing=Standing.REVIEW,
        applies=OFFLINE_TC,
        card=CARD.when(GAC1, TC),
        expect=(OUT.among(TERM, OFF_DEC), NOT_APPROVED),
    ),
    Case(
        id="CT-CDA-007",
        title=Title("CDA requested, 9F4B missing", "CDA响应缺9F4B"),
        clauses=(B3_ANSWER,),
        standing=Standing.REVIEW,
        applies=OFFLINE_TC,
        card=CARD.when(GAC1, rewritten("77", "9F27", "9F36", "9F26", as_if="40")),
        expect=(OUT.among(TERM, OFF_DEC), NOT_APPROVED),
    ),
    Case(
        id="CT-CDA-008",
        title=Title("ICC key recovery fails before GAC1", "CDA公钥恢复失败"),
        clauses=(B2_CDA, B4_CDA),
        applies=CDA,
        card=CARD.edited(flipped("9F46", IN_HASH)),
        # One kernel of three leaves the TSI bit at 0.
        expect=(t1("1.3").be(1), NOT_REQUESTED, s1("1.8").be(1).reviewed(), TAA),
    ),
    Case(
        id="CT-CDA-009",
        title=Title("CDA key data missing", "CDA公钥数据缺失"),
        clauses=(EMV_BOOK_3["7.5"],),
        applies=CDA,
        card=CARD.edited(without("9F46")),
        expect=(t1("1.6").be(1), t1("1.3").be(1), NOT_REQUESTED, TAA),
    ),
    Case(
        id="CT-CDA-010",
        title=Title("CID in signature differs from clear CID", "CID不一致"),
        clauses=(B2_CHECK,),
        applies=OFFLINE_TC,
        card=CARD.edited(signing(cid="80")),
        expect=(FAILED, NOT_APPROVED),
    ),
    Case(
        id="CT-CDA-011",
        title=Title("Transaction data hash code mismatch", "交易数据哈希不符"),
        clauses=(B2_CHECK,),
        applies=OFFLINE_TC,
        card=CARD.edited(signing(transaction_data="000000000001")),
        expect=(FAILED, DECLINED),
    ),
    Case(
        id="CT-CDA-012",
        title=Title("Hash covers response objects in returned order", "TDHC顺序"),
        clauses=(B2_ORDER,),
        applies=OFFLINE_TC,
        card=CARD.edited(signing(order="9F369F109F279F4B")),
        expect=(HELD, OUT.be(OFF_APP)),
    ),
    Case(
        id="CT-CDA-013",
        title=Title("AAC decision: no CDA requested", "拒绝时不请求CDA"),
        clauses=(B2_CDA, B4_CDA),
        applies=CDA,
        card=CARD.but(denial_9F0E="0080000000", version_9F08="0001"),
        expect=(p1(GAC1).be("00"), NOT_REQUESTED, DECLINED),
    ),
    Case(
        id="CT-CDA-014",
        title=Title("Second GENERATE AC with CDA", "第二次GAC的CDA"),
        clauses=(B2_CDA,),
        standing=Standing.REVIEW,
        applies=CDA & ONLINE,
        terminal=MODE_1,
        card=CARD,
        acts=ONLINE_SALE,
        expect=(p1(GAC2).be("40"), cda(GAC2).be(1), OUT.be(ON_APP)),
    ),
    Case(
        id="CT-CDA-015",
        title=Title("CDA failure on second GENERATE AC", "第二次GAC的CDA失败"),
        clauses=(B2_CHECK,),
        applies=CDA & ONLINE,
        terminal=MODE_4,
        card=CARD.edited(flipped("9F4B", IN_HASH)),
        acts=ONLINE_SALE,
        expect=(FAILED, OUT.be(ON_DEC), h("REV")),
        leaves=(Residue.PENDING_REVERSAL,),
    ),
    Case(
        id="CT-CDA-016",
        title=Title("Card CDA, terminal DDA only", "终端不支持CDA"),
        clauses=(EMV_BOOK_3["10.3"],),
        applies=DDA & ~CDA,
        card=CARD,
        expect=(happens(IA), NOT_REQUESTED, t1("1.4").be(0), BASE),
    ),
)
