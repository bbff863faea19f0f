"""A customer's session: walked away from, or cut off from the biller (facts, 3.3)."""

from adapters.codec.kiosk_control import State
from suites.case import Case, Standing
from suites.clauses import KIOSK_PRACTICE
from suites.conditions.kiosk_people import JOURNAL_ANONYMOUS, SCREEN_CLEARED
from suites.ics_language import KIOSK
from suites.kiosk_acts import READ_JOURNAL, WALK_AWAY, network, pay_bill
from suites.kiosk_stimuli import BILL, OTHER_BILL, PAID
from suites.readings.biller_session import UNPAID
from suites.readings.host_session import no_h
from suites.readings.kiosk_session import AT_LAST, reached
from suites.words import Title

CASES = (
    Case(
        id="HK-023",
        title=Title("The customer walks away from the bill", "会话超时清屏"),
        clauses=(KIOSK_PRACTICE["3.3"],),
        standing=Standing.ADVISORY,
        applies=KIOSK,
        acts=(*PAID, OTHER_BILL, WALK_AWAY, READ_JOURNAL),
        expect=(SCREEN_CLEARED, JOURNAL_ANONYMOUS, AT_LAST.be("IDLE")),
    ),
    Case(
        id="HK-026",
        title=Title("The network fails while the bill is asked for", "查询断网"),
        clauses=(KIOSK_PRACTICE["3.3"],),
        standing=Standing.ADVISORY,
        applies=KIOSK,
        acts=(network("down"), BILL, pay_bill(), network("up")),
        expect=(
            reached(State.CARD_IN).never(),
            no_h("AUTH"),
            no_h("REV"),
            UNPAID,
        ),
    ),
)
