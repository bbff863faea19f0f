"""The doctor: what works, what is missing, and what to do."""

from dataclasses import replace
from pathlib import Path

import pytest

import cli
from adapters.clock import SystemClock
from adapters.drivers import DRIVERS
from fixtures import ics, ixit
from reports import doctor
from suites.exit_codes import BENCH_BROKEN, CONFORMING


def test_every_driver_is_looked_at() -> None:
    """No driver of the closed table is passed over, and whatever is missing has its command."""
    found = list(doctor.drivers())
    said = " ".join(each.what for each in found)
    assert all(f"{port.value}: {name}" in said for port, name in DRIVERS)
    assert all(each.remedy for each in found if not each.well)


def test_what_is_missing_is_told_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without pcscd the command that installs it is named."""
    monkeypatch.setattr(doctor.shutil, "which", lambda _: None)
    (pcscd,) = (each for each in doctor.drivers() if each.what == "ifd: pcscd")
    assert not pcscd.well
    assert pcscd.remedy == "apt-get install pcscd"


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


def test_a_bench_that_cannot_be_bound_is_one_diagnosis() -> None:
    """A real device cannot be joined in memory: told in the words of the bench file."""
    setting = ixit.read(ixit.IN_MEMORY)
    unknown = replace(setting, iut=replace(setting.iut, emulated=""))
    found = list(doctor.bench(unknown, ics.read(setting.ics_path), SystemClock()))
    assert [each.well for each in found] == [False]
    assert "only an emulated device can be joined in memory" in found[0].remedy
