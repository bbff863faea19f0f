"""Attempts as a campaign records them: the catalogue on the emulated terminal, joined in memory."""

from adapters.clock import Clock
from fixtures import ics, ixit
from fixtures.bench import bind, terminal_date
from suites.attempt import Attempt
from suites.case import Case
from suites.catalogue import CASES
from suites.executor import execute
from suites.finding import Verdict
from suites.judge import judge
from suites.selection import Choice, plan
from suites.unrecorded import execution

SEED = "measure"
# Enough to be a fair mix of the catalogue, few enough to be executed for each process anew.
MOST = 100


def passing(clock: Clock) -> tuple[tuple[Attempt, Case], ...]:
    """Attempts that pass, with their cases, spread evenly over the plan."""
    bench = ixit.read(ixit.IN_MEMORY)
    statement = ics.read(bench.ics_path)
    runs = plan(CASES, statement, bench, terminal_date(bench, clock), Choice(), SEED).runs
    found = []
    for planned in runs[:: 1 + len(runs) // MOST]:
        case = CASES[planned.case]
        unseen = execution(case, planned.run, statement, bench, planned.symbols, SEED)
        attempt = execute(unseen, bind(bench, statement, clock, SEED))
        if judge(attempt, case).verdict is Verdict.PASS:
            found.append((attempt, case))
    return tuple(found)
