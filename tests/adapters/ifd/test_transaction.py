"""A whole contact transaction through PC/SC is the one that the same parties have in memory."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from adapters.codec import pos_link
from adapters.errors import DeviceFell
from adapters.events import Port
from adapters.host.memory import MemoryLine
from adapters.icc.memory import MemorySlot
from adapters.ifd.private_pcscd import PrivatePcscd
from adapters.interface import Interface
from adapters.ports import Untapped
from adapters.wires import CardMute, CardSlot
from fixtures import ics, ixit
from fixtures.acquirer.issuer import IssuerEngine
from fixtures.acquirer.posp import PospEngine
from fixtures.crypto.test_keys import bc_keys, posp_keys
from fixtures.emulated import devices
from fixtures.emulated.card_at_reader import CardAtReader, bc_at_reader, bc_engine
from fixtures.emulated.devices import Joints
from fixtures.joined import Nobody
from tests.adapters.ifd.virtual_reader import WAIT_MS, folder_for_daemons, reader_for

if TYPE_CHECKING:
    from adapters.ifd.pcsc import PcscIfd

SEED = "reader"
TODAY = "110315"
CLOCK = ("0315", "093015")
OVER_THE_FLOOR = 10_001
# EMV 4.4 Book 3, 8.2: INS and P1 of a whole transaction, but for the records that are read.
STEPS = (
    "A404",  # SELECT the directory
    "A404",  # SELECT the application
    "A800",  # GET PROCESSING OPTIONS
    "8800",  # INTERNAL AUTHENTICATE
    "AE80",  # GENERATE AC, an ARQC
    "8200",  # EXTERNAL AUTHENTICATE
    "AE40",  # GENERATE AC, a TC
)
ARQC_27, TC_27 = 0x80, 0x40


@dataclass
class PcscSlot:
    """adapters.wires.CardSlot over our reader."""

    reader: "PcscIfd"

    def reset(self) -> bytes:
        return self.reader.connect()

    def transmit(self, command: bytes) -> bytes:
        try:
            return self.reader.transmit(command)
        except DeviceFell as fell:
            raise CardMute(str(fell)) from fell

    def release(self) -> None:
        self.reader.disconnect()


@dataclass
class Traced:
    """A card slot or host line that keeps what crossed it, as pairs."""

    slot: CardSlot
    line: MemoryLine
    atrs: list[bytes] = field(default_factory=list)
    apdus: list[tuple[bytes, bytes]] = field(default_factory=list)
    frames: list[tuple[bytes, bytes]] = field(default_factory=list)

    def reset(self) -> bytes:
        self.atrs.append(self.slot.reset())
        return self.atrs[-1]

    def transmit(self, command: bytes) -> bytes:
        response = self.slot.transmit(command)
        self.apdus.append((command, response))
        return response

    def release(self) -> None:
        self.slot.release()

    def exchange(self, frame: bytes) -> bytes:
        answer = self.line.exchange(frame)
        self.frames.append((frame, answer))
        return answer


def purchase(slot: CardSlot) -> Traced:
    """Sign the emulated terminal on, buy something above its floor limit; what was said."""
    keys = bc_keys()
    host = PospEngine(posp_keys(), IssuerEngine({keys.pan: keys}), CLOCK)
    traced = Traced(slot, MemoryLine(Untapped(host)))
    statement = ics.read(ixit.read(ixit.IN_MEMORY).ics_path)
    claims = tuple(statement.claims)
    making = devices.Making("direct-pos", statement.settings, TODAY, SEED, claims=claims)
    slots = {Interface.CONTACT: traced, Interface.CONTACTLESS: MemorySlot(Nobody())}
    device = devices.make(making, Joints(slots, {Port.HOST_T: traced})).operator
    assert device.perform("sign on", {})["outcome"] == "SIGNED_ON"
    report = device.perform("purchase", {"amount": OVER_THE_FLOOR})
    assert (report["outcome"], report["response-code"]) == ("APPROVED", "00")
    return traced


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where all daemons of this process have their socket; skips where there is no reader."""
    return folder_for_daemons(tmp_path_factory)


def plain() -> CardAtReader:
    return bc_at_reader(SEED)


def strict() -> CardAtReader:
    return CardAtReader("-m", "tests.adapters.ifd.card_process", "strict")


@pytest.mark.parametrize("card_at_reader", [plain, strict])
def test_a_transaction_through_the_reader_is_the_one_in_memory(
    folder: Path, card_at_reader: Callable[[], CardAtReader]
) -> None:
    """ATR, every command and response, and every frame to the host are the same, byte for byte."""
    expected = purchase(MemorySlot(bc_engine(SEED)))
    with (
        card_at_reader() as card,
        PrivatePcscd(card.address, folder, WAIT_MS) as daemon,
        reader_for(daemon, WAIT_MS) as reader,
    ):
        traced = purchase(PcscSlot(reader))
        daemon.check_alive()
    assert traced.atrs == expected.atrs
    assert traced.apdus == expected.apdus
    assert traced.frames == expected.frames


def test_the_transaction_is_a_whole_one() -> None:
    """What is compared holds selection, records, dynamic data authentication, ARQC, ARPC and TC."""
    traced = purchase(MemorySlot(bc_engine(SEED)))
    steps = [command[1:3].hex().upper() for command, _ in traced.apdus]
    assert tuple(step for step in steps if not step.startswith("B2")) == STEPS
    assert steps.count("B201") == 4
    answers = dict(zip(steps, (response for _, response in traced.apdus), strict=True))
    # Format 1 of GENERATE AC: 80, a length, and the CID.
    assert (answers["AE80"][2], answers["AE40"][2]) == (ARQC_27, TC_27)
    assert answers["8200"] == bytes.fromhex("9000")
    assert [pos_link.decode(frame).body[:2].hex() for frame, _ in traced.frames] == ["0800", "0200"]
