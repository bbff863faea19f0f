"""F5 to F8: disks that are full, ill, read-only or gone, and bits that flip while nobody looks."""

import errno
import os
import random
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import cli
from adapters.chain_log import recover
from adapters.clock import SystemClock
from adapters.disk import Folder
from adapters.errors import RecorderFailed
from adapters.journal_client import Journal
from adapters.journal_writer import RESERVE_SIZE
from reports import self_test
from reports.bundle import open_bundle
from reports.container import BundleRefused
from reports.resuming import NothingToResume, ResumeRefused
from reports.signature import key_directory
from suites.campaign import JOURNAL, evidence_of, journal_of
from suites.evidence import EvidenceRefused
from suites.exit_codes import EVIDENCE_CANNOT_BE_WRITTEN
from suites.records import StoppedRecord
from tests.faults import killed
from tests.faults.campaigns import (
    RUNS,
    Judged,
    certify,
    honest_about_the_cut,
    request,
    resume,
    walk,
)

FLIPS = 600
ROOT = Path(__file__).parents[2]
# For a file: less than an attempt takes.
LIMIT = 12_000
# Room for a part of what is attempted once identity and plan are written; then for all of it.
LITTLE = 28_000
PLENTY = 4 << 20
IO_ERROR = OSError(errno.EIO, os.strerror(errno.EIO))


def mounted(*words: str) -> bool:
    if shutil.which("mount") is None:
        return False
    return not subprocess.run(("mount", *words), check=False, capture_output=True).returncode


