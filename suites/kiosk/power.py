"""The power goes and comes back: card out, nothing lost, nothing twice (facts, 3.3)."""

from suites.case import Case, Residue, Run, Standing
from suites.clauses import KIOSK_PRACTICE
from suites.conditions.kiosk_money import SETTLED
from suites.ics_language import KIOSK
from suites.kiosk_acts import POWER_UP, cut_power, pay_bill
from suites.kiosk_stimuli import BILL, PIN_CARD, REASONS
from suites.readings.biller_session import UNPAID
from suites.readings.host_session import de, h, no_h
from suites.readings.kiosk_session import card
from suites.words import Title

CASES = (
    Case(
        id="HK-007",
        title=Title("Power cut before the request is sent", "发送前断电"),
        clauses=(KIOSK_PRACTICE["3.3"],),
        standing=Standing.ADVISORY,
        applies=KIOSK,
        card=PIN_CARD,
        acts=(BILL, cut_power("PIN"), pay_bill(), POWER_UP),
        expect=(card("returned").happens(), no_h("REV"), no_h("AUTH"), UNPAID),
    ),
    Case(
        id="HK-008",
        title=Title("Power cut after the request is sent", "发送后断电"),
        clauses=(KIOSK_PRACTICE["3.3"],),
        standing=Standing.ADVISORY,
        applies=KIOSK,
        acts=(BILL, cut_power("AUTH_SENT"), pay_bill(), POWER_UP),
        expect=(h("REV"), de(39, "REV").among(*REASONS), UNPAID, card("returned").happens()),
        leaves=(Residue.PENDING_REVERSAL,),
    ),
    Case(
        id="HK-009",
        title=Title("Power cut after the approval, before the write-off", "批准后断电"),
        clauses=(KIOSK_PRACTICE["3.2"],),
        standing=Standing.ADVISORY,
        applies=KIOSK,
        runs={
            "a": Run(acts=(BILL, cut_power("GAC2"), pay_bill(), POWER_UP)),
            "b": Run(acts=(BILL, cut_power("BILL_CONFIRM"), pay_bill(), POWER_UP)),
        },
        expect=(SETTLED, card("returned").happens()),
        leaves=(Residue.OPEN_PAYMENT,),
    ),
)
