"""How long the test card BC takes to answer: in memory, and through PC/SC and a virtual reader."""

import random
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from adapters.clock import Clock
from adapters.codec import dol
from adapters.codec.apdu import CommandApdu
from adapters.errors import BenchBroken
from adapters.ifd.private_pcscd import READER, PrivatePcscd, check
from fixtures.cards.bc import AID1, BC
from fixtures.cards.engine import ContactCardEngine
from fixtures.emulated.card_at_reader import bc_at_reader
from reports.measurements.attempts import SEED
from reports.measurements.measurement import Prepared, Probe

WAIT_MS = 5_000
CDOL1_8C = 0x8C
DONE = b"\x90\x00"
Transmit = Callable[[bytes], bytes]


def _command(cla: int, ins: int, p1: int, p2: int, data: bytes = b"") -> bytes:
    return CommandApdu(cla, ins, p1, p2, data, le=0).encode()


SELECT = _command(0x00, 0xA4, 0x04, 0x00, AID1)
GET_PROCESSING_OPTIONS = _command(0x80, 0xA8, 0x00, 0x00, bytes.fromhex("8300"))
# What the card answers does not depend on what the list is filled with, nor does its effort.
CDOL1_DATA = bytes(dol.wanted_length(dol.decode(BC.find(CDOL1_8C))))


@dataclass(frozen=True, slots=True)
class Kind:
    """A command, and the commands that bring the card to where it is due."""

    command: bytes
    after: tuple[bytes, ...]

    def probe(self, transmit: Transmit) -> Probe:
        """BenchBroken where the card refuses one of the commands."""
        for command in (*self.after, self.command):
            answer = transmit(command)
            if answer[-2:] != DONE:
                raise BenchBroken(f"BC: {command.hex().upper()}: {answer.hex().upper()}")
        return Probe(partial(transmit, self.command), partial(self._prepare, transmit))

    def _prepare(self, transmit: Transmit) -> None:
        for command in self.after:
            transmit(command)


STARTED = (SELECT, GET_PROCESSING_OPTIONS)
# The most frequent command, and with session key and MAC the dearest one without RSA.
READ_RECORD = Kind(_command(0x00, 0xB2, 0x01, 0x14), STARTED)
GENERATE_AC = Kind(_command(0x80, 0xAE, 0x80, 0x00, CDOL1_DATA), STARTED)


def in_memory(kind: Kind) -> Callable[[Clock], AbstractContextManager[Prepared]]:
    """The answers of the engine itself."""

    @contextmanager
    def prepare(_: Clock) -> Iterator[Prepared]:
        yield Prepared(kind.probe(_engine()))

    return prepare


def above_memory(kind: Kind) -> Callable[[Clock], AbstractContextManager[Prepared]]:
    """What daemon, virtual reader and the card's own process add to the same answers."""

    @contextmanager
    def prepare(_: Clock) -> Iterator[Prepared]:
        with _reader() as transmit:
            yield Prepared(kind.probe(transmit), above=(kind.probe(_engine()),))

    return prepare


def _engine() -> Transmit:
    card = ContactCardEngine(BC, random.Random(SEED))
    card.reset()
    return card.respond


@contextmanager
def _reader() -> Iterator[Transmit]:
    check()
    from adapters.ifd.pcsc import (  # noqa: PLC0415 - pyscard is not installed everywhere
        PcscIfd,
        use_daemon,
    )

    with (
        TemporaryDirectory() as folder,
        bc_at_reader(SEED) as card,
        PrivatePcscd(card.address, Path(folder), WAIT_MS) as daemon,
    ):
        use_daemon(daemon.socket_path)
        reader = PcscIfd(READER, WAIT_MS)
        try:
            reader.connect()
            yield reader.transmit
        finally:
            reader.disconnect()
