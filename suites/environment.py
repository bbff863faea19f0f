"""What a campaign was recorded with: named facts of the machine, none of them about a person."""

import platform
from collections.abc import Mapping

from adapters.clock import Clock


def environment(clock: Clock) -> Mapping[str, str]:
    """Python, system and machine, and the run of the machine; no host name, no user."""
    return {
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()}",
        "machine": platform.machine(),
        "boot": clock.boot(),
    }
