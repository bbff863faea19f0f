"""Going on with a self-test that was interrupted: the same device, statement and release."""

from dataclasses import replace
from pathlib import Path

from adapters.clock import Clock
from adapters.errors import InputRefused
from fixtures.ics import Ics
from reports.self_test import Request
from suites import campaign as campaigns
from suites.campaign import NothingToResume
from suites.evidence import Evidence, EvidenceRefused
from suites.ledger import Attempted, Done, Ledger
from suites.records import Claims
from suites.release import release


class ResumeRefused(InputRefused):
    """What is here now is not what the campaign was begun with; the message names it."""


def unfinished(out: Path, device: str, ledger: Ledger) -> Path:
    """The last campaign of a device that was not sealed; NothingToResume if there is none."""
    concluded = ledger.concluded()
    found = [
        (evidence.campaign.started, journal.parent)
        for journal in out.glob(f"*/{campaigns.JOURNAL}")
        # A campaign bears the name of its directory.
        if journal.parent.name not in concluded
        for evidence in _readable(journal.parent)
        if evidence.campaign.device == device
    ]
    if not found:
        message = f"{out}: no interrupted campaign of {device!r} is here / 没有该设备中断的自测"
        raise NothingToResume(message)
    return max(found)[1]


def _readable(directory: Path) -> tuple[Evidence, ...]:
    # A campaign that was killed before its plan was written attempted nothing.
    try:
        return (campaigns.evidence_of(directory),)
    except EvidenceRefused:
        return ()


def go_on(request: Request, clock: Clock) -> Request:
    """The request as the interrupted campaign needs it, once journal and ledger say it goes on."""
    evidence = campaigns.evidence_of(request.directory)
    begun = evidence.campaign
    for what, then, now in (
        ("release", begun.release, release()),
        ("ICS", begun.ics, _claims(request.ics)),
        ("device", begun.device, request.ixit.iut.device),
        ("station key", begun.station, request.signer.station),
        ("limits", begun.limits, request.limits),
    ):
        if then != now:
            message = (
                f"{request.directory.name}: the {what} is not the one it was begun with;"
                " begin a new campaign / 与开始时不同，请重新开始自测"
            )
            raise ResumeRefused(message)
    ledger = Ledger(request.station)
    _check_nothing_vanished(request.directory.name, evidence, ledger)
    campaigns.resume(request.directory, clock, ledger)
    return replace(request, seed=begun.seed, runner=begun.runner)


def _check_nothing_vanished(name: str, evidence: Evidence, ledger: Ledger) -> None:
    """ResumeRefused where the ledger tells of attempts that a damaged journal has lost."""
    recorded = {each.facts.attempt_id: each.closed for each in evidence.attempts}
    for entry in ledger.about(evidence.campaign.campaign):
        match entry:
            case Attempted(attempt=attempt):
                vanished = attempt not in recorded
            case Done(attempt=attempt):
                vanished = not recorded.get(attempt, False)
            case _:
                continue
        if vanished:
            message = (
                f"{name}: its journal is damaged, {attempt} stands in the ledger alone;"
                " begin a new campaign / 记录已损坏，请重新开始自测"
            )
            raise ResumeRefused(message)


def _claims(ics: Ics) -> Claims:
    return Claims(ics.edition, tuple(sorted(ics.claims)), ics.settings, ics.switches)
