"""One walk through a plan on one device: identity and plan first, then every attempt, kept."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from adapters.events import Event
from adapters.guard import CardDataGuard
from adapters.journal import Journal
from fixtures.bench import Bench
from fixtures.test_data import test_pans
from suites.attempt import Attempt, Facts
from suites.catalogue import CASES
from suites.evidence import Evidence, read
from suites.executor import Execution, execute
from suites.finding import Verdict
from suites.judge import judge
from suites.records import (
    CampaignRecord,
    CloseRecord,
    EndRecord,
    OpenRecord,
    PlannedRun,
    PlanRecord,
    event_record,
    to_json,
)

JOURNAL = "journal.jsonl"
# Trouble does not launder: a FAIL stays, only these may be repeated, as often as the IXIT says.
REPEATED = frozenset((Verdict.ERROR, Verdict.INCONCLUSIVE))


def begin(directory: Path, campaign: CampaignRecord, plan: PlanRecord) -> None:
    """Write identity and plan: the first two lines, before anything else happens."""
    directory.mkdir(parents=True)
    with Journal(directory / JOURNAL) as journal:
        journal.append(to_json(campaign))
        journal.append(to_json(plan))


def evidence_of(directory: Path) -> Evidence:
    """What a campaign's directory holds so far."""
    return read((directory / JOURNAL).read_bytes())


def end(directory: Path, ended: str) -> None:
    """Write the last line; nothing may follow it."""
    attempts = len(evidence_of(directory).attempts)
    with Journal(directory / JOURNAL) as journal:
        journal.append(to_json(EndRecord(attempts, ended)))


@dataclass(frozen=True, slots=True)
class Campaign:
    """A campaign that was begun: its evidence so far, its bench, and its journal."""

    evidence: Evidence
    bench: Bench
    journal: Journal
    guard: CardDataGuard

    def attempts(self, planned: PlannedRun) -> Iterator[Attempt]:
        """Execute a run, and again while it ends in error or inconclusive and may be repeated."""
        case = CASES[planned.case]
        for number in range(1, 2 + self.bench.ixit.limits.repeats):
            attempt = self.attempt(planned, number)
            yield attempt
            if judge(attempt, case).verdict not in REPEATED:
                return

    def attempt(self, planned: PlannedRun, number: int) -> Attempt:
        """One execution, on disk whatever happens; RecorderFailed ends the campaign."""
        facts = self._facts(planned, number)
        self.journal.append(to_json(OpenRecord(facts.attempt_id, facts)))
        execution = Execution(
            case=CASES[planned.case].resolved(planned.run),
            facts=facts,
            seed=self.evidence.campaign.seed,
            guard=self.guard,
            write=self._writer(facts.attempt_id),
        )
        attempt = execute(execution, self.bench)
        self.journal.append(to_json(CloseRecord(facts.attempt_id, attempt.trouble)))
        self.journal.sync()
        return attempt

    def _writer(self, attempt: str) -> Callable[[Event], None]:
        return lambda event: self.journal.append(to_json(event_record(attempt, event)))

    def _facts(self, planned: PlannedRun, number: int) -> Facts:
        campaign = self.evidence.campaign
        return Facts(
            device=campaign.device,
            case=planned.case,
            run=planned.run,
            number=number,
            edition=campaign.ics.edition,
            claims=frozenset(campaign.ics.claims),
            settings=campaign.ics.settings,
            switches=campaign.ics.switches,
            symbols=planned.symbols,
            fidelity=campaign.fidelity,
            links=campaign.links,
            keys=campaign.keys,
        )


def join(directory: Path, bench: Bench) -> Campaign:
    """Go on with a campaign that was begun: the one writer of its journal."""
    return Campaign(
        evidence=evidence_of(directory),
        bench=bench,
        journal=Journal(directory / JOURNAL),
        guard=CardDataGuard(test_pans()),
    )
