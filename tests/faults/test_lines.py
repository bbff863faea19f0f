"""F9, F12, F13: lines that break, stay half open, crawl or carry noise."""

import os
import random
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass

import pytest

from adapters import register
from adapters.clock import SystemClock
from adapters.codec import ecr, pos_link, vpcd
from adapters.codec.ecr import Signal
from adapters.codec.pos_link import Frame
from adapters.codec.vpcd import LARGEST_COMMAND, Control
from adapters.errors import BenchBroken, DeviceAbsent, DeviceFell
from adapters.events import Direction, Event, Kind, Port
from adapters.host.tcp import TcpHost
from adapters.icc.vpcd import VpcdIcc
from adapters.operator.ecr import EcrOperator
from adapters.ports import Budget, CardTap, HostTap
from adapters.recorder import AttemptRecorder
from adapters.wires import Address, PseudoTerminal, TcpLine, VpcdSlot

WAIT_MS = 5_000
ATR = bytes.fromhex("3B6500005042 4F4332")
SELECT = bytes.fromhex("00A4040000")
FRAME = pos_link.encode(Frame(bytes(5), bytes(6), b"\x08\x00" + bytes(8)))
SECONDS = 1
FROM, TO = Direction.FROM_IUT, Direction.TO_IUT
RESET_AT_CLOSE = struct.pack("ii", 1, 0)


class Card:
    def reset(self) -> bytes:
        return ATR

    def respond(self, command: bytes) -> bytes:
        return command + b"\x90\x00"


class Host:
    def respond(self, frame: bytes) -> tuple[bytes, ...]:
        return (frame,)


@dataclass
class Recorded:
    """A recorder whose events can be waited for."""

    recorder: AttemptRecorder

    def kinds(self) -> list[tuple[Direction, Kind]]:
        return [(event.direction, event.kind) for event in self.recorder.events]

    def awaited(self, count: int) -> list[tuple[Direction, Kind]]:
        for _ in range(500):
            if len(self.recorder.events) >= count:
                break
            time.sleep(0.01)
        return self.kinds()


def accept(_: Event) -> None:
    """Guards and writes nothing."""


@pytest.fixture
def recorded() -> Recorded:
    return Recorded(AttemptRecorder(SystemClock(), {}, accept, accept))


@pytest.fixture
def card(recorded: Recorded) -> Iterator[VpcdIcc]:
    door = VpcdIcc(CardTap(Card(), recorded.recorder, Budget(400)))
    yield door
    door.close()


@pytest.fixture
def host(recorded: Recorded) -> Iterator[TcpHost]:
    door = TcpHost(HostTap(Port.HOST_T, Host(), recorded.recorder, Budget(400)))
    yield door
    door.close()


def line_to(address: Address) -> socket.socket:
    return socket.create_connection(address, WAIT_MS / 1000)


POWERED = vpcd.encode_control(Control.POWER_ON) + vpcd.encode_control(Control.GET_ATR)
WHOLE = vpcd.encode(SELECT, LARGEST_COMMAND)
EXCHANGE = [(FROM, Kind.COMMAND), (TO, Kind.RESPONSE)]
RESET = [(FROM, Kind.RESET), (TO, Kind.RESET)]


@pytest.mark.parametrize("sent", [0, 1, 4], ids=["between", "inside the length", "inside the APDU"])
def test_a_reader_that_is_unplugged_leaves_what_was_whole(
    sent: int, card: VpcdIcc, recorded: Recorded
) -> None:
    """Half a command is no event and gets no answer; the card can be powered on again."""
    with line_to(card.address) as line:
        line.sendall(POWERED + WHOLE + WHOLE[:sent])
        assert recorded.awaited(4) == RESET + EXCHANGE
    slot = VpcdSlot(card.address, WAIT_MS)
    assert slot.reset() == ATR
    assert slot.transmit(SELECT) == SELECT + b"\x90\x00"
    slot.release()
    assert recorded.kinds() == RESET + EXCHANGE + RESET + EXCHANGE
    assert card.trouble() == ()


def reset(line: socket.socket) -> None:
    """Hang up as a machine does that has crashed: RST instead of FIN."""
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_AT_CLOSE)
    line.close()


@pytest.mark.parametrize("sent", [0, 5, len(FRAME)], ids=["idle", "half a frame", "a frame"])
def test_a_host_line_that_is_reset_is_served_again(
    sent: int, host: TcpHost, recorded: Recorded
) -> None:
    """The next call is answered; a frame that came whole was recorded, half a frame was not."""
    line = line_to(host.address)
    line.sendall(FRAME[:sent])
    whole = sent == len(FRAME)
    recorded.awaited(2 if whole else 0)
    reset(line)
    assert TcpLine(host.address, WAIT_MS).exchange(FRAME) == FRAME
    messages = [(FROM, Kind.MESSAGE), (TO, Kind.MESSAGE)]
    assert recorded.kinds() == messages * (2 if whole else 1)
    assert host.trouble() == ()


