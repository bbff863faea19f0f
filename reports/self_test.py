"""One self-test from bench and ICS to a sealed bundle: begun here, run by a runner, ended here."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from adapters.clock import Clock
from adapters.disk import write_whole
from adapters.errors import BenchBroken, InputRefused
from fixtures.bench import terminal_date
from fixtures.emulated import devices
from fixtures.emulated.devices import DefectUnknown, Making
from fixtures.ics import Ics
from fixtures.ixit import Ixit
from reports import rejudge
from reports.bundle import open_bundle, seal
from reports.keyring.station import StationKey
from reports.manifest import Contents
from reports.registration.challenge import (
    Answer,
    ChallengeRefused,
    cases_of,
    check,
    device_of,
    digest_of,
)
from reports.registration.station import Asked, NoChallenge, check_unanswered
from reports.rejudge import Rejudgement
from reports.render.html import render
from suites import campaign as campaigns
from suites import ledger as entries
from suites.catalogue import CASES
from suites.environment import environment
from suites.exit_codes import (
    BENCH_BROKEN,
    CONFORMING,
    EVIDENCE_CANNOT_BE_WRITTEN,
    NOT_CONFORMING,
)
from suites.finding import Verdict
from suites.judge import judge
from suites.judge_digest import ROOT
from suites.ledger import Ledger, excerpt
from suites.records import FORMAT, CampaignRecord, Claims, Plan
from suites.release import release
from suites.selection import Choice, plan
from suites.summary import Conclusion, conclude
from suites.written import Files

SUFFIX = ".assay"
# How a runner ends that walked the plan, or could not for a reason that it told.
RAN = (CONFORMING, NOT_CONFORMING, BENCH_BROKEN, EVIDENCE_CANNOT_BE_WRITTEN)
PLAN_ROBOT = ROOT / "suites" / "robot" / "plan.robot"
# Ids of what a re-judge needs to know was used: test keys only.
KEYS = ("posp:1", "bc:1")


class IdentityMissing(InputRefused):
    """A campaign that would count does not say who tests what."""


class NothingToRepeat(InputRefused):
    """Only failed runs were asked for, and there are none."""


class RunnerDied(BenchBroken):
    """The process that walked the plan was killed or broke; its campaign is not ended."""

    cause = "runner-died"


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked of `certify`: bench, ICS, the choice of runs, who runs them, the seed.

    `station` is the folder of key and ledger, `signer` the key.
    """

    ixit: Ixit
    ics: Ics
    ics_path: Path
    choice: Choice
    practice: bool
    runner: str
    seed: str
    directory: Path
    station: Path
    signer: StationKey
    challenge: Asked | NoChallenge

    @property
    def limits(self) -> Mapping[str, int]:
        """The limits of one attempt, by the names that evidence has for them."""
        limits = self.ixit.limits
        return {"act-seconds": limits.act_seconds, "questions": limits.questions}


@dataclass(frozen=True, slots=True)
class Sealed:
    """What a self-test left: the bundle, its page, and what it concludes."""

    bundle: Path
    page: Path
    conclusion: Conclusion
    rejudgement: Rejudgement


def failed_before(out: Path, device: str) -> tuple[str, ...]:
    """Runs that did not pass in the last campaign of a device; NothingToRepeat if none are here."""
    opened = [open_bundle(path.read_bytes()) for path in out.glob(f"*/*{SUFFIX}")]
    of_device = [each for each in opened if each.evidence.campaign.device == device]
    if not of_device:
        message = f"{out}: no earlier campaign of {device!r} is here / 没有该设备的自测记录"
        raise NothingToRepeat(message)
    last = max(of_device, key=lambda each: each.evidence.campaign.started)
    judged = rejudge.rejudge(last, judge, CASES)
    runs = conclude(last.evidence, judged.judgements).runs
    failed = tuple(run.run_id for run in runs if run.verdict is not Verdict.PASS)
    if not failed:
        name = last.evidence.campaign.campaign
        message = f"every run of the last campaign passed: {name} / 上次自测全部通过"
        raise NothingToRepeat(message)
    return failed


def begin(request: Request, clock: Clock) -> Plan:
    """Journal identity and plan; IdentityMissing says what to add to the bench file."""
    emulated = bool(request.ixit.iut.emulated)
    if request.ixit.identity is None and not emulated and not request.practice:
        message = (
            f"{request.ixit.path.name}: who tests what is not said: add the tables [institution],"
            " [terminal] and [test_run] (docs/formats.md), or use --practice"
            " / 缺少机构、终端、自测记录信息，请补充，或使用 --practice"
        )
        raise IdentityMissing(message)
    try:
        devices.check(_making(request))
    except DefectUnknown as unknown:
        message = f"{request.ixit.path.name}: iut.defect: {unknown}"
        raise DefectUnknown(message) from unknown
    planned = plan(
        CASES,
        request.ics,
        request.ixit,
        terminal_date(request.ixit, clock),
        request.choice,
        request.seed,
    )
    record = _record(request, clock)
    ledger = Ledger(request.station)
    if isinstance(request.challenge, Asked):
        _check_challenge(request.challenge, record, planned, ledger)
    files = Files(bench=request.ixit.path.name, ics=request.ics_path.name)
    campaigns.begin(request.directory, record, planned, ledger, files)
    return planned


def _making(request: Request) -> Making:
    iut = request.ixit.iut
    return Making(iut.emulated, request.ics.settings, iut.clock, request.seed, iut.defect)


