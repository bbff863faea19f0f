"""When the card takes the money: at its last record, and whole or not at all (JR/T 0025.12)."""

from suites.acts import REMOVE, get_data, gpo, insert, read_record, read_records, select
from suites.card_commands import GPO, RR
from suites.card_stimuli import AID, AMOUNT, PPSE, S1, TAPPED
from suites.case import Case, Run, Standing
from suites.clauses import CARD_PRACTICE
from suites.conditions.card_change import change
from suites.ics_language import CARD_LOG, CARD_QPBOC
from suites.readings.reader_session import ac, sw
from suites.words import Title

PAY = gpo(amount_9F02=AMOUNT, ttq_9F66="36000000")
BEFORE = (*TAPPED, get_data("9F79"))
AFTER = (REMOVE, *TAPPED, get_data("9F79"))
# The balance of a session of its own, before the field comes up again.
KNOWN = (*BEFORE, REMOVE, insert("contactless"))
CASES = (
    Case(
        id="CD-COMMIT-01",
        title=Title("Balance after last record", "末记录提交"),
        clauses=(CARD_PRACTICE[""],),
        applies=CARD_QPBOC,
        terminal=S1,
        acts=(*BEFORE, PAY, read_records(), get_data("9F79")),
        expect=(ac(GPO).be("TC"), change("9F79").be(-AMOUNT)),
    ),
    Case(
        id="CD-COMMIT-02",
        title=Title("Balance before last record", "末记录前不扣"),
        clauses=(CARD_PRACTICE[""],),
        applies=CARD_QPBOC,
        terminal=S1,
        acts=(*BEFORE, PAY, read_records(leaving=1), *AFTER),
        expect=(ac(GPO).be("TC").in_transaction(1), change("9F79").be(0)),
    ),
    Case(
        id="CD-COMMIT-04",
        title=Title("Log after commit", "提交后日志"),
        clauses=(CARD_PRACTICE[""],),
        standing=Standing.REVIEW,
        applies=CARD_QPBOC & CARD_LOG,
        terminal=S1,
        acts=(
            *TAPPED,
            PAY,
            read_records(),
            get_data("9F4F"),
            read_record(11, 3),
            read_record(11, 4),
        ),
        # State S1 has two entries: now there are three.
        expect=(
            ac(GPO).be("TC"),
            sw(RR.time(5)).be("9000"),
            sw(RR.time(6)).be("6A83"),
        ),
    ),
    Case(
        id="CD-COMMIT-05",
        title=Title("ARQC/AAC commit at GPO", "联机/拒绝在GPO"),
        clauses=(CARD_PRACTICE[""],),
        standing=Standing.REVIEW,
        applies=CARD_QPBOC,
        terminal=S1,
        acts=(
            *BEFORE,
            get_data("9F36"),
            gpo(amount_9F02=AMOUNT, ttq_9F66="36800000"),
            select(AID),
            get_data("9F79"),
            get_data("9F36"),
        ),
        expect=(ac(GPO).be("ARQC"), change("9F36").be(1), change("9F79").be(0)),
    ),
    Case(
        id="CD-COMMIT-06",
        title=Title("Atomicity over power loss", "掉电一致"),
        clauses=(CARD_PRACTICE[""],),
        standing=Standing.REVIEW,
        applies=CARD_QPBOC,
        terminal=S1,
        expect=(),
        runs={
            "a": Run(acts=(*KNOWN, select(PPSE), *AFTER), expect=(change("9F79").be(0),)),
            "b": Run(
                acts=(*KNOWN, select(PPSE), select(AID), *AFTER), expect=(change("9F79").be(0),)
            ),
            "c": Run(
                acts=(*KNOWN, select(PPSE), select(AID), PAY, *AFTER),
                expect=(ac(GPO).be("TC").in_transaction(2), change("9F79").be(0, -AMOUNT)),
            ),
            **{
                name: Run(
                    acts=(
                        *KNOWN,
                        select(PPSE),
                        select(AID),
                        PAY,
                        read_records(leaving=left),
                        *AFTER,
                    ),
                    expect=(ac(GPO).be("TC").in_transaction(2), change("9F79").be(0, -AMOUNT)),
                )
                for name, left in (("d", 3), ("e", 2), ("f", 1), ("g", 0))
            },
        },
    ),
)
