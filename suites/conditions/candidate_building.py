"""How a terminal looks for applications: every AID of its own tried (EMV 4.1 Book 1, 12.3.3)."""

from functools import partial

from adapters.events import Port
from suites.attempt import Attempt
from suites.command_names import ANY_AID
from suites.conditions.condition import Condition, finding
from suites.finding import Finding, Verdict
from suites.phrase import Phrase
from suites.readings.card_transaction import sessions
from suites.readings.reading import in_each_transaction
from suites.readings.settings import as_texts, in_force
from suites.readings.transactions import Transaction

NOTATION = "SETEQ(SEL(P2=00) except SEL(PSE), all terminal AIDs)"


def _tried(transaction: Transaction, attempt: Attempt) -> Finding:
    settings = in_force(attempt, transaction.span[0])
    wanted = set(as_texts(settings, "aids"))
    tried = [
        (each.command.data.hex().upper(), each.events[0])
        for session in sessions(attempt)
        for each in session.exchanges
        if each.transaction == transaction.number and ANY_AID in each.name.names
    ]
    expected = Phrase("aids-tried", (_listed(wanted),))
    observed = Phrase("aids-seen", (_listed({name for name, _ in tried}),))
    right = {name for name, _ in tried} == wanted
    if not wanted or not (right or transaction.ended):
        verdict = Verdict.INCONCLUSIVE
    else:
        verdict = Verdict.PASS if right else Verdict.FAIL
    events = [event for _, event in tried]
    return finding(NOTATION, verdict, expected, observed, transaction.span, events)


def _listed(names: set[str]) -> str:
    # A blank behind the RID: no row of digits can be taken for a card number.
    return ", ".join(f"{name[:10]} {name[10:]}" for name in sorted(names)) or "-"


EVERY_AID_TRIED = Condition(
    NOTATION,
    partial(
        in_each_transaction, NOTATION, Phrase("aids-tried", ("all terminal AIDs",)), _tried
    ),
    frozenset((Port.ICC,)),
)
