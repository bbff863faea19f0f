"""Assay's commands, each a few lines: what they do lives in the layers."""

import argparse
import json
import os
import secrets
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import cli_papers
from adapters.errors import BenchBroken, InputRefused, RecorderFailed
from adapters.privacy.eyes import masked_text
from cli_papers import SEED_SIZE, existing, say, whisper
from suites.exit_codes import (
    BAD_INPUT,
    BENCH_BROKEN,
    CONFORMING,
    EVIDENCE_CANNOT_BE_WRITTEN,
    INCOMPLETE,
    NOT_CONFORMING,
)

if TYPE_CHECKING:
    from reports.bundle import Bundle
    from suites.selection import Choice

OUT = Path("reports/out")
PERFORMANCE = Path(__file__).parent / "docs/performance.md"
STDIN = "-"
# What emulate can run; fixtures.ixit has the bench of each.
EMULATED = ("direct-pos", "indirect-pos", "kiosk")
# What says that one device is meant; without any of these certify takes all that are emulated.
OF_ONE_DEVICE = ("bench", "ics", "link", "challenge", "resume", "only_failed")
# What is handed on to each device's own certify.
CHOSEN = ("suite", "group", "case", "profile", "runner")


def certify(arguments: argparse.Namespace) -> int:
    """Test a device against its ICS: plan, execute, judge, seal."""
    from adapters.clock import SystemClock
    from fixtures import ics, ixit
    from reports import resuming, self_test
    from reports.keyring.station import ready
    from reports.registration.station import NoChallenge, asked
    from reports.signature import key_directory
    from reports.terminal_campaign import begun, concluded, resumed
    from suites.ledger import Ledger

    clock = SystemClock()
    if not any(vars(arguments)[each] for each in OF_ONE_DEVICE):
        ready(key_directory(os.environ), clock)
        return _certify_side_by_side(arguments)
    bench = ixit.read(arguments.bench or ixit.BY_LINK[arguments.link or "wire"])
    statement = arguments.ics or bench.ics_path
    challenge = asked(arguments.challenge) if arguments.challenge else NoChallenge()
    seed = challenge.seed or secrets.token_hex(SEED_SIZE)
    out, device = arguments.out.resolve(), bench.iut.device
    only = self_test.failed_before(out, device) if arguments.only_failed else ()
    station = key_directory(os.environ)
    request = self_test.Request(
        ixit=bench,
        ics=ics.read(statement),
        ics_path=statement.resolve(),
        choice=choice(arguments, only),
        practice=arguments.practice,
        runner=arguments.runner,
        seed=seed,
        directory=(
            resuming.unfinished(out, device, Ledger(station))
            if arguments.resume
            else out / campaign_name(clock.stamp().wall, device, seed)
        ),
        station=station,
        signer=ready(station, clock),
        challenge=challenge,
    )
    if arguments.resume:
        request = resuming.go_on(request, clock)
        say(resumed(request.directory))
    else:
        say(begun(self_test.begin(request, clock), request.directory))
    ran = self_test.run(request)
    if ran == EVIDENCE_CANNOT_BE_WRITTEN:
        return EVIDENCE_CANNOT_BE_WRITTEN
    sealed = self_test.finish(request, clock)
    say(concluded(sealed))
    # A bench that could not be bound attempted nothing: no verdict, and not the device's fault.
    unbound = ran == BENCH_BROKEN and not sealed.rejudgement.judgements
    return BENCH_BROKEN if unbound else sealed.conclusion.exit_code


def _certify_side_by_side(arguments: argparse.Namespace) -> int:
    """Without a bench: all emulated devices, each in a process of its own."""
    from reports import side_by_side

    out = arguments.out.resolve()
    out.mkdir(parents=True, exist_ok=True)
    children = side_by_side.children(choice(arguments, ()))
    words = [
        *(f"--{each}={getattr(arguments, each)}" for each in CHOSEN if getattr(arguments, each)),
        *(("--practice",) if arguments.practice else ()),
    ]
    for child in children:
        say(f"{child.device}: {child.runs} 个测试 / runs, {child.bench.name}")
    if missing := side_by_side.reader_missing():
        say(f"参考卡在内存中连接 / the reference card is joined in memory: {missing}")
    return side_by_side.certify(children, words, out, say)


