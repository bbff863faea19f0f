"""A kiosk's test-control line joined in memory: nobody waits, so silence is time that passes."""

from collections import deque
from collections.abc import Callable
from typing import Protocol

Say = Callable[[bytes], object]


class Agent(Protocol):
    """The other end: it hears bytes and says some."""

    def hear(self, data: bytes, say: Say) -> None: ...

    def idle(self, say: Say) -> None:
        """Nothing was heard for a long time."""
        ...


class MemoryControlLine:
    """adapters.operator.kiosk_operator.ControlLine over an agent in this process."""

    def __init__(self, agent: Agent) -> None:
        self._agent = agent
        self._said: deque[bytes] = deque()

    def send(self, data: bytes) -> None:
        self._agent.hear(data, self._said.append)

    def receive(self) -> bytes:
        if not self._said:
            self._agent.idle(self._said.append)
        return self._said.popleft() if self._said else b""

    def drain(self) -> None:
        self._said.clear()
