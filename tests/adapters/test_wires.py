"""Wires: both ends of the card slot, the host line and the register line, over real sockets."""

import socket
import threading

import pytest

from adapters import register as register_profile
from adapters.codec import pos_link
from adapters.codec.pos_link import Frame
from adapters.delivery import Delivery
from adapters.errors import DeviceAbsent, DeviceFell, RefusedData
from adapters.host.tcp import TcpHost
from adapters.icc.vpcd import VpcdIcc
from adapters.operator.ecr import EcrOperator
from adapters.ports import Untapped, Watched
from adapters.wires import CardMute, LineLost, NoAnswer, PseudoTerminal, TcpLine, VpcdSlot
from fixtures.emulated.process import serve

WAIT_MS = 2_000
SHORT_MS = 200
ATR = bytes.fromhex("3B6500005042 4F4332")
FRAME = pos_link.encode(Frame(bytes(5), bytes(6), b"\x08\x00" + bytes(8)))


class Echo:
    """A card that answers a command with itself and 9000; nothing to an empty wish."""

    def __init__(self) -> None:
        self.resets = 0

    def reset(self) -> bytes:
        self.resets += 1
        return ATR

    def respond(self, command: bytes) -> bytes:
        return b"" if command[0] == 0xFF else command + b"\x90\x00"


class Mirror:
    def deliveries(self, frame: bytes) -> tuple[Delivery, ...]:
        return (Delivery(frame),)


class Mute:
    def deliveries(self, _: bytes) -> tuple[Delivery, ...]:
        return ()


