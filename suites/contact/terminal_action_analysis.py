"""Terminal action analysis and the data of the first GENERATE AC (EMV Book 3, 10.7 and 10.8)."""

from suites.acts import Act, Verb, purchase
from suites.card_edits import without
from suites.case import AS_DECLARED, BC, Case, Run, Standing
from suites.clauses import EMV_BOOK_3, JRT_0025_5, JRT_0025_6, UNIONPAY_POS
from suites.conditions.expectation import never
from suites.conditions.list_data import terminal_values
from suites.contact_cards import NO_CODES, NO_TACS
from suites.contact_stimuli import CDOL1_T
from suites.contact_tvr_bits import WAYS, only
from suites.ics_language import INQ, ODA, OFF, ONLINE, ONO, OWO, TDOL
from suites.readings.card_session import d1, p1, s1, t1
from suites.readings.host_session import h, no_h
from suites.readings.outcome import OFF_APP, OFF_DEC, ON_APP, OUT
from suites.readings.sent_data import lc, t1_under, tc_hash
from suites.rules import GAC1, GAC2
from suites.words import Title

ANALYSIS, LISTS = JRT_0025_6["7.9"].inferred(), JRT_0025_5["14"]
B3_ANALYSIS, B3_LISTS = EMV_BOOK_3["10.7"], EMV_BOOK_3["5.4"]
# EMV 4.2 and later set bit 1.2 with SDA: it is left out.
CLEAN = t1_under("FDFFFFFFFF")
AAC, TC, ARQC = (p1(GAC1).be(asked) for asked in ("00", "40", "80"))
DECLINED = OUT.be(OFF_DEC)
ONLY_VERSIONS = "0080000000"
OTHER_VERSION = BC.but(version_9F08="0001")
NO_IACS = OTHER_VERSION.but(denial_9F0E=NO_CODES, online_9F0F=NO_CODES, default_9F0D=NO_CODES)
# 8A in CDOL1 is less sure than its rows: one of three kernels sends zeros.
Z1, Y1 = (d1("8A").be(code).reviewed() for code in ("5A31", "5931"))

