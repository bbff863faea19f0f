"""A child that must not outlive its parent: a pipe, and whoever holds its other end."""

import os
import threading

GONE = 4


def follow(descriptor: int) -> None:
    """End this process at once when the pipe's other end is closed, however that came about.

    What was recorded until then is with the writer of the journal, which has a life of its own.
    """
    threading.Thread(target=_await, args=(descriptor,), daemon=True).start()


def _await(descriptor: int) -> None:
    os.read(descriptor, 1)
    os._exit(GONE)
