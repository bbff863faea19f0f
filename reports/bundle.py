"""The sealed evidence of one campaign: it opens only if every byte is as it was sealed."""

from collections import defaultdict
from dataclasses import dataclass, replace

from adapters.chain import Head
from reports import manifest, signature
from reports.container import FINDINGS, JOURNAL, LEDGER, MANIFEST, BundleRefused, pack, unpack
from reports.ledger_check import check_ledger
from reports.manifest import PAYLOAD_TYPE, Contents, LedgerSpan, Manifest, lines_of
from reports.signature import SignatureRefused, SigningKey
from suites.attempt import Facts
from suites.evidence import Evidence, EvidenceRefused, read
from suites.ledger import Excerpt
from suites.records import CampaignRecord


@dataclass(frozen=True, slots=True)
class Bundle:
    """What was sealed. `findings` are what the sealing side claims, empty for none.

    `signer` is the raw public key that signed: it says nothing about who holds it.
    """

    journal: bytes
    evidence: Evidence
    ledger: Excerpt
    findings: bytes
    manifest: Manifest
    signer: bytes


def seal(contents: Contents, key: SigningKey) -> bytes:
    """The bundle of this journal and this part of the ledger, as a file."""
    evidence = _evidence(contents.journal)
    said = manifest.statement(contents, evidence, key.public)
    envelope = signature.envelope(PAYLOAD_TYPE, manifest.to_payload(said), key)
    return pack({MANIFEST: envelope, **contents.members})


def open_bundle(data: bytes) -> Bundle:
    """The bundle in these bytes; BundleRefused, in the user's words, if it is not intact."""
    members = dict(unpack(data))
    envelope = members.pop(MANIFEST)
    findings = members.get(FINDINGS, b"")
    if FINDINGS in members and not findings:
        raise BundleRefused(f"{FINDINGS} is empty")
    try:
        said = manifest.from_payload(signature.payload_of(envelope, PAYLOAD_TYPE))
        # The key travels in what it signs: this proves that nothing changed since, not who signed.
        signer = bytes.fromhex(said.predicate.signer)
        signature.check(envelope, PAYLOAD_TYPE, signer)
    except SignatureRefused as refused:
        raise BundleRefused(f"{MANIFEST}: {refused}") from refused
    manifest.check(said, members)
    told = _excerpt(said.predicate.ledger, members[LEDGER])
    contents = Contents(members[JOURNAL], told, findings)
    evidence = _evidence(contents.journal)
    manifest.compare(said, manifest.statement(contents, evidence, signer))
    _check_attempts(evidence)
    check_ledger(told, evidence, lines_of(contents.journal))
    return Bundle(contents.journal, evidence, told, findings, said.predicate, signer)


def _excerpt(span: LedgerSpan, member: bytes) -> Excerpt:
    """The part of the ledger that a manifest says is told; its links are compared later."""
    if member and not member.endswith(b"\n"):
        raise BundleRefused(f"{LEDGER}: the last line is cut off")
    before = Head(span.before, bytes.fromhex(span.link_before))
    return Excerpt(before, tuple(lines_of(member)))


def _evidence(journal: bytes) -> Evidence:
    try:
        return read(journal)
    except EvidenceRefused as refused:
        raise BundleRefused(f"{JOURNAL}: {refused}") from refused


def _check_attempts(evidence: Evidence) -> None:
    """Attempts count from 1 without a gap, under the facts that campaign and plan announce."""
    symbols = {run.id: run.symbols for run in evidence.plan.runs}
    announced = _of_campaign(evidence.campaign)
    numbers: dict[str, int] = defaultdict(int)
    for attempt in evidence.attempts:
        facts = attempt.facts
        numbers[facts.run_id] += 1
        if facts.number != numbers[facts.run_id]:
            message = f"{facts.attempt_id} stands where attempt {numbers[facts.run_id]} is expected"
            raise BundleRefused(f"{JOURNAL}: {message}")
        if _shared(facts) != announced:
            message = f"{facts.attempt_id} was recorded under other facts than the campaign's"
            raise BundleRefused(f"{JOURNAL}: {message}")
        if facts.symbols != symbols.get(facts.run_id, facts.symbols):
            message = f"{facts.attempt_id} was recorded under other values than the plan's"
            raise BundleRefused(f"{JOURNAL}: {message}")


def _shared(facts: Facts) -> Facts:
    """The facts that all attempts of a campaign share."""
    return replace(facts, case="", run="", number=0, symbols={})


def _of_campaign(campaign: CampaignRecord) -> Facts:
    return Facts(
        device=campaign.device,
        case="",
        run="",
        number=0,
        edition=campaign.ics.edition,
        claims=frozenset(campaign.ics.claims),
        settings=campaign.ics.settings,
        switches=campaign.ics.switches,
        fidelity=campaign.fidelity,
        links=campaign.links,
        keys=campaign.keys,
        limits=campaign.limits,
    )
