"""What people say about a sealed campaign, signed: deviations, reviews, waivers.

A statement names the bundle by the SHA-256 of its file; it stands in the station's ledger and goes
along with the bundle as a file of its own, since a sealed bundle does not change.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import count
from pathlib import Path
from typing import TypeAlias

import msgspec

from adapters.errors import InputRefused
from adapters.journal import Json
from reports.bundle import Bundle
from reports.signature import SignatureRefused, SigningKey, signed_json, statement_of
from suites.ledger import Ledger, Signed
from suites.records import FORMAT
from suites.reviews import Decision, Review


class StatementRefused(InputRefused):
    """A statement that cannot be made about this bundle, or a file that is none; says why."""


class Grade(StrEnum):
    """How much a deviation weighs (host and kiosk facts, 5.5): A stops, B is mended, C is noted."""

    A = "A"
    B = "B"
    C = "C"


@dataclass(frozen=True, slots=True)
class Deviation:
    """A run that does not conform: how bad, whose it is, and by when (YYYY-MM-DD) it is mended."""

    format: int
    bundle: str
    run: str
    grade: Grade
    text: str
    owner: str
    due: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Waiver:
    """A run that may deviate until a day (YYYY-MM-DD), who allows it, and why."""

    format: int
    bundle: str
    run: str
    text: str
    until: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class SignedReview:
    """What a person decided on an attempt that was to be reviewed."""

    format: int
    bundle: str
    attempt: str
    decision: Decision
    reason: str
    by: str
    at: str

    @property
    def review(self) -> Review:
        return Review(self.attempt, self.decision)


Statement: TypeAlias = Deviation | Waiver | SignedReview
TYPES: Mapping[str, type[Statement]] = {
    "application/vnd.assay.deviation+json": Deviation,
    "application/vnd.assay.waiver+json": Waiver,
    "application/vnd.assay.review+json": SignedReview,
}
NAMES: Mapping[type[Statement], str] = {
    Deviation: "deviation",
    Waiver: "waiver",
    SignedReview: "review",
}


@dataclass(frozen=True, slots=True)
class Stated:
    """A statement, and the raw public key that signed it."""

    statement: Statement
    signer: bytes


def check(statement: Statement, bundle: Bundle) -> None:
    """StatementRefused unless what it speaks of stands in the bundle, and its dates are dates."""
    runs = {attempt.facts.run_id for attempt in bundle.evidence.attempts}
    attempts = {attempt.facts.attempt_id for attempt in bundle.evidence.attempts}
    match statement:
        case SignedReview(attempt=attempt):
            _expect("attempt", attempt, attempts)
        case Deviation(run=run, due=day) | Waiver(run=run, until=day):
            _expect("run", run, runs)
            _expect_date(day)


def _expect(what: str, named: str, known: set[str]) -> None:
    if named not in known:
        message = f"the bundle has no {what} {named!r}; one of {', '.join(sorted(known))}"
        raise StatementRefused(message)


def _expect_date(day: str) -> None:
    try:
        date.fromisoformat(day)
    except ValueError as refused:
        message = f'{day!r} is no date; write YYYY-MM-DD, as "2011-06-30" / 日期格式不对'
        raise StatementRefused(message) from refused


def state(statement: Statement, bundle: Bundle, key: SigningKey, ledger: Ledger) -> bytes:
    """The signed statement as a file; the ledger has it when this returns."""
    check(statement, bundle)
    kind = next(name for name, value in TYPES.items() if value is type(statement))
    body: dict[str, Json] = msgspec.to_builtins(statement, order="deterministic")
    signed = signed_json(kind, body, key)
    ledger.add(Signed(NAMES[type(statement)], signed.decode()))
    return signed


def digest_of(bundle: Path) -> str:
    """The SHA-256 (hex) by which a statement names a bundle."""
    return hashlib.sha256(bundle.read_bytes()).hexdigest()


def file_beside(bundle: Path, statement: Statement) -> Path:
    """The next free name for a statement beside its bundle."""
    names = (f"{bundle.stem}.{NAMES[type(statement)]}-{n}.json" for n in count(1))
    return next(path for name in names if not (path := bundle.with_name(name)).exists())


def stated_of(paths: Iterable[Path], bundle: Path) -> tuple[Stated, ...]:
    """The statements in these files about a bundle."""
    sha256 = digest_of(bundle)
    return tuple(read(path, sha256) for path in paths)


def reviews_among(stated: Iterable[Stated]) -> tuple[Review, ...]:
    """The reviews among statements: they decide what was to be reviewed."""
    said = [each.statement for each in stated]
    return tuple(each.review for each in said if isinstance(each, SignedReview))


def read(path: Path, bundle_sha256: str) -> Stated:
    """The statement of a file about a bundle; StatementRefused if it is about another, or none."""
    data = path.read_bytes()
    for kind, value in TYPES.items():
        if kind.encode() + b'"' not in data:
            continue
        try:
            body, signer = statement_of(data, kind)
            statement = msgspec.convert(body, value, strict=True)
        except (SignatureRefused, msgspec.ValidationError) as refused:
            message = f"{path.name}: this is not the statement that was signed: {refused}"
            raise StatementRefused(message) from refused
        if statement.format != FORMAT or statement.bundle != bundle_sha256:
            message = f"{path.name}: this statement is about another bundle / 与证据包不符"
            raise StatementRefused(message)
        return Stated(statement, signer)
    message = f"{path.name}: a deviation, waiver or review is expected"
    raise StatementRefused(message)
