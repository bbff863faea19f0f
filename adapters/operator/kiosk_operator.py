"""Who commands a kiosk through its test-control line: acts go out as commands (3.5)."""

from collections import deque
from collections.abc import Iterator, Mapping
from typing import Protocol

from adapters import kiosk_script
from adapters.codec import kiosk_control
from adapters.codec.errors import RemoteProtocolError
from adapters.codec.kiosk_control import (
    Answer,
    Command,
    Decoder,
    Failure,
    Fault,
    Happening,
    Message,
    State,
)
from adapters.errors import DeviceFell
from adapters.events import Direction, Kind, Port
from adapters.kiosk_script import Step
from adapters.recorder import Recorder

# An act that brings more lines than any act can is a device that talks without end.
MOST_LINES = 1_000
SETTINGS = frozenset(("configure", "restore settings"))
POWER_CUT = "cut"
Report = Mapping[str, str | int]


class ControlLine(Protocol):
    """A wire to a kiosk's agent: bytes out, bytes in as they come."""

    def send(self, data: bytes) -> None: ...

    def receive(self) -> bytes:
        """Some bytes; b"" if none came in the time an act may take."""
        ...

    def drain(self) -> None:
        """Forget what came in and nobody read."""
        ...


class KioskOperator:
    """adapters.ports.OperatorPort over a control line, for one attempt."""

    def __init__(self, line: ControlLine, recorder: Recorder) -> None:
        self._line = line
        self._recorder = recorder
        self._decoder = Decoder()
        self._waiting: deque[Message] = deque()
        self._state = State.IDLE
        self._last_id = 0
        # The command that cuts the power when its time has come; none, or one.
        self._armed: list[int] = []
        line.drain()

    def perform(self, verb: str, arguments: Mapping[str, str | int]) -> Report:
        """Do the steps of an act one after the other; a power cut ends it.

        The report tells the state, why a command was not done, and whether the power was cut; what
        else was said stands in the recorded lines.
        """
        if verb in SETTINGS:
            # 3.5 has no command for settings: nothing is acknowledged.
            return {"outcome": "REFUSED"}
        for step in kiosk_script.steps(verb, arguments):
            if self._state not in step.when:
                continue
            for refused in self._done(verb, step):
                return {**self._told(), **refused}
        return self._told()

    def _told(self) -> Report:
        return {"state": self._state.value}

    def _done(self, verb: str, step: Step) -> Iterator[Report]:
        """Nothing if a step was done; else why the act ends here."""
        asked = self._said(step) if step.command else 0
        if step.armed:
            self._armed[:] = [asked]
            return
        answered, rested = not asked, not step.until
        for _ in range(MOST_LINES):
            if answered and rested:
                return
            match self._heard(verb):
                case Happening() as seen:
                    rested = self._moved(seen, step) or rested
                case Answer() as answer:
                    self._state = State(str(answer.found.get("state", self._state)))
                    if answer.id in self._armed:
                        self._armed.clear()
                        yield {"power": POWER_CUT}
                        return
                    answered = answered or answer.id == asked
                case Failure() as failure if failure.id == asked:
                    yield _refusal(failure)
                    return
        message = f"the kiosk said more than {MOST_LINES} lines to {verb!r}"
        raise DeviceFell("flood", message)

    def _moved(self, seen: Happening, step: Step) -> bool:
        """Whether the kiosk has come to rest with this."""
        if seen.name != "state":
            return False
        self._state = State(str(seen.details["to"]))
        return self._state in step.until

    def _said(self, step: Step) -> int:
        self._last_id += 1
        line = kiosk_control.encode(Command(self._last_id, step.command, step.arguments))
        self._record(Direction.TO_IUT, line)
        self._line.send(line)
        return self._last_id

    def _heard(self, verb: str) -> Message:
        while not self._waiting:
            data = self._line.receive()
            if not data:
                message = f"the kiosk did not end {verb!r} in time"
                raise DeviceFell("hang", message)
            try:
                self._waiting.extend(self._read(data))
            except RemoteProtocolError as garbled:
                message = f"the kiosk's line during {verb!r} is no message of it: {garbled}"
                raise DeviceFell("garbage", message) from garbled
        message_read = self._waiting.popleft()
        if isinstance(message_read, Command):
            message = f"the kiosk commands during {verb!r}: {message_read.name}"
            raise DeviceFell("garbage", message)
        return message_read

    def _read(self, data: bytes) -> Iterator[Message]:
        for line in self._decoder.feed(data):
            self._record(Direction.FROM_IUT, line + kiosk_control.NEWLINE)
            yield kiosk_control.decode(line)

    def _record(self, direction: Direction, line: bytes) -> None:
        self._recorder.record(Port.OPERATOR, direction, Kind.MESSAGE, line)


def _refusal(failure: Failure) -> Report:
    # What a kiosk cannot do was not done; what it does not do now may be what a case is about.
    outcome = {"outcome": "NOT_STARTED"} if failure.fault is Fault.UNSUPPORTED else {}
    return {"fault": failure.fault.value, **outcome}
