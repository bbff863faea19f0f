"""Executes one run: stands the bench, does the acts, records everything, and never judges."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from adapters.errors import BenchBroken, DeviceFell, RecorderFailed
from adapters.events import Direction, Event, Kind, Port
from adapters.operated import OperatedDevice
from adapters.privacy.eyes import masked_text
from adapters.recorder import AttemptRecorder
from fixtures.bench import Bench
from suites.acts import PENDING_SETTLED, PREAMBLES, Act
from suites.attempt import Attempt, Facts, Trouble
from suites.case import Case, Residue
from suites.standing import standing
from suites.symbols import UnresolvedSymbol, resolve

CLEARING: Mapping[Residue, Act] = {Residue.PENDING_REVERSAL: PENDING_SETTLED}


class Unforeseen(BenchBroken):
    """A defect of our own software surfaced while a run was executed."""

    cause = "unforeseen"


@dataclass(frozen=True, slots=True)
class Execution:
    """What a run needs: its case as resolved, its facts, the seed, and where events go."""

    case: Case
    facts: Facts
    seed: str
    guard: Callable[[Event], None]
    write: Callable[[Event], None]


def execute(execution: Execution, bench: Bench) -> Attempt:
    """The attempt; whatever broke is in it by name. Only RecorderFailed comes out."""
    recorder = AttemptRecorder(bench.clock, bench.fidelity, execution.guard, execution.write)
    trouble: Trouble | None = None
    try:
        _perform(execution, bench, recorder)
    except RecorderFailed:
        raise
    except DeviceFell as fell:
        trouble = Trouble(fell.how, masked_text(str(fell)), ours=False)
    except BenchBroken as broken:
        bench.break_down(broken)
        trouble = Trouble(broken.cause, masked_text(str(broken)), ours=True)
    except UnresolvedSymbol as unresolved:
        trouble = Trouble(unresolved.cause, str(unresolved), ours=True)
    except Exception as unforeseen:  # noqa: BLE001 - our defect ends one attempt only
        message = masked_text(f"{type(unforeseen).__name__}: {unforeseen}")
        trouble = Trouble(Unforeseen.cause, message, ours=True)
    finally:
        recorder.close()
        bench.leave()
    return Attempt(recorder.events, execution.facts, closed=True, trouble=trouble)


def _perform(execution: Execution, bench: Bench, recorder: AttemptRecorder) -> None:
    case, symbols = execution.case, execution.facts.symbols
    device = bench.stand(standing(case, execution.facts, bench, execution.seed, recorder))
    _phase(recorder, "preamble")
    for act in PREAMBLES[bench.kind]:
        _act(device, act, symbols)
    if case.terminal.settings:
        device.configure({name: resolve(value, symbols) for name, value in case.terminal.settings})
    _phase(recorder, "body")
    for act in case.acts:
        _act(device, act, symbols)
    _phase(recorder, "postamble")
    for residue in case.leaves:
        _act(device, CLEARING[residue], symbols)


def _phase(recorder: AttemptRecorder, phase: str) -> None:
    recorder.record(Port.BENCH, Direction.AT_BENCH, Kind.PHASE, b"", {"phase": phase})


def _act(device: OperatedDevice, act: Act, symbols: Mapping[str, int | str]) -> None:
    device.perform(act.verb.value, {name: resolve(value, symbols) for name, value in act.arguments})
