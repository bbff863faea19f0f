"""Robot Framework's two keywords over the same plan, executor and judge as pytest."""

from pathlib import Path

from robot.api.deco import keyword, library
from robot.api.logger import info
from robot.libraries.BuiltIn import BuiltIn

from adapters import lifeline
from adapters.clock import SystemClock
from adapters.errors import BenchBroken, RecorderFailed
from fixtures import ics, ixit
from fixtures.bench import bind
from suites import campaign as campaigns
from suites.campaign import Campaign
from suites.catalogue import CASES
from suites.exit_codes import BENCH_BROKEN, EVIDENCE_CANNOT_BE_WRITTEN
from suites.finding import Verdict
from suites.judge import Judgement, judge
from suites.leaving import leave
from suites.ledger import Ledger
from suites.prompts import question
from suites.telling import tell

# Robot knows pass and fail only: any other verdict is told by the first word and by a tag.
PREFIXES = {
    Verdict.FAIL: "FAIL",
    Verdict.ERROR: "ERROR",
    Verdict.INCONCLUSIVE: "INCONCLUSIVE",
    Verdict.REVIEW: "REVIEW",
    Verdict.NONE: "NONE",
}


class RunNotPlanned(Exception):
    """A suite names a run that the campaign's plan does not hold."""


class DoesNotConform(AssertionError):
    """What Robot shows of a run that did not pass."""

    ROBOT_SUPPRESS_NAME = True


@library(scope="GLOBAL", auto_keywords=False)
class ConformanceLibrary:
    """Joins the campaign of a directory: its bench, its plan, its journal, the station's ledger."""

    def __init__(
        self, campaign: str, station: str, bench: str = "", statement: str = "", held: str = ""
    ) -> None:
        if held:
            lifeline.follow(int(held))
        directory = Path(campaign)
        setting = ixit.read(Path(bench) if bench else ixit.EMULATED)
        claims = ics.read(Path(statement) if statement else setting.ics_path)
        seed = campaigns.evidence_of(directory).campaign.seed
        try:
            bound = bind(setting, claims, SystemClock(), seed, question)
            self._campaign: Campaign = campaigns.join(directory, bound, Ledger(Path(station)))
        except BenchBroken as broken:
            leave(broken, BENCH_BROKEN)
        except RecorderFailed as failed:
            leave(failed, EVIDENCE_CANNOT_BE_WRITTEN)

    @keyword(name="Case Should Conform")
    def case_should_conform(self, run: str) -> None:
        """Executes one run of the plan by its id, as CT-TRM-003[a], and judges it."""
        self._tell(self._judged(run))

    @keyword(name="Run Plan")
    def run_plan(self) -> None:
        """Executes and judges every run of the plan, and fails with all that did not pass."""
        runs = campaigns.remaining(self._campaign.evidence)
        judged = [self._judged(planned.id) for planned in runs]
        failed = [each for each in judged if each.verdict is not Verdict.PASS]
        if failed:
            raise DoesNotConform("\n".join(_told(each) for each in failed))

    def _judged(self, run: str) -> Judgement:
        planned = {each.id: each for each in self._campaign.evidence.plan.runs}
        if run not in planned:
            message = f"{run} is not in the plan of this campaign"
            raise RunNotPlanned(message)
        try:
            *_, last = self._campaign.attempts(planned[run])
        except RecorderFailed as failed:
            leave(failed, EVIDENCE_CANNOT_BE_WRITTEN)
        judgement = judge(last, CASES[planned[run].case])
        info(tell(judgement, CASES[planned[run].case]))
        return judgement

    def _tell(self, judgement: Judgement) -> None:
        if judgement.verdict is Verdict.PASS:
            return
        BuiltIn().set_tags(PREFIXES[judgement.verdict].lower())
        raise DoesNotConform(_told(judgement))


def _told(judgement: Judgement) -> str:
    case = CASES[judgement.attempt_id.split("/")[1].split("[")[0]]
    return f"{PREFIXES[judgement.verdict]}: {tell(judgement, case)}"
