"""What tests need to stand a reader over a card, and whether they may go on without one."""

import os
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest

from adapters.ifd.private_pcscd import READER, Missing, PrivatePcscd, check

if TYPE_CHECKING:
    from adapters.ifd.pcsc import PcscIfd

WAIT_MS = 5_000
FROM_APT = ("pcscd", "vsmartcard-vpcd")
ASKED_WITHIN = 30


def apt_offers(package: str) -> bool:
    """Whether apt has a version of a package to install, or has installed it."""
    try:
        policy = subprocess.run(
            ("apt-cache", "policy", package),
            capture_output=True,
            text=True,
            env={**os.environ, "LC_ALL": "C"},
            timeout=ASKED_WITHIN,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return any(
        line.strip().startswith("Candidate:") and "(none)" not in line
        for line in policy.stdout.splitlines()
    )


def is_demanded(environment: Mapping[str, str], user: int, offers: Callable[[str], bool]) -> bool:
    """Whether this run could have had a reader: CI, as root, with apt offering what it takes."""
    return environment.get("CI") == "true" and user == 0 and all(map(offers, FROM_APT))


def go_without(missing: Missing, *, demanded: bool) -> NoReturn:
    """Skip aloud; where the reader was to be had, fail, with what is missing."""
    if demanded:
        pytest.fail(f"apt offers a virtual reader and this run has none: {missing}")
    pytest.skip(f"NO VIRTUAL READER HERE: {missing}")


def need_reader(offers: Callable[[str], bool] = apt_offers) -> None:
    """Go on only with a virtual reader; apt is asked only where there is none."""
    try:
        check()
    except Missing as missing:
        go_without(missing, demanded=is_demanded(os.environ, os.geteuid(), offers))


@contextmanager
def reader_for(daemon: PrivatePcscd, wait_ms: int, name: str = READER) -> Iterator["PcscIfd"]:
    """The reader of a daemon, disconnected whatever happens."""
    from adapters.ifd import pcsc  # noqa: PLC0415 - pyscard is not installed everywhere

    pcsc.use_daemon(daemon.socket_path)
    reader = pcsc.PcscIfd(name, wait_ms)
    try:
        yield reader
    finally:
        reader.disconnect()


def folder_for_daemons(factory: pytest.TempPathFactory) -> Path:
    """One folder for all daemons: the library of a process keeps to the first socket it knew."""
    need_reader()
    folder = factory.getbasetemp() / "pcscd"
    folder.mkdir(exist_ok=True)
    return folder


