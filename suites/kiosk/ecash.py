"""Electronic cash at a kiosk (JR/T 0025.13)."""

from suites.case import Case, Standing
from suites.clauses import JRT_0025_13
from suites.conditions.kiosk_people import BALANCE_SHOWN
from suites.ics_language import ECASH, KIOSK, LOAD_DESIGNATED, MOTOR_READER
from suites.kiosk_acts import ECASH_BALANCE
from suites.kiosk_stimuli import ECASH_CARD
from suites.readings.host_session import h, no_h
from suites.readings.unattended import HOST_MESSAGE
from suites.words import Title

CASES = (
    Case(
        id="HK-019",
        title=Title("Balance of electronic cash on the screen", "电子现金余额查询"),
        clauses=(JRT_0025_13[""],),
        standing=Standing.REVIEW,
        applies=KIOSK & ECASH,
        card=ECASH_CARD,
        acts=(ECASH_BALANCE,),
        expect=(BALANCE_SHOWN, HOST_MESSAGE.never()),
    ),
    Case(
        id="HK-020",
        title=Title("Designated load of electronic cash", "便民终端指定账户圈存"),
        clauses=(JRT_0025_13[""],),
        standing=Standing.REVIEW,
        applies=KIOSK & LOAD_DESIGNATED,
        card=ECASH_CARD,
        expect=(h("AUTH"),),
        withheld="the test-control line has no load yet",
    ),
    Case(
        id="HK-021",
        title=Title("Load, another card presented for the script", "圈存换卡"),
        clauses=(JRT_0025_13[""],),
        standing=Standing.ADVISORY,
        applies=KIOSK & LOAD_DESIGNATED & ~MOTOR_READER,
        card=ECASH_CARD,
        expect=(no_h("SCRN"),),
        withheld="hardware that swaps the card between host and script is needed",
    ),
)
