"""A campaign whose acts a person does: a scripted one, at a terminal, for a device on wires."""

import os
import re
import subprocess
import sys
import threading
import tty
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from adapters.operator.ecr import EcrOperator
from fixtures import ixit
from reports.bundle import open_bundle
from suites.exit_codes import BENCH_BROKEN, CONFORMING
from suites.readings.operator_session import acts
from suites.readings.sale import money

ROOT = Path(__file__).parent.parent
BY_HAND = ixit.DATA / "by-hand.toml"
LINE = re.compile(r"register line: (\S+)")
# What the person is asked, in English, and what is done at the device's register for it.
ACTS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\] Sign the terminal on"), "sign on"),
    (re.compile(r"\] Start a sale of (\d+)\.(\d\d) and insert"), "purchase"),
    (re.compile(r"\] Let the terminal send what it still owes"), "settle pending"),
)
ASKED = re.compile(r"\] [^\r\n]*[\r\n](?:[^\r\n]*[\r\n])*?[^\r\n]*\(\d+ s\)")


@dataclass
class Person:
    """Reads what is asked, does it at the register of the device, and types what came of it."""

    own: int
    answers: bool = True
    seen: str = ""
    typed: list[str] = field(default_factory=list)
    registers: list[EcrOperator] = field(default_factory=list)

    def work(self) -> None:
        """Until nobody asks any more."""
        handled = 0
        while True:
            try:
                received = os.read(self.own, 4096)
            except OSError:
                return
            self.seen += received.decode("utf-8", "replace")
            for found in ASKED.finditer(self.seen, handled):
                handled = found.end()
                self.answer(found[0])

    def answer(self, asked: str) -> None:
        if not self.answers:
            return
        for pattern, verb in ACTS:
            if found := pattern.search(asked):
                sums = [int("".join(found.groups()))] if found.groups() else []
                report = self.register.perform(verb, dict(zip(("amount",), sums, strict=False)))
                word = {"ACKNOWLEDGED": "1"}.get(str(report["outcome"]), str(report["outcome"]))
                line = " ".join((word, *(money(each) for each in sums), "ok"))
                self.typed.append(line)
                os.write(self.own, f"{line}\n".encode())

    @property
    def register(self) -> EcrOperator:
        """The device's line, of which the person was told."""
        if not self.registers:
            (name,) = LINE.findall(self.seen)
            self.registers.append(EcrOperator(name, 10))
        return self.registers[0]


@pytest.fixture
def terminal() -> Iterator[tuple[int, int]]:
    own, other = os.openpty()
    tty.setraw(other)
    yield own, other
    os.close(own)
    os.close(other)


def certified(
    place: Path, terminal: tuple[int, int], person: Person, bench: Path, runner: str = "pytest"
) -> subprocess.CompletedProcess[bytes]:
    threading.Thread(target=person.work, daemon=True).start()
    return subprocess.run(
        (
            *(sys.executable, str(ROOT / "cli.py"), "certify", "--practice"),
            *("--bench", str(bench), "--case", "CT-PR-016", "--out", str(place / "out")),
            *("--runner", runner),
        ),
        env={**os.environ, "XDG_CONFIG_HOME": str(place / "config")},
        cwd=ROOT,
        stdin=terminal[1],
        stdout=terminal[1],
        stderr=subprocess.PIPE,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize("runner", ["pytest", "robot"])
def test_a_person_certifies_a_device_on_wires(
    tmp_path: Path, terminal: tuple[int, int], runner: str
) -> None:
    """Asked in both languages, answered in words; the verdict rests on what was asserted."""
    person = Person(terminal[0])
    ran = certified(tmp_path, terminal, person, BY_HAND, runner)
    assert ran.returncode == CONFORMING, person.seen + ran.stderr.decode()
    assert [each.split()[0] for each in person.typed][:2] == ["SIGNED_ON", "APPROVED"]
    for expected in ("终端签到", "Sign the terminal on", "发起消费", "Start a sale of"):
        assert expected in person.seen
    (path,) = (tmp_path / "out").glob("*/*.assay")
    (attempt,) = open_bundle(path.read_bytes()).evidence.attempts
    assert attempt.facts.fidelity["operator"] == "asserted-by-operator"
    (sale,) = [each for each in acts(attempt) if each.verb == "purchase"]
    assert sale.report["outcome"] == "APPROVED"
    assert sale.report["amount"] == sale.arguments["amount"]
    assert sale.report["screen"] == "ok"
    assert isinstance(sale.report["answered-ms"], int)


def test_a_person_who_does_not_answer_is_bench_trouble(
    tmp_path: Path, terminal: tuple[int, int]
) -> None:
    """Named in the evidence; it says nothing about the device."""
    bench = tmp_path / "bench.toml"
    text = BY_HAND.read_text(encoding="utf-8").replace("act_seconds = 600", "act_seconds = 1")
    bench.write_text(text.replace("../ics", str(ixit.DATA.parent / "ics")), encoding="utf-8")
    person = Person(terminal[0], answers=False)
    ran = certified(tmp_path, terminal, person, bench)
    assert ran.returncode == BENCH_BROKEN, person.seen + ran.stderr.decode()
    (path,) = (tmp_path / "out").glob("*/*.assay")
    (attempt,) = open_bundle(path.read_bytes()).evidence.attempts
    assert attempt.trouble is not None
    assert (attempt.trouble.cause, attempt.trouble.ours) == ("operator-silent", True)
