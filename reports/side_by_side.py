"""Several emulated devices certified at once, one child process each, and what came of them."""

import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from adapters.ifd import private_pcscd
from fixtures import ics, ixit
from reports import findings
from reports.bundle import open_bundle
from reports.self_test import SUFFIX
from suites.catalogue import CASES
from suites.exit_codes import (
    BAD_INPUT,
    BENCH_BROKEN,
    CONFORMING,
    EVIDENCE_CANNOT_BE_WRITTEN,
    INCOMPLETE,
    NOT_CONFORMING,
)
from suites.kill_matrix import Row, Walk
from suites.selection import Choice, plan
from suites.summary import WORDS

ROOT = Path(__file__).parents[1]
# What is worse comes first: a failure that is on record is certain, whatever else broke.
WORST_FIRST = (
    EVIDENCE_CANNOT_BE_WRITTEN,
    NOT_CONFORMING,
    BAD_INPUT,
    BENCH_BROKEN,
    INCOMPLETE,
    CONFORMING,
)
# Progress is told so often.
TENTHS = 10
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Child:
    """A bench to certify: its device, its file, and how many runs are planned for it."""

    device: str
    bench: Path
    runs: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a child ended: its exit code, and the bundle that it sealed, if it came to that."""

    child: Child
    code: int
    bundles: tuple[Path, ...]


@contextmanager
def walking(rows: int, say: Say) -> Iterator[Walk]:
    """A way to make the rows of a kill matrix on all cores, with progress."""
    # Spawned, not forked: threads of the bench would be copied in the middle of what they do.
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:

        def walk(row: Callable[[str], Row], defects: Iterable[str], /) -> Iterator[Row]:
            for done, made in enumerate(pool.map(row, defects), 1):
                if not done % TENTHS or done == rows:
                    say(f"{done}/{rows}")
                yield made

        yield walk


def children(choice: Choice) -> tuple[Child, ...]:
    """The four emulated devices, but for those that the choice leaves nothing to do."""
    found = (_child(path, choice) for path in _benches())
    return tuple(each for each in found if each.runs)


def reader_missing() -> str:
    """Why the reference card is joined in memory; "" where it stands in a PC/SC reader."""
    state = private_pcscd.state()
    return "" if state == private_pcscd.READY else state


def _benches() -> tuple[Path, ...]:
    card = ixit.CARD_IN_MEMORY if reader_missing() else ixit.CARD
    return (*ixit.BY_DEVICE.values(), card)


def _child(path: Path, choice: Choice) -> Child:
    bench = ixit.read(path)
    planned = plan(CASES, ics.read(bench.ics_path), bench, bench.iut.clock, choice, seed="")
    return Child(bench.iut.device, path, len(planned.runs))


def certify(asked: Sequence[Child], words: Sequence[str], out: Path, say: Say) -> int:
    """All of them, each in a process of its own; the worst exit code, after a summary of all."""
    outcomes: list[Outcome] = []

    def certified(child: Child) -> None:
        outcomes.append(_certified(child, words, out, say))

    threads = [threading.Thread(target=certified, args=(each,)) for each in asked]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    order = {child.device: at for at, child in enumerate(asked)}
    outcomes.sort(key=lambda each: order[each.child.device])
    for outcome in outcomes:
        say("\n".join(_summary(outcome)))
    codes = {outcome.code for outcome in outcomes}
    return next((code for code in WORST_FIRST if code in codes), BENCH_BROKEN)


def _certified(child: Child, words: Sequence[str], out: Path, say: Say) -> Outcome:
    before = set(_sealed(child, out))
    log = out / f"{child.device}.log"
    command = (sys.executable, str(ROOT / "cli.py"), "certify", "--bench", str(child.bench))
    with (
        subprocess.Popen(
            (*command, "--out", str(out), *words),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as process,
        log.open("w", encoding="utf-8") as kept,
    ):
        _followed(child, process, kept.write, say)
        code = process.wait()
    return Outcome(child, code, tuple(sorted(set(_sealed(child, out)) - before)))


def _followed(
    child: Child,
    process: "subprocess.Popen[str]",
    keep: Callable[[str], object],
    say: Say,
) -> None:
    done = told = 0
    for line in process.stdout or ():
        keep(line)
        # Both runners name each test by its device and run.
        done += f"[{child.device}-" in line or line.startswith(f"{child.device}-")
        if TENTHS * done // child.runs > told:
            told = TENTHS * done // child.runs
            if told < TENTHS:
                say(f"{child.device}: {done}/{child.runs}")


def _sealed(child: Child, out: Path) -> Iterator[Path]:
    return out.glob(f"*-{child.device}-*/*{SUFFIX}")


def _summary(outcome: Outcome) -> Iterator[str]:
    child, words = outcome.child, WORDS.get(outcome.code)
    verdict = f"{words.zh} / {words.en}" if words else f"exit {outcome.code}"
    yield f"== {child.device}: {verdict}"
    for path in outcome.bundles:
        for group, counts in _by_group(path).items():
            other = ", ".join(f"{name} {n}" for name, n in counts.items() if name != "pass")
            passed, whole = counts["pass"], counts.total()
            yield f"  {group:10} {passed}/{whole}{f'  ({other})' if other else ''}"
        yield f"  {path}"
    if not outcome.bundles:
        yield "  没有证据包，见日志 / no bundle, see the log"


def _by_group(path: Path) -> Mapping[str, Counter[str]]:
    """Verdicts of the last attempt of each run, counted by group, as the bundle claims them."""
    bundle = open_bundle(path.read_bytes())
    said = {each.attempt_id: each.verdict for each in findings.read(bundle.findings).judgements}
    last = {each.facts.run_id: each.facts for each in bundle.evidence.attempts}
    groups: dict[str, Counter[str]] = {}
    for facts in sorted(last.values(), key=lambda each: each.case):
        group = CASES[facts.case].group
        groups.setdefault(group, Counter())[str(said[facts.attempt_id])] += 1
    return groups
