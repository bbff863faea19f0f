"""Numbers that must not come twice: all DD(9F37) distinct."""

from functools import partial

from suites.attempt import Attempt
from suites.conditions.condition import Condition, finding
from suites.finding import Finding, Verdict
from suites.phrase import Phrase
from suites.readings.reading import Reading, Value, in_whole_attempt
from suites.readings.transactions import Transaction

LEAST = 2


def all_distinct(reading: Reading[Value]) -> Condition:
    """No value of the reading is seen twice in the attempt; one value alone says nothing."""
    notation = f"all {reading.notation} distinct"
    expected = Phrase("values-distinct", (reading.notation,))

    def one(everything: Transaction, attempt: Attempt) -> Finding:
        seen = reading.read(attempt)
        values = [each.value for each in seen]
        again = [each for each in seen if values.count(each.value) > 1]
        verdict = Verdict.FAIL if again else Verdict.PASS
        if len(seen) < LEAST:
            verdict = Verdict.INCONCLUSIVE
        repeated = Phrase("numbers-equal", (str(again[0].value),)) if again else Phrase("holds")
        observed = repeated if len(seen) >= LEAST else reading.unseen
        events = [event for each in again or seen for event in each.events]
        return finding(notation, verdict, expected, observed, everything.span, events)

    return Condition(
        notation, partial(in_whole_attempt, notation, expected, one), reading.needs
    )
