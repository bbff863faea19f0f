"""Issuer scripts, and the notice of what became of them (facts, 1.9 and 1.11)."""

from suites.acts import purchase
from suites.case import APPROVES, Card, Case, Residue, Run, Standing
from suites.clauses import JRT_0025_6, UNIONPAY_POS
from suites.conditions.expectation import in_order, never
from suites.conditions.ic_data import whole_ic_data
from suites.conditions.messages import between, differs
from suites.host_claims import IC
from suites.ics_language import DIRECT, ONLINE
from suites.model.terminal_leg import NOTICE_TAGS
from suites.readings.card_session import n, t2
from suites.readings.legs import t
from suites.readings.online_exchange import SCRIPTS_ASKED, SCRIPTS_SENT, f55_bit
from suites.readings.outcome import ON_DEC, OUT
from suites.rules import GAC2, SALE, answers, command, issuer_script, sw
from suites.symbols import ABOVE_FLOOR
from suites.words import Title

POS, TERMINAL = UNIONPAY_POS[""], JRT_0025_6[""]
ONLINE_SALE = purchase(ABOVE_FLOOR)
CHIP = DIRECT & IC & ONLINE
LIMITS = Card("BC-LIMITS")
SCRIPT_1, SCRIPT_2, SCRIPT_3 = command("SCR(1)"), command("SCR(2)"), command("SCR(3)")
# PUT DATA of 9F58 and 9F59, what the card allows offline.
ONE, THREE = ("04DA9F5803",), ("04DA9F5803", "04DA9F5906", "04DA9F5804")
BEFORE, AFTER = issuer_script("71", *THREE[:2]), issuer_script("72", *ONE)
NOTICE, SALES, SALE_ANSWER = t("0620"), t("0200").time(1), t("0210").time(1)
TOLD_BEFORE_NEXT = between(SALES, NOTICE, t("0200"))
OWES = (Residue.PENDING_REVERSAL,)

CASES = (
    Case(
        id="HD-100",
        title=Title("Script 71 before GAC2", "脚本71在第二次GAC前执行"),
        clauses=(TERMINAL,),
        applies=CHIP,
        card=LIMITS,
        host=APPROVES.when(SALE, answers(scripts=BEFORE)),
        acts=(ONLINE_SALE, ONLINE_SALE),
        expect=(
            in_order(SCRIPT_1, GAC2),
            SCRIPTS_SENT.same_as(SCRIPTS_ASKED).in_transaction(1),
            t2("5.6").be(0).in_transaction(1),
            TOLD_BEFORE_NEXT,
            NOTICE["55.DF31[0:1]"].be("2"),
        ),
    ),
    Case(
        id="HD-101",
        title=Title("Script 72 after GAC2", "脚本72在第二次GAC后执行"),
        clauses=(TERMINAL,),
        applies=CHIP,
        card=LIMITS,
        host=APPROVES.when(SALE, answers(scripts=AFTER)),
        acts=(ONLINE_SALE, ONLINE_SALE),
        expect=(in_order(GAC2, SCRIPT_1), TOLD_BEFORE_NEXT),
    ),
    Case(
        id="HD-102",
        title=Title("Script fails", "脚本执行失败"),
        clauses=(TERMINAL,),
        applies=CHIP,
        card=LIMITS.when(SCRIPT_2, sw("6985")),
        runs={
            "a": Run(
                host=APPROVES.when(SALE, answers(scripts=issuer_script("71", *THREE))),
                expect=(f55_bit("95", "5.6", "SCRN").be(1),),
            ),
            "b": Run(
                host=APPROVES.when(SALE, answers(scripts=issuer_script("72", *THREE))),
                expect=(f55_bit("95", "5.5", "SCRN").be(1),),
            ),
        },
        acts=(ONLINE_SALE,),
        expect=(never(SCRIPT_3), NOTICE["55.DF31[0:2]"].be("12")),
        leaves=OWES,
    ),
    Case(
        id="HD-106",
        title=Title("Script notice content", "脚本结果通知报文"),
        clauses=(POS,),
        applies=CHIP,
        card=LIMITS,
        host=APPROVES.when(SALE, answers(scripts=BEFORE)),
        acts=(ONLINE_SALE, ONLINE_SALE),
        expect=(
            differs(NOTICE["11"], SALES["11"]),
            NOTICE["37"].same_as(SALE_ANSWER["37"]),
            NOTICE["38"].if_there().same_as(SALE_ANSWER["38"]),
            NOTICE["61[0:12]"].same_as(SALES["60.2+11"]),
            NOTICE["61[12:16]"].same_as(SALE_ANSWER["13"]),
            NOTICE["60.3"].be("951"),
            whole_ic_data(NOTICE, NOTICE_TAGS),
            NOTICE["mac"].be("valid"),
        ),
    ),
    Case(
        id="HD-107",
        title=Title("Script on declined transaction", "拒绝交易中的脚本"),
        clauses=(TERMINAL,),
        standing=Standing.REVIEW,
        applies=CHIP,
        card=LIMITS,
        host=APPROVES.when(SALE, answers(scripts=AFTER, de39="51")),
        acts=(ONLINE_SALE,),
        expect=(OUT.be(ON_DEC), n(SCRIPT_1).be(1), NOTICE.count().happens()),
        leaves=OWES,
    ),
)
