"""A signed word that a challenge will not be answered, and why."""

import hashlib
from dataclasses import dataclass

import msgspec

from adapters.errors import InputRefused
from adapters.journal import Json
from reports.signature import SignatureRefused, SigningKey, signed_json, statement_of
from suites.records import FORMAT

PAYLOAD_TYPE = "application/vnd.assay.abandonment+json"


class AbandonmentRefused(InputRefused):
    """A file that is no abandonment; the message names it."""


@dataclass(frozen=True, slots=True)
class Abandonment:
    """Which challenge, by its number and the SHA-256 of its file, and why it is given up."""

    format: int
    number: int
    challenge: str
    reason: str
    at: str


@dataclass(frozen=True, slots=True)
class Signed:
    """An abandonment with the raw public key that signed it and the SHA-256 of its file."""

    abandonment: Abandonment
    signer: bytes
    sha256: str


def written(abandonment: Abandonment, key: SigningKey) -> bytes:
    """The file of an abandonment."""
    body: dict[str, Json] = msgspec.to_builtins(abandonment, order="deterministic")
    return signed_json(PAYLOAD_TYPE, body, key)


def read(data: bytes, name: str) -> Signed:
    """The abandonment in a file; AbandonmentRefused if a byte of it is otherwise."""
    try:
        body, signer = statement_of(data, PAYLOAD_TYPE)
        abandonment = msgspec.convert(body, Abandonment, strict=True)
    except (SignatureRefused, msgspec.ValidationError) as refused:
        message = f"{name}: this is no abandonment, or not the one that was signed: {refused}"
        raise AbandonmentRefused(message) from refused
    if abandonment.format != FORMAT:
        message = f"{name}: format {abandonment.format}; this release reads {FORMAT}"
        raise AbandonmentRefused(message)
    return Signed(abandonment, signer, hashlib.sha256(data).hexdigest())
