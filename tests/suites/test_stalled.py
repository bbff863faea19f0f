"""A bench that stood still: what it then recorded says nothing about the device."""

from dataclasses import replace

import pytest

from adapters.events import Direction, Event, Kind, Port, Stamp
from suites.attempt import Attempt, Trouble
from suites.case import Standing
from suites.conditions.condition import finding
from suites.finding import Verdict
from suites.phrase import Phrase
from suites.stalled import LONGEST_ANSWER_NS, stood_still
from suites.verdict import STALLED, Findings, verdict
from tests.suites.recordings import FACTS

ACT_SECONDS = 10
LIMITED = replace(FACTS, limits={"act-seconds": ACT_SECONDS, "questions": 400})
LONGEST_GAP_NS = ACT_SECONDS * 1_000_000_000 + LONGEST_ANSWER_NS
START_NS = 5_000_000_000
FROM, TO, AT = Direction.FROM_IUT, Direction.TO_IUT, Direction.AT_BENCH
ASKED = (Port.ICC, Port.HOST_T, Port.HOST_S)


def attempt(*events: tuple[Port, Direction, int], limited: bool = True) -> Attempt:
    """Events at these ports, each so many ns after the one before."""
    now, recorded = START_NS, []
    for seq, (port, direction, later) in enumerate(events, 1):
        now += later
        kind = Kind.RULE if direction is AT else Kind.MESSAGE
        recorded.append(Event(seq, port, direction, kind, b"", {}, Stamp(now, "")))
    return Attempt(tuple(recorded), LIMITED if limited else FACTS)


@pytest.mark.parametrize("port", ASKED)
def test_an_answer_of_ours_that_comes_too_late_is_seen(port: Port) -> None:
    """Two seconds are borne, a nanosecond more is not, whatever else happened meanwhile."""
    other = Port.OPERATOR
    late = ((port, FROM, 0), (other, FROM, LONGEST_ANSWER_NS), (port, TO, 1))
    in_time = ((port, FROM, 0), (other, FROM, LONGEST_ANSWER_NS - 1), (port, TO, 1))
    assert stood_still(attempt(*late))
    assert not stood_still(attempt(*in_time))


@pytest.mark.parametrize("port", ASKED)
def test_a_rule_may_keep_the_device_waiting(port: Port) -> None:
    """What a case does on purpose is no trouble of the bench; a rule elsewhere excuses nothing."""
    slow = LONGEST_ANSWER_NS + 1
    assert not stood_still(attempt((port, FROM, 0), (port, AT, 1), (port, TO, slow)))
    elsewhere = Port.HOST_T if port is Port.ICC else Port.ICC
    assert stood_still(attempt((port, FROM, 0), (elsewhere, AT, 1), (port, TO, slow)))
    assert stood_still(
        attempt((port, FROM, 0), (port, AT, 1), (port, TO, 1), (port, FROM, 1), (port, TO, slow))
    )


def test_a_device_may_take_its_time() -> None:
    """How long the device waits before it asks, or stays without an answer, is its own affair."""
    slow = LONGEST_ANSWER_NS + 1
    icc = Port.ICC
    assert not stood_still(attempt((icc, FROM, 0), (icc, TO, 1), (icc, FROM, slow), (icc, TO, 1)))
    assert not stood_still(attempt((icc, FROM, 0), (icc, FROM, slow), (icc, TO, 1)))
    # At ifd it is the card under test that answers.
    assert not stood_still(attempt((Port.IFD, FROM, 0), (Port.IFD, TO, slow)))


def test_a_gap_longer_than_an_act_may_take_is_seen() -> None:
    """The limit of an act and two seconds: within them the device may be at work."""
    operator = Port.OPERATOR
    assert not stood_still(attempt((operator, TO, 0), (operator, FROM, LONGEST_GAP_NS)))
    assert stood_still(attempt((operator, TO, 0), (operator, FROM, LONGEST_GAP_NS + 1)))


def test_without_limits_or_clock_nothing_is_said() -> None:
    """A recording of others has neither; a stamp that nobody took is no time."""
    slow = 2 * LONGEST_GAP_NS
    events = ((Port.ICC, FROM, 0), (Port.ICC, TO, slow))
    assert stood_still(attempt(*events))
    assert not stood_still(attempt(*events, limited=False))
    untimed = attempt(*events)
    for unknown in range(2):
        recorded = list(untimed.events)
        recorded[unknown] = replace(recorded[unknown], stamp=Stamp(0, ""))
        assert not stood_still(replace(untimed, events=tuple(recorded)))
    assert not stood_still(Attempt((), LIMITED))


HOLDS = Phrase("holds")
OURS = Trouble("driver", "the driver broke", ours=True)
THEIRS = Trouble("hang", "the device fell silent", ours=False)


@pytest.mark.parametrize(
    "found, trouble, closed, broken, expected",
    [
        (Verdict.PASS, None, True, (), (Verdict.INCONCLUSIVE, STALLED)),
        (Verdict.FAIL, None, True, (), (Verdict.FAIL, STALLED)),
        (Verdict.PASS, THEIRS, True, (), (Verdict.INCONCLUSIVE, STALLED)),
        (Verdict.PASS, OURS, True, (), (Verdict.ERROR, "driver")),
        (Verdict.PASS, None, False, (), (Verdict.INCONCLUSIVE, "bench")),
        (Verdict.PASS, None, True, ("X",), (Verdict.ERROR, "judge: X")),
    ],
)
def test_a_bench_that_stood_still_passes_nothing(
    found: Verdict,
    trouble: Trouble | None,
    closed: bool,  # noqa: FBT001 - parametrised
    broken: tuple[str, ...],
    expected: tuple[Verdict, str],
) -> None:
    """Inconclusive with its cause; a failure stays, and trouble that weighs more is named first."""
    stalled = attempt((Port.ICC, FROM, 0), (Port.ICC, TO, LONGEST_ANSWER_NS + 1))
    judged = replace(stalled, trouble=trouble, closed=closed)
    said = finding("X", found, HOLDS, HOLDS, (1, 2))
    assert verdict(judged, Standing.NORMATIVE, Findings(expectations=(said,), broken=broken)) == (
        expected
    )
