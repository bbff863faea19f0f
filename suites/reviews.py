"""What a person decides where a case of standing M fails: the judge asked, somebody answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from suites.finding import Verdict


class Decision(StrEnum):
    CONFORMS = "conforms"
    DOES_NOT_CONFORM = "does-not-conform"


@dataclass(frozen=True, slots=True)
class Review:
    """The decision on one attempt, by its id."""

    attempt: str
    decision: Decision


DECIDED: Mapping[Decision, Verdict] = {
    Decision.CONFORMS: Verdict.PASS,
    Decision.DOES_NOT_CONFORM: Verdict.FAIL,
}


def reviewed(
    verdicts: Mapping[str, Verdict], reviews: Iterable[Review]
) -> Mapping[str, Verdict]:
    """The verdicts by attempt once reviews are heard: they decide what was to be reviewed only.

    Two that disagree on an attempt decide nothing.
    """
    decisions: dict[str, set[Decision]] = {}
    for review in reviews:
        decisions.setdefault(review.attempt, set()).add(review.decision)
    decided = dict(verdicts)
    for attempt, said in decisions.items():
        if verdicts.get(attempt) is Verdict.REVIEW and len(said) == 1:
            decided[attempt] = DECIDED[said.pop()]
    return decided
