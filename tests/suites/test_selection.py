"""The plan: which runs, with which values, and why others are left out."""

from dataclasses import replace

import pytest

from adapters.events import Port
from fixtures import ics, ixit
from fixtures.ics import Ics
from fixtures.ixit import Ixit
from suites.catalogue import CASES as CATALOGUE
from suites.records import Plan
from suites.selection import Choice, ChoiceRefused, cost, plan, symbols

BENCH = ixit.read(ixit.IN_MEMORY)
ICS = ics.read(BENCH.ics_path)
EVERYTHING = Choice()
# A catalogue of its own: what others add to ours changes no plan here.
CASES = {name: CATALOGUE[name] for name in ("CT-PR-016", "CT-TRM-003", "CT-ONL-013")}
ALL = {"CT-PR-016", "CT-TRM-003[a]", "CT-TRM-003[b]", "CT-ONL-013"}


def planned(
    statement: Ics = ICS, bench: Ixit = BENCH, choice: Choice = EVERYTHING, seed: str = "s"
) -> Plan:
    return plan(CASES, statement, bench, "110315", choice, seed)


def reasons(record: Plan) -> dict[str, tuple[str, str]]:
    return {each.id: (each.result, each.reason) for each in record.left_out}


def claiming(*claims: str) -> Ics:
    return replace(ICS, claims=ICS.claims - {"offline-with-online"} | set(claims))


def test_everything_is_planned_or_left_out_with_a_reason() -> None:
    """No run of the catalogue disappears."""
    for statement in (ICS, claiming("offline-only"), claiming("online-only")):
        record = planned(statement)
        assert {run.id for run in record.runs} | set(reasons(record)) == ALL
        assert all(reason for _, reason in reasons(record).values())


def test_a_claim_that_is_missing_is_named() -> None:
    """An offline-only terminal is told what the case asks for."""
    result, reason = reasons(planned(claiming("offline-only")))["CT-ONL-013"]
    assert result == "not-applicable"
    assert reason == "ICS: the case asks for offline-with-online or online-only"


def test_a_port_that_is_missing_is_named() -> None:
    """A bench without a card port runs nothing that must see the card."""
    blind = replace(BENCH, ports={Port.OPERATOR: BENCH.ports[Port.OPERATOR]})
    left = reasons(planned(bench=blind))
    assert left["CT-PR-016"] == ("not-run", "port: the bench has no icc")
    assert left["CT-ONL-013"] == ("not-run", "port: the bench has no host.T, icc")


def test_a_case_of_another_edition_is_not_applicable() -> None:
    """The reason names both editions."""
    left = reasons(planned(replace(ICS, edition="3.0")))
    assert left["CT-PR-016"] == (
        "not-applicable",
        "edition: the case is for 2.0, the ICS names 3.0",
    )


def test_the_seed_draws_the_order_and_nothing_else() -> None:
    """One seed gives one order; over several seeds the same runs come in different orders."""
    orders = {tuple(run.id for run in planned(seed=str(seed)).runs) for seed in range(20)}
    assert len(orders) > 1
    assert {frozenset(order) for order in orders} == {frozenset(ALL)}
    assert planned(seed="1") == planned(seed="1")


@pytest.mark.parametrize(
    "choice, chosen",
    [
        (Choice(case="CT-TRM-003"), {"CT-TRM-003[a]", "CT-TRM-003[b]"}),
        (Choice(case="CT-TRM-003[b]"), {"CT-TRM-003[b]"}),
        (Choice(group="CT-PR"), {"CT-PR-016"}),
        (Choice(suite="contact"), ALL),
        (Choice(suite="host"), set()),
        (Choice(profile="smoke"), {"CT-PR-016", "CT-TRM-003[a]", "CT-ONL-013"}),
        (Choice(only=("CT-ONL-013",)), {"CT-ONL-013"}),
    ],
)
def test_a_choice_leaves_the_rest_out(choice: Choice, chosen: set[str]) -> None:
    """What was not asked for is listed as not run."""
    record = planned(choice=choice)
    assert {run.id for run in record.runs} == chosen
    assert {result for result, _ in reasons(record).values()} <= {"not-run"}
    assert not choice.everything


@pytest.mark.parametrize(
    "choice", [Choice(case="CT-XX-001"), Choice(group="XX"), Choice(suite="chess")]
)
def test_a_choice_that_names_nothing_is_refused(choice: Choice) -> None:
    """A typing mistake is no empty plan."""
    with pytest.raises(ChoiceRefused):
        planned(choice=choice)


@pytest.mark.parametrize(
    "floor, small, above", [(10_000, 5_000, 20_000), (5_000, 2_500, 10_000), (0, 1, 10_000)]
)
def test_amounts_follow_the_floor_limit(floor: int, small: int, above: int) -> None:
    """The amount below every limit is below this device's limit, the other one above it."""
    values = symbols(replace(ICS, settings={**ICS.settings, "floor-limit": floor}), "110315")
    assert (values["any-below-every-limit"], values["any-above-floor-limit"]) == (small, above)


def test_the_cost_counts_acts_and_hands() -> None:
    """Sign-on, the acts of the case and what clears up; nobody's hands in memory."""
    total = cost(planned().runs, CASES, BENCH)
    assert (total.acts, total.by_hand) == (9, 0)
    assert total.seconds_at_most == 9 * BENCH.limits.act_seconds
