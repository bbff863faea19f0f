"""An emulated device that runs by itself is tested like any device at the end of wires."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import cli
from fixtures import ixit
from fixtures.emulated import devices
from reports.bundle import open_bundle
from suites.exit_codes import BAD_INPUT, BENCH_BROKEN, CONFORMING, INCOMPLETE, NOT_CONFORMING

ROOT = Path(__file__).parent.parent


class Emulated:
    """A running `emulate`, and the bench file that reaches it."""

    def __init__(self, place: Path, device: str, *words: str) -> None:
        self._process = subprocess.Popen(
            (sys.executable, str(ROOT / "cli.py"), "emulate", device, *words),
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        _, wires = self._process.stdout.readline().strip().split(": ", 1)
        port = self._process.stdout.readline().strip().removeprefix("operator.port = ")
        text = ixit.BY_DEVICE[device].read_text(encoding="utf-8")
        text = text.replace("../ics", str(ixit.EMULATED.parent.parent / "ics"))
        text = text.replace(f'emulated = "{device}"', 'emulated = ""')
        for each in wires.split(", "):
            text = text.replace('"127.0.0.1:0"', each.split(" = ")[1], 1)
        if device == "indirect-pos":
            told = self._process.stdout.readline().strip().removeprefix("host.T.")
            text = text.replace('driver = "relay"', f'{told}\ndriver = "relay"')
        self.bench = place / "bench.toml"
        for driver in ("ecr", "kiosk-control"):
            text = text.replace(f'driver = "{driver}"', f'port = {port}\ndriver = "{driver}"')
        self.bench.write_text(text, encoding="utf-8")

    def stop(self) -> None:
        self._process.kill()
        self._process.communicate()


# A case is enough to see that the wires lead there.
CASE_OF = {"direct-pos": "CT-TRM-003", "indirect-pos": "CT-TRM-003", "kiosk": "HK-027"}


@pytest.fixture
def key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


# One test for all: the ports a device by itself looks for are fixed.
@pytest.mark.usefixtures("key")
def test_a_device_by_itself_is_reached_by_its_wires(tmp_path: Path) -> None:
    """It conforms, is not marked as emulated, and with a defect it does not conform."""
    for name, words, expected in (
        ("direct-pos", (), CONFORMING),
        ("direct-pos", ("--defect", "floor-limit-not-checked"), NOT_CONFORMING),
        ("indirect-pos", (), CONFORMING),
        ("indirect-pos", ("--defect", "floor-limit-not-checked"), NOT_CONFORMING),
        ("kiosk", ("--defect", "cvm-never-goes-on"), INCOMPLETE),
    ):
        place = tmp_path / f"{name}-{expected}"
        place.mkdir()
        device = Emulated(place, name, *words)
        try:
            code = cli.main(
                [
                    *("certify", "--practice", "--case", CASE_OF[name]),
                    *("--bench", str(device.bench), "--out", str(place)),
                ]
            )
        finally:
            device.stop()
        campaign = open_bundle(next(place.rglob("*.assay")).read_bytes()).evidence.campaign
        assert code == expected
        assert not campaign.emulated
        assert "asked for with --practice" in campaign.practice


@pytest.mark.usefixtures("key")
def test_a_device_that_is_not_there_is_no_verdict(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A register line that nobody holds is a broken bench, said with its name."""
    text = ixit.EMULATED.read_text(encoding="utf-8")
    text = text.replace("../ics", str(ixit.EMULATED.parent.parent / "ics"))
    text = text.replace('emulated = "direct-pos"', 'emulated = ""')
    bench = tmp_path / "bench.toml"
    for port, said in (
        ("", "operator.port"),
        ('\nport = "/dev/tty-not-there"', "/dev/tty-not-there"),
    ):
        bench.write_text(
            text.replace('settings = "ecr"', f'settings = "ecr"{port}'), encoding="utf-8"
        )
        assert cli.main(["doctor", "--bench", str(bench)]) == BENCH_BROKEN
        assert said in capsys.readouterr().out
        words = ["certify", "--practice", "--bench", str(bench), "--out", str(tmp_path / "out")]
        assert cli.main(words) == BENCH_BROKEN


def test_a_defect_that_does_not_exist_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """The message lists what there is."""
    assert cli.main(["emulate", "direct-pos", "--defect", "gremlins"]) == BAD_INPUT
    assert "nearest: " in capsys.readouterr().err


def test_what_can_be_emulated_has_a_bench() -> None:
    """The command offers exactly the devices whose bench is known, each of them in the table."""
    assert set(cli.EMULATED) == set(ixit.BY_DEVICE)
    for name, path in ixit.BY_DEVICE.items():
        assert ixit.read(path).iut.emulated == name
        assert name in devices.DEVICES
