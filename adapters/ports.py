"""What stands behind a port: engines that answer, and taps through which all is recorded."""

from collections.abc import Callable, Mapping
from typing import Protocol

from adapters.delivery import Delivery
from adapters.errors import DeviceFell
from adapters.events import Direction, Kind, Port
from adapters.interface import Interface
from adapters.privacy.masking import NOBODY, Witness, masked
from adapters.recorder import Recorder


class CardEngine(Protocol):
    """What answers for a card: sans-IO."""

    def reset(self) -> bytes:
        """The ATR after power-on."""
        ...

    def respond(self, command: bytes) -> bytes:
        """The R-APDU to a C-APDU; empty bytes: stays mute."""
        ...


class HostEngine(Protocol):
    """What answers for a host: sans-IO, one frame in (with LEN), any number out, each when due."""

    def deliveries(self, frame: bytes) -> tuple[Delivery, ...]: ...


class HostEnd(HostEngine, Protocol):
    """A host as its line sees it: it is told of each answer right before that goes out."""

    def sending(self, delivery: Delivery) -> None: ...


class OperatorPort(Protocol):
    """How acts reach the device: a verb and its arguments; what the device then says."""

    def perform(self, verb: str, arguments: Mapping[str, str | int]) -> Mapping[str, str | int]:
        """DeviceFell if the device does not come back in time; BenchBroken if we could not ask."""
        ...


class CardDoor(Protocol):
    """Where a card is put before the device, whatever the wire is."""

    def load(self, card: CardEngine) -> None: ...

    def trouble(self) -> tuple[BaseException, ...]:
        """What was raised beside the acts since the last call."""
        ...

    def close(self) -> None: ...


class ReaderPort(Protocol):
    """A reader that the bench plays: the card in it is the device."""

    def connect(self) -> bytes:
        """Power the card on; its ATR. DeviceAbsent if there is no reader or no card."""
        ...

    def transmit(self, command: bytes) -> bytes:
        """Send a C-APDU, get the whole R-APDU; DeviceFell if the card does not answer."""
        ...

    def reset(self) -> bytes:
        """Reset the card without taking its power; its ATR."""
        ...

    def disconnect(self) -> None:
        """Power the card off."""
        ...


class HostDoor(Protocol):
    """Where a host is put at the other end of the device's line."""

    def connect(self, host: HostEnd) -> None: ...

    def trouble(self) -> tuple[BaseException, ...]:
        """What was raised beside the acts since the last call."""
        ...

    def close(self) -> None: ...


class Watched:
    """An operator whose acts also bring out what was raised at the other ports meanwhile."""

    def __init__(self, operator: OperatorPort, doors: tuple[CardDoor | HostDoor, ...]) -> None:
        self._operator = operator
        self._doors = doors

    def perform(self, verb: str, arguments: Mapping[str, str | int]) -> Mapping[str, str | int]:
        try:
            report = self._operator.perform(verb, arguments)
        except DeviceFell:
            # A device that was cut off for flooding also stops answering: the cause comes first.
            self._raise()
            raise
        self._raise()
        return report

    def _raise(self) -> None:
        for door in self._doors:
            for raised in door.trouble():
                raise raised


class Budget:
    """How many questions a device may ask in one attempt before it counts as flooding."""

    def __init__(self, questions: int) -> None:
        self._left = self._allowed = questions

    def spend(self, port: Port) -> None:
        if not self._left:
            message = f"more than {self._allowed} questions in one attempt, the last at {port}"
            raise DeviceFell("flood", message)
        self._left -= 1


class CardTap:
    """Records all that crosses the card port, before it is used; the engine alone sees a PIN.

    A reset tells its interface in the detail, except for the contacts.
    """

    def __init__(
        self,
        engine: CardEngine,
        recorder: Recorder,
        budget: Budget,
        witness: Witness = NOBODY,
        interface: Interface = Interface.CONTACT,
    ) -> None:
        self._engine = engine
        self._recorder = recorder
        self._budget = budget
        self._witness = witness
        self._told: Mapping[str, str | int] = (
            {} if interface is Interface.CONTACT else {"interface": interface.value}
        )

    def reset(self) -> bytes:
        self._budget.spend(Port.ICC)
        self._recorder.record(Port.ICC, Direction.FROM_IUT, Kind.RESET, b"", self._told)
        atr = self._engine.reset()
        self._recorder.record(Port.ICC, Direction.TO_IUT, Kind.RESET, atr, self._told)
        return atr

    def respond(self, command: bytes) -> bytes:
        self._budget.spend(Port.ICC)
        data, detail = masked(Port.ICC, Kind.COMMAND, command, {}, self._witness)
        self._recorder.record(Port.ICC, Direction.FROM_IUT, Kind.COMMAND, data, detail)
        response = self._engine.respond(command)
        if response:
            self._recorder.record(Port.ICC, Direction.TO_IUT, Kind.RESPONSE, response)
        return response


