"""Turns what crosses a port into numbered, stamped events, on disk before anybody uses them."""

import threading
from collections.abc import Callable, Mapping
from typing import Protocol

from adapters.clock import Clock
from adapters.errors import DeviceFell
from adapters.events import Direction, Event, Kind, Port


class Recorder(Protocol):
    """What a tap needs: somewhere to put an event."""

    def record(
        self,
        port: Port,
        direction: Direction,
        kind: Kind,
        data: bytes,
        detail: Mapping[str, str | int] = ...,
    ) -> Event: ...


class AttemptRecorder:
    """The events of one attempt, in order, each guarded and written before it is handed back.

    `guard` refuses what is not test data (RefusedData); `write` puts the event into the evidence.
    """

    def __init__(
        self,
        clock: Clock,
        fidelity: Mapping[Port, str],
        guard: Callable[[Event], None],
        write: Callable[[Event], None],
    ) -> None:
        self._clock = clock
        self._fidelity = fidelity
        self._guard = guard
        self._write = write
        self._events: list[Event] = []
        self._closed = False
        # On wires each port has a thread of its own.
        self._turn = threading.Lock()

    @property
    def events(self) -> tuple[Event, ...]:
        return tuple(self._events)

    def close(self) -> None:
        """Nothing more belongs to this attempt, whatever a device that hung may still do."""
        # An event that is being written right now is still of this attempt: it comes first.
        with self._turn:
            self._closed = True

    def record(
        self,
        port: Port,
        direction: Direction,
        kind: Kind,
        data: bytes,
        detail: Mapping[str, str | int] | None = None,
    ) -> Event:
        """One event; DeviceFell, RefusedData and RecorderFailed leave nothing recorded."""
        with self._turn:
            return self._recorded(port, direction, kind, data, detail or {})

    def _recorded(
        self,
        port: Port,
        direction: Direction,
        kind: Kind,
        data: bytes,
        detail: Mapping[str, str | int],
    ) -> Event:
        if self._closed:
            message = f"the device was heard at {port} after its attempt had ended"
            raise DeviceFell("late", message)
        event = Event(
            seq=len(self._events) + 1,
            port=port,
            direction=direction,
            kind=kind,
            data=data,
            detail=dict(detail),
            stamp=self._clock.stamp(),
            fidelity=self._fidelity.get(port, "exact"),
        )
        self._guard(event)
        self._write(event)
        self._events.append(event)
        return event