CASES = (
    Case(
        id="CT-TAA-001",
        title=Title("Clean TVR", "TVR为零"),
        clauses=(ANALYSIS, B3_ANALYSIS),
        expect=(
            CLEAN.be("0000000000").under(ODA),
            CLEAN.be("8000000000").under(~ODA),
            TC.under(OFF | OWO),
            ARQC.under(ONO),
        ),
    ),
    Case(
        id="CT-TAA-002",
        title=Title("IAC-denial match", "IAC拒绝匹配"),
        clauses=(B3_ANALYSIS,),
        card=OTHER_VERSION.but(denial_9F0E=ONLY_VERSIONS),
        expect=(AAC, Z1, no_h("AUTH"), never(GAC2), DECLINED),
    ),
    Case(
        id="CT-TAA-003",
        title=Title("TAC-denial match", "TAC拒绝匹配"),
        clauses=(B3_ANALYSIS,),
        terminal=AS_DECLARED.but(tac_denial=ONLY_VERSIONS),
        card=OTHER_VERSION.but(denial_9F0E=NO_CODES),
        expect=(AAC, DECLINED),
    ),
    Case(
        id="CT-TAA-004",
        title=Title("IAC-online match", "IAC联机匹配"),
        clauses=(B3_ANALYSIS,),
        applies=OWO,
        terminal=NO_TACS,
        card=OTHER_VERSION.but(online_9F0F=ONLY_VERSIONS),
        expect=(ARQC, h("AUTH"), OUT.be(ON_APP)),
    ),
    Case(
        id="CT-TAA-005",
        title=Title("TAC-online match", "TAC联机匹配"),
        clauses=(B3_ANALYSIS,),
        applies=OWO,
        terminal=AS_DECLARED.but(tac_online=ONLY_VERSIONS),
        card=OTHER_VERSION.but(online_9F0F=NO_CODES),
        expect=(ARQC,),
    ),
    Case(
        id="CT-TAA-006",
        title=Title("No match for a set TVR bit", "TVR置位但无匹配"),
        clauses=(B3_ANALYSIS,),
        applies=OWO,
        terminal=NO_TACS,
        card=NO_IACS,
        expect=(t1("2.8").be(1), TC, OUT.be(OFF_APP)),
    ),
    Case(
        id="CT-TAA-007",
        title=Title("IAC-online absent: default FF", "缺IAC联机"),
        clauses=(B3_ANALYSIS, EMV_BOOK_3["7.5"]),
        applies=OWO,
        terminal=NO_TACS,
        card=OTHER_VERSION.edited(without("9F0F")),
        expect=(ARQC,),
    ),
    Case(
        id="CT-TAA-008",
        title=Title("IAC-denial absent: default 00", "缺IAC拒绝"),
        clauses=(B3_ANALYSIS,),
        terminal=NO_TACS,
        card=OTHER_VERSION.edited(without("9F0E")),
        expect=(p1(GAC1).other_than("00"),),
    ),
    Case(
        id="CT-TAA-009",
        title=Title("IAC-default absent: default FF", "缺IAC缺省"),
        clauses=(B3_ANALYSIS,),
        applies=OFF,
        terminal=NO_TACS,
        card=OTHER_VERSION.edited(without("9F0D")),
        expect=(AAC, DECLINED),
    ),
    Case(
        id="CT-TAA-010",
        title=Title("Offline-only terminal: default codes decide", "纯脱机终端缺省判断"),
        clauses=(B3_ANALYSIS,),
        applies=OFF,
        terminal=NO_TACS,
        runs={
            "a": Run(card=OTHER_VERSION.but(default_9F0D=ONLY_VERSIONS), expect=(AAC, Z1)),
            "b": Run(card=OTHER_VERSION.but(default_9F0D=NO_CODES), expect=(TC, Y1)),
        },
        expect=(),
    ),
    Case(
        id="CT-TAA-011",
        title=Title("Online-only terminal ignores online codes", "纯联机终端"),
        clauses=(B3_ANALYSIS,),
        applies=ONO,
        terminal=NO_TACS,
        card=BC.but(denial_9F0E=NO_CODES, online_9F0F=NO_CODES, default_9F0D=NO_CODES),
        expect=(ARQC,),
    ),
    Case(
        id="CT-TAA-012",
        title=Title("Denial takes precedence over online", "拒绝优先"),
        clauses=(B3_ANALYSIS,),
        applies=OWO,
        card=OTHER_VERSION.but(denial_9F0E=ONLY_VERSIONS, online_9F0F=ONLY_VERSIONS),
        expect=(AAC,),
    ),
    Case(
        id="CT-TAA-013",
        title=Title("Bit-by-bit walk through IAC-denial", "IAC拒绝逐位测试"),
        clauses=(B3_ANALYSIS,),
        runs={
            f"{bit}{name}": Run(
                applies=way.applies,
                terminal=way.terminal,
                card=way.denied_by(denial),
                acts=(way.act,),
                expect=(decided,),
            )
            for bit, way in WAYS.items()
            for name, denial, decided in (
                ("a", only(bit), AAC),
                ("b", way.others, p1(GAC1).other_than("00")),
            )
        },
        expect=(),
    ),
    Case(
        id="CT-TAA-014",
        title=Title("CDOL1 content", "CDOL1数据正确"),
        clauses=(LISTS, B3_LISTS),
        card=BC.but(cdol1_8C=CDOL1_T),
        expect=(terminal_values(GAC1), lc(GAC1).be(83)),
    ),
    Case(
        id="CT-TAA-015",
        title=Title("CDOL1 unknown tags, padding, truncation", "CDOL1未知标签与填充"),
        clauses=(B3_LISTS,),
        card=BC.but(cdol1_8C=CDOL1_T + "9F7C039F02089F4E05DF0102"),
        acts=(purchase(5_000),),
        expect=(
            d1("9F7C").be("000000"),
            d1("9F02", 8).be("0000000000005000"),
            terminal_values(GAC1, "9F4E"),
            d1("DF01").be("0000"),
        ),
    ),
    Case(
        id="CT-TAA-016",
        title=Title("CDOL1 uses the current TVR and TSI", "CDOL1中的TVR/TSI"),
        clauses=(EMV_BOOK_3["10.8"],),
        card=OTHER_VERSION,
        expect=(
            t1("2.8").be(1),
            s1("1.8").be(1).under(ODA),
            s1("1.8").be(0).under(~ODA),
            s1("1.7").be(1),
            s1("1.4").be(1),
        ),
    ),
    Case(
        id="CT-TAA-017",
        title=Title("TC hash value with card TDOL", "TC哈希(卡TDOL)"),
        clauses=(B3_LISTS,),
        standing=Standing.REVIEW,
        applies=TDOL,
        card=BC.but(cdol1_8C=CDOL1_T + "9814", tdol_97="9F02069A03"),
        expect=(d1("98").same_as(tc_hash("9F02069A03")), t1("5.8").be(0)),
    ),
    Case(
        id="CT-TAA-018",
        title=Title("TC hash value with default TDOL", "TC哈希(缺省TDOL)"),
        clauses=(EMV_BOOK_3["Annex C5"],),
        standing=Standing.REVIEW,
        applies=TDOL,
        terminal=AS_DECLARED.but(default_tdol="9F02065F2A029A039C01"),
        card=BC.but(cdol1_8C=CDOL1_T + "9814"),
        expect=(d1("98").same_as(tc_hash("9F02065F2A029A039C01")), t1("5.8").be(1)),
    ),
    Case(
        id="CT-TAA-019",
        title=Title("Balance inquiry goes online", "余额查询必须联机"),
        clauses=(UNIONPAY_POS["31xxxx"], JRT_0025_6[""]),
        standing=Standing.ADVISORY,
        applies=INQ & ONLINE,
        acts=(Act(Verb.BALANCE),),
        expect=(ARQC, d1("9F02").be("000000000000")),
    ),
)
