"""Exceptions: cards that fall silent, data that are none (EMV Book 3, 6.5 and 7.5; Book 4, 11)."""

from suites.acts import purchase
from suites.case import APPROVES, BC, Case, Residue, Run, Standing
from suites.clauses import EMV_BOOK_1, EMV_BOOK_3, EMV_BOOK_4, UNIONPAY_POS
from suites.conditions.expectation import never
from suites.contact_stimuli import BC_PIN
from suites.ics_language import DDA, DIRECT, ONLINE, OPIN, OWO, VEL
from suites.readings.card_session import d2, p1, t1
from suites.readings.host_session import h, no_h
from suites.readings.outcome import CANCEL, OFF_DEC, ON_DEC, OUT, TERM
from suites.rules import EA, GAC1, GAC2, IA, SALE, SILENCE, answers, gd, instead, rr
from suites.symbols import ABOVE_FLOOR
from suites.words import Title

PENDING = (Residue.PENDING_REVERSAL,)
NO_DATA = instead("9000")

CASES = (
    Case(
        id="CT-EXC-001",
        title=Title("Card mute after GPO", "GPO后卡片无响应"),
        clauses=(EMV_BOOK_1[""], EMV_BOOK_3[""]),
        card=BC.when(rr(2, 1), SILENCE),
        expect=(never(GAC1), OUT.be(TERM), no_h("AUTH")),
    ),
    Case(
        id="CT-EXC-002",
        title=Title("Card removed after online approval", "联机批准后拔卡"),
        clauses=(EMV_BOOK_4[""], UNIONPAY_POS[""]),
        applies=ONLINE,
        acts=(purchase(ABOVE_FLOOR),),
        runs={
            "a": Run(card=BC.when(EA, SILENCE)),
            "b": Run(card=BC.when(GAC2, SILENCE)),
        },
        expect=(OUT.among(TERM, ON_DEC), h("REV")),
        leaves=PENDING,
    ),
    Case(
        id="CT-EXC-003",
        title=Title("Card removed before GAC1 response", "GAC1无响应"),
        clauses=(EMV_BOOK_3[""],),
        card=BC.when(GAC1, SILENCE),
        expect=(no_h("AUTH"), OUT.be(TERM)),
    ),
    Case(
        id="CT-EXC-004",
        title=Title("Empty data with SW 9000", "9000但无数据"),
        clauses=(EMV_BOOK_3["7.5"],),
        # [c] wants a terminal that sends INTERNAL AUTHENTICATE.
        applies=DDA,
        runs={
            "a": Run(card=BC.when(rr(2, 1), NO_DATA)),
            "b": Run(card=BC.when(GAC1, NO_DATA)),
            "c": Run(card=BC.when(IA, NO_DATA)),
        },
        expect=(OUT.be(TERM),),
    ),
    Case(
        id="CT-EXC-005",
        title=Title("GET DATA returns a wrong object", "GET DATA返回错误对象"),
        clauses=(EMV_BOOK_3["6.5.7"],),
        standing=Standing.REVIEW,
        applies=VEL,
        card=BC.but(lower_9F14="03", upper_9F23="05").when(
            gd("9F36"), instead("9F1701039000")
        ),
        expect=(t1("4.7").be(1), t1("4.6").be(1)),
    ),
    Case(
        id="CT-EXC-006",
        title=Title("Cardholder cancels at PIN entry", "PIN输入时取消"),
        clauses=(EMV_BOOK_4["11"],),
        standing=Standing.REVIEW,
        applies=OPIN,
        card=BC_PIN,
        acts=(purchase(pin="cancel"),),
        expect=(no_h("AUTH"), OUT.among(TERM, CANCEL)),
    ),
    Case(
        id="CT-EXC-008",
        title=Title("Late host response", "迟到应答"),
        clauses=(UNIONPAY_POS[""],),
        standing=Standing.REVIEW,
        # As CT-ONL-011: by the default codes, which an online-only terminal does not have. A front
        # end answers for a late issuer itself.
        applies=OWO & DIRECT,
        host=APPROVES.when(SALE, answers(delay_ms=65_000)),
        acts=(purchase(ABOVE_FLOOR),),
        # Declined although the late answer approves: it was not heeded.
        expect=(
            p1(GAC2).be("00"),
            d2("8A").be("5A33"),
            OUT.be(OFF_DEC),
            h("REV"),
        ),
        leaves=PENDING,
    ),
)
