"""Cardholder verification (JR/T 0025.6 7.7; EMV Book 3, 10.5; Book 4, 6.3.4)."""

from suites.acts import cash, purchase
from suites.case import BC, Case, Run, Standing
from suites.clauses import EMV_BOOK_3, EMV_BOOK_4, JRT_0025_5, JRT_0025_6
from suites.conditions.expectation import BASE, TAA, happens, in_order, never
from suites.conditions.message_content import with_de, without_de
from suites.contact_stimuli import BC_PIN, PIN, WRONG_PIN, cvm
from suites.ics_language import (
    ATM,
    ATT,
    BYP,
    CASH,
    CASHBACK,
    IDCVM,
    NOCVM,
    ONLINE,
    OPIN,
    PPIN,
    PTC,
    SIG,
)
from suites.readings.card_session import CVR34, n, p1, s1, t1
from suites.readings.host_session import de, h
from suites.readings.issuer_answer import VER_P2
from suites.readings.offline_pin import DOCUMENT_NUMBER, DOCUMENT_TYPE, VER_DATA
from suites.readings.outcome import ON_APP, OUT, TERM
from suites.readings.screens import no_rc, no_ui, rc, ui, ui_in_order, ui_text
from suites.rules import GAC1, VER, command, gd, sw
from suites.words import Title

CVM = JRT_0025_6["7.7"].inferred()
B3_LIST, B3_OFFLINE_PIN, B3_ONLINE_PIN = (
    EMV_BOOK_3[number] for number in ("10.5", "10.5.1", "10.5.2")
)
GC = command("GC")
TRIES = gd("9F17")
PIN_BITS = tuple(t1(f"3.{bit}").be(0) for bit in (8, 7, 6, 5, 4, 3))
PERFORMED = s1("1.7").be(1)
NO_SIGNATURE, FAILED, NOT_FAILED = no_rc("SIGNATURE LINE"), t1("3.8").be(1), t1("3.8").be(0)
# 18 places as the number of an identity card has them, and no number that anybody has.
DOCUMENT = "TEST-1990-01-01-TT"
DOCUMENT_9F61 = DOCUMENT.encode().hex().upper()

