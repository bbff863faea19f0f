"""The key of a station and its paper: made on first use, renewed in time, revoked when lost."""

from dataclasses import dataclass
from pathlib import Path

from adapters.clock import Clock
from reports.keyring import revocation
from reports.keyring.paper import KeyPaper, Succession, new_paper, read_paper, written
from reports.keyring.revocation import Revocation
from reports.signature import (
    KEY_FILE,
    PUBLIC_FILE,
    KeyRefused,
    SigningKey,
    short_fingerprint,
)
from suites.ledger import Ledger, Signed
from suites.records import FORMAT, Station

PAPER_FILE = "signing.paper.json"
KEY = "key"


class KeyExpired(KeyRefused):
    """The key's time is over; the message says how to renew it."""


@dataclass(frozen=True, slots=True)
class StationKey:
    """The key with its paper."""

    key: SigningKey
    paper: KeyPaper

    @property
    def station(self) -> Station:
        """As a campaign names it."""
        return Station(self.key.fingerprint, self.paper.made, self.paper.expires)


def ready(folder: Path, clock: Clock) -> StationKey:
    """The key to sign with now, made on first use; KeyExpired after its time."""
    found = load(folder, clock)
    now = clock.stamp().wall
    if not found.paper.covers(now):
        message = (
            f"the key of this station holds from {found.paper.made} to {found.paper.expires}:"
            " ./assay key rotate / 测试站密钥已过期，请更换"
        )
        raise KeyExpired(message)
    return found


def load(folder: Path, clock: Clock) -> StationKey:
    """The key and its paper, both made on first use, valid or not."""
    key = SigningKey.load_or_create(folder)
    path = folder / PAPER_FILE
    if not path.exists():
        path.write_bytes(written(new_paper(clock.stamp().wall), key))
    paper, public = read_paper(path.read_bytes(), str(path))
    if public != key.public:
        message = f"{path} is about another key than {KEY_FILE}; take one of the two away"
        raise KeyRefused(message)
    return StationKey(key, paper)


def rotate(folder: Path, clock: Clock, ledger: Ledger) -> tuple[StationKey, Path]:
    """A new key, and the file by which the old one names it; the old private key is erased.

    The ledger tells it first: whoever follows the chain follows the keys.
    """
    old = load(folder, clock)
    made = clock.stamp().wall
    draft = folder / "next"
    new = SigningKey.load_or_create(draft)
    succession = written(Succession(FORMAT, new.public.hex(), made), old.key)
    ledger.add(Signed(KEY, succession.decode()))
    path = folder / f"succession-{new.fingerprint}.json"
    path.write_bytes(succession)
    (folder / PAPER_FILE).write_bytes(written(new_paper(made, old.key.public.hex()), new))
    (draft / PUBLIC_FILE).replace(folder / PUBLIC_FILE)
    (draft / KEY_FILE).replace(folder / KEY_FILE)
    draft.rmdir()
    return load(folder, clock), path


def revoke(folder: Path, reason: str, clock: Clock, ledger: Ledger) -> Path:
    """The file by which the key of a station revokes itself from now on."""
    own = load(folder, clock)
    said = Revocation(FORMAT, own.key.public.hex(), clock.stamp().wall, reason)
    signed = revocation.written(said, own.key)
    ledger.add(Signed(KEY, signed.decode()))
    path = folder / f"revocation-{short_fingerprint(own.key.public)}.json"
    path.write_bytes(signed)
    return path
