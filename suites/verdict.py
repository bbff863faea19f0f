"""How findings combine to a verdict: trouble does not launder, and nothing passes unseen."""

from dataclasses import dataclass

from suites.attempt import Attempt
from suites.case import Standing
from suites.conditions.condition import worst
from suites.finding import Finding, Verdict
from suites.stalled import stood_still

# An attempt without its close record was cut off by the bench.
CUT_OFF = "bench"
STALLED = "bench-stalled"
JUDGING = "judge"
# What a failing expectation says, by the standing of its case.
FAILING = {
    Standing.NORMATIVE: Verdict.FAIL,
    Standing.REVIEW: Verdict.REVIEW,
    # L is recorded and decides nothing: its failing finding is kept, and the attempt is neither a
    # pass, which it did not earn, nor anything to be repaired.
    Standing.ADVISORY: Verdict.NONE,
}


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found, by its source; `broken` names the conditions that broke while judging."""

    exposure: tuple[Finding, ...] = ()
    expectations: tuple[Finding, ...] = ()
    invariants: tuple[Finding, ...] = ()
    broken: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[Finding, ...]:
        """In the order in which they are reported."""
        return self.exposure + self.expectations + self.invariants


def verdict(attempt: Attempt, standing: Standing, found: Findings) -> tuple[Verdict, str]:
    """The verdict and the named cause of what broke, "" if nothing did."""
    cause = _cause(attempt, found)
    expected, invariant = worst(found.expectations), worst(found.invariants)
    if invariant is Verdict.FAIL:
        # Whatever the case is worth: an invariant is not the case's expectation.
        said = Verdict.FAIL
    elif expected is Verdict.FAIL and standing is not Standing.ADVISORY:
        said = FAILING[standing]
    elif expected is Verdict.REVIEW and standing is not Standing.ADVISORY:
        said = Verdict.REVIEW
    elif found.broken or (attempt.trouble and attempt.trouble.ours):
        said = Verdict.ERROR
    elif cause:
        said = Verdict.INCONCLUSIVE
    elif expected in (Verdict.FAIL, Verdict.REVIEW):
        said = FAILING[standing]
    elif expected is Verdict.NONE:
        # Every condition was guarded away: that invariants held says nothing about the case.
        said = Verdict.NONE
    else:
        said = worst(found.all)
    return said, cause


def _cause(attempt: Attempt, found: Findings) -> str:
    if found.broken:
        return f"{JUDGING}: {', '.join(found.broken)}"
    if attempt.trouble and attempt.trouble.ours:
        return attempt.trouble.cause
    if not attempt.closed:
        return CUT_OFF
    if stood_still(attempt):
        # A device that then fell silent had been kept waiting.
        return STALLED
    return attempt.trouble.cause if attempt.trouble else ""
