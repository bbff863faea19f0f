"""qPBOC at the card: what GET PROCESSING OPTIONS decides (JR/T 0025.12)."""

from suites.acts import get_data, gpo, select
from suites.card_commands import GPO
from suites.card_stimuli import AID, AMOUNT, S1, TAPPED
from suites.case import Case, Run, Standing
from suites.clauses import CARD_PRACTICE, JRT_0025_12
from suites.conditions.card_change import change
from suites.ics_language import CARD_QPBOC
from suites.readings.card_proof import mac
from suites.readings.reader_session import ac, bits, cvr, has, sw, template, tlv
from suites.words import Title

AGAIN = (select(AID), gpo(amount_9F02=AMOUNT, ttq_9F66="36000000"))
CASES = (
    Case(
        id="CD-QPBOC-01",
        title=Title("TC basic", "qPBOC脱机批准"),
        clauses=(JRT_0025_12[""],),
        applies=CARD_QPBOC,
        terminal=S1,
        acts=(*TAPPED, get_data("9F36"), gpo(amount_9F02=AMOUNT, ttq_9F66="36000000")),
        expect=(
            template(GPO).be("77"),
            *(has(GPO, tag).be(1) for tag in ("82", "94", "9F36", "9F26", "9F10", "57")),
            ac(GPO).be("TC"),
            cvr(GPO).be("03900000"),
            mac(GPO).be("right"),
            change("9F36").be(1),
        ),
    ),
    Case(
        id="CD-QPBOC-02",
        title=Title("ARQC TTQ online required", "要求联机"),
        clauses=(CARD_PRACTICE[""],),
        applies=CARD_QPBOC,
        terminal=S1,
        acts=(*TAPPED, gpo(amount_9F02=AMOUNT, ttq_9F66="36800000")),
        expect=(
            ac(GPO).be("ARQC"),
            has(GPO, "94").be(0),
            cvr(GPO).be("03A00000"),
            mac(GPO).be("right"),
        ),
    ),
    Case(
        id="CD-QPBOC-03",
        title=Title("ARQC amount > single limit", "超单笔"),
        clauses=(CARD_PRACTICE[""],),
        applies=CARD_QPBOC,
        terminal=S1,
        acts=(*TAPPED, gpo(amount_9F02=25000, ttq_9F66="32000000")),
        expect=(
            ac(GPO).be("ARQC"),
            cvr(GPO, "2.6").be(1),
            tlv(GPO, "9F6C").be("6000"),
        ),
    ),
    Case(
        id="CD-QPBOC-04",
        title=Title("AAC offline-only amount > single", "脱机拒绝"),
        clauses=(CARD_PRACTICE[""],),
        applies=CARD_QPBOC,
        terminal=S1,
        acts=(*TAPPED, gpo(amount_9F02=25000, ttq_9F66="2A000000")),
        expect=(
            ac(GPO).be("AAC"),
            cvr(GPO, "2.6").be(1),
            tlv(GPO, "9F6C").be("6000"),
        ),
    ),
    Case(
        id="CD-QPBOC-05",
        title=Title("Threshold not enough", "余额-阈值"),
        clauses=(CARD_PRACTICE[""],),
        standing=Standing.REVIEW,
        applies=CARD_QPBOC,
        terminal=S1.but(balance_9F79="000000005400", threshold_9F6D="000000005000"),
        acts=(*TAPPED, gpo(amount_9F02=AMOUNT, ttq_9F66="36000000")),
        expect=(ac(GPO).be("ARQC"), cvr(GPO, "2.6").be(1)),
    ),
    Case(
        id="CD-QPBOC-07",
        title=Title("CVM needed, online PIN", "需联机PIN"),
        clauses=(CARD_PRACTICE[""],),
        applies=CARD_QPBOC,
        terminal=S1,
        acts=(*TAPPED, gpo(amount_9F02=25000, ttq_9F66="36000000")),
        expect=(ac(GPO).be("ARQC"), bits(GPO, "9F6C", "1.8").be(1)),
    ),
    Case(
        id="CD-QPBOC-09",
        title=Title("CVM impossible", "无共同CVM"),
        clauses=(CARD_PRACTICE[""],),
        applies=CARD_QPBOC,
        terminal=S1,
        acts=(*TAPPED, gpo(amount_9F02=25000, ttq_9F66="20000000")),
        expect=(sw(GPO).be("6985"),),
    ),
    Case(
        id="CD-QPBOC-10",
        title=Title("TTQ CVM required only", "TTQ要求CVM"),
        clauses=(CARD_PRACTICE[""],),
        standing=Standing.REVIEW,
        applies=CARD_QPBOC,
        terminal=S1,
        expect=(),
        runs={
            "a": Run(
                acts=(*TAPPED, gpo(amount_9F02=100, ttq_9F66="36400000")),
                expect=(ac(GPO).be("ARQC"), tlv(GPO, "9F6C").be("A000")),
            ),
            "b": Run(
                acts=(*TAPPED, gpo(amount_9F02=100, ttq_9F66="32400000")),
                expect=(ac(GPO).be("TC"), tlv(GPO, "9F6C").be("6000")),
            ),
        },
    ),
    Case(
        id="CD-QPBOC-12",
        title=Title("Currency mismatch -> online", "币种不符联机"),
        clauses=(CARD_PRACTICE[""],),
        applies=CARD_QPBOC,
        terminal=S1.but(processing_9F68="9910D000"),
        acts=(
            *TAPPED,
            gpo(amount_9F02=AMOUNT, ttq_9F66="36000000", currency_5F2A="0840"),
        ),
        expect=(ac(GPO).be("ARQC"), tlv(GPO, "9F6C").be("2000")),
    ),
    Case(
        id="CD-QPBOC-24",
        title=Title("Prepaid", "预付"),
        clauses=(CARD_PRACTICE[""],),
        standing=Standing.REVIEW,
        applies=CARD_QPBOC,
        terminal=S1.but(processing_9F68="9990F000"),
        expect=(),
        runs={
            "a": Run(
                acts=(*TAPPED, gpo(amount_9F02=40000, ttq_9F66="36800000")),
                expect=(ac(GPO).be("AAC"),),
            ),
            "b": Run(
                acts=(
                    *TAPPED,
                    get_data("9F79"),
                    gpo(amount_9F02=AMOUNT, ttq_9F66="36800000"),
                    get_data("9F79"),
                ),
                expect=(
                    ac(GPO).be("ARQC"),
                    tlv(GPO, "9F5D").be("000000029000"),
                    change("9F79").be(-AMOUNT),
                ),
            ),
        },
    ),
    Case(
        id="CD-QPBOC-31",
        title=Title("ATC increments per GPO", "ATC递增"),
        clauses=(JRT_0025_12[""],),
        applies=CARD_QPBOC,
        acts=(*TAPPED, *AGAIN, *AGAIN, *AGAIN),
        expect=(sw(GPO.time(3)).be("9000"), change("9F36").be(2)),
    ),
)
