"""A load of electronic cash: the balance on the card and on the slip (facts, 1.18)."""

import re
from functools import partial

from adapters.events import Port
from suites.attempt import Attempt
from suites.conditions.condition import Condition, finding
from suites.finding import Finding, Verdict
from suites.phrase import Phrase
from suites.readings.card_session import sent_objects
from suites.readings.charges import charges
from suites.readings.kiosk_session import slips
from suites.readings.reading import Seen, in_each_transaction
from suites.readings.transactions import Transaction

ECASH_BALANCE_9F79 = 0x9F79
MINOR = 100
BOTH = 2
CARD_AND_HOST = frozenset((Port.ICC, Port.HOST_T))
CARD_AND_OPERATOR = frozenset((Port.ICC, Port.OPERATOR))


def _balances(transaction: Transaction, attempt: Attempt) -> tuple[Seen[int], ...]:
    """9F79 as often as the card told it, in minor units."""
    return tuple(
        Seen(int(each.value[1].hex()), each.events, each.transaction)
        for each in sent_objects(attempt)
        if each.value[0] == ECASH_BALANCE_9F79
        and each.transaction == transaction.number
        and each.value[1].hex().isdecimal()
    )


def _at(told: tuple[Seen[int], ...]) -> list[int]:
    return [event for each in told for event in each.events]


def _money(amount: int) -> str:
    return f"{amount // MINOR}.{amount % MINOR:02d}"


LOADED_EXPECTED = Phrase("loaded")


def _loaded(transaction: Transaction, attempt: Attempt) -> Finding:
    told = _balances(transaction, attempt)
    asked = [each for each in charges(attempt) if each.transaction == transaction.number]
    events = [*_at(told), *(event for each in asked for event in each.events)]
    if len(told) < BOTH or not asked:
        verdict, observed = Verdict.INCONCLUSIVE, Phrase("too-few", ("9F79", str(len(told))))
    else:
        old, new = told[0].value, told[-1].value
        verdict = Verdict.PASS if new == old + asked[-1].amount else Verdict.FAIL
        shown = (_money(old), _money(asked[-1].amount), _money(new))
        observed = Phrase("loaded-seen", shown)
    return finding("LOADED", verdict, LOADED_EXPECTED, observed, transaction.span, events)


# The balance of the card after the load is that before it and the amount.
LOADED = Condition(
    "LOADED", partial(in_each_transaction, "LOADED", LOADED_EXPECTED, _loaded), CARD_AND_HOST
)
SLIP_EXPECTED = Phrase("slip-balances")


def _on_slip(transaction: Transaction, attempt: Attempt) -> Finding:
    told = _balances(transaction, attempt)
    printed = [each for each in slips(attempt) if each.transaction == transaction.number]
    events = [*_at(told), *(event for each in printed for event in each.events)]
    if len(told) < BOTH or not printed:
        verdict, observed = Verdict.INCONCLUSIVE, Phrase("slips-seen", (str(len(printed)),))
    else:
        text = "\n".join(each.value for each in printed)
        missing = [
            _money(each)
            for each in (told[0].value, told[-1].value)
            if not re.search(rf"(?<![0-9.]){re.escape(_money(each))}(?![0-9])", text)
        ]
        verdict = Verdict.FAIL if missing else Verdict.PASS
        observed = Phrase("slip-lacks", (", ".join(missing),)) if missing else Phrase("holds")
    return finding("SLIP", verdict, SLIP_EXPECTED, observed, transaction.span, events)


# The slip has the balance before the load and the one after it.
SLIP_BALANCES = Condition(
    "SLIP", partial(in_each_transaction, "SLIP", SLIP_EXPECTED, _on_slip), CARD_AND_OPERATOR
)
