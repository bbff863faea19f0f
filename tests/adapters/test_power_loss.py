"""Journal and ledger on a disk that loses power, model-checked; and that the check can fail."""

import pytest

from adapters.chain import LENGTH_SIZE, TAG_SIZE, Head, Taken
from adapters.chain_log import ChainLog, Recovered, recover
from adapters.disk import Disk
from tests.disk_model import Log, Subject, Violated, explored
from tests.simulated_disk import LazyNames, SimulatedDisk

SHARES = 8
ENOUGH = 6_000
GO_ON = Subject(begin=Log.go_on)


@pytest.mark.parametrize("share", range(SHARES))
@pytest.mark.parametrize(
    "subject, ledger", [(Subject(), False), (GO_ON, True)], ids=["journal", "ledger"]
)
def test_nothing_synced_is_lost_and_nothing_is_invented(
    request: pytest.FixtureRequest,
    share: int,
    subject: Subject,
    ledger: bool,  # noqa: FBT001 - parametrised
) -> None:
    """Whatever a power loss leaves, also in recovery, three deep; --disk-states N for more."""
    states = -(-request.config.getoption("--disk-states") // (2 * SHARES))
    assert explored(states, f"power {share}", subject, ledger) >= states


def in_new_segment(disk: Disk, found: Recovered) -> tuple[Log, Recovered]:
    return ChainLog._in_new_segment(disk, found), found


def without_making_the_past_durable(disk: SimulatedDisk) -> tuple[Log, Recovered]:
    return in_new_segment(disk, recover(disk))


def behind_a_torn_tail(disk: SimulatedDisk) -> tuple[Log, Recovered]:
    log, found = ChainLog.begin(disk)
    if len(found.segments) > 0:
        return ChainLog(disk, found.segments[-1], found.head), found
    return log, found


class Forgetful(ChainLog):
    """Tries again after a failure as if nothing had been."""

    def _stop_if_failed(self) -> None:
        self._failed.clear()

    def sync(self) -> None:
        try:
            super().sync()
        except OSError:
            super().sync()


def by_lengths_alone(data: bytes, head: Head) -> Taken:
    """A reader that goes on behind a bad record, at the next place where a length says so."""
    lines: list[bytes] = []
    at = 0
    while at + LENGTH_SIZE + TAG_SIZE < len(data):
        size = int.from_bytes(data[at : at + LENGTH_SIZE], "big")
        end = at + LENGTH_SIZE + size + TAG_SIZE
        line = data[at + LENGTH_SIZE : end - TAG_SIZE]
        if 0 < size < 200 and end <= len(data):
            head = head.after(line)
            lines.append(line)
            at = end
        else:
            at += 1
    return Taken(tuple(lines), head, 0)


def lenient(disk: SimulatedDisk) -> Recovered:
    lines: list[bytes] = []
    head = Head()
    for name in disk.names():
        taken = by_lengths_alone(disk.read(name), head)
        lines += taken.lines
        head = taken.head
    return Recovered(tuple(lines), head, 0, disk.names(), clean=True)


def lenient_begin(disk: SimulatedDisk) -> tuple[Log, Recovered]:
    found = lenient(disk)
    for name in found.segments:
        disk.sync(name)
    return in_new_segment(disk, found)


MUTILATED = {
    "the past is not made durable": (
        Subject(begin=without_making_the_past_durable),
        "were synced",
    ),
    "written behind a torn tail": (Subject(begin=behind_a_torn_tail), "were synced|continue"),
    "a failed sync is tried again": (Subject(begin=Forgetful.begin), "were synced"),
    "reads on behind a bad record": (
        Subject(begin=lenient_begin, recover=lenient),
        "invented",
    ),
    "new files are not made durable": (Subject(disk=LazyNames), "were synced"),
}


@pytest.mark.parametrize("mutilation", MUTILATED)
def test_a_mutilated_chain_is_caught(mutilation: str) -> None:
    """The check finds what each careless way of writing or reading loses or invents."""
    subject, broken = MUTILATED[mutilation]
    with pytest.raises(Violated, match=broken):
        explored(ENOUGH, "mutilated", subject, ledger=False)


def test_a_ledger_that_goes_on_behind_a_torn_tail_is_caught() -> None:
    """The other story of the model finds it too."""
    subject = Subject(begin=behind_a_torn_tail)
    with pytest.raises(Violated):
        explored(ENOUGH, "mutilated", subject, ledger=True)


def test_a_seed_gives_the_same_states_again() -> None:
    """What fails once can be looked at again."""
    first, second = (explored(500, "again", Subject(), ledger=False) for _ in range(2))
    assert first == second
