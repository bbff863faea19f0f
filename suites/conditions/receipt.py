"""What a chip receipt shows (UnionPay POS, receipts; contact facts, CMP)."""

import re
from collections.abc import Iterator
from functools import partial

from adapters.events import Port
from suites.attempt import Attempt
from suites.conditions.condition import Condition, finding
from suites.finding import Finding, Verdict
from suites.phrase import Phrase
from suites.readings.card_transaction import CardTransaction, GenerateAc, card_transactions
from suites.readings.final_state import TSI_9B, TVR_95, carried
from suites.readings.reading import in_each_transaction
from suites.readings.screens import RECEIPT, told
from suites.readings.transactions import Transaction

NOTATION = "RC(IC data)"
PAN_5A, LABEL_50, PREFERRED_NAME_9F12 = 0x5A, 0x50, 0x9F12
NEEDS = frozenset((Port.ICC, Port.OPERATOR))
SEPARATORS = re.compile(r"[^0-9A-F]")


def _wanted(card: CardTransaction, request: GenerateAc) -> Iterator[tuple[str, bytes]]:
    yield "AID", card.application
    yield "AC", request.ac_9f26
    yield "ATC", request.atc_9f36
    # A signature of CDA hides the cryptogram: then the slip alone tells it.


def _one(transaction: Transaction, attempt: Attempt) -> Finding:
    expected = Phrase("receipt-data")
    slip = told(attempt, transaction.number, RECEIPT)
    cards = [
        (card, request)
        for card in card_transactions(attempt)
        if card.transaction == transaction.number
        for request in card.generate_acs[-1:]
    ]
    if not slip.events or not cards:
        unseen = Phrase("nothing-seen", ("RC",))
        return finding(NOTATION, Verdict.INCONCLUSIVE, expected, unseen, transaction.span)
    missing = tuple(_missing(slip.texts, *cards[-1], attempt))
    verdict = Verdict.FAIL if missing else Verdict.PASS
    observed = Phrase("objects-missing", ("RC", ", ".join(missing))) if missing else expected
    events = (*slip.events, *cards[-1][1].events)
    return finding(NOTATION, verdict, expected, observed, transaction.span, events)


def _missing(
    lines: tuple[str, ...], card: CardTransaction, request: GenerateAc, attempt: Attempt
) -> Iterator[str]:
    # Digits stand on a slip in groups or in one row.
    rows = [SEPARATORS.sub("", line) for line in lines]
    for name, value in _wanted(card, request):
        if value and not any(value.hex().upper() in row for row in rows):
            yield name
    for name, tag in (("TVR", TVR_95), ("TSI", TSI_9B)):
        printed = any(name in line for line in lines)
        seen = [each for each in carried(attempt, tag) if each.transaction == card.transaction]
        if not printed or not seen:
            yield name
    names = [card.value(tag) for tag in (PREFERRED_NAME_9F12, LABEL_50) if card.value(tag)]
    readable = [name.decode("gb18030", "replace") for name in names]
    if not any(name in line for name in readable for line in lines):
        yield "50 / 9F12"
    pan = card.value(PAN_5A).hex().upper().rstrip("F")
    if pan and any(pan in row for row in rows):
        yield "PAN masked"


# AID, label, cryptogram, TVR, TSI and ATC are there, the whole PAN is not.
IC_DATA_ON_RECEIPT = Condition(
    NOTATION, partial(in_each_transaction, NOTATION, Phrase("receipt-data"), _one), NEEDS
)
