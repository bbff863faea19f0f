"""Initiate application processing (JR/T 0025.6 7.3; EMV Book 3, 10.1)."""

from suites.acts import present, purchase
from suites.case import BC, Card, Case, Run, Standing
from suites.clauses import EMV_BOOK_3, EMV_BOOK_4, JRT_0025_5, JRT_0025_6
from suites.conditions.expectation import BASE, never
from suites.conditions.list_data import terminal_values
from suites.contact_cards import AID2
from suites.ics_language import ATT, CONF, ODA, ONLINE
from suites.readings.application_list import offered_again
from suites.readings.card_session import n, pd
from suites.readings.outcome import OUT, RESEL, TERM
from suites.readings.sent_data import FINAL, data, lc, t1_under
from suites.rules import GAC1, GPO, RECORD_READ, instead, rewritten, sw
from suites.symbols import YESTERDAY
from suites.words import Title

P5, P6 = JRT_0025_5["7"], JRT_0025_6["7.3"].inferred()
B3_STEP, B3_LISTS, B3_ANSWER, B3_ERRORS, B3_STATUS = (
    EMV_BOOK_3[number] for number in ("10.1", "5.4", "6.5.8", "7.5", "6.3.5")
)
# EMV 4.2 and later set bit 1.2 with SDA: it is left out.
CLEAN = t1_under("FDFFFFFFFF")
NOTHING_SET = (CLEAN.be("0000000000").under(ODA), CLEAN.be("8000000000").under(~ODA))
NO_DECISION, TERMINATED = never(GAC1), OUT.be(TERM)
ENDED = (NO_DECISION, TERMINATED)
TWO_NO_PSE = Card("BC-TWO-NO-PSE")
TERMINAL_OBJECTS = "9F1A025F2A029A039C019F37049F33039F35019F40059F1E08"

