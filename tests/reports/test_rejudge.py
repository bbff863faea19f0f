import json
from dataclasses import replace

import pytest

from reports.bundle import open_bundle
from reports.container import BundleRefused
from reports.rejudge import Rejudgement, compare, differences, rejudge, to_json
from suites.attempt import Attempt
from suites.case import Case
from suites.finding import Verdict
from suites.judge import Judgement
from suites.judge_digest import judge_digest
from tests.reports import hand_made
from tests.reports.hand_made import CASES, EXCEEDED, OTHER_KEY, RUN, judge


def judged(bundle: bytes) -> Rejudgement:
    return rejudge(open_bundle(bundle), judge, CASES)


def test_every_attempt_is_judged_in_order() -> None:
    """All attempts of the journal are judged, whatever the bundle claims of them."""
    found = judged(hand_made.bundle(hand_made.twice())).judgements
    assert [each.verdict for each in found] == [Verdict.FAIL, Verdict.PASS]
    assert [each.attempt_id[-2:] for each in found] == ["/1", "/2"]


def test_the_result_rests_on_the_journal_alone() -> None:
    """Sealed again by somebody else, without findings or with false ones: the same bytes."""
    journal = hand_made.twice()
    lie = hand_made.findings(journal).replace(b'"verdict":"fail"', b'"verdict":"pass"')
    whole = hand_made.bundle(journal)
    bare = hand_made.sealed(journal, key=OTHER_KEY)
    false = hand_made.sealed(journal, lie)
    assert to_json(judged(whole)) == to_json(judged(bare)) == to_json(judged(false))


def test_findings_are_what_the_recording_side_judged() -> None:
    """findings.json is exactly the JSON of the judgement, canonical and with its newline."""
    bundle = hand_made.bundle()
    found = to_json(judged(bundle))
    assert open_bundle(bundle).findings == found
    body = json.loads(found)
    plain = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert found == plain.encode() + b"\n"
    assert [each["verdict"] for each in body["judgements"]] == ["pass"]


def test_a_changed_and_sealed_again_trace_is_judged_differently() -> None:
    """A signature over another recording does not save its verdict."""
    honest = hand_made.journal(EXCEEDED)
    changed = honest.replace(EXCEEDED.encode(), hand_made.GENERATE_AC.encode())
    assert changed != honest
    assert judged(hand_made.sealed(honest)).judgements[0].verdict is Verdict.FAIL
    assert judged(hand_made.sealed(changed)).judgements[0].verdict is Verdict.PASS
    lost = honest.replace(b'"kind":"command"', b'"kind":"message"')
    assert judged(hand_made.sealed(lost)).judgements[0].verdict is Verdict.INCONCLUSIVE


@pytest.mark.parametrize("cases", [{}, {RUN.case: replace(hand_made.CASE, runs={})}])
def test_an_unknown_case_is_an_error(cases: dict[str, Case]) -> None:
    """What this release has no case or no sub-run for is never a pass."""
    (found,) = rejudge(open_bundle(hand_made.bundle()), judge, cases).judgements
    assert (found.verdict, found.cause, found.findings) == (Verdict.ERROR, "case-unknown", ())


def test_a_recording_that_breaks_the_judge_is_an_error() -> None:
    """It does not pass, and the other attempts are judged none the less."""

    def breaks(attempt: Attempt, case: Case) -> Judgement:
        if attempt.facts.number == 1:
            message = "no such event"
            raise LookupError(message)
        return judge(attempt, case)

    found = rejudge(open_bundle(hand_made.bundle(hand_made.twice())), breaks, CASES).judgements
    assert [each.verdict for each in found] == [Verdict.ERROR, Verdict.PASS]
    assert found[0].cause == "judge-broken: LookupError"


