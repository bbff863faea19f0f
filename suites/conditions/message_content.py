"""What messages of the terminal leg hold and leave out, and what of a batch reaches the host."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise

from adapters.events import Port
from suites.attempt import Attempt
from suites.conditions.condition import Condition, finding
from suites.finding import Finding, Verdict
from suites.phrase import Phrase
from suites.readings.card_transaction import (
    AC_9F26,
    CID_9F27,
    CardTransaction,
    GenerateAc,
    card_transactions,
)
from suites.readings.host_session import AMOUNT_4, HostMessage, messages, of_kind
from suites.readings.reading import Reading, Value, in_each_transaction, in_whole_attempt
from suites.readings.transactions import Transaction

HOST = frozenset((Port.HOST_T,))
TVR_95, AMOUNT_9F02 = 0x95, 0x9F02
TC = "40"
LEAST = 2


def f55_contains(*tags: str, kind: str = "AUTH") -> Condition:
    """F55 contains {...}: every message of a kind has all these tags in DE55."""
    listed = ",".join(tags)
    name = "F55" if kind == "AUTH" else f"H({kind}) F55"

    def missing(each: HostMessage) -> tuple[str, ...]:
        return tuple(tag for tag in tags if not each.object_55(int(tag, 16)))

    return _of_each(f"{name} contains {{{listed}}}", kind, missing, (name, listed))


def without_de(number: int, kind: str = "AUTH") -> Condition:
    """!DE(n): no message of a kind has this field."""

    def there(each: HostMessage) -> tuple[str, ...]:
        return (str(number),) if number in each.message.fields else ()

    notation = f"!DE({number})" if kind == "AUTH" else f"H({kind}) !DE({number})"
    expected = Phrase("field-absent", (f"DE{number}",))
    return _each(notation, kind, there, expected, lambda _: Phrase("value", (f"DE{number}", "+")))


def with_de(number: int, kind: str = "AUTH") -> Condition:
    """DE(n) present: every message of a kind has this field."""

    def missing(each: HostMessage) -> tuple[str, ...]:
        return () if number in each.message.fields else (str(number),)

    return _of_each(f"DE({number}) present", kind, missing, (f"H({kind})", f"DE{number}"))


def without_55(tag: str, kind: str) -> Condition:
    """!F55(tag): no message of a kind has this object; a kind that was not sent has none either."""
    notation = f"H({kind}) !F55({tag})"
    expected = Phrase("field-absent", (f"F55({tag})",))

    def one(transaction: Transaction, attempt: Attempt) -> Finding:
        there = [
            each.event
            for each in of_kind(attempt, kind)
            if each.transaction == transaction.number and each.object_55(int(tag, 16))
        ]
        verdict = Verdict.FAIL if there else Verdict.PASS
        if not there and not transaction.cleared:
            verdict = Verdict.INCONCLUSIVE
        observed = Phrase("times", (f"F55({tag})", str(len(there))))
        return finding(notation, verdict, expected, observed, transaction.span, there)

    return Condition(notation, partial(in_each_transaction, notation, expected, one), HOST)


def _of_each(
    notation: str,
    kind: str,
    wrong: Callable[[HostMessage], tuple[str, ...]],
    said: tuple[str, str],
) -> Condition:
    def observed(found: tuple[str, ...]) -> Phrase:
        return Phrase("objects-missing", (said[0], ",".join(found)))

    return _each(notation, kind, wrong, Phrase("objects-there", said), observed)


def _each(
    notation: str,
    kind: str,
    wrong: Callable[[HostMessage], tuple[str, ...]],
    expected: Phrase,
    told: Callable[[tuple[str, ...]], Phrase],
) -> Condition:
    def one(transaction: Transaction, attempt: Attempt) -> Finding:
        sent = [each for each in of_kind(attempt, kind) if each.transaction == transaction.number]
        if not sent:
            unseen = Phrase("nothing-seen", (f"H({kind})",))
            return finding(notation, Verdict.INCONCLUSIVE, expected, unseen, transaction.span)
        bad = [(each, wrong(each)) for each in sent if wrong(each)]
        verdict = Verdict.FAIL if bad else Verdict.PASS
        observed = told(bad[0][1]) if bad else expected
        events = [each.event for each in sent]
        return finding(notation, verdict, expected, observed, transaction.span, events)

    return Condition(notation, partial(in_each_transaction, notation, expected, one), HOST)


# -- uploads ---------------------------------------------------------------------------------------


def _tcs(attempt: Attempt) -> Iterator[tuple[CardTransaction, GenerateAc]]:
    """The TC of each transaction that was approved without the host."""
    asked = {each.transaction for each in of_kind(attempt, "AUTH")}
    for card in card_transactions(attempt):
        for request in card.generate_acs[-1:]:
            if request.answered == TC and card.transaction and card.transaction not in asked:
                yield card, request


def uploaded(*card_tags: str) -> Condition:
    """H(OFFL) with F55(9F26)=TC, F55(9F27)=40, F55(95)=T1, DE(4)=amount, and these of the card."""
    wanted = ("F55(9F26)=TC", "F55(9F27)=40", "F55(95)=T1", "DE(4)=amount")
    of_card = (f"F55({tag})=card({tag})" for tag in card_tags)
    notation = f"H(OFFL) with {', '.join((*wanted, *of_card))}"
    one = partial(_uploaded, notation, card_tags)
    judge = partial(in_whole_attempt, notation, Phrase("uploaded"), one)
    return Condition(notation, judge, HOST | frozenset((Port.ICC,)))


def _uploaded(
    notation: str, card_tags: tuple[str, ...], everything: Transaction, attempt: Attempt
) -> Finding:
    expected = Phrase("uploaded")
    wanted = tuple(_tcs(attempt))
    sent = [each for each in messages(attempt) if each.from_terminal and each.is_offline_upload]
    if not wanted:
        unseen = Phrase("nothing-seen", ("TC",))
        return finding(notation, Verdict.INCONCLUSIVE, expected, unseen, everything.span)
    for card, request in wanted:
        matching = [each for each in sent if each.object_55(AC_9F26)[:1] == (request.ac_9f26,)]
        if not matching:
            verdict = Verdict.FAIL if everything.cleared else Verdict.INCONCLUSIVE
            observed = Phrase("times", ("H(OFFL)", "0"))
            return finding(
                notation, verdict, expected, observed, everything.span, request.events
            )
        for name, seen, right in _compared(card, request, matching[0], card_tags):
            if seen != right:
                observed = Phrase("uploaded-otherwise", (name, seen or "-", right))
                events = (*request.events, matching[0].event)
                return finding(
                    notation, Verdict.FAIL, expected, observed, everything.span, events
                )
    shown = [event for _, request in wanted for event in request.events]
    shown += [each.event for each in sent]
    return finding(notation, Verdict.PASS, expected, expected, everything.span, shown)


def _compared(
    card: CardTransaction, request: GenerateAc, upload: HostMessage, card_tags: tuple[str, ...]
) -> Iterator[tuple[str, str, str]]:
    """Name, what was uploaded, what is right."""

    def first(values: tuple[bytes, ...]) -> str:
        return values[0].hex().upper() if values else ""

    yield "F55(9F27)", first(upload.object_55(CID_9F27)), TC
    yield "F55(95)", first(upload.object_55(TVR_95)), first(request.sent(TVR_95))
    yield "DE(4)", upload.message.text(AMOUNT_4), first(request.sent(AMOUNT_9F02))
    for tag in card_tags:
        number = int(tag, 16)
        yield f"F55({tag})", first(upload.object_55(number)), card.value(number).hex().upper()


# -- counters --------------------------------------------------------------------------------------


def steps_by_one(reading: Reading[Value]) -> Condition:
    """From transaction to transaction a number in digits goes up by one."""
    notation = f"{reading.notation} strictly increasing by 1"
    expected = Phrase("steps-by-one", (reading.notation,))

    def one(everything: Transaction, attempt: Attempt) -> Finding:
        seen = reading.read(attempt)
        numbers = [int(str(each.value)) for each in seen if str(each.value).isdecimal()]
        events = [event for each in seen for event in each.events]
        observed = Phrase("numbers-seen", (reading.notation, ", ".join(map(str, numbers))))
        steps = {later - earlier for earlier, later in pairwise(numbers)}
        verdict = Verdict.PASS if steps == {1} and len(numbers) == len(seen) else Verdict.FAIL
        if len(seen) < LEAST:
            verdict = Verdict.INCONCLUSIVE
        return finding(notation, verdict, expected, observed, everything.span, events)

    judge = partial(in_whole_attempt, notation, expected, one)
    return Condition(notation, judge, reading.needs)


