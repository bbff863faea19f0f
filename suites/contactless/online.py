"""Online processing by tap (JR/T 0025.12 8; contactless facts, 1.9)."""

from suites.acts import SETTLEMENT, tap
from suites.case import AS_DECLARED, Case, Residue, Run, Standing
from suites.clauses import JRT_0025_12, JRT_0025_13, UNIONPAY_POS
from suites.conditions.expectation import never
from suites.conditions.message_content import with_de
from suites.conditions.tap_uploads import TAP_UPLOADED
from suites.conditions.taps import PATH
from suites.contact_stimuli import DECLINES, SILENT, with_script
from suites.contactless_stimuli import (
    LOW,
    NO_RECORD,
    PIN,
    Q,
    approval,
    asking,
    refused,
)
from suites.ics_language import CL_CVM, ONLINE, OPIN, QPBOC, SIG
from suites.readings.host_session import de, f55, h, no_h
from suites.readings.outcome import OFF_APP, OFF_DEC, ON_APP, ON_DEC, OUT
from suites.readings.screens import no_rc, no_ui, rc, ui
from suites.readings.tap_messages import TAP_AC_IN_55, TAPPED_TRACK_2
from suites.readings.tap_session import tpd
from suites.rules import EA, GPO, command
from suites.words import Title

