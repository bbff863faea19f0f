"""Attempts on the emulated devices in memory, with a card and a host of one's own choice."""

import random
from dataclasses import replace
from itertools import count
from pathlib import Path

from adapters.clock import SystemClock
from adapters.events import Direction, Kind, Port
from adapters.interface import Interface
from adapters.ports import HostEngine
from adapters.recorder import AttemptRecorder
from fixtures import ics, ixit
from fixtures.acquirer.answers import Answers
from fixtures.acquirer.cardholders import Cardholders
from fixtures.acquirer.issuer import IssuerEngine
from fixtures.acquirer.occasions import Occasion
from fixtures.acquirer.posp import PospEngine
from fixtures.acquirer.switch import CupsSwitch
from fixtures.acquirer.switch_sealing import CupsAnswers
from fixtures.bench import Bench, Standing, bind
from fixtures.cards.bc import BC
from fixtures.cards.engine import ContactCardEngine
from fixtures.cards.image import CardImage
from fixtures.crypto.member_keys import member_keys
from fixtures.crypto.test_keys import bc_keys, posp_keys
from fixtures.witness import TEST_PIN, KeyWitness
from suites.attempt import Attempt
from tests.suites.recordings import FACTS

INDIRECT = ixit.DATA / "in-memory-indirect-pos.toml"
OVER, UNDER = 20_000, 5_000
SEEDS = count()
Act = tuple[str, dict[str, str | int]]


def direct(
    *acts: Act, defect: str = "", image: CardImage = BC, answers: dict[str, Answers] | None = None
) -> Attempt:
    """These acts at a direct POS, its sign-on before and what it owes the host after."""
    plan = tuple((Occasion(what), knobs) for what, knobs in (answers or {}).items())
    keys = bc_keys()
    posp = PospEngine(posp_keys(), IssuerEngine({keys.pan: keys}), ("0315", "093015"), plan=plan)
    return _attempt(ixit.IN_MEMORY, defect, image, {Port.HOST_T: posp}, acts)


def indirect(
    *acts: Act,
    defect: str = "",
    image: CardImage = BC,
    answers: dict[str, CupsAnswers] | None = None,
) -> Attempt:
    """The same at an indirect POS, the switch behind its front end."""
    plan = tuple((Occasion(what), knobs) for what, knobs in (answers or {}).items())
    keys, member = bc_keys(), member_keys()
    holders = Cardholders(pins={keys.pan: TEST_PIN}, pin_key=member.issuer_pin_key)
    switch = CupsSwitch(member, IssuerEngine({keys.pan: keys}, holders=holders), plan=plan)
    return _attempt(INDIRECT, defect, image, {Port.HOST_S: switch}, acts)


def _attempt(
    path: Path,
    defect: str,
    image: CardImage,
    hosts: dict[Port, HostEngine],
    acts: tuple[Act, ...],
) -> Attempt:
    setting = ixit.read(path)
    setting = replace(setting, iut=replace(setting.iut, defect=defect))
    statement = ics.read(setting.ics_path)
    bench: Bench = bind(setting, statement, SystemClock(), seed=f"sums {next(SEEDS)}")
    recorder = AttemptRecorder(SystemClock(), bench.fidelity, lambda _: None, lambda _: None)
    standing = Standing(
        cards={Interface.CONTACT: ContactCardEngine(image, random.Random(1))},
        second={},
        hosts={Port.HOST_T: bench.relayed, **hosts},
        recorder=recorder,
        witness=KeyWitness(posp_keys()),
    )
    device = bench.stand(standing)
    phases: tuple[tuple[str, tuple[Act, ...]], ...] = (
        ("preamble", (("sign on", {}),)),
        ("body", acts),
        ("postamble", (("settle pending", {}),)),
    )
    for phase, some in phases:
        recorder.record(Port.BENCH, Direction.AT_BENCH, Kind.PHASE, b"", {"phase": phase})
        for verb, arguments in some:
            device.perform(verb, arguments)
    facts = replace(
        FACTS,
        claims=statement.claims,
        settings=statement.settings,
        switches=statement.switches,
    )
    return Attempt(recorder.events, facts)


def buy(amount: int = UNDER, **how: str | int) -> Act:
    """A purchase, and what the people at the terminal do."""
    return "purchase", {"amount": amount, **how}
