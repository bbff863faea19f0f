"""Engines under a case's rules: where a trigger is met the reaction answers, else the engine."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from adapters.codec.apdu import CommandApdu, decode_command
from adapters.codec.errors import LocalProtocolError, ProtocolError
from adapters.delivery import Delivery
from adapters.errors import BenchBroken
from adapters.events import Direction, Kind, Port
from adapters.ports import CardEngine, HostEngine
from adapters.recorder import Recorder
from suites.answer_edits import edited_answer
from suites.command_names import CommandNamer
from suites.knobs import PARSERS
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

    def __init__(
        self,
        rules: Sequence[Rule],
        port: Port,
        recorder: Recorder,
        deeds: Mapping[Edge, Collection[Deed]],
    ) -> None:
        self._rules = tuple(rule for rule in rules if rule.on.port is port)
        self._port = port
        self._recorder = recorder
        self._seen: dict[tuple[str, Edge], int] = {}
        for rule in self._rules:
            if rule.do.deed not in deeds.get(rule.on.edge, ()):
                message = f"nobody at {port} can do this when {rule.on.edge}: {rule}"
                raise RuleUnknown(message)

    def due(self, *names: str, edge: Edge = Edge.ASKED) -> tuple[Reaction, ...]:
        """The reactions due now, none or one; firing is an event: exposure is judged by it.

        What crosses is counted under each of its names.
        """
        for name in names:
            self._seen[name, edge] = self._seen.get((name, edge), 0) + 1
        for rule in self._rules:
            met = rule.on.what in names and rule.on.edge is edge
            if met and rule.on.nth == self._seen[rule.on.what, edge]:
                detail = {"trigger": str(rule.on), "reaction": str(rule.do)}
                self._recorder.record(self._port, Direction.AT_BENCH, Kind.RULE, b"", detail)
                return (rule.do,)
        return ()


CARD_DEEDS: Mapping[Edge, Collection[Deed]] = {
    Edge.ASKED: (
        Deed.STATUS,
        Deed.SILENCE,
        Deed.INSTEAD,
        Deed.ANSWER_AS_IF_ASKED,
        Deed.ENDING,
        Deed.REWRITTEN,
        Deed.REMOVAL,
        Deed.ANSWER_LOST,
    ),
    Edge.ANSWERED: (Deed.REMOVAL,),
}


class RuledCard:
    """adapters.ports.CardEngine: a card engine under the card rules of a case."""

    def __init__(self, engine: CardEngine, rules: Sequence[Rule], recorder: Recorder) -> None:
        self._engine = engine
        self._firing = _Firing(rules, Port.ICC, recorder, CARD_DEEDS)
        self._namer = CommandNamer()
        self._gone = False

    def reset(self) -> bytes:
        self._namer.reset()
        # Whoever powers a card on again finds it where it was.
        self._gone = False
        return self._engine.reset()

    def respond(self, command: bytes) -> bytes:
        if self._gone:
            return b""
        try:
            decoded = decode_command(command)
        except ProtocolError:
            # No name, so no rule: the card itself answers what is no command.
            return self._engine.respond(command)
        names = self._namer.name(decoded).names
        answer = self._answer(decoded, command, self._firing.due(*names))
        # All that a card can do once it has answered is to be taken away.
        self._gone = self._gone or bool(answer and self._firing.due(*names, edge=Edge.ANSWERED))
        return answer

    def _answer(
        self, decoded: CommandApdu, command: bytes, reactions: tuple[Reaction, ...]
    ) -> bytes:
        for reaction in reactions:
            match reaction.deed:
                case Deed.STATUS:
                    return bytes.fromhex(reaction.argument)
                case Deed.INSTEAD:
                    return bytes.fromhex(reaction.argument.replace(".", ""))
                case Deed.ANSWER_AS_IF_ASKED:
                    asked = replace(decoded, p1=int(reaction.argument, 16))
                    return self._engine.respond(asked.encode())
                case Deed.ENDING | Deed.REWRITTEN:
                    return edited_answer(self._engine, command, reaction)
                case Deed.ANSWER_LOST:
                    self._engine.respond(command)
            self._gone = reaction.deed is not Deed.SILENCE
            return b""
        return self._engine.respond(command)


class TurnedEngine(Protocol[Knobs_contra]):
    """A host engine whose answers can be turned by knobs."""

    def deliveries(self, frame: bytes) -> tuple[Delivery, ...]: ...

    def deliveries_with(self, frame: bytes, answers: Knobs_contra) -> tuple[Delivery, ...]: ...


@dataclass(frozen=True, slots=True)
class Leg(Generic[Turned]):
    """An engine, its knobs as they usually stand, and how rules call its frames.

    `names` gives nothing for a frame that has none: then no rule can fire.
    """

    engine: TurnedEngine[Turned]
    usual: Turned
    names: Callable[[bytes], tuple[str, ...]]


class RuledHost(Generic[Turned]):
    """adapters.ports.HostEngine: a host engine under the rules of a case for its port."""

    def __init__(
        self, leg: Leg[Turned], rules: Sequence[Rule], port: Port, recorder: Recorder
    ) -> None:
        self._leg = leg
        self._firing = _Firing(rules, port, recorder, {Edge.ASKED: KNOBS})

    def deliveries(self, frame: bytes) -> tuple[Delivery, ...]:
        leg = self._leg
        for reaction in self._firing.due(*leg.names(frame)):
            return leg.engine.deliveries_with(frame, turned(leg.usual, reaction))
        return leg.engine.deliveries(frame)


class RuledRelay:
    """adapters.ports.HostEngine: the device's own front end, of whose answers some get lost.

    Silence is all that the bench can make of them; other rules stay idle, and are told as that.
    """

    def __init__(
        self,
        engine: HostEngine,
        names: Callable[[bytes], tuple[str, ...]],
        rules: Sequence[Rule],
        recorder: Recorder,
    ) -> None:
        self._engine = engine
        self._names = names
        silences = tuple(rule for rule in rules if rule.do.deed is Deed.SILENCE)
        self._firing = _Firing(silences, Port.HOST_T, recorder, {Edge.ASKED: (Deed.SILENCE,)})

    def deliveries(self, frame: bytes) -> tuple[Delivery, ...]:
        lost = bool(self._firing.due(*self._names(frame)))
        answers = self._engine.deliveries(frame)
        return () if lost else answers


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
        values = {
            name: PARSERS.get(name, kinds[name])(value)
            for name, value in wanted.items()
        }
        return replace(usual, **values)
    except (ValueError, LocalProtocolError) as refused:
        message = f"this host cannot answer so: {reaction}: {refused}"
        raise RuleUnknown(message) from refused
