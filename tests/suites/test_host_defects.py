"""The host cases prove themselves: conforming devices pass, seeded defects are caught."""

from dataclasses import replace
from functools import cache

import pytest

from adapters.clock import SystemClock
from fixtures import ics, ixit
from fixtures.bench import bind
from fixtures.ics import Ics
from fixtures.ixit import Ixit
from suites.case import Case, Standing
from suites.catalogue import CASES, suite_of
from suites.executor import execute
from suites.finding import Verdict
from suites.judge import Judgement, judge
from suites.selection import drawn, symbols
from suites.unrecorded import execution
from tests.host_defects import CAUGHT_BY, UNSEEDED

SEED = "host-defects"
DIRECT = ixit.IN_MEMORY
INDIRECT = ixit.IN_MEMORY.with_name("in-memory-indirect-pos.toml")
BENCHES = {"HD": DIRECT, "HI": INDIRECT}
CAUGHT = frozenset((Verdict.FAIL, Verdict.REVIEW))


@cache
def bench_of(case_id: str) -> tuple[Ixit, Ics]:
    found = ixit.read(BENCHES[case_id[:2]])
    return found, ics.read(found.ics_path)


def applicable(case: Case) -> bool:
    _, statement = bench_of(case.id)
    return not case.withheld and case.applies.holds(statement.claims)


RUNS = [
    f"{case.id}[{run}]" if run else case.id
    for case in CASES.values()
    if suite_of(case) == "host" and applicable(case)
    for run in case.run_names()
]
PAIRS = [(run, defect) for run, defects in CAUGHT_BY.items() for defect in defects]


def judged(name: str, defect: str = "") -> Judgement:
    """The run on a device joined in memory, conforming or with one seeded defect."""
    case_id, _, run = name.removesuffix("]").partition("[")
    setting, statement = bench_of(case_id)
    setting = replace(setting, iut=replace(setting.iut, defect=defect))
    bench = bind(setting, statement, SystemClock(), SEED)
    values = drawn(symbols(statement, setting.iut.clock), SEED, name)
    case = CASES[case_id]
    recorded = execute(execution(case, run, statement, setting, values, SEED), bench)
    return judge(recorded, case)


@pytest.mark.parametrize("name", RUNS)
def test_a_conforming_device_passes(name: str) -> None:
    """No finding fails or stays open on the device without a defect."""
    found = judged(name)
    wrong = [
        (each.condition, each.observed.text("en"))
        for each in found.findings
        if each.verdict is not Verdict.PASS
    ]
    assert not wrong
    assert found.findings
    assert not found.cause


@pytest.mark.parametrize("name, defect", PAIRS, ids=[f"{run}-{defect}" for run, defect in PAIRS])
def test_a_run_catches_its_defect(name: str, defect: str) -> None:
    """The run fails on the device with that defect; an advisory one records the failure."""
    found = judged(name, defect)
    failed = [each for each in found.findings if each.verdict is Verdict.FAIL]
    advisory = CASES[name.partition("[")[0]].standing is Standing.ADVISORY
    assert failed
    assert advisory or found.verdict in CAUGHT


def test_every_run_has_a_defect_or_a_reason() -> None:
    """No run may be added without one, and none stands in both tables."""
    assert set(CAUGHT_BY) | set(UNSEEDED) == set(RUNS)
    assert not set(CAUGHT_BY) & set(UNSEEDED)
