"""Read application data (JR/T 0025.6 7.4; EMV Book 3, 10.2)."""

from suites.card_edits import added, hidden, moved, record, without
from suites.case import BC, Case, Run, Standing
from suites.clauses import EMV_BOOK_3, JRT_0025_6
from suites.conditions.expectation import BASE, happens, never
from suites.contact_cards import LONGEST_RECORD, PADDED_RECORD, TEST_PAN
from suites.readings.card_session import t1
from suites.readings.outcome import OUT, TERM
from suites.readings.sent_data import RRSEQ
from suites.rules import GAC1, IA, ending, instead, rewritten, rr, sw
from suites.words import Title

P6 = JRT_0025_6["7.4"].inferred()
B3_STEP, B3_RECORDS, B3_DATA, B3_ERRORS, B3_STATUS = (
    EMV_BOOK_3[number] for number in ("10.2", "5.3", "7.2", "7.5", "6.5.11")
)
ENDED = (never(GAC1), OUT.be(TERM))
# A record that a card gives although no right AFL leads there; its object is one nobody knows.
NOBODYS = "7005DF81050100"
# Record (1,1) of the card, once more in a file that must not be asked for.
FIRST_RECORD = "702157136228480402564890018D30122010000000000F5F2009" + "50424F432F54455354"

CASES = (
    Case(
        id="CT-RD-001",
        title=Title("Records read exactly per AFL", "按AFL读取记录"),
        clauses=(P6, B3_STEP),
        card=BC.but(afl_94="080102001001030118020300").edited(
            moved(3, 1, 1, 2), moved(3, 4, 2, 3)
        ),
        expect=(RRSEQ.be("(1,1)(1,2)(2,1)(2,2)(2,3)(3,2)(3,3)"), BASE),
    ),
    Case(
        id="CT-RD-002",
        title=Title("AFL SFI 0 or 31", "AFL中SFI非法"),
        clauses=(B3_ERRORS,),
        runs={
            "a": Run(
                card=BC.but(afl_94="000101001001020118010400").edited(
                    hidden(0, 1, FIRST_RECORD)
                )
            ),
            "b": Run(
                card=BC.but(afl_94="F80101001001020118010400").edited(
                    hidden(31, 1, FIRST_RECORD)
                )
            ),
        },
        expect=ENDED,
    ),
    Case(
        id="CT-RD-003",
        title=Title("AFL first record 0", "AFL起始记录号为0"),
        clauses=(B3_ERRORS,),
        card=BC.but(afl_94="080001001001020118010400").edited(hidden(1, 0, NOBODYS)),
        expect=ENDED,
    ),
    Case(
        id="CT-RD-004",
        title=Title("AFL last record before first record", "AFL结束记录小于起始"),
        clauses=(B3_ERRORS,),
        card=BC.but(afl_94="08010100100102011801040020020100").edited(
            hidden(4, 1, NOBODYS), hidden(4, 2, NOBODYS)
        ),
        expect=ENDED,
    ),
    Case(
        id="CT-RD-005",
        title=Title("AFL ODA count exceeds number of records", "AFL脱机认证记录数超限"),
        clauses=(B3_ERRORS,),
        card=BC.but(afl_94="10010203"),
        expect=ENDED,
    ),
    Case(
        id="CT-RD-006",
        title=Title("READ RECORD status other than 9000", "读记录返回非9000"),
        clauses=(P6, B3_STATUS),
        runs={
            "a": Run(card=BC.when(rr(2, 1), sw("6A83"))),
            "b": Run(card=BC.when(rr(2, 1), sw("6400"))),
            "c": Run(card=BC.when(rr(2, 1), ending("6283"))),
        },
        expect=ENDED,
    ),
    Case(
        id="CT-RD-007",
        title=Title("SFI 1-10 record without template 70", "SFI1-10记录无70模板"),
        clauses=(B3_RECORDS, B3_STEP),
        card=BC.when(
            rr(2, 2), rewritten("77", "8C", "8D", "9F08", "9F42", "5F30", "9F63")
        ),
        expect=ENDED,
    ),
    Case(
        id="CT-RD-008",
        title=Title("SFI 11-30 record in private format, not for ODA", "SFI11-30私有格式"),
        clauses=(B3_STEP,),
        card=BC.edited(record(11, 1, "0102030405060708090A0B0C")),
        expect=(happens(rr(11, 1)), BASE),
    ),
    Case(
        id="CT-RD-009",
        title=Title("Mandatory data missing", "必备数据缺失"),
        clauses=(P6, B3_DATA, B3_STEP),
        runs={
            name: Run(card=BC.edited(without(tag)))
            for name, tag in {"a": "5A", "b": "5F24", "c": "8C", "d": "8D"}.items()
        },
        expect=(never(IA), *ENDED),
    ),
    Case(
        id="CT-RD-011",
        title=Title("Duplicate primitive data object", "重复数据对象"),
        clauses=(B3_STEP,),
        card=BC.edited(added(2, 2, "5A", TEST_PAN + "F")),
        expect=ENDED,
    ),
    Case(
        id="CT-RD-012",
        title=Title("Unknown tags in records are ignored", "记录含未知标签"),
        clauses=(B3_STEP,),
        card=BC.edited(
            added(2, 2, "DF8001", "01"),
            added(2, 2, "9F7C", "0102"),
            added(2, 2, "E1", "DF810101AA"),
        ),
        expect=(BASE,),
    ),
    Case(
        id="CT-RD-013",
        title=Title("Zero-length optional object treated as absent", "可选对象长度为0"),
        clauses=(B3_DATA,),
        standing=Standing.REVIEW,
        card=BC.but(version_9F08="", cardholder_5F20=""),
        expect=(t1("2.8").be(0), BASE),
    ),
    Case(
        id="CT-RD-014",
        title=Title("Broken TLV inside a record", "记录TLV错误"),
        clauses=(B3_ERRORS,),
        card=BC.when(rr(1, 1), instead("700A5F2020504F432F5445539000")),
        expect=ENDED,
    ),
    Case(
        id="CT-RD-015",
        title=Title("Invalid dates", "日期格式非法"),
        clauses=(B3_ERRORS,),
        standing=Standing.REVIEW,
        runs={
            "a": Run(card=BC.but(expiry_5F24="301331")),
            "b": Run(card=BC.but(expiry_5F24="3012")),
            "c": Run(card=BC.but(effective_5F25="100000")),
        },
        expect=ENDED,
    ),
    Case(
        id="CT-RD-016",
        title=Title("Tolerated malformed optional objects", "可忽略的非法可选数据"),
        clauses=(B3_ERRORS,),
        standing=Standing.REVIEW,
        runs={
            "a": Run(card=BC.but(cardholder_5F20="41" * 60)),
            "b": Run(card=BC.but(issuer_url_5F50="FFFEFD")),
            "c": Run(card=BC.edited(added(2, 2, "9F4D", "0B"))),
        },
        expect=(BASE,),
    ),
    Case(
        id="CT-RD-017",
        title=Title("Maximum-size record", "最大长度记录"),
        clauses=(B3_STEP,),
        standing=Standing.REVIEW,
        card=BC.edited(record(1, 2, LONGEST_RECORD)),
        expect=(BASE,),
    ),
    Case(
        id="CT-RD-018",
        title=Title("Padding with 00 between data objects", "TLV间00填充"),
        clauses=(EMV_BOOK_3["Annex B"],),
        standing=Standing.ADVISORY,
        card=BC.edited(
            record(2, 1, PADDED_RECORD, authenticated=True), added(2, 2, "9F4A", "82")
        ),
        expect=(BASE,),
    ),
)