@pytest.mark.parametrize("sent", [0, 5], ids=["silent", "half a frame"])
def test_a_line_that_stays_half_open_does_not_shut_the_door(sent: int, host: TcpHost) -> None:
    """A device whose line broke without a word calls again, and is heard."""
    with line_to(host.address) as dead:
        dead.sendall(FRAME[:sent])
        for _ in range(3):
            assert TcpLine(host.address, WAIT_MS).exchange(FRAME) == FRAME


def test_a_reader_that_stays_half_open_does_not_shut_the_door(card: VpcdIcc) -> None:
    """The same at the card's port."""
    with line_to(card.address) as dead:
        dead.sendall(POWERED + WHOLE[:3])
        slot = VpcdSlot(card.address, WAIT_MS)
        assert slot.reset() == ATR
        slot.release()


def test_a_line_that_crawls_is_heard_to_the_end(host: TcpHost, recorded: Recorded) -> None:
    """Byte by byte a frame is one event, and its answer comes once."""
    with line_to(host.address) as line:
        for byte in FRAME:
            line.sendall(bytes((byte,)))
            time.sleep(0.002)
        assert line.recv(4096) == FRAME
    assert recorded.kinds() == [(FROM, Kind.MESSAGE), (TO, Kind.MESSAGE)]


def device(port: PseudoTerminal, answer: Callable[[bytes], bytes]) -> None:
    """A device that answers each frame of the register with these bytes."""

    def serve() -> None:
        # It ends when its port is pulled out.
        with suppress(OSError):
            while frame := port.read():
                port.write(answer(frame))

    threading.Thread(target=serve, daemon=True).start()


def good(_: bytes) -> bytes:
    request = next(iter(register.requests("sign on", {})))
    told = register.report(request, {"outcome": "SIGNED_ON"})
    data = ecr.encode_message(told, ecr.Sender.TERMINAL, register.PROFILE)
    return bytes((Signal.ACK,)) + ecr.encode(data, register.PROFILE)


def noise(frame: bytes) -> bytes:
    return random.Random(frame).randbytes(200)


def wrong_baud(frame: bytes) -> bytes:
    """What a line of half the speed shows: each bit is read twice, so all bytes are others."""
    return bytes(byte >> 4 | (byte & 0x0F) << 4 ^ 0x55 for byte in good(frame))


def corrupted(frame: bytes) -> bytes:
    answer = bytearray(good(frame))
    answer[-2] ^= 0x10
    return bytes(answer)


@pytest.mark.parametrize("answer", [noise, wrong_baud, corrupted])
def test_a_register_line_with_noise_is_no_answer(answer: Callable[[bytes], bytes]) -> None:
    """Bytes that are no message are told as the device's trouble, within the time of an act."""
    port = PseudoTerminal()
    device(port, answer)
    operator = EcrOperator(port.name, SECONDS)
    with pytest.raises(DeviceFell) as fell:
        operator.perform("sign on", {})
    assert fell.value.how in ("garbage", "hang", "flood")
    operator.close()


def test_a_register_line_without_noise_is_heard() -> None:
    """The same device with good bytes is understood: what is refused above is the noise."""
    port = PseudoTerminal()
    device(port, good)
    operator = EcrOperator(port.name, SECONDS)
    assert operator.perform("sign on", {})["outcome"] == "SIGNED_ON"
    operator.close()


@pytest.mark.parametrize("heard", [False, True])
def test_a_register_line_that_is_pulled_out(heard: bool) -> None:  # noqa: FBT001 - parametrised
    """Before the first word nobody is there; later the device hung up."""
    port = PseudoTerminal()
    if heard:
        device(port, good)
    operator = EcrOperator(port.name, SECONDS)
    if heard:
        operator.perform("sign on", {})
    # Both ends that the emulated device holds: as when a USB adapter is pulled out.
    os.close(port._own)
    os.close(port._other)
    with pytest.raises(DeviceFell if heard else DeviceAbsent):
        operator.perform("sign on", {})
    operator.close()


def test_a_register_line_has_one_register() -> None:
    """F22: a second bench on the same line is refused by the key of the bench file."""
    port = PseudoTerminal()
    first = EcrOperator(port.name, SECONDS)
    with pytest.raises(BenchBroken, match=r"operator\.port is /dev/.*another program holds"):
        EcrOperator(port.name, SECONDS)
    first.close()
    EcrOperator(port.name, SECONDS).close()
