"""A challenge: what a branch fixes before a campaign that counts, as a file that can be carried.

It fixes release, judge, statement, cases and seed; order, amounts and the host's own numbers follow
from the seed. Whoever answers it cannot choose what is asked, nor answer with an old recording.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace

import msgspec

from adapters.errors import InputRefused
from adapters.journal import Json, encode
from fixtures.identity import Identity
from reports.signature import SignatureRefused, SigningKey, signed_json, statement_of
from suites.records import FORMAT, Claims, Plan, Release

PAYLOAD_TYPE = "application/vnd.assay.challenge+json"


class ChallengeRefused(InputRefused):
    """A file that is no challenge, or one that this campaign cannot answer; says why."""


@dataclass(frozen=True, slots=True)
class RegisteredDevice:
    """Which device is to be tested, as its owner registers it."""

    institution: str
    term_no: str
    hw_sn: str
    model: str
    sw_version: str


@dataclass(frozen=True, slots=True)
class Challenge:
    """What is asked. `number` counts at the branch, `device_number` for the device; both from 1.

    `ics` is the SHA-256 of the statement's claims, `cases` run id -> digest of its case as data.
    `station` is the fingerprint of the key that shall answer, empty for any. Times: ISO 8601, UTC.
    """

    format: int
    number: int
    device_number: int
    device: RegisteredDevice
    station: str
    release: Release
    ics: str
    cases: Mapping[str, str]
    seed: str
    issued: str
    expires: str


@dataclass(frozen=True, slots=True)
class Issued:
    """A challenge with the raw public key that signed it and the SHA-256 (hex) of its file."""

    challenge: Challenge
    signer: bytes
    sha256: str


def device_of(identity: Identity) -> RegisteredDevice:
    """The part of an identity that names the device."""
    terminal = identity.terminal
    return RegisteredDevice(
        institution=identity.institution.id,
        term_no=terminal.term_no,
        hw_sn=terminal.hw_sn,
        model=terminal.model,
        sw_version=terminal.sw_version,
    )


def digest_of(claims: Claims) -> str:
    """The SHA-256 of a statement's claims, in hex."""
    return hashlib.sha256(encode(msgspec.to_builtins(claims, order="deterministic"))).hexdigest()


def cases_of(plan: Plan) -> Mapping[str, str]:
    """The runs of a plan with the digests of their cases; their order follows from the seed."""
    return {run.id: run.case_digest for run in plan.runs}


def written(challenge: Challenge, key: SigningKey) -> bytes:
    """The file of a challenge."""
    body: dict[str, Json] = msgspec.to_builtins(challenge, order="deterministic")
    return signed_json(PAYLOAD_TYPE, body, key)


def read(data: bytes, name: str) -> Issued:
    """The challenge in a file; ChallengeRefused, naming the file, if a byte of it is otherwise."""
    try:
        body, signer = statement_of(data, PAYLOAD_TYPE)
        challenge = msgspec.convert(body, Challenge, strict=True)
    except (SignatureRefused, msgspec.ValidationError) as refused:
        message = f"{name}: this is no challenge, or not the one that was issued: {refused}"
        raise ChallengeRefused(message) from refused
    if challenge.format != FORMAT:
        message = f"{name}: format {challenge.format}; this release reads format {FORMAT}"
        raise ChallengeRefused(message)
    return Issued(challenge, signer, hashlib.sha256(data).hexdigest())


@dataclass(frozen=True, slots=True)
class Answer:
    """What a campaign would answer a challenge with."""

    device: RegisteredDevice
    station: str
    release: Release
    ics: str
    cases: Mapping[str, str]
    at: str


# Field -> what the message calls it, in both languages.
FIXED = {
    "device": "device / 终端",
    "station": "station key / 测试站密钥",
    "release": "release of Assay / 工具版本",
    "ics": "ICS / 实现一致性声明",
    "cases": "cases / 案例",
}


def check(issued: Issued, answer: Answer, name: str) -> None:
    """ChallengeRefused unless this answer is to this challenge, and in time."""
    challenge = issued.challenge
    expected = {field: getattr(challenge, field) for field in FIXED}
    given = {field: getattr(answer, field) for field in FIXED}
    # A challenge may leave open who answers, and cannot know of changes to a tree.
    expected["station"] = challenge.station or answer.station
    expected["release"] = replace(challenge.release, dirty=answer.release.dirty)
    for field, words in FIXED.items():
        if expected[field] != given[field]:
            message = f"{name}: challenge {challenge.number} was issued for another {words}"
            raise ChallengeRefused(message)
    if not challenge.issued <= answer.at <= challenge.expires:
        message = (
            f"{name}: challenge {challenge.number} holds from {challenge.issued} to"
            f" {challenge.expires} / 不在有效期内"
        )
        raise ChallengeRefused(message)
