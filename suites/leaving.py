"""How a runner's process ends when its evidence cannot be written: at once, closing nothing."""

import os
from typing import NoReturn

# The stream itself: what a runner keeps for its own log is not written any more.
STANDARD_ERROR = 2


def leave(why: Exception, code: int) -> NoReturn:
    """Say why and end the process.

    A runner that went on to write its own reports would trip over the same disk, and end with a
    code of its own.
    """
    os.write(STANDARD_ERROR, f"{why}\n".encode())
    os._exit(code)