class Late:
    """Answers in pieces after a while, and hangs up."""

    def deliveries(self, frame: bytes) -> tuple[Delivery, ...]:
        return (Delivery(frame, after_ms=SHORT_MS // 4, segment=3, close=True),)


class Refuses:
    """Raises what a tap raises when something is no test data."""

    def reset(self) -> bytes:
        return ATR

    def respond(self, _: bytes) -> bytes:
        message = "not test data"
        raise RefusedData(message)


def test_a_card_is_reset_asked_and_released() -> None:
    """The slot gives the ATR, carries commands both ways, and can be used again."""
    card = Echo()
    door = VpcdIcc(card)
    slot = VpcdSlot(door.address, WAIT_MS)
    for resets in (1, 2):
        assert slot.reset() == ATR
        assert slot.transmit(b"\x00\xa4\x04\x00") == b"\x00\xa4\x04\x00\x90\x00"
        slot.release()
        assert card.resets == resets
    slot.reset()
    assert slot.reset() == ATR
    assert card.resets == 4
    slot.release()
    door.close()


def test_a_card_that_says_nothing_is_mute() -> None:
    """No answer, no card and no connection are all a mute card to the terminal."""
    door = VpcdIcc(Echo())
    slot = VpcdSlot(door.address, SHORT_MS)
    with pytest.raises(CardMute):
        slot.transmit(b"\x00\xa4\x04\x00")
    slot.reset()
    with pytest.raises(CardMute):
        slot.transmit(b"\xff\xa4\x04\x00")
    slot.release()
    door.close()
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        closed = nobody.getsockname()
    with pytest.raises(CardMute):
        VpcdSlot(closed, SHORT_MS).reset()


def test_what_a_tap_raises_reaches_the_bench() -> None:
    """The connection ends, and the next act brings the trouble out."""
    door = VpcdIcc(Refuses())
    slot = VpcdSlot(door.address, WAIT_MS)
    slot.reset()
    with pytest.raises(CardMute):
        slot.transmit(b"\x00\xa4\x04\x00")

    class Idle:
        def perform(self, *_: object) -> dict[str, str | int]:
            return {}

    watched = Watched(Idle(), (door,))
    with pytest.raises(RefusedData):
        watched.perform("purchase", {})
    assert watched.perform("purchase", {}) == {}
    slot.release()
    door.close()


def test_a_host_answers_on_a_line_of_its_own() -> None:
    """A frame comes back; a silent host is no answer, a host that is not there a lost line."""
    door = TcpHost(Untapped(Mirror()))
    assert TcpLine(door.address, WAIT_MS).exchange(FRAME) == FRAME
    door.connect(Untapped(Late()))
    assert TcpLine(door.address, WAIT_MS).exchange(FRAME) == FRAME
    door.connect(Untapped(Mute()))
    with pytest.raises(NoAnswer):
        TcpLine(door.address, SHORT_MS).exchange(FRAME)
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        closed = nobody.getsockname()
    with pytest.raises(LineLost):
        TcpLine(closed, SHORT_MS).exchange(FRAME)
    door.close()


def test_nobody_waits_for_an_answer_that_nobody_hears() -> None:
    """Who hung up before his late answer was due is served again at once."""
    frames: list[bytes] = []

    class LateOnce:
        def deliveries(self, frame: bytes) -> tuple[Delivery, ...]:
            frames.append(frame)
            return (Delivery(FRAME, after_ms=60_000 if len(frames) == 1 else 0),)

    door = TcpHost(Untapped(LateOnce()))
    with pytest.raises(NoAnswer):
        TcpLine(door.address, SHORT_MS).exchange(FRAME)
    assert TcpLine(door.address, WAIT_MS).exchange(FRAME) == FRAME
    door.close()


def test_what_was_due_in_an_attempt_that_is_over_is_not_sent() -> None:
    """Another host stands at the line by then: the caller hears nothing, and nobody records it."""
    sent: list[bytes] = []
    asked = threading.Event()

    class Slow:
        def deliveries(self, _: bytes) -> tuple[Delivery, ...]:
            asked.set()
            return (Delivery(FRAME, after_ms=SHORT_MS),)

        def sending(self, delivery: Delivery) -> None:
            sent.append(delivery.data)

    door = TcpHost(Slow())

    def leave() -> None:
        asked.wait()
        door.connect(Untapped(Mute()))

    leaving = threading.Thread(target=leave)
    leaving.start()
    with pytest.raises(NoAnswer):
        TcpLine(door.address, WAIT_MS).exchange(FRAME)
    leaving.join()
    assert sent == []
    door.close()


# One fits into a piece, one fills two to their last byte, one ends in the midst of a character.
LONG_TEXTS = {"screen": "交易成功", "display": "-" * 400, "receipt": "签" * 300}


def test_a_register_speaks_with_a_device_over_a_serial_line() -> None:
    """Acts and settings arrive with their types; the device's words come back, long ones too."""
    asked: list[tuple[str, dict[str, str | int]]] = []

    class Pos:
        def perform(self, verb: str, arguments: dict[str, str | int]) -> dict[str, str | int]:
            if verb != register_profile.LAST_REPORT:
                asked.append((verb, dict(arguments)))
                return {"outcome": "APPROVED", "response-code": "00"}
            start = int(arguments["piece"]) * register_profile.PIECE_SIZE
            text = LONG_TEXTS.get(str(arguments["field"]), "").encode()[start:]
            return {
                "outcome": "ACKNOWLEDGED",
                "text": text[: register_profile.PIECE_SIZE].hex().upper(),
            }

    port = PseudoTerminal()
    threading.Thread(target=serve, args=(Pos(), port), daemon=True).start()
    register = EcrOperator(port.name, seconds=2)
    told = {"outcome": "APPROVED", "response-code": "00"}
    assert register.perform("purchase", {"amount": 10_000}) == {**LONG_TEXTS, **told}
    assert register.perform("sign on", {}) == told
    assert register.perform("configure", {"floor-limit": 0, "tac-denial": "00"}) == told
    assert asked == [
        ("purchase", {"amount": 10_000}),
        ("sign on", {}),
        ("configure", {"floor-limit": 0}),
        ("configure", {"tac-denial": "00"}),
    ]
    register.close()


@pytest.mark.parametrize(
    "piece, how", [("41" * 200, "flood"), ("no hex", "garbage")], ids=["endless", "no hex"]
)
def test_a_report_whose_text_is_none_is_a_device_that_fell(piece: str, how: str) -> None:
    """A text without an end, or that spells no bytes."""

    class Pos:
        def perform(self, verb: str, _: dict[str, str | int]) -> dict[str, str | int]:
            last = verb == register_profile.LAST_REPORT
            return {"outcome": "APPROVED", **({"text": piece} if last else {})}

    port = PseudoTerminal()
    threading.Thread(target=serve, args=(Pos(), port), daemon=True).start()
    register = EcrOperator(port.name, seconds=2)
    with pytest.raises(DeviceFell) as fell:
        register.perform("purchase", {"amount": 10_000})
    assert fell.value.how == how
    register.close()


def test_a_register_line_that_stays_silent_is_a_device_that_hangs() -> None:
    """Nobody takes the frame: the act ends after its limit."""
    port = PseudoTerminal()
    register = EcrOperator(port.name, seconds=1)
    with pytest.raises(DeviceFell) as fell:
        register.perform("sign on", {})
    assert fell.value.how == "hang"
    register.close()


def test_a_register_line_that_does_not_exist_is_said_with_its_name() -> None:
    """The message names the port of the IXIT."""
    with pytest.raises(DeviceAbsent, match="/dev/tty-not-there"):
        EcrOperator("/dev/tty-not-there", seconds=1)
