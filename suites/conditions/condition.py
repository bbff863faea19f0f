"""A condition: one sentence about an attempt, judged by a pure function, printed as catalogued."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from adapters.events import Port
from suites.attempt import Attempt
from suites.finding import Finding, Verdict
from suites.ics_language import OFF, ONO, OWO, Claim
from suites.phrase import Phrase
from suites.readings.transactions import only, transactions

Judge: TypeAlias = Callable[[Attempt], tuple[Finding, ...]]

# contact facts, 4.0: the catalogue's flags for the classes of terminals.
CLASS_FLAGS: Mapping[Claim, str] = {
    OFF: "OFF",
    OWO: "OWO",
    ONO: "ONO",
    OFF | OWO: "OFF,OWO",
    OWO | ONO: "OWO,ONO",
}
WORST_FIRST = (Verdict.FAIL, Verdict.REVIEW, Verdict.INCONCLUSIVE, Verdict.PASS)


class SwitchUnknown(Exception):
    """A condition depends on an open point that the facts do not decide: our own trouble, ERROR."""

    cause = "switch-unknown"


@dataclass(frozen=True, slots=True)
class Condition:
    """Its notation, what judges it, and the ports it must see. Findings carry the notation."""

    notation: str
    judge: Judge
    needs: frozenset[Port] = frozenset()

    def __or__(self, other: "Condition") -> "Condition":
        """The better of the two, on the whole attempt; inconclusive only if neither can say."""

        def judge(attempt: Attempt) -> tuple[Finding, ...]:
            return _better(self.judge(attempt), other.judge(attempt))

        return self._derived(f"{self.notation} or {other.notation}", judge, other.needs)

    def under(self, claim: Claim) -> "Condition":
        """Judged only where the ICS claims this; elsewhere it has no finding at all."""

        def judge(attempt: Attempt) -> tuple[Finding, ...]:
            return self.judge(attempt) if claim.holds(attempt.facts.claims) else ()

        flag = CLASS_FLAGS.get(claim, str(claim))
        return self._derived(f"[{flag}] {self.notation}", judge)

    def by(self, switch: str, value: str = "yes") -> "Condition":
        """Judged only where the ICS decides a point so; SwitchUnknown where it leaves it open."""

        def judge(attempt: Attempt) -> tuple[Finding, ...]:
            if switch not in attempt.facts.switches:
                message = f"the facts of {attempt.facts.attempt_id} decide no switch {switch!r}"
                raise SwitchUnknown(message)
            return self.judge(attempt) if attempt.facts.switches[switch] == value else ()

        return self._derived(f"[{switch}={value}] {self.notation}", judge)

    def reviewed(self) -> "Condition":
        """A clause less sure than its case: failing, it asks for a review (standing M)."""

        def judge(attempt: Attempt) -> tuple[Finding, ...]:
            return tuple(
                replace(each, verdict=Verdict.REVIEW) if each.verdict is Verdict.FAIL else each
                for each in self.judge(attempt)
            )

        return self._derived(f"M: {self.notation}", judge)

    def in_transaction(self, n: int) -> "Condition":
        """Judged on the n-th transaction only, as if it were the only one."""
        notation = f"txn{n}: {self.notation}"

        def judge(attempt: Attempt) -> tuple[Finding, ...]:
            if n > len(transactions(attempt)):
                expected, observed = Phrase("value", ("transaction", str(n))), str(n)
                missing = Phrase("transaction-missing", (observed,))
                return (finding(notation, Verdict.INCONCLUSIVE, expected, missing, attempt.span),)
            return self.judge(only(attempt, n))

        return self._derived(notation, judge)

    def in_every_transaction(self) -> "Condition":
        """Judged on each transaction, as if it were the only one."""
        notation = f"all: {self.notation}"

        def judge(attempt: Attempt) -> tuple[Finding, ...]:
            numbers = [transaction.number for transaction in transactions(attempt)]
            if not numbers:
                return self.judge(attempt)
            return tuple(each for n in numbers for each in self.judge(only(attempt, n)))

        return self._derived(notation, judge)

    def _derived(
        self, notation: str, judge: Judge, more_needs: frozenset[Port] = frozenset()
    ) -> "Condition":
        def named(attempt: Attempt) -> tuple[Finding, ...]:
            return tuple(replace(each, condition=notation) for each in judge(attempt))

        return Condition(notation, named, self.needs | more_needs)


def finding(
    condition: str,
    verdict: Verdict,
    expected: Phrase,
    observed: Phrase,
    span: tuple[int, int],
    events: Iterable[int] = (),
) -> Finding:
    """A finding with its events in order, each once."""
    return Finding(condition, verdict, expected, observed, tuple(sorted(set(events))), span)


def worst(findings: Iterable[Finding]) -> Verdict:
    """The worst of none < pass < inconclusive < review < fail."""
    verdicts = {each.verdict for each in findings}
    return next((verdict for verdict in WORST_FIRST if verdict in verdicts), Verdict.NONE)


def _better(one: tuple[Finding, ...], other: tuple[Finding, ...]) -> tuple[Finding, ...]:
    ranked = {worst(one): one, worst(other): other}
    if worst(one) is worst(other):
        return one + other
    # Inconclusive only if neither passes nor fails.
    order = (
        *(Verdict.PASS, Verdict.REVIEW, Verdict.FAIL),
        *(Verdict.INCONCLUSIVE, Verdict.NONE),
    )
    return ranked[next(verdict for verdict in order if verdict in ranked)]
