"""Whether money and bills agree: completed or reversed, one amount, one total (3.2 and 3.3)."""

from collections.abc import Callable, Iterator
from functools import partial

from adapters.events import Port
from suites.attempt import Attempt
from suites.conditions.condition import Condition, finding
from suites.finding import Finding, Verdict
from suites.phrase import Phrase
from suites.readings.biller_session import PaymentTold, bills, payments
from suites.readings.charges import Charge, charges
from suites.readings.kiosk_session import counters, journal
from suites.readings.reading import Reading, Value, in_each_transaction, in_whole_attempt
from suites.readings.transactions import Transaction

PORTS = frozenset((Port.HOST_T, Port.BILLER))
PIN_TRIES = "pin-tries"
MINOR = 100
One = Callable[[Transaction, Attempt], Finding]


def _whole(notation: str, expected: Phrase, one: One, needs: frozenset[Port] = PORTS) -> Condition:
    return Condition(notation, partial(in_whole_attempt, notation, expected, one), needs)


def _moved(attempt: Attempt) -> tuple[Charge, ...]:
    return tuple(each for each in charges(attempt) if each.moved)


def _of(charge: Charge, attempt: Attempt) -> tuple[PaymentTold, ...]:
    """What the biller was told of a charge."""
    return tuple(each for each in payments(attempt) if charge.rrn and each.rrn == charge.rrn)


# -- completed or reversed -------------------------------------------------------------------------

SETTLED_EXPECTED = Phrase("settled")


def _settled(everything: Transaction, attempt: Attempt) -> Finding:
    looks = list(_unsettled(everything, attempt))
    moved = _moved(attempt)
    events = [event for each in moved for event in each.events]
    verdict, observed = Verdict.PASS, Phrase("settled-seen", (str(len(moved)),))
    if not moved:
        verdict, observed = Verdict.INCONCLUSIVE, Phrase("nothing-seen", ("AUTH",))
    for worst in (Verdict.INCONCLUSIVE, Verdict.FAIL):
        for found, said, shown in looks:
            if found is worst:
                verdict, observed, events = found, said, list(shown)
    return finding("SETTLED", verdict, SETTLED_EXPECTED, observed, everything.span, events)


def _unsettled(
    everything: Transaction, attempt: Attempt
) -> Iterator[tuple[Verdict, Phrase, tuple[int, ...]]]:
    for charge in _moved(attempt):
        told = _of(charge, attempt)
        events = (*charge.events, *(event for each in told for event in each.events))
        completed = any(each.completed for each in told)
        # A bill that the biller holds for paid is the customer's, written off already or not.
        if charge.reversed and any(each.stands for each in told):
            yield Verdict.FAIL, Phrase("settled-both", (charge.stan,)), events
        elif not completed and not charge.reversed:
            # A kiosk may complete later; only once it had its chance is it too late.
            final = everything.cleared
            verdict = Verdict.FAIL if final else Verdict.INCONCLUSIVE
            key = "settled-neither" if final else "settled-open"
            yield verdict, Phrase(key, (charge.stan,)), events


# Each charge is completed at the biller or reversed at the host, never both, never neither.
SETTLED = _whole("SETTLED", SETTLED_EXPECTED, _settled)

# -- one amount ------------------------------------------------------------------------------------

AMOUNTS_EXPECTED = Phrase("bill-amounts")


def _amounts(everything: Transaction, attempt: Attempt) -> Finding:
    verdict, observed = Verdict.INCONCLUSIVE, Phrase("nothing-seen", ("AUTH",))
    events: list[int] = []
    for charge in charges(attempt):
        owed = [each for each in bills(attempt) if each.transaction == charge.transaction]
        told = _of(charge, attempt)
        if not owed:
            continue
        amounts = {owed[-1].value[1], charge.amount, *(each.amount for each in told)}
        said = ", ".join(str(each.amount) for each in told) or "-"
        shown = Phrase("bill-amounts-seen", (str(owed[-1].value[1]), str(charge.amount), said))
        seen = [*owed[-1].events, *charge.events, *(at for each in told for at in each.events)]
        if len(amounts) > 1:
            return finding("AMOUNTS", Verdict.FAIL, AMOUNTS_EXPECTED, shown, everything.span, seen)
        if told:
            verdict, observed, events = Verdict.PASS, shown, events + seen
    return finding("AMOUNTS", verdict, AMOUNTS_EXPECTED, observed, everything.span, events)


# The amount of the bill, the amount charged and the amount told to the biller are one.
AMOUNTS = _whole("AMOUNTS", AMOUNTS_EXPECTED, _amounts)

# -- the bill behind a charge ----------------------------------------------------------------------

LINKED_EXPECTED = Phrase("bill-linked")


