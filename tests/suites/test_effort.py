"""What judging and answering cost, counted in calls: the clock of the machine has no say here."""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from adapters.clock import SystemClock
from adapters.codec import ber_tlv, dol, iso8583
from adapters.events import Event, Kind, Port
from fixtures.cards.bc import BC
from fixtures.cards.engine import ContactCardEngine
from fixtures.crypto import des
from reports.measurements.attempts import passing
from reports.measurements.card_answers import GENERATE_AC
from suites.attempt import Attempt
from suites.case import Case
from suites.finding import Verdict
from suites.judge import judge
from suites.readings import once
from suites.readings.card_transaction import card_transactions
from suites.readings.host_session import SIGN_ON_ANSWER, messages
from suites.readings.transactions import CLEARING_PHASE


@pytest.fixture(scope="module")
def recorded() -> tuple[tuple[Attempt, Case], ...]:
    """Attempts of the catalogue that pass; there are some.

    What a case asks of one transaction alone is read of that transaction alone: once more.
    """
    found = tuple(
        (attempt, case)
        for attempt, case in passing(SystemClock())
        if not any("txn" in each.notation for each in case.resolved(attempt.facts.run).expect)
        # What was cleared away first is no part of what is judged.
        and attempt.events[0].detail != {"phase": CLEARING_PHASE}
    )
    assert found
    return found


class Counted:
    """A function that counts its calls."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self._function = function
        self.calls = 0
        self.first: Counter[Any] = Counter()

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        self.calls += 1
        self.first[arguments[0]] += 1
        return self._function(*arguments, **named)


def counted(monkeypatch: pytest.MonkeyPatch, module: object, name: str) -> Counted:
    counting = Counted(getattr(module, name))
    monkeypatch.setattr(module, name, counting)
    return counting


def crossing(attempt: Attempt, port: Port, kind: Kind) -> list[Event]:
    return [event for event in attempt.events if (event.port, event.kind) == (port, kind)]


def test_nothing_is_decoded_twice_in_a_judgement(
    monkeypatch: pytest.MonkeyPatch, recorded: tuple[tuple[Attempt, Case], ...]
) -> None:
    """Seventeen invariants and a case look at frames and answers that were decoded once."""
    frames_decoded = counted(monkeypatch, iso8583, "decode")
    objects_decoded = counted(monkeypatch, ber_tlv, "decode")
    for attempt, case in recorded:
        frames_decoded.calls = objects_decoded.calls = 0
        assert judge(attempt, case).verdict is Verdict.PASS
        frames = crossing(attempt, Port.HOST_T, Kind.MESSAGE)
        answers = crossing(attempt, Port.ICC, Kind.RESPONSE)
        commands = crossing(attempt, Port.ICC, Kind.COMMAND)
        started = [each for each in commands if each.data[1] == 0xA8]
        assert frames_decoded.calls == len(frames) > 0
        # The data of GET PROCESSING OPTIONS are the one template that goes to the card; what is
        # inside an object, a directory's entry for instance, a condition may look into once.
        inside = len(case.resolved(attempt.facts.run).expect)
        assert objects_decoded.calls <= len(frames) + len(answers) + len(started) + inside


def test_keys_are_set_up_once_in_a_judgement(
    monkeypatch: pytest.MonkeyPatch, recorded: tuple[tuple[Attempt, Case], ...]
) -> None:
    """However many messages carry a MAC: a key is set up to be checked, and once for all.

    That is, each time that a sign-on brings it, by each of the two readings of the leg: its
    messages, and the values that a case names in them.
    """
    set_up = counted(monkeypatch, des, "cipher")
    judge(*recorded[0])
    for attempt, case in recorded:
        set_up.first.clear()
        judge(attempt, case)
        brought = sum(each.mti == SIGN_ON_ANSWER for each in messages(replace(attempt)))
        assert set_up.first
        assert max(set_up.first.values()) <= 4 * max(brought, 1)


def test_a_judgement_leaves_nothing_in_the_attempt(
    recorded: tuple[tuple[Attempt, Case], ...],
) -> None:
    """What was read for one judgement is not there for the next, which says the same."""
    attempt, case = recorded[0]
    first = judge(attempt, case)
    assert attempt.kept == {}
    assert judge(attempt, case) == first


def test_a_reading_is_made_once_and_belongs_to_its_attempt(
    recorded: tuple[tuple[Attempt, Case], ...],
) -> None:
    """A second look gets the same value; a copy of the attempt reads anew, and is still equal."""
    attempt = replace(recorded[0][0])
    assert card_transactions(attempt) is card_transactions(attempt)
    copy = replace(attempt)
    assert copy.kept == {}
    assert copy == attempt
    shorter = replace(attempt, events=attempt.events[:1])
    assert messages(attempt)
    assert messages(shorter) == ()


def test_a_reading_that_breaks_is_not_kept() -> None:
    """Each condition that needs a broken reading hears of it; other arguments are told apart."""
    asked: list[int] = []

    @once.once
    def read(_: Attempt, number: int) -> int:
        asked.append(number)
        if number < 0:
            raise LookupError
        return number * 2

    attempt = Attempt((), passing(SystemClock())[0][0].facts)
    assert [read(attempt, number) for number in (1, 2, 1)] == [2, 4, 2]
    for _ in range(2):
        with pytest.raises(LookupError):
            read(attempt, -1)
    assert asked == [1, 2, -1, -1]


def test_a_card_reads_its_list_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """GENERATE AC takes its own list apart, no list of an earlier command, and never again."""
    lists = counted(monkeypatch, dol, "decode")
    calls = []
    for _ in range(2):
        card = ContactCardEngine(BC, random.Random("effort"))
        card.reset()
        for command in GENERATE_AC.after:
            card.respond(command)
        before = lists.calls
        assert card.respond(GENERATE_AC.command)[-2:] == b"\x90\x00"
        calls.append(lists.calls - before)
    assert calls[0] <= 1
    assert calls[1] == 0
