"""An operator joined in memory: each act runs beside the bench and has a time limit."""

import threading
from collections.abc import Mapping
from queue import Empty, Queue

from adapters.errors import DeviceFell
from adapters.ports import OperatorPort

Report = Mapping[str, str | int]


class MemoryOperator:
    """adapters.ports.OperatorPort over a device in this process; DeviceFell("hang") past the limit.

    A device that hangs keeps its thread: it is a daemon and is never asked again.
    """

    def __init__(self, device: OperatorPort, seconds: int) -> None:
        self._device = device
        self._seconds = seconds
        self._hung = False

    def perform(self, verb: str, arguments: Mapping[str, str | int]) -> Report:
        if self._hung:
            message = "the device still hangs in an earlier act"
            raise DeviceFell("hang", message)
        done: Queue[Report | BaseException] = Queue()
        threading.Thread(target=self._act, args=(verb, arguments, done), daemon=True).start()
        try:
            result = done.get(timeout=self._seconds)
        except Empty:
            self._hung = True
            message = f"the device did not end {verb!r} within {self._seconds} s"
            raise DeviceFell("hang", message) from None
        if isinstance(result, BaseException):
            raise result
        return result

    def _act(
        self, verb: str, arguments: Mapping[str, str | int], done: "Queue[Report | BaseException]"
    ) -> None:
        try:
            done.put(self._device.perform(verb, arguments))
        # Whatever ends the act, RecorderFailed included, is raised again where it was asked for.
        except BaseException as raised:  # noqa: BLE001 - handed over, not swallowed
            done.put(raised)
