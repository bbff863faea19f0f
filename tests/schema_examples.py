"""The JSON examples of docs/adr/0001-schemas.md and docs/formats.md, printed by the code.

`python -m tests.schema_examples` writes them into the documents; a test compares.
"""

import json
import re
from collections.abc import Mapping
from pathlib import Path

import msgspec

from adapters.drivers import DRIVERS
from adapters.events import Direction, Event, Kind, Port, Stamp
from fixtures import ics, ixit
from fixtures.identity import (
    Contactless,
    Identity,
    Industry,
    Institution,
    Level,
    Link,
    Role,
    TerminalIdentity,
    TerminalKind,
    TerminalStatus,
    TestRun,
)
from suites import exit_codes
from suites.attempt import Facts, Trouble
from suites.case_json import to_json as case_json
from suites.catalogue import CASES
from suites.finding import Finding, Verdict
from suites.phrase import Phrase
from suites.readings.outcome import Outcome
from suites.records import (
    CampaignRecord,
    Claims,
    CloseRecord,
    EventRecord,
    LeftOut,
    OpenRecord,
    Plan,
    PlannedRun,
    Record,
    Release,
    event_record,
    to_json,
)
from suites.selection import symbols

ROOT = Path(__file__).parent.parent
DOCUMENTS = (ROOT / "docs" / "adr" / "0001-schemas.md", ROOT / "docs" / "formats.md")
BLOCK = re.compile(r"<!-- example: (?P<name>[\w-]+) -->\n```json\n(?P<body>.*?)```\n", re.DOTALL)
FILE = re.compile(r"<!-- file: (?P<path>[\w./-]+) -->\n```toml\n(?P<body>.*?)```\n", re.DOTALL)
FORM = re.compile(r"<!-- form: (?P<table>\w+) -->\n(?P<body>(?:\|.*\n)*)")

IDENTITY = Identity(
    Institution("0001", "测试收单机构", Role.ACQUIRER, "000000000000", "张三 0561-0000000"),
    TerminalIdentity(
        term_no="10000001",
        merchant_no="898340153110001",
        merchant_name="测试商户",
        address="测试路1号",
        district="340600",
        mcc="5411",
        link=Link.DIRECT,
        acquirer_id="0001",
        reporting_institution_id="0001",
        kind=TerminalKind.POS,
        vendor="测试厂商",
        model="T1",
        hw_sn="12345678",
        sw_version="1.0",
        kernel_cert_no="-",
        contactless=Contactless.NONE,
        install_date="2011-01-10",
        upgrade_date="2011-03-01",
        ca_key_count=1,
        aid_list=("A000000333010101",),
        param_version="1",
        status=TerminalStatus.IN_USE,
        industry=Industry.RETAIL,
        phase=1,
        small_value=False,
    ),
    TestRun(Level.TYPE, "李四", "王五"),
)
ATTEMPT = "direct-pos/CT-TRM-003[a]/1"
STAMP = Stamp(12_000_000, "2011-03-15T08:00:00.000012Z", 0)


def facts() -> Facts:
    """The facts of the first attempt at CT-TRM-003[a] on the emulated device."""
    bench = ixit.read(ixit.IN_MEMORY)
    statement = ics.read(bench.ics_path)
    return Facts(
        device="direct-pos",
        case="CT-TRM-003",
        run="a",
        number=1,
        edition=statement.edition,
        claims=statement.claims,
        settings=statement.settings,
        switches=statement.switches,
        symbols=symbols(statement, bench.iut.clock),
        fidelity={port.value: setting.fidelity for port, setting in bench.ports.items()},
        links={port.value: bench.link for port in bench.ports},
        keys=("posp:1", "bc:1"),
    )


def _event(
    port: Port, direction: Direction, kind: Kind, data: str = "", **detail: str | int
) -> EventRecord:
    event = Event(1, port, direction, kind, bytes.fromhex(data), detail, STAMP, "functional")
    return event_record(ATTEMPT, event)


def _record(record: Record) -> object:
    return to_json(record)


def campaign() -> CampaignRecord:
    here = facts()
    return CampaignRecord(
        format=0,
        campaign="20110315T080000Z-direct-pos-0123",
        device="direct-pos",
        device_kind="direct-pos",
        practice=("asked for with --practice",),
        emulated=True,
        identity=IDENTITY,
        release=Release("0.1.0", "0" * 40, dirty=False, judge_digest="0" * 64),
        ics=Claims(here.edition, tuple(sorted(here.claims)), here.settings, here.switches),
        links=here.links,
        fidelity=here.fidelity,
        settings_channel={"operator": "memory"},
        keys=here.keys,
        runner="pytest",
        seed="0123456789ABCDEF0123456789ABCDEF",
        started=STAMP.wall,
    )


