"""How findings combine."""

import pytest

from suites.attempt import Attempt, Trouble
from suites.case import Standing
from suites.conditions.condition import finding
from suites.finding import Finding, Verdict
from suites.phrase import Phrase
from suites.verdict import Findings, verdict
from tests.suites.recordings import FACTS

PASS, FAIL, INCONCLUSIVE, NONE = Verdict.PASS, Verdict.FAIL, Verdict.INCONCLUSIVE, Verdict.NONE
ERROR, REVIEW = Verdict.ERROR, Verdict.REVIEW
OURS = Trouble("driver", "the driver broke", ours=True)
THEIRS = Trouble("hang", "the device fell silent", ours=False)
H, M, L = Standing


def found(*verdicts: Verdict) -> tuple[Finding, ...]:
    phrase = Phrase("holds")
    return tuple(finding("X", each, phrase, phrase, (1, 1)) for each in verdicts)


def said(
    standing: Standing = H,
    expectations: tuple[Verdict, ...] = (PASS,),
    invariants: tuple[Verdict, ...] = (),
    exposure: tuple[Verdict, ...] = (),
    broken: tuple[str, ...] = (),
    trouble: Trouble | None = None,
    *,
    closed: bool = True,
) -> tuple[Verdict, str]:
    findings = Findings(found(*exposure), found(*expectations), found(*invariants), broken)
    return verdict(Attempt((), FACTS, closed=closed, trouble=trouble), standing, findings)


@pytest.mark.parametrize(
    "expectations, expected",
    [
        ((), NONE),
        ((PASS,), PASS),
        ((PASS, INCONCLUSIVE), INCONCLUSIVE),
        ((PASS, INCONCLUSIVE, FAIL), FAIL),
        ((PASS, INCONCLUSIVE, REVIEW), REVIEW),
        ((REVIEW, FAIL), FAIL),
    ],
)
def test_findings_combine_to_the_worst(
    expectations: tuple[Verdict, ...], expected: Verdict
) -> None:
    """None < pass < inconclusive < fail."""
    assert said(expectations=expectations) == (expected, "")


@pytest.mark.parametrize(
    "standing, expected", [(H, FAIL), (M, REVIEW), (L, NONE)], ids=("H", "M", "L")
)
def test_the_standing_of_a_case_says_what_a_failure_is_worth(
    standing: Standing, expected: Verdict
) -> None:
    """H fails, M asks for review, L is recorded; none of them passes."""
    assert said(standing, (PASS, FAIL))[0] is expected
    assert said(standing, (FAIL, INCONCLUSIVE))[0] is expected
    assert said(standing, (PASS,))[0] is PASS
    assert said(standing, (INCONCLUSIVE,))[0] is INCONCLUSIVE


@pytest.mark.parametrize("standing", Standing)
def test_a_broken_invariant_fails_whatever_the_case_is_worth(standing: Standing) -> None:
    """The invariant is not the case's expectation."""
    assert said(standing, (FAIL,), invariants=(FAIL,))[0] is FAIL
    assert said(standing, (), invariants=(FAIL,))[0] is FAIL


def test_what_was_not_exposed_is_inconclusive_but_a_failure_stays() -> None:
    """Exposure takes a pass away, never a failure."""
    assert said(exposure=(INCONCLUSIVE,))[0] is INCONCLUSIVE
    assert said(expectations=(FAIL,), exposure=(INCONCLUSIVE,))[0] is FAIL


def test_a_case_whose_conditions_were_all_guarded_away_says_nothing() -> None:
    """Invariants that hold make no pass."""
    assert said(expectations=(), invariants=(PASS,)) == (NONE, "")


@pytest.mark.parametrize(
    "broken, trouble, closed, expected, cause",
    [
        ((), OURS, True, ERROR, "driver"),
        ((), THEIRS, True, INCONCLUSIVE, "hang"),
        ((), None, False, INCONCLUSIVE, "bench"),
        (("TAA (KeyError)",), None, True, ERROR, "judge: TAA (KeyError)"),
        (("TAA (KeyError)",), THEIRS, True, ERROR, "judge: TAA (KeyError)"),
        ((), OURS, False, ERROR, "driver"),
    ],
)
def test_trouble_does_not_launder(
    broken: tuple[str, ...],
    trouble: Trouble | None,
    closed: bool,  # noqa: FBT001  parametrised
    expected: Verdict,
    cause: str,
) -> None:
    """Trouble takes a pass away and names its cause; a failure that was recorded stays."""
    good = said(broken=broken, trouble=trouble, closed=closed)
    assert good == (expected, cause)
    bad = said(expectations=(FAIL,), broken=broken, trouble=trouble, closed=closed)
    assert bad == (FAIL, cause)
    none = said(expectations=(), broken=broken, trouble=trouble, closed=closed)
    assert none == (expected, cause)
    advisory = said(L, (FAIL,), broken=broken, trouble=trouble, closed=closed)
    assert advisory == (expected, cause)


def test_a_clause_less_sure_than_its_case_asks_for_a_review() -> None:
    """Trouble does not launder it, an advisory case does not let it decide."""
    assert said(expectations=(PASS, REVIEW), trouble=THEIRS)[0] is REVIEW
    assert said(expectations=(REVIEW,), trouble=OURS)[0] is REVIEW
    assert said(L, expectations=(PASS, REVIEW))[0] is NONE
    assert said(expectations=(REVIEW,), invariants=(FAIL,))[0] is FAIL
