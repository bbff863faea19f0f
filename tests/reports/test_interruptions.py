"""What a report tells of interruptions, of the clock, and of how often a run was attempted."""

from dataclasses import replace

import pytest

from adapters.chain import head_of
from adapters.events import Event, Stamp
from reports.bundle import open_bundle, seal
from reports.container import BundleRefused
from reports.interruptions import interruptions
from reports.manifest import Contents
from reports.rejudge import rejudge
from reports.self_test_report import SelfTestReport, self_test_report
from reports.wall_clock import jumps
from suites import ledger as entries
from suites.attempt import Attempt
from suites.case import Case
from suites.finding import Verdict
from suites.judge import Judgement
from suites.ledger import Excerpt, to_line
from suites.records import OpenRecord, ResumeRecord, StoppedRecord
from suites.verdict import STALLED
from tests.ledgers import told_of
from tests.reports import hand_made
from tests.reports.hand_made import CAMPAIGN, CASES, END, FACTS, KEY, PLAN, judge

RESUMED_AT = hand_made.WALL.format(7)
FIRST = hand_made.attempt_records(FACTS, hand_made.events())
AGAIN = hand_made.attempt_records(replace(FACTS, number=2), hand_made.events())


def cut(lost: int = 7, boot: str = "boot 2") -> bytes:
    """A campaign whose first attempt was cut off behind its second event."""
    begun = hand_made.written(CAMPAIGN, PLAN, *FIRST[:3])
    link = head_of(begun.splitlines()).link.hex()
    resumed = ResumeRecord(link, lost, boot, RESUMED_AT)
    end = replace(END, attempts=2)
    return begun + hand_made.written(resumed, *AGAIN, end)


def report(journal: bytes) -> SelfTestReport:
    bundle = open_bundle(hand_made.sealed(journal))
    return self_test_report(bundle, rejudge(bundle, judge, CASES), CASES)


def test_an_interruption_is_told_in_both_languages() -> None:
    """When and where it went on, how much was lost, what was cut off, and another boot."""
    (told,) = report(cut()).interruptions
    line = 7
    for text in (told.en, told.zh):
        assert RESUMED_AT in text
        assert f" {line} " in text
        assert " 7 " in text
        assert "direct-pos/CT-TRM-003[a]/1" in text
    assert "restarted" in told.en
    assert "重新启动" in told.zh
    (same,) = interruptions(open_bundle(hand_made.sealed(cut(boot=""))))
    assert "restarted" not in same.en


def test_a_full_disk_is_told() -> None:
    """The last words of a writer are among the interruptions."""
    journal = hand_made.written(CAMPAIGN, PLAN, *FIRST, StoppedRecord("disk-full"), END)
    (told,) = report(journal).interruptions
    assert told.en == "stopped: disk-full"


def test_a_campaign_without_interruption_says_so() -> None:
    """Nothing is told where nothing was."""
    assert report(hand_made.journal()).interruptions == ()


def test_all_attempts_that_the_ledger_tells_of_are_counted() -> None:
    """Those of an earlier campaign of this device too, and of no other device."""
    journal = hand_made.journal()
    own = told_of(journal).lines
    earlier = [
        entries.Attempted("earlier", f"{device}/{run}/1", RESUMED_AT)
        for device, run in (
            ("direct-pos", "CT-TRM-003[a]"),
            ("direct-pos", "CT-ONL-013"),
            ("other", "CT-TRM-003[a]"),
        )
    ]
    lines = (*map(to_line, earlier), *own)
    told = Excerpt(told_of(journal).before, lines)
    bundle = open_bundle(seal(Contents(journal, told, b""), KEY))
    rows = self_test_report(bundle, rejudge(bundle, judge, CASES), CASES).attempted
    assert [(row.run_id, row.here, row.told) for row in rows] == [
        ("CT-TRM-003[a]", 1, 2),
        ("CT-ONL-013", 0, 1),
    ]


