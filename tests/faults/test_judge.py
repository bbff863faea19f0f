"""F19: a judge that breaks never passes anything, and one that works always says the same."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from suites.attempt import Attempt
from suites.catalogue import CASES
from suites.conditions.condition import Condition
from suites.finding import Finding, Verdict
from suites.judge import judge
from tests.faults.campaigns import certify, judged, request

ROOT = Path(__file__).parents[2]
SEEDS = ("0", "1", "4711")


def test_a_condition_that_raises_is_our_error(tmp_path: Path) -> None:
    """Every kind of trouble in one condition: ERROR with its name, whatever the others say."""
    attempt = judged(certify(request(tmp_path))).bundle.evidence.attempts[0]
    case = CASES[attempt.facts.case]
    assert judge(attempt, case).verdict is Verdict.PASS
    for raised in (KeyError("x"), RecursionError(), MemoryError(), AssertionError()):

        def breaks(_: Attempt, raised: Exception = raised) -> tuple[Finding, ...]:
            raise raised

        broken = replace(case, expect=(*case.expect, Condition("BREAKS", breaks)))
        judgement = judge(attempt, broken)
        assert judgement.verdict is Verdict.ERROR
        assert judgement.cause == f"judge: BREAKS ({type(raised).__name__})"


@pytest.mark.parametrize("defect", ["", "floor-limit-not-checked"])
def test_a_judge_says_the_same_bytes_again(defect: str, tmp_path: Path) -> None:
    """Whatever the hash seed of the process is, and these are the bytes that were sealed."""
    sealed = certify(request(tmp_path, defect))
    command = (sys.executable, str(ROOT / "cli.py"), "rejudge", "--json", str(sealed.bundle))
    said = {
        subprocess.run(
            command, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=False
        ).stdout
        for seed in SEEDS
    }
    assert said == {judged(sealed).bundle.findings}
