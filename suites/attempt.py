"""Everything one execution of one run left behind. A judge sees this and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from adapters.events import Event

Setting = str | int | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """What events were recorded under: ICS, settings, resolved symbols, fidelity, keys, limits."""

    device: str
    case: str
    run: str
    number: int
    edition: str
    claims: frozenset[str] = frozenset()
    settings: Mapping[str, Setting] = field(default_factory=dict)
    switches: Mapping[str, str] = field(default_factory=dict)
    symbols: Mapping[str, int | str] = field(default_factory=dict)
    fidelity: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    keys: tuple[str, ...] = ()
    limits: Mapping[str, int] = field(default_factory=dict)

    @property
    def run_id(self) -> str:
        """CT-TRM-003[a], or CT-PR-016 for a case without sub-runs."""
        return f"{self.case}[{self.run}]" if self.run else self.case

    @property
    def attempt_id(self) -> str:
        return f"{self.device}/{self.run_id}/{self.number}"


@dataclass(frozen=True, slots=True)
class Trouble:
    """What broke, by name. `ours`: the bench (ERROR); else the device (at best INCONCLUSIVE)."""

    cause: str
    message: str
    ours: bool


@dataclass(frozen=True, slots=True)
class Attempt:
    """Events and facts; `closed` says whether its close record was written.

    `kept` is what was read of it already (suites.readings.once): no part of its value, and a copy
    made with `replace` begins without.
    """

    events: tuple[Event, ...]
    facts: Facts
    closed: bool = True
    trouble: Trouble | None = None
    kept: dict[object, object] = field(init=False, compare=False, repr=False, default_factory=dict)

    @property
    def span(self) -> tuple[int, int]:
        """First and last sequence number, (0, 0) when nothing was recorded."""
        return (self.events[0].seq, self.events[-1].seq) if self.events else (0, 0)
