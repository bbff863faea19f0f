"""Judging whole attempts by the first cases of the catalogue."""

import random
from dataclasses import replace

import pytest

from adapters.events import Port
from suites.attempt import Attempt, Trouble
from suites.case import Case
from suites.catalogue import CASES
from suites.conditions.condition import Condition
from suites.finding import Finding, Verdict
from suites.judge import judge
from tests.suites.recordings import Sale, Tape, online_sale, purchase

EXPIRED, FLOOR, DECLINES = (CASES[each] for each in ("CT-PR-016", "CT-TRM-003", "CT-ONL-013"))
OUTDATED = {0x5F24: "110314"}
DECLINED = online_sale(cid_2="00", outcome="DECLINED", reversed=True)


def recorded(case: Case, sale: Sale, run: str = "", **facts: object) -> Attempt:
    tape = Tape()
    tape.sign_on()
    purchase(tape, sale)
    if case is DECLINES and sale.p1_2:
        tape.rule(Port.ICC, "GAC2", "answer-as-if-asked 00")
    tape.settle()
    return tape.attempt(case=case.id, run=run, **facts)  # type: ignore[arg-type]  # fields of Facts


def failed(case: Case, attempt: Attempt) -> list[str]:
    return [
        each.condition for each in judge(attempt, case).findings if each.verdict is Verdict.FAIL
    ]


@pytest.mark.parametrize(
    "case, sale, run",
    [
        (EXPIRED, online_sale(amount=5000, tvr="0040000000", objects=OUTDATED), ""),
        (FLOOR, online_sale(amount=10000), "a"),
        (FLOOR, online_sale(amount=10001), "b"),
        (DECLINES, DECLINED, ""),
    ],
)
def test_a_terminal_that_conforms_passes(case: Case, sale: Sale, run: str) -> None:
    """Every expectation and every invariant holds."""
    attempt = recorded(case, sale, run)
    judgement = judge(attempt, case)
    assert judgement.verdict is Verdict.PASS
    assert judgement.cause == ""
    assert judgement.attempt_id == attempt.facts.attempt_id
    assert {each.verdict for each in judgement.findings} == {Verdict.PASS}


@pytest.mark.parametrize(
    "case, sale, run, conditions",
    [
        (EXPIRED, Sale(objects=OUTDATED), "", ["T1[2.7]=1", "[OWO] P1(GAC1)=80"]),
        (
            EXPIRED,
            Sale(objects=OUTDATED, tvr="0040000000", p1="00", cid="00", outcome="DECLINED"),
            "",
            ["TAA", "[OWO] P1(GAC1)=80", "INV-03"],
        ),
        (FLOOR, Sale(amount=10000), "a", ["[OFF,OWO] T1[4.8]=1", "[OWO] P1(GAC1)=80"]),
        (DECLINES, replace(DECLINED, reversed=False), "", ["H(REV)", "INV-17", "INV-19"]),
        (DECLINES, replace(DECLINED, outcome="APPROVED"), "", ["OUT=ON_DEC", "INV-16", "INV-19"]),
    ],
)
def test_a_terminal_that_deviates_fails_for_the_stated_conditions(
    case: Case, sale: Sale, run: str, conditions: list[str]
) -> None:
    """The failing conditions tell what is wrong."""
    attempt = recorded(case, sale, run)
    assert judge(attempt, case).verdict is Verdict.FAIL
    assert failed(case, attempt) == conditions


def test_what_was_not_exposed_is_inconclusive() -> None:
    """The card was not expired: that the terminal did well says nothing."""
    judgement = judge(recorded(EXPIRED, online_sale(amount=5000, tvr="0040000000")), EXPIRED)
    assert judgement.verdict is Verdict.INCONCLUSIVE
    assert judgement.findings[0].condition == "EXP(5F24)"


def test_a_terminal_of_another_class_is_judged_by_what_applies() -> None:
    """An offline-only terminal declines the expired card."""
    sale = Sale(objects=OUTDATED, tvr="0040000000", p1="00", cid="00", outcome="DECLINED")
    claims = frozenset(("offline-only", "dda"))
    assert judge(recorded(EXPIRED, sale, claims=claims), EXPIRED).verdict is Verdict.PASS
    assert judge(recorded(EXPIRED, sale), EXPIRED).verdict is Verdict.FAIL


