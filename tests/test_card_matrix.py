"""Every run at a card is proven able to fail, and says nothing of what was not recorded."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from adapters.clock import SystemClock
from adapters.events import Event, Kind, Port
from fixtures import ics, ixit
from fixtures.bench import bind, terminal_date
from fixtures.emulated.card_mutants import CARD_MUTANTS
from suites.attempt import Attempt
from suites.card_stimuli import AID
from suites.catalogue import CASES
from suites.executor import execute
from suites.finding import Verdict
from suites.judge import judge
from suites.kill_matrix import KillMatrix, kill_matrix
from suites.records import Plan
from suites.selection import NOT_APPLICABLE, WITHHELD, Choice, plan
from suites.unrecorded import execution

# A defect for each group of the catalogue, the run that finds it, and by which condition. CAPP has
# no card.
CAUGHT_BY: Mapping[str, tuple[str, str]] = {
    "CD-ATR-01": ("atr-programming-voltage", "ATR=basic"),
    "CD-ATR-02": ("initiated-twice", "sw(GPO#2) in {6985,6D00,6E00}"),
    "CD-SEL-07": ("any-name-selects", "sw(SEL)=6A82"),
    "CD-SEL-04": ("under-another-tag", "template(SEL)=6F"),
    "CD-GPO-12": ("ecash-for-any-amount", "tlv(GPO,94)=080102001001030018010202"),
    "CD-GPO-11": ("ecash-unasked", "tlv(GPO,94)=080102001001030018010202"),
    "CD-GPO-05": ("initiated-with-any-data", "sw(GPO)=6A80"),
    "CD-REC-01": ("record-under-another-tag", "template(each RR)=70"),
    "CD-REC-02": ("records-without-end", "sw(RR)=6A83"),
    "CD-DATA-05": ("anything-by-get-data", "sw(GD)=6A88"),
    "CD-DATA-01": ("value-without-tag", "template(GD)=9F36"),
    "CD-PIN-02": ("pin-tries-not-counted", "sw(VER)=63C2"),
    "CD-PIN-07": ("failed-pin-not-told", "CVR(GAC1)[1.2]=1"),
    "CD-AUTH-03": ("signature-wrong", "DDA=verified"),
    "CD-AUTH-07": ("any-arpc-accepted", "sw(EA)=6300"),
    "CD-AUTH-01": ("signs-at-any-time", "sw(IA)=6985"),
    "CD-GAC-04": ("cryptogram-turned", "MAC(GAC1)=right"),
    "CD-GAC-03": ("always-approves", "AC(GAC1)=AAC"),
    "CD-GAC-06": ("generates-without-end", "sw(GAC1)=6985"),
    "CD-GAC-19": ("always-approves", "txn6: AC(GAC1)=ARQC"),
    "CD-SCR-02": ("any-script-mac-accepted", "sw(SCR)=6988"),
    "CD-SCR-07": ("scripts-at-any-time", "sw(SCR)=6985"),
    "CD-QPBOC-03": ("offline-for-any-amount", "AC(GPO)=ARQC"),
    "CD-QPBOC-12": ("any-currency-is-its-own", "AC(GPO)=ARQC"),
    "CD-QPBOC-10[a]": ("terminal-cvm-ignored", "AC(GPO)=ARQC"),
    "CD-QPBOC-31": ("counter-stands-still", "change(9F36)=+2"),
    "CD-COMMIT-01": ("balance-never-changes", "change(9F79)=-1000"),
    "CD-COMMIT-02": ("pays-before-it-is-read", "change(9F79)=+0"),
    "CD-COMMIT-06[e]": ("pays-when-torn", "change(9F79)=+0 / -1000"),
}


@pytest.fixture(scope="module")
def chosen() -> Plan:
    bench = ixit.read(ixit.CARD_IN_MEMORY)
    statement = ics.read(bench.ics_path)
    date = terminal_date(bench, SystemClock())
    return plan(CASES, statement, bench, date, Choice(), "matrix")


@pytest.fixture(scope="module")
def matrix(chosen: Plan) -> KillMatrix:
    bench = ixit.read(ixit.CARD_IN_MEMORY)
    statement = ics.read(bench.ics_path)
    return kill_matrix(chosen.runs, statement, bench, SystemClock(), "matrix")


@pytest.mark.parametrize("run, pair", CAUGHT_BY.items(), ids=list(CAUGHT_BY))
def test_a_run_catches_its_defect(
    matrix: KillMatrix, run: str, pair: tuple[str, str]
) -> None:
    """The run fails on the card with that defect, for the stated condition."""
    defect, condition = pair
    assert run in matrix.killers(defect)
    assert condition in matrix.conditions[defect][run]


def test_every_run_can_fail_and_none_fails_without_cause(matrix: KillMatrix) -> None:
    """Each planned run catches a defect, each defect is caught, the conforming card passes all."""
    assert matrix.idle_runs == ()
    assert matrix.survivors == ()
    assert matrix.false_alarms == ()
    assert set(matrix.mutants) == set(CARD_MUTANTS)


def test_every_group_of_the_catalogue_is_there(chosen: Plan) -> None:
    """Eleven groups are planned for the reference card; the twelfth is withheld, and says why."""
    groups = {run.case.rsplit("-", 1)[0] for run in chosen.runs}
    assert groups == {
        f"CD-{name}"
        for name in (
            *("ATR", "SEL", "GPO", "REC", "DATA", "PIN"),
            *("AUTH", "GAC", "SCR", "QPBOC", "COMMIT"),
        )
    }
    assert [each.case for each in chosen.left_out if each.result == WITHHELD] == ["CD-CAPP-01"]


def test_terminals_and_cards_are_not_given_each_others_cases(chosen: Plan) -> None:
    """A card is planned no terminal case, a terminal no card case, and both say why."""
    others = [each for each in chosen.left_out if not each.case.startswith("CD-")]
    assert others
    assert {each.result for each in others} == {NOT_APPLICABLE}
    assert all(each.reason.startswith(("device: ", "edition: ")) for each in others)
    bench = ixit.read(ixit.IN_MEMORY)
    terminal = plan(CASES, ics.read(bench.ics_path), bench, "110315", Choice(), "matrix")
    assert not [run for run in terminal.runs if run.case.startswith("CD-")]


def recorded(chosen: Plan, run: str) -> Attempt:
    bench = ixit.read(ixit.CARD_IN_MEMORY)
    statement = ics.read(bench.ics_path)
    one = next(each for each in chosen.runs if each.id == run)
    made = execution(CASES[one.case], one.run, statement, bench, one.symbols, "cut")
    return execute(made, bind(bench, statement, SystemClock(), "cut"))


def without_answers(event: Event) -> bool:
    """What is left of a recording in which the card never answered."""
    return event.port is not Port.IFD or event.kind is Kind.COMMAND


def test_what_the_card_was_not_seen_to_say_is_inconclusive(chosen: Plan) -> None:
    """Every run: with the card's answers cut out of the recording it neither passes nor fails."""
    said = {}
    for run in chosen.runs:
        whole = recorded(chosen, run.id)
        events = tuple(filter(without_answers, whole.events))
        said[run.id] = judge(replace(whole, events=events), CASES[run.case]).verdict
    assert {run for run, verdict in said.items() if verdict is not Verdict.INCONCLUSIVE} == set()


def test_a_setting_that_was_not_taken_proves_nothing(chosen: Plan) -> None:
    """The card of state S1 was asked for and not acknowledged: what it said is of another card."""
    whole = recorded(chosen, "CD-GPO-11")
    events = tuple(event for event in whole.events if event.kind is not Kind.SETTING)
    assert judge(whole, CASES["CD-GPO-11"]).verdict is Verdict.PASS
    assert judge(replace(whole, events=events), CASES["CD-GPO-11"]).verdict is Verdict.INCONCLUSIVE
    assert bytes.fromhex(AID) in b"".join(event.data for event in whole.events)
