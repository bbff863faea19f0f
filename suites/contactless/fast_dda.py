"""Fast DDA (JR/T 0025.12 Annex B; contactless facts, 1.8)."""

from suites.acts import tap
from suites.card_edits import certified, flipped
from suites.case import Case, Run, Standing
from suites.clauses import EMV_BOOK_3, JRT_0025_12
from suites.conditions.taps import FDDA_FOLLOWED, PRE
from suites.contactless_stimuli import EDITION_3, NO_HOST, OTHER_IF, RECORDS, Q, approval
from suites.ics_language import CONTACT, FDDA_01, OFF, ONLINE, QPBOC
from suites.readings.fast_dda import FDDA
from suites.readings.host_session import h
from suites.readings.outcome import OFF_APP, OFF_DEC, OUT
from suites.readings.tap_session import RECORDS_READ, ttq
from suites.rules import GPO
from suites.symbols import LAST_MONTH
from suites.words import Title

ANNEX_B = (JRT_0025_12["Annex B"].inferred(),)
CERTIFICATES = (JRT_0025_12["Annex B"].inferred(), EMV_BOOK_3["10.3"])
BAD_9F4B = flipped("9F4B", -1, "01")
FORGED = Q.edited(BAD_9F4B)
REFUSED_9F4B = (FDDA.be("refused"), FDDA_FOLLOWED)
# 9F6C of the card is 2000: an online-capable terminal asks the host.
TO_THE_HOST = (FDDA.among("refused", "absent"), FDDA_FOLLOWED, h("AUTH").under(ONLINE))
CASES = (
    Case(
        id="CL-FDDA-01",
        title=Title("Valid fDDA version 00", "fDDA 00成功"),
        clauses=ANNEX_B,
        applies=QPBOC,
        card=Q,
        acts=(tap(1000),),
        expect=(FDDA.be("verified"), FDDA_FOLLOWED, OUT.be(OFF_APP), NO_HOST),
    ),
    Case(
        id="CL-FDDA-02",
        title=Title("Wrong 9F4B signature", "9F4B错误"),
        clauses=ANNEX_B,
        applies=QPBOC,
        card=FORGED,
        acts=(tap(1000),),
        # Failure never reads the card again.
        expect=(*REFUSED_9F4B, RECORDS_READ.be(RECORDS), h("AUTH").under(ONLINE)),
    ),
    Case(
        id="CL-FDDA-03",
        title=Title("fDDA fail, CTQ B1b6", "fDDA失败转联机"),
        clauses=ANNEX_B,
        applies=QPBOC & ONLINE,
        card=FORGED.but(qualifiers_9F6C="2000"),
        acts=(tap(1000),),
        expect=(*REFUSED_9F4B, h("AUTH")),
    ),
    Case(
        id="CL-FDDA-04",
        title=Title("fDDA fail, CTQ B1b5", "fDDA失败换界面"),
        clauses=ANNEX_B,
        applies=QPBOC & CONTACT,
        card=FORGED.but(qualifiers_9F6C="1000"),
        acts=(tap(1000),),
        expect=(*REFUSED_9F4B, OUT.be(OTHER_IF), NO_HOST),
    ),
    Case(
        id="CL-FDDA-05",
        title=Title("fDDA fail, CTQ 0000", "fDDA失败拒绝"),
        clauses=ANNEX_B,
        applies=QPBOC,
        card=FORGED.but(qualifiers_9F6C="0000"),
        acts=(tap(1000),),
        expect=(*REFUSED_9F4B, OUT.be(OFF_DEC), NO_HOST),
    ),
    Case(
        id="CL-FDDA-06",
        title=Title("fDDA fail, 9F6C absent", "无CTQ失败拒绝"),
        clauses=ANNEX_B,
        standing=Standing.REVIEW,
        applies=QPBOC,
        card=FORGED.when(GPO, approval(but="9F6C")),
        acts=(tap(1000),),
        expect=(*REFUSED_9F4B, OUT.be(OFF_DEC), NO_HOST),
    ),
    Case(
        id="CL-FDDA-07",
        title=Title("fDDA fail on offline-only", "仅脱机fDDA失败"),
        clauses=ANNEX_B,
        applies=QPBOC & OFF,
        card=FORGED,
        acts=(tap(1000),),
        expect=(*REFUSED_9F4B, OUT.be(OFF_DEC), NO_HOST),
    ),
    Case(
        id="CL-FDDA-08",
        title=Title("9F4B missing", "缺9F4B"),
        clauses=ANNEX_B,
        standing=Standing.REVIEW,
        applies=QPBOC,
        card=Q.when(GPO, approval(but="9F4B")),
        acts=(tap(1000),),
        expect=TO_THE_HOST,
    ),
    Case(
        id="CL-FDDA-09",
        title=Title("AIP no DDA", "AIP不支持DDA"),
        clauses=ANNEX_B,
        standing=Standing.REVIEW,
        applies=QPBOC,
        card=Q.but(aip_82="5000"),
        acts=(tap(1000),),
        expect=TO_THE_HOST,
    ),
    Case(
        id="CL-FDDA-10",
        title=Title("Certificate recovery fails", "发卡行证书错误"),
        clauses=CERTIFICATES,
        applies=QPBOC,
        card=Q.edited(flipped("90", -1)),
        acts=(tap(1000),),
        expect=TO_THE_HOST,
    ),
    Case(
        id="CL-FDDA-11",
        title=Title("Wrong hash in ICC certificate", "ICC证书哈希错"),
        clauses=CERTIFICATES,
        applies=QPBOC,
        runs={
            "record": Run(card=Q.but(usage_9F07="FF01").unsigned()),
            # The AIP is authenticated with the records: 9F4A.
            "aip": Run(card=Q.when(GPO, approval("82:7D.00", but="82"))),
        },
        acts=(tap(1000),),
        expect=TO_THE_HOST,
    ),
    Case(
        id="CL-FDDA-12",
        title=Title("CA key absent", "无CA公钥"),
        clauses=CERTIFICATES,
        applies=QPBOC,
        card=Q.but(ca_index_8F="E2").unsigned(),
        acts=(tap(1000),),
        expect=TO_THE_HOST,
    ),
    Case(
        id="CL-FDDA-13",
        title=Title("Expired ICC certificate", "ICC证书过期"),
        clauses=CERTIFICATES,
        applies=QPBOC,
        card=Q.edited(certified(icc_expiry=LAST_MONTH)),
        acts=(tap(1000),),
        expect=TO_THE_HOST,
    ),
    Case(
        id="CL-FDDA-14",
        title=Title("PAN in certificate differs", "证书PAN不符"),
        clauses=CERTIFICATES,
        applies=QPBOC,
        card=Q.edited(certified(icc_pan="6210948000000011FFFF")),
        acts=(tap(1000),),
        expect=TO_THE_HOST,
    ),
    Case(
        id="CL-FDDA-15",
        title=Title("9F4A other than 82", "9F4A异常"),
        clauses=CERTIFICATES,
        standing=Standing.REVIEW,
        applies=QPBOC,
        card=Q.but(tag_list_9F4A="8284"),
        acts=(tap(1000),),
        expect=TO_THE_HOST,
    ),
    Case(
        id="CL-FDDA-16",
        title=Title("9F69 version 01", "fDDA 01成功"),
        clauses=ANNEX_B,
        editions=("3.0",),
        standing=Standing.REVIEW,
        applies=FDDA_01,
        card=EDITION_3,
        acts=(tap(1000),),
        expect=(ttq("4.8").be(1), FDDA.be("verified"), FDDA_FOLLOWED, OUT.be(OFF_APP)),
    ),
    Case(
        id="CL-FDDA-17",
        title=Title("Version 00 from 0030 card rejected", "3.0卡00版本拒绝"),
        clauses=ANNEX_B,
        editions=("3.0",),
        standing=Standing.REVIEW,
        applies=FDDA_01,
        card=Q.but(application_version_9F08="0030"),
        acts=(tap(1000),),
        expect=TO_THE_HOST,
    ),
    Case(
        id="CL-FDDA-19",
        title=Title("Terminal without F01 with 9F69", "终端不支持01版"),
        clauses=ANNEX_B,
        editions=("2.0", "3.0"),
        standing=Standing.REVIEW,
        applies=QPBOC & ~FDDA_01,
        card=EDITION_3,
        acts=(tap(1000),),
        expect=(PRE, ttq("4.8").be(0)),
    ),
)