def test_an_invariant_that_a_case_sets_aside_is_not_judged() -> None:
    """Only the one it names."""
    aside = replace(DECLINES, sets_aside=("INV-17", "INV-19"))
    attempt = recorded(DECLINES, replace(DECLINED, reversed=False))
    assert failed(DECLINES, attempt) == ["H(REV)", "INV-17", "INV-19"]
    assert failed(aside, attempt) == ["H(REV)"]


def test_trouble_does_not_hide_a_failure() -> None:
    """The device hung after it had approved what it should not; or before."""
    hang = Trouble("hang", "the device fell silent", ours=False)
    bad = recorded(DECLINES, replace(DECLINED, outcome="APPROVED"))
    assert judge(replace(bad, trouble=hang), DECLINES).verdict is Verdict.FAIL
    good = recorded(DECLINES, DECLINED)
    judgement = judge(replace(good, trouble=hang), DECLINES)
    assert (judgement.verdict, judgement.cause) == (Verdict.INCONCLUSIVE, "hang")
    judgement = judge(replace(good, closed=False), DECLINES)
    assert (judgement.verdict, judgement.cause) == (Verdict.INCONCLUSIVE, "bench")


def _breaks(_: Attempt) -> tuple[Finding, ...]:
    raise KeyError


def test_a_condition_that_breaks_is_our_trouble_by_name() -> None:
    """Never a pass, and no failure is hidden by it."""
    broken = replace(DECLINES, expect=(*DECLINES.expect, Condition("BROKEN", _breaks)))
    judgement = judge(recorded(DECLINES, DECLINED), broken)
    assert judgement.verdict is Verdict.ERROR
    assert judgement.cause == "judge: BROKEN (KeyError)"
    bad = recorded(DECLINES, replace(DECLINED, outcome="APPROVED"))
    assert judge(bad, broken).verdict is Verdict.FAIL


def test_an_unresolved_symbol_is_our_trouble() -> None:
    """The plan forgot a value."""
    judgement = judge(recorded(EXPIRED, Sale(), symbols={}), EXPIRED)
    assert "exposure (unresolved-symbol)" in judgement.cause


def test_an_attempt_of_another_case_or_run_is_not_judged() -> None:
    """A mix-up is ours; it says nothing about the device."""
    attempt = recorded(DECLINES, DECLINED)
    assert judge(attempt, EXPIRED).verdict is Verdict.ERROR
    unknown = replace(attempt, facts=replace(attempt.facts, run="z"))
    assert judge(unknown, DECLINES).verdict is Verdict.ERROR


def test_judging_is_repeatable() -> None:
    """The same attempt gives the same findings in the same order."""
    attempt = recorded(DECLINES, DECLINED)
    assert judge(attempt, DECLINES) == judge(attempt, DECLINES)


def _garbled(attempt: Attempt, chance: random.Random) -> Attempt:
    """One event with bytes changed, dropped or doubled."""
    events = list(attempt.events)
    at = chance.choice([index for index, event in enumerate(events) if event.data])
    data = bytearray(events[at].data)
    place = chance.randrange(len(data))
    match chance.randrange(4):
        case 0:
            data[place] = chance.randrange(256)
        case 1:
            del data[place:]
        case 2:
            data.insert(place, chance.randrange(256))
        case _:
            data[place] ^= 1 << chance.randrange(8)
    events[at] = replace(events[at], data=bytes(data))
    return replace(attempt, events=tuple(events))


@pytest.mark.parametrize("seed", range(300))
def test_garbage_on_the_wire_breaks_no_condition(seed: int) -> None:
    """Whatever a device or a card says, it is judged; the judge itself never breaks on it."""
    chance = random.Random(seed)
    attempt = recorded(DECLINES, DECLINED)
    for _ in range(1 + seed % 3):
        attempt = _garbled(attempt, chance)
    assert judge(attempt, DECLINES).cause == ""


@pytest.mark.parametrize("case", [EXPIRED, FLOOR, DECLINES], ids=lambda case: case.id)
def test_no_case_passes_on_an_empty_attempt(case: Case) -> None:
    """Nothing recorded, nothing shown."""
    for run in case.run_names():
        attempt = Tape().attempt(case=case.id, run=run)
        assert judge(attempt, case).verdict is Verdict.INCONCLUSIVE
