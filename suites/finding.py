"""What a condition says about an attempt, with the events that show it."""

from dataclasses import dataclass
from enum import StrEnum

from suites.phrase import Phrase


class Verdict(StrEnum):
    """Of a finding or an attempt; combined by the rules of verdict.py, never by order."""

    NONE = "none"
    PASS = "pass"  # noqa: S105  a verdict, no password
    INCONCLUSIVE = "inconclusive"
    REVIEW = "review"
    FAIL = "fail"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Finding:
    """One condition's word: what was expected and observed, where, and the span looked at."""

    condition: str
    verdict: Verdict
    expected: Phrase
    observed: Phrase
    events: tuple[int, ...]
    span: tuple[int, int]