def test(_: argparse.Namespace) -> int:
    """Run the harness' own tests."""
    from importlib.util import find_spec

    # Beside us the launcher has put pyscard where it can be had: so can tox.
    tests = "py-reader" if find_spec("smartcard") else "py"
    tox = (sys.executable, "-m", "tox", "run", "-e", f"lint,judge,{tests}")
    return subprocess.run(tox, cwd=Path(__file__).parent, check=False).returncode


def cases(arguments: argparse.Namespace) -> int:
    """Print the catalogue, or one case whole."""
    from reports.terminal import one_case
    from suites.case_json import to_json
    from suites.catalogue import CASES

    if arguments.id and arguments.id not in CASES:
        return complain(f"there is no case {arguments.id}; ./assay cases lists them")
    chosen = [CASES[arguments.id]] if arguments.id else list(CASES.values())
    if arguments.json:
        say(json.dumps([to_json(case) for case in chosen], ensure_ascii=False, indent=1))
    elif arguments.id:
        say(one_case(chosen[0]))
    else:
        for case in chosen:
            say(f"{case.id}  {case.standing.value}  {case.title.zh} / {case.title.en}")
    return CONFORMING


def select(arguments: argparse.Namespace) -> int:
    """Show the plan of an ICS: its cost, and for each run left out why."""
    from adapters.clock import SystemClock
    from fixtures import ics, ixit
    from fixtures.bench import terminal_date
    from reports.terminal import selected
    from suites.catalogue import CASES
    from suites.selection import cost, plan

    bench = ixit.read(arguments.bench or ixit.EMULATED)
    statement = ics.read(arguments.ics or bench.ics_path)
    date = terminal_date(bench, SystemClock())
    planned = plan(CASES, statement, bench, date, choice(arguments), seed="")
    say(selected(planned, cost(planned.runs, CASES, bench), CASES))
    return CONFORMING


def mutants(arguments: argparse.Namespace) -> int:
    """Run every case on every seeded defect: the kill matrix."""
    from adapters.clock import SystemClock
    from fixtures import ics, ixit
    from fixtures.bench import terminal_date
    from fixtures.emulated import devices
    from reports import side_by_side
    from reports.terminal_campaign import kill_table
    from suites.catalogue import CASES
    from suites.kill_matrix import kill_matrix, suite_runs, to_json
    from suites.selection import Choice, plan

    clock = SystemClock()
    bench = ixit.read(ixit.IN_MEMORY_OF.get(arguments.suite, ixit.IN_MEMORY))
    statement = ics.read(bench.ics_path)
    asked = Choice(suite=arguments.suite)
    planned = plan(CASES, statement, bench, terminal_date(bench, clock), asked, seed="mutants")
    runs = suite_runs(planned.runs, arguments.suite)
    with side_by_side.walking(len(devices.mutants(bench.iut.emulated)) + 1, whisper) as walk:
        matrix = kill_matrix(runs, statement, bench, clock, "mutants", walk)
    body = to_json(matrix)
    say(json.dumps(body, ensure_ascii=False, indent=1) if arguments.json else kill_table(matrix))
    return (
        NOT_CONFORMING
        if matrix.survivors or matrix.idle_runs or matrix.false_alarms
        else CONFORMING
    )


def verify(arguments: argparse.Namespace) -> int:
    """Check that a bundle is intact, and who signed it."""
    from reports.keyring.trust import trust_in
    from reports.verify import as_text
    from reports.verify import verify as verified

    trust = trust_in(arguments.trust, arguments.revoked)
    say(as_text(verified(opened(arguments.bundle), trust)))
    return CONFORMING


