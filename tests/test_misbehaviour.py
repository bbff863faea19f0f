"""Devices that hang, flood, hang up, talk garbage or are not there: seen, recorded, and no PASS."""

from pathlib import Path

import pytest

import cli
from reports.bundle import open_bundle
from reports.rejudge import rejudge
from suites.catalogue import CASES
from suites.finding import Verdict
from suites.judge import judge

DEVICES = Path(__file__).parent / "bad" / "device"
BENCHES = sorted(DEVICES.glob("*.toml"))


@pytest.mark.parametrize("bench", BENCHES, ids=[path.stem for path in BENCHES])
def test_a_misbehaving_device_passes_nothing(
    bench: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No run passes, every planned run was attempted, and the trouble is told in words."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    code = cli.main(["certify", "--bench", str(bench), "--out", str(tmp_path)])
    bundle = open_bundle(next(tmp_path.rglob("*.assay")).read_bytes())
    judged = rejudge(bundle, judge, CASES)
    expected_code, _, message = (
        bench.with_suffix(".message").read_text(encoding="utf-8").rstrip("\n").partition("\n")
    )
    assert judged.judgements
    assert Verdict.PASS not in {each.verdict for each in judged.judgements}
    assert {run.id for run in bundle.evidence.plan.runs} == {
        attempt.facts.run_id for attempt in bundle.evidence.attempts
    }
    troubles = {attempt.trouble.message for attempt in bundle.evidence.attempts if attempt.trouble}
    assert message in troubles
    assert code == int(expected_code)
