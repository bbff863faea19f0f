"""How the device was set at a moment of an attempt: its ICS, and what it acknowledged since."""

from collections.abc import Mapping

from adapters.events import Direction, Event, Kind
from suites.attempt import Attempt, Setting
from suites.readings.once import once


@once
def in_force(attempt: Attempt, seq: int) -> Mapping[str, Setting]:
    """The settings before event `seq`, by the names of the ICS."""
    settings = dict(attempt.facts.settings)
    for event in _taken(attempt):
        if event.seq < seq:
            # A case writes tac_denial=..., the ICS tac-denial.
            settings |= {name.replace("_", "-"): value for name, value in event.detail.items()}
    return settings


@once
def _taken(attempt: Attempt) -> tuple[Event, ...]:
    return tuple(
        event
        for event in attempt.events
        if event.kind is Kind.SETTING and event.direction is Direction.FROM_IUT
    )


def as_bytes(settings: Mapping[str, Setting], name: str) -> bytes:
    """A setting written in hex; empty where there is none."""
    value = settings.get(name, "")
    try:
        return bytes.fromhex(value) if isinstance(value, str) else b""
    except ValueError:
        return b""


def as_number(settings: Mapping[str, Setting], name: str) -> int:
    """A setting that is a number or an amount; -1 where there is none."""
    value = settings.get(name, -1)
    return value if isinstance(value, int) else -1


def as_texts(settings: Mapping[str, Setting], name: str) -> tuple[str, ...]:
    """A setting that is a list."""
    value = settings.get(name, ())
    return tuple(map(str, value)) if isinstance(value, tuple | list) else ()
