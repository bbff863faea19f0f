"""What a campaign was recorded with: named facts of the machine, none of them about a person."""

import platform
from collections.abc import Mapping

from adapters.clock import Clock
from adapters.ifd import private_pcscd


def environment(clock: Clock) -> Mapping[str, str]:
    """Python, system, machine and its run, and whether PC/SC can be used; no host name, no user."""
    return {
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()}",
        "machine": platform.machine(),
        "boot": clock.boot(),
        "reader": private_pcscd.state(),
    }
