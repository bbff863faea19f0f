from dataclasses import replace

import pytest

from suites.attempt import Attempt, Facts
from suites.evidence import Evidence
from suites.finding import Verdict
from suites.judge import Judgement
from suites.records import CampaignRecord, Claims, Plan, PlannedRun, Release
from suites.summary import Conclusion, combined, conclude

NONE, PASS, INCONCLUSIVE = Verdict.NONE, Verdict.PASS, Verdict.INCONCLUSIVE
REVIEW, FAIL, ERROR = Verdict.REVIEW, Verdict.FAIL, Verdict.ERROR
CAMPAIGN = CampaignRecord(
    format=0,
    campaign="c",
    device="d",
    device_kind="direct-pos",
    practice=(),
    emulated=True,
    identity=None,
    release=Release("0", "0", dirty=False, judge_digest="0"),
    ics=Claims("2.0", (), {}, {}),
    links={},
    fidelity={},
    settings_channel={},
    keys=(),
    runner="pytest",
    seed="0",
    started="",
)


def concluded(
    runs: dict[str, tuple[Verdict, ...]], *, ended: bool = True, planned: tuple[str, ...] = ()
) -> Conclusion:
    """The conclusion of a campaign with these verdicts, run by run; planned as they stand here."""
    facts = [
        (Facts("d", case, "", number, "2.0"), verdict)
        for case, verdicts in runs.items()
        for number, verdict in enumerate(verdicts, 1)
    ]
    evidence = Evidence(
        CAMPAIGN,
        Plan("full", tuple(PlannedRun(run, "", "0", {}) for run in planned or runs), ()),
        tuple(Attempt((), each) for each, _ in facts),
        ended,
    )
    return conclude(
        evidence, [Judgement(each.attempt_id, verdict, (), "") for each, verdict in facts]
    )


@pytest.mark.parametrize(
    "verdicts, expected",
    [
        ((), NONE),
        ((NONE,), NONE),
        ((PASS,), PASS),
        ((FAIL,), FAIL),
        ((FAIL, PASS), FAIL),
        ((PASS, FAIL), FAIL),
        ((ERROR, FAIL, PASS), FAIL),
        ((ERROR, PASS), PASS),
        ((INCONCLUSIVE, PASS), PASS),
        ((INCONCLUSIVE, ERROR, INCONCLUSIVE, PASS), PASS),
        ((PASS, ERROR), ERROR),
        ((PASS, INCONCLUSIVE), INCONCLUSIVE),
        ((INCONCLUSIVE, ERROR), ERROR),
        ((ERROR, INCONCLUSIVE), INCONCLUSIVE),
        ((REVIEW, PASS), REVIEW),
        ((REVIEW, FAIL), FAIL),
        ((ERROR, REVIEW), REVIEW),
    ],
)
def test_attempts_combine_to_a_run(verdicts: tuple[Verdict, ...], expected: Verdict) -> None:
    """A FAIL stays, a review stays, trouble may be repeated: the last attempt counts."""
    assert combined(verdicts) is expected


def test_a_pass_after_too_many_repeats_is_none() -> None:
    """Who repeats more than three times until it passes has not passed."""
    assert combined([INCONCLUSIVE] * 3 + [PASS]) is PASS
    assert combined([INCONCLUSIVE] * 4 + [PASS]) is INCONCLUSIVE


@pytest.mark.parametrize(
    "runs, code",
    [
        ({"A-1": (PASS,), "A-2": (PASS,)}, 0),
        ({"A-1": (ERROR, PASS)}, 0),
        ({"A-1": (FAIL,), "A-2": (ERROR,)}, 1),
        ({"A-1": (PASS,), "A-2": (FAIL, PASS)}, 1),
        ({"A-1": (ERROR,), "A-2": (INCONCLUSIVE,)}, 4),
        ({"A-1": (PASS, ERROR)}, 4),
        ({"A-1": (PASS,), "A-2": (INCONCLUSIVE,)}, 3),
        ({"A-1": (PASS,), "A-2": (REVIEW,)}, 3),
        ({"A-1": (PASS,), "A-2": (NONE,)}, 3),
        ({"A-1": (PASS,), "A-2": ()}, 3),
        ({}, 3),
    ],
)
def test_runs_combine_to_an_exit_code(runs: dict[str, tuple[Verdict, ...]], code: int) -> None:
    """A failure, then bench trouble, then anything open; conforming only if every run passed."""
    assert concluded(runs).exit_code == code


@pytest.mark.parametrize("verdict, code", [(PASS, 3), (FAIL, 1), (ERROR, 4)])
def test_a_campaign_that_has_not_ended_does_not_conform(verdict: Verdict, code: int) -> None:
    """Without its last line nothing conforms; a failure is one already."""
    assert concluded({"A-1": (verdict,)}, ended=False).exit_code == code


def test_runs_come_in_the_order_of_the_plan() -> None:
    """Planned runs first, with their attempts; one that nobody planned counts too."""
    found = concluded({"A-2": (FAIL,), "A-1": (ERROR, PASS)}, planned=("A-3", "A-1"))
    assert [(run.run_id, run.verdict, run.attempts) for run in found.runs] == [
        ("A-3", NONE, ()),
        ("A-1", PASS, ("d/A-1/1", "d/A-1/2")),
        ("A-2", FAIL, ("d/A-2/1",)),
    ]
    assert found.exit_code == 1


def test_an_attempt_nobody_judged_is_no_pass() -> None:
    """A judgement that is missing leaves its run open."""
    evidence = Evidence(
        CAMPAIGN,
        Plan("full", (PlannedRun("A-1", "", "0", {}),), ()),
        (Attempt((), Facts("d", "A-1", "", 1, "2.0")),),
        ended=True,
    )
    assert conclude(evidence, []).exit_code == 3
    assert conclude(replace(evidence, attempts=()), []).exit_code == 3


def test_the_words_claim_a_self_test_only() -> None:
    """Conforming or not, in both languages, and never more."""
    words = {concluded({"A-1": (each,)}).words for each in Verdict}
    assert {(each.zh, each.en) for each in words} >= {
        ("符合", "conforming"),
        ("不符合", "not conforming"),
    }
    assert not [each for each in words if "认证" in each.zh or "合格" in each.zh]
