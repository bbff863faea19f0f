"""pytest's door to a campaign: options, the bench, an attempt for each planned run."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters import lifeline
from adapters.clock import SystemClock
from adapters.errors import BenchBroken, RecorderFailed
from fixtures import ics, ixit
from fixtures.bench import Bench, bind
from suites import campaign as campaigns
from suites.attempt import Attempt
from suites.campaign import Campaign
from suites.catalogue import CASES
from suites.exit_codes import BENCH_BROKEN, EVIDENCE_CANNOT_BE_WRITTEN
from suites.finding import Verdict
from suites.judge import judge
from suites.leaving import leave
from suites.ledger import Ledger
from suites.prompts import question
from suites.records import PlannedRun

LETTERS = {Verdict.INCONCLUSIVE: "I", Verdict.REVIEW: "R", Verdict.NONE: "N"}


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("assay")
    group.addoption("--campaign", type=Path, help="directory of a campaign that was begun")
    group.addoption("--bench", type=Path, default=ixit.EMULATED, help="IXIT of the bench")
    group.addoption("--ics", type=Path, help="ICS of the device; default: the one the IXIT names")
    group.addoption("--station", type=Path, help="folder of the station's ledger")
    group.addoption("--lifeline", type=int, help="descriptor that certify holds while it lives")


def pytest_configure(config: pytest.Config) -> None:
    if (held := config.getoption("--lifeline")) is not None:
        lifeline.follow(held)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One test for each planned run; ids like direct-pos-CT-TRM-003[a]."""
    if "planned" not in metafunc.fixturenames:
        return
    directory = metafunc.config.getoption("--campaign")
    if directory is None:
        message = "conformance runs belong to a campaign: start them with ./assay certify"
        raise pytest.UsageError(message)
    evidence = campaigns.evidence_of(directory)
    runs = campaigns.remaining(evidence)
    ids = [f"{evidence.campaign.device}-{run.id}" for run in runs]
    metafunc.parametrize("planned", runs, ids=ids)


@pytest.fixture(scope="session")
def bench(request: pytest.FixtureRequest) -> Bench:
    """The device and its ports, as the IXIT describes them."""
    setting = ixit.read(request.config.getoption("--bench"))
    statement = ics.read(request.config.getoption("--ics") or setting.ics_path)
    seed = campaigns.evidence_of(request.config.getoption("--campaign")).campaign.seed
    try:
        return bind(setting, statement, SystemClock(), seed, question)
    except BenchBroken as broken:
        # Nothing was attempted and nothing can be: the first trouble once, not at every run.
        pytest.exit(str(broken), returncode=BENCH_BROKEN)


@pytest.fixture(scope="session")
def campaign(request: pytest.FixtureRequest, bench: Bench) -> Iterator[Campaign]:
    """The campaign that was begun in the directory; the one writer of its journal."""
    ledger = Ledger(request.config.getoption("--station"))
    try:
        joined = campaigns.join(request.config.getoption("--campaign"), bench, ledger)
        yield joined
        joined.journal.close()
    except RecorderFailed as failed:
        leave(failed, EVIDENCE_CANNOT_BE_WRITTEN)


@pytest.fixture
def attempt(campaign: Campaign, planned: PlannedRun) -> Attempt:
    """The last attempt at a run; set-up acts, the test judges.

    Bench trouble is an error of this fixture, unless what was recorded fails already.
    """
    try:
        *_, last = campaign.attempts(planned)
    except RecorderFailed as failed:
        leave(failed, EVIDENCE_CANNOT_BE_WRITTEN)
    judgement = judge(last, CASES[planned.case])
    if judgement.verdict is Verdict.ERROR:
        raise BenchBroken(judgement.cause)
    return last


@pytest.hookimpl(tryfirst=True)
def pytest_report_teststatus(
    report: pytest.TestReport | pytest.CollectReport,
) -> tuple[str, str, str] | None:
    """Inconclusive and review have letters of their own; they stay failed for every other tool."""
    if report.when == "call" and report.failed:
        text = str(report.longrepr)
        for verdict, letter in LETTERS.items():
            if text.startswith(f"{verdict}:"):
                return verdict.value, letter, verdict.value.upper()
    return None
