"""Completion (JR/T 0025.6 7.13; EMV Book 4, 6.3.8 and 11)."""

from suites.acts import SETTLEMENT, purchase, times
from suites.case import BC, Case, Residue, Run, Standing
from suites.clauses import EMV_BOOK_4, JRT_0025_6, UNIONPAY_POS
from suites.conditions.message_content import f55_contains, steps_by_one, uploaded
from suites.conditions.receipt import IC_DATA_ON_RECEIPT
from suites.ics_language import OFF, ONLINE, OWO, PRINT
from suites.readings.card_session import d1, n, t2
from suites.readings.host_session import f55, h, no_h
from suites.readings.outcome import ON_APP, OUT
from suites.rules import AAC, GAC2
from suites.symbols import ABOVE_FLOOR
from suites.words import Title

COMPLETION = JRT_0025_6["7.13"].inferred()
UNIONPAY = UNIONPAY_POS[""]
PENDING = (Residue.PENDING_REVERSAL,)

CASES = (
    Case(
        id="CT-CMP-001",
        title=Title("Offline approval: TC kept and uploaded", "脱机批准TC上送"),
        clauses=(COMPLETION, UNIONPAY),
        standing=Standing.REVIEW,
        applies=OFF | OWO,
        acts=(purchase(), SETTLEMENT),
        expect=(uploaded(),),
    ),
    Case(
        id="CT-CMP-002",
        title=Title("IC data on the receipt", "单据打印IC数据"),
        clauses=(UNIONPAY, JRT_0025_6[""]),
        standing=Standing.REVIEW,
        applies=PRINT,
        expect=(IC_DATA_ON_RECEIPT,),
    ),
    Case(
        id="CT-CMP-003",
        title=Title(
            "Online approval: only one reversal-free completion", "联机批准正常结束"
        ),
        clauses=(COMPLETION,),
        applies=ONLINE,
        acts=(purchase(ABOVE_FLOOR),),
        expect=(OUT.be(ON_APP), no_h("REV"), n(GAC2).be(1)),
        leaves=PENDING,
    ),
    Case(
        id="CT-CMP-004",
        title=Title("Reversal content", "冲正55域内容"),
        clauses=(UNIONPAY,),
        standing=Standing.REVIEW,
        applies=ONLINE,
        card=BC.when(GAC2, AAC),
        acts=(purchase(ABOVE_FLOOR),),
        expect=(
            h("REV"),
            f55_contains("95", "9F10", "9F36", "9F1E", kind="REV"),
            # Nothing but scripts, of which there are none, changes the TVR after GAC2.
            f55("95", "REV").same_as(t2("*")),
        ),
        leaves=PENDING,
    ),
    Case(
        id="CT-CMP-006",
        title=Title("Transaction sequence counter", "交易序列计数器递增"),
        clauses=(EMV_BOOK_4["6.5.5"],),
        standing=Standing.REVIEW,
        acts=times(3, purchase()),
        expect=(steps_by_one(d1("9F41")),),
    ),
    Case(
        id="CT-CMP-007",
        title=Title("Response code Y1/Z1 on offline outcome", "脱机授权响应码"),
        clauses=(EMV_BOOK_4["A6"],),
        standing=Standing.REVIEW,
        applies=OFF | OWO,
        runs={
            "a": Run(expect=(d1("8A").be("5931"),)),
            "b": Run(
                card=BC.but(version_9F08="0001", denial_9F0E="0080000000"),
                expect=(d1("8A").be("5A31"),),
            ),
        },
        expect=(),
    ),
)
