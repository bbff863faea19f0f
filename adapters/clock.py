"""The only module that reads clocks; everybody else is handed one."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol, TypeAlias

from adapters.events import Stamp

# Counts nanoseconds from nowhere in particular: only differences mean something.
Timer: TypeAlias = Callable[[], int]
TIMER: Timer = time.perf_counter_ns


class Clock(Protocol):
    """Hands out stamps and waits; the second method is how acts wait, in milliseconds."""

    def stamp(self) -> Stamp: ...

    def today(self) -> str:
        """The date as YYMMDD."""
        ...

    def boot(self) -> str:
        """Names the run of the machine within which monotonic times may be compared."""
        ...


# Linux gives each start of the machine an id.
BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
UNKNOWN_BOOT = "unknown"


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The clocks of this machine."""

    def stamp(self) -> Stamp:
        wall = datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
        return Stamp(_monotonic_ns(), wall)

    def today(self) -> str:
        return datetime.now(UTC).strftime("%y%m%d")

    def boot(self) -> str:
        return BOOT_ID.read_text("ascii").strip() if BOOT_ID.is_file() else UNKNOWN_BOOT


def _monotonic_ns() -> int:
    # The clock that goes on while the machine sleeps, where there is one: a suspended bench shows
    # as a gap in its evidence.
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic_ns() if clock is None else time.clock_gettime_ns(clock)
