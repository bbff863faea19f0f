"""The whole chain on the emulated device, and what must be refused."""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

import cli
from fixtures import ics, ixit
from reports.bundle import open_bundle, seal
from reports.container import BundleRefused
from reports.manifest import Contents
from reports.rejudge import rejudge
from reports.signature import SigningKey
from suites.catalogue import CASES
from suites.exit_codes import (
    BAD_INPUT,
    CONFORMING,
    EVIDENCE_CANNOT_BE_WRITTEN,
    NOT_CONFORMING,
)
from suites.finding import Verdict
from suites.judge import judge
from suites.selection import Choice, plan
from tests.ledgers import told_of

ROOT = Path(__file__).parent.parent
# One group is enough to show the chain; all of it is for the runners to agree about.
GROUP = ("--group", "CT-PR")
ON_WIRES = ("--link", "wire", *GROUP)


def planned(choice: Choice) -> set[str]:
    """The runs of the emulated terminal."""
    setting = ixit.read(ixit.IN_MEMORY)
    statement = ics.read(setting.ics_path)
    return {run.id for run in plan(CASES, statement, setting, "110315", choice, "").runs}


PLANNED = planned(Choice(group="CT-PR"))


@dataclass(frozen=True)
class Campaign:
    """A certified campaign of the emulated device and the key it was sealed with."""

    code: int
    bundle: Path
    key: SigningKey


@pytest.fixture(scope="module")
def certify(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Campaign]:
    """Certifies the emulated device through a runner, with a key folder of its own."""

    def run(*words: str) -> Campaign:
        place = tmp_path_factory.mktemp("campaign")
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("XDG_CONFIG_HOME", str(place / "config"))
            code = cli.main(["certify", "--out", str(place / "out"), *words])
            key = SigningKey.load_or_create()
        return Campaign(code, next((place / "out").rglob("*.assay")), key)

    return run


@pytest.fixture(scope="module")
def campaign(certify: Callable[..., Campaign]) -> Campaign:
    return certify(*ON_WIRES)


def test_the_conforming_device_conforms(campaign: Campaign) -> None:
    """All planned runs were attempted and pass; the bundle is marked as emulated."""
    evidence = open_bundle(campaign.bundle.read_bytes()).evidence
    assert campaign.code == CONFORMING
    assert {run.id for run in evidence.plan.runs} == PLANNED
    assert {attempt.facts.run_id for attempt in evidence.attempts} == PLANNED
    assert evidence.campaign.emulated
    assert evidence.ended


