"""A device that is operated through one port: its acts and its settings reach it there."""

from collections.abc import Callable, Mapping

from adapters.events import Direction, Kind, Port
from adapters.ports import OperatorTap
from adapters.recorder import Recorder

CONFIGURE, RESTORE, PRESENT = "configure", "restore settings", "present"
CONFIGURED, PRESENTED = "CONFIGURED", "PRESENTED"


class OperatedDevice:
    """Performs acts through the operator port, and settings through the channel behind it.

    Which card lies before the device is the bench's own doing: `present` does it, by name.
    """

    def __init__(
        self,
        operator: OperatorTap,
        recorder: Recorder,
        present: Mapping[str, Callable[[], None]],
    ) -> None:
        self._operator = operator
        self._recorder = recorder
        self._present = present

    def perform(self, verb: str, arguments: Mapping[str, str | int]) -> Mapping[str, str | int]:
        """Do an act; what the device reported."""
        return self._operator.perform(verb, arguments)

    def present(self, card: str) -> None:
        """Take another card at hand; the act and its end are events, as those of the device are."""
        port = Port.OPERATOR
        act = {"verb": PRESENT, "card": card}
        self._recorder.record(port, Direction.TO_IUT, Kind.ACT, b"", act)
        self._present[card]()
        self._recorder.record(port, Direction.FROM_IUT, Kind.REPORT, b"", {"outcome": PRESENTED})

    def configure(self, settings: Mapping[str, str | int]) -> None:
        """Send settings; an acknowledgement is an event of its own."""
        port = Port.OPERATOR
        self._recorder.record(port, Direction.TO_IUT, Kind.SETTING, b"", settings)
        report = self._operator.perform(CONFIGURE, settings)
        if report.get("outcome") == CONFIGURED:
            self._recorder.record(port, Direction.FROM_IUT, Kind.SETTING, b"", settings)
