"""What a load does to the electronic cash of the card, as the card itself says it (9F79)."""

from adapters.events import Port
from suites.attempt import Attempt
from suites.conditions.condition import Condition, finding
from suites.finding import Finding, Verdict
from suites.phrase import Phrase
from suites.readings.card_session import sent_objects
from suites.readings.host_session import AMOUNT_4
from suites.readings.legs import t

BALANCE_9F79 = 0x9F79
NEEDS = frozenset((Port.ICC, Port.HOST_T))


def balance_moves(sign: int) -> Condition:
    """The last balance that the card told is the first one and DE4 times 1, 0 or -1."""
    notation = f"9F79 by {sign}*T[0200].4"

    def judge(attempt: Attempt) -> tuple[Finding, ...]:
        told = [
            (int(seen.value[1].hex()), seen.events)
            for seen in sent_objects(attempt)
            if seen.value[0] == BALANCE_9F79 and seen.value[1].hex().isdecimal()
        ]
        asked = [int(each.message.text(AMOUNT_4) or "0") for each in t("0200").find(attempt)]
        by = sign * asked[0] if asked else 0
        expected = Phrase("number-moves", ("9F79", str(by)))
        if len(told) < 2 or (sign and not asked):  # noqa: PLR2004  before and after
            nothing = Phrase("nothing-seen", ("9F79",))
            return (finding(notation, Verdict.INCONCLUSIVE, expected, nothing, attempt.span),)
        (first, before), (last, after) = told[0], told[-1]
        verdict = Verdict.PASS if last - first == by else Verdict.FAIL
        observed = Phrase("number-moves", ("9F79", str(last - first)))
        events = (*before, *after)
        return (finding(notation, verdict, expected, observed, attempt.span, events),)

    return Condition(notation, judge, NEEDS)
