"""What was asked of the device at its operator port, and what it reported."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from adapters.events import Direction, Kind, Port
from suites.attempt import Attempt
from suites.readings.once import once
from suites.readings.transactions import numbered


@dataclass(frozen=True, slots=True)
class ActSeen:
    """An act with its arguments, and the report that followed it before the next act.

    `reported` tells an empty report from none.
    """

    phase: str
    verb: str
    arguments: Mapping[str, str | int]
    transaction: int
    events: tuple[int, ...]
    report: Mapping[str, str | int] = field(default_factory=dict)
    reported: bool = False

    @property
    def outcome(self) -> str:
        """The word by which the device closed the act; "" if it said none."""
        return str(self.report.get("outcome", ""))


@once
def acts(attempt: Attempt) -> tuple[ActSeen, ...]:
    """Every act that was performed or begun, in order."""
    found: list[ActSeen] = []
    phase = ""
    for event, number in numbered(attempt):
        if event.kind is Kind.PHASE:
            phase = str(event.detail.get("phase", ""))
        elif event.port is not Port.OPERATOR:
            continue
        elif event.kind is Kind.ACT and event.direction is Direction.TO_IUT:
            arguments = {name: value for name, value in event.detail.items() if name != "verb"}
            verb = str(event.detail.get("verb", ""))
            found.append(ActSeen(phase, verb, arguments, number, (event.seq,)))
        elif event.kind is Kind.REPORT and found and not found[-1].reported:
            act = found.pop()
            found.append(
                ActSeen(
                    phase=act.phase,
                    verb=act.verb,
                    arguments=act.arguments,
                    transaction=act.transaction,
                    events=(*act.events, event.seq),
                    report=event.detail,
                    reported=True,
                )
            )
    return tuple(found)
