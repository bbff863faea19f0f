"""The launcher and card readers: installed where it may, said aloud where it may not."""

import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

import cli
from adapters.ifd import private_pcscd
from tests.test_setup import loaded_launcher

ROOT = Path(__file__).parent.parent


class Machine:
    """A machine around the launcher: which files it has, what apt does, what was done."""

    def __init__(self, launcher: ModuleType, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.place = place
        self.set_up: list[set[str]] = []
        self.ran: list[list[str]] = []
        self.apt_fails = ""
        self.compiler_fails = ""
        self.launcher = launcher
        self.packages = [*launcher.RUNNING, *launcher.COMPILING]
        for table in ("RUNNING", "COMPILING"):
            files = {name: str(place / name) for name in vars(launcher)[table]}
            monkeypatch.setattr(launcher, table, files)
        monkeypatch.setattr(launcher, "is_ready", self.is_ready)
        monkeypatch.setattr(launcher, "set_up", self.make)
        monkeypatch.setattr(launcher, "run", self.run)
        monkeypatch.setattr("os.geteuid", lambda: 0)
        monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")

    def has(self, *packages: str) -> None:
        for package in packages:
            (self.place / package).touch()

    def is_ready(self, groups: set[str]) -> bool:
        return groups <= (self.set_up[-1] if self.set_up else set())

    def make(self, groups: set[str]) -> None:
        if self.compiler_fails and "bench" in groups:
            raise self.launcher.SetUpFailed(self.compiler_fails)
        self.set_up.append(groups)

    def run(self, step: str, command: list[str]) -> None:
        self.ran.append(command)
        if self.apt_fails:
            raise self.launcher.SetUpFailed(f"{step} ended with exit code 100:\n{self.apt_fails}")
        if "install" in command:
            self.has(*(word for word in command if word in self.packages))


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """A bare machine, root, with apt."""
    return Machine(loaded_launcher(), tmp_path, monkeypatch)


def test_the_launcher_knows_what_the_reader_needs() -> None:
    """Launcher and doctor name the same packages, and look for the driver at one place."""
    launcher = loaded_launcher()
    assert {*launcher.RUNNING, *launcher.COMPILING} == set(private_pcscd.PACKAGES)
    assert launcher.RUNNING["vsmartcard-vpcd"] == str(private_pcscd.VPCD_DRIVER)
    assert launcher.lock(launcher.READER).is_file()
    assert set(launcher.READER_COMMANDS) <= set(launcher.GROUPS_OF_COMMAND)


def test_root_gets_what_is_missing(machine: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    """The tests bring the missing packages, only those, after an update, then the group."""
    machine.has("gcc", "libc6-dev")
    assert machine.launcher.prepare("test") == 0
    update, install = machine.ran
    assert update[-1] == "update"
    assert install[-4:] == ["pcscd", "vsmartcard-vpcd", "python3-dev", "libpcsclite-dev"]
    assert "bench" in machine.set_up[-1]
    assert "no card reader" not in capsys.readouterr().err


def test_a_start_with_everything_asks_nobody(machine: Machine) -> None:
    """Apt is not called where nothing is missing, and a compiler is not missed afterwards."""
    machine.has(*machine.packages)
    assert machine.launcher.prepare("test") == 0
    (machine.place / "gcc").unlink()
    assert machine.launcher.prepare("test") == 0
    assert not machine.ran
    assert ["bench" in groups for groups in machine.set_up] == [False, True]


@pytest.mark.parametrize(
    "why, sudo",
    [(("os.geteuid", lambda: 1000), True), (("shutil.which", lambda _: None), False)],
    ids=["not root", "no apt"],
)
def test_where_nothing_can_be_installed_the_command_is_told(
    machine: Machine,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    why: tuple[str, Callable[..., object]],
    *,
    sudo: bool,
) -> None:
    """One line, in both languages, with what to type; the rest of the tests run without."""
    machine.has("gcc", "libc6-dev", "python3-dev")
    monkeypatch.setattr(*why)
    assert machine.launcher.prepare("test") == 0
    (line,) = capsys.readouterr().err.splitlines()
    names = "pcscd vsmartcard-vpcd libpcsclite-dev"
    command = f"apt-get install -y {names} && ./assay test"
    assert line.endswith(f"sudo {command}" if sudo else f"apt-get update && {command}")
    assert "缺少读卡器环境" in line
    assert not machine.ran
    assert "bench" not in machine.set_up[-1]


def test_an_apt_without_the_package_is_quoted(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    """Apt's last word is in the line, and the tests go on without the group."""
    machine.apt_fails = "Reading package lists...\nE: Unable to locate package vsmartcard-vpcd"
    assert machine.launcher.prepare("test") == 0
    line = capsys.readouterr().err.splitlines()[-1]
    assert "E: Unable to locate package vsmartcard-vpcd; missing: apt-get update" in line
    assert "bench" not in machine.set_up[-1]


def test_a_pyscard_that_cannot_be_compiled_stops_nothing(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    """The last word of the compiler is told, and the command goes on."""
    machine.has(*machine.packages)
    machine.compiler_fails = "installing with uv ended with exit code 1:\n...\nno such header"
    for command in ("test", "doctor"):
        assert machine.launcher.prepare(command) == 0
        assert "exit code 1: no such header" in capsys.readouterr().err
    assert "bench" not in machine.set_up[-1]


def test_doctor_installs_no_package(machine: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    """Doctor takes the group where the packages are; where not, its own report says so."""
    assert machine.launcher.prepare("doctor") == 0
    assert not machine.ran
    assert not capsys.readouterr().err
    machine.has(*machine.packages)
    assert machine.launcher.prepare("doctor") == 0
    assert "bench" in machine.set_up[-1]


@pytest.mark.parametrize("command", ["certify", "verify", "cases"])
def test_other_commands_care_for_no_reader(machine: Machine, command: str) -> None:
    """Nobody compiles a reader's library to check a bundle or to test a terminal."""
    machine.has(*machine.packages)
    assert machine.launcher.prepare(command) == 0
    assert not any("bench" in groups for groups in machine.set_up)


@pytest.mark.parametrize("found, environment", [("here", "py-reader"), (None, "py")])
def test_tox_gets_a_reader_where_the_launcher_could_provide_one(
    monkeypatch: pytest.MonkeyPatch, found: str | None, environment: str
) -> None:
    """The environment of the tests has pyscard exactly where .venv has it."""
    ran: list[tuple[str, ...]] = []

    class Done:
        returncode = 0

    def run(command: tuple[str, ...], **_: object) -> Done:
        ran.append(command)
        return Done()

    monkeypatch.setattr("importlib.util.find_spec", lambda _: found)
    monkeypatch.setattr("subprocess.run", run)
    assert cli.main(["test"]) == 0
    assert ran == [(sys.executable, "-m", "tox", "run", "-e", f"lint,judge,{environment}")]
    assert "    reader: -r requirements/bench.lock\n" in (ROOT / "tox.ini").read_text("utf-8")