def rejudge(arguments: argparse.Namespace) -> int:
    """Judge a bundle's recording again, from the recording alone."""
    from reports import rejudge as again
    from reports.statements import reviews_among, stated_of
    from reports.terminal import judged, lies_told
    from suites.catalogue import CASES
    from suites.judge import judge as judge_attempt
    from suites.summary import conclude

    bundle = opened(arguments.bundle)
    rejudgement = again.rejudge(bundle, judge_attempt, CASES)
    reviews = reviews_among(stated_of(arguments.record, arguments.bundle))
    conclusion = conclude(bundle.evidence, rejudgement.judgements, reviews)
    if arguments.json:
        sys.stdout.buffer.write(again.to_json(rejudgement))
    else:
        say("\n".join((judged(rejudgement, CASES), *lies_told(conclusion))))
    for difference in again.differences(rejudgement, bundle):
        print(difference, file=sys.stderr)
    return conclusion.exit_code


def report(arguments: argparse.Namespace) -> int:
    """Draw a bundle's report."""
    from reports.rejudge import rejudge as again
    from reports.render.html import render
    from reports.statements import stated_of
    from suites.catalogue import CASES
    from suites.judge import judge as judge_attempt

    bundle = opened(arguments.bundle)
    page = arguments.bundle.with_suffix(".html")
    stated = stated_of(arguments.record, arguments.bundle)
    judged = again(bundle, judge_attempt, CASES)
    page.write_text(render(bundle, judged, stated=stated), encoding="utf-8")
    say(str(page))
    return CONFORMING


def judge(arguments: argparse.Namespace) -> int:
    """Judge a recording that others made."""
    from fixtures.test_data import test_pans
    from reports.trace_report import as_text, report_on

    text = text_of(arguments.trace)
    say(as_text(report_on(text, arguments.trace.name, test_pans())))
    return INCOMPLETE


def decode(arguments: argparse.Namespace) -> int:
    """Show what bytes mean: TLV, commands, responses."""
    from reports.annotation import decode_input

    text = _input(arguments.what)
    decoded = decode_input(text)
    say(decoded.text)
    return BAD_INPUT if decoded.bad else CONFORMING


def opened(path: Path) -> "Bundle":
    """The bundle of a file; refused with the file's name."""
    from reports.bundle import open_bundle
    from reports.container import BundleRefused

    try:
        return open_bundle(path.read_bytes())
    except BundleRefused as refused:
        message = f"{path.name}: {refused}"
        raise BundleRefused(message) from refused


def _input(what: str) -> str:
    if what == STDIN:
        return sys.stdin.read()
    path = Path(what)
    return text_of(path) if path.is_file() else what


