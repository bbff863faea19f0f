"""F1, F2, F18: a campaign that is killed at a named point, or whose process is crippled there."""

import signal
import time
from pathlib import Path

import pytest

from reports.bundle import open_bundle
from reports.resuming import NothingToResume
from suites.campaign import journal_of
from suites.exit_codes import EVIDENCE_CANNOT_BE_WRITTEN
from tests.faults.campaigns import (
    RESUME_S,
    RUNS,
    Judged,
    honest_about_the_cut,
    request,
    resume,
)
from tests.faults.killed import (
    POINTS,
    RESUMING,
    Point,
    acknowledged,
    be_interrupted_for_ever,
    befallen,
    kill_the_writer,
    use_up_all_descriptors,
)

KILLED = -signal.SIGKILL
# Before its plan is written a campaign has attempted nothing: it is begun anew.
NOT_BEGUN = frozenset(list(POINTS)[:3])
# Nothing is open at these points: there is no attempt to be cut off.
NOTHING_OPEN = frozenset(name for name in POINTS if "attempt" not in name) | {
    "first attempt, not opened",
    "first attempt, closed in the journal only",
    "first attempt, closed",
    "second attempt, ledger not told",
}
IN_AN_ATTEMPT = POINTS["first attempt, a later event"]


def journal_in(place: Path) -> bytes:
    """What is on disk; all that was acknowledged is in it, in order, and nothing is invented."""
    directory = request(place).directory
    lines = journal_of(directory) if directory.is_dir() else b""
    told = acknowledged(place)
    assert lines.startswith(told)
    # At most the one line that was written and not yet acknowledged.
    assert lines[len(told) :].count(b"\n") <= 1
    return lines


@pytest.mark.parametrize("name", POINTS)
def test_a_campaign_killed_anywhere_is_resumed(
    name: str, tmp_path: Path, undisturbed: Judged
) -> None:
    """All that was acknowledged is there; the rest is done; the bundle shows what was cut."""
    asked = request(tmp_path)
    assert befallen(tmp_path, POINTS[name]) == KILLED
    before = journal_in(tmp_path)
    if name == "sealed":
        with pytest.raises(NothingToResume):
            resume(asked)
        (bundle,) = tmp_path.rglob("*.assay")
        assert open_bundle(bundle.read_bytes()).evidence.ended
        return
    if name in NOT_BEGUN:
        with pytest.raises(NothingToResume):
            resume(asked)
        assert b'"record":"open"' not in before
        return
    began = time.monotonic()
    found = honest_about_the_cut(resume(asked), before, undisturbed)
    assert time.monotonic() - began < RESUME_S
    assert len(found.cut) == (0 if name in NOTHING_OPEN else 1)
    ended = name.startswith(("end, ledger", "ended", "bundle"))
    assert len(found.bundle.evidence.interruptions) == (0 if ended else 1)
    # What was closed is not done again.
    assert len(found.judgements) == len(RUNS) + len(found.cut)


@pytest.mark.parametrize("name", RESUMING)
def test_a_campaign_killed_again_while_it_is_resumed(
    name: str, tmp_path: Path, undisturbed: Judged
) -> None:
    """Twice cut, twice told; the third sitting ends it."""
    assert befallen(tmp_path, IN_AN_ATTEMPT) == KILLED
    assert befallen(tmp_path, RESUMING[name], resumed=True) == KILLED
    before = journal_in(tmp_path)
    found = honest_about_the_cut(resume(request(tmp_path)), before, undisturbed)
    again = name in ("resumed, the attempt opened again", "resumed, an event")
    assert len(found.cut) == (2 if again else 1)


def test_a_campaign_whose_writer_is_killed_stops(tmp_path: Path, undisturbed: Judged) -> None:
    """It ends with 74 at the next event, closes nothing, and can be resumed."""
    assert befallen(tmp_path, IN_AN_ATTEMPT, kill_the_writer) == EVIDENCE_CANNOT_BE_WRITTEN
    before = journal_in(tmp_path)
    assert b'"record":"close"' not in before
    assert not list(tmp_path.rglob("*.assay"))
    found = honest_about_the_cut(resume(request(tmp_path)), before, undisturbed)
    assert len(found.cut) == 1


def test_a_campaign_without_descriptors_stops(tmp_path: Path, undisturbed: Judged) -> None:
    """Where the ledger cannot be opened any more nothing more is attempted."""
    point = POINTS["first attempt, closed in the journal only"]
    code = befallen(tmp_path, point, use_up_all_descriptors)
    assert code == EVIDENCE_CANNOT_BE_WRITTEN
    before = journal_in(tmp_path)
    honest_about_the_cut(resume(request(tmp_path)), before, undisturbed)


def test_signals_without_end_change_nothing(tmp_path: Path, undisturbed: Judged) -> None:
    """System calls that are interrupted are made again: the campaign ends as ever."""
    assert befallen(tmp_path, Point("begun"), be_interrupted_for_ever) == 0
    (bundle,) = tmp_path.rglob("*.assay")
    found = open_bundle(bundle.read_bytes())
    assert found.journal == acknowledged(tmp_path)
    assert len(found.evidence.attempts) == len(undisturbed.judgements)
