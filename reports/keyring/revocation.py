"""A signed word that a key is not to be believed any more, from a certain time on."""

from dataclasses import dataclass

import msgspec

from adapters.journal import Json
from reports.signature import KeyRefused, SignatureRefused, SigningKey, signed_json, statement_of

PAYLOAD_TYPE = "application/vnd.assay.key-revocation+json"


@dataclass(frozen=True, slots=True)
class Revocation:
    """`public` (hex) is revoked for what it signed `since` then (ISO 8601, UTC), and why."""

    format: int
    public: str
    since: str
    reason: str


def written(revocation: Revocation, key: SigningKey) -> bytes:
    """The file of a revocation."""
    body: dict[str, Json] = msgspec.to_builtins(revocation, order="deterministic")
    return signed_json(PAYLOAD_TYPE, body, key)


def read(data: bytes, name: str) -> tuple[Revocation, bytes]:
    """The revocation in a file and the raw public key that signed it; KeyRefused if it is none."""
    try:
        body, signer = statement_of(data, PAYLOAD_TYPE)
        return msgspec.convert(body, Revocation, strict=True), signer
    except (SignatureRefused, msgspec.ValidationError) as refused:
        message = f"{name}: this is no revocation of a key: {refused}"
        raise KeyRefused(message) from refused
