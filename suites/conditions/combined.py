"""Conditions made of conditions: all of them, and an outcome that is no approval."""

from dataclasses import replace

from suites.attempt import Attempt
from suites.conditions.condition import Condition
from suites.finding import Finding
from suites.readings.outcome import APPROVED, OUT, Ending, Outcome


def all_of(*conditions: Condition) -> Condition:
    """The findings of all of them, as one condition: the worst of them counts."""
    return _renamed(" and ".join(each.notation for each in conditions), *conditions)


def _renamed(notation: str, *conditions: Condition) -> Condition:
    def judge(attempt: Attempt) -> tuple[Finding, ...]:
        return tuple(
            replace(found, condition=notation)
            for each in conditions
            for found in each.judge(attempt)
        )

    return Condition(notation, judge, frozenset().union(*(each.needs for each in conditions)))


_OTHERS = tuple(
    Ending(outcome, online=online)
    for outcome in Outcome
    if outcome not in APPROVED
    for online in (False, True)
)
# However it ended, it did not end with an approval.
NOT_APPROVED = _renamed("OUT!=APPROVED", OUT.among(*_OTHERS))
NOT_SIGNED_ON = OUT.be(Ending(Outcome.NOT_SIGNED_ON))
OTHER_INTERFACE = OUT.be(Ending(Outcome.OTHER_INTERFACE))
