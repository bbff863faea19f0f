"""The date that a terminal has: the plan's, or the one that a later sign-on answer told it."""

from suites.attempt import Attempt
from suites.readings.host_session import APPROVED_CODE, SIGN_ON_ANSWER, messages
from suites.symbols import DATE_NAME, next_year

DATE_13 = 13


def date_at(attempt: Attempt, seq: int) -> str:
    """YYMMDD before event `seq`; "" where the plan resolved none."""
    date = str(attempt.facts.symbols.get(DATE_NAME, ""))
    for each in messages(attempt) if date else ():
        told = each.message.text(DATE_13)
        accepted = each.mti == SIGN_ON_ANSWER and each.response_code == APPROVED_CODE
        if accepted and told and each.event < seq:
            # Host and kiosk facts, 1.11: MMDD; a day before the plan's is one of the next year.
            year = date[:2] if told >= date[2:] else next_year(date[:2])
            date = year + told
    return date
