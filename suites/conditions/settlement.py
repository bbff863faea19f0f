"""The settlement of a batch: its totals, and what is uploaded of it (UnionPay POS; facts, 1.13)."""

from collections.abc import Iterator

from adapters.codec import pos_fields
from adapters.codec.errors import RemoteProtocolError
from adapters.events import Port
from suites.attempt import Attempt
from suites.conditions.condition import Condition, finding
from suites.finding import Finding, Verdict
from suites.model.settlement import BatchTotals, totals
from suites.phrase import Phrase
from suites.readings.batch import UPLOAD, completed, items, pan, standing
from suites.readings.host_session import AMOUNT_4, TRACE_11, HostMessage, messages
from suites.readings.legs import Messages

SETTLEMENT = "0500"
TOTALS_48 = 48
CRYPTOGRAM_9F26 = 0x9F26
HOST, CARD_AND_HOST = frozenset((Port.HOST_T,)), frozenset((Port.HOST_T, Port.ICC))
ENDS = frozenset(("202", "207"))
NOTHING = "-"


def _totals(attempt: Attempt) -> tuple[Finding, ...]:
    right = totals(said for _, said in standing(attempt))
    expected = Phrase("settlement-totals", (str(right),))
    requests = [each for each in messages(attempt) if each.mti == SETTLEMENT]
    if not requests:
        return (_unseen("T[0500].48", expected, "T[0500]", attempt),)
    return tuple(_compared(each, right, expected, attempt) for each in requests[:1])


def _compared(
    request: HostMessage, right: BatchTotals, expected: Phrase, attempt: Attempt
) -> Finding:
    try:
        said = pos_fields.decode_settlement(request.message.text(TOTALS_48)).domestic
        told = BatchTotals(
            said.debit_amount, said.debit_count, said.credit_amount, said.credit_count
        )
    except RemoteProtocolError as fault:
        observed = Phrase("value", ("T[0500].48", str(fault)))
        verdict = Verdict.FAIL
    else:
        observed = Phrase("settlement-totals", (str(told),))
        verdict = Verdict.PASS if told == right else Verdict.FAIL
    events = (*(each.event for each, _ in standing(attempt)), request.event)
    return finding("T[0500].48", verdict, expected, observed, attempt.span, events)


# The totals are those of the transactions that the host approved and nobody reversed.
TOTALS = Condition("T[0500].48", _totals, HOST)


def every_tc_uploaded(code: str) -> Condition:
    """Every TC of an approved contact sale comes in an upload, unless its ARPC was wrong."""
    notation = f"each TC in T[0320/{code}]"
    expected = Phrase("every-tc-uploaded", (code,))

    def judge(attempt: Attempt) -> tuple[Finding, ...]:
        wanted = [each for each in completed(attempt) if each.authenticated]
        uploaded = {value for each in _uploads(code, attempt) for value in _cryptograms(each)}
        missing = [each for each in wanted if each.cryptogram not in uploaded]
        if not wanted or not _ended(attempt):
            return (_unseen(notation, expected, "T[0320]", attempt),)
        verdict = Verdict.FAIL if missing else Verdict.PASS
        shown = missing or wanted
        observed = Phrase("tc-missing", (shown[0].cryptogram,)) if missing else expected
        events = [each.request.event for each in shown]
        return (finding(notation, verdict, expected, observed, attempt.span, events),)

    return Condition(notation, judge, CARD_AND_HOST)


