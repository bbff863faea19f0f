"""F1: `./assay certify` killed in the middle, on wires and in memory, and resumed."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

import cli
from reports.bundle import open_bundle
from reports.rejudge import rejudge
from suites.campaign import JOURNAL, evidence_of
from suites.catalogue import CASES
from suites.exit_codes import BAD_INPUT, BENCH_BROKEN, CONFORMING
from suites.finding import Verdict
from suites.judge import judge
from tests.faults.campaigns import RESUME_S

ROOT = Path(__file__).parents[2]
MARK = "ASSAY_TEST_MARK"
POLL_S = 0.002
TRIES = 20
WAIT_S = 60
# The second segment is the runner's: it has an attempt's first record before this many bytes.
RUNNERS_SEGMENT = "000002.log"
LEAST_BYTES = 3_000


@dataclass(frozen=True)
class Place:
    """Where a campaign is recorded, and the mark that all its processes bear."""

    path: Path

    @property
    def environment(self) -> Mapping[str, str]:
        return {**os.environ, "XDG_CONFIG_HOME": str(self.path / "config"), MARK: str(self.path)}

    def certify(self, *words: str) -> subprocess.Popen[str]:
        command = (sys.executable, str(ROOT / "cli.py"), "certify", "--group", "CT-PR")
        return subprocess.Popen(
            (*command, "--out", str(self.path / "out"), *words),
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    @property
    def recorded(self) -> int:
        """Bytes that the runner has recorded."""
        found = (self.path / "out").glob(f"*/{JOURNAL}/{RUNNERS_SEGMENT}")
        return sum(path.stat().st_size for path in found)

    def processes(self) -> tuple[int, ...]:
        """All that still run and bear the mark, but for those that wait to be buried."""
        names = (path.name for path in Path("/proc").iterdir())
        return tuple(pid for pid in map(int, filter(str.isdigit, names)) if self._alive(pid))

    def _alive(self, pid: int) -> bool:
        try:
            marked = f"{MARK}={self.path}\0".encode() in Path(f"/proc/{pid}/environ").read_bytes()
            state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        except OSError:
            return False
        return marked and state[0] != "Z"

    def runners(self) -> tuple[int, ...]:
        """The process that walks the plan, while it is there."""
        return tuple(pid for pid in self.processes() if b"test_conformance.py" in _command(pid))

    def stopped_in_an_attempt(self) -> bool:
        """Whether the runner now stands still with an attempt open; it goes on if not."""
        if self.recorded < LEAST_BYTES:
            return False
        for runner in self.runners():
            os.kill(runner, signal.SIGSTOP)
            (directory,) = (self.path / "out").iterdir()
            last = evidence_of(directory).attempts[-1:]
            if any(not each.closed and len(each.events) > self.least_events for each in last):
                return True
            os.kill(runner, signal.SIGCONT)
        return False

    def stopped_before_the_end(self, certifying: subprocess.Popen[str]) -> bool:
        """Whether the runner was met in an attempt, before the campaign was over."""
        began = time.monotonic()
        while certifying.poll() is None:
            if self.stopped_in_an_attempt():
                return True
            assert time.monotonic() - began < WAIT_S, "no attempt was met"
            time.sleep(POLL_S)
        return False

    @property
    def least_events(self) -> int:
        """How far the attempt has to be: some moment in the middle, by a seed."""
        return random.Random(self.path.name).randrange(20)


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def awaited(condition: object, what: str) -> None:
    began = time.monotonic()
    while not condition():  # type: ignore[operator]  # a function of no arguments
        assert time.monotonic() - began < WAIT_S, what
        time.sleep(POLL_S)


def caught_in_the_middle(place: Path, link: str) -> tuple[Place, subprocess.Popen[str]]:
    """A campaign whose runner stands still in an attempt.

    One that was over before it could be stopped caught nobody: then another one is begun.
    """
    for attempt in range(TRIES):
        here = Place(place / str(attempt))
        certifying = here.certify("--link", link)
        if here.stopped_before_the_end(certifying):
            return here, certifying
        certifying.communicate()
    pytest.fail(f"{TRIES} campaigns ended before they could be stopped")


def killed_in_the_middle(place: Path, link: str, whom: str) -> Place:
    """A campaign of which somebody was killed a moment after its first attempt had begun."""
    here, certifying = caught_in_the_middle(place, link)
    (runner,) = here.runners()
    if whom == "group":
        os.killpg(certifying.pid, signal.SIGKILL)
    else:
        os.kill(runner if whom == "runner" else certifying.pid, signal.SIGKILL)
    if whom == "certify":
        os.kill(runner, signal.SIGCONT)
    output, _ = certifying.communicate(timeout=WAIT_S)
    if whom == "runner":
        assert certifying.returncode == BENCH_BROKEN
        assert "--resume" in output
    else:
        assert certifying.returncode == -signal.SIGKILL
    assert not list(here.path.rglob("*.assay"))
    return here


@pytest.mark.parametrize(
    "link, whom",
    [("wire", "certify"), ("memory", "certify"), ("wire", "group"), ("memory", "runner")],
)
def test_a_certify_that_is_killed_is_resumed(
    link: str,
    whom: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """No process is left; resuming ends in a valid bundle that shows the cut, soon enough."""
    here = killed_in_the_middle(tmp_path, link, whom)
    awaited(lambda: not here.processes(), f"left behind: {here.processes()}")
    (directory,) = (here.path / "out").iterdir()
    cut = [each for each in evidence_of(directory).attempts if not each.closed]
    assert len(cut) == 1
    began = time.monotonic()
    resumed = here.certify("--link", link, "--resume")
    output, _ = resumed.communicate(timeout=WAIT_S)
    assert time.monotonic() - began < RESUME_S
    assert "继续中断的自测" in output
    (path,) = here.path.rglob("*.assay")
    bundle = open_bundle(path.read_bytes())
    said = {each.attempt_id: each for each in rejudge(bundle, judge, CASES).judgements}
    name = cut[0].facts.attempt_id
    assert (said[name].verdict, said[name].cause) == (Verdict.INCONCLUSIVE, "bench")
    others = {each.verdict for each in said.values() if each.attempt_id != name}
    assert others == {Verdict.PASS}
    assert resumed.returncode == CONFORMING, output
    monkeypatch.setenv("XDG_CONFIG_HOME", str(here.path / "config"))
    assert cli.main(["verify", str(path)]) == CONFORMING
    assert "intact" in capsys.readouterr().out
    assert cli.main(["rejudge", str(path)]) == CONFORMING
    assert name in capsys.readouterr().out
    page = path.with_suffix(".html").read_text(encoding="utf-8")
    assert f"cut off: {name}" in page
    assert f"中断的测试：{name}" in page
    assert cli.main(["certify", "--resume", "--out", str(here.path / "out")]) == BAD_INPUT
    awaited(lambda: not here.processes(), f"left behind: {here.processes()}")
