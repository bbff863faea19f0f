"""One walk through a plan on one device: identity and plan first, then every attempt, kept."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from adapters.chain import head_of
from adapters.clock import Clock
from adapters.disk import make_folder
from adapters.errors import InputRefused, RecorderFailed
from adapters.events import Event
from adapters.guard import CardDataGuard
from adapters.journal_client import Journal, lines_in
from fixtures.bench import Bench
from fixtures.test_data import test_pans
from suites import ledger as entries
from suites.attempt import Attempt, Facts
from suites.catalogue import CASES
from suites.environment import environment
from suites.evidence import Evidence, read
from suites.executor import Execution, execute
from suites.finding import Verdict
from suites.judge import judge
from suites.ledger import Ledger
from suites.records import (
    CampaignRecord,
    CloseRecord,
    EndRecord,
    OpenRecord,
    Plan,
    PlannedRun,
    ResumeRecord,
    StoppedRecord,
    event_record,
    to_json,
)
from suites.written import Files, expect_test_data, own_numbers

JOURNAL = "journal"
# Trouble does not launder: a FAIL stays, only these may be repeated, as often as the IXIT says.
REPEATED = frozenset((Verdict.ERROR, Verdict.INCONCLUSIVE))
DISK_FULL = to_json(StoppedRecord("disk-full"))


class NothingToResume(InputRefused):
    """A campaign that has ended, or never began."""


def begin(
    directory: Path, campaign: CampaignRecord, plan: Plan, ledger: Ledger, files: Files
) -> None:
    """Write identity and plan: the first lines, before anything else happens.

    NotTestData, and nothing is written, if one of them holds a card number off the test list.
    """
    expect_test_data(campaign, plan, CardDataGuard(test_pans()), files)
    try:
        make_folder(directory)
    except OSError as failed:
        message = f"{directory}: the evidence cannot be written: {failed.strerror} / 证据无法写入"
        raise RecorderFailed(message) from failed
    with Journal(directory / JOURNAL, DISK_FULL) as journal:
        for record in (campaign, *plan.records()):
            link = journal.append(to_json(record))
        journal.sync()
    ledger.add(_begun(campaign, link))


def _begun(campaign: CampaignRecord, link: bytes) -> entries.Begun:
    return entries.Begun(
        campaign=campaign.campaign,
        device=campaign.device,
        practice=bool(campaign.practice),
        emulated=campaign.emulated,
        challenge=campaign.challenge.number if campaign.challenge else 0,
        link=link.hex(),
        at=campaign.started,
    )


def journal_of(directory: Path) -> bytes:
    """The lines that a campaign's directory holds so far: what a bundle is made of."""
    return lines_in(directory / JOURNAL)


def evidence_of(directory: Path) -> Evidence:
    """What a campaign's directory holds so far."""
    return read(journal_of(directory))


def remaining(evidence: Evidence) -> tuple[PlannedRun, ...]:
    """The runs still to be done, in the order of the plan.

    A run is done by an attempt that was closed, or by one that was cut off but fails already.
    """
    done = {each.facts.run_id for each in evidence.attempts if _decides(each)}
    return tuple(run for run in evidence.plan.runs if run.id not in done)


def _decides(attempt: Attempt) -> bool:
    case = CASES[attempt.facts.case]
    return attempt.closed or judge(attempt, case).verdict is Verdict.FAIL


