"""Whether a journal and the part of the ledger beside it tell of the same attempts."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from adapters.chain import Head
from reports.container import LEDGER, BundleRefused
from suites.evidence import Evidence
from suites.ledger import (
    Attempted,
    Begun,
    Done,
    Ended,
    Entry,
    Excerpt,
    LedgerRefused,
    Resumed,
)
from suites.records import ResumeRecord


def check_ledger(told: Excerpt, evidence: Evidence, journal: Sequence[bytes]) -> None:
    """BundleRefused, naming it, for an attempt that one of the two does not have."""
    try:
        entries = [each for each in told.entries() if _is_about(each, evidence)]
    except LedgerRefused as refused:
        raise BundleRefused(f"{LEDGER}: {refused}") from refused
    links = _links(journal)
    _check_begun(entries, evidence, links)
    _check_attempts(entries, evidence)
    _check_done(entries, evidence, links)
    _check_resumed(entries, evidence)
    _check_end(entries, evidence, links)


def _is_about(entry: Entry, evidence: Evidence) -> bool:
    return getattr(entry, "campaign", "") == evidence.campaign.campaign


def _links(journal: Sequence[bytes]) -> list[str]:
    """The link after each line; the first is the one before all."""
    head = Head()
    links = [head.link.hex()]
    for line in journal:
        head = head.after(line)
        links.append(head.link.hex())
    return links


def _check_begun(entries: Sequence[Entry], evidence: Evidence, links: Sequence[str]) -> None:
    campaign = evidence.campaign
    expected = Begun(
        campaign=campaign.campaign,
        device=campaign.device,
        practice=bool(campaign.practice),
        emulated=campaign.emulated,
        challenge=campaign.challenge.number if campaign.challenge else 0,
        link=links[evidence.announced],
        at=campaign.started,
    )
    if [each for each in entries if isinstance(each, Begun)] != [expected]:
        message = "it does not tell that this campaign began with this identity and plan"
        raise BundleRefused(f"{LEDGER}: {message}")


def _check_attempts(entries: Sequence[Entry], evidence: Evidence) -> None:
    told = [each.attempt for each in entries if isinstance(each, Attempted)]
    # The journal is first: a bench that died right there has an attempt without any event.
    recorded = [
        each.facts.attempt_id
        for each in evidence.attempts
        if each.events or each.closed or each.facts.attempt_id in told
    ]
    for attempt in told:
        if attempt not in recorded:
            message = f"{attempt} stands in the ledger; the journal has no such attempt"
            raise BundleRefused(f"{LEDGER}: {message}")
    for attempt in recorded:
        if attempt not in told:
            message = f"{attempt} was recorded; the ledger has no such attempt"
            raise BundleRefused(f"{LEDGER}: {message}")
    if told != recorded:
        raise BundleRefused(f"{LEDGER}: attempts stand in another order than in the journal")


def _check_done(entries: Sequence[Entry], evidence: Evidence, links: Sequence[str]) -> None:
    ends = {
        each.facts.attempt_id: (links[last], each.trouble.cause if each.trouble else "")
        for each, (_, last) in zip(evidence.attempts, evidence.spans, strict=True)
        if each.closed
    }
    told = {each.attempt: (each.link, each.cause) for each in entries if isinstance(each, Done)}
    for attempt, end in told.items():
        if ends.get(attempt) != end:
            message = f"{attempt} did not end as the journal has it"
            raise BundleRefused(f"{LEDGER}: {message}")
    for attempt in ends.keys() - told.keys() - set(_interrupted(entries)):
        message = f"{attempt} was closed; the ledger does not tell it"
        raise BundleRefused(f"{LEDGER}: {message}")


def _interrupted(entries: Sequence[Entry]) -> Iterator[str]:
    """Attempts after which the campaign had to be resumed: their end may not have been told."""
    for entry, following in pairwise(entries):
        if isinstance(entry, Attempted) and isinstance(following, Resumed):
            yield entry.attempt


def _check_resumed(entries: Sequence[Entry], evidence: Evidence) -> None:
    """What excuses a missing end is in the journal too; the journal is first, and may have more."""
    recorded = (each for each in evidence.interruptions if isinstance(each, ResumeRecord))
    links = ((each.link, each.lost) for each in recorded)
    for each in entries:
        # In the same order: what was passed over is not looked at again.
        if isinstance(each, Resumed) and (each.link, each.lost) not in links:
            message = "it tells of an interruption that the journal does not have"
            raise BundleRefused(f"{LEDGER}: {message}")


def _check_end(entries: Sequence[Entry], evidence: Evidence, links: Sequence[str]) -> None:
    told = [(each.attempts, each.link) for each in entries if isinstance(each, Ended)]
    if told != ([(len(evidence.attempts), links[-1])] if evidence.ended else []):
        raise BundleRefused(f"{LEDGER}: it tells of another end than the journal")
