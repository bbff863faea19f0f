"""How many attempts are judged in a second."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle

from adapters.clock import Clock
from adapters.errors import BenchBroken
from reports.measurements.attempts import passing
from reports.measurements.measurement import Prepared, Probe
from suites.judge import judge


@contextmanager
def attempts(clock: Clock) -> Iterator[Prepared]:
    """One attempt after another, all over again."""
    recorded = passing(clock)
    if not recorded:
        raise BenchBroken("no attempt of the emulated terminal passes")
    following = cycle(recorded)
    yield Prepared(Probe(lambda: judge(*next(following))))
