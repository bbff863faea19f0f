"""The part of a ledger that belongs to a journal made by hand."""

from adapters.chain import Head
from suites.evidence import read
from suites.ledger import Attempted, Begun, Done, Ended, Entry, Excerpt, to_line


def entries_of(journal: bytes) -> tuple[Entry, ...]:
    """What an honest station would have written while it recorded this journal."""
    evidence = read(journal)
    head = Head()
    links = [head.link.hex()]
    for line in journal.splitlines():
        head = head.after(line)
        links.append(head.link.hex())
    campaign, plan = evidence.campaign, evidence.plan
    begun = Begun(
        campaign=campaign.campaign,
        device=campaign.device,
        practice=bool(campaign.practice),
        emulated=campaign.emulated,
        challenge=campaign.challenge.number if campaign.challenge else 0,
        link=links[2 + len(plan.runs) + len(plan.left_out)],
        at=campaign.started,
    )
    found: list[Entry] = [begun]
    for attempt, (_, last) in zip(evidence.attempts, evidence.spans, strict=True):
        name = attempt.facts.attempt_id
        found.append(Attempted(campaign.campaign, name, campaign.started))
        if attempt.closed:
            cause = attempt.trouble.cause if attempt.trouble else ""
            found.append(Done(campaign.campaign, name, links[last], cause))
    if evidence.ended:
        found.append(
            Ended(campaign.campaign, len(evidence.attempts), links[-1], campaign.started)
        )
    return tuple(found)


def told_of(journal: bytes) -> Excerpt:
    """The excerpt beside it in a bundle."""
    return Excerpt(Head(), tuple(map(to_line, entries_of(journal))))
