"""The only module that reads clocks; everybody else is handed one."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from adapters.events import Stamp


class Clock(Protocol):
    """Hands out stamps and waits; the second method is how acts wait, in milliseconds."""

    def stamp(self) -> Stamp: ...

    def today(self) -> str:
        """The date as YYMMDD."""
        ...


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The clocks of this machine."""

    def stamp(self) -> Stamp:
        wall = datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
        return Stamp(time.monotonic_ns(), wall)

    def today(self) -> str:
        return datetime.now(UTC).strftime("%y%m%d")
