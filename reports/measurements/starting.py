"""How long a start of the launcher takes once it was set up."""

import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from adapters.clock import Clock
from adapters.errors import BenchBroken
from reports.measurements.measurement import Prepared, Probe

ROOT = Path(__file__).parent.parent.parent
LAUNCHER = "assay"
# What the launcher leaves when a set-up succeeded.
STAMP = ".venv/assay-stamp"


class NotSetUp(BenchBroken):
    """The launcher has never been run in this checkout."""

    cause = "not-installed"


def launcher(root: Path) -> Callable[[Clock], AbstractContextManager[Prepared]]:
    """`./assay` without a command; NotSetUp where its first start would set up."""

    @contextmanager
    def prepare(_: Clock) -> Iterator[Prepared]:
        if not (root / STAMP).is_file():
            raise NotSetUp("the launcher is not set up here: ./assay measure")
        yield Prepared(Probe(lambda: _start(root)))

    return prepare


def _start(root: Path) -> None:
    started = subprocess.run(
        (str(root / LAUNCHER),),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    if started.returncode != 0:
        raise BenchBroken(f"./assay ended with exit code {started.returncode}")
