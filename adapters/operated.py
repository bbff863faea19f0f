"""A device that is operated through one port: its acts and its settings reach it there."""

from collections.abc import Mapping

from adapters.events import Direction, Kind, Port
from adapters.ports import OperatorTap
from adapters.recorder import Recorder

CONFIGURE = "configure"
CONFIGURED = "CONFIGURED"


class OperatedDevice:
    """Performs acts through the operator port, and settings through the channel behind it."""

    def __init__(self, operator: OperatorTap, recorder: Recorder) -> None:
        self._operator = operator
        self._recorder = recorder

    def perform(self, verb: str, arguments: Mapping[str, str | int]) -> Mapping[str, str | int]:
        """Do an act; what the device reported."""
        return self._operator.perform(verb, arguments)

    def configure(self, settings: Mapping[str, str | int]) -> None:
        """Send settings; an acknowledgement is an event of its own."""
        port = Port.OPERATOR
        self._recorder.record(port, Direction.TO_IUT, Kind.SETTING, b"", settings)
        report = self._operator.perform(CONFIGURE, settings)
        if report.get("outcome") == CONFIGURED:
            self._recorder.record(port, Direction.FROM_IUT, Kind.SETTING, b"", settings)
