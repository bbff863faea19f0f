"""F22, F23: two benches for one device or journal, and an upgrade in the middle of a campaign."""

import socket
from dataclasses import replace
from pathlib import Path

import pytest

import cli
from adapters.clock import SystemClock
from adapters.errors import RecorderFailed
from adapters.journal_client import Journal
from fixtures import ixit
from reports import resuming, self_test
from reports.keyring.station import ready
from reports.resuming import ResumeRefused
from suites.campaign import JOURNAL, journal_of
from suites.exit_codes import BENCH_BROKEN
from suites.records import Release
from tests.faults.campaigns import request, resume, walk
from tests.faults.killed import POINTS, befallen


def test_a_second_bench_on_one_journal_is_refused(tmp_path: Path) -> None:
    """While one process writes a campaign nobody else goes on with it, and nothing is added."""
    asked = request(tmp_path)
    self_test.begin(asked, SystemClock())
    before = journal_of(asked.directory)
    with Journal(asked.directory / JOURNAL):
        for second in (resume, walk):
            with pytest.raises(RecorderFailed, match="another process is writing it"):
                second(asked)
    assert journal_of(asked.directory) == before


@pytest.mark.parametrize("port", ["icc", "host.T"])
def test_a_port_in_use_is_said_by_the_key_of_the_bench_file(
    port: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """The second bench says which line of its file names the port that the first one has."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    text = ixit.EMULATED.read_text(encoding="utf-8")
    text = text.replace("../ics", str(ixit.EMULATED.parent.parent / "ics"))
    with socket.create_server(("127.0.0.1", 0)) as first:
        taken = f"127.0.0.1:{first.getsockname()[1]}"
        head, _, tail = text.partition(f"[{port}]")
        bench = tmp_path / "second.toml"
        listen = tail.replace("127.0.0.1:0", taken, 1)
        bench.write_text(f"{head}[{port}]{listen}", encoding="utf-8")
        words = ["certify", "--bench", str(bench), "--out", str(tmp_path / "out")]
        assert cli.main(words) == BENCH_BROKEN
    told = "".join(capfd.readouterr())
    assert f"second.toml: {port}.listen: nobody can listen at {taken}" in told
    assert "端口被占用" in told


CHANGES = {
    "release": {"version": "0.2.0"},
    "judge": {"judge_digest": "0" * 64},
    "commit": {"commit": "0" * 40},
}


@pytest.mark.parametrize("what", CHANGES)
def test_an_upgrade_in_the_middle_is_refused(
    what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was begun with one release is not gone on with by another, and stays as it is."""
    asked = request(tmp_path)
    assert befallen(tmp_path, POINTS["first attempt, a later event"])
    before = journal_of(asked.directory)
    with monkeypatch.context() as upgraded:
        now: Release = replace(resuming.release(), **CHANGES[what])  # type: ignore[arg-type]  # a table
        upgraded.setattr(resuming, "release", lambda: now)
        with pytest.raises(ResumeRefused, match="the release is not the one"):
            resume(asked)
    assert journal_of(asked.directory) == before
    assert resume(asked).bundle.is_file()


def test_another_statement_or_device_is_refused(tmp_path: Path) -> None:
    """The same for what the device claims, how long it may take, and who holds the key."""
    asked = request(tmp_path)
    self_test.begin(asked, SystemClock())
    fewer = replace(asked.ics, claims=frozenset(list(asked.ics.claims)[1:]))
    slower = replace(asked.ixit, limits=replace(asked.ixit.limits, act_seconds=99))
    for what, changed in (
        ("ICS", replace(asked, ics=fewer)),
        ("limits", replace(asked, ixit=slower)),
        ("station key", replace(asked, signer=ready(tmp_path / "other", SystemClock()))),
    ):
        with pytest.raises(ResumeRefused, match=f"the {what} is not the one"):
            resume(changed)
