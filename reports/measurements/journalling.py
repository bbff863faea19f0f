"""What the journal adds to one APDU exchange: the command's record, and the response's."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from adapters.clock import Clock
from adapters.events import Direction, Event, Kind, Port
from adapters.journal_client import Journal
from reports.measurements.measurement import Prepared, Probe
from suites.records import event_record, to_json

ATTEMPT = "direct-pos/CT-TRM-003[a]/1"
# A long exchange: GENERATE AC with a full CDOL, answered with a signed cryptogram.
COMMAND_SIZE, RESPONSE_SIZE = 80, 180


@contextmanager
def exchange(clock: Clock) -> Iterator[Prepared]:
    """Both records as a campaign writes them, from the event to its acknowledgement."""
    command = Event(
        seq=1,
        port=Port.ICC,
        direction=Direction.FROM_IUT,
        kind=Kind.COMMAND,
        data=bytes(COMMAND_SIZE),
        stamp=clock.stamp(),
        fidelity="exact",
    )
    response = replace(
        command, direction=Direction.TO_IUT, kind=Kind.RESPONSE, data=bytes(RESPONSE_SIZE)
    )
    with TemporaryDirectory() as folder, Journal(Path(folder) / "journal") as journal:

        def both() -> None:
            for event in (command, response):
                journal.append(to_json(event_record(ATTEMPT, event)))

        yield Prepared(Probe(both))
