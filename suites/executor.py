"""Executes one run: stands the bench, does the acts, records everything, and never judges."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from adapters.errors import BenchBroken, DeviceFell, RecorderFailed
from adapters.events import Direction, Event, Kind, Port
from adapters.operated import OperatedDevice
from adapters.privacy.eyes import masked_text
from adapters.recorder import AttemptRecorder
from fixtures.bench import Bench
from suites.acts import PENDING_SETTLED, PREAMBLES, Act, Verb
from suites.attempt import Attempt, Facts, Trouble
from suites.case import Case, Residue
from suites.standing import standing
from suites.symbols import UnresolvedSymbol, resolve

Arguments = Mapping[str, int | str]
CLEARING: Mapping[Residue, Act] = {
    Residue.PENDING_REVERSAL: PENDING_SETTLED,
    Residue.OPEN_PAYMENT: PENDING_SETTLED,
}


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
    stage = Stage(device, bench)
    _phase(recorder, "preamble")
    # What an attempt before this one changed and could not restore, as a device that hung.
    stage.restore_settings()
    for act in (*PREAMBLES[bench.kind], *_settings(case)):
        stage.perform(act, symbols)
    _phase(recorder, "body")
    for act in case.acts:
        stage.perform(act, symbols)
    _phase(recorder, "postamble")
    for residue in case.leaves:
        stage.perform(CLEARING[residue], symbols)
    stage.restore_settings()


def _settings(case: Case) -> tuple[Act, ...]:
    settings = case.terminal.settings
    return (Act(Verb.CONFIGURE, settings),) if settings else ()


class Stage:
    """Who performs an act: the device at its operator port, or the bench around it."""

    def __init__(self, device: OperatedDevice, bench: Bench) -> None:
        self._device = device
        self._bench = bench
        self._own: Mapping[Verb, Callable[[Arguments], None]] = {
            Verb.CONFIGURE: self._configure,
            Verb.PRESENT: lambda said: self._device.present(str(said["card"])),
        }

    def perform(self, act: Act, symbols: Mapping[str, int | str]) -> None:
        """Do an act with its symbols resolved."""
        said = {name: resolve(value, symbols) for name, value in act.arguments}
        if act.verb in self._own:
            self._own[act.verb](said)
        else:
            self._device.perform(act.verb.value, said)

    def restore_settings(self) -> None:
        """Undo what cases changed: one case never decides the next."""
        if self._bench.altered:
            self._bench.altered = not self._device.restore_settings()

    def _configure(self, settings: Arguments) -> None:
        self._bench.altered = True
        self._device.configure(settings)


def _phase(recorder: AttemptRecorder, phase: str) -> None:
    recorder.record(Port.BENCH, Direction.AT_BENCH, Kind.PHASE, b"", {"phase": phase})
