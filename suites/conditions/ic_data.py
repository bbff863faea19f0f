"""DE55 of a message is whole: the tags that must be there, each once, in their lengths."""

from collections.abc import Iterator

from suites.attempt import Attempt
from suites.conditions.condition import Condition, finding
from suites.finding import Finding, Verdict
from suites.model.terminal_leg import LARGEST_DE55, LENGTHS
from suites.phrase import Phrase
from suites.readings.host_session import IC_DATA_55, HostMessage
from suites.readings.legs import Messages


def whole_ic_data(found: Messages, tags: frozenset[int]) -> Condition:
    """DE55 of each of them has these tags, no tag twice, and no length that is none (1.9)."""
    notation = f"{found}.55 whole"
    expected = Phrase("ic-data-whole", (str(found), " ".join(f"{tag:X}" for tag in sorted(tags))))

    def judge(attempt: Attempt) -> tuple[Finding, ...]:
        messages = found.find(attempt)
        if not messages:
            nothing = Phrase("nothing-seen", (str(found),))
            return (finding(notation, Verdict.INCONCLUSIVE, expected, nothing, attempt.span),)
        wrong = [(each, what) for each in messages for what in _faults(each, tags)]
        observed = wrong[0][1] if wrong else expected
        verdict = Verdict.FAIL if wrong else Verdict.PASS
        events = [each.event for each, _ in wrong] or [each.event for each in messages]
        return (finding(notation, verdict, expected, observed, attempt.span, events),)

    return Condition(notation, judge, frozenset((found.leg,)))


def _faults(message: HostMessage, tags: frozenset[int]) -> Iterator[Phrase]:
    if message.problem_55:
        yield Phrase("de55-unreadable", (message.mti, message.problem_55))
    size = len(message.message.data(IC_DATA_55))
    if size > LARGEST_DE55:
        yield Phrase("ic-data-size", (message.mti, str(size)))
    missing = sorted(tags - message.objects.keys())
    if missing:
        listed = " ".join(f"{tag:X}" for tag in missing)
        yield Phrase("ic-data-missing", (message.mti, listed))
    for tag, values in message.objects.items():
        if len(values) > 1:
            yield Phrase("ic-data-twice", (message.mti, f"{tag:X}"))
        low, high = LENGTHS.get(tag, (0, LARGEST_DE55))
        if not all(low <= len(value) <= high for value in values):
            yield Phrase("ic-data-length", (message.mti, f"{tag:X}", str(len(values[0]))))
