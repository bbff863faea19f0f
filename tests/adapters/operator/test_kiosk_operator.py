"""Acts at a kiosk as commands on its line, and what becomes of a line that misbehaves."""

from collections import deque
from collections.abc import Callable, Mapping

import pytest

from adapters.clock import SystemClock
from adapters.codec import kiosk_control
from adapters.codec.kiosk_control import (
    Answer,
    Command,
    Failure,
    Fault,
    Happening,
    Message,
    State,
)
from adapters.errors import DeviceFell
from adapters.events import Direction, Kind, Port
from adapters.kiosk_script import ACTS, ActUnknown, steps
from adapters.operator.kiosk_operator import MOST_LINES, KioskOperator
from adapters.recorder import AttemptRecorder

Answers = Callable[[Command], tuple[Message | bytes, ...]]


class Line:
    """A control line whose other end answers each command as it is told to."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self._said: deque[bytes] = deque()
        self.commands: list[Command] = []

    def send(self, data: bytes) -> None:
        command = kiosk_control.decode(data)
        assert isinstance(command, Command)
        self.commands.append(command)
        for each in self._answers(command):
            self._said.append(each if isinstance(each, bytes) else kiosk_control.encode(each))

    def receive(self) -> bytes:
        return self._said.popleft() if self._said else b""

    def drain(self) -> None:
        self._said.clear()


def moved(to: State, start: State = State.IDLE) -> Happening:
    return Happening("state", 1, 1, {"from": start.value, "to": to.value})


def operator(answers: Answers) -> tuple[KioskOperator, Line, AttemptRecorder]:
    recorder = AttemptRecorder(SystemClock(), {}, lambda _: None, lambda _: None)
    line = Line(answers)
    return KioskOperator(line, recorder), line, recorder


def obliging(command: Command) -> tuple[Message, ...]:
    """Does everything, and comes to rest where a kiosk would."""
    rests: Mapping[tuple[str, object], State] = {
        ("start", None): State.SHOW_BILL,
        ("key", None): State.CARD_IN,
        ("card", "insert"): State.TAKE_CARD,
        ("card", "remove"): State.IDLE,
    }
    op = command.arguments.get("op") if command.name == "card" else None
    done: tuple[Message, ...] = (Answer(command.id, {}),)
    rest = rests.get((command.name, op))
    return (*done, moved(rest)) if rest else done


def test_a_payment_is_confirmed_inserted_and_taken() -> None:
    """The robot at the PIN pad stands first; no command holds a PIN."""
    kiosk, line, _ = operator(obliging)
    assert kiosk.perform("query bill", {"service": "water", "account": "1"}) == {
        "state": "SHOW_BILL"
    }
    assert kiosk.perform("pay bill", {}) == {"state": "IDLE"}
    said = [(each.name, *each.arguments.values()) for each in line.commands]
    assert said == [
        ("start", "water", "1"),
        ("pin", "robot", 6),
        ("key", "OK"),
        ("card", "insert", "contact", "test-card"),
        ("card", "remove", "contact"),
    ]


def test_every_line_is_recorded() -> None:
    """Both ways, byte for byte, before it is understood."""
    kiosk, line, recorder = operator(obliging)
    kiosk.perform("query bill", {"service": "water", "account": "1"})
    events = [each for each in recorder.events if each.kind is Kind.MESSAGE]
    assert {each.port for each in events} == {Port.OPERATOR}
    sent = [each.data for each in events if each.direction is Direction.TO_IUT]
    assert sent == [kiosk_control.encode(each) for each in line.commands]
    assert len([each for each in events if each.direction is Direction.FROM_IUT]) == 2


def test_steps_that_do_not_fit_the_state_are_left_out() -> None:
    """Where no card is asked for, none is inserted."""

    def declining(command: Command) -> tuple[Message, ...]:
        if command.name == "key":
            return (Answer(command.id, {}), moved(State.IDLE))
        return obliging(command)

    kiosk, line, _ = operator(declining)
    kiosk.perform("query bill", {"service": "water", "account": "1"})
    assert kiosk.perform("pay bill", {}) == {"state": "IDLE"}
    assert [each.name for each in line.commands] == ["start", "pin", "key"]


@pytest.mark.parametrize("fault", Fault)
def test_a_command_that_was_not_done_ends_the_act(fault: Fault) -> None:
    """The report says why; what a kiosk cannot do at all counts as not started."""
    kiosk, line, _ = operator(lambda command: (Failure(command.id, fault, "no"),))
    told = kiosk.perform("pay bill", {})
    assert told["fault"] == fault.value
    assert (told.get("outcome") == "NOT_STARTED") == (fault is Fault.UNSUPPORTED)
    assert len(line.commands) == 1


def test_an_armed_power_cut_is_answered_in_a_later_act() -> None:
    """The act in which the power goes ends there, and says so; only once."""
    armed: list[int] = []

    def cutting(command: Command) -> tuple[Message, ...]:
        if command.name == "power":
            armed.append(command.id)
            return ()
        if command.arguments.get("op") == "insert":
            return (Answer(command.id, {}), moved(State.AUTH_SENT), Answer(armed[0], {}))
        return obliging(command)

    kiosk, line, _ = operator(cutting)
    kiosk.perform("query bill", {"service": "water", "account": "1"})
    assert kiosk.perform("cut power", {"at": "AUTH_SENT"}) == {"state": "SHOW_BILL"}
    assert kiosk.perform("pay bill", {}) == {"state": "AUTH_SENT", "power": "cut"}
    assert line.commands[1].arguments["at"] == "state:AUTH_SENT"
    assert [each.name for each in line.commands] == ["start", "power", "pin", "key", "card"]


BAD_LINES: Mapping[str, tuple[Answers, str]] = {
    "silence": (lambda _: (), "hang"),
    "no end": (lambda command: (Answer(command.id, {}),), "hang"),
    "noise": (lambda _: (b"\xff\x00\x13\n",), "garbage"),
    "no newline": (lambda _: (b"{",) * 3, "hang"),
    "another language": (lambda _: (b'{"id":1,"done":true}\n',), "garbage"),
    "a command": (lambda command: (command,), "garbage"),
    "no end of it": (lambda _: (moved(State.PRINT),) * (MOST_LINES + 1), "flood"),
    "one long line": (lambda _: (b" " * (kiosk_control.LARGEST_LINE + 1),), "garbage"),
}


@pytest.mark.parametrize("answers, how", BAD_LINES.values(), ids=list(BAD_LINES))
def test_a_line_that_misbehaves_is_told_by_its_name(answers: Answers, how: str) -> None:
    """It is the device's trouble, within the limits of an act."""
    kiosk, _, _ = operator(answers)
    with pytest.raises(DeviceFell) as fell:
        kiosk.perform("query bill", {"service": "water", "account": "1"})
    assert fell.value.how == how


def test_settings_are_not_acknowledged() -> None:
    """The line has no command for them: nothing is sent, and nothing claimed."""
    kiosk, line, _ = operator(obliging)
    for verb in ("configure", "restore settings"):
        assert kiosk.perform(verb, {"floor-limit": 0})["outcome"] == "REFUSED"
    assert line.commands == []


def test_an_act_of_a_till_is_no_act_of_a_kiosk() -> None:
    """Our own trouble, with its name; every act that is known makes commands of the line."""
    kiosk, _, _ = operator(obliging)
    with pytest.raises(ActUnknown, match="purchase"):
        kiosk.perform("purchase", {"amount": 1})
    asked = {"service": "water", "account": "1", "at": "PIN", "kind": "ok", "op": "up", "amount": 1}
    for verb in ACTS:
        for step in steps(verb, asked):
            if step.command:
                kiosk_control.encode(Command(1, step.command, step.arguments))
