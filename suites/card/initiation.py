"""GET PROCESSING OPTIONS over contacts: its data, and the choice of e-cash (JR/T 0025.5, .13)."""

from suites.acts import gpo, send
from suites.card_commands import GPO
from suites.card_stimuli import AMOUNT, DEBIT_AFL, ECASH_AFL, INITIATED, S1, SELECTED
from suites.case import Case, Standing
from suites.clauses import CARD_PRACTICE, JRT_0025_5, JRT_0025_13
from suites.ics_language import CARD_CONTACT, CARD_ECASH
from suites.readings.reader_session import sw, template, tlv
from suites.words import Title

CASES = (
    Case(
        id="CD-GPO-01",
        title=Title("GPO without PDOL data when PDOL exists", "GPO无PDOL数据"),
        clauses=(JRT_0025_5[""],),
        standing=Standing.REVIEW,
        applies=CARD_CONTACT,
        acts=(*SELECTED, send("80A8000002830000")),
        expect=(sw(GPO).among("6700", "6985", "6A80"),),
    ),
    Case(
        id="CD-GPO-02",
        title=Title("GPO correct length", "GPO正确"),
        clauses=(JRT_0025_5[""],),
        applies=CARD_CONTACT,
        acts=INITIATED,
        expect=(sw(GPO).be("9000"), template(GPO).among("80", "77")),
    ),
    Case(
        id="CD-GPO-05",
        title=Title("GPO wrong template tag", "模板错"),
        clauses=(CARD_PRACTICE[""],),
        standing=Standing.REVIEW,
        applies=CARD_CONTACT,
        # 9F7A is FA, its lowest bit 0: with 00 the data read like a card number, which the guard
        # keeps out.
        acts=(*SELECTED, send("80A800000B8409FA000000001000015600")),
        expect=(sw(GPO).be("6A80"),),
    ),
    Case(
        id="CD-GPO-10",
        title=Title("EC conditions met", "EC条件满足"),
        clauses=(JRT_0025_13[""],),
        standing=Standing.REVIEW,
        applies=CARD_ECASH,
        terminal=S1,
        acts=(*SELECTED, gpo(amount_9F02=AMOUNT, ecash_9F7A="01")),
        expect=(tlv(GPO, "94").be(ECASH_AFL), tlv(GPO, "82").be("7C00")),
    ),
    Case(
        id="CD-GPO-11",
        title=Title("EC not requested", "9F7A=0走DC"),
        clauses=(JRT_0025_13[""],),
        applies=CARD_ECASH,
        terminal=S1,
        acts=INITIATED,
        expect=(tlv(GPO, "94").be(DEBIT_AFL),),
    ),
    Case(
        id="CD-GPO-12",
        title=Title("EC amount over balance", "超余额"),
        clauses=(JRT_0025_13[""],),
        applies=CARD_ECASH,
        terminal=S1.but(single_limit_9F78="000000040000"),
        acts=(*SELECTED, gpo(amount_9F02=30001, ecash_9F7A="01")),
        expect=(tlv(GPO, "94").be(DEBIT_AFL),),
    ),
    Case(
        id="CD-GPO-13",
        title=Title("EC amount equal balance", "等于余额"),
        clauses=(JRT_0025_13[""],),
        standing=Standing.REVIEW,
        applies=CARD_ECASH,
        terminal=S1.but(single_limit_9F78="000000040000"),
        acts=(*SELECTED, gpo(amount_9F02=30000, ecash_9F7A="01")),
        expect=(tlv(GPO, "94").be(ECASH_AFL),),
    ),
    Case(
        id="CD-GPO-14",
        title=Title("EC amount over single limit", "超单笔限额"),
        clauses=(JRT_0025_13[""],),
        applies=CARD_ECASH,
        terminal=S1,
        acts=(*SELECTED, gpo(amount_9F02=20001, ecash_9F7A="01")),
        expect=(tlv(GPO, "94").be(DEBIT_AFL),),
    ),
    Case(
        id="CD-GPO-15",
        title=Title("EC currency mismatch", "币种不符"),
        clauses=(JRT_0025_13[""],),
        applies=CARD_ECASH,
        terminal=S1,
        acts=(*SELECTED, gpo(amount_9F02=AMOUNT, ecash_9F7A="01", currency_5F2A="0840")),
        expect=(tlv(GPO, "94").be(DEBIT_AFL),),
    ),
)