def only_tcs_uploaded(code: str) -> Condition:
    """What is uploaded is the TC of an approved contact online transaction, and nothing else."""
    notation = f"T[0320/{code}] only TC"
    expected = Phrase("only-tcs-uploaded", (code,))

    def judge(attempt: Attempt) -> tuple[Finding, ...]:
        known = {each.cryptogram for each in completed(attempt)}
        found = _uploads(code, attempt)
        wrong = [each for each in found if not set(_cryptograms(each)) & known]
        if not found:
            return (_unseen(notation, expected, f"T[0320/{code}]", attempt),)
        verdict = Verdict.FAIL if wrong else Verdict.PASS
        other = " ".join(_cryptograms(wrong[0])) if wrong else NOTHING
        observed = Phrase("tc-unknown", (other or NOTHING,)) if wrong else expected
        events = [each.event for each in wrong or found]
        return (finding(notation, verdict, expected, observed, attempt.span, events),)

    return Condition(notation, judge, CARD_AND_HOST)


def last_upload(code: str) -> Condition:
    """The last 0320 has this 60.3."""
    return Messages(Port.HOST_T, UPLOAD, nth=-1)["60.3"].be(code)


def _items(attempt: Attempt) -> tuple[Finding, ...]:
    expected = Phrase("items-in-log")
    known = {
        (each.message.text(TRACE_11), pan(each), int(each.message.text(AMOUNT_4) or "0"))
        for each, _ in standing(attempt)
    }
    found = items(attempt)
    if not found:
        return (_unseen("T[0320/201].48", expected, "T[0320/201]", attempt),)
    readable = {each.event for each, _ in found}
    wrong = [
        (each.event, item.stan)
        for each, item in found
        if (item.stan, item.pan, item.amount) not in known
    ]
    # At most eight to a message: more, or another form, cannot be read.
    wrong += [
        (each.event, NOTHING) for each in _uploads("201", attempt) if each.event not in readable
    ]
    verdict = Verdict.FAIL if wrong else Verdict.PASS
    observed = Phrase("item-unknown", (wrong[0][1],)) if wrong else expected
    events = [event for event, _ in wrong] or sorted(readable)
    return (finding("T[0320/201].48", verdict, expected, observed, attempt.span, events),)


# Items of 60.3 = 201 are transactions of the batch: STAN, PAN and amount.
ITEMS = Condition("T[0320/201].48", _items, HOST)


def _end_count(attempt: Attempt) -> tuple[Finding, ...]:
    expected = Phrase("value", ("T[0320 end].48", f"{len(items(attempt)):04}"))
    ends = [each for each in _all_uploads(attempt) if each.private_60.network_code in ENDS]
    if not ends:
        return (_unseen("T[0320 end].48", expected, "T[0320 end]", attempt),)
    told = ends[-1].message.text(TOTALS_48)
    verdict = Verdict.PASS if told == f"{len(items(attempt)):04}" else Verdict.FAIL
    observed = Phrase("value", ("T[0320 end].48", told or NOTHING))
    return (
        finding("T[0320 end].48", verdict, expected, observed, attempt.span, (ends[-1].event,)),
    )


# Of a batch of magnetic stripe items: how many of them were sent.
END_COUNT = Condition("T[0320 end].48", _end_count, HOST)


# TC uploads say that their cryptogram is a TC.
UPLOADED_TC = Messages(Port.HOST_T, UPLOAD).where("60.3", "203")["55.9F27"].be("40")


def _unseen(notation: str, expected: Phrase, what: str, attempt: Attempt) -> Finding:
    nothing = Phrase("nothing-seen", (what,))
    return finding(notation, Verdict.INCONCLUSIVE, expected, nothing, attempt.span)


def _all_uploads(attempt: Attempt) -> list[HostMessage]:
    return [each for each in messages(attempt) if each.mti == UPLOAD]


def _uploads(code: str, attempt: Attempt) -> list[HostMessage]:
    return [each for each in _all_uploads(attempt) if each.private_60.network_code == code]


def _ended(attempt: Attempt) -> bool:
    """Whether the end of the uploads was recorded: what is not there was not sent."""
    return any(each.private_60.network_code in ENDS for each in _all_uploads(attempt))


def _cryptograms(message: HostMessage) -> Iterator[str]:
    return (value.hex().upper() for value in message.object_55(CRYPTOGRAM_9F26))