def text_of(path: Path) -> str:
    """The text of a file; refused where it is none."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as refused:
        message = f"{path.name}: byte {refused.start} is not UTF-8; save the file as UTF-8"
        raise InputRefused(message) from refused


def emulate(arguments: argparse.Namespace) -> int:
    """Run an emulated device by itself, for a bench file that reaches it by its wires."""
    from adapters.clock import SystemClock
    from fixtures import ics, ixit
    from fixtures.bench import terminal_date
    from fixtures.emulated import devices
    from fixtures.emulated.process import CARD_AT, LINES_AT, TAPPED_AT, Made, Reached, Wiring, run

    bench = ixit.read(ixit.BY_DEVICE[arguments.device])
    statement = ics.read(bench.ics_path)
    claims = tuple(sorted(statement.claims))
    date = terminal_date(bench, SystemClock())
    seed = secrets.token_hex(SEED_SIZE)
    told = arguments.device, statement.settings, date, seed, arguments.defect, claims
    making = devices.Making(*told)
    devices.check(making)
    lines = {port.value: at for port, at in LINES_AT.items() if port in bench.ports}
    wires = {"icc": CARD_AT, **lines}
    listens = (f'{name}.listen = "{host}:{port}"' for name, (host, port) in wires.items())
    say(f"{arguments.device}: {', '.join(listens)}")
    slots = {"contact": CARD_AT, "contactless": TAPPED_AT}

    def tell(reached: Reached) -> None:
        print(f'operator.port = "{reached.operator}"', flush=True)
        if reached.front_end:
            print(f'host.T.forward = "{reached.front_end}"', flush=True)

    run(Made(making, Wiring(slots, lines)), tell)


def doctor(arguments: argparse.Namespace) -> int:
    """Say what is wired and alive, and what is missing."""
    from adapters.clock import SystemClock
    from fixtures import ics, ixit
    from reports.doctor import as_text, bench, drivers

    setting = ixit.read(arguments.bench or ixit.EMULATED)
    statement = ics.read(arguments.ics or setting.ics_path)
    talked = list(bench(setting, statement, SystemClock()))
    say(as_text([*drivers(), *talked]))
    return CONFORMING if all(each.well for each in talked) else BENCH_BROKEN


def measure(arguments: argparse.Namespace) -> int:
    """Take every figure of speed against its limit, and write the page of them."""
    from dataclasses import asdict

    from adapters.clock import SystemClock
    from reports import performance
    from reports.machine import this_machine
    from reports.measurements.table import MEASUREMENTS
    from reports.performance_text import as_table, page

    def tell(number: int) -> None:
        told = f"第 {number} 轮，共 {performance.PROCESSES} 轮 / round {number} of"
        print(f"{told} {performance.PROCESSES}", file=sys.stderr)

    found = performance.measured(MEASUREMENTS, performance.in_a_process, tell)
    date, machine = SystemClock().stamp().wall[:10], this_machine()
    PERFORMANCE.write_text(page(found, machine, date), encoding="utf-8")
    if arguments.json:
        body = {"date": date, "machine": asdict(machine)}
        rows = list(performance.to_json(found))
        say(json.dumps({**body, "measurements": rows}, ensure_ascii=False, indent=1))
    else:
        say(as_table(found))
    return performance.exit_code(found)


def choice(arguments: argparse.Namespace, only: tuple[str, ...] = ()) -> "Choice":
    """The runs that were asked for."""
    from suites.selection import Choice

    return Choice(
        suite=getattr(arguments, "suite", ""),
        group=getattr(arguments, "group", ""),
        case=getattr(arguments, "case", ""),
        profile=getattr(arguments, "profile", "full"),
        only=only,
    )


def campaign_name(wall: str, device: str, seed: str) -> str:
    """20261124T101500Z-direct-pos-3f9a: when, what, and four digits of the seed."""
    moment = "".join(each for each in wall.split(".", maxsplit=1)[0] if each.isalnum())
    return f"{moment}Z-{device}-{seed[:4]}"


def complain(text: str) -> int:
    """Say on the error stream what is wrong with the input; the exit code for it."""
    # A message may repeat what stood in a file or what a device said.
    print(masked_text(text), file=sys.stderr)
    return BAD_INPUT


def parser() -> argparse.ArgumentParser:
    """The commands and their arguments; every name is fixed."""
    whole = argparse.ArgumentParser(
        prog="assay",
        description="Assay (验金): self-test bench for PBOC 2.0 terminals / 金融IC卡受理终端自测台",
    )
    commands = whole.add_subparsers(metavar="COMMAND")

    def command(
        name: str, run: Callable[[argparse.Namespace], int], text: str
    ) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=text, description=text)
        added.set_defaults(run=run)
        return added

    added = command("certify", certify, "self-test a device, emulated ones by default / 自测终端")
    _add_bench(added)
    _add_choice(added)
    added.add_argument(
        "--only-failed", action="store_true", help="what did not pass last time / 仅重测未通过项"
    )
    added.add_argument(
        "--link", choices=("wire", "memory"), default="", help="the emulated POS alone, joined so"
    )
    added.add_argument(
        "--practice", action="store_true", help="a campaign that does not count / 练习"
    )
    added.add_argument(
        "--runner", choices=("pytest", "robot"), default="pytest", help="who walks the plan"
    )
    added.add_argument("--out", type=Path, default=OUT, metavar="DIR", help=f"default: {OUT}")
    added.add_argument(
        "--challenge", type=existing, metavar="F", help="the branch's challenge / 分支行签发的挑战"
    )
    added.add_argument(
        "--resume", action="store_true", help="go on with what was interrupted / 继续中断的自测"
    )

    command("test", test, "the harness' own tests / 本工具的测试")

    added = command("cases", cases, "the catalogue of cases / 案例目录")
    added.add_argument("--json", action="store_true")
    added.add_argument("id", nargs="?", default="", metavar="ID", help="one case whole")

    added = command("select", select, "the plan for an ICS, and why runs are left out / 选例")
    _add_bench(added)
    _add_choice(added)

    added = command("mutants", mutants, "which case catches which seeded defect / 缺陷检出矩阵")
    added.add_argument("--json", action="store_true")
    added.add_argument("--suite", default="", metavar="S")

    added = command("verify", verify, "check that a bundle is intact / 验证证据包")
    added.add_argument("bundle", type=existing, metavar="BUNDLE")
    added.add_argument("--trust", type=existing, action="append", default=[], metavar="KEY")
    added.add_argument(
        "--revoked", type=existing, action="append", default=[], metavar="F", help="revocation"
    )

    added = command("rejudge", rejudge, "judge a bundle's recording again / 重新评判")
    added.add_argument("bundle", type=existing, metavar="BUNDLE")
    added.add_argument("--json", action="store_true")
    _add_record(added)

    added = command("report", report, "draw a bundle's report / 自测报告")
    added.add_argument("bundle", type=existing, metavar="BUNDLE")
    added.add_argument("--format", choices=("html",), default="html")
    _add_record(added)

    added = command("judge", judge, "judge a recording that others made / 评判外来记录")
    added.add_argument("trace", type=existing, metavar="TRACE")

    added = command("emulate", emulate, "run an emulated device by itself / 单独运行模拟终端")
    added.add_argument("device", choices=EMULATED, metavar="DEVICE", help=", ".join(EMULATED))
    added.add_argument("--defect", default="", metavar="NAME", help="a seeded defect")

    added = command("doctor", doctor, "what is wired and alive, what is missing / 检查测试台")
    _add_bench(added)

    added = command("measure", measure, "speed against its limits / 性能测量")
    added.add_argument("--json", action="store_true")

    added = command("decode", decode, "show what bytes mean / 解码")
    added.add_argument("what", metavar="HEX|FILE|-")

    cli_papers.add_to(commands)
    return whole


def _add_bench(added: argparse.ArgumentParser) -> None:
    added.add_argument(
        "--bench", type=existing, metavar="F", help="IXIT; default: the emulated device"
    )
    added.add_argument(
        "--ics", type=existing, metavar="F", help="ICS; default: the one the IXIT names"
    )


def _add_record(added: argparse.ArgumentParser) -> None:
    added.add_argument(
        "--record",
        type=existing,
        action="append",
        default=[],
        metavar="F",
        help="a signed review, deviation or waiver / 已签署的复核、偏差或豁免记录",
    )


def _add_choice(added: argparse.ArgumentParser) -> None:
    added.add_argument("--suite", default="", metavar="S", help="contact, host, ...")
    added.add_argument("--group", default="", metavar="G", help="as CT-TRM")
    added.add_argument("--case", default="", metavar="ID", help="as CT-TRM-003 or CT-TRM-003[a]")
    added.add_argument(
        "--profile", choices=("full", "smoke"), default="full", help="smoke: a run per group"
    )


# What ends a command early, and the exit code that says so.
ENDINGS: tuple[tuple[type[Exception], int], ...] = (
    (InputRefused, BAD_INPUT),
    (RecorderFailed, EVIDENCE_CANNOT_BE_WRITTEN),
    (BenchBroken, BENCH_BROKEN),
)


def main(words: Sequence[str]) -> int:
    """Run one command; its exit code."""
    whole = parser()
    arguments = whole.parse_args(words)
    if not hasattr(arguments, "run"):
        whole.print_help()
        return CONFORMING
    try:
        return int(arguments.run(arguments))
    except tuple(kind for kind, _ in ENDINGS) as ended:
        complain(str(ended))
        return next(code for kind, code in ENDINGS if isinstance(ended, kind))


if __name__ == "__main__":
    try:
        code = main(sys.argv[1:])
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read has seen enough; Python would complain once more when it closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = CONFORMING
    sys.exit(code)
