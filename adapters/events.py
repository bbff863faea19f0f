"""What crossed a port: bytes or an act, with its time, never what we think it means."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Port(StrEnum):
    """A point of control and observation."""

    ICC = "icc"
    IFD = "ifd"
    HOST_T = "host.T"
    HOST_S = "host.S"
    OPERATOR = "operator"
    BILLER = "biller"
    POWER = "power"
    # What the bench itself did: phases of a run. Nothing of the device crosses it.
    BENCH = "bench"


class Direction(StrEnum):
    FROM_IUT = "from-iut"
    TO_IUT = "to-iut"
    # An act, a rule fired or a phase: done by the bench, crossing nothing.
    AT_BENCH = "at-bench"


class Kind(StrEnum):
    """What sort of thing an event is; everything else about it is read from its bytes or detail."""

    RESET = (
        "reset"  # icc: the device powered the card on or reset it (bytes empty), the ATR (bytes)
    )
    COMMAND = "command"  # icc: a C-APDU (from the device), ifd: to the card
    RESPONSE = "response"  # icc: an R-APDU; no such event after a command = the card stayed mute
    MESSAGE = "message"  # host.*: one frame, either way, with its LEN
    ACT = "act"  # what merchant, cardholder or bench was asked to do: detail has verb and arguments
    REPORT = "report"  # what the device said about an act: detail has its words
    RULE = "rule"  # a rule fired: detail has trigger and reaction
    SETTING = "setting"  # a setting was sent (detail) or acknowledged (direction from-iut)
    PHASE = "phase"  # preamble, body, postamble of a run: detail has phase


# Monotonic time counts to here, 104 days, and begins again at 0: evidence holds no larger number
# (RFC 8785, 3.2.2.3).
PERIOD_NS = 2**53


@dataclass(frozen=True, slots=True)
class Stamp:
    """When: monotonic nanoseconds below PERIOD_NS, wall clock (ISO 8601, UTC, microseconds).

    `uncertainty_ns` is that of both.
    """

    mono_ns: int
    wall: str
    uncertainty_ns: int = 0

    def since(self, earlier: "Stamp") -> int:
        """Monotonic nanoseconds from an earlier stamp to this one."""
        return (self.mono_ns - earlier.mono_ns) % PERIOD_NS


@dataclass(frozen=True, slots=True)
class Event:
    """One thing at one port. `seq` counts in the attempt from 1; `fidelity` is that of the port."""

    seq: int
    port: Port
    direction: Direction
    kind: Kind
    data: bytes
    detail: Mapping[str, str | int] = field(default_factory=dict)
    stamp: Stamp = Stamp(0, "")
    fidelity: str = ""
