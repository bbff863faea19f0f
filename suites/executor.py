"""Executes one run: stands the bench, does the acts, records everything, and never judges."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from adapters.errors import BenchBroken, DeviceFell, RecorderFailed
from adapters.events import Direction, Event, Kind, Port
from adapters.operated import OperatedDevice
from adapters.privacy.eyes import masked_text
from adapters.recorder import AttemptRecorder
from fixtures.bench import Bench
from suites.acts import (
    PENDING_SETTLED,
    PREAMBLES,
    SETTINGS_RESTORED,
    SETTLEMENT,
    SIGNED_ON,
    Act,
    Verb,
)
from suites.attempt import Attempt, Facts, Trouble
from suites.case import APPROVES, BC, Case, Residue
from suites.readings.transactions import CLEARING_PHASE
from suites.standing import standing
from suites.symbols import UnresolvedSymbol, resolve

Arguments = Mapping[str, int | str]
# How a device that was left in the middle of something is brought back, of each kind.
UNDISTURBED: Mapping[str, tuple[Act, ...]] = {
    "direct-pos": (SETTINGS_RESTORED, SIGNED_ON, PENDING_SETTLED),
    "indirect-pos": (SETTINGS_RESTORED, SIGNED_ON, PENDING_SETTLED),
    "kiosk": (),
    "reference-card": (),
}
OFFLINE_UPLOAD = "offline-upload"
NOT_CLEARED = frozenset(("REFUSED", "NOT_SIGNED_ON", "NOT_STARTED"))
# A batch may hold what a whole campaign has sold.
MOST_CLEARED = 1000
CLEARING: Mapping[Residue, Act] = {
    Residue.PENDING_REVERSAL: PENDING_SETTLED,
    Residue.OPEN_PAYMENT: PENDING_SETTLED,
}


class NotCleared(BenchBroken):
    """What earlier attempts left in the device could not be cleared."""

    cause = "not-cleared"


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
    _clear(execution, bench, recorder)
    bench.disturbed = True
    device = bench.stand(standing(case, execution.facts, bench, execution.seed, recorder))
    stage = Stage(device)
    _phase(recorder, "preamble")
    for act in (*PREAMBLES[bench.kind], *_settings(case)):
        stage.perform(act, symbols)
    _phase(recorder, "body")
    for act in case.acts:
        stage.perform(act, symbols)
    _phase(recorder, "postamble")
    for residue in case.leaves:
        stage.perform(CLEARING[residue], symbols)
    if stage.altered:
        stage.perform(SETTINGS_RESTORED, symbols)
    bench.disturbed = False


def _clear(execution: Execution, bench: Bench, recorder: AttemptRecorder) -> None:
    """One case never decides the next: what earlier attempts left is cleared before this one.

    An ordinary host does it with the device, before the rules of the case hold.
    """
    case = execution.case
    acts = (
        *(UNDISTURBED[bench.kind] if bench.disturbed else ()),
        *((SIGNED_ON, SETTLEMENT) if _empties_the_batch(case) else ()),
    )
    if not acts:
        return
    ordinary = replace(case, card=BC, second=BC, host=APPROVES)
    stood = standing(ordinary, execution.facts, bench, execution.seed, recorder)
    device = bench.stand(replace(stood, acts=MOST_CLEARED))
    _phase(recorder, CLEARING_PHASE)
    for act in acts:
        report = device.perform(act.verb.value, {})
        if report.get("outcome") in NOT_CLEARED:
            message = f"{act}: {report['outcome']}"
            raise NotCleared(message)


def _empties_the_batch(case: Case) -> bool:
    """Whether what earlier cases sold would go to the host in this one."""
    acts = (*_settings(case), *case.acts)
    configured = [act for act in acts if act.verb is Verb.CONFIGURE]
    changed = {name.replace("_", "-") for act in configured for name, _ in act.arguments}
    return SETTLEMENT in acts or OFFLINE_UPLOAD in changed


def _settings(case: Case) -> tuple[Act, ...]:
    settings = case.terminal.settings
    return (Act(Verb.CONFIGURE, settings),) if settings else ()


class Stage:
    """Who performs an act: the device at its operator port, or the bench around it."""

    def __init__(self, device: OperatedDevice) -> None:
        self._device = device
        self.altered = False
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

    def _configure(self, settings: Arguments) -> None:
        self.altered = True
        self._device.configure(settings)


def _phase(recorder: AttemptRecorder, phase: str) -> None:
    recorder.record(Port.BENCH, Direction.AT_BENCH, Kind.PHASE, b"", {"phase": phase})
