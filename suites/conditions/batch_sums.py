"""The share of INV-19 that comes after the sales: uploads, totals, the balance of e-cash."""

from collections.abc import Iterator
from itertools import pairwise

from adapters.events import Kind, Port
from suites.acts import Verb
from suites.attempt import Attempt
from suites.conditions.invariant import Look, broken, held
from suites.phrase import Phrase
from suites.readings.asked import MOVES, Closing, Upload, asked, closings, uploads
from suites.readings.given import Balance, balances, commitments
from suites.readings.host_session import messages
from suites.readings.outcome import Outcome
from suites.readings.sale import Sale, money

SALE_CODE, REFUND_CODE = "00", "20"
LOAD_CODES = frozenset(("60", "62", "63"))
# After these nothing of a transaction is left to be done.
FINAL = frozenset(
    (Outcome.APPROVED_OFFLINE, Outcome.APPROVED_ONLINE, Outcome.DECLINED, Outcome.TERMINATED)
)


def batches_agree(sales: tuple[Sale, ...]) -> Iterator[Look]:
    """What was uploaded was sold, what was sold is in the totals, what left the card was sold."""
    for sale in sales[:1]:
        attempt = sale.scene.attempt
        yield from _uploads(attempt, sales)
        yield from _uploaded(attempt, sales)
        yield from _forwarded(attempt)
        yield from _totals(attempt, sales)
        yield from _balances(attempt, sales)


# -- uploads ---------------------------------------------------------------------------------------


def _uploads(attempt: Attempt, sales: tuple[Sale, ...]) -> Iterator[Look]:
    """An upload tells of a sale that was approved, of its sum, and once (1.11: by its own STAN)."""
    first: dict[bytes, Upload] = {}
    for each in uploads(attempt):
        before = first.setdefault(each.cryptogram_9f26, each)
        events = (before.event, each.event)
        for sale in _of(each, sales):
            expected = Phrase("inv-19-upload", (money(each.amount),))
            shown = Phrase("upload-sum", (each.stan, money(each.amount)))
            twice = before.stan != each.stan
            right = sale.approved and sale.is_right(each.amount) and not twice
            where = (*events, *sale.reported)
            yield held(expected, where) if right else broken(expected, shown, where)


def _of(upload: Upload, sales: tuple[Sale, ...]) -> tuple[Sale, ...]:
    return tuple(
        sale
        for sale in sales
        if any(each.cryptogram_9f26 == upload.cryptogram_9f26 for each in sale.given)
    )


def _uploaded(attempt: Attempt, sales: tuple[Sale, ...]) -> Iterator[Look]:
    """What was approved offline is with the host when a settlement ended (1.11)."""
    with_host = {each.cryptogram_9f26: each.event for each in uploads(attempt)}
    since = 0
    for closing in (each for each in closings(attempt) if each.ended):
        batch = [each for each in sales if since < each.scene.transaction.span[1] < closing.event]
        since = closing.event
        for sale in (each for each in batch if each.offline and each.given):
            expected = Phrase("inv-19-uploaded", (money(sale.given[-1].amount),))
            found = [with_host.get(each.cryptogram_9f26, 0) for each in sale.given]
            events = (*sale.reported, *(each for each in found if each), closing.ended)
            yield (
                held(expected, events)
                if any(found)
                else broken(expected, Phrase("not-uploaded"), events)
            )


def _forwarded(attempt: Attempt) -> Iterator[Look]:
    """What was approved offline is told to the switch, and never authorised again (2.5)."""
    told = [each.event for each in uploads(attempt)]
    sent = [each.event for each in messages(attempt) if each.from_terminal]
    for each in asked(attempt, Port.HOST_S):
        before = [event for event in sent if event < each.events[0]][-1:]
        if before and before[0] in told and each.kind in MOVES:
            shown = Phrase("asked-again", (money(each.amount),))
            yield broken(Phrase("inv-19-forwarded"), shown, (*before, *each.events))


# -- totals ----------------------------------------------------------------------------------------


def _totals(attempt: Attempt, sales: tuple[Sale, ...]) -> Iterator[Look]:
    """The totals hold every sale since the last settlement; older ones, unknown here, may add."""
    since, exact = 0, False
    for closing in closings(attempt):
        debits, credits_, events = _since(attempt, sales, since, closing)
        if events:
            yield _total("debit", closing.debits, debits, events, exact=exact)
            yield _total("credit", closing.credits, credits_, events, exact=False)
        if closing.ended:
            since, exact = closing.ended, True


