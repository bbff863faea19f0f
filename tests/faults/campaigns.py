"""A small campaign in memory, walked in this process, and what must hold of it after a fault."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from adapters.clock import Clock, SystemClock
from adapters.events import Stamp
from fixtures import ics, ixit
from fixtures.bench import Bench, bind
from reports import resuming, self_test
from reports.bundle import Bundle, open_bundle
from reports.keyring.station import ready
from reports.registration.station import NoChallenge
from reports.rejudge import rejudge
from reports.self_test import Request, Sealed
from suites import campaign as campaigns
from suites.catalogue import CASES
from suites.finding import Verdict
from suites.judge import Judgement, judge
from suites.ledger import Ledger
from suites.records import Plan
from suites.selection import Choice, plan

SEED = "5A" * 16
CASE = "CT-TRM-003"
CHOICE = Choice(case=CASE)
RUNS = ("CT-TRM-003[a]", "CT-TRM-003[b]")
RESUME_S = 30


def request(place: Path, defect: str = "", station: str = "station") -> Request:
    """Two runs on the emulated device, in memory; always the same, but for the place.

    `station` is its folder, below the place or elsewhere.
    """
    setting = ixit.read(ixit.IN_MEMORY)
    setting = replace(setting, iut=replace(setting.iut, defect=defect))
    return Request(
        ixit=setting,
        ics=ics.read(setting.ics_path),
        ics_path=setting.ics_path,
        choice=CHOICE,
        practice=False,
        runner="pytest",
        seed=SEED,
        directory=place / "out" / "campaign",
        station=place / station,
        signer=ready(place / station, SystemClock()),
        challenge=NoChallenge(),
    )


def planned() -> Plan:
    """What such a campaign writes down before it begins."""
    setting = ixit.read(ixit.IN_MEMORY)
    statement = ics.read(setting.ics_path)
    return plan(CASES, statement, setting, setting.iut.clock, CHOICE, SEED)


def bench(asked: Request, clock: Clock) -> Bench:
    return bind(asked.ixit, asked.ics, clock, asked.seed)


def walk(asked: Request, clock: Clock | None = None) -> None:
    """What a runner does: every run that is still to do."""
    clock = clock or SystemClock()
    joined = campaigns.join(asked.directory, bench(asked, clock), Ledger(asked.station))
    with joined.journal:
        for planned in campaigns.remaining(joined.evidence):
            for _ in joined.attempts(planned):
                continue


def certify(asked: Request, clock: Clock | None = None) -> Sealed:
    """A whole campaign, from the first line to the seal."""
    self_test.begin(asked, SystemClock())
    walk(asked, clock)
    return self_test.finish(asked, SystemClock())


def resume(asked: Request) -> Sealed:
    """What `certify --resume` does; NothingToResume if there is nothing."""
    out, device = asked.directory.parent, asked.ixit.iut.device
    found = resuming.unfinished(out, device, Ledger(asked.station))
    again = resuming.go_on(replace(asked, directory=found), SystemClock())
    if campaigns.remaining(campaigns.evidence_of(again.directory)):
        walk(again)
    return self_test.finish(again, SystemClock())


Said = tuple[Verdict, tuple[tuple[str, Verdict], ...]]


def said(judgement: Judgement) -> Said:
    """A judgement without what differs from attempt to attempt: its verdict, condition by one."""
    found = tuple((each.condition, each.verdict) for each in judgement.findings)
    return judgement.verdict, found


@dataclass(frozen=True)
class Judged:
    """A bundle and its file, judged again: the last word on each run, and all attempts."""

    file: bytes
    bundle: Bundle
    judgements: tuple[Judgement, ...]

    @property
    def last(self) -> Mapping[str, Said]:
        runs = [attempt.facts.run_id for attempt in self.bundle.evidence.attempts]
        return {run: said(each) for run, each in zip(runs, self.judgements, strict=True)}

    @property
    def cut(self) -> tuple[Judgement, ...]:
        """What is said of attempts that were cut off."""
        return tuple(
            judgement
            for attempt, judgement in zip(
                self.bundle.evidence.attempts, self.judgements, strict=True
            )
            if not attempt.closed
        )


def judged(sealed: Sealed) -> Judged:
    file = sealed.bundle.read_bytes()
    bundle = open_bundle(file)
    return Judged(file, bundle, rejudge(bundle, judge, CASES).judgements)


def honest_about_the_cut(sealed: Sealed, before: bytes, undisturbed: Judged) -> Judged:
    """Asserts what holds of every campaign that was interrupted and resumed.

    `before`: the journal as the fault left it. All of it is still there, byte for byte; a cut
    attempt is inconclusive by the bench's fault; every other word is that of one undisturbed.
    """
    found = judged(sealed)
    assert found.bundle.journal.startswith(before)
    assert found.bundle.evidence.ended
    for cut in found.cut:
        assert (cut.verdict, cut.cause) == (Verdict.INCONCLUSIVE, "bench")
    assert found.last == undisturbed.last
    assert {run for run, (verdict, _) in found.last.items() if verdict is Verdict.PASS} == set(RUNS)
    return found


class StrangeClock:
    """The machine's clocks, from the n-th stamp on set forward, or with other first letters."""

    def __init__(self, at: int, mono_ns: int = 0, wall: str = "") -> None:
        self._at = at
        self._mono_ns = mono_ns
        self._wall = wall
        self._count = 0

    def today(self) -> str:
        return SystemClock().today()

    def boot(self) -> str:
        return SystemClock().boot()

    def stamp(self) -> Stamp:
        self._count += 1
        stamp = SystemClock().stamp()
        if self._count < self._at:
            return stamp
        wall = self._wall + stamp.wall[len(self._wall) :]
        return Stamp(stamp.mono_ns + self._mono_ns, wall)
