"""F16, F17: clocks that jump, and a bench that stands still."""

from pathlib import Path

import pytest

from suites.finding import Verdict
from suites.verdict import STALLED
from tests.faults.campaigns import Judged, StrangeClock, certify, judged, request

MINUTE_NS = 60 * 1_000_000_000
# An attempt takes some forty stamps: the first attempt is the one that is disturbed.
IN_THE_FIRST = 20


@pytest.mark.parametrize("wall", ["2031-01-01T", "1999-12-31T23:59:59"], ids=["forward", "back"])
def test_a_wall_clock_that_jumps_changes_no_verdict(
    wall: str, tmp_path: Path, undisturbed: Judged
) -> None:
    """Every word is as with a good clock, and the report shows the jump."""
    sealed = certify(request(tmp_path), StrangeClock(IN_THE_FIRST, wall=wall))
    assert judged(sealed).last == undisturbed.last
    page = sealed.page.read_text(encoding="utf-8")
    assert "the wall clock of the bench jumped by" in page
    assert "日历时钟跳变" in page


def test_a_bench_that_sleeps_in_an_attempt_does_not_judge_it(
    tmp_path: Path, undisturbed: Judged
) -> None:
    """The attempt is inconclusive by the bench's fault; the others are judged as ever."""
    sealed = certify(request(tmp_path), StrangeClock(IN_THE_FIRST, mono_ns=MINUTE_NS))
    found = judged(sealed)
    first, second = found.judgements
    assert (first.verdict, first.cause) == (Verdict.INCONCLUSIVE, STALLED)
    other = found.bundle.evidence.attempts[1].facts.run_id
    assert found.last[other] == undisturbed.last[other]
    assert second.verdict is Verdict.PASS
    assert "the bench itself stood still" in sealed.page.read_text(encoding="utf-8")


def test_a_failure_that_was_recorded_stays(tmp_path: Path) -> None:
    """A bench that stood still hides no defect of the device that it saw."""
    asked = request(tmp_path, defect="floor-limit-not-checked")
    found = judged(certify(asked, StrangeClock(IN_THE_FIRST, mono_ns=MINUTE_NS)))
    verdicts = {each.verdict for each in found.judgements}
    assert Verdict.FAIL in verdicts
    failed = [each for each in found.judgements if each.verdict is Verdict.FAIL]
    assert any(each.cause in ("", STALLED) for each in failed)
