"""The station's side of a challenge: answered by one campaign, or given up with a signed word."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from adapters.clock import Clock
from adapters.errors import InputRefused
from reports.registration import abandonment, challenge
from reports.registration.abandonment import Abandonment
from reports.registration.challenge import Issued
from reports.signature import SigningKey, short_fingerprint
from suites.ledger import Abandoned, Begun, Ledger, from_line
from suites.records import FORMAT, Registered


class AlreadyAnswered(InputRefused):
    """A campaign has begun for this challenge, or it was given up."""


@dataclass(frozen=True, slots=True)
class NoChallenge:
    """Nobody asked: the campaign is practice."""

    name: str = ""
    # None to be had from a challenge: the campaign's own is drawn.
    seed: str = ""

    def registered(self) -> Registered | None:
        return None


@dataclass(frozen=True, slots=True)
class Asked:
    """The challenge that a campaign answers, and the name of its file."""

    name: str
    issued: Issued

    @property
    def seed(self) -> str:
        return self.issued.challenge.seed

    def registered(self) -> Registered | None:
        number = self.issued.challenge.number
        issuer = short_fingerprint(self.issued.signer)
        return Registered(number, self.issued.sha256, issuer)


def asked(path: Path) -> Asked:
    """The challenge of a file."""
    return Asked(path.name, challenge.read(path.read_bytes(), path.name))


def check_unanswered(issued: Issued, ledger: Ledger) -> None:
    """AlreadyAnswered if this station has answered the challenge: it is answered once."""
    for words in _answers(issued.challenge.number, ledger):
        message = (
            f"challenge {issued.challenge.number} was already {words}; ask the branch for another"
            " one / 该挑战已使用，请重新申请"
        )
        raise AlreadyAnswered(message)


def _answers(number: int, ledger: Ledger) -> Iterator[str]:
    for entry in map(from_line, ledger.lines()):
        match entry:
            case Begun(challenge=answered) if answered == number:
                yield f"answered by campaign {entry.campaign} (--resume goes on with it)"
            case Abandoned(challenge=given_up) if given_up == number:
                yield "abandoned"
            case _:
                continue


def abandon(path: Path, reason: str, key: SigningKey, ledger: Ledger, clock: Clock) -> bytes:
    """The signed file that gives a challenge up; the ledger says so first."""
    issued = challenge.read(path.read_bytes(), path.name)
    at = clock.stamp().wall
    number = issued.challenge.number
    ledger.add(Abandoned("", number, reason, at))
    return abandonment.written(Abandonment(FORMAT, number, issued.sha256, reason, at), key)
