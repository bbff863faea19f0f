"""What messages of a host leg carry and leave out, and in which order they come."""

from collections.abc import Callable, Iterable
from functools import partial

from adapters.codec import pos_link
from adapters.events import Direction, Event, Kind, Port
from suites.attempt import Attempt
from suites.conditions.condition import Condition, finding
from suites.finding import Finding, Verdict
from suites.phrase import Phrase
from suites.readings.host_session import HostMessage
from suites.readings.legs import Messages, Place
from suites.readings.transactions import transactions

NOTHING = "-"
Wrong = Callable[[frozenset[int]], frozenset[int]]


def carries(found: Messages, *numbers: int) -> Condition:
    """Each of them has all these fields."""
    wanted = frozenset(numbers)
    said = Phrase("fields-carried", (str(found), _listed(wanted)))
    notation = f"{found} with {_listed(wanted)}"
    return _of_each(found, notation, said, lambda fields: wanted - fields, "fields-missing")


def lacks(found: Messages, *numbers: int) -> Condition:
    """Each of them has none of these fields."""
    unwanted = frozenset(numbers)
    said = Phrase("fields-left-out", (str(found), _listed(unwanted)))
    notation = f"{found} without {_listed(unwanted)}"
    return _of_each(found, notation, said, lambda fields: unwanted & fields, "fields-there")


def has_only(found: Messages, numbers: Iterable[int]) -> Condition:
    """Each of them has no field but these."""
    allowed = frozenset(numbers)
    said = Phrase("fields-only", (str(found), _listed(allowed)))
    notation = f"{found} only {_listed(allowed)}"
    return _of_each(found, notation, said, lambda fields: fields - allowed, "fields-there")


def repeats(later: Messages, earlier: Messages, *numbers: int) -> tuple[Condition, ...]:
    """Each of these fields is that of the last earlier message, and has something in it."""
    return tuple(later[str(number)].same_as(earlier[str(number)]) for number in numbers)


def repeats_if_there(later: Messages, earlier: Messages, *numbers: int) -> tuple[Condition, ...]:
    """The same where one of the two has the field."""
    return tuple(
        Place(later, str(number), optional=True).same_as(earlier[str(number)])
        for number in numbers
    )


def between(after: Messages, needed: Messages, before: Messages) -> Condition:
    """After the first of `after` one of `needed` comes before any of `before`."""
    names = str(after), str(needed), str(before)
    notation = "<".join(names)
    judge = partial(_between, after, needed, before, notation, Phrase("comes-between", names))
    needs = frozenset((after.leg, needed.leg, before.leg))
    return Condition(notation, lambda attempt: (judge(attempt),), needs)


def first_before(first: Messages, then: Messages) -> Condition:
    """Some of the first, and all of them before any of the others."""
    names = str(first), str(then)
    notation = "<".join(names)
    judge = partial(_all_before, first, then, notation, Phrase("order", (notation,)))
    return Condition(notation, lambda attempt: (judge(attempt),), frozenset((first.leg, then.leg)))


def distinct(place: Place) -> Condition:
    """No two of the messages have the same value there."""
    notation = f"distinct({place})"
    judge = partial(_distinct, place, notation, Phrase("values-differ", (str(place),)))
    return Condition(notation, lambda attempt: (judge(attempt),), frozenset((place.messages.leg,)))


def constant(place: Place) -> Condition:
    """All of the messages have one value there."""
    notation = f"constant({place})"
    judge = partial(_constant, place, notation, Phrase("value-constant", (str(place),)))
    return Condition(notation, lambda attempt: (judge(attempt),), frozenset((place.messages.leg,)))


def differs(later: Place, earlier: Place) -> Condition:
    """No value there is one that an earlier message had."""
    notation = f"{later}!={earlier}"
    judge = partial(_differs, later, earlier, notation)
    needs = frozenset((later.messages.leg, earlier.messages.leg))
    return Condition(notation, lambda attempt: (judge(attempt),), needs)


def _of_each(
    found: Messages, notation: str, expected: Phrase, wrong: Wrong, key: str
) -> Condition:
    def judge(attempt: Attempt) -> tuple[Finding, ...]:
        looked = [(each, wrong(frozenset(each.message.fields))) for each in found.find(attempt)]
        if not looked:
            nothing = Phrase("nothing-seen", (str(found),))
            unseen = finding(notation, Verdict.INCONCLUSIVE, expected, nothing, attempt.span)
            return (unseen,)
        bad = [(each, fields) for each, fields in looked if fields or each.problem]
        verdict = Verdict.FAIL if bad else Verdict.PASS
        observed = expected if not bad else Phrase(key, (str(found), _listed(bad[0][1])))
        events = [each.event for each, _ in bad or looked]
        return (finding(notation, verdict, expected, observed, attempt.span, events),)

    return Condition(notation, judge, frozenset((found.leg,)))


