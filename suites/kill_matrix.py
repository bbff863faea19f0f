"""Which seeded defect is caught by which run: proof that a case can fail."""

import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol

from adapters.clock import Clock
from fixtures.bench import bind
from fixtures.emulated import devices
from fixtures.ics import Ics
from fixtures.ixit import Ixit
from suites.catalogue import CASES, suite_of
from suites.executor import execute
from suites.finding import Verdict
from suites.judge import Judgement, judge
from suites.records import PlannedRun
from suites.unrecorded import execution

CONFORMS = ""
CAUGHT = frozenset((Verdict.FAIL, Verdict.REVIEW))


@dataclass(frozen=True, slots=True)
class KillMatrix:
    """Verdicts by defect and run; the conforming device stands under the empty name."""

    verdicts: Mapping[str, Mapping[str, Verdict]]
    conditions: Mapping[str, Mapping[str, tuple[str, ...]]]

    @property
    def mutants(self) -> tuple[str, ...]:
        return tuple(name for name in self.verdicts if name != CONFORMS)

    def killers(self, mutant: str) -> tuple[str, ...]:
        """The runs that fail on a mutant, whose failing asks for a review or is only recorded."""
        failed = self.conditions.get(mutant, {})
        return tuple(
            run
            for run, verdict in self.verdicts[mutant].items()
            # The failing finding of an advisory case decides nothing, and is seen all the same.
            if verdict in CAUGHT or (verdict is Verdict.NONE and run in failed)
        )

    @property
    def survivors(self) -> tuple[str, ...]:
        return tuple(mutant for mutant in self.mutants if not self.killers(mutant))

    @property
    def idle_runs(self) -> tuple[str, ...]:
        """Runs that catch nothing."""
        killers = {run for mutant in self.mutants for run in self.killers(mutant)}
        return tuple(run for run in self.verdicts[CONFORMS] if run not in killers)

    @property
    def false_alarms(self) -> tuple[str, ...]:
        """Runs that do not pass on the conforming device."""
        honest = self.verdicts[CONFORMS]
        return tuple(run for run, verdict in honest.items() if verdict is not Verdict.PASS)


@dataclass(frozen=True, slots=True)
class Row:
    """What the runs say of one defect: their verdicts, and the conditions that failed."""

    defect: str
    verdicts: Mapping[str, Verdict]
    conditions: Mapping[str, tuple[str, ...]]


class Walk(Protocol):
    """How rows are made, as the built-in map does it one after the other."""

    def __call__(
        self, row: Callable[[str], Row], defects: Iterable[str], /
    ) -> Iterable[Row]: ...


def kill_matrix(
    runs: Sequence[PlannedRun],
    ics: Ics,
    ixit: Ixit,
    clock: Clock,
    seed: str,
    walk: Walk = map,
) -> KillMatrix:
    """Every run on the conforming device and on each mutant of it, joined in memory."""
    row = partial(_row, runs, ics, ixit, clock, seed)
    rows = tuple(walk(row, (CONFORMS, *devices.mutants(ixit.iut.emulated))))
    return KillMatrix(
        {each.defect: each.verdicts for each in rows},
        {each.defect: each.conditions for each in rows},
    )


def _row(
    runs: Sequence[PlannedRun], ics: Ics, ixit: Ixit, clock: Clock, seed: str, defect: str
) -> Row:
    judged = dict(_judged(runs, ics, _with_defect(ixit, defect), clock, seed))
    return Row(
        defect,
        {run: each.verdict for run, each in judged.items()},
        {run: _failed(each) for run, each in judged.items() if _failed(each)},
    )


def _with_defect(ixit: Ixit, defect: str) -> Ixit:
    return replace(ixit, iut=replace(ixit.iut, defect=defect))


def _failed(judgement: Judgement) -> tuple[str, ...]:
    return tuple(each.condition for each in judgement.findings if each.verdict is Verdict.FAIL)


def _judged(
    runs: Sequence[PlannedRun], ics: Ics, ixit: Ixit, clock: Clock, seed: str
) -> Iterable[tuple[str, Judgement]]:
    for planned in runs:
        # A fresh device for each run: what one leaves behind must not explain another's verdict.
        bench = bind(ixit, ics, clock, seed)
        case = CASES[planned.case]
        unseen = execution(case, planned.run, ics, ixit, planned.symbols, seed)
        yield planned.id, judge(execute(unseen, bench), case)


def to_json(matrix: KillMatrix) -> Mapping[str, object]:
    """The matrix and its summary; blame width counts the cases that fail on a killed mutant."""
    widths = [len({run.split("[")[0] for run in matrix.killers(each)}) for each in matrix.mutants]
    killed = [width for width in widths if width]
    return {
        "summary": {
            "mutants": len(matrix.mutants),
            "kill_rate": round(len(killed) / max(len(widths), 1), 4),
            "idle_cases": sorted(matrix.idle_runs),
            "survivors": sorted(matrix.survivors),
            "blame_width_median": statistics.median(killed or [0]),
            "blame_width_mean": round(statistics.mean(killed or [0]), 2),
            "false_alarms": sorted(matrix.false_alarms),
        },
        "matrix": {
            mutant: {run: verdict.value for run, verdict in row.items()}
            for mutant, row in matrix.verdicts.items()
        },
        "failed_conditions": {
            mutant: {run: list(failed) for run, failed in row.items()}
            for mutant, row in matrix.conditions.items()
        },
    }


def suite_runs(runs: Sequence[PlannedRun], suite: str) -> tuple[PlannedRun, ...]:
    """The runs of one suite; of all for the empty name."""
    return tuple(run for run in runs if suite in ("", suite_of(CASES[run.case])))
