"""Engines under a case's rules: where a trigger is met the reaction answers, else the engine."""

from collections.abc import Sequence
from dataclasses import replace

from adapters.codec import iso8583, pos_link
from adapters.codec.apdu import decode_command
from adapters.codec.errors import ProtocolError
from adapters.codec.pos_dialect import POS
from adapters.errors import BenchBroken
from adapters.events import Direction, Kind, Port
from adapters.ports import CardEngine
from adapters.recorder import Recorder
from fixtures.acquirer.answers import Answers
from fixtures.acquirer.posp import PospEngine
from suites.command_names import CommandNamer
from suites.rules import Deed, Edge, Reaction, Rule


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


class RuledHost:
    """adapters.ports.HostEngine: a POSP engine under the host rules of a case."""

    def __init__(self, engine: PospEngine, rules: Sequence[Rule], recorder: Recorder) -> None:
        self._engine = engine
        self._firing = _Firing(rules, Port.HOST_T, recorder)

    def respond(self, frame: bytes) -> tuple[bytes, ...]:
        try:
            what = iso8583.decode(pos_link.decode(frame).body, POS).mti
        except ProtocolError:
            return self._engine.respond(frame)
        for reaction in self._firing.due(what):
            match reaction.deed:
                case Deed.SILENCE:
                    return ()
                case Deed.DE39:
                    return self._engine.respond_with(frame, Answers(de39=reaction.argument))
                case _:
                    message = f"a host cannot do this: {reaction}"
                    raise RuleUnknown(message)
        return self._engine.respond(frame)
