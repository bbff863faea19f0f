"""Which runs count as catching a defect."""

from suites.finding import Verdict
from suites.kill_matrix import CONFORMS, KillMatrix


def test_a_failing_finding_counts_whatever_the_case_is_worth() -> None:
    """Fail, review, and none with a failing condition; a run that saw nothing catches nothing."""
    honest = dict.fromkeys(("H", "M", "L", "guarded", "blind"), Verdict.PASS)
    caught = {
        "H": Verdict.FAIL,
        "M": Verdict.REVIEW,
        "L": Verdict.NONE,
        "guarded": Verdict.NONE,
        "blind": Verdict.INCONCLUSIVE,
    }
    failed = {"H": ("x",), "M": ("x",), "L": ("x",)}
    matrix = KillMatrix({CONFORMS: honest, "bad": caught}, {"bad": failed})
    assert matrix.killers("bad") == ("H", "M", "L")
    assert set(matrix.idle_runs) == {"guarded", "blind"}
    assert matrix.survivors == ()
