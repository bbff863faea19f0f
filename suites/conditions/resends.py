"""How often a reversal is sent that nobody answers (host and kiosk facts, 1.12 with 0.1)."""

from adapters.events import Port
from suites.attempt import Attempt
from suites.conditions.condition import Condition
from suites.finding import Finding
from suites.readings.legs import t
from suites.readings.settings import as_number

# Parameter 23 counts re-sends: sends in all are one more, or, read otherwise, just as many.
RESENDS = "resend-count"
USUAL_RESENDS = 2


def _within(attempt: Attempt) -> tuple[Finding, ...]:
    stated = as_number(attempt.facts.settings, RESENDS)
    resends = stated if stated >= 0 else USUAL_RESENDS
    return t("0400").count().between(max(resends, 1), resends + 1).judge(attempt)


def _upload_within(attempt: Attempt) -> tuple[Finding, ...]:
    stated = as_number(attempt.facts.settings, RESENDS)
    resends = stated if stated >= 0 else USUAL_RESENDS
    return t("0200", "36").count().between(1, resends + 1).judge(attempt)


# Sends of one offline transaction in all.
UPLOAD_WITHIN_RESENDS = Condition(
    "count(T[0200/36]) by parameter 23", _upload_within, frozenset((Port.HOST_T,))
)
WITHIN_RESENDS = Condition("count(T[0400]) by parameter 23", _within, frozenset((Port.HOST_T,)))
