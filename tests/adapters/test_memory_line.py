"""A host line joined in memory: nobody waits, and what is late is heard by nobody."""

import pytest

from adapters.delivery import Delivery
from adapters.host.memory import MemoryLine
from adapters.wires import NoAnswer


class Told:
    """A host that answers as it is told, and notes what went out."""

    def __init__(self, *answers: tuple[Delivery, ...]) -> None:
        self.answers = list(answers)
        self.sent: list[bytes] = []

    def deliveries(self, _: bytes) -> tuple[Delivery, ...]:
        return self.answers.pop(0)

    def sending(self, delivery: Delivery) -> None:
        self.sent.append(delivery.data)


def test_a_late_answer_goes_out_after_the_next_one() -> None:
    """The device hears nothing in time; the line shows the answer when it has gone on."""
    host = Told((Delivery(b"late", after_ms=9_000),), (Delivery(b"next"),))
    line = MemoryLine(host, 5_000)
    with pytest.raises(NoAnswer):
        line.exchange(b"first")
    assert host.sent == []
    assert line.exchange(b"second") == b"next"
    assert host.sent == [b"next", b"late"]


def test_what_was_late_for_one_host_is_not_sent_by_the_next() -> None:
    """Another host at the other end knows nothing of it."""
    first, other = Told((Delivery(b"late", after_ms=9_000),)), Told((Delivery(b"own"),))
    line = MemoryLine(first, 5_000)
    with pytest.raises(NoAnswer):
        line.exchange(b"first")
    line.connect(other)
    assert line.exchange(b"second") == b"own"
    assert (first.sent, other.sent) == ([], [b"own"])
