"""What is wired and alive, what is missing, and the command that installs it."""

import importlib.util
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from adapters.clock import Clock
from adapters.drivers import DRIVERS
from adapters.errors import BenchBroken
from adapters.events import Direction, Event, Port
from adapters.ifd import private_pcscd, readers
from adapters.ifd.private_pcscd import READER, Missing, PrivatePcscd
from fixtures.bench import bind
from fixtures.emulated.card_at_reader import bc_at_reader
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
# Of a card: its application is selected; of a kiosk: a bill is paid.
VISITS: Mapping[str, str] = {"reference-card": "CD-SEL-04", "kiosk": "HK-001"}
SEED = "doctor"
# What the emulated card is asked for: the directory of its applications (EMV 4.1 Book 1, 11.3).
SELECT_PSE = bytes.fromhex("00A404000E") + b"1PAY.SYS.DDF01" + bytes(1)
READER_WAIT_MS = 5_000
START_OF_DAEMON = "sudo systemctl start pcscd.socket"
LIVES = Title("works", "正常")
MISSING = Title("missing", "缺少")
SILENT = Title("nothing heard", "无应答")
NONE = Title("none", "无")
NOT_READY = Title("not ready", "未就绪")


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One thing looked at: whether it is well, and what to do if it is not."""

    what: str
    well: bool
    said: Title
    remedy: str = ""


def _module(name: str, remedy: str) -> Callable[[], str]:
    return lambda: "" if importlib.util.find_spec(name) else remedy


# What a driver needs beside this release: a probe gives the command that installs it, or nothing.
NEEDS: Mapping[tuple[Port, str], tuple[Callable[[], str], ...]] = {
    (Port.OPERATOR, "ecr"): (_module("serial", "./assay certify"),),
    (Port.OPERATOR, "kiosk-control"): (_module("serial", "./assay certify"),),
}


def drivers() -> Iterator[Diagnosis]:
    """Every driver of the closed table: what is installed; what can be tried here is tried."""
    for at, driver in DRIVERS.items():
        what = f"{at[0].value}: {at[1]}"
        if at in TRIED:
            yield from TRIED[at](what)
        else:
            yield _installed(f"{what} ({driver.zh} / {driver.en})", NEEDS.get(at, ()))


def _installed(what: str, needs: tuple[Callable[[], str], ...]) -> Diagnosis:
    remedies = [remedy for probe in needs if (remedy := probe())]
    return Diagnosis(what, not remedies, MISSING if remedies else LIVES, "; ".join(remedies))


def _reader(what: str) -> Iterator[Diagnosis]:
    """The emulated card through a daemon of our own, then the readers of the system."""
    try:
        private_pcscd.check()
    except Missing as missing:
        yield Diagnosis(f"{what}: {missing.what}", well=False, said=MISSING, remedy=missing.remedy)
        return
    yield _virtual_reader(what)
    yield from _system_readers(f"{what}: 系统的读卡器 / readers of the system")


def _virtual_reader(what: str) -> Diagnosis:
    try:
        with (
            tempfile.TemporaryDirectory() as folder,
            bc_at_reader(SEED) as card,
            PrivatePcscd(card.address, Path(folder), READER_WAIT_MS) as daemon,
        ):
            atr, response = readers.answer(daemon.socket_path, READER, SELECT_PSE, READER_WAIT_MS)
    except BenchBroken as broken:
        return Diagnosis(f"{what}: {READER}", well=False, said=SILENT, remedy=str(broken))
    said = f"ATR {_hex(atr)}, SELECT {_hex(response[-2:])}"
    how = "经由自带的守护程序 / through a daemon of its own"
    return Diagnosis(f"{what}: {said}, {how}", well=True, said=LIVES)


def _system_readers(what: str) -> Iterator[Diagnosis]:
    try:
        found = readers.system_readers(READER_WAIT_MS)
    except BenchBroken as broken:
        # The virtual reader needs no daemon of the system: it is not missed, only told.
        yield Diagnosis(what, well=True, said=NONE, remedy=f"{broken} ({START_OF_DAEMON})")
        return
    if not found:
        yield Diagnosis(what, well=True, said=NONE)
    for each in found:
        card = f"ATR {_hex(each.atr)}" if each.atr else "无卡 / no card"
        yield Diagnosis(f"{what}: {each.name}, {card}", well=True, said=LIVES)


def _hex(data: bytes) -> str:
    return data.hex().upper()


# Drivers that can be tried without any device.
TRIED: Mapping[tuple[Port, str], Callable[[str], Iterator[Diagnosis]]] = {
    (Port.IFD, "pcsc"): _reader,
}


def bench(ixit: Ixit, statement: Ics, clock: Clock) -> Iterator[Diagnosis]:
    """Talk to each port of a bench: a sale at a terminal, a bill at a kiosk, a card selected."""
    try:
        attempt = _visit(ixit, statement, clock, CASES[VISITS.get(statement.device, VISIT)])
    except BenchBroken as broken:
        yield Diagnosis(ixit.iut.device, well=False, said=NOT_READY, remedy=str(broken))
        return
    for port, setting in ixit.ports.items():
        heard = sum(_heard(event, port) for event in attempt.events)
        counted = f"收到{heard}个事件 / {heard} events"
        what = f"{ixit.iut.device}: {port.value}: {setting.driver}, {counted}"
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
