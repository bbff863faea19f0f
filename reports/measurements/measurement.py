"""What a measurement is: something to call, how its durations become one figure, and the limit."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

from adapters.clock import Clock, Timer
from reports.measurements.quantile import median, p95, p999
from suites.words import Title

SECOND = 1_000_000_000
CALLS = 1_000
# Caches and connections are as in the middle of a campaign: one call in so many goes before.
WARMING = 20


@dataclass(frozen=True, slots=True)
class Unit:
    """How a figure is written; `size`: how many of what is counted make one of it."""

    text: str
    size: int
    # A rate is to be high, a duration low.
    at_least: bool = False


MICROSECONDS = Unit("µs", 1_000)
MILLISECONDS = Unit("ms", 1_000_000)
SECONDS = Unit("s", SECOND)
PER_SECOND = Unit("/s", 1, at_least=True)


@dataclass(frozen=True, slots=True)
class Statistic:
    """How the durations of one process (ns) become the figure with the limit, and its slow end."""

    title: Title
    figure: Callable[[Sequence[int]], int]
    tail: Callable[[Sequence[int]], int] = p95


MEDIAN = Statistic(Title("median", "中位数"), median)
# For what must not be felt even once in a thousand times.
RARELY_MORE = Statistic(Title("p99.9", "第99.9百分位数"), p999, max)
RATE = Statistic(
    MEDIAN.title,
    lambda durations: SECOND // median(durations),
    lambda durations: SECOND // p95(durations),
)


@dataclass(frozen=True, slots=True)
class Probe:
    """What is timed, and what goes before each call untimed."""

    call: Callable[[], object]
    before: Callable[[], object] = tuple


@dataclass(frozen=True, slots=True)
class Prepared:
    """The probe, and what is taken off: the median of these, timed in turn with it."""

    probe: Probe
    above: tuple[Probe, ...] = ()


@dataclass(frozen=True, slots=True)
class Measurement:
    """One row. `limit` in nanoseconds, or per second; BenchBroken if it cannot be prepared."""

    title: Title
    unit: Unit
    limit: int
    prepare: Callable[[Clock], AbstractContextManager[Prepared]]
    statistic: Statistic = MEDIAN
    calls: int = CALLS


@dataclass(frozen=True, slots=True)
class Taken:
    """What one process found; `trouble` says why it found nothing."""

    figure: int = 0
    tail: int = 0
    calls: int = 0
    trouble: str = ""


def take(measurement: Measurement, clock: Clock, timer: Timer) -> Taken:
    """Prepare, call and reckon, in this process."""
    with measurement.prepare(clock) as prepared:
        durations = sample(prepared, measurement.calls, timer)
    statistic = measurement.statistic
    return Taken(statistic.figure(durations), statistic.tail(durations), len(durations))


def sample(prepared: Prepared, calls: int, timer: Timer) -> tuple[int, ...]:
    """The duration of each call in nanoseconds, after a few that are not counted."""
    for _ in range(calls // WARMING):
        for probe in (*prepared.above, prepared.probe):
            _timed(probe, timer)
    durations: list[int] = []
    below: list[list[int]] = [[] for _ in prepared.above]
    for _ in range(calls):
        for probe, taken in zip(prepared.above, below, strict=True):
            taken.append(_timed(probe, timer))
        durations.append(_timed(prepared.probe, timer))
    off = sum(map(median, below))
    return tuple(duration - off for duration in durations)


def _timed(probe: Probe, timer: Timer) -> int:
    probe.before()
    began = timer()
    probe.call()
    return timer() - began
