"""Executes one run: stands the bench, does the acts, records everything, and never judges."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from adapters.errors import BenchBroken, DeviceFell, RecorderFailed
from adapters.events import Direction, Event, Kind, Port
from adapters.interface import Interface
from adapters.operated import OperatedDevice
from adapters.recorder import AttemptRecorder
from fixtures.acquirer.answers import Answers
from fixtures.acquirer.issuer import IssuerEngine
from fixtures.acquirer.posp import AUTHORISATIONS, PospEngine
from fixtures.bench import Bench, Standing
from fixtures.cards.bc import IMAGES
from fixtures.cards.engine import ContactCardEngine
from fixtures.cards.image import CardImage
from fixtures.crypto.test_keys import bc_keys, posp_keys
from suites.acts import PENDING_SETTLED, SIGNED_ON, Act
from suites.attempt import Attempt, Facts, Trouble
from suites.case import Card, Case, Host, Residue
from suites.ruled import RuledCard, RuledHost
from suites.symbols import DATE_NAME, UnresolvedSymbol, Value, resolve

# contact facts, 4.0, stimulus defaults: H00 approves with an ARPC, H05 declines with one.
HOSTS: Mapping[str, Answers] = {"H00": Answers(), "H05": Answers(de39="05")}
HOST_TIME = "093015"
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
        trouble = Trouble(fell.how, str(fell), ours=False)
    except BenchBroken as broken:
        bench.break_down(broken)
        trouble = Trouble(broken.cause, str(broken), ours=True)
    except UnresolvedSymbol as unresolved:
        trouble = Trouble(unresolved.cause, str(unresolved), ours=True)
    except Exception as unforeseen:  # noqa: BLE001 - our defect ends one attempt only
        message = f"{type(unforeseen).__name__}: {unforeseen}"
        trouble = Trouble(Unforeseen.cause, message, ours=True)
    finally:
        recorder.close()
        bench.leave()
    return Attempt(recorder.events, execution.facts, closed=True, trouble=trouble)


def _perform(execution: Execution, bench: Bench, recorder: AttemptRecorder) -> None:
    case, symbols = execution.case, execution.facts.symbols
    device = bench.stand(_standing(execution, bench, recorder))
    _phase(recorder, "preamble")
    _act(device, SIGNED_ON, symbols)
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


def _standing(execution: Execution, bench: Bench, recorder: AttemptRecorder) -> Standing:
    facts = execution.facts
    # Chance of a test card, drawn from the seed so that an attempt can be repeated.
    chance = random.Random(f"{execution.seed}/{facts.attempt_id}/card")
    image = card_image(execution.case.card, facts.symbols)
    card = RuledCard(ContactCardEngine(image, chance), execution.case.card.rules, recorder)
    engine = _posp(
        execution.case.host,
        str(facts.symbols[DATE_NAME]),
        random.Random(f"{execution.seed}/{facts.attempt_id}/host"),
    )
    host = RuledHost(engine, execution.case.host.rules, recorder)
    hosts = {Port.HOST_T: host}
    return Standing(
        {Interface.CONTACT: card},
        {port: hosts[port] for port in bench.lines if port in hosts},
        recorder,
    )


def card_image(card: Card, symbols: Mapping[str, int | str]) -> CardImage:
    """The image of a case's card with what deviates, re-signed unless the case says otherwise."""
    changes = {name: _object(value, symbols) for name, value in card.changes}
    image = IMAGES[card.name]
    changed = image.but(**changes) if changes else image
    return changed if card.signed else changed.unsigned()


def _object(value: Value, symbols: Mapping[str, int | str]) -> bytes:
    """Bytes of a data object: texts are hex, dates come as YYMMDD."""
    return bytes.fromhex(str(resolve(value, symbols)))


def _posp(host: Host, terminal_date: str, chance: random.Random) -> PospEngine:
    keys = bc_keys()
    issuer = IssuerEngine({keys.pan: keys})
    # The sign-on answer sets the device's clock: it must say the date the plan was made for.
    # Numbers of the host's own come from the seed: nobody can have heard them before.
    return PospEngine(
        posp_keys(),
        issuer,
        (terminal_date[2:], HOST_TIME),
        HOSTS[host.name],
        first=chance.randrange(AUTHORISATIONS),
    )
