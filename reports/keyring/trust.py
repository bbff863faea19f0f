"""Whom a verifier knows: keys that were named to him, those that follow them, those revoked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

from reports.keyring import revocation
from reports.keyring.paper import (
    PAPER_TYPE,
    SUCCESSION_TYPE,
    KeyPaper,
    read_paper,
    read_succession,
)
from reports.keyring.revocation import Revocation
from reports.signature import KeyRefused, read_public_key
from suites.records import FORMAT

PEM = b"-----BEGIN"
# A key named without its paper: nobody said how long it holds.
UNLIMITED = KeyPaper(FORMAT, "", "9999")


class Standing(StrEnum):
    """What a verifier knows of the key that signed."""

    KNOWN = "known"
    UNKNOWN = "unknown"
    EXPIRED = "expired"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Trust:
    """Raw public keys with their papers, and what was revoked among them."""

    keys: Mapping[bytes, KeyPaper]
    revoked: Mapping[bytes, Revocation]

    def standing(self, signer: bytes, first: str, last: str) -> Standing:
        """Of a key that signed what happened between two times (ISO 8601, UTC)."""
        if signer not in self.keys:
            return Standing.UNKNOWN
        if signer in self.revoked and self.revoked[signer].since <= last:
            return Standing.REVOKED
        paper = self.keys[signer]
        return (
            Standing.KNOWN if paper.covers(first) and paper.covers(last) else Standing.EXPIRED
        )


# Who verifies without naming anybody.
NOBODY = Trust(MappingProxyType({}), MappingProxyType({}))


def trust_in(named: Iterable[Path], revocations: Iterable[Path] = ()) -> Trust:
    """What these files say: keys (.pub), papers, successions; and revocations.

    A succession counts if the key before is among those named; a revocation, if it is signed by
    that key itself or by another one named. KeyRefused for a file that is none of these.
    """
    keys: dict[bytes, KeyPaper] = {}
    successions: list[tuple[bytes, bytes]] = []
    for path in named:
        data = path.read_bytes()
        if data.startswith(PEM):
            keys.setdefault(read_public_key(path), UNLIMITED)
        elif PAPER_TYPE.encode() + b'"' in data:
            paper, public = read_paper(data, path.name)
            keys[public] = paper
        elif SUCCESSION_TYPE.encode() + b'"' in data:
            succession, before = read_succession(data, path.name)
            successions.append((before, bytes.fromhex(succession.public)))
        else:
            message = f"{path}: a public key (.pub), a key's paper or a succession is expected"
            raise KeyRefused(message)
    # As often as there are successions: each may follow from another.
    for _ in successions:
        for before, public in successions:
            if before in keys:
                keys.setdefault(public, UNLIMITED)
    return Trust(keys, _revoked(keys, revocations))


def _revoked(
    keys: Mapping[bytes, KeyPaper], revocations: Iterable[Path]
) -> Mapping[bytes, Revocation]:
    found: dict[bytes, Revocation] = {}
    for path in revocations:
        said, signer = revocation.read(path.read_bytes(), path.name)
        public = bytes.fromhex(said.public)
        if signer != public and signer not in keys:
            message = f"{path}: neither the revoked key nor one that was named with --trust signed"
            raise KeyRefused(message)
        earlier = found.get(public, said)
        found[public] = min(earlier, said, key=lambda each: each.since)
    return found
