"""The doctor: what works, what is missing, and what to do."""

import socket
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

import cli
from adapters.clock import SystemClock
from adapters.drivers import DRIVERS
from adapters.errors import BenchBroken
from adapters.ifd import private_pcscd
from adapters.ifd.readers import Reader
from fixtures import ics, ixit
from reports import doctor
from suites.exit_codes import BENCH_BROKEN, CONFORMING
from tests.adapters.ifd.virtual_reader import need_reader


def test_every_driver_is_looked_at() -> None:
    """No driver of the closed table is passed over, and whatever is missing has its command."""
    found = list(doctor.drivers())
    said = " ".join(each.what for each in found)
    assert all(f"{port.value}: {name}" in said for port, name in DRIVERS)
    assert all(each.remedy for each in found if not each.well)


def about_the_reader() -> list[doctor.Diagnosis]:
    return [each for each in doctor.drivers() if each.what.startswith("ifd: pcsc")]


def test_a_reader_that_cannot_be_started_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without pcscd that is the one thing said, with the command that brings all it takes."""
    monkeypatch.setattr(private_pcscd.shutil, "which", lambda *_, **__: None)
    (missing,) = about_the_reader()
    assert not missing.well
    assert missing.what == "ifd: pcsc: pcscd"
    assert "apt-get install -y pcscd vsmartcard-vpcd" in missing.remedy
    assert missing.remedy.endswith("&& ./assay doctor")


def test_a_reader_is_tried_with_a_card() -> None:
    """Where everything is installed the emulated card answers through a daemon of our own."""
    need_reader()
    tried = about_the_reader()[0]
    assert tried.well
    assert tried.what.startswith("ifd: pcsc: ATR 3B65000050424F4332, SELECT 9000, ")
    assert tried.what.endswith("through a daemon of its own")


class StandIns:
    """A machine with everything installed, its card and daemon made of nothing."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.found: tuple[Reader, ...] = ()
        self.no_daemon = ""
        self.no_answer = ""
        here = nullcontext(SimpleNamespace(address=("127.0.0.1", 1), socket_path=Path("pcscd")))
        monkeypatch.setattr(doctor.private_pcscd, "check", lambda: Path("/usr/sbin/pcscd"))
        monkeypatch.setattr(doctor, "bc_at_reader", lambda _: here)
        monkeypatch.setattr(doctor, "PrivatePcscd", lambda *_: here)
        monkeypatch.setattr(doctor.readers, "answer", self.answer)
        monkeypatch.setattr(doctor.readers, "system_readers", self.system_readers)

    def answer(self, *_: object) -> tuple[bytes, bytes]:
        if self.no_answer:
            raise BenchBroken(self.no_answer)
        return bytes.fromhex("3B00"), bytes.fromhex("6F009000")

    def system_readers(self, _: int) -> tuple[Reader, ...]:
        if self.no_daemon:
            raise BenchBroken(self.no_daemon)
        return self.found


def test_the_systems_readers_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each with its card; a system without any says so."""
    machine = StandIns(monkeypatch)
    machine.found = (Reader("ACR 00 00", bytes.fromhex("3B6500")), Reader("ACR 01 00", b""))
    tried, *listed = about_the_reader()
    assert "ATR 3B00, SELECT 9000" in tried.what
    assert [each.what.rpartition("system: ")[2] for each in listed] == [
        "ACR 00 00, ATR 3B6500",
        "ACR 01 00, 无卡 / no card",
    ]
    machine.found = ()
    assert [each.said.en for each in about_the_reader()] == ["works", "none"]


def test_no_daemon_of_the_system_is_told_and_not_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who has a real reader reads what to start."""
    machine = StandIns(monkeypatch)
    machine.no_daemon = "PC/SC daemon: Service not available."
    told = about_the_reader()[1]
    assert told.well
    assert told.said.en == "none"
    assert "Service not available" in told.remedy
    assert "systemctl start pcscd.socket" in told.remedy


def test_a_reader_that_does_not_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Installed and silent is not missing; the cause is there."""
    machine = StandIns(monkeypatch)
    machine.no_answer = "pcscd ended with 1"
    silent = about_the_reader()[0]
    assert not silent.well
    assert (silent.said.en, silent.remedy) == ("nothing heard", "pcscd ended with 1")


def test_a_living_bench_answers_at_every_port(capsys: pytest.CaptureFixture[str]) -> None:
    """The emulated device on its wires is heard at card, host and register."""
    assert cli.main(["doctor"]) == CONFORMING
    said = capsys.readouterr().out
    assert all(f"direct-pos: {port}" in said for port in ("icc", "host.T", "operator"))
    assert "nothing heard" not in said


def test_a_device_that_is_not_there_is_said_to_be_silent(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """The exit code says that the bench is broken, the text at which port nothing was heard."""
    text = ixit.IN_MEMORY.read_text(encoding="utf-8")
    text = text.replace("../ics", str(ixit.IN_MEMORY.parent.parent / "ics"))
    bench = tmp_path / "bench.toml"
    absent = 'emulated = "direct-pos"\ndefect = "absent"'
    bench.write_text(text.replace('emulated = "direct-pos"', absent), encoding="utf-8")
    assert cli.main(["doctor", "--bench", str(bench)]) == BENCH_BROKEN
    assert capsys.readouterr().out.count("nothing heard") == 4


@pytest.mark.parametrize("port", ["icc", "host.T"])
def test_an_address_that_is_taken_is_named_by_its_key(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, port: str
) -> None:
    """Whoever wrote the bench file reads which line of it to change."""
    text = ixit.EMULATED.read_text(encoding="utf-8")
    text = text.replace("../ics", str(ixit.EMULATED.parent.parent / "ics"))
    table, listen = f"[{port}]", 'listen = "127.0.0.1:0"'
    before, _, after = text.partition(table)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        changed = after.replace(listen, f'listen = "{address}"', 1)
        bench = tmp_path / "bench.toml"
        bench.write_text(f"{before}{table}{changed}", encoding="utf-8")
        assert cli.main(["doctor", "--bench", str(bench)]) == BENCH_BROKEN
    said = capsys.readouterr().out
    assert "not ready: direct-pos: bench.toml: " in said
    assert f"{port}.listen: nobody can listen at {address}: Address already in use" in said


def test_a_bench_that_cannot_be_bound_is_one_diagnosis() -> None:
    """A real device cannot be joined in memory: told in the words of the bench file."""
    setting = ixit.read(ixit.IN_MEMORY)
    unknown = replace(setting, iut=replace(setting.iut, emulated=""))
    found = list(doctor.bench(unknown, ics.read(setting.ics_path), SystemClock()))
    assert [each.well for each in found] == [False]
    assert "only an emulated device can be joined in memory" in found[0].remedy


def test_a_card_is_visited_by_a_selection() -> None:
    """A bench at a card hears from the card and does its own acts."""
    setting = ixit.read(ixit.CARD_IN_MEMORY)
    found = list(doctor.bench(setting, ics.read(setting.ics_path), SystemClock()))
    assert len(found) == 2
    assert all(each.well for each in found)


def test_a_kiosk_is_visited_by_a_bill() -> None:
    """Card, host, biller and control line are all heard."""
    setting = ixit.read(ixit.KIOSK_IN_MEMORY)
    found = list(doctor.bench(setting, ics.read(setting.ics_path), SystemClock()))
    assert len(found) == len(setting.ports) == 4
    assert all(each.well for each in found)
