"""INV-19, sums are sacred: card, terminal, host, switch and biller hold the same of every sale.

What is still pending when the recording ends is no difference: a reversal that may come before the
next sale, an upload that settlement will bring (host and kiosk facts, 1.11 to 1.13).
"""

import re
from collections.abc import Iterable, Iterator

from adapters.codec.bill_lines import Ask
from adapters.events import Kind, Port
from suites.conditions import batch_sums
from suites.conditions.invariant import Look, broken, held
from suites.phrase import Phrase
from suites.readings.asked import Asked, Undoing, asked
from suites.readings.given import commitments
from suites.readings.paid import told
from suites.readings.sale import AMOUNT, Sale, money, sales
from suites.readings.scene import Scene

SUM = re.compile(r"(?<![\d.])\d+\.\d\d(?![\d.])")
RECEIPT = "receipt"
LEGS = {Port.HOST_T: "host-sum", Port.HOST_S: "switch-sum"}


def sums_agree(scenes: tuple[Scene, ...]) -> Iterator[Look]:
    """Each sale by itself, then all of them together."""
    found = sales(scenes)
    for sale in found:
        yield from _receipt(sale)
        yield from _card(sale)
        for leg in LEGS:
            yield from _host(sale, leg)
        yield from _biller(sale)
    yield from _approved_offline(found)
    for scene in scenes[:1]:
        yield from _reversed_sums(scene)
        yield from _given_back(scene)
    yield from batch_sums.batches_agree(found)


def _expected(sale: Sale) -> Phrase:
    if not sale.approved:
        return Phrase("inv-19-nothing")
    return Phrase("inv-19", (" / ".join(map(money, sorted(sale.sums))) or "-",))


# -- terminal and card -----------------------------------------------------------------------------


def _receipt(sale: Sale) -> Iterator[Look]:
    """An approved sum is the one reported and on the slip, where these say one."""
    for event in sale.scene.transaction.events:
        said = event.detail.get(AMOUNT) if event.kind is Kind.REPORT else None
        if isinstance(said, int) and sale.approved:
            shown = Phrase("reported-sum", (money(said),))
            yield _look(sale, shown, (event.seq,), holds=sale.is_right(said))
        printed = SUM.findall(str(event.detail.get(RECEIPT, "")))
        if not printed or not sale.approved or not sale.sums:
            continue
        right = set(printed) & {money(each) for each in sale.sums}
        shown = Phrase("receipt-sum", (" ".join(printed),))
        yield _look(sale, shown, (event.seq,), holds=bool(right))


def _card(sale: Sale) -> Iterator[Look]:
    """The card's TC is for the sum that was approved. Whether there is one is for INV-16."""
    # An inquiry names no sum, and its TC is for none.
    for each in sale.given[-1:] if sale.approved and sale.sums else ():
        shown = Phrase("card-sum", (money(each.amount),))
        yield _look(sale, shown, each.events, holds=sale.is_right(each.amount))


def _approved_offline(found: tuple[Sale, ...]) -> Iterator[Look]:
    """All that was approved without the host, a card gave: torn transactions too (1.10)."""
    offline = [sale for sale in found if sale.offline and sale.scene.cards and sale.sums]
    if not offline:
        return
    attempt = offline[0].scene.attempt
    given = commitments(attempt)
    taken = sum(min(sale.sums) for sale in offline)
    left = sum(each.amount for each in given)
    events = (
        *(event for sale in offline for event in sale.reported),
        *(event for each in given for event in each.events),
    )
    expected = Phrase("inv-19-offline", (money(taken),))
    yield (
        held(expected, events)
        if taken <= left
        else broken(expected, Phrase("card-sum", (money(left),)), events)
    )


# -- hosts -----------------------------------------------------------------------------------------


