"""pytest's entry: one test, once for each planned run."""

import pytest

from suites.attempt import Attempt
from suites.catalogue import CASES
from suites.finding import Verdict
from suites.judge import judge
from suites.telling import tell


def test_conforms(attempt: Attempt) -> None:
    """The implementation conforms to the case."""
    case = CASES[attempt.facts.case]
    judgement = judge(attempt, case)
    if judgement.verdict is not Verdict.PASS:
        pytest.fail(f"{judgement.verdict}: {tell(judgement, case)}", pytrace=False)
