"""The machine that something was measured on: what matters for speed, and nothing that names it."""

import os
import platform
import re
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
UNKNOWN = "-"
KIB_IN_MIB = 1024


@dataclass(frozen=True, slots=True)
class Machine:
    """CPU model, cores that this process may use, MiB of memory, kernel and Python release."""

    cpu: str
    cores: int
    memory_mib: int
    kernel: str
    python: str


def this_machine(proc: Path = PROC) -> Machine:
    """The machine we run on, from what its kernel tells below /proc; "-" and 0 for the rest."""
    return Machine(
        cpu=_first(r"^model name\s*:\s*(.+)$", proc / "cpuinfo") or platform.machine(),
        cores=len(os.sched_getaffinity(0)),
        memory_mib=int(_first(r"^MemTotal:\s*(\d+) kB$", proc / "meminfo") or 0) // KIB_IN_MIB,
        # Without what a distributor or a workplace puts behind the number.
        kernel=_first(r"^(\d+(?:\.\d+)*)", proc / "sys/kernel/osrelease") or UNKNOWN,
        python=platform.python_version(),
    )


def _first(pattern: str, path: Path) -> str:
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    found = re.search(pattern, text, re.MULTILINE)
    return found[1].strip() if found else ""
