"""Terminal risk management: floor limit, random selection, velocity (EMV Book 3, 10.6)."""

from suites.acts import purchase
from suites.case import Case, Run
from suites.clauses import EMV_BOOK_3
from suites.conditions.expectation import TAA
from suites.ics_language import OFF, OWO
from suites.readings.card_session import p1, t1
from suites.rules import GAC1
from suites.symbols import FLOOR
from suites.words import Title

CASES = (
    Case(
        id="CT-TRM-003",
        title=Title("Amount equal to / above floor limit", "等于/高于最低限额"),
        clauses=(EMV_BOOK_3["10.6.1"],),
        runs={
            "a": Run(acts=(purchase(FLOOR),)),
            "b": Run(acts=(purchase(FLOOR + 1),)),
        },
        expect=(
            # An online-only terminal may have no floor limit check: there the bit is recorded only.
            t1("4.8").be(1).under(OFF | OWO),
            TAA,
            p1(GAC1).be("80").under(OWO),
            p1(GAC1).be("00").under(OFF),
        ),
    ),
)
