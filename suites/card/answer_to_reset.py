"""Answer to reset, cold and warm (EMV Book 1, 8)."""

from suites.acts import WARM_RESET, insert, send
from suites.card_commands import GPO
from suites.card_stimuli import INITIATED, PDOL_DATA
from suites.case import Case, Standing
from suites.clauses import EMV_BOOK_1, JRT_0025_5
from suites.ics_language import CARD_CONTACT
from suites.readings.reader_session import ATR, WARM_ATR, sw
from suites.words import Title

CASES = (
    Case(
        id="CD-ATR-01",
        title=Title("Contact cold ATR", "冷复位ATR"),
        clauses=(JRT_0025_5[""], EMV_BOOK_1["8.3"]),
        standing=Standing.REVIEW,
        applies=CARD_CONTACT,
        acts=(insert(),),
        expect=(ATR.be("basic"),),
    ),
    Case(
        id="CD-ATR-02",
        title=Title("Warm reset", "热复位"),
        clauses=(EMV_BOOK_1["6.1.3.2"].inferred(),),
        standing=Standing.REVIEW,
        applies=CARD_CONTACT,
        acts=(*INITIATED, WARM_RESET, send(f"80A800000B8309{PDOL_DATA}00")),
        expect=(WARM_ATR.be("given"), sw(GPO.time(2)).among("6985", "6D00", "6E00")),
    ),
)
