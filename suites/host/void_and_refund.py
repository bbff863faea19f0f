"""Voids and refunds name the transaction that they take back (facts, 1.7 and 1.8)."""

from suites.acts import purchase
from suites.case import APPROVES, Case, Residue, Run, Standing
from suites.clauses import UNIONPAY_POS
from suites.conditions.messages import carries
from suites.host_acts import VOID, refund
from suites.host_claims import IC
from suites.host_claims import REFUND as REFUNDS
from suites.host_claims import VOID as VOIDS
from suites.ics_language import DIRECT, ONLINE
from suites.readings.legs import t
from suites.rules import REFUND, SILENCE
from suites.symbols import ABOVE_FLOOR
from suites.words import Title

POS = UNIONPAY_POS[""]
ONLINE_SALE = purchase(ABOVE_FLOOR)
SALE, SALE_ANSWER = t("0200", "22"), t("0210", "22")
VOIDING, REFUNDING = t("0200", "23"), t("0220")
# Host and kiosk facts, 1.2 on DE63: a refund says the brand of the card.
BRANDS = ("CUP", "VIS", "MCC", "MAE", "JCB", "DCC", "AMX")

CASES = (
    Case(
        id="HD-032",
        title=Title("Void of sale", "消费撤销"),
        clauses=(POS,),
        applies=DIRECT & VOIDS & IC & ONLINE,
        acts=(ONLINE_SALE, VOID),
        expect=(
            t("0200").time(2)["3"].be("200000"),
            t("0200").time(2)["60.1"].be("23"),
            VOIDING["37"].same_as(SALE_ANSWER["37"]),
            VOIDING["61[0:12]"].same_as(SALE["60.2+11"]),
            VOIDING["4"].same_as(SALE["4"]),
        ),
    ),
    Case(
        id="HD-033",
        title=Title("Refund", "退货"),
        clauses=(POS,),
        standing=Standing.REVIEW,
        applies=DIRECT & REFUNDS & IC & ONLINE,
        acts=(ONLINE_SALE, refund()),
        runs={
            "a": Run(),
            "b": Run(
                host=APPROVES.when(REFUND, SILENCE), expect=(t("0400").count().never(),)
            ),
        },
        expect=(
            REFUNDING["60.1"].be("25"),
            REFUNDING["61[12:16]"].same_as(SALE_ANSWER["13"]),
            # Zeros where the operator gave only RRN and date.
            REFUNDING["61[0:12]"].same_as(SALE["60.2+11"]) | REFUNDING["61[0:12]"].be("0" * 12),
            carries(REFUNDING, 63),
            REFUNDING["63"].among(*BRANDS),
        ),
        leaves=(Residue.PENDING_REVERSAL,),
    ),
)