def test_verify_says_intact_and_signer_unknown(
    campaign: Campaign, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """The signer is known only by the key named with --trust."""
    assert cli.main(["verify", str(campaign.bundle)]) == CONFORMING
    assert "intact, signer unknown" in capsys.readouterr().out
    named = tmp_path / "station.pub"
    named.write_bytes(campaign.key.public_pem)
    assert cli.main(["verify", str(campaign.bundle), "--trust", str(named)]) == CONFORMING
    assert "signer unknown" not in capsys.readouterr().out


def rejudged(bundle: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> tuple[int, bytes]:
    code = cli.main(["rejudge", "--json", str(bundle)])
    sys.stdout.flush()
    return code, capfdbinary.readouterr().out


def test_rejudge_gives_the_same_bytes_without_findings(
    campaign: Campaign, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """Findings are advisory: a bundle sealed again without them is judged to the same bytes."""
    bundle = open_bundle(campaign.bundle.read_bytes())
    bare = tmp_path / "bare.assay"
    bare.write_bytes(seal(Contents(bundle.journal, bundle.ledger, b""), campaign.key))
    code, with_findings = rejudged(campaign.bundle, capfdbinary)
    assert (code, with_findings) == rejudged(bare, capfdbinary)
    assert code == CONFORMING
    assert json.loads(with_findings)
    assert bare.read_bytes() != campaign.bundle.read_bytes()


def test_a_changed_trace_is_judged_differently(
    campaign: Campaign, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """A TC asked for where an ARQC was asked for, correctly sealed again, is a failure."""
    bundle = open_bundle(campaign.bundle.read_bytes())
    changed = bundle.journal.replace(b'"data":"80AE8000', b'"data":"80AE4000')
    assert changed != bundle.journal
    forged = tmp_path / "forged.assay"
    forged.write_bytes(seal(Contents(changed, told_of(changed), b""), campaign.key))
    code, _ = rejudged(forged, capfdbinary)
    assert code == NOT_CONFORMING
    with pytest.raises(BundleRefused, match="did not end as the journal has it"):
        open_bundle(seal(Contents(changed, bundle.ledger, b""), campaign.key))


def test_any_changed_byte_is_refused(
    campaign: Campaign, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Verify and rejudge refuse a bundle with one changed byte, wherever it stands."""
    whole = campaign.bundle.read_bytes()
    damaged = tmp_path / "damaged.assay"
    # A prime stride visits every member and every header; each byte is flipped in tests/reports.
    for at in range(0, len(whole), 9973):
        damaged.write_bytes(whole[:at] + bytes((whole[at] ^ 1,)) + whole[at + 1 :])
        assert cli.main(["verify", str(damaged)]) == BAD_INPUT
        assert cli.main(["rejudge", str(damaged)]) == BAD_INPUT
        assert "intact" not in capsys.readouterr().out


def test_a_report_is_one_page(campaign: Campaign) -> None:
    """The page names every run and fetches nothing."""
    assert cli.main(["report", str(campaign.bundle)]) == CONFORMING
    page = campaign.bundle.with_suffix(".html").read_text(encoding="utf-8")
    assert all(run in page for run in PLANNED)
    assert "http://" not in page
    assert "https://" not in page


def without_times(bundle: Path) -> bytes:
    """The claimed findings with everything removed that says when: the campaign's name."""
    opened = open_bundle(bundle.read_bytes())
    return opened.findings.replace(opened.evidence.campaign.campaign.encode(), b"campaign")


def test_both_runners_claim_the_same_findings(
    certify: Callable[..., Campaign], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two campaigns with one seed, walked by pytest and by Robot Framework, find the same."""
    monkeypatch.setattr(cli.secrets, "token_hex", lambda size: "5A" * size)
    by_pytest = certify("--link", "memory", "--runner", "pytest")
    by_robot = certify("--link", "memory", "--runner", "robot")
    assert by_robot.code == by_pytest.code == CONFORMING
    assert without_times(by_robot.bundle) == without_times(by_pytest.bundle)
    runners = [
        open_bundle(each.bundle.read_bytes()).evidence.campaign.runner
        for each in (by_pytest, by_robot)
    ]
    assert runners == ["pytest", "robot"]


def test_a_part_of_the_plan_is_practice(certify: Callable[..., Campaign]) -> None:
    """A campaign of chosen runs says so; what was not asked for is listed as left out."""
    chosen = certify("--link", "wire", "--case", "CT-TRM-003[a]")
    evidence = open_bundle(chosen.bundle.read_bytes()).evidence
    assert [run.id for run in evidence.plan.runs] == ["CT-TRM-003[a]"]
    left = {each.id for each in evidence.plan.left_out if each.result == "not-run"}
    assert left == planned(Choice()) - {"CT-TRM-003[a]"}
    assert "only part of the plan was asked for" in evidence.campaign.practice


def test_a_seeded_defect_does_not_conform(certify: Callable[..., Campaign], tmp_path: Path) -> None:
    """A device with a defect is found by the run that looks for it, through the whole chain."""
    text = (ROOT / "fixtures/data/ixit/in-memory.toml").read_text(encoding="utf-8")
    text = text.replace("../ics", str(ROOT / "fixtures/data/ics"))
    bench = tmp_path / "defective.toml"
    bench.write_text(
        text.replace(
            'emulated = "direct-pos"', 'emulated = "direct-pos"\ndefect = "expiry-not-checked"'
        ),
        encoding="utf-8",
    )
    found = certify("--bench", str(bench), *GROUP)
    assert found.code == NOT_CONFORMING


def test_a_counting_campaign_needs_an_identity(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A real device without identity is refused before anything is written."""
    text = (ROOT / "fixtures/data/ixit/in-memory.toml").read_text(encoding="utf-8")
    text = text.replace("../ics", str(ROOT / "fixtures/data/ics"))
    bench = tmp_path / "real.toml"
    bench.write_text(text.replace('emulated = "direct-pos"', 'emulated = ""'), encoding="utf-8")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    assert cli.main(["certify", "--bench", str(bench), "--out", str(tmp_path / "out")]) == BAD_INPUT
    assert "[institution]" in capsys.readouterr().err
    assert not list((tmp_path / "out").rglob("*.jsonl"))


def test_rejudging_loads_no_driver(campaign: Campaign) -> None:
    """Neither drivers nor devices nor runners are imported when a bundle is judged again."""
    program = (
        "import sys, cli\n"
        "code = cli.main(['rejudge', sys.argv[1]])\n"
        "print('\\n'.join(sys.modules), file=sys.stderr)\n"
        "sys.exit(code)\n"
    )
    ran = subprocess.run(
        (sys.executable, "-c", program, str(campaign.bundle)),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == CONFORMING, ran.stderr
    forbidden = (
        "adapters.icc",
        "adapters.ifd",
        "adapters.host",
        "adapters.operator",
        "adapters.wires",
        "fixtures.bench",
        "fixtures.emulated",
        "fixtures.cards",
        "fixtures.acquirer",
        "serial",
        "smartcard",
        "pytest",
        "robot",
    )
    loaded = [name for name in ran.stderr.split() if name.startswith(forbidden)]
    assert not loaded


def test_every_case_has_a_title_in_both_languages() -> None:
    """Cases --json lists what the catalogue tool reads."""
    assert all(case.title.en and case.title.zh for case in CASES.values())


def test_a_named_terminal_counts(certify: Callable[..., Campaign]) -> None:
    """With who tests what in the bench file the first record holds the whole identity.

    What is still missing is that somebody asked, and for all of it.
    """
    named = certify("--bench", str(ROOT / "fixtures/data/ixit/with-identity.toml"), *GROUP)
    campaign = open_bundle(named.bundle.read_bytes()).evidence.campaign
    assert named.code == CONFORMING
    assert campaign.identity is not None
    assert campaign.identity.terminal.term_no == "10000001"
    assert campaign.identity.institution.pboc_code == "000000000000"
    # A changed tree is the other reason left here: whoever runs this may be changing it.
    unasked = {"no challenge was answered", "only part of the plan was asked for"}
    assert unasked <= set(campaign.practice) <= {*unasked, "the tree was changed since its commit"}


def test_evidence_that_cannot_be_written_ends_with_74(tmp_path: Path) -> None:
    """A disk that is full in the middle of a campaign seals nothing and says so."""
    # More than identity and plan take, less than what is attempted.
    limit = 250_000

    def full_disk() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    ran = subprocess.run(
        (sys.executable, "cli.py", "certify", *ON_WIRES, "--out", str(tmp_path / "out")),
        cwd=ROOT,
        env={**os.environ, "XDG_CONFIG_HOME": str(tmp_path / "config")},
        preexec_fn=full_disk,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == EVIDENCE_CANNOT_BE_WRITTEN, ran.stdout + ran.stderr
    assert "cannot be written" in ran.stdout + ran.stderr
    assert not list(tmp_path.rglob("*.assay"))
    segments = list(tmp_path.rglob("*.log"))
    assert segments
    assert all(each.stat().st_size <= limit for each in segments)


def test_only_failed_runs_can_be_repeated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What did not pass last time is the plan of the next campaign, as practice."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    text = (ROOT / "fixtures/data/ixit/in-memory.toml").read_text(encoding="utf-8")
    text = text.replace("../ics", str(ROOT / "fixtures/data/ics"))
    good, bad = tmp_path / "good.toml", tmp_path / "bad.toml"
    good.write_text(text, encoding="utf-8")
    defect = 'emulated = "direct-pos"\ndefect = "expiry-not-checked"'
    bad.write_text(text.replace('emulated = "direct-pos"', defect), encoding="utf-8")
    out = ("--out", str(tmp_path / "out"))
    assert cli.main(["certify", "--only-failed", "--bench", str(good), *out]) == BAD_INPUT
    assert "no earlier campaign" in capsys.readouterr().err
    assert cli.main(["certify", "--bench", str(bad), *GROUP, *out]) == NOT_CONFORMING
    (first,) = (tmp_path / "out").rglob("*.assay")
    judged = rejudge(open_bundle(first.read_bytes()), judge, CASES).judgements
    passed = Verdict.PASS
    failed = {each.attempt_id.split("/")[1] for each in judged if each.verdict is not passed}
    assert cli.main(["certify", "--only-failed", "--bench", str(good), *out]) == CONFORMING
    (second,) = set((tmp_path / "out").rglob("*.assay")) - {first}
    evidence = open_bundle(second.read_bytes()).evidence
    assert {run.id for run in evidence.plan.runs} == failed
    assert "CT-PR-016" in failed
    assert "only part of the plan was asked for" in evidence.campaign.practice
    assert cli.main(["certify", "--only-failed", "--bench", str(good), *out]) == BAD_INPUT
    assert "every run of the last campaign passed" in capsys.readouterr().err