def _between(
    after: Messages,
    needed: Messages,
    before: Messages,
    notation: str,
    expected: Phrase,
    attempt: Attempt,
) -> Finding:
    starts = [each.event for each in after.find(attempt)][:1]
    ends = [each.event for each in before.find(attempt) if each.event > _first(starts)][:1]
    if not starts or not ends:
        missing = after if not starts else before
        nothing = Phrase("nothing-seen", (str(missing),))
        return finding(
            notation, Verdict.INCONCLUSIVE, expected, nothing, attempt.span, starts
        )
    met = [each.event for each in needed.find(attempt) if starts[0] < each.event < ends[0]]
    verdict = Verdict.PASS if met else Verdict.FAIL
    observed = expected if met else Phrase("nothing-between", (str(needed), str(before)))
    return finding(notation, verdict, expected, observed, attempt.span, (*starts, *met, *ends))


def _first(events: list[int]) -> int:
    return events[0] if events else 0


def _all_before(
    first: Messages, then: Messages, notation: str, expected: Phrase, attempt: Attempt
) -> Finding:
    earlier, later = first.find(attempt), then.find(attempt)
    for messages, seen in ((first, earlier), (then, later)):
        if not seen:
            nothing = Phrase("nothing-seen", (str(messages),))
            ended = all(each.ended for each in transactions(attempt))
            missing = messages is first and bool(later) and ended
            verdict = Verdict.FAIL if missing else Verdict.INCONCLUSIVE
            return finding(notation, verdict, expected, nothing, attempt.span)
    events = (earlier[-1].event, later[0].event)
    verdict = Verdict.PASS if events[0] < events[1] else Verdict.FAIL
    turned = Phrase("order", (f"{then}<{first}",))
    observed = expected if verdict is Verdict.PASS else turned
    return finding(notation, verdict, expected, observed, attempt.span, events)


def _distinct(place: Place, notation: str, expected: Phrase, attempt: Attempt) -> Finding:
    found: dict[str, HostMessage] = {}
    for each in place.messages.find(attempt):
        for value in place.of(each):
            if value in found:
                observed = Phrase("value", (str(place), value))
                events = (found[value].event, each.event)
                return finding(notation, Verdict.FAIL, expected, observed, attempt.span, events)
            found[value] = each
    if not found:
        nothing = Phrase("nothing-seen", (str(place),))
        return finding(notation, Verdict.INCONCLUSIVE, expected, nothing, attempt.span)
    every = [each.event for each in found.values()]
    return finding(notation, Verdict.PASS, expected, expected, attempt.span, every)


def _constant(place: Place, notation: str, expected: Phrase, attempt: Attempt) -> Finding:
    seen = [(each, value) for each in place.messages.find(attempt) for value in place.of(each)]
    if not seen:
        nothing = Phrase("nothing-seen", (str(place),))
        return finding(notation, Verdict.INCONCLUSIVE, expected, nothing, attempt.span)
    other = [(each, value) for each, value in seen if value != seen[0][1]]
    shown = (other or seen)[0]
    verdict = Verdict.FAIL if other else Verdict.PASS
    observed = Phrase("value", (str(place), shown[1]))
    events = [each.event for each, _ in seen]
    return finding(notation, verdict, expected, observed, attempt.span, events)


def _differs(later: Place, earlier: Place, notation: str, attempt: Attempt) -> Finding:
    expected = Phrase("differs-from", (str(later), str(earlier)))
    pairs = [
        (before, value, each)
        for each in later.messages.find(attempt)
        for value in later.of(each)
        for before in earlier.messages.find(attempt)
        if before.event < each.event
    ]
    if not pairs:
        nothing = Phrase("nothing-seen", (str(later),))
        return finding(notation, Verdict.INCONCLUSIVE, expected, nothing, attempt.span)
    same = [pair for pair in pairs if pair[1] in earlier.of(pair[0])]
    before, value, each = (same or pairs)[0]
    verdict = Verdict.FAIL if same else Verdict.PASS
    observed = Phrase("value", (str(later), value))
    return finding(notation, verdict, expected, observed, attempt.span, (before.event, each.event))


# -- LEN -------------------------------------------------------------------------------------------


def _lengths(attempt: Attempt) -> tuple[Finding, ...]:
    expected, span = Phrase("frame-lengths"), attempt.span
    frames = [
        event
        for event in attempt.events
        if event.port is Port.HOST_T
        and event.kind is Kind.MESSAGE
        and event.direction is Direction.FROM_IUT
    ]
    if not frames:
        nothing = Phrase("nothing-seen", ("T",))
        return (finding("LEN(T)", Verdict.INCONCLUSIVE, expected, nothing, span),)
    wrong = [event for event in frames if not _length_is_right(event)]
    verdict = Verdict.FAIL if wrong else Verdict.PASS
    shown = (wrong or frames)[0]
    told = int.from_bytes(shown.data[: pos_link.LENGTH_SIZE], "big")
    carried = len(shown.data) - pos_link.LENGTH_SIZE
    observed = Phrase("frame-length", (str(told), str(carried)))
    events = [event.seq for event in wrong or frames]
    return (finding("LEN(T)", verdict, expected, observed, span, events),)


def _length_is_right(event: Event) -> bool:
    told = int.from_bytes(event.data[: pos_link.LENGTH_SIZE], "big")
    return told == len(event.data) - pos_link.LENGTH_SIZE


# LEN of every frame of the terminal counts what follows it (host and kiosk facts, 1.1).
FRAME_LENGTHS = Condition("LEN(T)", _lengths, frozenset((Port.HOST_T,)))


def _listed(numbers: Iterable[int]) -> str:
    return ",".join(str(number) for number in sorted(numbers)) or NOTHING
