"""Judges an attempt by its case: exposure, expectations, invariants. The attempt is all it sees."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from adapters.events import Event, Kind
from suites.attempt import Attempt
from suites.case import Case
from suites.conditions.exposure import exposure
from suites.conditions.invariants import INVARIANTS
from suites.finding import Finding, Verdict
from suites.readings.transactions import CLEARING_PHASE
from suites.verdict import Findings, verdict

EXPOSURE = "exposure"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is said about an attempt; `cause` names what broke, "" if nothing did."""

    attempt_id: str
    verdict: Verdict
    findings: tuple[Finding, ...]
    cause: str = ""


def judge(attempt: Attempt, case: Case) -> Judgement:
    """The judgement; a condition that breaks is our trouble, told by its name, and never a pass."""
    facts = attempt.facts
    if facts.case != case.id or facts.run not in case.run_names():
        found = Findings(broken=(f"{facts.run_id} is no run of {case.id}",))
    else:
        found = _found(attempt, case.resolved(facts.run))
    said, cause = verdict(attempt, case.standing, found)
    return Judgement(facts.attempt_id, said, found.all, cause)


def _found(attempt: Attempt, case: Case) -> Findings:
    # A copy: what the conditions read of it is shared by them, and forgotten with the judgement.
    shared = replace(attempt, events=tuple(_of_its_own(attempt)))
    tried = _Tried(shared)
    found = Findings(
        exposure=tried.all([(EXPOSURE, lambda each: exposure(case, each))]),
        expectations=tried.all((each.notation, each.judge) for each in case.expect),
        invariants=tried.all(
            (name, condition.judge)
            for name, condition in INVARIANTS.items()
            if name not in case.sets_aside
        ),
        broken=tuple(tried.broken),
    )
    # Scenes know their attempt: left alone, they would wait for the garbage collector.
    shared.kept.clear()
    return found


def _of_its_own(attempt: Attempt) -> Iterator[Event]:
    """All but what was done first to clear away what earlier attempts had left."""
    clearing = False
    for event in attempt.events:
        if event.kind is Kind.PHASE:
            clearing = event.detail.get("phase") == CLEARING_PHASE
        if not clearing:
            yield event


class _Tried:
    """Judges conditions one by one and keeps the names of those that broke."""

    def __init__(self, attempt: Attempt) -> None:
        self._attempt = attempt
        self.broken: list[str] = []

    def all(
        self, judges: Iterable[tuple[str, Callable[[Attempt], tuple[Finding, ...]]]]
    ) -> tuple[Finding, ...]:
        return tuple(finding for name, judge in judges for finding in self._one(name, judge))

    def _one(
        self, name: str, judge: Callable[[Attempt], tuple[Finding, ...]]
    ) -> tuple[Finding, ...]:
        try:
            return judge(self._attempt)
        except Exception as broken:  # noqa: BLE001  our own defect must end one judgement, not all
            cause = getattr(broken, "cause", type(broken).__name__)
            self.broken.append(f"{name} ({cause})")
            return ()
