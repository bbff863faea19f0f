"""The recorder on wires: each port has a thread, and an attempt ends in one place."""

import threading

import pytest

from adapters.clock import SystemClock
from adapters.errors import DeviceFell
from adapters.events import Direction, Event, Kind, Port
from adapters.recorder import AttemptRecorder

WAIT_S = 10


def accept(_: Event) -> None:
    """Guards nothing."""


def test_an_attempt_ends_behind_the_event_that_is_being_written() -> None:
    """A device that hung may still be heard: what is being written comes before the end."""
    writing, go_on = threading.Event(), threading.Event()
    order: list[str] = []

    def write(_: Event) -> None:
        writing.set()
        go_on.wait(WAIT_S)
        order.append("event")

    recorder = AttemptRecorder(SystemClock(), {}, accept, write)

    def hear() -> None:
        recorder.record(Port.ICC, Direction.FROM_IUT, Kind.COMMAND, b"late")

    def close() -> None:
        recorder.close()
        order.append("end")

    heard = threading.Thread(target=hear)
    heard.start()
    assert writing.wait(WAIT_S)
    closed = threading.Thread(target=close)
    closed.start()
    # Time enough for an end that does not wait.
    closed.join(0.2)
    go_on.set()
    for thread in (heard, closed):
        thread.join(WAIT_S)
    assert order == ["event", "end"]
    assert len(recorder.events) == 1
    with pytest.raises(DeviceFell):
        hear()
