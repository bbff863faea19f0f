"""What is wired and alive, what is missing, and the command that installs it."""

import importlib.util
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from adapters.clock import Clock
from adapters.drivers import DRIVERS
from adapters.errors import BenchBroken
from adapters.events import Direction, Event, Port
from fixtures.bench import bind
from fixtures.ics import Ics
from fixtures.ixit import Ixit
from suites.attempt import Attempt
from suites.case import Case
from suites.catalogue import CASES
from suites.executor import execute
from suites.selection import symbols
from suites.unrecorded import execution
from suites.words import Title

# What talks to every port of a terminal: any run with a sale will do.
VISIT = "CT-PR-016"
SEED = "doctor"
VPCD_DRIVER = Path("/usr/lib/pcsc/drivers/serial/libifdvpcd.so")
LIVES = Title("works", "正常")
MISSING = Title("missing", "缺少")
SILENT = Title("nothing heard", "无应答")


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One thing looked at: whether it is well, and what to do if it is not."""

    what: str
    well: bool
    said: Title
    remedy: str = ""


def _module(name: str, remedy: str) -> Callable[[], str]:
    return lambda: "" if importlib.util.find_spec(name) else remedy


def _program(name: str, remedy: str) -> Callable[[], str]:
    return lambda: "" if shutil.which(name) else remedy


# What a driver needs beside this release: a probe gives the command that installs it, or nothing.
NEEDS: Mapping[tuple[Port, str], tuple[Callable[[], str], ...]] = {
    (Port.OPERATOR, "ecr"): (_module("serial", "./assay certify"),),
}
# A card in a reader, for issuers: not needed by any terminal bench.
READER: tuple[tuple[str, Callable[[], str]], ...] = (
    ("pcscd", _program("pcscd", "apt-get install pcscd")),
    (
        "vpcd",
        lambda: "" if VPCD_DRIVER.is_file() else "apt-get install vsmartcard-vpcd",
    ),
    (
        "pyscard",
        _module(
            "smartcard",
            "apt-get install gcc libc6-dev python3-dev libpcsclite-dev &&"
            " .venv/bin/python -m uv pip install --require-hashes -r requirements/bench.lock",
        ),
    ),
)


def drivers() -> Iterator[Diagnosis]:
    """Every driver of the closed table, and the reader for cards."""
    for (port, name), driver in DRIVERS.items():
        remedies = [remedy for probe in NEEDS.get((port, name), ()) if (remedy := probe())]
        yield _diagnosis(f"{port.value}: {name} ({driver.zh} / {driver.en})", remedies)
    for name, probe in READER:
        remedy = probe()
        yield _diagnosis(f"ifd: {name}", [remedy] if remedy else [])


def _diagnosis(what: str, remedies: list[str]) -> Diagnosis:
    return Diagnosis(what, not remedies, MISSING if remedies else LIVES, "; ".join(remedies))


def bench(ixit: Ixit, statement: Ics, clock: Clock) -> Iterator[Diagnosis]:
    """Talk to each port of a bench: sign the device on and start a sale; nothing is recorded."""
    try:
        attempt = _visit(ixit, statement, clock, CASES[VISIT])
    except BenchBroken as broken:
        yield Diagnosis(f"{ixit.iut.device}", well=False, said=MISSING, remedy=str(broken))
        return
    for port, setting in ixit.ports.items():
        heard = sum(_heard(event, port) for event in attempt.events)
        what = f"{ixit.iut.device}: {port.value}: {setting.driver}, {heard} events"
        trouble = attempt.trouble.message if attempt.trouble and not heard else ""
        yield Diagnosis(what, bool(heard), LIVES if heard else SILENT, trouble)
    if attempt.trouble:
        yield Diagnosis(ixit.iut.device, well=False, said=SILENT, remedy=attempt.trouble.message)


def _heard(event: Event, port: Port) -> bool:
    return event.port is port and event.direction is Direction.FROM_IUT


def _visit(ixit: Ixit, statement: Ics, clock: Clock, case: Case) -> Attempt:
    joined = bind(ixit, statement, clock, SEED)
    values = symbols(statement, joined.terminal_date)
    return execute(execution(case, "", statement, ixit, values, SEED), joined)


def as_text(found: list[Diagnosis]) -> str:
    """One line each, Chinese first."""
    return "\n".join(
        f"{each.said.zh} / {each.said.en}: {each.what}{f': {each.remedy}' if each.remedy else ''}"
        for each in found
    )