def test_a_ledger_that_invents_an_interruption_is_refused() -> None:
    """Else it would excuse the end of an attempt that it does not tell."""
    journal = hand_made.journal()
    lines = told_of(journal).lines
    invented = to_line(entries.Resumed(CAMPAIGN.campaign, "00" * 32, 0, RESUMED_AT))
    # In the place of the end of the attempt.
    changed = replace(told_of(journal), lines=(*lines[:2], invented, *lines[3:]))
    with pytest.raises(BundleRefused, match="an interruption that the journal does not have"):
        open_bundle(seal(Contents(journal, changed, b""), KEY))


def moved(attempt: Attempt, after: int, seconds: int) -> Attempt:
    """The attempt as if the wall clock had been set behind this event."""
    events: list[Event] = []
    for event in attempt.events:
        wall = event.stamp.wall
        if event.seq > after:
            minute, second = divmod(seconds, 60)
            wall = wall.replace("08:00:00", f"08:{minute:02}:{second:02}")
        events.append(replace(event, stamp=Stamp(event.stamp.mono_ns, wall)))
    return replace(attempt, events=tuple(events))


def recorded() -> Attempt:
    (attempt,) = open_bundle(hand_made.sealed(hand_made.journal())).evidence.attempts
    return attempt


@pytest.mark.parametrize("seconds", [3, 1800])
def test_a_jump_of_the_wall_clock_is_found_where_it_is(seconds: int) -> None:
    """Forwards and back, with its size; less than a clock is corrected by is none."""
    attempt = recorded()
    assert list(jumps(attempt)) == []
    assert list(jumps(moved(attempt, 2, 2))) == []
    assert list(jumps(moved(attempt, 2, seconds))) == [(3, seconds)]
    back = moved(moved(attempt, 1, seconds), 9, 0)
    events = [*back.events[:3], attempt.events[3]]
    assert list(jumps(replace(back, events=tuple(events)))) == [(2, seconds), (4, -seconds)]


@pytest.mark.parametrize("wall", ["", "yesterday", "2011-03-15", "2011-03-15T09:00:00.000000"])
def test_a_wall_clock_that_cannot_be_read_says_nothing(wall: str) -> None:
    """Nor does one without its offset."""
    attempt = recorded()
    events = [replace(each, stamp=Stamp(each.stamp.mono_ns, wall)) for each in attempt.events[:1]]
    assert list(jumps(replace(attempt, events=(*events, *attempt.events[1:])))) == []


def test_a_jump_and_a_stall_are_marked_on_the_attempt() -> None:
    """In both languages, beside the attempt that they befell; the verdict is the judge's."""
    jumped = hand_made.journal().replace(b"08:00:00.000004", b"09:00:00.000004")
    shown = report(jumped)
    (attempt,) = shown.runs[0].attempts
    assert attempt.verdict is Verdict.PASS
    assert any("jumped by 3600 s before event 4" in each.en for each in attempt.troubles)
    assert any("跳变 3600 秒" in each.zh for each in attempt.troubles)

    def stalled(attempt: Attempt, _: Case) -> Judgement:
        return Judgement(attempt.facts.attempt_id, Verdict.INCONCLUSIVE, (), STALLED)

    bundle = open_bundle(hand_made.sealed(hand_made.journal()))
    (attempt,) = self_test_report(bundle, rejudge(bundle, stalled, CASES), CASES).runs[0].attempts
    assert any("stood still" in each.en and "停顿" in each.zh for each in attempt.troubles)


def test_an_attempt_opened_twice_in_one_place_is_no_interruption() -> None:
    """An attempt that another follows at once was cut off all the same, and is not lost."""
    begun = hand_made.written(CAMPAIGN, PLAN, OpenRecord(FACTS.attempt_id, FACTS), *AGAIN)
    bundle = open_bundle(hand_made.sealed(begun))
    assert list(interruptions(bundle)) == []
    assert [each.closed for each in bundle.evidence.attempts] == [False, True]
