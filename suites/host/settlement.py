"""Batch settlement: totals, uploads, end (host and kiosk facts, 1.13)."""

from suites.acts import SETTLEMENT, ecash_purchase, purchase
from suites.case import APPROVES, Card, Case, Standing
from suites.clauses import UNIONPAY_POS
from suites.conditions.messages import first_before, repeats, repeats_if_there
from suites.conditions.settlement import (
    END_COUNT,
    ITEMS,
    TOTALS,
    UPLOADED_TC,
    every_tc_uploaded,
    last_upload,
    only_tcs_uploaded,
)
from suites.host_acts import SWIPED_STRIPE_CARD, VOID, refund
from suites.host_claims import EC, IC, MSR
from suites.host_claims import REFUND as REFUNDS
from suites.host_claims import VOID as VOIDS
from suites.ics_language import DIRECT, ONLINE
from suites.readings.legs import t
from suites.rules import SETTLE, answers
from suites.symbols import ABOVE_FLOOR
from suites.words import Title

POS = UNIONPAY_POS[""]
ONLINE_SALE = purchase(ABOVE_FLOOR)
CHIP = DIRECT & IC & ONLINE
NOT_BALANCED = APPROVES.when(SETTLE, answers(settle_result=2))
TC_203, TC_205, ITEMS_201 = t("0320", "203"), t("0320", "205"), t("0320", "201")
NO_POWER = "no device of this bench has a power port (port power) / 测试台无电源控制端口(power)"

CASES = (
    Case(
        id="HD-120",
        title=Title("Settlement totals", "批结算总计"),
        clauses=(POS,),
        standing=Standing.REVIEW,
        applies=CHIP & VOIDS & REFUNDS,
        acts=(ONLINE_SALE, ONLINE_SALE, ONLINE_SALE, VOID, refund(), SETTLEMENT),
        expect=(TOTALS, t("0500")["49"].be("156")),
    ),
    Case(
        id="HD-121",
        title=Title("Balanced", "对账平"),
        clauses=(POS,),
        standing=Standing.REVIEW,
        applies=CHIP & VOIDS,
        host=APPROVES.when(SETTLE, answers(settle_result=1)),
        acts=(ONLINE_SALE, ONLINE_SALE, ONLINE_SALE, VOID, SETTLEMENT),
        expect=(
            every_tc_uploaded("203"),
            only_tcs_uploaded("203"),
            ITEMS_201.count().never(),
            last_upload("207"),
        ),
    ),
    Case(
        id="HD-122",
        title=Title("Not balanced", "对账不平"),
        clauses=(POS,),
        standing=Standing.REVIEW,
        applies=CHIP & MSR,
        host=NOT_BALANCED,
        acts=(SWIPED_STRIPE_CARD, ONLINE_SALE, ONLINE_SALE, SETTLEMENT),
        expect=(ITEMS, every_tc_uploaded("205"), last_upload("202")),
    ),
    Case(
        id="HD-123",
        title=Title("Batch end count", "批上送结束笔数"),
        clauses=(POS,),
        standing=Standing.ADVISORY,
        applies=DIRECT & MSR & ONLINE,
        host=NOT_BALANCED,
        acts=(SWIPED_STRIPE_CARD, SWIPED_STRIPE_CARD, SWIPED_STRIPE_CARD, SETTLEMENT),
        expect=(END_COUNT,),
    ),
    Case(
        id="HD-124",
        title=Title("TC upload content", "TC上送内容"),
        clauses=(POS,),
        standing=Standing.REVIEW,
        applies=CHIP,
        host=APPROVES.when(SETTLE, answers(settle_result=1)),
        acts=(ONLINE_SALE, SETTLEMENT),
        expect=(
            only_tcs_uploaded("203"),
            UPLOADED_TC,
            *repeats(TC_203, t("0200"), 2, 4, 22),
            *repeats_if_there(TC_203, t("0200"), 23),
        ),
    ),
    Case(
        id="HD-125",
        title=Title("Power cut in batch upload", "批上送中断电恢复"),
        clauses=(POS,),
        standing=Standing.REVIEW,
        applies=CHIP,
        host=NOT_BALANCED,
        acts=(ONLINE_SALE, ONLINE_SALE, ONLINE_SALE, SETTLEMENT, SETTLEMENT),
        expect=(every_tc_uploaded("205"), last_upload("202")),
        withheld=NO_POWER,
    ),
    Case(
        id="HD-127",
        title=Title("Offline items before 0500", "结算前上送离线"),
        clauses=(POS,),
        standing=Standing.REVIEW,
        applies=CHIP & EC,
        card=Card("BC-EC"),
        acts=(ecash_purchase(), ecash_purchase(), SETTLEMENT),
        expect=(t("0200", "36").count().be(2), first_before(t("0200", "36"), t("0500"))),
    ),
)
