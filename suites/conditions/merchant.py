"""What the front end of an acquirer adds of its merchant (host and kiosk facts, 2.3 and 2.5)."""

from adapters.events import Port
from suites.attempt import Attempt
from suites.conditions.condition import Condition, finding
from suites.finding import Finding, Verdict
from suites.phrase import Phrase
from suites.readings.legs import s

CATEGORY_18, NAME_43 = 18, 43
NOTATION = "S[0200].18,43"


def _merchant(attempt: Attempt) -> tuple[Finding, ...]:
    settings = attempt.facts.settings
    category = f"{settings.get('merchant-category', '')!s:0>4}"
    name = str(settings.get("merchant-name", ""))
    expected = Phrase("merchant-data", (category, name))
    found = s("0200").find(attempt)
    if not found or not name:
        nothing = Phrase("nothing-seen", ("S[0200]",))
        return (finding(NOTATION, Verdict.INCONCLUSIVE, expected, nothing, attempt.span),)
    said = [(each, each.message.text(CATEGORY_18), each.message.text(NAME_43)) for each in found]
    wrong = [each for each in said if each[1] != category or name not in each[2]]
    message, told, called = (wrong or said)[0]
    verdict = Verdict.FAIL if wrong else Verdict.PASS
    observed = Phrase("merchant-data", (told or "-", called.strip() or "-"))
    events = [each[0].event for each in wrong or said]
    return (finding(NOTATION, verdict, expected, observed, attempt.span, (message.event, *events)),)


# DE18 and DE43 are those of the merchant as the ICS has him.
MERCHANT_DATA = Condition(NOTATION, _merchant, frozenset((Port.HOST_S,)))
