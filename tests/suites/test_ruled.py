"""Cards under the rules of a case: what is answered, and from when on nothing is."""

import pytest

from adapters.clock import SystemClock
from adapters.delivery import Delivery
from adapters.events import Event, Kind, Port
from adapters.recorder import AttemptRecorder
from suites.ruled import RuledCard, RuledRelay, RuleUnknown
from suites.rules import (
    AAC,
    ANSWER_LOST,
    GPO,
    REMOVAL,
    RR,
    SALE,
    SIGN_ON,
    SILENCE,
    Deed,
    Reaction,
    Rule,
    Trigger,
    answers,
    at_switch,
    code,
    message,
    sw,
)

SELECT, RECORD = bytes.fromhex("00A4040000"), bytes.fromhex("00B2011400")
DONE = bytes.fromhex("9000")


class Counting:
    """A card that answers everything and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[bytes] = []

    def reset(self) -> bytes:
        return b"\x3b\x00"

    def respond(self, command: bytes) -> bytes:
        self.asked.append(command)
        return DONE


def ruled(*rules: Rule) -> tuple[RuledCard, Counting, AttemptRecorder]:
    engine = Counting()

    def nothing(_: Event) -> None:
        """Kept by the recorder alone."""

    recorder = AttemptRecorder(SystemClock(), {Port.ICC: "exact"}, nothing, nothing)
    return RuledCard(engine, rules, recorder), engine, recorder


def fired(recorder: AttemptRecorder) -> list[str]:
    return [str(e.detail["trigger"]) for e in recorder.events if e.kind is Kind.RULE]


def test_a_card_taken_away_when_asked_does_nothing_more() -> None:
    """Neither this command nor the next one reaches it."""
    card, engine, recorder = ruled(Rule(RR, REMOVAL))
    assert [card.respond(each) for each in (SELECT, RECORD, SELECT)] == [DONE, b"", b""]
    assert engine.asked == [SELECT]
    assert fired(recorder) == ["RR"]


def test_a_card_taken_away_after_its_answer_has_answered() -> None:
    """The second READ RECORD is answered; what follows is not."""
    card, engine, recorder = ruled(Rule(RR.time(2).answered(), REMOVAL))
    assert [card.respond(RECORD) for _ in range(3)] == [DONE, DONE, b""]
    assert len(engine.asked) == 2
    assert fired(recorder) == ["RR#2 answered"]


def test_a_lost_answer_was_given() -> None:
    """The card has done it; nobody hears."""
    card, engine, _ = ruled(Rule(RR, ANSWER_LOST))
    assert [card.respond(RECORD), card.respond(SELECT)] == [b"", b""]
    assert engine.asked == [RECORD]


def test_a_card_powered_on_again_is_there() -> None:
    """Removal lasts until then, and the rule has had its time."""
    card, _, _ = ruled(Rule(RR, REMOVAL))
    card.respond(RECORD)
    card.reset()
    assert card.respond(RECORD) == DONE


def test_what_an_issuer_decides_moves_to_the_switch() -> None:
    """A decision about a request does; silence, other messages and rules of a card stay."""
    for rule in (Rule(SALE, code("05")), Rule(SALE.time(2), answers(without_91="yes"))):
        (moved,) = at_switch(rule)
        assert moved.on.port is Port.HOST_S
        assert (str(moved), moved.on.nth) == (str(rule), rule.on.nth)
    for rule in (Rule(SALE, SILENCE), Rule(SIGN_ON, code("05")), Rule(GPO, sw("6985"))):
        assert at_switch(rule) == ()


@pytest.mark.parametrize(
    "on, do",
    [
        (GPO.answered(), sw("6985")),
        (GPO.answered(), AAC),
        (GPO, Reaction(Deed.DE39, "05")),
        (Trigger(Port.ICC, "GPO").answered(), ANSWER_LOST),
    ],
)
def test_what_a_card_cannot_do_is_refused_before_it_is_used(on: Trigger, do: Reaction) -> None:
    """A rule that could never do what it says is our trouble, and named."""
    with pytest.raises(RuleUnknown, match="nobody at icc can do this"):
        ruled(Rule(on, do))


class Echo:
    """A front end that answers every frame, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[bytes] = []

    def deliveries(self, frame: bytes) -> tuple[Delivery, ...]:
        self.asked.append(frame)
        return (Delivery(frame),)


def test_of_a_front_ends_answers_some_get_lost() -> None:
    """The front end is asked all the same; what the bench cannot do stays idle."""
    rules = (Rule(SALE.time(2), SILENCE), Rule(SALE, code("05")))
    _, _, recorder = ruled()
    front_end = Echo()
    relay = RuledRelay(front_end, lambda frame: (frame.decode(),), rules, recorder)
    answered = [len(relay.deliveries(each)) for each in (b"0200", b"0200", b"0400", b"0200")]
    assert answered == [1, 0, 1, 1]
    assert len(front_end.asked) == 4
    assert fired(recorder) == ["0200#2"]


def test_a_rule_may_name_a_message_by_its_service() -> None:
    """Counted under each of its names: the second 0200 is the first offline upload."""
    _, _, recorder = ruled()
    names = {b"sale": ("0200", "0200/22"), b"upload": ("0200", "0200/36")}
    rules = (Rule(message("0200/36"), SILENCE),)
    relay = RuledRelay(Echo(), lambda frame: names[frame], rules, recorder)
    assert [len(relay.deliveries(each)) for each in (b"sale", b"upload", b"upload")] == [1, 0, 1]
