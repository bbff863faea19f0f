"""Application selection (JR/T 0025.3 12; JR/T 0025.6 7.2; EMV Book 1, 12)."""

from suites.acts import purchase
from suites.card_edits import application, directory, directory_fci, fci
from suites.case import AS_DECLARED, BC, Card, Case, Run, Standing
from suites.clauses import EMV_BOOK_1, JRT_0025_3, JRT_0025_6, UNIONPAY_POS
from suites.conditions.candidate_building import EVERY_AID_TRIED
from suites.conditions.expectation import BASE, happens, in_order, never
from suites.contact_cards import AID1, AID2, AID3, AID_ECASH, entry_61, text
from suites.contact_stimuli import CDOL1_T
from suites.ics_language import CONF, DDF, PART, PSE
from suites.readings.application_list import entries, offered, offered_name
from suites.readings.card_session import d1, n
from suites.readings.outcome import CANCEL, OUT, TERM
from suites.readings.screens import no_ui, ui
from suites.readings.sent_data import FINAL
from suites.rules import (
    ANY_AID_SELECTED,
    DIRECTORY_READ,
    GPO,
    SEL_PSE,
    ending,
    instead,
    rewritten,
    rr_dir,
    sel,
    seln,
    sw,
)
from suites.words import Title

P6, LIST, CHOICE, FINAL_SELECT = (
    JRT_0025_6["7.2"], JRT_0025_6["7.2.4"], JRT_0025_6["7.2.5"], JRT_0025_3["12.3.4"]
)
B1_FCI, B1_DIRECTORY, B1_PSE, B1_LIST, B1_CHOICE = (
    EMV_BOOK_1[number] for number in ("11.3.4", "12.2.3", "12.3.2", "12.3.3", "12.4")
)
SEL_AID1, SEL_AID2 = sel(AID1), sel(AID2)
FIRST_LONGER, SECOND_LONGER = AID1 + "01", AID1 + "02"
NO_PSE, TWO, TWO_NO_PSE, PARTIAL, NESTED = map(
    Card, ("BC-NO-PSE", "BC-TWO", "BC-TWO-NO-PSE", "BC-PARTIAL", "BC-DDF")
)
DDF_NAME = "41535341592E4444463031"
OTHER_SYSTEM = "A0000000031010"
UNKNOWN = "A0000000999090"
NO_DIRECTORY_READ = never(DIRECTORY_READ)
ENDED = (never(GPO), OUT.be(TERM))
BY_LIST = (NO_DIRECTORY_READ, EVERY_AID_TRIED, BASE)

