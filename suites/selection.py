"""Makes the plan: the runs a device must pass, with its own values, and why others are left out."""

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from adapters.drivers import DRIVERS
from adapters.errors import InputRefused
from adapters.events import Port
from fixtures.ics import Ics
from fixtures.ixit import Ixit, check_ports
from suites.case import Case
from suites.case_json import case_digest
from suites.catalogue import SUITES, suite_of
from suites.records import LeftOut, Plan, PlannedRun
from suites.symbols import ABOVE_FLOOR, DATE_NAME, FLOOR, SMALL

PROFILES = ("full", "smoke")
NOT_APPLICABLE, WITHHELD, NOT_RUN = "not-applicable", "withheld", "not-run"
# A card is tested by its own suite, and so is a kiosk: it sells bills, not what a register enters.
# All other terminals are tested by all other suites.
OWN_SUITES: Mapping[str, str] = {"reference-card": "card", "kiosk": "kiosk"}
# contact facts, 4.0: the standard amount of the catalogue, 50.00.
STANDARD_AMOUNT = 5_000


@dataclass(frozen=True, slots=True)
class Choice:
    """What was asked for; empty: everything. A choice of some runs makes a practice campaign."""

    suite: str = ""
    group: str = ""
    case: str = ""
    profile: str = "full"
    only: tuple[str, ...] = ()

    @property
    def everything(self) -> bool:
        return self == Choice()


@dataclass(frozen=True, slots=True)
class Cost:
    """What a plan takes: acts, those done by hand, and seconds at most by the IXIT's limits."""

    acts: int
    by_hand: int
    seconds_at_most: int


class ChoiceRefused(InputRefused):
    """A suite, group or case that does not exist was asked for."""


def symbols(ics: Ics, terminal_date: str) -> Mapping[str, int | str]:
    """The device's own values for every symbol of the vocabulary."""
    floor = ics.settings["floor-limit"]
    if not isinstance(floor, int):
        message = "the floor limit is no amount"
        raise TypeError(message)
    return {
        FLOOR.name: floor,
        # Half the floor limit where the standard amount is not below it; 0.01 where there is none.
        SMALL.name: STANDARD_AMOUNT if floor > STANDARD_AMOUNT else max(floor // 2, 1),
        ABOVE_FLOOR.name: 2 * floor if floor else 2 * STANDARD_AMOUNT,
        DATE_NAME: terminal_date,
    }


def drawn(
    values: Mapping[str, int | str], seed: str, run: str
) -> Mapping[str, int | str]:
    """The values of one run: amounts that may be any are drawn from the seed.

    Who does not know the seed cannot have recorded the run before.
    """
    chance = random.Random(f"{seed}/{run}/amounts")
    small, above = values[SMALL.name], values[ABOVE_FLOOR.name]
    if not isinstance(small, int) or not isinstance(above, int):
        message = "an amount of the device is no amount"
        raise TypeError(message)
    return {
        **values,
        SMALL.name: chance.randint((small + 1) // 2, small),
        ABOVE_FLOOR.name: above + chance.randrange(1000),
    }


def check(choice: Choice, cases: Mapping[str, Case]) -> None:
    """ChoiceRefused names what there is instead."""
    groups = sorted({case.group for case in cases.values()})
    for asked, known, what in (
        (choice.suite, sorted(SUITES), "suite"),
        (choice.group, groups, "group"),
        (choice.case.split("[")[0], sorted(cases), "case"),
    ):
        if asked and asked not in known:
            message = f"there is no {what} {asked!r}; one of {', '.join(known)}"
            raise ChoiceRefused(message)


def plan(
    cases: Mapping[str, Case],
    ics: Ics,
    ixit: Ixit,
    terminal_date: str,
    choice: Choice,
    seed: str,
) -> Plan:
    """Runs in the order they are done: by setting, and within one setting drawn by the seed."""
    check(choice, cases)
    check_ports(ixit, ics.device)
    values = symbols(ics, terminal_date)
    runs: list[PlannedRun] = []
    left_out: list[LeftOut] = []
    seen_groups: set[str] = set()
    for case, run in _all_runs(cases.values()):
        planned = PlannedRun(case.id, run, case_digest(case), values)
        planned = replace(planned, symbols=drawn(values, seed, planned.id))
        result, reason = _left_out(case, planned, ics, ixit, choice)
        if not reason and choice.profile == "smoke" and case.group in seen_groups:
            result, reason = NOT_RUN, "the smoke profile takes one run per group"
        if reason:
            left_out.append(LeftOut(case.id, run, result, reason))
        else:
            runs.append(planned)
            seen_groups.add(case.group)
    return Plan(choice.profile, _ordered(runs, cases, seed), tuple(left_out))


def cost(runs: Sequence[PlannedRun], cases: Mapping[str, Case], ixit: Ixit) -> Cost:
    """Acts of the cases plus the sign-on and the clearing act of each run."""
    acts = 0
    for planned in runs:
        case = cases[planned.case].resolved(planned.run)
        acts += 1 + len(case.acts) + len(case.leaves) + bool(case.terminal.settings)
    driver = DRIVERS[Port.OPERATOR, ixit.ports[Port.OPERATOR].driver]
    return Cost(acts, acts if driver.by_hand else 0, acts * ixit.limits.act_seconds)


def ports_needed(case: Case) -> frozenset[Port]:
    """The ports its conditions read and its acts use."""
    needed = frozenset({Port.OPERATOR})
    return needed.union(*(condition.needs for condition in case.expect))


def _all_runs(cases: Iterable[Case]) -> Iterator[tuple[Case, str]]:
    for case in cases:
        for run in case.run_names():
            yield case, run


def _left_out(
    case: Case, planned: PlannedRun, ics: Ics, ixit: Ixit, choice: Choice
) -> tuple[str, str]:
    if another := _for_another_device(case, ics):
        return NOT_APPLICABLE, another
    if case.withheld:
        return WITHHELD, case.withheld
    chosen = case.resolved(planned.run)
    if not chosen.applies.holds(ics.claims):
        return NOT_APPLICABLE, f"ICS: the case asks for {chosen.applies}"
    missing = sorted(ports_needed(chosen) - set(ixit.ports))
    if missing:
        return NOT_RUN, f"port: the bench has no {', '.join(missing)}"
    if not _asked_for(case, planned, choice):
        return NOT_RUN, "not asked for"
    return "", ""


def _for_another_device(case: Case, ics: Ics) -> str:
    if ics.edition not in case.editions:
        editions = ", ".join(case.editions)
        return f"edition: the case is for {editions}, the ICS names {ics.edition}"
    if not _for_device(case, ics.device):
        return f"device: the suite {suite_of(case)} is not for a {ics.device}"
    return ""


def _for_device(case: Case, device: str) -> bool:
    suite = suite_of(case)
    return suite == OWN_SUITES[device] if device in OWN_SUITES else suite not in OWN_SUITES.values()


def _asked_for(case: Case, planned: PlannedRun, choice: Choice) -> bool:
    return (
        choice.suite in ("", suite_of(case))
        and choice.group in ("", case.group)
        and choice.case in ("", case.id, planned.id)
        and (not choice.only or planned.id in choice.only)
    )


def _ordered(
    runs: Sequence[PlannedRun], cases: Mapping[str, Case], seed: str
) -> tuple[PlannedRun, ...]:
    drawn = list(runs)
    # Not a secret: the order must be the same wherever this seed is used.
    random.Random(f"{seed}/order").shuffle(drawn)
    return tuple(sorted(drawn, key=lambda run: str(cases[run.case].resolved(run.run).terminal)))