def examples() -> Mapping[str, object]:
    """Each example by the name under which a document shows it."""
    here = facts()
    planned = PlannedRun("CT-TRM-003", "a", "0" * 64, here.symbols)
    left_out = LeftOut("CT-ONL-013", "", "not-applicable", "ICS: the case asks for ...")
    finding = Finding(
        "T1[4.8]=1",
        Verdict.FAIL,
        Phrase("value", ("T1[4.8]", "1")),
        Phrase("value", ("T1[4.8]", "0")),
        (42,),
        (1, 60),
    )
    whole = _record(campaign())
    assert isinstance(whole, dict)
    return {
        "attempt-id": {"attempt": here.attempt_id},
        "facts": _record(OpenRecord(here.attempt_id, here)),
        "phrase": _plain(finding),
        "symbols": [_record(line) for line in Plan("full", (planned,), (left_out,)).records()],
        "ics-outcome-baselines": {
            "claims": sorted(here.claims),
            "outcomes": [outcome.value for outcome in Outcome],
            "baselines": ["BC"],
        },
        "editions": {
            "ics": here.edition,
            "case": case_json(CASES["CT-TRM-003"])["editions"],
            "clauses": [
                {"clause": str(clause), "editions": list(clause.editions)}
                for clause in CASES["CT-PR-016"].clauses
            ],
            "switches": {
                name: list(item.editions) for name, item in ics.proforma().switches.items()
            },
        },
        "event": _record(_event(Port.ICC, Direction.FROM_IUT, Kind.COMMAND, "80A80000028300")),
        "drivers": {
            f"{port.value}: {name}": {"link": driver.link, "en": driver.en, "zh": driver.zh}
            for (port, name), driver in DRIVERS.items()
        },
        "identity": whole["identity"],
        "firings-and-settings": [
            _record(
                _event(
                    Port.ICC,
                    Direction.AT_BENCH,
                    Kind.RULE,
                    trigger="GAC2",
                    reaction="answer-as-if-asked 00",
                )
            ),
            _record(_event(Port.OPERATOR, Direction.TO_IUT, Kind.SETTING, **{"floor-limit": 0})),
            _record(_event(Port.OPERATOR, Direction.FROM_IUT, Kind.SETTING, **{"floor-limit": 0})),
        ],
        "release": whole["release"],
        "exit-codes": {name: value for name, value in vars(exit_codes).items() if name.isupper()},
        "format": {"format": campaign().format},
        "practice": {"practice": whole["practice"], "emulated": whole["emulated"]},
        "settings-channel": {
            "settings_channel": whole["settings_channel"],
            "fidelity": whole["fidelity"],
        },
        "stamp": {
            name: value
            for name, value in _plain(
                _event(Port.ICC, Direction.TO_IUT, Kind.RESPONSE, "9000")
            ).items()
            if name in ("mono_ns", "wall", "uncertainty_ns")
        },
        "close": _record(
            CloseRecord(here.attempt_id, Trouble("hang", "the device did not end", ours=False))
        ),
        "campaign": whole,
    }


def _plain(value: object) -> dict[str, object]:
    plain: dict[str, object] = msgspec.to_builtins(value)
    return plain


def shown(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def form(table: str) -> str:
    """A table of the ICS proforma as Markdown."""
    items: Mapping[str, ics.Item] = getattr(ics.proforma(), table)
    rows = [
        f"| {item.name} | {' or '.join(item.values) or item.kind} | {item.en} | {item.zh} |\n"
        for item in items.values()
    ]
    return "".join(("| name | kind | English | 中文 |\n", "|---|---|---|---|\n", *rows))


def written(text: str) -> str:
    """The document with every example, file and form as the code has it now."""
    here = examples()
    text = BLOCK.sub(
        lambda block: (
            f"<!-- example: {block['name']} -->\n```json\n{shown(here[block['name']])}```\n"
        ),
        text,
    )
    text = FILE.sub(
        lambda block: (
            f"<!-- file: {block['path']} -->\n```toml\n"
            f"{(ROOT / block['path']).read_text(encoding='utf-8')}```\n"
        ),
        text,
    )
    return FORM.sub(lambda block: f"<!-- form: {block['table']} -->\n{form(block['table'])}", text)


if __name__ == "__main__":
    for document in DOCUMENTS:
        document.write_text(written(document.read_text(encoding="utf-8")), encoding="utf-8")
