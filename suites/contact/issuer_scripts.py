"""Issuer scripts (JR/T 0025.6 7.12; EMV Book 3, 10.10)."""

from suites.acts import purchase
from suites.case import APPROVES, BC, Case, Residue, Run, Standing
from suites.clauses import EMV_BOOK_3, JRT_0025_5, JRT_0025_6, UNIONPAY_POS
from suites.conditions.expectation import happens, in_order, never
from suites.conditions.message_content import f55_contains, without_55
from suites.contact_stimuli import (
    DECLINED_WITH_SCRIPT,
    PUT_9F53,
    PUT_9F58,
    PUT_9F59,
    TEMPLATE_128,
    TEMPLATE_BROKEN,
    TEMPLATE_OF_16,
    TEMPLATE_UNCHANGED,
    TEMPLATE_UNKNOWN_TAG,
    accepting,
    with_objects,
    with_script,
    with_scripts,
)
from suites.ics_language import MULTI, ONLINE
from suites.readings.card_session import n, p1, s2, t2
from suites.readings.final_state import SCRIPT_RESULTS, sf, tf
from suites.readings.host_session import h
from suites.readings.issuer_answer import ALL_COMMANDS_SENT, scr_bytes
from suites.readings.outcome import ON_APP, ON_DEC, OUT
from suites.rules import AAC, EA, GAC2, SCR, issuer_script, scr, sw
from suites.symbols import ABOVE_FLOOR
from suites.words import Title

SCRIPT = EMV_BOOK_3["10.10"]
ABOVE = (purchase(ABOVE_FLOOR),)
# The terminal may tell the script's result as late as before the next online transaction.
PENDING = (Residue.PENDING_REVERSAL,)
NOTICE_OBJECTS = ("DF31", "9F33", "95", "9F37", "9F1E", "9F10", "9F26", "9F36", "82", "9F1A", "9A")
SECOND = "00000002"