def _host(sale: Sale, leg: Port) -> Iterator[Look]:
    """A leg holds what was approved on it, and nothing of what was not."""
    requests = sale.asked(leg)
    # A front end that tells the terminal of an approval has it from the switch (2.5); what was
    # approved without the host nobody holds there before it is uploaded.
    online = sale.approved and sale.granted(Port.HOST_T)
    if not requests or (leg is Port.HOST_T and sale.offline):
        return
    standing = sum(each.amount for each in requests if each.stands)
    shown = Phrase(LEGS[leg], (money(standing),))
    if online:
        in_part = any(each.in_part for each in requests)
        holds = standing > 0 if in_part else sale.is_right(standing)
        yield _look(sale, shown, _events(requests), holds=holds)
        return
    owed = [each for each in requests if each.owed]
    where = (*_events(owed or requests), *sale.reported)
    expected = Phrase("inv-19-unasked" if sale.approved else "inv-19-nothing")
    if not owed:
        yield held(expected, where) if not standing else broken(expected, shown, where)
    elif sale.scene.transaction.cleared:
        # Until then the reversal may lawfully be to come (1.12).
        may_hold = Phrase(LEGS[leg], (money(sum(each.amount for each in owed)),))
        yield broken(expected, may_hold, where)


def _reversed_sums(scene: Scene) -> Iterator[Look]:
    """A reversal takes back what was asked for, no more and no less."""
    for leg in LEGS:
        for request in asked(scene.attempt, leg):
            for undoing in request.undone:
                yield _undoing(request, undoing)


def _undoing(request: Asked, undoing: Undoing) -> Look:
    expected = Phrase("inv-19-reversal", (money(request.amount),))
    events = (*request.events[:1], undoing.event)
    if undoing.amount == request.amount or request.in_part:
        return held(expected, events)
    return broken(expected, Phrase("reversal-sum", (money(undoing.amount),)), events)


def _given_back(scene: Scene) -> Iterator[Look]:
    """Voids and refunds of a sale give back what it took at most."""
    requests = asked(scene.attempt, Port.HOST_T)
    for request in requests:
        back = [
            each for each in requests if each.credit and each.stands and each.of == request.stan
        ]
        if request.credit or not back or not request.granted:
            continue
        taken = request.amount if request.stands else 0
        expected = Phrase("inv-19-back", (money(taken),))
        returned = sum(each.amount for each in back)
        events = _events((request, *back))
        shown = Phrase("sum-back", (money(returned),))
        yield held(expected, events) if returned <= taken else broken(expected, shown, events)


# -- the biller ------------------------------------------------------------------------------------


def _biller(sale: Sale) -> Iterator[Look]:
    """Money moved and a bill is paid, or neither (host and kiosk facts, 3.2)."""
    standing = [each for each in sale.paid if not each.taken_back]
    paid = sum(each.amount for each in standing)
    events = tuple(event for each in sale.paid for event in each.events)
    shown = Phrase("biller-sum", (money(paid),))
    if sale.approved and standing:
        once = len({each.bill for each in standing}) == len(standing)
        right = once and sale.is_right(paid) and _as_host(sale, paid)
        yield _look(sale, shown, events, holds=right)
    elif sale.approved:
        yield from _unpaid(sale)
    elif sale.paid and (not standing or sale.scene.transaction.cleared):
        yield _look(sale, shown, events, holds=not standing)


def _as_host(sale: Sale, paid: int) -> bool:
    held_there = [each.amount for each in sale.asked(Port.HOST_T) if each.stands]
    return not held_there or sum(held_there) == paid


def _unpaid(sale: Sale) -> Iterator[Look]:
    """A bill was asked about and paid for; nobody told the biller, nobody gave the money back."""
    questions = [each for each in told(sale.scene.attempt) if each.transaction == sale.scene.number]
    tried = sale.paid or any(each.question.ask is Ask.PAY for each in questions)
    stands = any(each.stands for each in sale.asked(Port.HOST_T))
    if questions and not tried and stands and sale.scene.transaction.cleared:
        events = tuple(event for each in questions for event in each.events)
        yield _look(sale, Phrase("biller-sum", (money(0),)), events, holds=False)


def _events(requests: Iterable[Asked]) -> tuple[int, ...]:
    return tuple(event for each in requests for event in each.events)


def _look(sale: Sale, shown: Phrase, events: tuple[int, ...], *, holds: bool) -> Look:
    where = (*events, *sale.reported)
    return held(_expected(sale), where) if holds else broken(_expected(sale), shown, where)
