"""The branch's counter: challenges go out, submissions and abandonments come in."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from adapters.errors import InputRefused
from reports import rejudge
from reports.bundle import Bundle, open_bundle
from reports.keyring.paper import SUCCESSION_TYPE, read_succession
from reports.keyring.station import KEY
from reports.registration import abandonment, book, challenge
from reports.registration.book import ABANDONED, SUBMITTED, Book, Closed, Entry, Opened
from reports.registration.challenge import Answer, Challenge, Issued
from reports.signature import SigningKey, short_fingerprint
from suites.catalogue import CASES
from suites.judge import judge
from suites.ledger import Abandoned, Signed

FOLDER = "audit"
# How a bundle begins (PKWARE APPNOTE 4.3.7); an abandonment is JSON.
ZIP = b"PK"
CHALLENGES = "challenges"
SUBMISSIONS = "submissions"


class SubmissionRefused(InputRefused):
    """What came in does not end the challenge it names; the message says why."""


@dataclass(frozen=True, slots=True)
class Received:
    """What came in: the challenge it ended, how, and whether it was here already."""

    number: int
    how: str
    again: bool


def issue(branch: Path, asked: Challenge, key: SigningKey) -> tuple[Issued, Path]:
    """Sign a challenge, keep a copy, enter it into the book; the file to carry to the station."""
    data = challenge.written(asked, key)
    path = branch / CHALLENGES / f"challenge-{asked.number:06}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    issued = challenge.read(data, path.name)
    Book(branch).add(
        Opened(
            number=asked.number,
            device_number=asked.device_number,
            device=asked.device,
            sha256=issued.sha256,
            issued=asked.issued,
            expires=asked.expires,
        )
    )
    return issued, path


@dataclass(frozen=True, slots=True)
class _Incoming:
    """A file that came in, its name for messages, when, and the book as it stands."""

    branch: Path
    data: bytes
    name: str
    at: str
    entries: tuple[Entry, ...]

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    def refuse(self, why: str) -> SubmissionRefused:
        return SubmissionRefused(f"{self.name}: {why}")


def receive(branch: Path, data: bytes, name: str, at: str) -> Received:
    """Take in a bundle or an abandonment; SubmissionRefused if it does not end a challenge.

    The same file may come in again: it changes nothing.
    """
    incoming = _Incoming(branch, data, name, at, Book(branch).entries())
    for entry in incoming.entries:
        if isinstance(entry, Closed) and entry.sha256 == incoming.sha256:
            return Received(entry.number, entry.how, again=True)
    closed = _submission(incoming) if data.startswith(ZIP) else _abandonment(incoming)
    if book.closed(incoming.entries, closed.number) is not None:
        why = f"challenge {closed.number} has ended with another file / 该挑战已办结"
        raise incoming.refuse(why)
    kept = branch / SUBMISSIONS / f"{closed.number:06}-{closed.how}{Path(name).suffix}"
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(data)
    Book(branch).add(closed)
    return Received(closed.number, closed.how, again=False)


def _issued(incoming: _Incoming, number: int, sha256: str) -> Issued:
    found = book.opened(incoming.entries, number)
    path = incoming.branch / CHALLENGES / f"challenge-{number:06}.json"
    if found is None or found.sha256 != sha256 or not path.is_file():
        raise incoming.refuse(f"challenge {number} was not issued here / 非本机构签发的挑战")
    issued = challenge.read(path.read_bytes(), path.name)
    if issued.sha256 != sha256:
        raise SubmissionRefused(f"{path}: this is not the file that was issued")
    return issued


def _submission(incoming: _Incoming) -> Closed:
    bundle = open_bundle(incoming.data)
    campaign = bundle.evidence.campaign
    named = campaign.challenge
    if named is None or campaign.practice:
        why = "; ".join(campaign.practice) or "no challenge"
        raise incoming.refuse(f"this campaign does not count: {why} / 练习，不计入")
    issued = _issued(incoming, named.number, named.sha256)
    if not bundle.evidence.ended or campaign.identity is None:
        why = "this campaign has not ended, or names no device / 未结束或无终端信息"
        raise incoming.refuse(why)
    station = short_fingerprint(bundle.signer)
    answer = Answer(
        device=challenge.device_of(campaign.identity),
        station=station,
        release=campaign.release,
        ics=challenge.digest_of(campaign.ics),
        cases=challenge.cases_of(bundle.evidence.plan),
        at=campaign.started,
    )
    challenge.check(issued, answer, incoming.name)
    if campaign.seed != issued.challenge.seed:
        raise incoming.refuse(f"its seed is not that of challenge {named.number} / 种子不符")
    _check_ledger(incoming, bundle, station)
    # Raises where the judge is the same and the findings are not: such a bundle lies.
    rejudge.differences(rejudge.rejudge(bundle, judge, CASES), bundle)
    ledger = bundle.manifest.ledger
    return Closed(
        number=named.number,
        how=SUBMITTED,
        sha256=incoming.sha256,
        at=incoming.at,
        station=station,
        count=ledger.count,
        link=ledger.link,
    )


def _check_ledger(incoming: _Incoming, bundle: Bundle, station: str) -> None:
    """A submission begins where the station's last one ended, and leaves no challenge behind."""
    span = bundle.manifest.ledger
    stood = book.ledger_stood(incoming.entries, station) or book.ledger_stood(
        incoming.entries, predecessor(bundle)
    )
    if stood is not None and stood != (span.before, span.link_before):
        raise incoming.refuse(
            f"the ledger of station {station} stood at entry {stood[0]}; this bundle begins behind"
            f" entry {span.before}: attempts in between are not shown / 台账不连续"
        )
    given_up = {each.challenge for each in bundle.ledger.entries() if isinstance(each, Abandoned)}
    ended = {each.number for each in incoming.entries if isinstance(each, Closed)}
    for number in sorted(given_up - ended - {0}):
        why = f"hand in the abandonment of challenge {number} first / 请先提交放弃声明"
        raise incoming.refuse(why)


def predecessor(bundle: Bundle) -> str:
    """The fingerprint of the key that the signer's followed, if the ledger tells it; else ""."""
    for entry in bundle.ledger.entries():
        if isinstance(entry, Signed) and entry.kind == KEY and SUCCESSION_TYPE in entry.envelope:
            succession, before = read_succession(entry.envelope.encode(), "ledger")
            if succession.public == bundle.signer.hex():
                return short_fingerprint(before)
    return ""


def _abandonment(incoming: _Incoming) -> Closed:
    signed = abandonment.read(incoming.data, incoming.name)
    number = signed.abandonment.number
    issued = _issued(incoming, number, signed.abandonment.challenge)
    if issued.challenge.station not in ("", short_fingerprint(signed.signer)):
        raise incoming.refuse(f"challenge {number} was issued to another station key / 密钥不符")
    return Closed(number, ABANDONED, incoming.sha256, incoming.at)
