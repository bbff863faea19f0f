"""The reader's side, through a PC/SC daemon of our own and pyscard, to a card elsewhere."""

import importlib.util
import os
import shutil
import signal
import threading
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from adapters.errors import BenchBroken, DeviceAbsent, DeviceFell
from adapters.ifd import private_pcscd
from adapters.ifd.private_pcscd import READER, Missing, PrivatePcscd, check, state
from fixtures.emulated.card_at_reader import CardAtReader, bc_at_reader
from tests.adapters.ifd.virtual_reader import WAIT_MS, folder_for_daemons, reader_for

if TYPE_CHECKING:
    from adapters.ifd.pcsc import PcscIfd

SEED = "reader"
SHORT_MS = 500
ATR = bytes.fromhex("3B65000050424F4332")
SELECT = bytes.fromhex("00A4040008A00000033301010100")
GET_PROCESSING_OPTIONS = bytes.fromhex("80A8000002830000")
READ_RECORD = bytes.fromhex("00B2010C00")
RECORD_SFI_1 = bytes.fromhex(
    "702157136228480402564890018D30122010000000000F5F200950424F432F544553549000"
)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where all daemons of this process have their socket; skips where there is no reader."""
    return folder_for_daemons(tmp_path_factory)


def plain() -> CardAtReader:
    return bc_at_reader(SEED)


def difficult(how: str) -> Callable[[], CardAtReader]:
    return lambda: CardAtReader("-m", "tests.adapters.ifd.card_process", how)


strict, endless = difficult("strict"), difficult("endless")


def read(reader: "PcscIfd") -> None:
    """Select the application of BC, begin a transaction, read its first record."""
    assert reader.connect() == ATR
    selected = reader.transmit(SELECT)
    assert selected[:2] == b"\x6f\x24"
    assert selected.endswith(b"\x90\x00")
    assert reader.transmit(GET_PROCESSING_OPTIONS)[:4] == bytes.fromhex("800E7C00")
    assert reader.transmit(READ_RECORD) == RECORD_SFI_1


@pytest.mark.parametrize("card_at_reader", [plain, strict], ids=["plain", "strict"])
def test_a_card_is_read_through_the_reader(
    folder: Path, card_at_reader: Callable[[], CardAtReader]
) -> None:
    """Data arrive whole, from a card that sends them at once and from one with 61xx and 6Cxx."""
    with (
        card_at_reader() as card,
        PrivatePcscd(card.address, folder, WAIT_MS) as daemon,
        reader_for(daemon, WAIT_MS) as reader,
    ):
        read(reader)
        daemon.check_alive()


def test_a_daemon_started_anew_is_found_again(folder: Path) -> None:
    """The same reader works before and after its daemon was replaced; in between it says so."""
    with (
        plain() as card,
        PrivatePcscd(card.address, folder, WAIT_MS) as first,
        reader_for(first, WAIT_MS) as reader,
    ):
        read(reader)
        first.stop()
        with pytest.raises(BenchBroken):
            reader.transmit(READ_RECORD)
        with PrivatePcscd(card.address, folder, WAIT_MS):
            read(reader)
            reader.disconnect()


def test_a_daemon_that_is_killed_is_our_trouble(folder: Path) -> None:
    """A typed error about reader and daemon; a new daemon is found with a new context."""
    with (
        plain() as card,
        PrivatePcscd(card.address, folder, WAIT_MS) as first,
        reader_for(first, WAIT_MS) as reader,
    ):
        read(reader)
        os.kill(first.process_id, signal.SIGKILL)
        with pytest.raises(BenchBroken):
            reader.transmit(READ_RECORD)
        first.stop()
        with PrivatePcscd(card.address, folder, WAIT_MS):
            read(reader)
            reader.disconnect()


def test_a_daemon_that_stands_still_is_given_up(folder: Path) -> None:
    """The call ends within its time, as a card that hangs or as trouble of the bench."""
    with (
        plain() as card,
        PrivatePcscd(card.address, folder, SHORT_MS) as daemon,
        reader_for(daemon, SHORT_MS) as reader,
    ):
        read(reader)
        os.kill(daemon.process_id, signal.SIGSTOP)
        try:
            with pytest.raises((BenchBroken, DeviceFell)):
                reader.transmit(READ_RECORD)
            with pytest.raises(BenchBroken):
                reader.transmit(READ_RECORD)
        finally:
            os.kill(daemon.process_id, signal.SIGCONT)


def test_a_card_that_is_taken_away_is_told(folder: Path) -> None:
    """Its process has gone in the middle of a session: no command is answered any more."""
    with ExitStack() as stands:
        holder = ExitStack()
        card = holder.enter_context(plain())
        daemon = stands.enter_context(PrivatePcscd(card.address, folder, WAIT_MS))
        reader = stands.enter_context(reader_for(daemon, WAIT_MS))
        read(reader)
        holder.close()
        with pytest.raises((DeviceFell, BenchBroken)):
            reader.transmit(READ_RECORD)


def test_a_mute_card_is_given_up(folder: Path) -> None:
    """A command without an answer ends as a hang of the card, and everything can be stopped."""
    with (
        strict() as card,
        PrivatePcscd(card.address, folder, SHORT_MS) as daemon,
        reader_for(daemon, SHORT_MS) as reader,
    ):
        assert reader.connect() == ATR
        with pytest.raises(DeviceFell) as fell:
            reader.transmit(bytes.fromhex("FF00000000"))
        assert fell.value.how == "hang"
        with pytest.raises(BenchBroken, match="no card is connected"):
            reader.transmit(READ_RECORD)


def test_a_card_that_asks_without_end_floods(folder: Path) -> None:
    """A card that announces more data for ever is cut off."""
    with (
        endless() as card,
        PrivatePcscd(card.address, folder, WAIT_MS) as daemon,
        reader_for(daemon, WAIT_MS) as reader,
    ):
        reader.connect()
        with pytest.raises(DeviceFell) as fell:
            reader.transmit(SELECT)
        assert fell.value.how == "flood"


def test_another_reader_is_absent(folder: Path) -> None:
    """A reader that is not there is named, with those that are."""
    with (
        plain() as card,
        PrivatePcscd(card.address, folder, WAIT_MS) as daemon,
        reader_for(daemon, WAIT_MS, "No Such Reader") as reader,
        pytest.raises(DeviceAbsent, match=f"No Such Reader; there are: {READER}"),
    ):
        reader.connect()


def alive_for_seconds(daemon: PrivatePcscd) -> None:
    """Look again and again: a process that ends is not gone at once."""
    for _ in range(100):
        daemon.check_alive()
        threading.Event().wait(0.05)


def test_a_daemon_without_its_card_says_how_it_ended(folder: Path) -> None:
    """A daemon that ends at once is trouble of the bench, with the last of its log."""
    with plain() as gone:
        pass
    with (
        PrivatePcscd(gone.address, folder, WAIT_MS) as daemon,
        reader_for(daemon, WAIT_MS) as reader,
    ):
        with pytest.raises(BenchBroken):
            reader.connect()
        with pytest.raises(BenchBroken, match=r"pcscd ended with .*fd_set"):
            alive_for_seconds(daemon)


def test_a_daemon_ends_alone(folder: Path, tmp_path: Path) -> None:
    """Of two daemons, the one that is stopped ends; the other stays, and neither was told twice."""
    with (
        plain() as one,
        plain() as other,
        PrivatePcscd(one.address, folder, WAIT_MS) as stays,
        PrivatePcscd(other.address, tmp_path, WAIT_MS) as ends,
        reader_for(stays, WAIT_MS) as reader,
    ):
        read(reader)
        ends.stop()
        assert stays.process_id != ends.process_id
        with pytest.raises(BenchBroken, match="pcscd ended"):
            ends.check_alive()
        assert not ends.socket_path.exists()
        stays.check_alive()
        assert reader.transmit(READ_RECORD) == RECORD_SFI_1


def nothing(*_: object, **__: object) -> None:
    """A search that finds nothing."""


def test_what_is_missing_is_named_with_its_command(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Each thing that is not installed stops the start, with the command that installs it."""
    present = tmp_path / "libifdvpcd.so"
    present.touch()
    monkeypatch.setattr(shutil, "which", lambda *_, **__: "/usr/sbin/pcscd")
    monkeypatch.setattr(private_pcscd, "VPCD_DRIVER", present)
    monkeypatch.setattr(private_pcscd, "RUNTIME", tmp_path)
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: "found")
    assert check() == Path("/usr/sbin/pcscd")
    assert state() == "ready"
    packages = r"apt-get install -y pcscd vsmartcard-vpcd .*libpcsclite-dev && \./assay doctor$"
    monkeypatch.setattr(private_pcscd, "RUNTIME", tmp_path / "no" / "pcscd")
    refuses(r"mkdir .*/no/pcscd$", f"{tmp_path}/no/pcscd is missing")
    monkeypatch.setattr(importlib.util, "find_spec", nothing)
    refuses(f"pyscard is missing: .*{packages}", "pyscard is missing")
    present.unlink()
    refuses(f"vpcd is missing: .*{packages}", "vpcd is missing")
    monkeypatch.setattr(shutil, "which", nothing)
    refuses(f"pcscd is missing: .*{packages}", "pcscd is missing")


def refuses(message: str, in_short: str) -> None:
    with pytest.raises(Missing, match=message):
        check()
    assert state() == in_short


@pytest.mark.parametrize("user, sudo", [(0, False), (1000, True)])
def test_the_command_to_install_runs_as_it_is(
    monkeypatch: pytest.MonkeyPatch, user: int, *, sudo: bool
) -> None:
    """Root on a bare machine has no sudo, everybody else needs it."""
    monkeypatch.setattr(private_pcscd.os, "geteuid", lambda: user)
    assert ("sudo" in private_pcscd.installation().split()) is sudo