def _linked(everything: Transaction, attempt: Attempt) -> Finding:
    verdict, observed = Verdict.INCONCLUSIVE, Phrase("nothing-seen", ("AUTH",))
    events: list[int] = []
    lines = [seen.value for seen in journal(attempt)]
    for charge in (each for each in charges(attempt) if each.approved):
        owed = [each for each in bills(attempt) if each.transaction == charge.transaction]
        number = owed[-1].value[0] if owed else ""
        if number and (number in charge.private or _beside(number, charge, lines)):
            verdict, observed = Verdict.PASS, Phrase("bill-link-seen", (charge.stan, number))
            events += charge.events
            continue
        verdict = Verdict.FAIL if lines else Verdict.INCONCLUSIVE
        missing = Phrase("bill-link-missing", (charge.stan,))
        observed = missing if lines else Phrase("journal-unread")
        events = list(charge.events)
        break
    return finding("LINKED", verdict, LINKED_EXPECTED, observed, everything.span, events)


def _beside(number: str, charge: Charge, lines: list[str]) -> bool:
    known = [each for each in (charge.rrn, charge.stan) if each]
    return any(number in line and any(each in line for each in known) for line in lines)


# The bill stands in the request, or the journal names it beside RRN or STAN.
LINKED = _whole("LINKED", LINKED_EXPECTED, _linked, PORTS | {Port.OPERATOR})

# -- totals ----------------------------------------------------------------------------------------

TOTALS_EXPECTED = Phrase("totals-agree")
COUNT, AMOUNT = "written-off", "amount"
Totals = tuple[int, int]


def _totals(everything: Transaction, attempt: Attempt) -> Finding:
    read = [each for each in counters(attempt) if COUNT in each.value and AMOUNT in each.value]
    if len(read) < len(("before", "after")):
        unseen = Phrase("too-few", ("COUNTERS", str(len(read))))
        return finding(
            "TOTALS", Verdict.INCONCLUSIVE, TOTALS_EXPECTED, unseen, everything.span
        )
    before, after = read[0], read[-1]
    kiosk = (after.value[COUNT] - before.value[COUNT], after.value[AMOUNT] - before.value[AMOUNT])
    kept = [each.amount for each in charges(attempt) if each.approved and not each.reversed]
    written_off = [each.amount for each in payments(attempt) if each.completed]
    acquirer, biller = (len(kept), sum(kept)), (len(written_off), sum(written_off))
    verdict = Verdict.PASS if kiosk == acquirer == biller else Verdict.FAIL
    shown = Phrase("totals-seen", (_sum(kiosk), _sum(acquirer), _sum(biller)))
    events = (*before.events, *after.events)
    return finding("TOTALS", verdict, TOTALS_EXPECTED, shown, everything.span, events)


def _sum(totals: Totals) -> str:
    count, amount = totals
    return f"{count}×/{amount // MINOR}.{amount % MINOR:02d}"


# What the kiosk counted between two readings is what acquirer and biller have.
TOTALS = _whole("TOTALS", TOTALS_EXPECTED, _totals, PORTS | {Port.OPERATOR})

# -- several requests ------------------------------------------------------------------------------


def all_differ(reading: Reading[Value]) -> Condition:
    """No value of the reading is seen twice; one alone proves nothing."""
    notation, expected = f"DIFFER({reading.notation})", Phrase("all-differ", (reading.notation,))

    def one(everything: Transaction, attempt: Attempt) -> Finding:
        seen = reading.read(attempt)
        values = [each.value for each in seen]
        twice = [each for each in seen if values.count(each.value) > 1]
        if len(seen) < len(("one", "another")):
            verdict = Verdict.INCONCLUSIVE
            observed = Phrase("too-few", (reading.notation, str(len(seen))))
        elif twice:
            verdict = Verdict.FAIL
            observed = Phrase("seen-twice", (reading.notation, str(twice[0].value)))
        else:
            verdict, observed = Verdict.PASS, Phrase("holds")
        events = [event for each in (twice or seen) for event in each.events]
        return finding(notation, verdict, expected, observed, everything.span, events)

    return _whole(notation, expected, one, reading.needs)


def _pin_tries(transaction: Transaction, attempt: Attempt) -> Finding:
    allowed = attempt.facts.settings.get(PIN_TRIES)
    expected = Phrase("pin-tries", (str(allowed),))
    sent = [each for each in charges(attempt) if each.transaction == transaction.number]
    events = [event for each in sent for event in each.events]
    observed = Phrase("pin-tries-seen", (str(len(sent)),))
    if isinstance(allowed, int) and len(sent) > allowed:
        verdict = Verdict.FAIL
    elif sent and isinstance(allowed, int) and transaction.ended:
        verdict = Verdict.PASS
    else:
        verdict = Verdict.INCONCLUSIVE
    return finding("PIN-TRIES", verdict, expected, observed, transaction.span, events)


# No transaction has more requests than the ICS allows tries of a PIN.
PIN_TRIES_KEPT = Condition(
    "PIN-TRIES",
    partial(in_each_transaction, "PIN-TRIES", Phrase("pin-tries", ("-",)), _pin_tries),
    frozenset((Port.HOST_T,)),
)
