"""What the bench asks a card under test, by the short names of the commands."""

from adapters.events import Port
from suites.rules import Trigger


def asked(name: str) -> Trigger:
    """A command of the reader; `time(n)` of it is the n-th of a transaction."""
    return Trigger(Port.IFD, name)


SEL, GPO, RR, GD, GC, VER, IA, EA, GAC1, GAC2, GAC3, SCR = map(
    asked,
    ("SEL", "GPO", "RR", "GD", "GC", "VER", "IA", "EA", "GAC1", "GAC2", "GAC3", "SCR"),
)
