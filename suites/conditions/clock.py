"""Whether the terminal's clock goes with the bench's: what the sign-on told it, and time since."""

from datetime import datetime, timedelta
from functools import partial

from adapters.events import Event, Port
from suites.attempt import Attempt
from suites.conditions.condition import Condition, finding
from suites.finding import Finding, Verdict
from suites.phrase import Phrase
from suites.readings.card_transaction import card_transactions
from suites.readings.host_session import SIGN_ON_ANSWER, messages
from suites.readings.reading import in_each_transaction
from suites.readings.transactions import Transaction
from suites.symbols import DATE_NAME, YEAR_PIVOT

NOTATION = "abs(D1(9A),D1(9F21) - bench) <= 2 min"
DATE_9A, TIME_9F21 = 0x9A, 0x9F21
DATE_13, TIME_12 = 13, 12
ALLOWED = timedelta(minutes=2)
NEEDS = frozenset((Port.ICC, Port.HOST_T))


def _moment(yymmdd: str, hhmmss: str) -> datetime:
    """ValueError for digits that are no date or no time."""
    # EMV 4.1 Book 4, 6.7.3: YY 00 to 49 are 20YY, 50 to 99 are 19YY.
    century = "20" if int(yymmdd[:2]) < YEAR_PIVOT else "19"
    return datetime.strptime(f"{century}{yymmdd}{hhmmss}", "%Y%m%d%H%M%S")  # noqa: DTZ007  both clocks are local


def _one(transaction: Transaction, attempt: Attempt) -> Finding:
    expected = Phrase("clock-agrees")
    told = [
        each for each in messages(attempt) if each.mti == SIGN_ON_ANSWER and not each.from_terminal
    ]
    requests = [
        request
        for card in card_transactions(attempt)
        if card.transaction == transaction.number
        for request in card.generate_ac(1)
        if request.sent(DATE_9A) and request.sent(TIME_9F21)
    ]
    if not told or not requests:
        unseen = Phrase("nothing-seen", ("9A, 9F21",))
        return finding(NOTATION, Verdict.INCONCLUSIVE, expected, unseen, transaction.span)
    request, sign_on = requests[0], told[-1]
    events = {event.seq: event for event in attempt.events}
    asked, answered = events[request.events[0]], events[sign_on.event]
    year = str(attempt.facts.symbols.get(DATE_NAME, ""))[:2]
    date, time = sign_on.message.text(DATE_13), sign_on.message.text(TIME_12)
    own = request.sent(DATE_9A)[0].hex(), request.sent(TIME_9F21)[0].hex()
    try:
        bench = _moment(year + date, time) + _elapsed(answered, asked)
    except ValueError:
        unseen = Phrase("nothing-seen", ("DE13, DE12",))
        return finding(NOTATION, Verdict.INCONCLUSIVE, expected, unseen, transaction.span)
    try:
        agrees = abs(_moment(*own) - bench) <= ALLOWED
    except ValueError:
        agrees = False
    verdict = Verdict.PASS if agrees else Verdict.FAIL
    observed = Phrase("numbers-seen", ("9A 9F21", " ".join(own)))
    where = (asked.seq, answered.seq)
    return finding(NOTATION, verdict, expected, observed, transaction.span, where)


def _elapsed(earlier: Event, later: Event) -> timedelta:
    return timedelta(microseconds=later.stamp.since(earlier.stamp) // 1000)


# Date and time are digits and at most two minutes beside what the sign-on answer set.
CLOCK_AGREES = Condition(
    NOTATION, partial(in_each_transaction, NOTATION, Phrase("clock-agrees"), _one), NEEDS
)
