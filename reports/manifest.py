"""What a seal says: whose campaign, how much of it, and the digests of every byte beside it.

The payload is an in-toto Statement, version 1, with a predicate of our own. All of it can be
computed again from the other members and the signer's public key.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

import msgspec

from adapters.chain import head_of
from adapters.journal import encode
from reports.container import FINDINGS, JOURNAL, LEDGER, BundleRefused
from suites.evidence import Evidence
from suites.ledger import Excerpt
from suites.records import FORMAT, Release

PAYLOAD_TYPE = "application/vnd.in-toto+json"

# RFC 6962, 2.1: leaf and node begin with different bytes, so that neither stands for the other.
LEAF = b"\x00"
NODE = b"\x01"

Hex32 = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}\Z")]
WIRE_NAMES = {"kind": "_type", "predicate_type": "predicateType"}


@dataclass(frozen=True, slots=True)
class Sha256:
    sha256: Hex32


@dataclass(frozen=True, slots=True)
class Subject:
    """A member by its name, with the digest of its bytes."""

    name: str
    digest: Sha256


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is: lines of the journal, attempts, runs planned, runs left out."""

    records: int
    attempts: int
    planned: int
    left_out: int


@dataclass(frozen=True, slots=True)
class LedgerSpan:
    """Which part of the station's ledger is told: entries and link before it, and at its end."""

    before: int
    link_before: Hex32
    count: int
    link: Hex32


@dataclass(frozen=True, slots=True)
class Manifest:
    """The predicate. `sizes` are bytes of the members; `signer` is a raw Ed25519 public key in hex.

    `ended`: the campaign's last line is there. `chain_head` and `merkle_root` are the journal's.
    """

    format: int
    campaign: str
    device: str
    device_kind: str
    practice: tuple[str, ...]
    emulated: bool
    release: Release
    counts: Counts
    ended: bool
    sizes: Mapping[str, int]
    chain_head: Hex32
    merkle_root: Hex32
    ledger: LedgerSpan
    signer: Hex32


class Statement(msgspec.Struct, frozen=True, rename=WIRE_NAMES):
    """An in-toto Statement v1. Its types are names: nothing that a bundle names is fetched."""

    subject: tuple[Subject, ...]
    predicate: Manifest
    kind: Literal["https://in-toto.io/Statement/v1"] = "https://in-toto.io/Statement/v1"
    predicate_type: Literal["urn:assay:campaign:0"] = "urn:assay:campaign:0"


class _FormatOnly(msgspec.Struct):
    """As much of a statement as every format has."""

    class Predicate(msgspec.Struct):
        format: int

    predicate: Predicate


@dataclass(frozen=True, slots=True)
class Contents:
    """What is sealed: journal, the part of the ledger, and findings (empty: none)."""

    journal: bytes
    ledger: Excerpt
    findings: bytes

    @property
    def members(self) -> dict[str, bytes]:
        """By their names, in the order of the file."""
        told = b"".join(line + b"\n" for line in self.ledger.lines)
        return {JOURNAL: self.journal, LEDGER: told} | (
            {FINDINGS: self.findings} if self.findings else {}
        )


def statement(contents: Contents, evidence: Evidence, signer: bytes) -> Statement:
    """What a seal over these members says."""
    members = contents.members
    before, after = contents.ledger.before, contents.ledger.after
    campaign = evidence.campaign
    lines = lines_of(contents.journal)
    return Statement(
        subject=tuple(
            Subject(name, Sha256(hashlib.sha256(body).hexdigest()))
            for name, body in members.items()
        ),
        predicate=Manifest(
            format=FORMAT,
            campaign=campaign.campaign,
            device=campaign.device,
            device_kind=campaign.device_kind,
            practice=campaign.practice,
            emulated=campaign.emulated,
            release=campaign.release,
            counts=Counts(
                records=len(lines),
                attempts=len(evidence.attempts),
                planned=len(evidence.plan.runs),
                left_out=len(evidence.plan.left_out),
            ),
            ended=evidence.ended,
            sizes={name: len(body) for name, body in members.items()},
            chain_head=head_of(lines).link.hex(),
            merkle_root=merkle_root(list(leaves(lines, evidence))).hex(),
            ledger=LedgerSpan(
                before=before.count,
                link_before=before.link.hex(),
                count=after.count,
                link=after.link.hex(),
            ),
            signer=signer.hex(),
        ),
    )


