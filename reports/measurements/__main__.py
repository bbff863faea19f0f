"""One measurement in this process, its outcome as JSON: `python -m reports.measurements NAME`."""

import sys

import msgspec

from adapters.clock import TIMER, SystemClock
from adapters.errors import BenchBroken, DeviceFell
from reports.measurements.measurement import Taken, take
from reports.measurements.table import MEASUREMENTS


def main(name: str) -> None:
    """Take one measurement; trouble in reaching what is measured is an outcome too."""
    try:
        taken = take(MEASUREMENTS[name], SystemClock(), TIMER)
    except (BenchBroken, DeviceFell) as trouble:
        taken = Taken(trouble=str(trouble))
    sys.stdout.write(msgspec.json.encode(taken).decode())


if __name__ == "__main__":
    main(sys.argv[1])