CASES = (
    Case(
        id="CT-CVM-001",
        title=Title("AIP: cardholder verification not supported", "AIP不支持持卡人验证"),
        clauses=(CVM, B3_LIST, EMV_BOOK_4["6.3.4"]),
        card=BC.but(aip_82="6C00"),
        expect=(
            CVR34.be("3F0000"),
            s1("1.7").be(0),
            never(VER),
            no_ui("PIN"),
            NOT_FAILED,
            BASE,
        ),
    ),
    Case(
        id="CT-CVM-002",
        title=Title("CVM list absent or without rules", "CVM列表缺失或无规则"),
        clauses=(B3_LIST, EMV_BOOK_4["6.3.4"]),
        runs={
            "a": Run(card=BC.but(cvm_list_8E="")),
            "b": Run(card=cvm("")),
        },
        expect=(CVR34.be("3F0000"), t1("1.6").be(1), s1("1.7").be(0), TAA),
    ),
    Case(
        id="CT-CVM-003",
        title=Title("CVM list with invalid length", "CVM列表长度错误"),
        clauses=(EMV_BOOK_3["7.5"],),
        runs={
            "a": Run(card=cvm("1E", amounts="0000EEEE0000FFFF")),
            "b": Run(card=cvm("1E031F", amounts="0000EEEE0000FFFF")),
            "c": Run(card=cvm("", amounts="000000000000")),
        },
        expect=(never(GAC1), OUT.be(TERM)),
    ),
    Case(
        id="CT-CVM-004",
        title=Title("Signature", "签名"),
        clauses=(CVM, EMV_BOOK_3["10.5.4"]),
        applies=SIG,
        card=cvm("1E03 1F00"),
        expect=(
            CVR34.be("1E0300"),
            PERFORMED,
            NOT_FAILED,
            rc("SIGNATURE LINE"),
            BASE,
        ),
    ),
    Case(
        id="CT-CVM-005",
        title=Title("No CVM required", "无需CVM"),
        clauses=(EMV_BOOK_3["10.5.5"],),
        applies=NOCVM,
        card=cvm("1F00"),
        expect=(CVR34.be("1F0002"), PERFORMED, NO_SIGNATURE, no_ui("PIN"), BASE),
    ),
    Case(
        id="CT-CVM-006",
        title=Title("Online PIN", "联机PIN"),
        clauses=(CVM, B3_ONLINE_PIN),
        applies=OPIN & ONLINE,
        card=BC_PIN,
        acts=(purchase(pin=PIN),),
        expect=(
            ui("PIN"),
            CVR34.be("420300"),
            t1("3.6").be(0),
            t1("3.5").be(0),
            t1("3.4").be(0),
            t1("3.3").be(1),
            p1(GAC1).be("80"),
            h("AUTH"),
            with_de(52),
            de(22).be("051"),
            OUT.be(ON_APP),
        ),
    ),
    Case(
        id="CT-CVM-007",
        title=Title("Online PIN unsupported, condition 03", "不支持联机PIN(条件03)"),
        clauses=(B3_LIST,),
        applies=~OPIN & SIG,
        card=cvm("4203 1E03 1F00"),
        expect=(no_ui("PIN"), CVR34.be("1E0300"), t1("3.5").be(0), BASE),
    ),
    Case(
        id="CT-CVM-008",
        title=Title("Online PIN unsupported, condition 00", "不支持联机PIN(条件00)"),
        clauses=(B3_LIST,),
        standing=Standing.REVIEW,
        applies=~OPIN & SIG,
        card=cvm("4200 1E03"),
        expect=(no_ui("PIN"), t1("3.5").be(1), CVR34.be("1E0300"), NOT_FAILED, TAA),
    ),
    Case(
        id="CT-CVM-009",
        title=Title("Online PIN bypassed, next rule applies", "联机PIN跳过后执行下一规则"),
        clauses=(B3_ONLINE_PIN, EMV_BOOK_4["6.3.4.3"]),
        applies=OPIN & BYP & SIG,
        card=cvm("4203 1E03"),
        acts=(purchase(pin=""),),
        expect=(
            t1("3.4").be(1),
            t1("3.3").be(0),
            CVR34.be("1E0300"),
            NOT_FAILED,
            without_de(52),
            TAA,
        ),
    ),
    Case(
        id="CT-CVM-010",
        title=Title("Online PIN bypassed, no further rule", "联机PIN跳过且无后续规则"),
        clauses=(B3_ONLINE_PIN,),
        applies=OPIN & BYP,
        card=cvm("0203"),
        acts=(purchase(pin=""),),
        expect=(t1("3.4").be(1), FAILED, CVR34.be("020301"), TAA),
    ),
    Case(
        id="CT-CVM-011",
        title=Title("PIN pad not working", "密码键盘故障"),
        clauses=(B3_LIST,),
        standing=Standing.REVIEW,
        applies=OPIN & SIG,
        card=cvm("4200 1E03"),
        acts=(purchase(pin_pad="broken"),),
        expect=(t1("3.5").be(1), CVR34.be("1E0300"), TAA),
    ),
    Case(
        id="CT-CVM-012",
        title=Title("Offline plaintext PIN correct", "脱机明文PIN正确"),
        clauses=(CVM, EMV_BOOK_3["6.5.12"], B3_OFFLINE_PIN),
        applies=PPIN,
        card=cvm("0103"),
        acts=(purchase(pin=PIN),),
        expect=(
            in_order(VER, GAC1),
            in_order(TRIES, VER).under(PTC),
            VER_P2.be("80"),
            VER_DATA.be("test"),
            CVR34.be("010302"),
            *PIN_BITS,
            PERFORMED,
            BASE,
        ),
    ),
    Case(
        id="CT-CVM-014",
        title=Title("Offline PIN wrong then right", "脱机PIN先错后对"),
        clauses=(B3_OFFLINE_PIN,),
        applies=PPIN,
        card=cvm("0103").when(VER, sw("63C2")).when(VER.time(2), sw("9000")),
        acts=(purchase(pin=f"{WRONG_PIN},{PIN}"),),
        expect=(
            n(VER).be(2),
            ui("INCORRECT PIN"),
            CVR34.be("010302"),
            t1("3.6").be(0),
            BASE,
        ),
    ),
    Case(
        id="CT-CVM-015",
        title=Title("Last PIN try prompt", "最后一次PIN提示"),
        clauses=(EMV_BOOK_4["6.3.4.1"],),
        standing=Standing.REVIEW,
        applies=PPIN & PTC,
        card=cvm("0103").but(tries_9F17="01").when(VER, sw("9000")),
        acts=(purchase(pin=PIN),),
        # A PIN that was not yet asked for cannot be in VERIFY: shown before the one is before both.
        expect=(ui_in_order("LAST PIN TRY", "PIN"), happens(VER), BASE),
    ),
    Case(
        id="CT-CVM-016",
        title=Title("PIN tries exhausted during transaction", "PIN次数用尽"),
        clauses=(B3_OFFLINE_PIN,),
        applies=PPIN & SIG,
        card=cvm("4103 1E03").when(VER, sw("63C1")).when(VER.time(2), sw("63C0")),
        acts=(purchase(pin=f"{WRONG_PIN},{WRONG_PIN}"),),
        expect=(n(VER).be(2), t1("3.6").be(1), CVR34.be("1E0300"), TAA),
    ),
    Case(
        id="CT-CVM-017",
        title=Title("PIN try counter already zero", "PIN尝试计数器为0"),
        clauses=(B3_OFFLINE_PIN,),
        applies=PPIN & PTC & SIG,
        card=cvm("4103 1E03").but(tries_9F17="00"),
        acts=(purchase(pin=PIN),),
        expect=(happens(TRIES), never(VER), t1("3.6").be(1), CVR34.be("1E0300"), TAA),
    ),
    Case(
        id="CT-CVM-018",
        title=Title("PIN try counter not readable", "PIN尝试计数器不可读"),
        clauses=(B3_OFFLINE_PIN,),
        applies=PPIN & PTC,
        card=cvm("0103").when(TRIES, sw("6A88")).when(VER, sw("9000")),
        acts=(purchase(pin=PIN),),
        expect=(happens(VER), CVR34.be("010302"), BASE),
    ),
    Case(
        id="CT-CVM-019",
        title=Title("VERIFY 6983 / 6984", "VERIFY返回6983/6984"),
        clauses=(B3_OFFLINE_PIN,),
        applies=PPIN & SIG,
        acts=(purchase(pin=PIN),),
        runs={
            "a": Run(card=cvm("4103 1E03").when(VER, sw("6983"))),
            "b": Run(card=cvm("4103 1E03").when(VER, sw("6984"))),
        },
        # What is asked of the TVR in GAC1 asks for that command too.
        expect=(n(VER).be(1), happens(GAC1), t1("3.6").be(1), CVR34.be("1E0300"), TAA),
    ),
    Case(
        id="CT-CVM-020",
        title=Title("VERIFY unexpected SW", "VERIFY返回异常状态字"),
        clauses=(EMV_BOOK_3["6.3.5"],),
        standing=Standing.REVIEW,
        applies=PPIN,
        acts=(purchase(pin=PIN),),
        runs={
            "a": Run(card=cvm("0103").when(VER, sw("6A80"))),
            "b": Run(card=cvm("0103").when(VER, sw("6700"))),
        },
        expect=(n(VER).be(1), OUT.be(TERM)),
    ),
    Case(
        id="CT-CVM-021",
        title=Title("Offline PIN bypassed", "脱机PIN跳过"),
        clauses=(B3_OFFLINE_PIN,),
        applies=PPIN & BYP & SIG,
        card=cvm("4103 1E03"),
        acts=(purchase(pin=""),),
        expect=(never(VER), t1("3.4").be(1), CVR34.be("1E0300"), TAA),
    ),
    Case(
        id="CT-CVM-022",
        title=Title("Offline PIN and signature", "脱机PIN加签名"),
        clauses=(B3_LIST,),
        applies=PPIN & SIG,
        card=cvm("0303"),
        acts=(purchase(pin=PIN),),
        expect=(happens(VER), rc("SIGNATURE LINE"), CVR34.be("030300"), BASE),
    ),
    Case(
        id="CT-CVM-023",
        title=Title(
            "Offline PIN required, terminal has no offline PIN", "不支持脱机PIN(条件00)"
        ),
        clauses=(B3_LIST,),
        standing=Standing.REVIEW,
        applies=~PPIN & SIG,
        card=cvm("4100 1E03"),
        expect=(never(VER), t1("3.5").be(1), CVR34.be("1E0300"), TAA),
    ),
    Case(
        id="CT-CVM-024",
        title=Title(
            "Enciphered offline PIN rule on a PBOC terminal", "脱机密文PIN规则(PBOC不支持)"
        ),
        clauses=(JRT_0025_5["11"], B3_LIST),
        standing=Standing.REVIEW,
        applies=SIG,
        card=cvm("4403 1E03"),
        expect=(never(GC), never(VER), CVR34.be("1E0300"), TAA),
    ),
    Case(
        id="CT-CVM-025",
        title=Title("Fail CVM processing", "CVM失败处理"),
        clauses=(B3_LIST,),
        runs={
            "a": Run(card=cvm("0000"), expect=(CVR34.be("000001"),)),
            "b": Run(card=cvm("4000 1E03"), expect=(CVR34.be("400001"),)),
        },
        expect=(FAILED, PERFORMED, NO_SIGNATURE, TAA),
    ),
    Case(
        id="CT-CVM-026",
        title=Title("Unrecognised CVM, b7=1", "未知CVM继续"),
        clauses=(B3_LIST,),
        applies=SIG,
        card=cvm("6F00 1E03"),
        expect=(t1("3.7").be(1), NOT_FAILED, CVR34.be("1E0300"), TAA),
    ),
    Case(
        id="CT-CVM-027",
        title=Title("Unrecognised CVM, b7=0", "未知CVM终止"),
        clauses=(B3_LIST,),
        standing=Standing.REVIEW,
        card=cvm("2F00 1E03"),
        expect=(t1("3.7").be(1), FAILED, CVR34.be("3F0001"), TAA),
    ),
    Case(
        id="CT-CVM-028",
        title=Title("Unknown condition code: rule skipped", "未知条件码跳过"),
        clauses=(B3_LIST,),
        applies=SIG,
        card=cvm("020A 1E03"),
        expect=(t1("3.7").be(0), CVR34.be("1E0300"), BASE),
    ),
    Case(
        id="CT-CVM-029",
        title=Title("No rule applies", "无规则满足"),
        clauses=(B3_LIST, EMV_BOOK_4["6.3.4.5"]),
        applies=~ATM,
        card=cvm("1E01"),
        expect=(FAILED, CVR34.be("3F0001"), PERFORMED, TAA),
    ),
    Case(
        id="CT-CVM-030",
        title=Title("b7=0 stops the list", "b7=0停止处理"),
        clauses=(B3_LIST,),
        applies=OPIN & BYP,
        card=cvm("0203 1E03"),
        acts=(purchase(pin=""),),
        expect=(CVR34.be("020301"), FAILED, NO_SIGNATURE, TAA),
    ),
    Case(
        id="CT-CVM-031",
        title=Title("Condition 06/07 and amount X", "条件06/07与金额X"),
        clauses=(B3_LIST,),
        applies=SIG & NOCVM,
        card=cvm("1F06 1E07 1E00", amounts="0000138800000000"),
        runs={
            "a": Run(acts=(purchase(4999),), expect=(CVR34.be("1F0602"),)),
            "b": Run(acts=(purchase(5000),), expect=(CVR34.be("1E0000"),)),
            "c": Run(acts=(purchase(5001),), expect=(CVR34.be("1E0700"),)),
        },
        expect=(),
    ),
    Case(
        id="CT-CVM-032",
        title=Title("Condition 08/09 and amount Y", "条件08/09与金额Y"),
        clauses=(B3_LIST,),
        applies=SIG & NOCVM,
        card=cvm("1F08 1E09 1E00", amounts="0000000000001388"),
        runs={
            "a": Run(acts=(purchase(4999),), expect=(CVR34.be("1F0802"),)),
            "b": Run(acts=(purchase(5000),), expect=(CVR34.be("1E0000"),)),
            "c": Run(acts=(purchase(5001),), expect=(CVR34.be("1E0900"),)),
        },
        expect=(),
    ),
    Case(
        id="CT-CVM-033",
        title=Title("Amount conditions need matching currency", "金额条件需货币一致"),
        clauses=(B3_LIST,),
        applies=SIG & NOCVM,
        acts=(purchase(5000),),
        runs={
            "a": Run(
                card=cvm("1F06 1E00", amounts="0000271000000000").but(currency_9F42="0840")
            ),
            "b": Run(card=cvm("1F06 1E00", amounts="0000271000000000").but(currency_9F42="")),
        },
        expect=(CVR34.be("1E0000"),),
    ),
    Case(
        id="CT-CVM-034",
        title=Title("Condition 02: not cash, not cashback", "条件02"),
        clauses=(B3_LIST,),
        applies=SIG,
        card=cvm("1E02"),
        expect=(CVR34.be("1E0200"), BASE),
    ),
    Case(
        id="CT-CVM-035",
        title=Title("Condition 04: manual cash", "条件04 有人值守现金"),
        clauses=(B3_LIST,),
        standing=Standing.REVIEW,
        applies=CASH & ATT & SIG,
        card=cvm("1E04"),
        acts=(cash(),),
        expect=(CVR34.be("1E0400"), TAA),
    ),
    Case(
        id="CT-CVM-036",
        title=Title("Condition 05: purchase with cashback", "条件05 返现"),
        clauses=(B3_LIST,),
        standing=Standing.REVIEW,
        applies=CASHBACK & SIG & NOCVM,
        card=cvm("1E05 1F00"),
        runs={
            "a": Run(acts=(purchase(cashback=1000),), expect=(CVR34.be("1E0500"),)),
            "b": Run(expect=(CVR34.be("1F0002"),)),
        },
        expect=(),
    ),
    Case(
        id="CT-CVM-037",
        title=Title("Condition 01: unattended cash", "条件01 无人值守现金"),
        clauses=(B3_LIST,),
        standing=Standing.REVIEW,
        applies=ATM & OPIN,
        card=cvm("0201"),
        acts=(cash(pin=PIN),),
        expect=(ui("PIN"), CVR34.be("020100"), TAA),
    ),
    Case(
        id="CT-CVM-038",
        title=Title("Second rule succeeds after first fails", "首规则失败次规则成功"),
        clauses=(B3_LIST,),
        applies=PPIN & PTC & SIG,
        card=cvm("4103 1E03").but(tries_9F17="00"),
        expect=(CVR34.be("1E0300"), NOT_FAILED, t1("3.6").be(1)),
    ),
    Case(
        id="CT-CVM-039",
        title=Title("PBOC cardholder ID document presented", "出示持卡人证件成功"),
        clauses=(JRT_0025_5["11"], CVM),
        standing=Standing.REVIEW,
        applies=IDCVM & ATT,
        card=cvm("2000").but(type_9F62="00", number_9F61=DOCUMENT_9F61),
        expect=(
            ui("ID DOCUMENT"),
            ui_text(DOCUMENT_TYPE, "UI(ID TYPE)"),
            ui_text(DOCUMENT_NUMBER, "UI(ID NUMBER)"),
            CVR34.be("200002"),
            PERFORMED,
            NOT_FAILED,
            TAA,
        ),
    ),
    Case(
        id="CT-CVM-040",
        title=Title("PBOC ID document refused", "持卡人证件核对不符"),
        clauses=(CVM,),
        standing=Standing.REVIEW,
        applies=IDCVM & ATT & SIG,
        acts=(purchase(id_document="wrong"),),
        runs={
            "a": Run(
                card=cvm("2000").but(type_9F62="00", number_9F61=DOCUMENT_9F61),
                expect=(CVR34.be("200001"), FAILED),
            ),
            "b": Run(
                card=cvm("6000 1E03").but(type_9F62="00", number_9F61=DOCUMENT_9F61),
                expect=(CVR34.be("1E0300"), NOT_FAILED),
            ),
        },
        expect=(TAA,),
    ),
    Case(
        id="CT-CVM-041",
        title=Title("PBOC ID document data missing", "证件数据缺失"),
        clauses=(CVM,),
        standing=Standing.ADVISORY,
        applies=IDCVM & ATT & SIG,
        runs={
            "a": Run(card=cvm("6000 1E03").but(type_9F62="00")),
            "b": Run(card=cvm("6000 1E03").but(number_9F61=DOCUMENT_9F61)),
        },
        expect=(t1("1.6").be(1), CVR34.be("1E0300"), TAA),
    ),
    Case(
        id="CT-CVM-042",
        title=Title("PBOC ID document rule, terminal not capable", "终端不支持证件验证"),
        clauses=(CVM,),
        standing=Standing.REVIEW,
        applies=~IDCVM & SIG,
        card=cvm("6003 1E03"),
        expect=(no_ui("ID DOCUMENT"), CVR34.be("1E0300"), TAA),
    ),
    Case(
        id="CT-CVM-043",
        title=Title("PBOC ID document types displayed", "证件类型显示"),
        clauses=(JRT_0025_5["A"],),
        standing=Standing.REVIEW,
        applies=IDCVM & ATT,
        runs={
            kind: Run(card=cvm("2000").but(type_9F62=kind, number_9F61=DOCUMENT_9F61))
            for kind in ("00", "01", "02", "03", "04", "05")
        },
        expect=(ui_text(DOCUMENT_TYPE, "UI(ID TYPE)"),),
    ),
)
