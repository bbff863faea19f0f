"""A campaign small enough to read, made by hand, and how docs/formats.md shows it.

`python -m tests.reports.hand_made` prints the example of that document.
"""

import json
from collections.abc import Sequence
from dataclasses import replace

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from adapters.events import Direction, Event, Kind, Port, Stamp
from adapters.journal import encode
from reports import signature
from reports.bundle import open_bundle, seal
from reports.container import unpack
from reports.manifest import PAYLOAD_TYPE, Contents
from reports.rejudge import rejudge, to_json
from reports.signature import SigningKey
from suites.attempt import Attempt, Facts
from suites.case import Case, Run
from suites.clauses import JRT_0025_6
from suites.finding import Finding, Verdict
from suites.judge import Judgement
from suites.phrase import Phrase
from suites.records import (
    CampaignRecord,
    Claims,
    CloseRecord,
    EndRecord,
    LeftOut,
    OpenRecord,
    Plan,
    PlannedRun,
    Record,
    Release,
    event_record,
)
from suites.records import to_json as as_json
from suites.words import Title
from tests.ledgers import told_of

KEY = SigningKey(Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
OTHER_KEY = SigningKey(Ed25519PrivateKey.from_private_bytes(bytes(32)))

WALL = "2011-03-15T08:00:00.00000{}Z"
DIGEST = "0" * 64
RUN = PlannedRun("CT-TRM-003", "a", DIGEST, {"floor-limit": 10000})
CAMPAIGN = CampaignRecord(
    format=0,
    campaign="20110315T080000Z-direct-pos-0123",
    device="direct-pos",
    device_kind="direct-pos",
    practice=("asked for with --practice",),
    emulated=True,
    identity=None,
    release=Release("0.1.0", "0" * 40, dirty=False, judge_digest=DIGEST),
    ics=Claims("2.0", ("offline-with-online", "sda"), {"floor-limit": 10000}, {}),
    links={"icc": "memory", "operator": "memory"},
    fidelity={"icc": "functional", "operator": "functional"},
    settings_channel={"operator": "memory"},
    keys=("bc:1",),
    runner="pytest",
    seed="0123456789ABCDEF",
    started=WALL.format(0),
)
PLAN = Plan(
    "full",
    (RUN,),
    (LeftOut("CT-ONL-013", "", "not-applicable", "ICS: the case asks for online-only"),),
)
FACTS = Facts(
    device=CAMPAIGN.device,
    case=RUN.case,
    run=RUN.run,
    number=1,
    edition=CAMPAIGN.ics.edition,
    claims=frozenset(CAMPAIGN.ics.claims),
    settings=CAMPAIGN.ics.settings,
    symbols=RUN.symbols,
    fidelity=CAMPAIGN.fidelity,
    links=CAMPAIGN.links,
    keys=CAMPAIGN.keys,
)
END = EndRecord(1, WALL.format(9))
# Amount 50.00, below the floor limit; the TVR asks for nothing.
GENERATE_AC = "80AE40000B0000000050000000000000"
EXCEEDED = GENERATE_AC[:-2] + "80"
CASE = Case(
    id=RUN.case,
    title=Title("Floor limit not exceeded", "交易未超过最低限额"),
    clauses=(JRT_0025_6["7.6.1"],),
    expect=(),
    runs={"a": Run(), "b": Run()},
)
CASES = {CASE.id: CASE}


def events(command: str = GENERATE_AC, screen: str = "APPROVED") -> tuple[Event, ...]:
    """The card is asked for a certificate, answers, and the terminal says what came of it."""
    return tuple(
        Event(seq, port, direction, kind, bytes.fromhex(data), detail, _stamp(seq), fidelity)
        for seq, (port, direction, kind, data, detail, fidelity) in enumerate(
            (
                (Port.BENCH, Direction.AT_BENCH, Kind.PHASE, "", {"phase": "body"}, "exact"),
                (Port.ICC, Direction.FROM_IUT, Kind.COMMAND, command, {}, "functional"),
                (Port.ICC, Direction.TO_IUT, Kind.RESPONSE, "9000", {}, "functional"),
                (
                    Port.OPERATOR,
                    Direction.FROM_IUT,
                    Kind.REPORT,
                    "",
                    {"outcome": "OFF_APP", "screen": screen},
                    "functional",
                ),
            ),
            1,
        )
    )


def _stamp(seq: int) -> Stamp:
    return Stamp(1_000 * seq, WALL.format(seq))


def attempt_records(facts: Facts, recorded: Sequence[Event]) -> tuple[Record, ...]:
    """The lines of one attempt."""
    attempt = facts.attempt_id
    return (
        OpenRecord(attempt, facts),
        *(event_record(attempt, event) for event in recorded),
        CloseRecord(attempt),
    )


def written(*records: Record | Plan) -> bytes:
    """The journal of these records."""
    lines = [
        line
        for record in records
        for line in (record.records() if isinstance(record, Plan) else (record,))
    ]
    return b"".join(encode(as_json(line)) for line in lines)


def sealed(recorded: bytes, found: bytes = b"", key: SigningKey | None = None) -> bytes:
    """A bundle of a journal, with the ledger an honest station has of it."""
    return seal(Contents(recorded, told_of(recorded), found), key or KEY)


def journal(command: str = GENERATE_AC, screen: str = "APPROVED") -> bytes:
    """A whole campaign of one attempt."""
    return written(CAMPAIGN, PLAN, *attempt_records(FACTS, events(command, screen)), END)


def twice() -> bytes:
    """A campaign whose one run was attempted twice."""
    return written(
        CAMPAIGN,
        PLAN,
        *attempt_records(FACTS, events(EXCEEDED)),
        *attempt_records(replace(FACTS, number=2), events()),
        replace(END, attempts=2),
    )


def judge(attempt: Attempt, _: Case) -> Judgement:
    """A judge of one sentence: the TVR ends in 00."""
    command = next((each for each in attempt.events if each.kind is Kind.COMMAND), None)
    found = command.data[-1] if command else -1
    verdict = {0: Verdict.PASS, -1: Verdict.INCONCLUSIVE}.get(found, Verdict.FAIL)
    finding = Finding(
        "T1[5.8]=0",
        verdict,
        Phrase("value", ("T1[5.8]", "0")),
        Phrase("value", ("T1[5.8]", str(found >> 7))),
        (command.seq,) if command else (),
        attempt.span,
    )
    return Judgement(attempt.facts.attempt_id, verdict, (finding,), "")


def findings(recorded: bytes) -> bytes:
    """findings.json of a journal by the judge above."""
    return to_json(rejudge(open_bundle(sealed(recorded)), judge, CASES))


def bundle(recorded: bytes | None = None) -> bytes:
    """The sealed campaign with its findings."""
    recorded = journal() if recorded is None else recorded
    return sealed(recorded, findings(recorded))


def example() -> str:
    """Every member of the bundle, and what its manifest signs, as text."""
    packed = bundle()
    members = unpack(packed)
    envelope = members["manifest.dsse.json"]
    payload = json.loads(signature.payload_of(envelope, PAYLOAD_TYPE))
    parts = [f"example.assay: {len(packed)} bytes"]
    for name, body in members.items():
        parts.append(f"\n{name}: {len(body)} bytes\n{body.decode()}".rstrip("\n"))
    parts.append(f"\nthe payload, indented\n{json.dumps(payload, indent=1, sort_keys=True)}")
    return "\n".join(parts) + "\n"


if __name__ == "__main__":
    print(example(), end="")  # noqa: T201  what it is for
