"""The reader's side, through a PC/SC daemon of our own and pyscard, to a card elsewhere."""

import importlib.util
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from adapters.errors import BenchBroken, DeviceAbsent, DeviceFell
from adapters.ifd import private_pcscd
from adapters.ifd.private_pcscd import READER, Missing, PrivatePcscd, check
from adapters.wires import Address

if TYPE_CHECKING:
    from adapters.ifd.pcsc import PcscIfd

ROOT = Path(__file__).parents[3]
CARD = Path(__file__).with_name("card_process.py")
WAIT_MS = 5_000
SHORT_MS = 500
ENDS_WITHIN = 20
ATR = bytes.fromhex("3B65000050424F4332")
SELECT = bytes.fromhex("00A4040008A00000033301010100")
GET_PROCESSING_OPTIONS = bytes.fromhex("80A8000002830000")
READ_RECORD = bytes.fromhex("00B2010C00")
RECORD_SFI_1 = bytes.fromhex(
    "702157136228480402564890018D30122010000000000F5F200950424F432F544553549000"
)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all daemons: the library of a process keeps to the first socket it knew.

    Skips where the virtual reader is not installed.
    """
    try:
        check()
    except Missing as missing:
        pytest.skip(f"NO VIRTUAL READER HERE: {missing}")
    return tmp_path_factory.mktemp("pcscd")


@contextmanager
def card_at_reader(*how: str) -> Iterator[Address]:
    """A card in a process of its own: in the process of its reader both wait for each other."""
    with subprocess.Popen(
        [sys.executable, str(CARD), *how],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), *sys.path))},
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            yield "127.0.0.1", int(process.stdout.readline())
        finally:
            process.stdin.close()
            process.wait(ENDS_WITHIN)


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


def read(reader: "PcscIfd") -> None:
    """Select the application of BC, begin a transaction, read its first record."""
    assert reader.connect() == ATR
    selected = reader.transmit(SELECT)
    assert selected[:2] == b"\x6f\x24"
    assert selected.endswith(b"\x90\x00")
    assert reader.transmit(GET_PROCESSING_OPTIONS)[:4] == bytes.fromhex("800E7C00")
    assert reader.transmit(READ_RECORD) == RECORD_SFI_1


@pytest.mark.parametrize("how", ["plain", "strict"])
def test_a_card_is_read_through_the_reader(folder: Path, how: str) -> None:
    """Data arrive whole, from a card that sends them at once and from one with 61xx and 6Cxx."""
    with (
        card_at_reader(how) as card,
        PrivatePcscd(card, folder, WAIT_MS) as daemon,
        reader_for(daemon, WAIT_MS) as reader,
    ):
        read(reader)
        daemon.check_alive()


def test_a_daemon_started_anew_is_found_again(folder: Path) -> None:
    """The same reader works before and after its daemon was replaced; in between it says so."""
    with (
        card_at_reader() as card,
        PrivatePcscd(card, folder, WAIT_MS) as first,
        reader_for(first, WAIT_MS) as reader,
    ):
        read(reader)
        first.stop()
        with pytest.raises(BenchBroken):
            reader.transmit(READ_RECORD)
        with PrivatePcscd(card, folder, WAIT_MS):
            read(reader)
            reader.disconnect()


def test_a_mute_card_is_given_up(folder: Path) -> None:
    """A command without an answer ends as a hang of the card, and everything can be stopped."""
    with (
        card_at_reader("strict") as card,
        PrivatePcscd(card, folder, SHORT_MS) as daemon,
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
        card_at_reader("endless") as card,
        PrivatePcscd(card, folder, WAIT_MS) as daemon,
        reader_for(daemon, WAIT_MS) as reader,
    ):
        reader.connect()
        with pytest.raises(DeviceFell) as fell:
            reader.transmit(SELECT)
        assert fell.value.how == "flood"


def test_another_reader_is_absent(folder: Path) -> None:
    """A reader that is not there is named, with those that are."""
    with (
        card_at_reader() as card,
        PrivatePcscd(card, folder, WAIT_MS) as daemon,
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
    with card_at_reader() as gone:
        pass
    with PrivatePcscd(gone, folder, WAIT_MS) as daemon, reader_for(daemon, WAIT_MS) as reader:
        with pytest.raises(BenchBroken):
            reader.connect()
        with pytest.raises(BenchBroken, match=r"pcscd ended with .*fd_set"):
            alive_for_seconds(daemon)


def test_a_daemon_ends_alone(folder: Path, tmp_path: Path) -> None:
    """Of two daemons, the one that is stopped ends; the other stays, and neither was told twice."""
    with (
        card_at_reader() as one,
        card_at_reader() as other,
        PrivatePcscd(one, folder, WAIT_MS) as stays,
        PrivatePcscd(other, tmp_path, WAIT_MS) as ends,
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
    monkeypatch.setattr(importlib.util, "find_spec", nothing)
    with monkeypatch.context() as installed:
        installed.setattr(importlib.util, "find_spec", lambda _: "found")
        installed.setattr(private_pcscd, "RUNTIME", tmp_path / "no" / "pcscd")
        with pytest.raises(Missing, match=r"as root, mkdir .*/no/pcscd"):
            check()
    with pytest.raises(Missing, match=r"pyscard.*libpcsclite-dev.*requirements/bench\.lock"):
        check()
    present.unlink()
    with pytest.raises(Missing, match="apt-get install -y vsmartcard-vpcd"):
        check()
    monkeypatch.setattr(shutil, "which", nothing)
    with pytest.raises(Missing, match="apt-get install -y pcscd"):
        check()
