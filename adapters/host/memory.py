"""A host line joined in memory: the device's end of the host port."""

from adapters.delivery import Delivery
from adapters.ports import HostEnd
from adapters.wires import NoAnswer

# UnionPay POS, parameter 12: how long a terminal waits. In memory nobody waits: what would come
# later than this comes too late.
WAIT_MS = 5_000


class MemoryLine:
    """adapters.wires.HostLine over an engine; `connect` puts another host at the other end."""

    def __init__(self, host: HostEnd, wait_ms: int = WAIT_MS) -> None:
        self._host = host
        self._wait_ms = wait_ms
        # What comes when nobody waits for it any more: seen while the next question is answered.
        self._late: list[Delivery] = []

    def connect(self, host: HostEnd) -> None:
        self._host = host
        self._late.clear()

    def trouble(self) -> tuple[BaseException, ...]:
        """Nothing: whatever is raised here comes out where the device asked."""
        return ()

    def close(self) -> None:
        """Nothing to close in memory."""

    def exchange(self, frame: bytes) -> bytes:
        heard: list[bytes] = []
        late, self._late = self._late, []
        for delivery in self._host.deliveries(frame):
            if delivery.after_ms > self._wait_ms:
                self._late.append(delivery)
                continue
            self._host.sending(delivery)
            if delivery.data:
                heard.append(delivery.data)
        for delivery in late:
            self._host.sending(delivery)
        if not heard:
            message = "the host did not answer in time"
            raise NoAnswer(message)
        return heard[0]