def _check_challenge(asked: Asked, record: CampaignRecord, planned: Plan, ledger: Ledger) -> None:
    """Refuse before anything is recorded what the branch would refuse afterwards."""
    if record.practice or record.identity is None:
        why = "; ".join(record.practice) or "no identity"
        message = f"{asked.name}: practice answers no challenge: {why} / 练习不能应答挑战"
        raise ChallengeRefused(message)
    answer = Answer(
        device=device_of(record.identity),
        station=record.station.fingerprint if record.station else "",
        release=record.release,
        ics=digest_of(record.ics),
        cases=cases_of(planned),
        at=record.started,
    )
    check(asked.issued, answer, asked.name)
    check_unanswered(asked.issued, ledger)


def _record(request: Request, clock: Clock) -> CampaignRecord:
    ixit, ics = request.ixit, request.ics
    this_release = release()
    reasons = {
        "asked for with --practice": request.practice,
        "the tree was changed since its commit": this_release.dirty,
        "only part of the plan was asked for": not request.choice.everything,
        "no challenge was answered": isinstance(request.challenge, NoChallenge),
        f"seeded defect: {ixit.iut.defect}": bool(ixit.iut.defect),
    }
    return CampaignRecord(
        format=FORMAT,
        campaign=request.directory.name,
        device=ixit.iut.device,
        device_kind=ics.device,
        practice=tuple(reason for reason, holds in reasons.items() if holds),
        emulated=bool(ixit.iut.emulated),
        identity=ixit.identity,
        release=this_release,
        ics=Claims(ics.edition, tuple(sorted(ics.claims)), ics.settings, ics.switches),
        links={port.value: ixit.link for port in ixit.ports},
        fidelity={port.value: setting.fidelity for port, setting in ixit.ports.items()},
        settings_channel={
            port.value: setting.settings for port, setting in ixit.ports.items() if setting.settings
        },
        keys=KEYS,
        runner=request.runner,
        seed=request.seed,
        started=clock.stamp().wall,
        limits=request.limits,
        environment=environment(clock),
        station=request.signer.station,
        challenge=request.challenge.registered(),
    )


def run(request: Request) -> int:
    """One child process for the device; the exit code of its runner.

    RunnerDied if it was killed or broke: what it recorded stays, and the campaign can be resumed.
    """
    if not campaigns.remaining(campaigns.evidence_of(request.directory)):
        # Only the end was missing.
        return CONFORMING
    follows, held = os.pipe()
    environment_ = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = (sys.executable, *RUNNERS[request.runner](request, follows))
    try:
        code = subprocess.run(
            command, cwd=ROOT, env=environment_, pass_fds=(follows,), check=False
        ).returncode
    finally:
        os.close(follows)
        os.close(held)
    if code not in RAN:
        ended = f"was killed by signal {-code}" if code < 0 else f"ended with {code}"
        message = (
            f"the runner {ended}; what it recorded is kept:"
            " ./assay certify --resume goes on / 执行进程异常结束，记录已保留，可用 --resume 继续"
        )
        raise RunnerDied(message)
    return code


def _pytest(request: Request, lifeline: int) -> Sequence[str]:
    return (
        "-m",
        "pytest",
        str(ROOT / "suites" / "test_conformance.py"),
        "--verbose",
        # What ends a campaign must be seen, whatever is running when it comes.
        "--capture=no",
        # Plugins for the tests of the bench itself: a second each, where they are installed.
        *(word for name in NOT_FOR_CAMPAIGNS for word in ("-p", f"no:{name}")),
        f"--campaign={request.directory}",
        f"--bench={request.ixit.path}",
        f"--ics={request.ics_path}",
        f"--station={request.station}",
        f"--lifeline={lifeline}",
        f"--alluredir={request.directory / 'allure'}",
    )


def _robot(request: Request, lifeline: int) -> Sequence[str]:
    variables = {
        "CAMPAIGN": request.directory,
        "BENCH": request.ixit.path,
        "ICS": request.ics_path,
        "STATION": request.station,
        "LIFELINE": lifeline,
    }
    return (
        "-m",
        "robot",
        f"--outputdir={request.directory / 'robot'}",
        # A number of failed tests is no exit code of ours.
        "--nostatusrc",
        f"--prerunmodifier=suites.robot.plan_modifier.PlanModifier:{request.directory}",
        *(f"--variable={name}:{value}" for name, value in variables.items()),
        str(PLAN_ROBOT),
    )


NOT_FOR_CAMPAIGNS = ("cacheprovider", "hypothesispytest", "xdist", "xdist.looponfail")
RUNNERS = {"pytest": _pytest, "robot": _robot}


def finish(request: Request, clock: Clock) -> Sealed:
    """End the journal, judge it, seal it with what was found, and draw its page."""
    directory, ledger, key = request.directory, Ledger(request.station), request.signer.key
    campaigns.end(directory, clock.stamp().wall, ledger)
    journal = campaigns.journal_of(directory)
    campaign = campaigns.evidence_of(directory).campaign
    counted = not campaign.practice
    told = excerpt(ledger.lines(), campaign.campaign, counted=counted)
    contents = Contents(journal, told, b"")
    unjudged = open_bundle(seal(contents, key))
    judged = rejudge.rejudge(unjudged, judge, CASES)
    bundle = directory / f"{directory.name}{SUFFIX}"
    write_whole(bundle, seal(replace(contents, findings=rejudge.to_json(judged)), key))
    sealed = open_bundle(bundle.read_bytes())
    ledger.add(entries.Sealed(campaign.campaign, counted, digest(bundle.read_bytes())))
    page = directory / f"{directory.name}.html"
    page.write_text(render(sealed, judged), encoding="utf-8")
    return Sealed(bundle, page, conclude(unjudged.evidence, judged.judgements), judged)


def digest(bundle: bytes) -> str:
    """The SHA-256 of a bundle's file, in hex."""
    return hashlib.sha256(bundle).hexdigest()
