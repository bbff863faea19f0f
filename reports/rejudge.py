"""Judging a bundle again from its journal alone, and comparing with what it claims."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from reports import findings
from reports.bundle import Bundle
from reports.container import FINDINGS, BundleRefused
from reports.findings import Claimed, ClaimedJudgement
from reports.visible import visible
from suites.attempt import Attempt
from suites.case import Case
from suites.finding import Verdict
from suites.judge import Judgement
from suites.judge_digest import judge_digest

Judge: TypeAlias = Callable[[Attempt, Case], Judgement]

# Causes of ERROR that come from this side of the bundle.
CASE_UNKNOWN = "case-unknown"
JUDGE_BROKEN = "judge-broken"


@dataclass(frozen=True, slots=True)
class Rejudgement:
    """A campaign's id and what the judge says of each of its attempts, in their order."""

    campaign: str
    judgements: tuple[Judgement, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """An attempt of which bundle and judge say different things; empty where one is silent."""

    attempt_id: str
    claimed: str
    judged: str

    def __str__(self) -> str:
        claimed, judged = self.claimed or "-", self.judged or "-"
        return visible(
            f"{self.attempt_id}: 随包结论 / bundle: {claimed}; 重新评判 / judged again: {judged}"
        )


def rejudge(bundle: Bundle, judge: Judge, cases: Mapping[str, Case]) -> Rejudgement:
    """Every attempt, judged by this judge and these cases; claims and signature do not enter."""
    evidence = bundle.evidence
    judgements = tuple(_judged(attempt, judge, cases) for attempt in evidence.attempts)
    return Rejudgement(evidence.campaign.campaign, judgements)


def _judged(attempt: Attempt, judge: Judge, cases: Mapping[str, Case]) -> Judgement:
    case = cases.get(attempt.facts.case)
    # A sub-run that the case does not have would be judged by the common part alone.
    if case is None or attempt.facts.run not in case.run_names():
        return _error(attempt, CASE_UNKNOWN)
    try:
        return judge(attempt, case)
    except Exception as broken:  # noqa: BLE001  a recording that breaks the judge must not pass, nor end the rest
        return _error(attempt, f"{JUDGE_BROKEN}: {type(broken).__name__}")


def _error(attempt: Attempt, cause: str) -> Judgement:
    return Judgement(attempt.facts.attempt_id, Verdict.ERROR, (), cause)


def to_json(rejudgement: Rejudgement) -> bytes:
    """What findings.json holds for this judgement."""
    return findings.write(rejudgement.campaign, rejudgement.judgements)


def differences(rejudgement: Rejudgement, bundle: Bundle) -> tuple[Difference, ...]:
    """As `compare`, with the judge of this release."""
    same = bundle.manifest.release.judge_digest == judge_digest()
    return compare(rejudgement, bundle.findings, same_judge=same)


def compare(rejudgement: Rejudgement, claims: bytes, *, same_judge: bool) -> tuple[Difference, ...]:
    """Where a bundle's claims (empty: none) differ; BundleRefused if the same judge made them."""
    judged = to_json(rejudgement)
    if claims in (b"", judged):
        return ()
    claimed = findings.read(claims)
    if claimed.campaign != rejudgement.campaign:
        raise BundleRefused(visible(f"{FINDINGS} speaks of another campaign: {claimed.campaign}"))
    found = tuple(_differences(claimed, findings.read(judged)))
    if same_judge:
        raise BundleRefused(
            "the bundle lies: by the judge that it names its findings are others"
            " / 证据包不实：按其注明的评判程序得出的结论与随包结论不同"
            + "".join(f"\n  {difference}" for difference in found)
        )
    return found


def _differences(claimed: Claimed, judged: Claimed) -> Iterator[Difference]:
    told = {each.attempt_id: each for each in claimed.judgements}
    said = {each.attempt_id: each for each in judged.judgements}
    for attempt in dict.fromkeys((*said, *told)):
        ours, theirs = said.get(attempt), told.get(attempt)
        if ours != theirs:
            yield Difference(attempt, _word(theirs), _word(ours))


def _word(judgement: ClaimedJudgement | None) -> str:
    if judgement is None:
        return ""
    failed = [f"{each.condition} {each.verdict}" for each in judgement.findings]
    return f"{judgement.verdict} ({'; '.join(failed) or judgement.cause or '-'})"
