"""What a daemon's readers hold, asked by a process of its own."""

import subprocess
import sys
from pathlib import Path

import pytest

from adapters.errors import BenchBroken
from adapters.ifd import readers
from adapters.ifd.private_pcscd import READER, SOCKET_NAME, PrivatePcscd
from fixtures.cards.engine import ATR
from fixtures.emulated.card_at_reader import CardAtReader, bc_at_reader
from tests.adapters.ifd.virtual_reader import WAIT_MS, need_reader

SHORT_MS = 500
UNKNOWN_INS = bytes.fromhex("00FF000000")
NOT_SUPPORTED = bytes.fromhex("6D00")
LEFT_UNANSWERED = bytes.fromhex("FF00000000")


@pytest.fixture
def daemon_folder(tmp_path: Path) -> Path:
    """Any folder will do: the process that asks knows no other daemon."""
    need_reader()
    return tmp_path


def test_a_daemons_readers_are_told_with_their_cards(
    daemon_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both slots of a virtual reader, each with the ATR of what stands in it."""
    with (
        bc_at_reader("readers") as card,
        PrivatePcscd(card.address, daemon_folder, WAIT_MS) as daemon,
    ):
        monkeypatch.setenv(SOCKET_NAME, str(daemon.socket_path))
        first = readers.answer(daemon.socket_path, READER, UNKNOWN_INS, WAIT_MS)
        found = readers.system_readers(WAIT_MS)
    assert first == (ATR, NOT_SUPPORTED)
    assert [each.name.startswith(READER) for each in found] == [True, True]
    assert [each.atr for each in found] == [ATR, bytes.fromhex("3B00")]


def test_a_system_without_daemon_says_so(
    daemon_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody at the socket is trouble of the bench, in the library's words."""
    monkeypatch.setenv(SOCKET_NAME, str(daemon_folder / "nobody"))
    with pytest.raises(BenchBroken, match="PC/SC daemon: Service not available"):
        readers.system_readers(WAIT_MS)


def test_a_card_that_does_not_answer_is_told(daemon_folder: Path) -> None:
    """What fell at the card comes back as one line."""
    with (
        CardAtReader("-m", "tests.adapters.ifd.card_process", "strict") as card,
        PrivatePcscd(card.address, daemon_folder, SHORT_MS) as daemon,
        pytest.raises(BenchBroken, match="the card did not answer within 500 ms"),
    ):
        readers.answer(daemon.socket_path, READER, LEFT_UNANSWERED, SHORT_MS)


def stand_in(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    """A process that does something else in place of asking."""
    run = subprocess.run

    def instead(*_: object, timeout: float, **__: object) -> subprocess.CompletedProcess[str]:
        command = (sys.executable, "-c", program)
        return run(command, capture_output=True, text=True, timeout=timeout, check=False)

    monkeypatch.setattr(readers.subprocess, "run", instead)


@pytest.mark.parametrize(
    "program, wait_ms, said",
    [
        ("import sys; sys.exit(1)", WAIT_MS, "PC/SC gave no answer"),
        ("raise ImportError('libpcsclite')", WAIT_MS, "ImportError: libpcsclite"),
        ("import threading; threading.Event().wait(60)", 100, "no answer within 400 ms"),
    ],
)
def test_a_process_that_fails_is_trouble_in_words(
    monkeypatch: pytest.MonkeyPatch, program: str, wait_ms: int, said: str
) -> None:
    """A process that ends, breaks or hangs takes nobody with it."""
    stand_in(monkeypatch, program)
    with pytest.raises(BenchBroken, match=said):
        readers.system_readers(wait_ms)