class Untapped:
    """A host engine at a line that nobody records."""

    def __init__(self, engine: HostEngine) -> None:
        self._engine = engine

    def deliveries(self, frame: bytes) -> tuple[Delivery, ...]:
        return self._engine.deliveries(frame)

    def sending(self, delivery: Delivery) -> None:
        """Nobody wants to know."""


class HostTap:
    """Records all frames of a host leg, before they are used; the engine alone sees a PIN block."""

    def __init__(
        self,
        port: Port,
        engine: HostEngine,
        recorder: Recorder,
        budget: Budget,
        witness: Witness = NOBODY,
    ) -> None:
        self._port = port
        self._engine = engine
        self._recorder = recorder
        self._budget = budget
        self._witness = witness

    def deliveries(self, frame: bytes) -> tuple[Delivery, ...]:
        self._budget.spend(self._port)
        self._record(Direction.FROM_IUT, frame)
        return self._engine.deliveries(frame)

    def sending(self, delivery: Delivery) -> None:
        if delivery.data:
            self._record(Direction.TO_IUT, delivery.data)

    def _record(self, direction: Direction, frame: bytes) -> None:
        data, detail = masked(self._port, Kind.MESSAGE, frame, {}, self._witness)
        self._recorder.record(self._port, direction, Kind.MESSAGE, data, detail)


class ReaderTap:
    """Records all that crosses to and from a card under test, before it is used.

    A reset tells its interface in the detail, except for the contacts, and whether it was warm.
    """

    def __init__(
        self,
        reader: ReaderPort,
        recorder: Recorder,
        witness: Witness = NOBODY,
        interface: Interface = Interface.CONTACT,
    ) -> None:
        self._reader = reader
        self._recorder = recorder
        self._witness = witness
        self._told: Mapping[str, str | int] = (
            {} if interface is Interface.CONTACT else {"interface": interface.value}
        )

    def connect(self) -> bytes:
        return self._reset(self._reader.connect, self._told)

    def reset(self) -> bytes:
        return self._reset(self._reader.reset, {**self._told, "reset": "warm"})

    def transmit(self, command: bytes) -> bytes:
        data, detail = masked(Port.IFD, Kind.COMMAND, command, {}, self._witness)
        self._recorder.record(Port.IFD, Direction.TO_IUT, Kind.COMMAND, data, detail)
        response = self._reader.transmit(command)
        self._recorder.record(Port.IFD, Direction.FROM_IUT, Kind.RESPONSE, response)
        return response

    def disconnect(self) -> None:
        self._reader.disconnect()

    def _reset(self, reset: Callable[[], bytes], told: Mapping[str, str | int]) -> bytes:
        self._recorder.record(Port.IFD, Direction.TO_IUT, Kind.RESET, b"", told)
        atr = reset()
        self._recorder.record(Port.IFD, Direction.FROM_IUT, Kind.RESET, atr, told)
        return atr


class OperatorTap:
    """Records each act before it is performed and what the device reported before it is used."""

    def __init__(self, operator: OperatorPort, recorder: Recorder) -> None:
        self._operator = operator
        self._recorder = recorder

    def perform(self, verb: str, arguments: Mapping[str, str | int]) -> Mapping[str, str | int]:
        self._record(Direction.TO_IUT, Kind.ACT, {"verb": verb, **arguments})
        report = self._operator.perform(verb, arguments)
        self._record(Direction.FROM_IUT, Kind.REPORT, report)
        return report

    def _record(
        self, direction: Direction, kind: Kind, said: Mapping[str, str | int]
    ) -> None:
        data, detail = masked(Port.OPERATOR, kind, b"", said, NOBODY)
        self._recorder.record(Port.OPERATOR, direction, kind, data, detail)
