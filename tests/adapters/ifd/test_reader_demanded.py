"""Where a reader could be had, its tests may not be skipped."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from adapters.ifd import private_pcscd
from adapters.ifd.private_pcscd import Missing
from tests.adapters.ifd import virtual_reader
from tests.adapters.ifd.virtual_reader import apt_offers, go_without, is_demanded, need_reader

POLICY = "pcscd:\n  Installed: (none)\n  Candidate: {}\n  Version table:\n"


def offers(*packages: str) -> Callable[[str], bool]:
    """An apt that has these packages."""
    return lambda package: package in packages


@pytest.mark.parametrize(
    "environment, user, packages, demanded",
    [
        ({"CI": "true"}, 0, ("pcscd", "vsmartcard-vpcd"), True),
        ({"CI": "true"}, 0, ("pcscd",), False),
        ({"CI": "true"}, 0, ("vsmartcard-vpcd",), False),
        ({"CI": "true"}, 1000, ("pcscd", "vsmartcard-vpcd"), False),
        ({"CI": "false"}, 0, ("pcscd", "vsmartcard-vpcd"), False),
        ({}, 0, ("pcscd", "vsmartcard-vpcd"), False),
    ],
)
def test_a_reader_is_demanded_where_it_could_be_had(
    environment: dict[str, str], user: int, packages: tuple[str, ...], *, demanded: bool
) -> None:
    """Only CI, only root, only with an apt that offers daemon and driver."""
    assert is_demanded(environment, user, offers(*packages)) is demanded


def test_what_is_missing_fails_or_skips_by_name() -> None:
    """A demanded reader fails the test, another one is skipped, and both say what is missing."""
    missing = Missing("vpcd", "apt-get install -y vsmartcard-vpcd")
    with pytest.raises(pytest.fail.Exception, match=r"apt offers .* vpcd is missing: apt-get"):
        go_without(missing, demanded=True)
    with pytest.raises(pytest.skip.Exception, match="vpcd is missing: apt-get"):
        go_without(missing, demanded=False)


@pytest.mark.parametrize(
    "said, offered",
    [(POLICY.format("1.9.9-2"), True), (POLICY.format("(none)"), False), ("", False)],
)
def test_apt_offers_what_has_a_candidate(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, said: str, *, offered: bool
) -> None:
    """A package without a candidate, or that apt does not know, is not offered."""
    apt = tmp_path / "apt-cache"
    apt.write_text(f'#!/bin/sh\necho "$@" >{tmp_path}/asked\ncat <<END\n{said}\nEND\n')
    apt.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    assert apt_offers("pcscd") is offered
    assert (tmp_path / "asked").read_text() == "policy pcscd\n"


def test_a_system_without_apt_offers_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """No apt-cache and an apt-cache that fails are told from an offer."""
    monkeypatch.setenv("PATH", "/nowhere")
    assert not apt_offers("pcscd")

    def broken(*_: object, **__: object) -> None:
        raise subprocess.CalledProcessError(100, "apt-cache")

    monkeypatch.setattr(virtual_reader.subprocess, "run", broken)
    assert not apt_offers("pcscd")


def test_apt_is_asked_only_where_something_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that is there costs no question; one that is not is demanded by CI."""
    asked: list[str] = []

    def here() -> Path:
        return Path("/usr/sbin/pcscd")

    def missing() -> Path:
        raise Missing("pcscd", private_pcscd.installation())

    def everything(package: str) -> bool:
        asked.append(package)
        return True

    monkeypatch.setenv("CI", "true")
    monkeypatch.setattr(virtual_reader.os, "geteuid", lambda: 0)
    monkeypatch.setattr(virtual_reader, "check", here)
    need_reader(everything)
    assert not asked
    monkeypatch.setattr(virtual_reader, "check", missing)
    with pytest.raises(pytest.fail.Exception, match="pcscd is missing"):
        need_reader(everything)
    assert asked == ["pcscd", "vsmartcard-vpcd"]
