"""What a host engine hands to the line that sends for it: bytes, when, how, and a hang-up.

Engines are sans-IO: a late answer is a value, and who holds the line waits.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Delivery:
    """Bytes to send `after_ms` milliseconds, counted from when the question was complete.

    `segment` is how many bytes go out at a time, 0 for all at once; `close` hangs up afterwards. No
    bytes and `close` is a line that is dropped without an answer.
    """

    data: bytes
    after_ms: int = 0
    segment: int = 0
    close: bool = False

    @property
    def pieces(self) -> tuple[bytes, ...]:
        """The bytes as they are to be sent, one piece after the other."""
        size = self.segment or max(len(self.data), 1)
        return tuple(self.data[at : at + size] for at in range(0, len(self.data), size))
