"""F10, F11: a PC/SC daemon that is killed or stands still, and a card that is taken away."""

import os
import signal
from contextlib import ExitStack
from pathlib import Path

import pytest

from adapters.errors import BenchBroken, DeviceFell
from adapters.ifd.private_pcscd import Missing, PrivatePcscd, check
from tests.adapters.ifd.test_virtual_reader import (
    READ_RECORD,
    SHORT_MS,
    WAIT_MS,
    card_at_reader,
    read,
    reader_for,
)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for the daemons of this process; skips where the reader is not installed."""
    try:
        check()
    except Missing as missing:
        pytest.skip(f"NO VIRTUAL READER HERE: {missing}")
    return tmp_path_factory.mktemp("pcscd")


def test_a_daemon_that_is_killed_is_our_trouble(place: Path) -> None:
    """A typed error about reader and daemon; a new daemon is found with a new context."""
    with (
        card_at_reader() as card,
        PrivatePcscd(card, place, WAIT_MS) as first,
        reader_for(first, WAIT_MS) as reader,
    ):
        read(reader)
        os.kill(first.process_id, signal.SIGKILL)
        with pytest.raises(BenchBroken):
            reader.transmit(READ_RECORD)
        first.stop()
        with PrivatePcscd(card, place, WAIT_MS):
            read(reader)
            reader.disconnect()


def test_a_daemon_that_stands_still_is_given_up(place: Path) -> None:
    """The call ends within its time, as a card that hangs or as trouble of the bench."""
    with (
        card_at_reader() as card,
        PrivatePcscd(card, place, SHORT_MS) as daemon,
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


def test_a_card_that_is_taken_away_is_told(place: Path) -> None:
    """Its process has gone in the middle of a session: no command is answered any more."""
    with ExitStack() as stands:
        holder = ExitStack()
        card = holder.enter_context(card_at_reader())
        daemon = stands.enter_context(PrivatePcscd(card, place, WAIT_MS))
        reader = stands.enter_context(reader_for(daemon, WAIT_MS))
        read(reader)
        holder.close()
        with pytest.raises((DeviceFell, BenchBroken)):
            reader.transmit(READ_RECORD)
