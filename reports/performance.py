"""Every measurement in fresh processes, against its limit."""

import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from adapters.errors import BenchBroken
from reports.measurements.measurement import Measurement, Taken
from reports.measurements.quantile import median
from suites.exit_codes import CONFORMING, INCOMPLETE, NOT_CONFORMING

ROOT = Path(__file__).parent.parent
PROCESSES = 5
GIVEN_UP_AFTER_S = 600


@dataclass(frozen=True, slots=True)
class Measured:
    """One measurement in all its processes. Without trouble each of them found something."""

    name: str
    measurement: Measurement
    taken: tuple[Taken, ...]

    @property
    def trouble(self) -> str:
        """Why it could not be measured; "" if it was."""
        return next((each.trouble for each in self.taken if each.trouble), "")

    @property
    def figure(self) -> int:
        """The median of the processes' figures: what the limit holds for."""
        return median([each.figure for each in self.taken])

    @property
    def tail(self) -> int:
        """The median of the processes' slow ends."""
        return median([each.tail for each in self.taken])

    @property
    def holds(self) -> bool:
        limit = self.measurement.limit
        return self.figure >= limit if self.measurement.unit.at_least else self.figure <= limit


def measured(
    table: Mapping[str, Measurement], taking: Callable[[str], Taken], tell: Callable[[int], object]
) -> tuple[Measured, ...]:
    """Each row in as many processes as there are rounds; `tell` hears of each round."""
    taken: dict[str, list[Taken]] = {name: [] for name in table}
    # Round by round: what slows the machine down for a while touches one figure of each row.
    for number in range(1, PROCESSES + 1):
        tell(number)
        for name in table:
            taken[name].append(taking(name))
    return tuple(Measured(name, table[name], tuple(found)) for name, found in taken.items())


def in_a_process(name: str) -> Taken:
    """One measurement in a process of its own; BenchBroken if that breaks."""
    command = (sys.executable, "-m", "reports.measurements", name)
    try:
        ran = subprocess.run(
            command, cwd=ROOT, capture_output=True, timeout=GIVEN_UP_AFTER_S, check=False
        )
    except subprocess.TimeoutExpired as silent:
        message = f"{name}: no figure within {GIVEN_UP_AFTER_S} s"
        raise BenchBroken(message) from silent
    if ran.returncode != 0:
        last = ran.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
        raise BenchBroken(f"{name}: {''.join(last)}")
    return msgspec.json.decode(ran.stdout, type=Taken)


def exit_code(found: tuple[Measured, ...]) -> int:
    """A limit that does not hold weighs more than a figure that is missing."""
    if any(not each.trouble and not each.holds for each in found):
        return NOT_CONFORMING
    return INCOMPLETE if any(each.trouble for each in found) else CONFORMING


def to_json(found: tuple[Measured, ...]) -> Iterator[Mapping[str, object]]:
    """Each row: figures in nanoseconds or per second, and what each process found."""
    for each in found:
        row = each.measurement
        body: dict[str, object] = {
            "name": each.name,
            "title": {"zh": row.title.zh, "en": row.title.en},
            "unit": "per second" if row.unit.at_least else "ns",
            "limit": row.limit,
            "limit_is": "at least" if row.unit.at_least else "at most",
        }
        if each.trouble:
            yield {**body, "holds": None, "trouble": each.trouble}
            continue
        processes = [
            {"figure": one.figure, "p95": one.tail, "calls": one.calls} for one in each.taken
        ]
        found_here = {"figure": each.figure, "p95": each.tail, "processes": processes}
        yield {**body, **found_here, "holds": each.holds}
