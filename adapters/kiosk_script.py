"""What each act at a kiosk says on its test-control line, and what it waits for (3.5 and 3.2).

An act is a row of steps; a step is a command, the states in which it has come to rest, and the
state that must be reached for it to be taken at all.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from adapters.codec.kiosk_control import State, Value
from adapters.errors import BenchBroken

Arguments = Mapping[str, str | int]
ANY = frozenset(State)
NOTHING: Mapping[str, Value] = MappingProxyType({})
# Of an act: what people do where they do not do the usual.
ROBOT, YES, NO = "robot", "yes", "no"
PIN_ENTRY, TAKEN = "pin-entry", "take-card"
DIGITS = 6
# Which card it is the bench knows: it stands at the reader already.
PROFILE = "test-card"
NO_ACCOUNT = "-"
AT_REST = frozenset((State.IDLE, State.OUT_OF_SERVICE))
SHOWN = AT_REST | {State.SHOW_BILL, State.CARD_IN}
CARD_OUT = AT_REST | {State.TAKE_CARD}
ONLY_CARD_IN = frozenset((State.CARD_IN,))
ONLY_TAKE_CARD = frozenset((State.TAKE_CARD,))


class ActUnknown(BenchBroken):
    """A case asks for an act that nobody does at a kiosk."""

    cause = "act-unknown"


@dataclass(frozen=True, slots=True)
class Step:
    """A command ("" for none: only wait), done in some states only.

    `until`: the states in which it has come to rest, none where its answer is enough. `armed`: it
    is answered when it was done, which may be during a later act.
    """

    command: str
    arguments: Mapping[str, Value] = field(default_factory=dict)
    until: frozenset[State] = frozenset()
    when: frozenset[State] = ANY
    armed: bool = False


def steps(verb: str, arguments: Arguments) -> tuple[Step, ...]:
    """The steps of an act; ActUnknown for one that a kiosk does not know."""
    if verb not in ACTS:
        message = f"nobody can {verb!r} at a kiosk"
        raise ActUnknown(message)
    return ACTS[verb](arguments)


def _reset(_: Arguments) -> tuple[Step, ...]:
    return (Step("reset"),)


def _query_bill(arguments: Arguments) -> tuple[Step, ...]:
    return (_start(str(arguments["service"]), str(arguments["account"])),)


def _start(service: str, account: str = NO_ACCOUNT) -> Step:
    return Step("start", {"service": service, "account": account}, SHOWN)


def _pay_bill(arguments: Arguments) -> tuple[Step, ...]:
    confirmed = Step("key", {"name": "OK"}, AT_REST | ONLY_CARD_IN)
    return (*_pin_robot(arguments), confirmed, *_with_card(arguments))


def _pin_robot(arguments: Arguments) -> tuple[Step, ...]:
    if arguments.get(PIN_ENTRY, ROBOT) != ROBOT:
        return ()
    return (Step("pin", {"mode": ROBOT, "digits": DIGITS}),)


def _with_card(arguments: Arguments) -> tuple[Step, ...]:
    card = {"op": "insert", "slot": "contact", "profile": PROFILE}
    return (Step("card", card, CARD_OUT, ONLY_CARD_IN), _taken(arguments))


def _taken(arguments: Arguments) -> Step:
    if arguments.get(TAKEN, YES) == YES:
        taken = {"op": "remove", "slot": "contact"}
        return Step("card", taken, AT_REST, ONLY_TAKE_CARD)
    return Step("", NOTHING, AT_REST, ONLY_TAKE_CARD)


def _ecash_balance(arguments: Arguments) -> tuple[Step, ...]:
    asked = Step("query", {"what": "ec_balance"})
    return (_start("ecash-balance"), *_with_card(arguments), asked)


def _load(arguments: Arguments) -> tuple[Step, ...]:
    # 3.5 has no member for an amount: it stands where a bill has its account, in minor units.
    chosen = _start(f"ecash-load-{arguments['kind']}", str(arguments["amount"]))
    return (chosen, *_pin_robot(arguments), *_with_card(arguments))


def _reprint(_: Arguments) -> tuple[Step, ...]:
    return (_start("reprint"),)


def _cancel(arguments: Arguments) -> tuple[Step, ...]:
    return (Step("key", {"name": "CANCEL"}, CARD_OUT), _taken(arguments))


def _walk_away(_: Arguments) -> tuple[Step, ...]:
    return (Step("", NOTHING, AT_REST, ANY - AT_REST),)


def _cut_power(arguments: Arguments) -> tuple[Step, ...]:
    if "at" not in arguments:
        return (Step("power", {"op": "off"}),)
    return (Step("power", {"op": "off", "at": f"state:{arguments['at']}"}, armed=True),)


def _power_up(arguments: Arguments) -> tuple[Step, ...]:
    return (Step("power", {"op": "on"}, CARD_OUT), _taken(arguments))


def _printer(arguments: Arguments) -> tuple[Step, ...]:
    return (Step("fault", {"dev": "printer", "kind": str(arguments["kind"])}),)


def _network(arguments: Arguments) -> tuple[Step, ...]:
    return (Step("net", {"op": str(arguments["op"])}),)


def _read(what: str) -> tuple[Step, ...]:
    return (Step("query", {"what": what}),)


ACTS: Mapping[str, Callable[[Arguments], tuple[Step, ...]]] = {
    # 3.5 has no command for either: a kiosk signs on, and sends what it owes, when it starts anew.
    "sign on": _reset,
    "settle pending": _reset,
    "query bill": _query_bill,
    "pay bill": _pay_bill,
    "e-cash balance": _ecash_balance,
    "load": _load,
    "reprint": _reprint,
    "cancel": _cancel,
    "walk away": _walk_away,
    "cut power": _cut_power,
    "power up": _power_up,
    "printer": _printer,
    "network": _network,
    "read journal": lambda _: _read("journal"),
    "read counters": lambda _: _read("counters"),
}