def _since(
    attempt: Attempt, sales: tuple[Sale, ...], since: int, closing: Closing
) -> tuple[int, int, tuple[int, ...]]:
    """What was sold and given back between two settlements, in minor units, and where."""
    requests = [
        each
        for each in asked(attempt, Port.HOST_T)
        if each.stands and since < each.events[0] < closing.event
    ]
    sold = [each for each in requests if each.code == SALE_CODE and not each.credit]
    back = [each for each in requests if each.code == REFUND_CODE]
    offline = [
        sale
        for sale in sales
        if sale.offline and sale.given and since < sale.scene.transaction.span[0] < closing.event
    ]
    debits = sum(each.amount for each in sold)
    debits += sum(sale.given[-1].amount for sale in offline)
    events = [
        *(each.events[0] for each in (*sold, *back)),
        *(event for sale in offline for event in sale.reported),
    ]
    told = (*events, closing.event) if events else ()
    return debits, sum(each.amount for each in back), told


def _total(
    kind: str, told: int, right: int, events: tuple[int, ...], *, exact: bool
) -> Look:
    expected = Phrase(f"inv-19-{kind}-total", (money(right),))
    holds = told == right if exact else told >= right
    shown = Phrase(f"{kind}-total", (money(told),))
    return held(expected, events) if holds else broken(expected, shown, events)


# -- e-cash ----------------------------------------------------------------------------------------


def _balances(attempt: Attempt, sales: tuple[Sale, ...]) -> Iterator[Look]:
    """Between two looks at 9F79 the card lost what was sold from it, and no more."""
    for before, after in pairwise(balances(attempt)):
        if _one_card(attempt, before, after) and _settled(attempt, sales, before, after):
            sold = sum(_moved(sale, before, after) for sale in sales)
            expected = Phrase("inv-19-balance", (money(sold),))
            change = before.amount - after.amount
            events = (before.event, after.event)
            shown = Phrase("balance-change", (money(before.amount), money(after.amount)))
            yield (
                held(expected, events)
                if change == sold
                else broken(expected, shown, events)
            )


def _one_card(attempt: Attempt, before: Balance, after: Balance) -> bool:
    """By its number and its counter: two cards of a case may have the number in common."""
    counted = after.atc > before.atc or after.transaction == before.transaction
    changed = any(
        each.kind is Kind.ACT
        and each.detail.get("verb") == Verb.PRESENT
        and before.event < each.seq < after.event
        for each in attempt.events
    )
    return before.number == after.number and (counted or not (after.atc or changed))


def _settled(
    attempt: Attempt, sales: tuple[Sale, ...], before: Balance, after: Balance
) -> bool:
    """Whether nothing but ended transactions lies between, and the bench changed no answer."""
    between = [each for each in attempt.events if before.event < each.seq < after.event]
    ruled = any(each.port is Port.ICC and each.kind is Kind.RULE for each in between)
    ended = {sale.scene.number for sale in sales if sale.ending.outcome in FINAL}
    moving = {
        each.transaction
        for each in commitments(attempt)
        if before.event < each.events[-1] < after.event
    }
    touched = [
        sale for sale in sales if sale.scene.number in {before.transaction, after.transaction}
    ]
    scripted = any(
        exchange.family == "SCR" and before.event < exchange.events[0] < after.event
        for sale in sales
        for card in sale.scene.cards
        for exchange in card.exchanges
        if not _is_load(sale)
    )
    failed = any(
        sale.scene.audit(card).combined_failed(each)
        for sale in touched
        for card in sale.scene.cards
        for each in card.generate_acs
    )
    return not ruled and not scripted and not failed and moving <= ended


def _moved(sale: Sale, before: Balance, after: Balance) -> int:
    if not sale.approved:
        return 0
    within = [
        each
        for each in sale.given
        if before.event < each.events[-1] < after.event and each.number == before.number
    ]
    if _is_load(sale):
        stands = [each for each in sale.asked(Port.HOST_T) if each.stands]
        return -sum(each.amount for each in stands) if within else 0
    return sum(min(sale.sums or {each.amount}) for each in within[-1:] if each.ecash)


def _is_load(sale: Sale) -> bool:
    return any(each.code in LOAD_CODES for each in sale.asked(Port.HOST_T))