def test_claims_of_the_same_judge_must_be_equal() -> None:
    """Same judge, another verdict: the bundle lies, and the attempt is named."""
    found = judged(hand_made.bundle())
    claims = to_json(found).replace(b'"verdict":"pass"', b'"verdict":"fail"')
    with pytest.raises(BundleRefused) as refused:
        compare(found, claims, same_judge=True)
    message = str(refused.value)
    assert "the bundle lies" in message
    assert "证据包不实" in message
    assert "direct-pos/CT-TRM-003[a]/1" in message


def test_same_judge_same_verdict_other_grounds_is_a_lie_too() -> None:
    """The findings of a verdict are claims as well."""
    found = judged(hand_made.bundle())
    claims = to_json(found).replace(b'"events":[2]', b'"events":[3]')
    with pytest.raises(BundleRefused, match="the bundle lies"):
        compare(found, claims, same_judge=True)


def test_claims_of_another_judge_are_listed() -> None:
    """Another judge may differ: each attempt is listed with both words."""
    found = judged(hand_made.bundle())
    claims = to_json(found).replace(b'"verdict":"pass"', b'"verdict":"fail"')
    (difference,) = compare(found, claims, same_judge=False)
    assert difference.attempt_id == "direct-pos/CT-TRM-003[a]/1"
    assert (difference.claimed, difference.judged) == (
        "fail (T1[5.8]=0 fail)",
        "pass (T1[5.8]=0 pass)",
    )


def test_attempts_that_are_claimed_or_judged_alone_are_listed() -> None:
    """An attempt of which only one side speaks is a difference."""
    found = judged(hand_made.bundle())
    renamed = to_json(found).replace(b"[a]/1", b"[a]/2")
    ours, theirs = compare(found, renamed, same_judge=False)
    assert (ours.claimed, theirs.judged) == ("", "")
    assert "随包结论 / bundle: -" in str(ours)


@pytest.mark.parametrize("same_judge", [True, False])
def test_no_claims_and_equal_claims_differ_in_nothing(*, same_judge: bool) -> None:
    """A bundle without findings claims nothing."""
    found = judged(hand_made.bundle())
    assert compare(found, b"", same_judge=same_judge) == ()
    assert compare(found, to_json(found), same_judge=same_judge) == ()


@pytest.mark.parametrize(
    "claims, words",
    [
        (b"text", "cannot be read"),
        (b"\xff", "cannot be read"),
        (b"[" * 100_000, "cannot be read"),
        (b"{}\n", "cannot be read"),
        (b'{"campaign":"x","format":0,"judgements":[],"more":1}\n', "cannot be read"),
        (b'{"campaign":"\\ud800","format":0,"judgements":[]}\n', "cannot be read"),
        (b'{"campaign":"x","format":1,"judgements":[]}\n', "has format 1, not 0"),
        (b'{"campaign":"x", "format":0,"judgements":[]}\n', "canonical form"),
        (b'{"campaign":"x","format":0,"judgements":[]}\n', "another campaign: x"),
    ],
)
def test_claims_that_are_none_are_refused(claims: bytes, words: str) -> None:
    """Whatever stands in findings.json is refused in words, by any judge."""
    found = judged(hand_made.bundle())
    with pytest.raises(BundleRefused, match=words):
        compare(found, claims, same_judge=False)


def test_which_judge_a_bundle_names_decides() -> None:
    """Differences are told to a bundle of another judge, and refused to one of this judge."""
    journal = hand_made.journal()
    ours = journal.replace(
        b'"judge_digest":"' + b"0" * 64, f'"judge_digest":"{judge_digest()}'.encode()
    )
    lie = hand_made.findings(journal).replace(b'"verdict":"pass"', b'"verdict":"fail"')
    other = open_bundle(hand_made.sealed(journal, lie))
    assert len(differences(rejudge(other, judge, CASES), other)) == 1
    same = open_bundle(hand_made.sealed(ours, lie))
    with pytest.raises(BundleRefused, match="the bundle lies"):
        differences(rejudge(same, judge, CASES), same)
