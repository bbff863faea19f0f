"""Processing restrictions: versions, usage control, dates (JR/T 0025.6 7.6; EMV Book 3, 10.4)."""

from suites.case import BC, Case
from suites.clauses import EMV_BOOK_3, JRT_0025_6
from suites.conditions.expectation import TAA
from suites.ics_language import OFF, OWO
from suites.readings.card_session import p1, t1
from suites.rules import GAC1
from suites.symbols import YESTERDAY
from suites.words import Title

CASES = (
    Case(
        id="CT-PR-016",
        title=Title("Expired application", "应用已过期"),
        clauses=(JRT_0025_6["7.6.6"].inferred(), EMV_BOOK_3["10.4.3"]),
        card=BC.but(expiry_5F24=YESTERDAY),
        expect=(
            t1("2.7").be(1),
            TAA,
            p1(GAC1).be("80").under(OWO),
            p1(GAC1).be("00").under(OFF),
        ),
    ),
)
