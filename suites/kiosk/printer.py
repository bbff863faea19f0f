"""A printer without paper never hides an approved payment (host and kiosk facts, 3.2 and 3.3)."""

from adapters.codec.kiosk_control import State
from suites.case import Case, Standing
from suites.clauses import KIOSK_PRACTICE
from suites.conditions.kiosk_money import SETTLED
from suites.conditions.kiosk_people import REPRINTED, WARNED
from suites.ics_language import KIOSK, PRINTER
from suites.kiosk_acts import CANCEL, REPRINT, pay_bill, printer
from suites.kiosk_stimuli import BILL
from suites.readings.biller_session import WRITTEN_OFF
from suites.readings.host_session import no_h
from suites.readings.kiosk_session import AT_LAST, reached
from suites.words import Title

CASES = (
    Case(
        id="HK-010",
        title=Title("No paper before the payment", "打印机缺纸-交易前"),
        clauses=(KIOSK_PRACTICE["3.3"],),
        standing=Standing.ADVISORY,
        applies=KIOSK & PRINTER,
        acts=(printer("paper_out"), BILL, CANCEL),
        expect=(WARNED, AT_LAST.be("IDLE"), reached(State.CARD_IN).never(), no_h("AUTH")),
    ),
    Case(
        id="HK-011",
        title=Title("Paper ends in the middle of the slip", "打印中缺纸"),
        clauses=(KIOSK_PRACTICE["3.2"], KIOSK_PRACTICE["3.3"]),
        standing=Standing.ADVISORY,
        applies=KIOSK & PRINTER,
        acts=(BILL, printer("paper_out"), pay_bill(), printer("ok"), REPRINT),
        expect=(WRITTEN_OFF.be(1), no_h("REV"), SETTLED, REPRINTED),
    ),
)
