"""Every run at a kiosk is proven able to fail, and raises no false alarm."""

from dataclasses import replace
from functools import cache

import pytest

from adapters.clock import SystemClock
from fixtures import ics, ixit
from fixtures.bench import bind, terminal_date
from fixtures.emulated import devices
from fixtures.emulated.kiosk.mutants import KIOSK_MUTANTS
from suites.attempt import Attempt
from suites.catalogue import CASES
from suites.executor import execute
from suites.finding import Verdict
from suites.judge import Judgement, judge
from suites.records import Plan, PlannedRun
from suites.selection import NOT_APPLICABLE, WITHHELD, Choice, plan
from suites.unrecorded import execution
from tests.kiosk_defects import CAUGHT_BY

CONFORMS = ""
SEED = "kiosk"
BENCH = ixit.read(ixit.KIOSK_IN_MEMORY)
STATEMENT = ics.read(BENCH.ics_path)
PAIRS = [(run, name) for run, defects in CAUGHT_BY.items() for name in defects]
WITHHELD_CASES = {"HK-006", "HK-018", "HK-021"}


@cache
def planned() -> Plan:
    date = terminal_date(BENCH, SystemClock())
    return plan(CASES, STATEMENT, BENCH, date, Choice(), SEED)


def the_run(name: str) -> PlannedRun:
    return next(each for each in planned().runs if each.id == name)


def recorded(run: str, defect: str = CONFORMS) -> Attempt:
    """A run on a kiosk of its own, conforming or with a seeded defect."""
    one = the_run(run)
    setting = replace(BENCH, iut=replace(BENCH.iut, defect=defect))
    made = execution(CASES[one.case], one.run, STATEMENT, setting, one.symbols, SEED)
    return execute(made, bind(setting, STATEMENT, SystemClock(), SEED))


def judged(run: str, defect: str = CONFORMS) -> Judgement:
    return judge(recorded(run, defect), CASES[the_run(run).case])


@pytest.mark.parametrize("run", CAUGHT_BY)
def test_a_conforming_kiosk_passes(run: str) -> None:
    """No finding but a pass, and nothing that broke."""
    said = judged(run)
    assert [each for each in said.findings if each.verdict is not Verdict.PASS] == []
    assert (said.verdict, said.cause) == (Verdict.PASS, "")


@pytest.mark.parametrize("run, defect", PAIRS, ids=[f"{run}-{name}" for run, name in PAIRS])
def test_a_run_catches_its_defect(run: str, defect: str) -> None:
    """The stated condition fails; what the case is worth decides what follows from it."""
    said = judged(run, defect)
    failed = {each.condition for each in said.findings if each.verdict is Verdict.FAIL}
    assert CAUGHT_BY[run][defect] in failed
    assert said.cause == ""
    assert said.verdict is not Verdict.PASS


def test_every_planned_run_has_its_defect() -> None:
    """No run may be added without a defect it catches, and every mutant of a kiosk is caught."""
    assert {each.id for each in planned().runs} == set(CAUGHT_BY)
    assert set(devices.mutants("kiosk")) == {name for _, name in PAIRS}
    assert set(KIOSK_MUTANTS) <= set(devices.mutants("kiosk"))
    assert set(devices.mutants("kiosk")) <= set(devices.defects("kiosk"))


def test_a_kiosk_is_given_its_own_cases() -> None:
    """All rows of the catalogue are there; what needs hardware is withheld with its reason."""
    kiosk = [each for each in CASES if each.startswith("HK-")]
    assert len(kiosk) == 25
    held = [each for each in planned().left_out if each.result == WITHHELD]
    assert {each.case for each in held} == WITHHELD_CASES
    assert all(each.reason for each in held)
    others = [each for each in planned().left_out if not each.case.startswith("HK-")]
    assert {each.result for each in others} == {NOT_APPLICABLE}
