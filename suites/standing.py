"""What the bench puts before a device for a case: cards, and a host for each of its lines."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from adapters.codec import bill_lines, cups_link, iso8583, pos_fields, pos_link
from adapters.codec.cups_dialect import CUPS
from adapters.codec.errors import ProtocolError
from adapters.codec.pos_dialect import POS
from adapters.events import Port
from adapters.interface import Interface
from adapters.ports import CardEngine, HostEngine
from adapters.recorder import AttemptRecorder
from fixtures.acquirer.answers import Answers
from fixtures.acquirer.biller import BillAnswers, BillProvider
from fixtures.acquirer.issuer import IssuerEngine
from fixtures.acquirer.posp import AUTHORISATIONS, PospEngine
from fixtures.acquirer.switch import CupsSwitch
from fixtures.acquirer.switch_sealing import CupsAnswers
from fixtures.bench import Bench, Standing
from fixtures.cards.catalogue import faces
from fixtures.crypto.member_keys import MemberKeys, member_keys
from fixtures.crypto.test_keys import BcKeys, PospKeys, bc_keys, posp_keys, reference_keys
from fixtures.witness import KeyWitness
from suites.attempt import Facts
from suites.bills import BILLS
from suites.card_images import card_image
from suites.case import Card, Case
from suites.ruled import Leg, RuledCard, RuledHost, RuledRelay
from suites.rules import at_switch
from suites.symbols import DATE_NAME

# contact facts, 4.0, stimulus defaults: H00 approves with an ARPC, H05 declines with one.
CODES: Mapping[str, str] = {"H00": "00", "H05": "05"}
HOST_TIME = "093015"
PRIVATE_60, MANAGEMENT_70 = 60, 70
INDIRECT = "indirect-pos"


@dataclass(frozen=True, slots=True)
class _Keys:
    """The test keys of everybody that the bench plays."""

    cards: tuple[BcKeys, ...]
    posp: PospKeys
    member: MemberKeys


# Files of the release: read once.
@cache
def _keys() -> _Keys:
    return _Keys((bc_keys(), reference_keys()), posp_keys(), member_keys())



def standing(
    case: Case, facts: Facts, bench: Bench, seed: str, recorder: AttemptRecorder
) -> Standing:
    """Cards and hosts under the rules of a resolved case, at the ports that the bench has."""

    def chance(what: str) -> random.Random:
        # Drawn from the seed so that an attempt can be repeated.
        return random.Random(f"{seed}/{facts.attempt_id}/{what}")

    makers = HOSTS_OF.get(bench.kind, HOSTS)
    return Standing(
        cards=_faces(case.card, facts, chance("card"), recorder),
        second=_faces(case.second, facts, chance("second card"), recorder),
        hosts={
            port: makers[port](case, facts, bench, chance(HOST_NAMES[port]), recorder)
            for port in bench.lines
        },
        recorder=recorder,
        witness=KeyWitness(_keys().posp, _keys().member.pin_key),
        acts=len(case.acts),
    )


def _faces(
    card: Card, facts: Facts, chance: random.Random, recorder: AttemptRecorder
) -> Mapping[Interface, CardEngine]:
    image = card_image(card, facts.symbols)
    return {
        interface: RuledCard(face, card.rules, recorder)
        for interface, face in faces(image, chance).items()
    }


def _issuer() -> IssuerEngine:
    return IssuerEngine({keys.pan: keys for keys in _keys().cards})


HostMaker = Callable[[Case, Facts, Bench, random.Random, AttemptRecorder], HostEngine]


def _posp(
    case: Case, facts: Facts, _: Bench, chance: random.Random, recorder: AttemptRecorder
) -> HostEngine:
    usual = Answers(de39=CODES[case.host.name])
    # The sign-on answer sets the device's clock: it must say the date the plan was made for.
    clock = (str(facts.symbols[DATE_NAME])[2:], HOST_TIME)
    # Numbers of the host's own come from the seed: nobody can have heard them before.
    first = chance.randrange(AUTHORISATIONS)
    engine = PospEngine(_keys().posp, _issuer(), clock, usual, first=first)
    return RuledHost(Leg(engine, usual, _pos_names), case.host.rules, Port.HOST_T, recorder)


def _switch(
    case: Case, _: Facts, __: Bench, chance: random.Random, recorder: AttemptRecorder
) -> HostEngine:
    usual = CupsAnswers(de39=CODES[case.host.name])
    first = chance.randrange(AUTHORISATIONS)
    engine = CupsSwitch(_keys().member, _issuer(), usual, first=first)
    # Behind a front end the bench decides at the switch what a case says of the terminal's host.
    moved = tuple(each for rule in case.host.rules for each in at_switch(rule))
    rules = (*case.host.rules, *moved)
    return RuledHost(Leg(engine, usual, _cups_names), rules, Port.HOST_S, recorder)


def _biller(
    case: Case, _: Facts, __: Bench, ___: random.Random, recorder: AttemptRecorder
) -> HostEngine:
    usual = BillAnswers()
    leg = Leg(BillProvider(BILLS, usual), usual, _bill_names)
    return RuledHost(leg, case.host.rules, Port.BILLER, recorder)


def _front_end(
    case: Case, _: Facts, bench: Bench, __: random.Random, recorder: AttemptRecorder
) -> HostEngine:
    return RuledRelay(bench.relayed, _pos_names, case.host.rules, recorder)


def _pos_names(frame: bytes) -> tuple[str, ...]:
    """Its type, and that with 60.1 and with 60.3: 0200, 0200/22, 0200/000."""
    try:
        message = iso8583.decode(pos_link.decode(frame).body, POS)
        private = pos_fields.decode_60(message.text(PRIVATE_60))
    except ProtocolError:
        return _type_alone(frame)
    codes = (private.type_code, private.network_code)
    return message.mti, *(f"{message.mti}/{code}" for code in codes)


def _type_alone(frame: bytes) -> tuple[str, ...]:
    try:
        return (iso8583.decode(pos_link.decode(frame).body, POS).mti,)
    except ProtocolError:
        return ()


def _cups_names(frame: bytes) -> tuple[str, ...]:
    """Its type, and that with DE70 of a management message."""
    try:
        message = iso8583.decode(cups_link.decode(frame).body, CUPS)
    except ProtocolError:
        return ()
    return message.mti, f"{message.mti}/{message.text(MANAGEMENT_70)}"


def _bill_names(line: bytes) -> tuple[str, ...]:
    try:
        said = bill_lines.decode(line)
    except ProtocolError:
        return ()
    return (said.ask.value,) if isinstance(said, bill_lines.Question) else ()


HOST_NAMES: Mapping[Port, str] = {
    Port.HOST_T: "host",
    Port.HOST_S: "switch",
    Port.BILLER: "biller",
}
HOSTS: Mapping[Port, HostMaker] = {
    Port.HOST_T: _posp,
    Port.HOST_S: _switch,
    Port.BILLER: _biller,
}
# Of some kinds of device a line does not lead to the bench's own host.
HOSTS_OF: Mapping[str, Mapping[Port, HostMaker]] = {INDIRECT: {**HOSTS, Port.HOST_T: _front_end}}
