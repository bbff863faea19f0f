"""Loads of electronic cash (host and kiosk facts, 1.7, 1.8 and 1.18)."""

from suites.acts import ECASH_BALANCE
from suites.case import APPROVES, Card, Case, Residue, Standing
from suites.clauses import JRT_0025_13
from suites.conditions.balance import balance_moves
from suites.conditions.combined import NOT_APPROVED, all_of
from suites.conditions.messages import carries, lacks
from suites.host_acts import TEST_PIN, load, tried
from suites.host_claims import EC_LOAD_CASH, EC_LOAD_DESIG
from suites.ics_language import DIRECT, ONLINE
from suites.readings.card_session import n
from suites.readings.host_session import h
from suites.readings.legs import t
from suites.readings.outcome import ON_APP, OUT
from suites.rules import EA, REMOVAL, SALE, answers, command, issuer_script, sw
from suites.words import Title

ECASH = JRT_0025_13[""]
# The issuer wants a PIN online before it moves money from an account.
ACCOUNT_CARD = Card("BC-EC").but(cvm_list_8E="0000000000000000" + "42031E031F00")
CASH_CARD = Card("BC-EC")
BY_ACCOUNT, BY_CASH = load("designated", 10_000, pin=TEST_PIN), load("cash", 10_000)
# The card has 500.00; the issuer sets it to 600.00.
LOADS = APPROVES.when(SALE, answers(scripts=issuer_script("72", "04DA9F79000000060000")))
REQUEST, REVERSALS = t("0200"), t("0400")
SCRIPT_1 = command("SCR(1)")
OWES = (Residue.PENDING_REVERSAL,)

CASES = (
    Case(
        id="HD-147",
        title=Title("Designated load", "指定账户圈存"),
        clauses=(ECASH,),
        standing=Standing.REVIEW,
        applies=DIRECT & EC_LOAD_DESIG & ONLINE,
        card=ACCOUNT_CARD,
        host=LOADS,
        acts=(ECASH_BALANCE, BY_ACCOUNT, ECASH_BALANCE),
        expect=(
            REQUEST["3"].be("600000"),
            REQUEST["25"].be("91"),
            REQUEST["60.1"].among("45", "40"),
            carries(REQUEST, 52),
            n(SCRIPT_1).be(1).in_transaction(2),
            balance_moves(1),
            OUT.be(ON_APP).in_transaction(2),
        ),
    ),
    Case(
        id="HD-149",
        title=Title("Cash load", "现金充值圈存"),
        clauses=(ECASH,),
        standing=Standing.REVIEW,
        applies=DIRECT & EC_LOAD_CASH & ONLINE,
        card=CASH_CARD,
        host=LOADS,
        acts=(BY_CASH,),
        expect=(REQUEST["3"].be("630000"), REQUEST["60.1"].be("46"), lacks(REQUEST, 52)),
    ),
    Case(
        id="HD-151",
        title=Title("Load script fails", "圈存脚本失败冲正"),
        clauses=(ECASH,),
        standing=Standing.REVIEW,
        applies=DIRECT & EC_LOAD_CASH & ONLINE,
        card=CASH_CARD.when(SCRIPT_1, sw("6988")),
        host=LOADS,
        acts=(ECASH_BALANCE, BY_CASH, ECASH_BALANCE),
        expect=(
            h("REV").in_transaction(2),
            REVERSALS["39"].among("06", "96"),
            REVERSALS["55.DF31[0:1]"].if_there().be("1") | lacks(REVERSALS, 55),
            balance_moves(0),
            NOT_APPROVED.in_transaction(2),
        ),
        leaves=OWES,
    ),
    Case(
        id="HD-153",
        title=Title("Card removed during load", "圈存拔卡"),
        clauses=(ECASH,),
        standing=Standing.REVIEW,
        applies=DIRECT & EC_LOAD_CASH & ONLINE,
        # Out of the reader after the host's answer and before GAC2, so before the script behind it.
        card=CASH_CARD.when(EA.answered(), REMOVAL),
        host=LOADS,
        acts=(ECASH_BALANCE, BY_CASH, ECASH_BALANCE),
        expect=(
            h("REV").in_transaction(2),
            REVERSALS["39"].among("06", "96", "98"),
            balance_moves(0),
            NOT_APPROVED.in_transaction(2),
        ),
        leaves=OWES,
    ),
    Case(
        id="HD-154",
        title=Title("Load exceeding balance limit", "圈存超余额上限"),
        clauses=(ECASH,),
        standing=Standing.ADVISORY,
        applies=DIRECT & EC_LOAD_CASH & ONLINE,
        card=CASH_CARD,
        # Balance 500.00, limit 1000.00.
        acts=(tried(load("cash", 50_001)),),
        expect=(all_of(NOT_APPROVED, REQUEST.count().never()),),
    ),
)
