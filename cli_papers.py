"""Commands about papers: challenges, submissions, abandonments, keys, signed statements."""

import argparse
import os
import secrets
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from adapters.errors import InputRefused
from suites.exit_codes import BAD_INPUT, CONFORMING

if TYPE_CHECKING:
    from reports.statements import Statement

SEED_SIZE = 16
AUDIT = "what a supervising branch does; a station abandons / 分支行监督；测试站可放弃挑战"
KEY = "the key of this station / 本测试站的密钥"


def say(text: str) -> None:
    print(text)


def whisper(text: str) -> None:
    """Progress, beside what a command says."""
    print(text, file=sys.stderr)


def existing(text: str) -> Path:
    """An argument that names a file."""
    path = Path(text)
    if not path.is_file():
        message = f"{text}: there is no such file / 文件不存在"
        raise argparse.ArgumentTypeError(message)
    return path


def _register(arguments: argparse.Namespace) -> int:
    """Issue a challenge for a device: a numbered file that fixes what its campaign shall be."""
    from adapters.clock import SystemClock
    from fixtures import ics, ixit
    from reports.registration import counter
    from reports.registration.terms import Terms, challenge_for
    from reports.signature import SigningKey

    bench = ixit.read(arguments.device)
    statement = ics.read(arguments.ics or bench.ics_path)
    terms = Terms(secrets.token_hex(SEED_SIZE), arguments.days, arguments.station)
    branch = _branch()
    issued, kept = counter.issue(
        branch,
        challenge_for(branch, bench, statement, terms, SystemClock()),
        SigningKey.load_or_create(),
    )
    arguments.out.mkdir(parents=True, exist_ok=True)
    carried = arguments.out / kept.name
    carried.write_bytes(kept.read_bytes())
    asked = issued.challenge
    say(
        f"挑战 / challenge {asked.number}: {len(asked.cases)} 个测试 / runs,"
        f" 有效期至 / until {asked.expires}\n{carried}"
    )
    return CONFORMING


def _abandon(arguments: argparse.Namespace) -> int:
    """Give a challenge up, with a signed reason for the branch."""
    from adapters.clock import SystemClock
    from reports.registration.station import abandon
    from reports.signature import SigningKey, key_directory
    from suites.ledger import Ledger

    key = SigningKey.load_or_create()
    ledger = Ledger(key_directory(os.environ))
    signed = abandon(arguments.challenge, arguments.reason, key, ledger, SystemClock())
    path = arguments.challenge.with_name(arguments.challenge.stem + ".abandoned.json")
    path.write_bytes(signed)
    say(f"已签署放弃声明，请交分支行 / signed, for the branch: {path}")
    return CONFORMING


def _ingest(arguments: argparse.Namespace) -> int:
    """Take in bundles and abandonments, each once; what is refused is told and kept outside."""
    from adapters.clock import SystemClock
    from reports.registration import counter
    from reports.registration.terminal import received

    clock = SystemClock()
    refused = 0
    for path in _files(arguments.what):
        try:
            came = counter.receive(_branch(), path.read_bytes(), path.name, clock.stamp().wall)
        except InputRefused as why:
            print(why, file=sys.stderr)
            refused += 1
        else:
            say(received(path.name, came))
    return BAD_INPUT if refused else CONFORMING


def _challenges(_: argparse.Namespace) -> int:
    """List the challenges that have not ended, the overdue ones marked."""
    from adapters.clock import SystemClock
    from reports.registration.book import Book
    from reports.registration.terminal import pending

    say(pending(Book(_branch()).entries(), SystemClock().stamp().wall))
    return CONFORMING


def _branch() -> Path:
    """Where a branch keeps its book."""
    from reports.registration.counter import FOLDER
    from reports.signature import key_directory

    return key_directory(os.environ) / FOLDER


def _files(what: Path) -> Sequence[Path]:
    """One file, or all bundles and abandonments of a folder and those below it."""
    if what.is_file():
        return (what,)
    return sorted((*what.rglob("*.assay"), *what.rglob("*.abandoned.json")))


def _key_show(_: argparse.Namespace) -> int:
    """Say which key this station has, and until when it holds."""
    from adapters.clock import SystemClock
    from reports.keyring.station import PAPER_FILE, load

    folder = _station()
    own = load(folder, SystemClock())
    say(f"密钥 / key {own.key.fingerprint}: {own.paper.made} - {own.paper.expires}")
    say(f"验证方用 / for those who verify: {folder / PAPER_FILE}")
    return CONFORMING


def _key_rotate(_: argparse.Namespace) -> int:
    """Make a new key that the old one names as its successor."""
    from adapters.clock import SystemClock
    from reports.keyring.station import rotate
    from suites.ledger import Ledger

    folder = _station()
    new, succession = rotate(folder, SystemClock(), Ledger(folder))
    say(f"新密钥 / new key {new.key.fingerprint}: {new.paper.made} - {new.paper.expires}")
    say(f"接替声明，请交分支行 / succession, for those who verify: {succession}")
    return CONFORMING


def _key_revoke(arguments: argparse.Namespace) -> int:
    """Revoke the key of this station from now on."""
    from adapters.clock import SystemClock
    from reports.keyring.station import revoke
    from suites.ledger import Ledger

    folder = _station()
    path = revoke(folder, arguments.reason, SystemClock(), Ledger(folder))
    say(f"吊销声明，请交分支行 / revocation, for those who verify: {path}")
    return CONFORMING


