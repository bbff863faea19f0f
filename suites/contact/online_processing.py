"""Online processing, second GENERATE AC, reversal (EMV Book 3, 10.9; Book 4, 6.3.8)."""

from suites.acts import purchase
from suites.case import BC, Case, Residue
from suites.clauses import EMV_BOOK_4, UNIONPAY_POS
from suites.ics_language import ONLINE
from suites.readings.card_session import n
from suites.readings.host_session import h
from suites.readings.outcome import ON_DEC, OUT
from suites.rules import AAC, GAC2
from suites.symbols import ABOVE_FLOOR
from suites.words import Title

CASES = (
    Case(
        id="CT-ONL-013",
        title=Title("Issuer approves, card declines in GAC2", "主机批准卡片拒绝"),
        clauses=(EMV_BOOK_4["6.3.8"], UNIONPAY_POS[""]),
        applies=ONLINE,
        card=BC.when(GAC2, AAC),
        acts=(purchase(ABOVE_FLOOR),),
        expect=(n(GAC2).be(1), OUT.be(ON_DEC), h("REV")),
        leaves=(Residue.PENDING_REVERSAL,),
    ),
)