CASES = (
    Case(
        id="CT-SEL-001",
        title=Title(
            "PSE directory selection, one matching application", "PSE目录选择，单一匹配应用"
        ),
        clauses=(JRT_0025_3["12.3"], LIST, B1_PSE),
        applies=PSE,
        expect=(
            in_order(SEL_PSE, rr_dir(1), SEL_AID1, GPO),
            n(rr_dir(1)).be(1),
            happens(rr_dir(2)),
            BASE,
        ),
    ),
    Case(
        id="CT-SEL-002",
        title=Title("PSE absent (6A82): list-of-AIDs method", "无PSE(6A82)转AID列表法"),
        clauses=(LIST, B1_PSE),
        applies=PSE,
        card=BC.when(SEL_PSE, sw("6A82")),
        expect=(
            NO_DIRECTORY_READ,
            EVERY_AID_TRIED,
            in_order(SEL_PSE, ANY_AID_SELECTED, GPO),
            BASE,
        ),
    ),
    Case(
        id="CT-SEL-003",
        title=Title("Card blocked (SELECT PSE 6A81): session ends", "卡片被锁(6A81)终止交易"),
        clauses=(LIST, B1_PSE),
        applies=PSE,
        card=BC.when(SEL_PSE, sw("6A81")),
        expect=(never(ANY_AID_SELECTED), *ENDED),
    ),
    Case(
        id="CT-SEL-004",
        title=Title("PSE blocked (6283): list of AIDs", "PSE被锁(6283)转AID列表"),
        clauses=(B1_PSE,),
        applies=PSE,
        card=BC.when(SEL_PSE, ending("6283")),
        expect=BY_LIST,
    ),
    Case(
        id="CT-SEL-005",
        title=Title("Other status of SELECT PSE: list of AIDs", "选择PSE返回其他状态字"),
        clauses=(B1_PSE,),
        applies=PSE,
        runs={
            name: Run(card=BC.when(SEL_PSE, sw(status)))
            for name, status in {"a": "6F00", "b": "6985", "c": "6300"}.items()
        },
        expect=BY_LIST,
    ),
    Case(
        id="CT-SEL-006",
        title=Title("PSE FCI without SFI (88)", "PSE的FCI缺少88"),
        clauses=(B1_FCI, B1_PSE),
        applies=PSE,
        card=BC.when(SEL_PSE, rewritten("6F", "84", "A5:5F.2D.02.7A.68")),
        expect=BY_LIST,
    ),
    Case(
        id="CT-SEL-007",
        title=Title("PSE FCI SFI out of range", "PSE的SFI越界"),
        clauses=(B1_DIRECTORY,),
        applies=PSE,
        runs={
            name: Run(card=BC.but(sfi_88=sfi))
            for name, sfi in {"a": "00", "b": "0B", "c": "0101"}.items()
        },
        expect=BY_LIST,
    ),
    Case(
        id="CT-SEL-008",
        title=Title("PSE FCI DF name differs from 1PAY.SYS.DDF01", "PSE的84与所选名称不符"),
        clauses=(B1_PSE,),
        standing=Standing.ADVISORY,
        applies=PSE,
        card=BC.when(SEL_PSE, rewritten("6F", "84:" + text("2PAY.SYS.DDF01"), "A5")),
        expect=BY_LIST,
    ),
    Case(
        id="CT-SEL-009",
        title=Title("Empty PSE directory (first record 6A83)", "PSE目录为空"),
        clauses=(B1_PSE,),
        applies=PSE,
        card=BC.when(rr_dir(1), sw("6A83")),
        expect=(n(DIRECTORY_READ).be(1), EVERY_AID_TRIED, BASE),
    ),
    Case(
        id="CT-SEL-010",
        title=Title("Unexpected status while reading PSE directory", "读PSE目录返回异常状态字"),
        clauses=(B1_PSE,),
        standing=Standing.REVIEW,
        applies=PSE,
        runs={
            "a": Run(card=BC.when(rr_dir(1), sw("6985"))),
            "b": Run(card=BC.when(rr_dir(1), ending("6281"))),
        },
        expect=(EVERY_AID_TRIED, BASE),
    ),
    Case(
        id="CT-SEL-011",
        title=Title("PSE directory record not in template 70", "PSE记录模板错误"),
        clauses=(B1_DIRECTORY,),
        standing=Standing.REVIEW,
        applies=PSE,
        card=BC.when(rr_dir(1), instead(entry_61(AID1, "PBOC DEBIT", "01") + "9000")),
        expect=(EVERY_AID_TRIED, BASE),
    ),
    Case(
        id="CT-SEL-012",
        title=Title(
            "Several entries and unknown tags in one directory record", "目录记录含多个61及未知标签"
        ),
        clauses=(B1_DIRECTORY,),
        applies=PSE & CONF,
        card=TWO.edited(
            directory(
                entry_61(AID1, "PBOC DEBIT", "01", "7305DF81010101", "DF82010102")
                + entry_61(AID2, "PBOC CREDIT", "02", "7305DF81010101", "DF82010102")
                + "DF80010101"
            )
        ),
        acts=(purchase(choose="1"),),
        expect=(n(SEL_AID1).be(1), entries().be(2), BASE),
    ),
    Case(
        id="CT-SEL-013",
        title=Title("Directory entry without ADF name (4F) is ignored", "目录入口缺4F"),
        clauses=(B1_DIRECTORY,),
        standing=Standing.REVIEW,
        applies=PSE,
        card=BC.edited(
            directory("610C500A" + text("PBOC OTHER", "") + entry_61(AID1, "PBOC DEBIT"))
        ),
        expect=(BASE,),
    ),
    Case(
        id="CT-SEL-014",
        title=Title(
            "PSE lists unsupported AIDs only: list of AIDs, then the end", "PSE仅含不支持应用"
        ),
        clauses=(B1_PSE,),
        applies=PSE,
        card=BC.but(aid_4F=UNKNOWN),
        expect=(happens(rr_dir(1)), happens(ANY_AID_SELECTED), *ENDED),
    ),
    Case(
        id="CT-SEL-015",
        title=Title("Nested DDF in the PSE directory", "PSE目录中的DDF"),
        clauses=(JRT_0025_3["12"], B1_DIRECTORY),
        standing=Standing.REVIEW,
        applies=PSE & DDF,
        card=NESTED,
        expect=(in_order(SEL_PSE, sel(DDF_NAME), SEL_AID1, GPO), BASE),
    ),
    Case(
        id="CT-SEL-016",
        title=Title(
            "List of AIDs: a blocked exact match is no candidate", "AID列表：被锁应用不入候选"
        ),
        clauses=(B1_LIST,),
        card=NO_PSE.when(SEL_AID1, ending("6283")),
        expect=(n(SEL_AID1).be(1), *ENDED),
    ),
    Case(
        id="CT-SEL-017",
        title=Title("Partial name selection, ASI=0 (DF01=00)", "部分名匹配(ASI=0)"),
        clauses=(P6, B1_LIST),
        applies=PART & CONF,
        card=PARTIAL,
        acts=(purchase(choose="2"),),
        expect=(happens(seln(AID1)), entries().be(2), happens(sel(SECOND_LONGER)), BASE),
    ),
    Case(
        id="CT-SEL-018",
        title=Title("Exact match only, ASI=1 (DF01=01)", "完全匹配(ASI=1)"),
        clauses=(B1_LIST,),
        terminal=AS_DECLARED.but(application_selection_indicator="01"),
        card=NO_PSE.but(aid_4F=FIRST_LONGER),
        expect=(never(seln(AID1)), *ENDED),
    ),
    Case(
        id="CT-SEL-019",
        title=Title("Partial selection, first occurrence blocked", "部分匹配首应用被锁"),
        clauses=(B1_LIST,),
        applies=PART,
        card=PARTIAL.when(SEL_AID1, ending("6283")),
        expect=(
            happens(seln(AID1)),
            happens(sel(SECOND_LONGER)),
            FINAL.count(FIRST_LONGER).be(0),
            BASE,
        ),
    ),
    Case(
        id="CT-SEL-020",
        title=Title("First SELECT of the AID list returns 6A81", "AID列表首次SELECT返回6A81"),
        clauses=(B1_LIST,),
        card=NO_PSE.when(ANY_AID_SELECTED, sw("6A81")),
        expect=(n(ANY_AID_SELECTED).be(1), *ENDED),
    ),
    Case(
        id="CT-SEL-021",
        title=Title("FCI format errors during list building", "建列表时FCI格式错误"),
        clauses=(B1_LIST,),
        standing=Standing.REVIEW,
        runs={
            "a": Run(
                card=TWO_NO_PSE.when(SEL_AID1, instead("6F0E8420" + AID1 + "A502500050009000"))
            ),
            "b": Run(card=TWO_NO_PSE.when(SEL_AID1, rewritten("6F", "A5"))),
            "c": Run(card=TWO_NO_PSE.when(SEL_AID1, rewritten("6F", "84"))),
        },
        expect=(FINAL.count(AID1).be(0), happens(SEL_AID2), happens(GPO)),
    ),
    Case(
        id="CT-SEL-022",
        title=Title("DF name not starting with the selected AID", "FCI中DF名与AID不匹配"),
        clauses=(B1_LIST,),
        standing=Standing.REVIEW,
        card=BC.but(df_name_84="A000000999"),
        expect=(FINAL.count(AID1).be(0), OUT.be(TERM)),
    ),
    Case(
        id="CT-SEL-023",
        title=Title("FCI with A5 before 84 and unknown tags is accepted", "FCI标签顺序及未知标签"),
        clauses=(B1_FCI,),
        standing=Standing.REVIEW,
        card=BC.edited(fci("DF8102", "01")).when(SEL_AID1, rewritten("6F", "A5", "84")),
        expect=(BASE,),
    ),
    Case(
        id="CT-SEL-024",
        title=Title("Candidate list shown in priority order", "候选列表按优先级排序"),
        clauses=(CHOICE, B1_CHOICE),
        applies=CONF,
        card=BC.but(priority_87="03").edited(
            application(AID2, "PBOC CREDIT", "01"), application(AID3, "PBOC QUASI CREDIT")
        ),
        acts=(purchase(choose="2"),),
        expect=(
            offered().be("PBOC CREDIT | PBOC DEBIT | PBOC QUASI CREDIT"),
            FINAL.be(AID1),
            BASE,
        ),
    ),
    Case(
        id="CT-SEL-025",
        title=Title("One candidate, 87 b8=0: automatic selection", "单应用无需确认自动选择"),
        clauses=(B1_CHOICE,),
        card=BC.but(priority_87="01"),
        expect=(no_ui("CONFIRM"), BASE),
    ),
    Case(
        id="CT-SEL-026",
        title=Title("One candidate, 87 b8=1, confirmation supported", "单应用需确认"),
        clauses=(B1_CHOICE,),
        applies=CONF,
        card=BC.but(priority_87="81"),
        runs={
            "a": Run(acts=(purchase(confirm="yes"),), expect=(BASE,)),
            "b": Run(
                acts=(purchase(confirm="no"),), expect=(never(GPO), OUT.among(TERM, CANCEL))
            ),
        },
        expect=(ui("CONFIRM"),),
    ),
    Case(
        id="CT-SEL-027",
        title=Title(
            "One candidate, 87 b8=1, confirmation not supported", "单应用需确认而终端不支持"
        ),
        clauses=(B1_CHOICE,),
        applies=~CONF,
        card=BC.but(priority_87="81"),
        expect=ENDED,
    ),
    Case(
        id="CT-SEL-028",
        title=Title(
            "Several candidates, terminal without selection facility", "多应用终端不支持选择"
        ),
        clauses=(B1_CHOICE,),
        applies=~CONF,
        card=BC.but(priority_87="81").edited(
            application(AID2, "PBOC CREDIT", "02"),
            application(AID3, "PBOC QUASI CREDIT", "03"),
        ),
        expect=(FINAL.be(AID2), BASE),
    ),
    Case(
        id="CT-SEL-029",
        title=Title(
            "Final SELECT fails: candidate removed, next offered", "最终选择失败后重选"
        ),
        clauses=(FINAL_SELECT, CHOICE, B1_CHOICE),
        applies=CONF,
        runs={
            "a": Run(card=TWO_NO_PSE.when(SEL_AID1.time(2), ending("6283"))),
            "b": Run(card=TWO_NO_PSE.when(SEL_AID1.time(2), sw("6A82"))),
            "c": Run(card=TWO_NO_PSE.when(SEL_AID1.time(2), sw("6F00"))),
        },
        acts=(purchase(choose="1,1"),),
        expect=(ui("TRY AGAIN"), FINAL.be(AID2), n(GPO).be(1), BASE),
    ),
    Case(
        id="CT-SEL-030",
        title=Title("Final SELECT returns another DF name", "最终选择DF名不一致"),
        clauses=(B1_CHOICE,),
        standing=Standing.REVIEW,
        card=TWO_NO_PSE.when(
            SEL_AID1.time(2), rewritten("6F", "84:A0.00.00.09.99", "A5")
        ),
        acts=(purchase(choose="1,1"),),
        expect=(FINAL.be(AID2),),
    ),
    Case(
        id="CT-SEL-031",
        title=Title("Preferred name with supported code table", "首选名称及代码表支持"),
        clauses=(P6, B1_CHOICE),
        standing=Standing.REVIEW,
        applies=CONF,
        card=TWO.but(code_table_9F11="01", preferred_9F12=text("PBOC PREF", "")).edited(
            directory_fci("9F11", "01")
        ),
        acts=(purchase(choose="1"),),
        expect=(offered_name(1).be("PBOC PREF"), BASE),
    ),
    Case(
        id="CT-SEL-032",
        title=Title("Preferred name with unsupported code table", "代码表不支持时显示应用标签"),
        clauses=(B1_CHOICE,),
        standing=Standing.REVIEW,
        applies=CONF,
        card=TWO.but(code_table_9F11="09", preferred_9F12="D6F0C1D2").edited(
            directory_fci("9F11", "09")
        ),
        acts=(purchase(choose="1"),),
        expect=(offered_name(1).be("PBOC DEBIT"), BASE),
    ),
    Case(
        id="CT-SEL-033",
        title=Title("UnionPay AIDs accepted", "银联AID受理"),
        clauses=(UNIONPAY_POS[""], P6),
        runs={
            "a": Run(card=BC.but(aid_4F=AID1, cdol1_8C=CDOL1_T + "9F0608"), expect=(
                FINAL.be(AID1), d1("9F06").be(AID1), BASE,
            )),
            "b": Run(card=BC.but(aid_4F=AID2, cdol1_8C=CDOL1_T + "9F0608"), expect=(
                FINAL.be(AID2), d1("9F06").be(AID2), BASE,
            )),
            "c": Run(card=BC.but(aid_4F=AID3, cdol1_8C=CDOL1_T + "9F0608"), expect=(
                FINAL.be(AID3), d1("9F06").be(AID3), BASE,
            )),
            "d": Run(card=BC.but(aid_4F=AID_ECASH, cdol1_8C=CDOL1_T + "9F0608"), expect=(
                FINAL.be(AID_ECASH), d1("9F06").be(AID_ECASH),
            )),
        },
        expect=(),
    ),
    Case(
        id="CT-SEL-034",
        title=Title("No mutually supported application", "无共同支持应用"),
        clauses=(P6, B1_CHOICE),
        card=BC.but(aid_4F=OTHER_SYSTEM),
        expect=(*ENDED, ui("NOT ACCEPTED")),
    ),
)