def _deviation(arguments: argparse.Namespace) -> int:
    """Sign what is to be done about a run that does not conform, or that it may stay so."""
    from reports.statements import Deviation, Grade, Waiver
    from suites.records import FORMAT

    bundle, at = _digest(arguments.bundle), _now()
    statement = (
        Waiver(
            format=FORMAT,
            bundle=bundle,
            run=arguments.run_id,
            text=arguments.text,
            until=arguments.waive_until,
            by=arguments.by,
            at=at,
        )
        if arguments.waive_until
        else Deviation(
            format=FORMAT,
            bundle=bundle,
            run=arguments.run_id,
            grade=Grade(arguments.grade),
            text=arguments.text,
            owner=arguments.owner,
            due=arguments.due,
            by=arguments.by,
            at=at,
        )
    )
    return _signed(arguments.bundle, statement)


def _review(arguments: argparse.Namespace) -> int:
    """Sign what was decided on an attempt that was to be reviewed."""
    from reports.statements import SignedReview
    from suites.records import FORMAT
    from suites.reviews import Decision

    statement = SignedReview(
        format=FORMAT,
        bundle=_digest(arguments.bundle),
        attempt=arguments.attempt,
        decision=Decision(arguments.decision),
        reason=arguments.reason,
        by=arguments.by,
        at=_now(),
    )
    return _signed(arguments.bundle, statement)


def _signed(path: Path, statement: "Statement") -> int:
    from adapters.clock import SystemClock
    from reports.bundle import open_bundle
    from reports.keyring.station import ready
    from reports.statements import file_beside, state
    from suites.ledger import Ledger

    folder = _station()
    own = ready(folder, SystemClock())
    bundle = open_bundle(path.read_bytes())
    signed = state(statement, bundle, own.key, Ledger(folder))
    kept = file_beside(path, statement)
    kept.write_bytes(signed)
    say(f"已签署并记入台账 / signed, and in the ledger: {kept}")
    return CONFORMING


def _digest(bundle: Path) -> str:
    from reports.statements import digest_of

    return digest_of(bundle)


def _now() -> str:
    from adapters.clock import SystemClock

    return SystemClock().stamp().wall


def _station() -> Path:
    """Where key and ledger of this station are."""
    from reports.signature import key_directory

    return key_directory(os.environ)


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The commands of this module beside those of cli.py."""
    audit = commands.add_parser(
        "audit", help="challenges and submissions, for the branch / 监督", description=AUDIT
    )
    _add_audit(audit.add_subparsers(metavar="COMMAND", required=True))
    key = commands.add_parser("key", help=KEY, description=KEY)
    _add_key(key.add_subparsers(metavar="COMMAND", required=True))

    added = _command(
        commands, "deviation", _deviation, "sign a deviation or a waiver / 签署偏差或豁免"
    )
    added.add_argument("bundle", type=existing, metavar="BUNDLE")
    added.add_argument("run_id", metavar="RUN", help="as CT-TRM-003[a]")
    added.add_argument("--text", required=True, metavar="TEXT", help="what, and why / 说明")
    added.add_argument("--grade", choices=("A", "B", "C"), default="B")
    added.add_argument("--owner", default="", metavar="NAME", help="who mends it / 责任人")
    added.add_argument("--due", default="", metavar="YYYY-MM-DD", help="by when / 整改期限")
    added.add_argument(
        "--waive-until", default="", metavar="YYYY-MM-DD", help="a waiver instead / 豁免至"
    )
    added.add_argument("--by", required=True, metavar="NAME", help="who says so / 签署人")

    added = _command(commands, "review", _review, "sign the review of an attempt / 签署复核意见")
    added.add_argument("bundle", type=existing, metavar="BUNDLE")
    added.add_argument("attempt", metavar="ATTEMPT", help="as direct-pos/CT-TRM-003[a]/1")
    added.add_argument("decision", choices=("conforms", "does-not-conform"))
    added.add_argument("--reason", required=True, metavar="TEXT")
    added.add_argument("--by", required=True, metavar="NAME", help="who says so / 签署人")


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    run: Callable[[argparse.Namespace], int],
    text: str,
) -> argparse.ArgumentParser:
    added = commands.add_parser(name, help=text, description=text)
    added.set_defaults(run=run)
    return added


def _add_audit(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    added = _command(commands, "register", _register, "issue a challenge for a device / 签发挑战")
    added.add_argument(
        "--device", type=existing, required=True, metavar="F", help="IXIT that says who it is"
    )
    added.add_argument("--ics", type=existing, metavar="F", help="ICS; default: the IXIT's")
    added.add_argument("--days", type=int, default=30, metavar="N", help="valid for, default 30")
    added.add_argument("--station", default="", metavar="KEY", help="fingerprint that shall answer")
    added.add_argument(
        "--out", type=Path, default=Path(), metavar="DIR", help="where the file goes, as a stick"
    )
    added = _command(commands, "abandon", _abandon, "give a challenge up / 放弃挑战")
    added.add_argument("challenge", type=existing, metavar="CHALLENGE")
    added.add_argument("--reason", required=True, metavar="TEXT")
    added = _command(commands, "ingest", _ingest, "take in bundles and abandonments / 接收提交")
    added.add_argument("what", type=Path, metavar="FILE|DIR")
    _command(commands, "challenges", _challenges, "challenges that have not ended / 未办结的挑战")


def _add_key(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    _command(commands, "show", _key_show, "which key, and until when / 查看")
    _command(commands, "rotate", _key_rotate, "a new key that follows the old one / 更换")
    added = _command(commands, "revoke", _key_revoke, "not to be believed any more / 吊销")
    added.add_argument("--reason", required=True, metavar="TEXT")
