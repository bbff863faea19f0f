"""The card in the kiosk's reader: pulled out, left, stuck (host and kiosk facts, 3.3)."""

from suites.case import BC, Case, Residue, Standing
from suites.clauses import JRT_0025_6, KIOSK_PRACTICE
from suites.conditions.kiosk_money import SETTLED
from suites.conditions.kiosk_people import RETAINED_RECORDED, idle_within
from suites.ics_language import KIOSK, MOTOR_READER, RETAIN
from suites.kiosk_acts import READ_COUNTERS, READ_JOURNAL, pay_bill
from suites.kiosk_stimuli import BILL, PAID, REASONS
from suites.readings.biller_session import UNPAID
from suites.readings.host_session import de, h, no_h
from suites.readings.kiosk_session import AT_LAST, card, counter_moves
from suites.rules import EA, GAC1, REMOVAL, RR
from suites.words import Title

CASES = (
    Case(
        id="HK-002",
        title=Title("Card pulled out while it is read", "读卡中拔卡"),
        clauses=(JRT_0025_6[""], KIOSK_PRACTICE["3.3"]),
        standing=Standing.REVIEW,
        applies=KIOSK,
        card=BC.when(RR.time(2).answered(), REMOVAL),
        acts=PAID,
        expect=(
            no_h("AUTH"),
            card("returned").happens(),
            AT_LAST.be("IDLE"),
            idle_within(30),
            UNPAID,
        ),
    ),
    Case(
        id="HK-003",
        title=Title("Card pulled out after GAC1", "GAC1后拔卡"),
        clauses=(JRT_0025_6[""], KIOSK_PRACTICE["3.3"]),
        standing=Standing.REVIEW,
        applies=KIOSK,
        card=BC.when(GAC1.answered(), REMOVAL),
        acts=PAID,
        expect=(no_h("AUTH") | h("REV"), UNPAID, card("returned").happens()),
        leaves=(Residue.PENDING_REVERSAL,),
    ),
    Case(
        id="HK-004",
        title=Title("Card pulled out while the host is waited for", "等待主机时拔卡"),
        clauses=(JRT_0025_6[""], KIOSK_PRACTICE["3.3"]),
        standing=Standing.REVIEW,
        applies=KIOSK,
        # The first command after the host's answer finds no card any more.
        card=BC.when(EA, REMOVAL),
        acts=PAID,
        expect=(h("REV"), de(39, "REV").among(*REASONS), UNPAID, SETTLED),
        leaves=(Residue.PENDING_REVERSAL,),
    ),
    Case(
        id="HK-005",
        title=Title("Card not taken", "超时未取卡"),
        clauses=(KIOSK_PRACTICE["3.3"],),
        standing=Standing.ADVISORY,
        applies=KIOSK & MOTOR_READER & RETAIN,
        acts=(BILL, READ_COUNTERS, pay_bill(take=False), READ_COUNTERS, READ_JOURNAL),
        expect=(card("retained").be(1), counter_moves("retained").be(1), RETAINED_RECORDED),
    ),
    Case(
        id="HK-006",
        title=Title("Card jam", "卡片堵塞"),
        clauses=(KIOSK_PRACTICE["3.3"],),
        standing=Standing.ADVISORY,
        applies=KIOSK & MOTOR_READER,
        expect=(no_h("AUTH"),),
        withheld="hardware that blocks the card transport is needed",
    ),
)
