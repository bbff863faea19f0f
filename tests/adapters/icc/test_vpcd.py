"""The card's end of a virtual reader, against a plain socket as vpcd behaves."""

import socket
from collections.abc import Iterator

import pytest

from adapters.codec import vpcd
from adapters.codec.vpcd import LARGEST_COMMAND, LARGEST_RESPONSE, Control
from adapters.errors import DeviceFell, RecorderFailed, RefusedData
from adapters.icc.vpcd import VpcdIcc

ATR = bytes.fromhex("3B65000050424F4332")
COMMAND = bytes.fromhex("00A4040008A00000033301010100")
MUTE = bytes.fromhex("80CA9F3600")
WAIT = 2.0
SHORT = 0.2


class Card:
    """Answers with its own byte and counts its resets."""

    def __init__(self, own: int, atr: bytes = ATR) -> None:
        self._own = own
        self._atr = atr
        self.resets = 0

    def reset(self) -> bytes:
        self.resets += 1
        return self._atr

    def respond(self, command: bytes) -> bytes:
        return b"" if command == MUTE else bytes((self._own, 0x90, 0x00))


class Raises:
    """A tap that raises at a command."""

    def __init__(self, raised: BaseException) -> None:
        self._raised = raised

    def reset(self) -> bytes:
        return ATR

    def respond(self, _: bytes) -> bytes:
        raise self._raised


class Reader:
    """vpcd's end: LEN and message go out in two sends."""

    def __init__(self, door: VpcdIcc) -> None:
        self.line = socket.create_connection(door.address, WAIT)
        self.line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._decoder = vpcd.Decoder(LARGEST_RESPONSE)

    def control(self, control: Control) -> None:
        self._send(vpcd.encode_control(control))

    def command(self, command: bytes) -> bytes:
        self._send(vpcd.encode(command, LARGEST_COMMAND))
        return self.answer()

    def atr(self) -> bytes:
        self.control(Control.GET_ATR)
        return self.answer()

    def answer(self) -> bytes:
        """One message; empty when the card hung up."""
        while chunk := self.line.recv(4096):
            for message in self._decoder.feed(chunk):
                return message
        return b""

    def _send(self, message: bytes) -> None:
        self.line.sendall(message[: vpcd.LENGTH_SIZE])
        self.line.sendall(message[vpcd.LENGTH_SIZE :])


@pytest.fixture
def card() -> Card:
    return Card(0x01)


@pytest.fixture
def door(card: Card) -> Iterator[VpcdIcc]:
    opened = VpcdIcc(card)
    yield opened
    opened.close()


@pytest.fixture
def reader(door: VpcdIcc) -> Iterator[Reader]:
    opened = Reader(door)
    with opened.line:
        yield opened


def test_power_and_reset_reset_the_card(reader: Reader, card: Card) -> None:
    """Power on and reset reach the card, power off does not, and only GET ATR is answered."""
    reader.control(Control.POWER_ON)
    assert reader.atr() == ATR
    assert card.resets == 1
    reader.control(Control.RESET)
    reader.control(Control.POWER_OFF)
    assert reader.atr() == ATR
    assert card.resets == 2


def test_a_reader_that_only_looks_finds_a_card(reader: Reader, card: Card) -> None:
    """One who asks for the ATR before any power gets it, and looking again resets nothing."""
    assert reader.atr() == ATR
    assert reader.atr() == ATR
    assert card.resets == 1


def test_a_card_without_atr_is_reset_once_for_each_power_on(door: VpcdIcc, reader: Reader) -> None:
    """A card that gives no ATR stays mute when asked for it, and is not reset behind one's back."""
    dead = Card(0x03, b"")
    door.load(dead)
    reader.control(Control.POWER_ON)
    reader.line.settimeout(SHORT)
    with pytest.raises(TimeoutError):
        reader.atr()
    assert dead.resets == 1


def test_the_next_card_answers_once_it_is_loaded(door: VpcdIcc, reader: Reader) -> None:
    """Commands go to the card that was loaded last."""
    assert reader.command(COMMAND) == bytes.fromhex("019000")
    door.load(Card(0x02))
    assert reader.command(COMMAND) == bytes.fromhex("029000")


def test_a_mute_card_sends_nothing(reader: Reader) -> None:
    """No answer is no message; the next command is answered."""
    reader.line.settimeout(SHORT)
    with pytest.raises(TimeoutError):
        reader.command(MUTE)
    assert reader.command(COMMAND) == bytes.fromhex("019000")


@pytest.mark.parametrize(
    "raised", [RecorderFailed("disk full"), RefusedData("real PAN"), DeviceFell("flood", "many")]
)
def test_what_a_tap_raises_is_handed_over_once(
    door: VpcdIcc, reader: Reader, raised: BaseException
) -> None:
    """The reader is hung up on, the bench gets what was raised, and the next reader is served."""
    door.load(Raises(raised))
    assert reader.command(COMMAND) == b""
    after = Reader(door)
    with after.line:
        assert after.atr() == ATR
    assert door.trouble() == (raised,)
    assert door.trouble() == ()


def test_garbage_ends_the_connection_without_trouble(door: VpcdIcc, reader: Reader) -> None:
    """A LEN that cannot be is the reader's fault: it is hung up on and may call again."""
    reader.line.sendall(bytes.fromhex("FFFF00"))
    assert reader.answer() == b""
    after = Reader(door)
    with after.line:
        assert after.command(COMMAND) == bytes.fromhex("019000")
    assert door.trouble() == ()