CASES = (
    Case(
        id="CT-SCR-001",
        title=Title("Template 72, one command, success", "72脚本执行成功"),
        clauses=(JRT_0025_5["17"], JRT_0025_6["7.12"].inferred(), SCRIPT),
        applies=ONLINE,
        card=accepting(BC, 1),
        host=with_script("72", PUT_9F58),
        acts=ABOVE,
        expect=(
            in_order(GAC2, scr(1)),
            n(SCR).be(1),
            tf("5.5").be(0),
            sf("1.3").be(1),
            SCRIPT_RESULTS.be("2000000001"),
        ),
        leaves=PENDING,
    ),
    Case(
        id="CT-SCR-002",
        title=Title("Template 71 before the final GENERATE AC", "71脚本在GAC2之前"),
        clauses=(SCRIPT,),
        applies=ONLINE,
        card=accepting(BC, 1),
        host=with_script("71", PUT_9F58),
        acts=ABOVE,
        expect=(
            in_order(EA, scr(1), GAC2),
            t2("5.6").be(0),
            s2("1.3").be(1),
            SCRIPT_RESULTS.be("2000000001"),
        ),
        leaves=PENDING,
    ),
    Case(
        id="CT-SCR-003",
        title=Title("Template 71 command fails", "71脚本失败"),
        clauses=(SCRIPT,),
        applies=ONLINE,
        card=BC.when(scr(1), sw("6A80")),
        host=with_script("71", PUT_9F58, PUT_9F59),
        acts=ABOVE,
        expect=(
            n(SCR).be(1),
            t2("5.6").be(1),
            n(GAC2).be(1),
            SCRIPT_RESULTS.be("1100000001"),
        ),
        leaves=PENDING,
    ),
    Case(
        id="CT-SCR-004",
        title=Title("Template 72 command fails", "72脚本失败"),
        clauses=(SCRIPT,),
        applies=ONLINE,
        card=accepting(BC, 1).when(scr(2), sw("6985")),
        host=with_script("72", PUT_9F58, PUT_9F59, PUT_9F53),
        acts=ABOVE,
        expect=(
            n(SCR).be(2),
            tf("5.5").be(1),
            OUT.be(ON_APP),
            SCRIPT_RESULTS.be("1200000001"),
        ),
        leaves=PENDING,
    ),
    Case(
        id="CT-SCR-005",
        title=Title("Warnings 62xx/63xx do not stop a script", "警告状态字继续执行"),
        clauses=(SCRIPT, EMV_BOOK_3["6.3.5"]),
        applies=ONLINE,
        host=with_script("72", PUT_9F58, PUT_9F59),
        acts=ABOVE,
        runs={
            "a": Run(card=BC.when(scr(1), sw("6283")).when(scr(2), sw("9000"))),
            "b": Run(card=BC.when(scr(1), sw("63C2")).when(scr(2), sw("9000"))),
        },
        expect=(n(SCR).be(2), tf("5.5").be(0), SCRIPT_RESULTS.be("2000000001")),
        leaves=PENDING,
    ),
    Case(
        id="CT-SCR-006",
        title=Title("Several scripts are independent", "多脚本互不影响"),
        clauses=(SCRIPT,),
        standing=Standing.REVIEW,
        applies=ONLINE & MULTI,
        card=BC.when(scr(1), sw("6A80")).when(scr(2), sw("9000")).when(scr(3), sw("9000")),
        host=with_scripts(
            issuer_script("72", PUT_9F58),
            issuer_script("72", PUT_9F59, PUT_9F53, identifier=SECOND),
        ),
        acts=ABOVE,
        expect=(
            ALL_COMMANDS_SENT,
            SCRIPT_RESULTS.be("11000000012000000002"),
            tf("5.5").be(1),
        ),
        leaves=PENDING,
    ),
    Case(
        id="CT-SCR-007",
        title=Title("Script without identifier", "无9F18脚本"),
        clauses=(SCRIPT,),
        standing=Standing.REVIEW,
        applies=ONLINE,
        card=accepting(BC, 1),
        host=with_script("72", PUT_9F58, identifier=""),
        acts=ABOVE,
        expect=(n(SCR).be(1), SCRIPT_RESULTS.be("2000000000")),
        leaves=PENDING,
    ),
    Case(
        id="CT-SCR-008",
        title=Title("Unknown tag inside a script template", "脚本模板含未知标签"),
        clauses=(SCRIPT,),
        standing=Standing.ADVISORY,
        applies=ONLINE,
        host=with_objects(TEMPLATE_UNKNOWN_TAG),
        acts=ABOVE,
        expect=(never(SCR), tf("5.5").be(1)),
        leaves=PENDING,
    ),
    Case(
        id="CT-SCR-009",
        title=Title("Badly formatted script command", "脚本命令TLV错误"),
        clauses=(SCRIPT,),
        standing=Standing.REVIEW,
        applies=ONLINE,
        host=with_objects(TEMPLATE_BROKEN),
        acts=ABOVE,
        expect=(never(SCR), tf("5.5").be(1), OUT.be(ON_APP)),
        leaves=PENDING,
    ),
    Case(
        id="CT-SCR-010",
        title=Title("Script of 128 bytes is supported", "128字节脚本"),
        clauses=(SCRIPT,),
        applies=ONLINE,
        card=accepting(BC, 7),
        host=with_objects(TEMPLATE_128),
        acts=ABOVE,
        expect=(ALL_COMMANDS_SENT, tf("5.5").be(0)),
        leaves=PENDING,
    ),
    Case(
        id="CT-SCR-011",
        title=Title("Templates 71 and 72 in one response", "71与72同时存在"),
        clauses=(SCRIPT,),
        applies=ONLINE,
        card=accepting(BC, 2),
        host=with_scripts(
            issuer_script("71", PUT_9F58),
            issuer_script("72", PUT_9F59, identifier=SECOND),
        ),
        acts=ABOVE,
        expect=(
            in_order(scr(1), GAC2, scr(2)),
            SCRIPT_RESULTS.be("20000000012000000002"),
        ),
        leaves=PENDING,
    ),
    Case(
        id="CT-SCR-012",
        title=Title("Script with a declined response", "拒绝应答中的脚本"),
        clauses=(SCRIPT,),
        applies=ONLINE,
        card=accepting(BC.when(GAC2, AAC), 1),
        host=DECLINED_WITH_SCRIPT,
        acts=ABOVE,
        expect=(
            p1(GAC2).be("00"),
            happens(scr(1)),
            sf("1.3").be(1),
            OUT.be(ON_DEC),
        ),
        leaves=PENDING,
    ),
    Case(
        id="CT-SCR-013",
        title=Title("Script command sent unchanged", "脚本命令原样发送"),
        clauses=(JRT_0025_5["17"], JRT_0025_5["C"]),
        applies=ONLINE,
        card=accepting(BC, 1),
        host=with_objects(TEMPLATE_UNCHANGED),
        acts=ABOVE,
        expect=(scr_bytes(1).be("841E000004EEFD1838"),),
        leaves=PENDING,
    ),
    Case(
        id="CT-SCR-014",
        title=Title("Script result reported to the host", "脚本结果上送"),
        clauses=(UNIONPAY_POS[""],),
        standing=Standing.REVIEW,
        applies=ONLINE,
        card=accepting(BC, 1),
        host=with_script("72", PUT_9F58),
        acts=ABOVE,
        expect=(
            h("SCRN") | h("OFFL"),
            f55_contains(*NOTICE_OBJECTS, kind="SCRN")
            | f55_contains(*NOTICE_OBJECTS, kind="OFFL"),
        ),
        leaves=PENDING,
    ),
    Case(
        id="CT-SCR-015",
        title=Title("Sequence number nibble saturates", "脚本序号上限"),
        clauses=(SCRIPT,),
        standing=Standing.ADVISORY,
        applies=ONLINE,
        card=accepting(BC, 15).when(scr(16), sw("6A80")),
        host=with_objects(TEMPLATE_OF_16),
        acts=ABOVE,
        expect=(SCRIPT_RESULTS.be("1F00000001"),),
        leaves=PENDING,
    ),
    Case(
        id="CT-SCR-016",
        title=Title("No script: no script bits", "无脚本"),
        clauses=(SCRIPT,),
        applies=ONLINE,
        host=APPROVES,
        acts=ABOVE,
        expect=(
            s2("1.3").be(0),
            sf("1.3").be(0),
            tf("5.6").be(0),
            tf("5.5").be(0),
            *(without_55("DF31", kind) for kind in ("REV", "SCRN", "OFFL")),
        ),
        leaves=PENDING,
    ),
)
