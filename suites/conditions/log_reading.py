"""How a terminal reads and shows the card's transaction log (JR/T 0025.5 18; .13 Annex C)."""

from functools import partial

from adapters.codec import dol
from adapters.codec.errors import RemoteProtocolError
from adapters.events import Port
from suites.attempt import Attempt
from suites.conditions.condition import Condition, finding
from suites.finding import Finding, Verdict
from suites.phrase import Phrase
from suites.readings.card_transaction import (
    DONE,
    LOG_ENTRY_9F4D,
    CardTransaction,
    Record,
    card_transactions,
)
from suites.readings.reading import in_each_transaction
from suites.readings.screens import DISPLAY, told
from suites.readings.transactions import Transaction

TO_THE_END, SHOWN = "RR(log,n) until 6A83 or n=max", "UI(log records)"
NOT_FOUND = "6A83"
LOG_FORMAT_9F4F, AMOUNT_9F02, MINOR = 0x9F4F, 0x9F02, 100
ENTRY_SIZE = 2
CARD, OPERATOR = frozenset((Port.ICC,)), frozenset((Port.OPERATOR,))


def _cards(transaction: Transaction, attempt: Attempt) -> tuple[CardTransaction, ...]:
    return tuple(
        each
        for each in card_transactions(attempt)
        if each.transaction == transaction.number
        and len(each.value(LOG_ENTRY_9F4D)) == ENTRY_SIZE
    )


def _logged(card: CardTransaction) -> tuple[Record, ...]:
    sfi = card.value(LOG_ENTRY_9F4D)[0]
    return tuple(each for each in card.records if each.sfi == sfi)


def _to_the_end(transaction: Transaction, attempt: Attempt) -> Finding:
    expected = Phrase("log-read", ("1",))
    for card in _cards(transaction, attempt):
        most, asked = card.value(LOG_ENTRY_9F4D)[1], _logged(card)
        numbers = [each.number for each in asked]
        ended = len(asked) == most or bool(asked and asked[-1].sw == NOT_FOUND)
        whole = ended and numbers == list(range(1, len(asked) + 1))
        early = any(each.sw != DONE for each in asked[:-1])
        verdict = Verdict.PASS if whole and not early else Verdict.FAIL
        if verdict is Verdict.FAIL and not transaction.ended:
            verdict = Verdict.INCONCLUSIVE
        observed = Phrase("numbers-seen", ("RR", ", ".join(map(str, numbers)) or "-"))
        events = [event for each in asked for event in each.events]
        return finding(TO_THE_END, verdict, expected, observed, transaction.span, events)
    unseen = Phrase("nothing-seen", ("9F4D",))
    return finding(TO_THE_END, Verdict.INCONCLUSIVE, expected, unseen, transaction.span)


def _amounts(card: CardTransaction) -> tuple[str, ...]:
    """The amounts of the records that were read, as people read them."""
    given = card.read_by_get_data.get(LOG_FORMAT_9F4F)
    try:
        entries = dol.decode(given.value if given else b"")
        parts = [
            part
            for each in _logged(card)
            if each.sw == DONE
            for part in dol.split(entries, each.data)
        ]
    except RemoteProtocolError:
        return ()
    digits = [part.value.hex() for part in parts if part.entry.tag == AMOUNT_9F02]
    return tuple(
        f"{int(each) // MINOR}.{int(each) % MINOR:02d}" for each in digits if each.isdecimal()
    )


def _shown(transaction: Transaction, attempt: Attempt) -> Finding:
    expected = Phrase("log-shown")
    shown = told(attempt, transaction.number, DISPLAY)
    amounts = [each for card in _cards(transaction, attempt) for each in _amounts(card)]
    if not amounts or not shown.events:
        unseen = Phrase("nothing-seen", ("UI",))
        return finding(SHOWN, Verdict.INCONCLUSIVE, expected, unseen, transaction.span)
    missing = [each for each in amounts if not any(each in line for line in shown.texts)]
    verdict = Verdict.FAIL if missing else Verdict.PASS
    observed = Phrase("shown", (" | ".join(shown.texts),))
    return finding(SHOWN, verdict, expected, observed, transaction.span, shown.events)


# Record after record from the first, to the one that is not there or the last that 9F4D tells.
LOG_READ_TO_THE_END = Condition(
    TO_THE_END,
    partial(in_each_transaction, TO_THE_END, Phrase("log-read", ("1",)), _to_the_end),
    CARD,
)
# The amount of each record is on the display.
LOG_SHOWN = Condition(
    SHOWN, partial(in_each_transaction, SHOWN, Phrase("log-shown"), _shown), CARD | OPERATOR
)
