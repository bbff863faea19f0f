"""Selection of directories and applications (JR/T 0025.5; EMV Book 1, 12)."""

from suites.acts import insert, select, send
from suites.card_commands import GAC1, SEL
from suites.card_stimuli import AID, EMPTY_GAC, INITIATED, PPSE, PSE
from suites.case import Case, Standing
from suites.clauses import CARD_PRACTICE, JRT_0025_5, JRT_0025_6, JRT_0025_12
from suites.ics_language import CARD_CONTACT, CARD_CONTACTLESS, CARD_PSE
from suites.readings.reader_session import has, lacking, size, sw, template, tlv
from suites.words import Title

CASES = (
    Case(
        id="CD-SEL-01",
        title=Title("PSE present on contact", "接触PSE"),
        clauses=(JRT_0025_6[""],),
        standing=Standing.REVIEW,
        applies=CARD_CONTACT & CARD_PSE,
        acts=(insert(), select(PSE)),
        expect=(
            sw(SEL).be("9000"),
            template(SEL).be("6F"),
            tlv(SEL, "84").be(PSE),
            has(SEL, "88").be(1),
        ),
    ),
    Case(
        id="CD-SEL-02",
        title=Title("PPSE on contactless", "非接PPSE"),
        clauses=(JRT_0025_12[""],),
        applies=CARD_CONTACTLESS,
        acts=(insert("contactless"), select(PPSE)),
        expect=(
            sw(SEL).be("9000"),
            template(SEL).be("6F"),
            tlv(SEL, "84").be(PPSE),
            has(SEL, "BF0C").be(1),
            has(SEL, "61").be(1),
            lacking(SEL, "61", "4F").be(0),
        ),
    ),
    Case(
        id="CD-SEL-04",
        title=Title("ADF by full AID", "全AID选择"),
        clauses=(JRT_0025_5[""],),
        applies=CARD_CONTACT,
        acts=(insert(), select(AID)),
        expect=(
            sw(SEL).be("9000"),
            template(SEL).be("6F"),
            tlv(SEL, "84").be(AID),
            has(SEL, "50").be(1),
            has(SEL, "87").be(1),
        ),
    ),
    Case(
        id="CD-SEL-07",
        title=Title("Unknown AID", "未知AID"),
        clauses=(JRT_0025_5[""],),
        applies=CARD_CONTACT,
        acts=(insert(), select("A000000003101099")),
        expect=(sw(SEL).be("6A82"),),
    ),
    Case(
        id="CD-SEL-08",
        title=Title("Wrong P1/P2", "P1P2错"),
        clauses=(JRT_0025_5[""],),
        standing=Standing.REVIEW,
        applies=CARD_CONTACT,
        acts=(insert(), send(f"00A4000008{AID}")),
        expect=(sw(SEL).among("6A86", "6A81", "6A82", "6B00"), size(SEL).be(0)),
    ),
    Case(
        id="CD-SEL-09",
        title=Title("Wrong Lc", "长度错"),
        clauses=(JRT_0025_5[""],),
        standing=Standing.REVIEW,
        applies=CARD_CONTACT,
        acts=(insert(), send(f"00A4040011{AID}{'00' * 9}")),
        expect=(sw(SEL).among("6700", "6A80", "6A82"), size(SEL).be(0)),
    ),
    Case(
        id="CD-SEL-11",
        title=Title("SELECT resets GPO state", "SELECT复位状态"),
        clauses=(CARD_PRACTICE[""],),
        standing=Standing.REVIEW,
        applies=CARD_CONTACT,
        acts=(*INITIATED, select(AID), send(EMPTY_GAC)),
        expect=(sw(GAC1).be("6985"),),
    ),
)
