"""The matrix of runs and defects: what is caught, what stays idle, no false alarm."""

import pytest

from adapters.clock import SystemClock
from fixtures import ics, ixit
from fixtures.bench import terminal_date
from suites.catalogue import CASES
from suites.kill_matrix import KillMatrix, kill_matrix
from suites.selection import Choice, plan

# The pair of each run: the defect that only its rule explains.
CAUGHT_BY = {
    "CT-PR-016": "expiry-not-checked",
    "CT-TRM-003[a]": "floor-limit-strictly-greater",
    "CT-TRM-003[b]": "floor-limit-not-checked",
    "CT-ONL-013": "no-reversal-after-card-decline",
}


@pytest.fixture(scope="module")
def matrix() -> KillMatrix:
    clock = SystemClock()
    bench = ixit.read(ixit.IN_MEMORY)
    statement = ics.read(bench.ics_path)
    planned = plan(CASES, statement, bench, terminal_date(bench, clock), Choice(), "matrix")
    # All runs on all mutants take too long: the pairs of each suite stand in tables of their own.
    runs = tuple(run for run in planned.runs if run.id in CAUGHT_BY)
    return kill_matrix(runs, statement, bench, clock, "matrix")


@pytest.mark.parametrize("run, defect", CAUGHT_BY.items(), ids=list(CAUGHT_BY))
def test_a_run_catches_its_defect(matrix: KillMatrix, run: str, defect: str) -> None:
    """The run fails on the device with that defect."""
    assert run in matrix.killers(defect)


def test_every_planned_run_has_its_defect(matrix: KillMatrix) -> None:
    """None of them is missing from the matrix, and none catches nothing."""
    assert set(CAUGHT_BY) == set(matrix.verdicts[""])
    assert matrix.idle_runs == ()


def test_the_conforming_device_raises_no_alarm(matrix: KillMatrix) -> None:
    """Every run passes on the device without a defect."""
    assert matrix.false_alarms == ()