VERIFICATION = (JRT_0025_12["7.6"].inferred(),)
APPROVED = (JRT_0025_12["7.8.2"].inferred(),)
ASKED = (JRT_0025_12["7.8.3"].inferred(),)
AFTER_THE_CARD = (JRT_0025_12["7.8"].inferred(),)
MESSAGES = (UNIONPAY_POS[""],)
PUT_9F79 = "04DA9F790A"
NOTHING_MORE = (never(command("SCR")), never(command("GAC")), PATH)
CASES = (
    Case(
        id="CL-ONL-01",
        title=Title("CTQ signature", "CTQ要求签名"),
        clauses=APPROVED,
        applies=QPBOC & SIG,
        card=Q.when(GPO, approval("9F6C:40.00", but="9F6C")),
        acts=(tap(1000),),
        expect=(OUT.be(OFF_APP), rc("SIGNATURE LINE"), no_ui("PIN")),
    ),
    Case(
        id="CL-ONL-02",
        title=Title("CTQ online PIN", "CTQ要求联机PIN"),
        clauses=ASKED,
        applies=QPBOC & ONLINE & OPIN,
        card=Q,
        acts=(tap(25000, pin=PIN),),
        expect=(ui("PIN"), h("AUTH"), with_de(52)),
    ),
    Case(
        id="CL-ONL-03",
        title=Title("CTQ none", "无需CVM"),
        clauses=VERIFICATION,
        applies=QPBOC,
        card=Q.but(qualifiers_9F6C="0000"),
        acts=(tap(1000),),
        expect=(OUT.be(OFF_APP), no_rc("SIGNATURE LINE"), no_ui("PIN")),
    ),
    Case(
        id="CL-ONL-04",
        title=Title("No CTQ with signature terminal", "无CTQ默认签名"),
        clauses=VERIFICATION,
        standing=Standing.REVIEW,
        applies=QPBOC & ONLINE & SIG & CL_CVM,
        terminal=AS_DECLARED.but(contactless_cvm_limit=10000),
        card=Q.when(GPO, asking(but="9F6C")),
        acts=(tap(25000),),
        expect=(h("AUTH"), rc("SIGNATURE LINE")),
    ),
    Case(
        id="CL-ONL-05",
        title=Title("Card does not support common CVM", "CVM不匹配"),
        clauses=VERIFICATION,
        applies=QPBOC & SIG & ~OPIN,
        card=Q.but(processing_9F68="9910E000"),
        acts=(tap(40000),),
        expect=refused(NO_RECORD),
    ),
    Case(
        id="CL-ONL-06",
        title=Title("DE55 values equal PDOL", "DE55与PDOL一致"),
        clauses=AFTER_THE_CARD,
        applies=QPBOC & ONLINE,
        card=LOW,
        acts=(tap(1000),),
        expect=(
            *(f55(tag).same_as(tpd(tag)) for tag in ("95", "9F37", "9F02", "9A", "9C", "9F03")),
            f55("9F1A").be("0156"),
            f55("5F2A").be("0156"),
        ),
    ),
    Case(
        id="CL-ONL-07",
        title=Title("DE55 AC verifies", "密文可验证"),
        clauses=AFTER_THE_CARD,
        applies=QPBOC & ONLINE,
        card=LOW,
        acts=(tap(1000),),
        expect=(TAP_AC_IN_55.be("right"),),
    ),
    Case(
        id="CL-ONL-08",
        title=Title("No issuer script to card", "无脚本"),
        clauses=AFTER_THE_CARD,
        standing=Standing.REVIEW,
        applies=QPBOC & ONLINE,
        card=LOW,
        host=with_script("72", PUT_9F79 + "000000010000"),
        acts=(tap(1000),),
        expect=(h("AUTH"), *NOTHING_MORE),
    ),
    Case(
        id="CL-ONL-09",
        title=Title("ARPC ignored", "不做发卡行认证"),
        clauses=AFTER_THE_CARD,
        standing=Standing.REVIEW,
        applies=QPBOC & ONLINE,
        card=LOW,
        acts=(tap(1000),),
        expect=(h("AUTH"), OUT.be(ON_APP), never(EA), *NOTHING_MORE),
    ),
    Case(
        id="CL-ONL-10",
        title=Title("Online failure", "联机失败"),
        clauses=AFTER_THE_CARD,
        standing=Standing.REVIEW,
        applies=QPBOC & ONLINE,
        card=Q,
        host=SILENT,
        acts=(tap(25000, pin=PIN),),
        runs={"declined": Run(expect=(OUT.be(OFF_DEC),)), "reversed": Run(expect=(h("REV"),))},
        expect=(h("AUTH"),),
        leaves=(Residue.PENDING_REVERSAL,),
    ),
    Case(
        id="CL-ONL-11",
        title=Title("Online decline", "联机拒绝"),
        clauses=AFTER_THE_CARD,
        applies=QPBOC & ONLINE,
        card=LOW,
        host=DECLINES,
        acts=(tap(1000),),
        expect=(OUT.be(ON_DEC), no_h("REV")),
    ),
    Case(
        id="CL-ONL-12",
        title=Title("Online approve with signature", "联机批准+签名"),
        clauses=AFTER_THE_CARD,
        standing=Standing.REVIEW,
        applies=QPBOC & ONLINE & SIG,
        card=Q.when(GPO, asking("9F6C:40.00", but="9F6C")),
        acts=(tap(25000),),
        expect=(OUT.be(ON_APP), rc("SIGNATURE LINE")),
    ),
    Case(
        id="CL-ONL-13",
        title=Title("Offline approval stored and settled", "脱机上送"),
        clauses=(JRT_0025_13[""],),
        standing=Standing.REVIEW,
        applies=QPBOC,
        card=Q,
        acts=(tap(1000), SETTLEMENT),
        expect=(OUT.be(OFF_APP).in_transaction(1), TAP_UPLOADED),
    ),
    Case(
        id="CL-ONL-14",
        title=Title("DE22 contactless", "输入方式"),
        clauses=MESSAGES,
        standing=Standing.REVIEW,
        applies=QPBOC & ONLINE,
        card=Q,
        runs={
            "pin": Run(acts=(tap(25000, pin=PIN),), expect=(de(22).be("071").under(OPIN),)),
            "none": Run(card=LOW, acts=(tap(1000),), expect=(de(22).be("072"),)),
        },
        expect=(h("AUTH"),),
    ),
    Case(
        id="CL-ONL-15",
        title=Title("Track 2 in DE35", "二磁数据"),
        clauses=MESSAGES,
        standing=Standing.REVIEW,
        applies=QPBOC & ONLINE,
        card=LOW,
        acts=(tap(1000),),
        expect=(de(35).same_as(TAPPED_TRACK_2),),
    ),
)