def resume(directory: Path, clock: Clock, ledger: Ledger) -> Evidence:
    """Say in journal and ledger that the campaign goes on; NothingToResume if it was sealed.

    One that has ended lost nothing: all that is left to do is to seal it.
    """
    evidence = evidence_of(directory)
    campaign = evidence.campaign
    if campaign.campaign in ledger.concluded():
        message = f"{directory.name}: this campaign has ended / 该次自测已结束"
        raise NothingToResume(message)
    if evidence.ended:
        return evidence
    with Journal(directory / JOURNAL, DISK_FULL) as journal:
        begun = journal.begun
        wall = clock.stamp().wall
        journal.append(
            to_json(ResumeRecord(begun.link, begun.lost, clock.boot(), wall, environment(clock)))
        )
        journal.sync()
    if not ledger.tells(entries.Begun, campaign.campaign):
        lines = journal_of(directory).split(b"\n")[: evidence.announced]
        ledger.add(_begun(campaign, head_of(lines).link))
    ledger.add(entries.Resumed(campaign.campaign, begun.link, begun.lost, wall))
    return evidence_of(directory)


def end(directory: Path, ended: str, ledger: Ledger) -> None:
    """Write the last line, where it is not there yet; nothing may follow it."""
    evidence = evidence_of(directory)
    campaign, attempts = evidence.campaign.campaign, len(evidence.attempts)
    with Journal(directory / JOURNAL, DISK_FULL) as journal:
        link = journal.begun.link
        if not evidence.ended:
            link = journal.append(to_json(EndRecord(attempts, ended))).hex()
            journal.sync()
    if not ledger.tells(entries.Ended, campaign):
        ledger.add(entries.Ended(campaign, attempts, link, ended))


@dataclass(frozen=True, slots=True)
class Campaign:
    """A campaign that was begun: its evidence so far, its bench, its journal and the ledger."""

    evidence: Evidence
    bench: Bench
    journal: Journal
    ledger: Ledger
    guard: CardDataGuard
    # How often each run was attempted: numbers go on where an earlier sitting stopped.
    made: Counter[str] = field(default_factory=Counter)

    def attempts(self, planned: PlannedRun) -> Iterator[Attempt]:
        """Execute a run, and again while it ends in error or inconclusive and may be repeated."""
        case = CASES[planned.case]
        for _ in range(1 + self.bench.ixit.limits.repeats):
            self.made[planned.id] += 1
            attempt = self.attempt(planned, self.made[planned.id])
            yield attempt
            if judge(attempt, case).verdict not in REPEATED:
                return

    def attempt(self, planned: PlannedRun, number: int) -> Attempt:
        """One execution, on disk whatever happens; RecorderFailed ends the campaign."""
        facts = self._facts(planned, number)
        campaign, name = self.evidence.campaign.campaign, facts.attempt_id
        self.journal.append(to_json(OpenRecord(name, facts)))
        self.journal.sync()
        # Before anything reaches the device: an attempt that is in no ledger has no events.
        self.ledger.add(entries.Attempted(campaign, name, self.bench.clock.stamp().wall))
        execution = Execution(
            case=CASES[planned.case].resolved(planned.run),
            facts=facts,
            seed=self.evidence.campaign.seed,
            guard=self.guard,
            write=self._writer(name),
        )
        attempt = execute(execution, self.bench)
        link = self.journal.append(to_json(CloseRecord(name, attempt.trouble)))
        self.journal.sync()
        cause = attempt.trouble.cause if attempt.trouble else ""
        self.ledger.add(entries.Done(campaign, name, link.hex(), cause))
        return attempt

    def _writer(self, attempt: str) -> Callable[[Event], None]:
        return lambda event: _discard(self.journal.append(to_json(event_record(attempt, event))))

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
            limits=campaign.limits,
        )


def _discard(_: bytes) -> None:
    """The link of an event is of no use to its recorder."""


def join(directory: Path, bench: Bench, ledger: Ledger) -> Campaign:
    """Go on with a campaign that was begun: the one writer of its journal."""
    evidence = evidence_of(directory)
    return Campaign(
        evidence=evidence,
        bench=bench,
        journal=Journal(directory / JOURNAL, DISK_FULL),
        ledger=ledger,
        guard=CardDataGuard(test_pans(), own_numbers(evidence.campaign)),
        made=Counter(attempt.facts.run_id for attempt in evidence.attempts),
    )
