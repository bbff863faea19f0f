"""Devices that hang, flood, hang up, talk garbage or are not there: seen, recorded, and no PASS."""

from pathlib import Path

import pytest

import cli
from fixtures import ixit
from reports.bundle import open_bundle
from reports.rejudge import rejudge
from suites.catalogue import CASES
from suites.finding import Verdict
from suites.judge import judge

DEVICES = Path(__file__).parent / "bad" / "device"
# A few runs: a device that hangs takes its time in each of them.
SOME = ("--case", "CT-TRM-003")
BENCHES = sorted(DEVICES.glob("*.toml"))


# What the bench says of the same devices when they are processes at the end of wires.
ON_WIRES = {
    "hangs": (3, "the device did not end 'purchase' within 1 s"),
    "floods": (3, "more than 400 questions in one attempt, the last at icc"),
    "closes": (3, "the device hung up during 'purchase'"),
    # What it said to the card is no command: an invariant fails on what was recorded. The noise
    # decides whether the host waits for the rest of a frame: then the act takes too long instead.
    "garbage": (1, "'purchase'"),
    "absent": (4, ""),
}


@pytest.mark.parametrize("defect", ON_WIRES)
def test_a_misbehaving_process_passes_nothing(
    defect: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On wires too no run passes, every run was attempted, and the trouble has a name."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    text = ixit.EMULATED.read_text(encoding="utf-8")
    text = text.replace("../ics", str(ixit.EMULATED.parent.parent / "ics"))
    text = text.replace("act_seconds = 20", "act_seconds = 1")
    bench = tmp_path / "bench.toml"
    named = f'emulated = "direct-pos"\ndefect = "{defect}"'
    bench.write_text(text.replace('emulated = "direct-pos"', named), encoding="utf-8")
    expected, message = ON_WIRES[defect]
    code = cli.main(["certify", "--bench", str(bench), "--out", str(tmp_path), *SOME])
    bundle = open_bundle(next(tmp_path.rglob("*.assay")).read_bytes())
    verdicts = {each.verdict for each in rejudge(bundle, judge, CASES).judgements}
    troubles = [attempt.trouble.message for attempt in bundle.evidence.attempts if attempt.trouble]
    assert code == expected
    assert verdicts
    assert Verdict.PASS not in verdicts
    assert len(troubles) == len(bundle.evidence.plan.runs)
    assert any(message in trouble for trouble in troubles)
    assert bundle.evidence.campaign.links["icc"] == "wire"


@pytest.mark.parametrize("bench", BENCHES, ids=[path.stem for path in BENCHES])
def test_a_misbehaving_device_passes_nothing(
    bench: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No run passes, every planned run was attempted, and the trouble is told in words."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    code = cli.main(["certify", "--bench", str(bench), "--out", str(tmp_path), *SOME])
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
