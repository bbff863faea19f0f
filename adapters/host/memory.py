"""A host line joined in memory: the device's end of the host port."""

from adapters.ports import HostEngine
from adapters.wires import NoAnswer


class MemoryLine:
    """adapters.wires.HostLine over an engine; `connect` puts another host at the other end."""

    def __init__(self, host: HostEngine) -> None:
        self._host = host

    def connect(self, host: HostEngine) -> None:
        self._host = host

    def trouble(self) -> tuple[BaseException, ...]:
        """Nothing: whatever is raised here comes out where the device asked."""
        return ()

    def close(self) -> None:
        """Nothing to close in memory."""

    def exchange(self, frame: bytes) -> bytes:
        answers = self._host.respond(frame)
        if not answers:
            message = "the host did not answer"
            raise NoAnswer(message)
        return answers[0]