def to_payload(said: Statement) -> bytes:
    """The canonical JSON of a statement."""
    return encode(msgspec.to_builtins(said))


def from_payload(payload: bytes) -> Statement:
    """The statement of a payload; BundleRefused if it is not written as `to_payload` writes it."""
    try:
        found = msgspec.json.decode(payload, type=_FormatOnly).predicate.format
        if found != FORMAT:
            message = f"the bundle has format {found}; this release reads format {FORMAT}"
            raise BundleRefused(message)
        said = msgspec.json.decode(payload, type=Statement)
        canonical = to_payload(said) == payload
    except (msgspec.MsgspecError, ValueError, RecursionError) as refused:
        raise BundleRefused(f"the manifest cannot be read: {refused}") from refused
    if not canonical:
        raise BundleRefused("the manifest is not written in the canonical form")
    return said


def check(said: Statement, members: Mapping[str, bytes]) -> None:
    """BundleRefused unless the statement is about exactly these members: sizes and digests."""
    named = tuple(subject.name for subject in said.subject)
    if named != tuple(members) or set(said.predicate.sizes) != set(members):
        held, told = ", ".join(members), ", ".join(named)
        raise BundleRefused(f"the manifest is about {told or 'nothing'}; the bundle holds {held}")
    for subject in said.subject:
        body = members[subject.name]
        size = said.predicate.sizes[subject.name]
        if len(body) != size:
            raise BundleRefused(f"{subject.name} has {len(body)} bytes, the manifest says {size}")
        if hashlib.sha256(body).hexdigest() != subject.digest.sha256:
            raise BundleRefused(f"{subject.name} is not the one that was sealed: another SHA-256")


# Field of the manifest -> what the message calls it.
FIELDS = {
    "campaign": "campaign id",
    "device": "device",
    "device_kind": "kind of device",
    "practice": "reasons for practice",
    "emulated": "emulated mark",
    "release": "release",
    "counts": "counts",
    "ended": "end mark",
    "chain_head": "chain head",
    "merkle_root": "tree root",
    "ledger": "ledger",
}


def compare(said: Statement, computed: Statement) -> None:
    """BundleRefused, naming the field, where the manifest says other than the journal."""
    for field, words in FIELDS.items():
        told, found = getattr(said.predicate, field), getattr(computed.predicate, field)
        if told != found:
            message = f"manifest and journal disagree on the {words}: {told!r}, {found!r}"
            raise BundleRefused(message)
    if said != computed:
        raise BundleRefused("manifest and journal disagree")


def lines_of(member: bytes) -> list[bytes]:
    """The lines without their newlines."""
    return member.split(b"\n")[:-1]


def leaves(lines: Sequence[bytes], evidence: Evidence) -> Iterator[bytes]:
    """The lines of each attempt, each with its newline, one after the other."""
    for first, last in evidence.spans:
        yield b"".join(line + b"\n" for line in lines[first - 1 : last])


def merkle_root(entries: Sequence[bytes]) -> bytes:
    """The Merkle tree hash of RFC 6962, 2.1, with SHA-256."""
    if not entries:
        return hashlib.sha256(b"").digest()
    return _subtree([hashlib.sha256(LEAF + entry).digest() for entry in entries])


def _subtree(hashes: Sequence[bytes]) -> bytes:
    if len(hashes) == 1:
        return hashes[0]
    # The largest power of two smaller than their number.
    left = 1 << (len(hashes) - 1).bit_length() - 1
    return hashlib.sha256(NODE + _subtree(hashes[:left]) + _subtree(hashes[left:])).digest()
