"""A recording that others made, as an attempt: nothing is claimed, so little is judged."""

from collections.abc import Callable
from dataclasses import dataclass

from adapters.codec import apdu_log
from adapters.errors import InputRefused, RefusedData
from adapters.events import Direction, Event, Kind, Port, Stamp
from fixtures.crypto import ca_keys
from suites.attempt import Attempt, Facts

DEVICE = "recording"
UNKNOWN_EDITION = ""


class RecordingRefused(InputRefused):
    """A log that cannot be read, or holds what may not be shown; the message names the line."""


@dataclass(frozen=True, slots=True)
class Recording:
    """The attempt, and the line of the log that each event stands on, by its number."""

    attempt: Attempt
    lines: tuple[int, ...]

    def line(self, event: int) -> int:
        """The line of an event, 0 for none."""
        return self.lines[event - 1] if 0 < event <= len(self.lines) else 0


def of_log(text: str, name: str, guard: Callable[[Event], None]) -> Recording:
    """The exchanges of an APDU log; `guard` refuses a card number that is not on the test list."""
    try:
        exchanges = apdu_log.read(text)
    except apdu_log.LogRefused as refused:
        message = f"{name}:{refused.line}: {refused.message}"
        raise RecordingRefused(message) from refused
    events: list[Event] = []
    lines: list[int] = []
    for exchange in exchanges:
        for direction, kind, data in (
            (Direction.FROM_IUT, Kind.COMMAND, exchange.command),
            (Direction.TO_IUT, Kind.RESPONSE, exchange.response),
        ):
            # The log has no clock: its times are unknown, not zero long.
            event = Event(len(events) + 1, Port.ICC, direction, kind, data, {}, Stamp(0, ""))
            try:
                guard(event)
            except RefusedData as refused:
                message = f"{name}:{exchange.line}: {refused}"
                raise RecordingRefused(message) from refused
            events.append(event)
            lines.append(exchange.line)
    facts = Facts(
        device=DEVICE,
        case="",
        run="",
        number=1,
        edition=UNKNOWN_EDITION,
        # Whoever made the recording: its certificates may be of any published key.
        settings={"ca-key-sets": tuple(ca_keys.load())},
    )
    return Recording(Attempt(tuple(events), facts), tuple(lines))