CASES = (
    Case(
        id="CT-INI-001",
        title=Title("No PDOL: command data 8300", "无PDOL时GPO数据为8300"),
        clauses=(P5, P6, B3_STEP),
        expect=(data(GPO).be("8300"), n(GPO).be(1), BASE),
    ),
    Case(
        id="CT-INI-002",
        title=Title("PDOL with terminal data objects", "PDOL取终端数据"),
        clauses=(P6, B3_LISTS, B3_STEP),
        card=BC.but(pdol_9F38=TERMINAL_OBJECTS),
        expect=(terminal_values(GPO), lc(GPO).be(31), BASE),
    ),
    Case(
        id="CT-INI-003",
        title=Title("PDOL with amount: amount obtained before GPO", "PDOL含金额"),
        clauses=(P6, EMV_BOOK_4["6.3.1"]),
        applies=ATT,
        card=BC.but(pdol_9F38="9F02069F0306"),
        expect=(terminal_values(GPO, "9F02", "9F03"), BASE),
    ),
    Case(
        id="CT-INI-004",
        title=Title("PDOL with unknown, card-source, constructed tags", "PDOL含未知标签"),
        clauses=(B3_LISTS,),
        standing=Standing.REVIEW,
        card=BC.but(pdol_9F38="9F7C049F10087002"),
        expect=(
            pd("9F7C").be("00000000"),
            pd("9F10").be("0000000000000000"),
            pd("70").be("0000"),
            BASE,
        ),
    ),
    Case(
        id="CT-INI-005",
        title=Title("DOL padding and truncation rules", "DOL填充与截断"),
        clauses=(B3_LISTS,),
        applies=ATT,
        card=BC.but(pdol_9F38="9F02089F02049F1E0A9F1E049F1A03"),
        acts=(purchase(1_234),),
        expect=(
            pd("9F02", 8).be("0000000000001234"),
            pd("9F02", 4).be("00001234"),
            terminal_values(GPO, "9F1E"),
            pd("9F1A", 3).be("000156"),
            BASE,
        ),
    ),
    Case(
        id="CT-INI-006",
        title=Title("GPO response format 1 (80)", "GPO响应格式1"),
        clauses=(B3_ANSWER,),
        card=BC.when(GPO, rewritten("80", "82", "94")),
        expect=(BASE,),
    ),
    Case(
        id="CT-INI-007",
        title=Title("GPO response format 2 (77) with extra tags", "GPO响应格式2"),
        clauses=(B3_ANSWER,),
        card=BC.when(
            GPO, rewritten("77", "82", "94", "9F4C:01.02.03.04.05.06.07.08", "DF8103:01")
        ),
        expect=(BASE,),
    ),
    Case(
        id="CT-INI-008",
        title=Title(
            "GPO 6985 with another candidate: back to selection", "GPO返回6985重选应用"
        ),
        clauses=(P6, B3_STEP, EMV_BOOK_4["6.3.1"]),
        applies=CONF,
        card=TWO_NO_PSE.when(GPO, sw("6985")),
        acts=(purchase(choose="1,1"),),
        expect=(
            n(GPO).be(2),
            FINAL.be(AID2),
            offered_again("PBOC DEBIT").be(0),
            *NOTHING_SET,
            BASE,
        ),
    ),
    Case(
        id="CT-INI-009",
        title=Title("GPO 6985, only one application", "单应用GPO返回6985"),
        clauses=(B3_STEP,),
        card=BC.when(GPO, sw("6985")),
        expect=(n(GPO).be(1), never(RECORD_READ), TERMINATED),
    ),
    Case(
        id="CT-INI-010",
        title=Title("GPO other error status", "GPO返回其他错误"),
        clauses=(B3_STATUS, B3_STEP),
        runs={
            name: Run(card=BC.when(GPO, sw(status)))
            for name, status in {"a": "6A81", "b": "6F00", "c": "6283"}.items()
        },
        expect=(n(GPO).be(1), *ENDED),
    ),
    Case(
        id="CT-INI-011",
        title=Title("Format 1 length errors", "格式1长度错误"),
        clauses=(B3_ANSWER, B3_ERRORS),
        runs={
            "a": Run(card=BC.when(GPO, rewritten("80", "82:7C")), expect=ENDED),
            # Without an AFL at all the row is less sure.
            "b": Run(
                card=BC.when(GPO, rewritten("80", "82")),
                expect=(NO_DECISION.reviewed(), TERMINATED.reviewed()),
            ),
            "c": Run(card=BC.when(GPO, rewritten("80", "82", "94:08.01.01.00.10")), expect=ENDED),
        },
        expect=(),
    ),
    Case(
        id="CT-INI-012",
        title=Title("Format 2 missing AIP or AFL", "格式2缺AIP/AFL"),
        clauses=(B3_ANSWER,),
        runs={
            "a": Run(card=BC.when(GPO, rewritten("77", "94"))),
            "b": Run(card=BC.when(GPO, rewritten("77", "82"))),
        },
        expect=ENDED,
    ),
    Case(
        id="CT-INI-013",
        title=Title("Unknown response template, broken TLV", "GPO响应模板错误"),
        clauses=(B3_ANSWER, B3_ERRORS),
        runs={
            "a": Run(card=BC.when(GPO, rewritten("70", "82", "94"))),
            "b": Run(card=BC.when(GPO, rewritten("77", "82", "94", longer=2))),
            "c": Run(card=BC.when(GPO, instead("9000"))),
        },
        expect=ENDED,
    ),
    Case(
        id="CT-INI-014",
        title=Title("Malformed PDOL", "PDOL格式错误"),
        clauses=(B3_LISTS, B3_ERRORS),
        standing=Standing.REVIEW,
        card=BC.but(pdol_9F38="9F02"),
        expect=(NO_DECISION, OUT.among(TERM, RESEL)),
    ),
    Case(
        id="CT-INI-015",
        title=Title("TVR and TSI reset at each transaction", "每笔交易TVR/TSI清零"),
        clauses=(B3_STEP,),
        applies=ONLINE,
        card=BC.but(expiry_5F24=YESTERDAY),
        second=BC,
        acts=(purchase(), present("second"), purchase()),
        expect=(
            *(each.in_transaction(2) for each in NOTHING_SET),
            BASE.in_transaction(2),
        ),
    ),
)
