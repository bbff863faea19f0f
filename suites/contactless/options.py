"""GET PROCESSING OPTIONS (JR/T 0025.12 6.5; contactless facts, 1.5 and 1.6)."""

from suites.acts import SETTLEMENT, tap, times
from suites.case import AS_DECLARED, Case, Run, Standing
from suites.clauses import EMV_BOOK_3, JRT_0025_12, JRT_0025_13, JRT_0025_14
from suites.conditions.tap_uploads import TAP_UPLOADED
from suites.conditions.taps import differing
from suites.contactless_stimuli import (
    NO_HOST,
    NO_RECORD,
    OTHER_IF,
    PDOL,
    PIN,
    REFERENCE,
    REFUSED,
    Q,
    approval,
    refused,
)
from suites.ics_language import CAPP, CL_ECASH, CL_TRANSACTION, CLPBOC, CONTACT, EC, QPBOC, SM
from suites.readings.outcome import OFF_APP, OUT, TERM
from suites.readings.sent_data import lc
from suites.readings.tap_session import RECORDS_READ, tpd
from suites.rules import GPO, instead, rewritten, sw
from suites.words import Title

INITIATION = (JRT_0025_12["6.5.3"].inferred(),)
PATHS = (JRT_0025_12["6.5.4"].inferred(),)
DATA = (EMV_BOOK_3["5.4"],)
NOTHING_READ = refused(NO_RECORD)
LAST_OF_JANUARY = AS_DECLARED.but(**{"terminal-date": "270131"})
# Lc of the standard PDOL: 83, its length, 33 bytes.
STANDARD = 35
CASES = (
    Case(
        id="CL-GPO-01",
        title=Title("PDOL order and lengths", "PDOL填充顺序"),
        clauses=INITIATION,
        applies=QPBOC,
        card=Q,
        acts=(tap(1000),),
        expect=(
            lc(GPO).be(STANDARD),
            tpd("9F02").be("000000001000"),
            tpd("9F03").be("000000000000"),
            tpd("9F1A").be("0156"),
            tpd("95").be("0000000000"),
            tpd("5F2A").be("0156"),
            tpd("9C").be("00"),
        ),
    ),
    Case(
        id="CL-GPO-02",
        title=Title("PDOL unknown tag zero filled", "未知标签填零"),
        clauses=DATA,
        applies=QPBOC,
        card=Q.but(contactless_pdol_9F38=PDOL + "9F7604"),
        acts=(tap(1000),),
        expect=(lc(GPO).be(STANDARD + 4), tpd("9F76").be("00000000")),
    ),
    Case(
        id="CL-GPO-03",
        title=Title("PDOL longer numeric", "数字域左补零"),
        clauses=DATA,
        standing=Standing.REVIEW,
        applies=QPBOC,
        card=Q.but(contactless_pdol_9F38=PDOL.replace("9F0206", "9F0208")),
        acts=(tap(1000),),
        expect=(tpd("9F02").be("0000000000001000"),),
    ),
    Case(
        id="CL-GPO-04",
        title=Title("PDOL shorter date", "日期截短"),
        clauses=DATA,
        standing=Standing.REVIEW,
        applies=QPBOC,
        terminal=LAST_OF_JANUARY,
        card=Q.but(contactless_pdol_9F38=PDOL.replace("9A03", "9A02")),
        acts=(tap(1000),),
        expect=(tpd("9A").be("0131"),),
    ),
    Case(
        id="CL-GPO-05",
        title=Title("PDOL 9F7A over contactless", "PDOL含9F7A"),
        clauses=(JRT_0025_13[""],),
        standing=Standing.REVIEW,
        applies=EC & CLPBOC,
        terminal=AS_DECLARED.but(ecash_limit=20000),
        card=REFERENCE.but(contactless_pdol_9F38=PDOL + "9F7A01"),
        runs={
            "a": Run(
                acts=(tap(1000),),
                expect=(
                    tpd("9F7A").be("01").under(CL_ECASH),
                    tpd("9F7A").be("00").under(~CL_ECASH),
                ),
            ),
            # Not below 9F7B: no purchase by electronic cash.
            "b": Run(acts=(tap(20000, pin=PIN),), expect=(tpd("9F7A").be("00"),)),
        },
        expect=(lc(GPO).be(STANDARD + 1),),
    ),
    Case(
        id="CL-GPO-06",
        title=Title("PDOL with DF60", "PDOL含DF60"),
        clauses=(JRT_0025_14[""],),
        standing=Standing.REVIEW,
        applies=QPBOC & ~CAPP,
        card=Q.but(contactless_pdol_9F38=PDOL + "DF6001"),
        acts=(tap(1000),),
        expect=(lc(GPO).be(STANDARD + 1), tpd("DF60").be("00")),
    ),
    Case(
        id="CL-GPO-07",
        title=Title("PDOL with DF69", "PDOL含DF69"),
        clauses=DATA,
        standing=Standing.REVIEW,
        applies=QPBOC & ~SM,
        card=Q.but(contactless_pdol_9F38=PDOL + "DF6901"),
        acts=(tap(1000),),
        expect=(lc(GPO).be(STANDARD + 1), tpd("DF69").be("00")),
    ),
    Case(
        id="CL-GPO-08",
        title=Title("UN is fresh", "不可预知数变化"),
        clauses=DATA,
        standing=Standing.REVIEW,
        applies=QPBOC,
        card=Q,
        acts=times(3, tap(1000)),
        expect=(differing(tpd("9F37"), "00000000", "FFFFFFFF"),),
    ),
    Case(
        id="CL-GPO-09",
        title=Title("Amount encoding", "金额编码"),
        clauses=DATA,
        applies=QPBOC & CL_TRANSACTION,
        terminal=AS_DECLARED.but(contactless_transaction_limit="absent"),
        card=Q,
        acts=(tap(1234567, pin=PIN),),
        expect=(tpd("9F02").be("000001234567"),),
    ),
    Case(
        id="CL-GPO-10",
        title=Title("Date correct", "日期正确"),
        clauses=INITIATION,
        standing=Standing.REVIEW,
        applies=QPBOC,
        terminal=LAST_OF_JANUARY,
        card=Q,
        acts=(tap(1000),),
        expect=(tpd("9A").be("270131"),),
    ),
    Case(
        id="CL-GPO-11",
        title=Title("Currency and country", "货币与国家代码"),
        clauses=INITIATION,
        applies=QPBOC,
        card=Q,
        acts=(tap(1000),),
        expect=(tpd("5F2A").be("0156"), tpd("9F1A").be("0156")),
    ),
    Case(
        id="CL-GPO-12",
        title=Title("83 extended length", "83长度大于127"),
        clauses=DATA,
        standing=Standing.REVIEW,
        applies=QPBOC,
        card=Q.but(contactless_pdol_9F38=PDOL + "9F4E64"),
        acts=(tap(1000),),
        expect=(
            # 83 81 85 and 133 bytes.
            lc(GPO).be(136),
            tpd("9F02").be("000000001000"),
            tpd("9C").be("00"),
            OUT.be(OFF_APP),
        ),
    ),
    Case(
        id="CL-GPO-13",
        title=Title("GPO SW 6985", "GPO返回6985"),
        clauses=INITIATION,
        standing=Standing.REVIEW,
        applies=QPBOC,
        card=Q.when(GPO, sw("6985")),
        runs={
            "a": Run(
                terminal=AS_DECLARED.but(contactless_refusal="other-interface"),
                expect=(
                    OUT.be(OTHER_IF).under(CONTACT),
                    OUT.be(TERM).under(~CONTACT),
                ),
            ),
            "b": Run(
                terminal=AS_DECLARED.but(contactless_refusal="next-application"),
                expect=(REFUSED,),
            ),
        },
        acts=(tap(1000),),
        expect=(NO_RECORD, NO_HOST),
    ),
    Case(
        id="CL-GPO-14",
        title=Title("GPO SW 6984", "GPO返回6984"),
        clauses=INITIATION,
        standing=Standing.ADVISORY,
        applies=QPBOC,
        card=Q.when(GPO, sw("6984")),
        acts=(tap(1000),),
        expect=NOTHING_READ,
    ),
    Case(
        id="CL-GPO-15",
        title=Title("GPO SW 6A80/6F00", "GPO其他错误"),
        clauses=INITIATION,
        applies=QPBOC,
        card=Q,
        runs={
            "a": Run(card=Q.when(GPO, sw("6F00"))),
            "b": Run(card=Q.when(GPO, sw("6A80"))),
        },
        acts=(tap(1000),),
        expect=NOTHING_READ,
    ),
    Case(
        id="CL-GPO-16",
        title=Title("GPO bad template", "GPO模板错"),
        clauses=INITIATION,
        applies=QPBOC,
        card=Q.when(GPO, rewritten("70", "82", "94", "9F36", "9F26", "9F10", "57")),
        acts=(tap(1000),),
        expect=NOTHING_READ,
    ),
    Case(
        id="CL-GPO-17",
        title=Title("GPO 77 without AIP", "GPO缺AIP"),
        clauses=PATHS,
        applies=QPBOC,
        card=Q.when(GPO, approval(but="82")),
        acts=(tap(1000),),
        expect=NOTHING_READ,
    ),
    Case(
        id="CL-GPO-18",
        title=Title("GPO format 1 odd AFL", "80模板AFL长度错"),
        clauses=DATA,
        applies=CLPBOC,
        card=REFERENCE.when(GPO, instead("80057C000801019000")),
        acts=(tap(1000),),
        expect=NOTHING_READ,
    ),
    Case(
        id="CL-GPO-19",
        title=Title("Terminal data in the card answer is ignored", "卡片应答含终端数据不覆盖"),
        clauses=PATHS,
        standing=Standing.REVIEW,
        applies=QPBOC,
        card=Q.when(GPO, approval("9F02:00.00.00.00.50.00")),
        acts=(tap(1000), SETTLEMENT),
        expect=(
            OUT.be(OFF_APP).in_transaction(1),
            RECORDS_READ.be("2/1 2/6 3/4 4/1").in_transaction(1),
            TAP_UPLOADED,
        ),
    ),
)
