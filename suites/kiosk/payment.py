"""Paying a bill, and what must never happen to money and bill (host and kiosk facts, 3.2)."""

from suites.case import APPROVES, Case, Residue, Standing
from suites.clauses import JRT_0025_6, KIOSK_PRACTICE
from suites.conditions.expectation import in_order
from suites.conditions.kiosk_money import AMOUNTS, LINKED, SETTLED, TOTALS
from suites.conditions.kiosk_people import TOLD
from suites.ics_language import KIOSK
from suites.kiosk_acts import (
    CANCEL,
    READ_COUNTERS,
    READ_JOURNAL,
    WALK_AWAY,
    pay_bill,
    query_bill,
)
from suites.kiosk_stimuli import BILL, ELECTRICITY_BILL, OTHER_BILL, PAID, THIRD_BILL
from suites.readings.biller_session import WRITTEN_OFF
from suites.readings.host_session import no_h
from suites.readings.kiosk_session import card
from suites.readings.unattended import OPEN_ITEMS
from suites.rules import REVERSAL, SALE, SILENCE, answers, bill, code
from suites.services import WATER
from suites.words import Title

# The biller does what it is asked, and says so later than a kiosk waits for it.
LATE = answers(delay_ms=6_000)
DOWN = answers(dead="yes", close="yes")

CASES = (
    Case(
        id="HK-001",
        title=Title("Chip bill payment, happy path", "便民终端IC卡缴费"),
        clauses=(KIOSK_PRACTICE["3.2"], JRT_0025_6[""]),
        standing=Standing.REVIEW,
        applies=KIOSK,
        acts=(*PAID, READ_JOURNAL),
        expect=(WRITTEN_OFF.be(1), AMOUNTS, SETTLED, LINKED, card("returned").happens()),
    ),
    Case(
        id="HK-012",
        title=Title("The same bill paid twice, and on a second kiosk", "重复缴费"),
        clauses=(KIOSK_PRACTICE["3.2"],),
        standing=Standing.ADVISORY,
        applies=KIOSK,
        # The second kiosk asked before the first had paid: its bill is still open.
        host=APPROVES.when(bill("query").time(3), answers(state="open")),
        acts=(*PAID, *PAID, *PAID),
        expect=(WRITTEN_OFF.be(1), SETTLED),
    ),
    Case(
        id="HK-013",
        title=Title("Retry after a time-out of the host", "超时后重试"),
        clauses=(KIOSK_PRACTICE["3.3"],),
        standing=Standing.ADVISORY,
        applies=KIOSK,
        host=APPROVES.when(SALE, SILENCE),
        acts=(*PAID, *PAID),
        expect=(in_order(SALE, REVERSAL, SALE.time(2)), WRITTEN_OFF.be(1), SETTLED),
    ),
    Case(
        id="HK-014",
        title=Title("The biller confirms late", "销账迟到"),
        clauses=(KIOSK_PRACTICE["3.3"],),
        standing=Standing.ADVISORY,
        applies=KIOSK,
        host=APPROVES.when(bill("pay"), LATE)
        .when(bill("pay").time(2), LATE)
        .when(bill("pay").time(3), LATE),
        acts=(*PAID, READ_JOURNAL),
        expect=(no_h("REV"), WRITTEN_OFF.be(1), SETTLED, LINKED),
        leaves=(Residue.OPEN_PAYMENT,),
    ),
    Case(
        id="HK-015",
        title=Title("The biller is down after the payment", "缴费成功销账失败"),
        clauses=(KIOSK_PRACTICE["3.2"],),
        standing=Standing.ADVISORY,
        applies=KIOSK,
        host=APPROVES.when(bill("pay"), DOWN)
        .when(bill("pay").time(2), DOWN)
        .when(bill("pay").time(3), DOWN),
        acts=(*PAID, READ_COUNTERS),
        expect=(OPEN_ITEMS.be(1), TOLD, SETTLED),
        leaves=(Residue.OPEN_PAYMENT,),
    ),
    Case(
        id="HK-024",
        title=Title("Day-end reconciliation of ten sessions", "日终对账"),
        clauses=(KIOSK_PRACTICE["3.3"],),
        standing=Standing.ADVISORY,
        applies=KIOSK,
        host=APPROVES.when(SALE.time(2), code("51")),
        acts=(
            BILL,
            READ_COUNTERS,
            *(pay_bill(), OTHER_BILL, pay_bill()),
            *(OTHER_BILL, CANCEL),
            *(OTHER_BILL, pay_bill()),
            *(THIRD_BILL, WALK_AWAY),
            *(THIRD_BILL, pay_bill()),
            *(BILL, pay_bill()),
            *(query_bill(WATER, "999999"), pay_bill()),
            *(ELECTRICITY_BILL, pay_bill()),
            *(ELECTRICITY_BILL, pay_bill()),
            READ_COUNTERS,
        ),
        expect=(TOTALS, SETTLED),
    ),
)
