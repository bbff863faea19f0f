"""From a journal's lines back to attempts."""

from dataclasses import replace

import pytest

from adapters.events import Direction, Event, Kind, Port, Stamp
from adapters.journal import encode
from suites.attempt import Facts, Trouble
from suites.evidence import EvidenceRefused, read
from suites.records import (
    CampaignRecord,
    Claims,
    CloseRecord,
    EndRecord,
    EventRecord,
    OpenRecord,
    Plan,
    PlanHead,
    PlannedRun,
    Record,
    Release,
    ResumeRecord,
    StoppedRecord,
    event_record,
    to_json,
)

CAMPAIGN = CampaignRecord(
    format=0,
    campaign="c",
    device="d",
    device_kind="direct-pos",
    practice=(),
    emulated=True,
    identity=None,
    release=Release("0", "0", dirty=False, judge_digest="0"),
    ics=Claims("2.0", ("sda",), {"floor-limit": 1, "aids": ("A0",)}, {}),
    links={},
    fidelity={},
    settings_channel={},
    keys=(),
    runner="pytest",
    seed="s",
    started="2011-03-15T00:00:00.000000Z",
)
PLAN = Plan("full", (PlannedRun("CT-X-001", "", "0", {}),), ())
FACTS = Facts("d", "CT-X-001", "", 1, "2.0", frozenset({"sda"}), {"aids": ("A0",)})
OPEN = OpenRecord(FACTS.attempt_id, FACTS)
END = EndRecord(1, "2011-03-15T00:00:01.000000Z")


def event(seq: int, data: bytes = b"\x90\x00") -> EventRecord:
    stamp = Stamp(seq, "2011-03-15T00:00:00.000000Z", 5)
    made = Event(seq, Port.ICC, Direction.TO_IUT, Kind.RESPONSE, data, {"a": 1}, stamp, "exact")
    return event_record(FACTS.attempt_id, made)


def journal(*records: Record | Plan) -> bytes:
    lines = [
        line
        for record in records
        for line in (record.records() if isinstance(record, Plan) else (record,))
    ]
    return b"".join(encode(to_json(line)) for line in lines)


CLOSE = CloseRecord(FACTS.attempt_id, Trouble("hang", "it hung", ours=False))
WHOLE = (CAMPAIGN, PLAN, OPEN, event(1), event(2), CLOSE, END)


def test_a_campaign_comes_back_as_it_was_recorded() -> None:
    """Identity, plan, facts, events with both clocks and their uncertainty, trouble, end."""
    evidence = read(journal(*WHOLE))
    (attempt,) = evidence.attempts
    assert (evidence.campaign, evidence.plan, evidence.ended) == (CAMPAIGN, PLAN, True)
    assert (attempt.facts, attempt.closed, attempt.trouble) == (FACTS, True, CLOSE.trouble)
    assert [each.seq for each in attempt.events] == [1, 2]
    assert attempt.events[0].stamp == Stamp(1, "2011-03-15T00:00:00.000000Z", 5)
    assert attempt.events[0].data == b"\x90\x00"


def test_an_attempt_cut_off_is_kept_and_not_closed() -> None:
    """Neither a cut journal nor a campaign that went on hides an attempt."""
    cut = read(journal(CAMPAIGN, PLAN, OPEN, event(1)))
    assert [(attempt.closed, len(attempt.events)) for attempt in cut.attempts] == [(False, 1)]
    assert not cut.ended
    again = OpenRecord("d/CT-X-001/2", replace(FACTS, number=2))
    went_on = read(journal(CAMPAIGN, PLAN, OPEN, event(1), again))
    assert [attempt.facts.number for attempt in went_on.attempts] == [1, 2]
    ended = read(journal(CAMPAIGN, PLAN, OPEN, event(1), END))
    assert [attempt.closed for attempt in ended.attempts] == [False]


@pytest.mark.parametrize(
    "interruption",
    [
        StoppedRecord("disk-full"),
        ResumeRecord("00" * 32, 7, "boot", "2011-03-15T00:00:01.000000Z", {"python": "3"}),
    ],
    ids=["stopped", "resumed"],
)
def test_an_interruption_cuts_the_attempt_and_is_told(
    interruption: StoppedRecord | ResumeRecord,
) -> None:
    """What was open was cut off where it stood, and nothing may be added to it."""
    evidence = read(journal(CAMPAIGN, PLAN, OPEN, event(1), interruption))
    assert [attempt.closed for attempt in evidence.attempts] == [False]
    assert evidence.spans == ((4, 5),)
    assert evidence.interruptions == (interruption,)
    with pytest.raises(EvidenceRefused):
        read(journal(CAMPAIGN, PLAN, OPEN, event(1), interruption, event(2)))


@pytest.mark.parametrize(
    "records, line",
    [
        ((), 1),
        ((PLAN, CAMPAIGN), 1),
        ((CAMPAIGN,), 2),
        ((CAMPAIGN, PlanHead("full", 1, 0)), 3),
        ((CAMPAIGN, PlanHead("full", 0, 1), *PLAN.runs), 3),
        ((replace(CAMPAIGN, format=1), PLAN), 1),
        ((CAMPAIGN, PLAN, event(1)), 4),
        ((CAMPAIGN, PLAN, OPEN, event(2)), 5),
        ((CAMPAIGN, PLAN, OPEN, event(1), event(1)), 6),
        ((CAMPAIGN, PLAN, OPEN, replace(event(1), attempt="another")), 5),
        ((CAMPAIGN, PLAN, OPEN, replace(event(1), data="9g")), 5),
        ((CAMPAIGN, PLAN, OPEN, replace(event(1), data="ab")), 5),
        ((CAMPAIGN, PLAN, CLOSE), 4),
        ((CAMPAIGN, PLAN, OPEN, CLOSE, CLOSE), 6),
        ((CAMPAIGN, PLAN, replace(OPEN, attempt="another")), 4),
        ((CAMPAIGN, PLAN, replace(END, attempts=2)), 4),
        ((CAMPAIGN, PLAN, OPEN, CLOSE, END, OPEN), 7),
        ((CAMPAIGN, PLAN, CAMPAIGN), 4),
    ],
)
def test_lines_that_make_no_campaign_are_refused(records: tuple[Record, ...], line: int) -> None:
    """The refusal names the line."""
    with pytest.raises(EvidenceRefused) as refused:
        read(journal(*records))
    assert refused.value.line == line


@pytest.mark.parametrize(
    "change",
    [
        lambda lines: lines[:-1],
        lambda lines: lines.replace(b'"seq":1', b'"seq":1,"x":2'),
        lambda lines: lines.replace(b'"port":"icc"', b'"port":"usb"'),
        lambda lines: lines.replace(b'"record":"close"', b'"record":"pass"'),
        lambda lines: lines.replace(b'"mono_ns":1', b'"mono_ns":1.5'),
    ],
)
def test_lines_this_format_does_not_write_are_refused(change: object) -> None:
    """A cut line, an unknown field, port or kind, a number that is none."""
    changed = change(journal(*WHOLE))  # type: ignore[operator]  # parametrised
    assert changed != journal(*WHOLE)
    with pytest.raises(EvidenceRefused):
        read(changed)