def begun_size(place: Path) -> int:
    """Bytes of identity and plan."""
    asked = request(place)
    self_test.begin(asked, SystemClock())
    return len(journal_of(asked.directory))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own with little room; skips where that may not be mounted."""
    place = tmp_path / "small"
    place.mkdir()
    size = RESERVE_SIZE + begun_size(tmp_path / "elsewhere") + LITTLE
    if not mounted("-t", "tmpfs", "-o", f"size={size}", "none", str(place)):
        pytest.skip("NO SMALL DISK HERE: mounting a tmpfs needs root")
    yield place
    subprocess.run(("umount", "--lazy", str(place)), check=True)


def test_a_disk_that_becomes_full_stops_the_campaign(
    small_disk: Path, tmp_path: Path, undisturbed: Judged
) -> None:
    """It leaves its last words; with room again it is resumed, and says what interrupted it."""
    asked = request(small_disk, station=str(tmp_path / "station"))
    with pytest.raises(RecorderFailed, match="No space left"):
        certify(asked)
    assert not list(small_disk.rglob("*.assay"))
    before = journal_of(asked.directory)
    stopped = evidence_of(asked.directory)
    assert stopped.interruptions == (StoppedRecord("disk-full"),)
    assert not stopped.attempts[-1].closed
    assert mounted("-o", f"remount,size={PLENTY}", str(small_disk))
    sealed = resume(asked)
    found = honest_about_the_cut(sealed, before, undisturbed)
    assert len(found.cut) == 1
    assert len(found.bundle.evidence.interruptions) == 2
    assert "停止：disk-full" in sealed.page.read_text(encoding="utf-8")


@pytest.mark.parametrize("runner", ["pytest", "robot"])
def test_certify_ends_with_74_in_the_middle_of_an_attempt(
    runner: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, undisturbed: Judged
) -> None:
    """Whoever walks the plan: what cannot be written ends it there, closes and seals nothing."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    asked = replace(request(tmp_path, station=str(key_directory(os.environ))), runner=runner)
    self_test.begin(asked, SystemClock())
    words = ("certify", "--resume", "--link", "memory", "--out", str(tmp_path / "out"))
    ran = subprocess.run(
        (sys.executable, str(ROOT / "cli.py"), *words),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (LIMIT, LIMIT)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == EVIDENCE_CANNOT_BE_WRITTEN, ran.stdout + ran.stderr
    assert "File too large" in ran.stdout + ran.stderr
    assert not list(tmp_path.rglob("*.assay"))
    before = journal_of(asked.directory)
    assert b'"record":"event"' in before
    assert b'"record":"close"' not in before
    honest_about_the_cut(resume(asked), before, undisturbed)


def test_a_read_only_disk_begins_nothing(
    small_disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is attempted where nothing can be written, and the code says why."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    assert mounted("-o", "remount,ro", str(small_disk))
    words = ["certify", "--link", "memory", "--out", str(small_disk / "out")]
    assert cli.main(words) == EVIDENCE_CANNOT_BE_WRITTEN


def test_a_place_that_is_no_folder_begins_nothing(tmp_path: Path) -> None:
    """The same where a file stands in the way: our trouble, told by its name."""
    asked = request(tmp_path)
    asked.directory.parent.write_bytes(b"")
    with pytest.raises(RecorderFailed, match="证据无法写入"):
        certify(asked)


class Failing:
    """Lets a call through so many times; then it fails, once, and ever after if it is to."""

    def __init__(self, call: Callable[..., object], at: int, failure: Exception) -> None:
        self._call = call
        self._left = at
        self._failure = failure

    def __call__(self, *arguments: object) -> object:
        self._left -= 1
        if self._left < 0:
            raise self._failure
        return self._call(*arguments)


def _as_method(call: Callable[..., object]) -> Callable[..., object]:
    """What a class can hold: an object that can be called is no method."""

    def method(*arguments: object) -> object:
        return call(*arguments)

    return method


@pytest.mark.parametrize("at", [0, 1, 2, 3], ids="{} syncs".format)
def test_a_ledger_that_cannot_be_synced_stops_the_campaign(
    at: int, tmp_path: Path, undisturbed: Judged, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An I/O error under the ledger: nothing is attempted or closed after it."""
    asked = request(tmp_path)
    with monkeypatch.context() as ill:
        ill.setattr(os, "fdatasync", Failing(os.fdatasync, at, IO_ERROR))
        with pytest.raises(RecorderFailed, match="台账无法写入"):
            certify(asked)
    before = journal_of(asked.directory)
    assert b'"record":"end"' not in before
    assert not list(tmp_path.rglob("*.assay"))
    honest_about_the_cut(resume(asked), before, undisturbed)


# So many records say what will be done: identity, runs, and what is left out.
PLANNED = 1 + len(RUNS) + killed.LEFT_OUT


@pytest.mark.parametrize("call, at", [("append", PLANNED + 24), ("sync", 2), ("sync", 3)])
def test_a_journal_that_fails_stops_the_campaign(
    call: str, at: int, tmp_path: Path, undisturbed: Judged, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A write or sync that is refused ends the campaign there; nothing is closed after it."""
    asked = request(tmp_path)
    failure = RecorderFailed("Input/output error")
    failing = Failing(getattr(Journal, call), at, failure)
    with monkeypatch.context() as ill:
        ill.setattr(Journal, call, _as_method(failing))
        with pytest.raises(RecorderFailed, match="Input/output error"):
            certify(asked)
    before = journal_of(asked.directory)
    honest_about_the_cut(resume(asked), before, undisturbed)


def test_a_folder_that_is_deleted_stops_the_campaign(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Evidence that is being deleted is noticed before the attempt closes; nothing is sealed."""
    asked = request(tmp_path)
    self_test.begin(asked, SystemClock())
    append, count = Journal.append, iter(range(1000))

    def deleting(journal: Journal, record: dict[str, object]) -> bytes:
        if next(count) == 20:
            shutil.rmtree(asked.directory)
        return append(journal, record)  # type: ignore[arg-type]  # handed through

    monkeypatch.setattr(Journal, "append", deleting)
    with pytest.raises(RecorderFailed, match="No such file"):
        walk(asked)
    monkeypatch.undo()
    with pytest.raises(NothingToResume):
        resume(asked)
    assert not list(tmp_path.rglob("*.assay"))


def test_a_bit_that_flips_in_a_journal_ends_it_there(tmp_path: Path) -> None:
    """Whatever bit of a recorded campaign flips, what is read is a prefix of what was written."""
    asked = request(tmp_path)
    self_test.begin(asked, SystemClock())
    walk(asked)
    whole = journal_of(asked.directory)
    folder = asked.directory / JOURNAL
    files = sorted(folder.glob("*.log"))
    chance = random.Random("flips")
    sizes = [path.stat().st_size for path in files]
    for _ in range(FLIPS):
        (path,) = chance.choices(files, sizes)
        good = path.read_bytes()
        at, bit = chance.randrange(len(good)), chance.randrange(8)
        path.write_bytes(good[:at] + bytes((good[at] ^ 1 << bit,)) + good[at + 1 :])
        found = recover(Folder(folder))
        left = b"".join(line + b"\n" for line in found.lines)
        path.write_bytes(good)
        assert whole.startswith(left)
        assert left != whole
        assert found.lost > 0


def test_a_campaign_with_a_flipped_bit_is_honest_about_it(tmp_path: Path) -> None:
    """The ledger tells of what the journal has lost: nobody goes on as if that had not been."""
    asked = request(tmp_path)
    self_test.begin(asked, SystemClock())
    walk(asked)
    segment = asked.directory / JOURNAL / "000002.log"
    data = bytearray(segment.read_bytes())
    data[len(data) // 4] ^= 1
    segment.write_bytes(data)
    assert not evidence_of(asked.directory).attempts[-1].closed
    with pytest.raises(ResumeRefused, match="stands in the ledger alone"):
        resume(asked)


def test_a_journal_whose_first_record_is_damaged_is_no_campaign(tmp_path: Path) -> None:
    """Nothing is left of it that could be gone on with."""
    asked = request(tmp_path)
    self_test.begin(asked, SystemClock())
    segment = asked.directory / JOURNAL / "000001.log"
    segment.write_bytes(b"\xff" + segment.read_bytes()[1:])
    with pytest.raises(EvidenceRefused):
        evidence_of(asked.directory)
    with pytest.raises(NothingToResume):
        resume(asked)


@pytest.mark.parametrize("cut", [1, 100, 4096, 30_000])
def test_a_bundle_that_was_cut_or_doubled_is_refused(cut: int, undisturbed: Judged) -> None:
    """F21: half an upload, and one that was appended to another, are no bundle."""
    whole = undisturbed.file
    for bad in (whole[:-cut], whole[cut:], whole + whole, whole + whole[:cut]):
        with pytest.raises(BundleRefused):
            open_bundle(bad)
    assert open_bundle(whole).journal == undisturbed.bundle.journal
