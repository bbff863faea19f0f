"""What a seal says: whose campaign, how much of it, and the digests of every byte that follows.

An in-toto Statement, version 1, with a predicate of our own. Everything in it but the signer's key can
be computed again from the other members.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

import msgspec

from reports.container import FINDINGS, JOURNAL, BundleRefused
from suites.attempt import Attempt
from suites.evidence import Evidence
from suites.records import FORMAT, Release

PAYLOAD_TYPE = "application/vnd.in-toto+json"
STATEMENT_TYPE = "https://in-toto.io/Statement/v1"
# A name, not an address: nothing a bundle names is ever fetched.
PREDICATE_TYPE = "urn:assay:campaign:0"

# RFC 6962, 2.1: a leaf and a node begin with different bytes, so neither can stand for the other.
LEAF = b"\x00"
NODE = b"\x01"
LINK = b"\x01"
CHAIN_START = bytes(32)
# The lines of the campaign and the plan stand before the first attempt.
FIRST_ATTEMPT = 2

Digest = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]


@dataclass(frozen=True, slots=True)
class Sha256:
    sha256: Digest


@dataclass(frozen=True, slots=True)
class Subject:
    """A member, by its name and the SHA-256 of its bytes."""

    name: str
    digest: Sha256


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is: lines, attempts, planned runs, runs left out."""

    records: int
    attempts: int
    planned: int
    left_out: int


@dataclass(frozen=True, slots=True)
class Predicate:
    """What our own predicate says about the subjects.

    `sizes` are in bytes; `ended`: the campaign's last line is there; `chain_head` and `merkle_root` are
    those of the journal; `signer` is the raw Ed25519 public key in hex.
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
    chain_head: Digest
    merkle_root: Digest
    signer: Digest


@dataclass(frozen=True, slots=True)
class _Statement:
    """An in-toto Statement v1 as JSON."""

    kind: Literal["https://in-toto.io/Statement/v1"]
    predicate_type: Literal["urn:assay:campaign:0"]
    subject: tuple[Subject, ...]
    predicate: Predicate


class _Wire(msgspec.Struct, frozen=True):
    type_: Annotated[str, msgspec.Meta(pattern="^https://in-toto.io/Statement/v1$")] = (
        msgspec.field(name="_type")
    )
    predicateType: str  # noqa: N815 - the name that in-toto gives it
    subject: tuple[Subject, ...]
    predicate: Predicate
