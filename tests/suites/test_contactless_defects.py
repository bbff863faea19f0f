"""Contactless cases: the conforming POS passes each run, and each run catches its defects."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import pytest

from adapters.clock import SystemClock
from fixtures import ixit
from fixtures.bench import bind, terminal_date
from suites.catalogue import CASES
from suites.executor import execute
from suites.finding import Verdict
from suites.judge import Judgement, judge
from suites.kill_matrix import CAUGHT as FAILING
from suites.records import PlannedRun
from suites.selection import Choice, plan
from suites.unrecorded import execution
from tests.contactless_defects import CAUGHT, GROUPS, UNSEEDED
from tests.tap_variants import VARIANTS, statement

CONFORMS, SEED = "", "contactless"
Offered = tuple[str, PlannedRun]


@cache
def offered() -> Mapping[str, Offered]:
    """Each run of these groups with the first terminal whose statement it applies to."""
    bench = ixit.read(ixit.IN_MEMORY)
    found: dict[str, Offered] = {}
    for name in VARIANTS:
        date = terminal_date(bench, SystemClock())
        for run in plan(CASES, statement(name), bench, date, Choice(), SEED).runs:
            if CASES[run.case].group in GROUPS:
                found.setdefault(run.id, (name, run))
    return found


def judged(run_id: str, defect: str) -> Judgement:
    variant, run = offered()[run_id]
    bench, claimed = ixit.read(ixit.IN_MEMORY), statement(variant)
    bench = replace(bench, iut=replace(bench.iut, defect=defect))
    case = CASES[run.case]
    made = execution(case, run.run, claimed, bench, run.symbols, SEED)
    return judge(execute(made, bind(bench, claimed, SystemClock(), SEED)), case)


@pytest.mark.parametrize("run_id", offered())
def test_the_conforming_terminal_passes(run_id: str) -> None:
    """Every condition and every invariant holds, and all that the run is about was exposed."""
    judgement = judged(run_id, CONFORMS)
    assert [each for each in judgement.findings if each.verdict is not Verdict.PASS] == []
    assert judgement.verdict is Verdict.PASS


@pytest.mark.parametrize(
    "run_id, defect", [(run, defect) for run, defects in CAUGHT.items() for defect in defects]
)
def test_a_run_catches_its_defect(run_id: str, defect: str) -> None:
    """On a terminal with that one defect the run fails, or asks for a review."""
    assert judged(run_id, defect).verdict in FAILING


def test_every_run_has_a_defect_or_a_reason() -> None:
    """No run without proof, none with both, and the tables name no run that there is not."""
    assert set(CAUGHT) | set(UNSEEDED) == set(offered())
    assert not set(CAUGHT) & set(UNSEEDED)


def test_every_group_is_there() -> None:
    """Each group of the catalogue has runs that are played."""
    assert {CASES[run.case].group for _, run in offered().values()} == set(GROUPS)
