"""Engines under a case's rules: where a trigger is met the reaction answers, else the engine."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from adapters.codec.apdu import decode_command
from adapters.codec.errors import LocalProtocolError, ProtocolError
from adapters.delivery import Delivery
from adapters.errors import BenchBroken
from adapters.events import Direction, Kind, Port
from adapters.ports import CardEngine
from adapters.recorder import Recorder
from suites.command_names import CommandNamer
from suites.rules import Deed, Edge, Reaction, Rule

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Turned = TypeVar("Turned", bound="DataclassInstance")
Knobs_contra = TypeVar("Knobs_contra", contravariant=True)


class RuleUnknown(BenchBroken):
    """A case asks for a reaction that this bench cannot perform."""

    cause = "rule-unknown"


class _Firing:
    """Counts what crosses one port, and says which reaction is due."""

    def __init__(self, rules: Sequence[Rule], port: Port, recorder: Recorder) -> None:
        self._rules = tuple(rule for rule in rules if rule.on.port is port)
        self._port = port
        self._recorder = recorder
        self._seen: dict[str, int] = {}
        for rule in self._rules:
            if rule.on.edge is not Edge.ASKED:
                message = f"no rule can fire when {rule.on.what} was answered yet: {rule}"
                raise RuleUnknown(message)

    def due(self, what: str) -> tuple[Reaction, ...]:
        """The reactions due now, none or one; firing is an event: exposure is judged by it."""
        nth = self._seen[what] = self._seen.get(what, 0) + 1
        for rule in self._rules:
            if rule.on.what == what and rule.on.nth == nth:
                detail = {"trigger": str(rule.on), "reaction": str(rule.do)}
                self._recorder.record(self._port, Direction.AT_BENCH, Kind.RULE, b"", detail)
                return (rule.do,)
        return ()


class RuledCard:
    """adapters.ports.CardEngine: a card engine under the card rules of a case."""

    def __init__(self, engine: CardEngine, rules: Sequence[Rule], recorder: Recorder) -> None:
        self._engine = engine
        self._firing = _Firing(rules, Port.ICC, recorder)
        self._namer = CommandNamer()

    def reset(self) -> bytes:
        self._namer.reset()
        return self._engine.reset()

    def respond(self, command: bytes) -> bytes:
        try:
            decoded = decode_command(command)
        except ProtocolError:
            # No name, so no rule: the card itself answers what is no command.
            return self._engine.respond(command)
        for reaction in self._firing.due(self._namer.name(decoded).short):
            match reaction.deed:
                case Deed.STATUS:
                    return bytes.fromhex(reaction.argument)
                case Deed.SILENCE:
                    return b""
                case Deed.ANSWER_AS_IF_ASKED:
                    asked = replace(decoded, p1=int(reaction.argument, 16))
                    return self._engine.respond(asked.encode())
                case _:
                    message = f"a card cannot do this: {reaction}"
                    raise RuleUnknown(message)
        return self._engine.respond(command)


class TurnedEngine(Protocol[Knobs_contra]):
    """A host engine whose answers can be turned by knobs."""

    def deliveries(self, frame: bytes) -> tuple[Delivery, ...]: ...

    def deliveries_with(self, frame: bytes, answers: Knobs_contra) -> tuple[Delivery, ...]: ...


@dataclass(frozen=True, slots=True)
class Leg(Generic[Turned]):
    """An engine, its knobs as they usually stand, and how rules call its frames.

    `name` gives "" for a frame that has none: then no rule can fire.
    """

    engine: TurnedEngine[Turned]
    usual: Turned
    name: Callable[[bytes], str]


class RuledHost(Generic[Turned]):
    """adapters.ports.HostEngine: a host engine under the rules of a case for its port."""

    def __init__(
        self, leg: Leg[Turned], rules: Sequence[Rule], port: Port, recorder: Recorder
    ) -> None:
        self._leg = leg
        self._firing = _Firing(rules, port, recorder)

    def deliveries(self, frame: bytes) -> tuple[Delivery, ...]:
        leg = self._leg
        name = leg.name(frame)
        for reaction in self._firing.due(name) if name else ():
            return leg.engine.deliveries_with(frame, turned(leg.usual, reaction))
        return leg.engine.deliveries(frame)


# What a reaction turns: the knob, and its value from the reaction's argument.
KNOBS: Mapping[Deed, Callable[[str], Mapping[str, object]]] = {
    Deed.SILENCE: lambda _: {"silence": True},
    Deed.DE39: lambda code: {"de39": code},
    Deed.ANSWERS: lambda knobs: {
        name: VALUES.get(value, value)
        for name, _, value in (each.partition("=") for each in knobs.split())
    },
}
VALUES: Mapping[str, object] = {"yes": True}


def turned(usual: Turned, reaction: Reaction) -> Turned:
    """The knobs with what a reaction turns; RuleUnknown if this host has no such knob."""
    if reaction.deed not in KNOBS:
        message = f"a host cannot do this: {reaction}"
        raise RuleUnknown(message)
    kinds = {each.name: type(getattr(usual, each.name)) for each in fields(usual)}
    wanted = KNOBS[reaction.deed](reaction.argument)
    for name in wanted.keys() - kinds.keys():
        message = f"this host has no knob {name!r}: {reaction}"
        raise RuleUnknown(message)
    try:
        values = {name: kinds[name](value) for name, value in wanted.items()}
        return replace(usual, **values)
    except (ValueError, LocalProtocolError) as refused:
        message = f"this host cannot answer so: {reaction}: {refused}"
        raise RuleUnknown(message) from refused
