"""From the verdicts of attempts to runs, and from runs to what the self-test concludes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from suites.evidence import Evidence
from suites.exit_codes import BENCH_BROKEN, CONFORMING, INCOMPLETE, NOT_CONFORMING
from suites.finding import Verdict
from suites.judge import Judgement
from suites.lies import Lie, lies
from suites.reviews import Review, reviewed
from suites.words import Title

# A self-test says whether the device conformed in it; it grants nothing.
WORDS: Mapping[int, Title] = {
    CONFORMING: Title("conforming", "符合"),
    NOT_CONFORMING: Title("not conforming", "不符合"),
    INCOMPLETE: Title("incomplete, no conclusion", "不完整，未得出结论"),
    BENCH_BROKEN: Title("bench trouble, no conclusion", "测试台故障，未得出结论"),
}
# The first time and three repeats: who repeats until it passes has not passed.
MOST_ATTEMPTS = 4


@dataclass(frozen=True, slots=True)
class RunResult:
    """What a run comes to over all its attempts (their ids); without any it was not run."""

    run_id: str
    verdict: Verdict
    attempts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What the campaign comes to, with the exit code that says so.

    A device whose own bytes contradict its ICS does not conform, whatever its runs came to.
    """

    words: Title
    exit_code: int
    runs: tuple[RunResult, ...]
    lies: tuple[Lie, ...] = ()


def conclude(
    evidence: Evidence, judgements: Sequence[Judgement], reviews: Iterable[Review] = ()
) -> Conclusion:
    """All runs of the plan in its order, then runs that were attempted without being planned."""
    found = {judgement.attempt_id: judgement.verdict for judgement in judgements}
    verdicts = reviewed(found, reviews)
    attempts: dict[str, list[str]] = defaultdict(list)
    for attempt in evidence.attempts:
        attempts[attempt.facts.run_id].append(attempt.facts.attempt_id)
    planned = [run.id for run in evidence.plan.runs]
    runs = tuple(
        RunResult(run, combined([verdicts.get(each, Verdict.NONE) for each in ids]), tuple(ids))
        for run in dict.fromkeys((*planned, *attempts))
        for ids in (attempts.get(run, []),)
    )
    complete = evidence.ended and bool(planned)
    told = lies(evidence.attempts)
    exit_code = _exit_code({run.verdict for run in runs}, complete=complete)
    exit_code = NOT_CONFORMING if told else exit_code
    return Conclusion(WORDS[exit_code], exit_code, runs, told)


def combined(verdicts: Sequence[Verdict]) -> Verdict:
    """The verdict of a run from those of its attempts, in their order; NONE where there is none."""
    if not verdicts:
        return Verdict.NONE
    # A FAIL goes away with a changed device only, and a review with the review alone.
    for stays in (Verdict.FAIL, Verdict.REVIEW):
        if stays in verdicts:
            return stays
    if verdicts[-1] is Verdict.PASS and len(verdicts) > MOST_ATTEMPTS:
        return Verdict.INCONCLUSIVE
    return verdicts[-1]


def _exit_code(verdicts: Iterable[Verdict], *, complete: bool) -> int:
    found = frozenset(verdicts)
    if Verdict.FAIL in found:
        return NOT_CONFORMING
    if Verdict.ERROR in found:
        return BENCH_BROKEN
    return CONFORMING if complete and found == {Verdict.PASS} else INCOMPLETE
