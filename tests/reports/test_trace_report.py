"""A recording none of us made, judged: RT02 of the recorded data from outside."""

from pathlib import Path

import pytest

import cli
from fixtures.test_data import test_pans as listed
from reports.trace_report import as_text, report_on
from suites.exit_codes import INCOMPLETE
from suites.finding import Verdict

RT02 = (
    Path(__file__).parent.parent.parent.parent
    / "shared"
    / "traces"
    / "RT02_contact_upi_full_dda_two_gac.txt"
)
SEEN = (
    "A000000333010102 UICC CREDIT",
    "A000000333010101 UICC DEBIT",
    "A000000333010103 UICC QUASICREDIT",
    "selected: A000000333010102",
    "Application interchange profile: 7C00",
    "SFI 1: 记录 / records 1-3",
    "SFI 2: 记录 / records 1-5, 脱机认证 / authenticated 1",
    "SFI 4: 记录 / records 1-1",
    "CA public key: 验证成功 / verified (UnionPay CA key 09, 1408 bit)",
    "issuer certificate: 验证成功 / verified",
    "static data authentication (SDA): 验证成功 / verified",
    "ICC certificate: 验证成功 / verified",
    "dynamic data authentication (DDA): 验证成功 / verified",
    "GENERATE AC 1 (行 / line 39): 请求 / asks for ARQC, 应答 / answered ARQC",
    "GENERATE AC 2 (行 / line 43): 请求 / asks for TC, 应答 / answered TC",
    "Terminal verification results: 0000008000",
    "Terminal verification results: 0000008040",
    "Transaction status information: F800",
    "is answered 6700 (wrong length): 8 bytes were sent where this card wants 10",
    "GAC2 asks for a TC (40)",
    "without an ICS there is no verdict",
)


@pytest.fixture
def recording() -> str:
    if not RT02.is_file():
        pytest.skip(f"recorded data from outside is not here: {RT02}")
    return RT02.read_text(encoding="utf-8")


@pytest.mark.parametrize("seen", SEEN)
def test_the_recording_is_read_in_full(recording: str, seen: str) -> None:
    """Applications, AIP, AFL, certificates, signatures, both GENERATE ACs and the failed EA."""
    assert seen in as_text(report_on(recording, RT02.name, listed()))


def test_without_an_ics_findings_are_reported_and_no_verdict(
    recording: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command exits 3, and no condition fails on what a conforming terminal did."""
    assert recording
    assert cli.main(["judge", str(RT02)]) == INCOMPLETE
    assert "INV-01" in capsys.readouterr().out
    found = report_on(recording, RT02.name, listed()).findings
    assert Verdict.FAIL not in {finding.verdict for finding in found}


@pytest.mark.parametrize(
    "old, new, gone",
    [
        # One bit of the issuer certificate, of the signed data, of the dynamic signature.
        ("9081B09401D7", "9081B09401D6", "issuer certificate: 验证成功"),
        ("9381B07FDA0E", "9381B07FDA0F", "(SDA): 验证成功"),
        ("8081B0352B18", "8081B0352B19", "(DDA): 验证成功"),
        # The answer to EXTERNAL AUTHENTICATE.
        ("\n6700\n", "\n9000\n", "wants 10"),
    ],
)
def test_a_changed_recording_is_seen_differently(
    recording: str, old: str, new: str, gone: str
) -> None:
    """What the report says rests on the bytes of the recording."""
    changed = recording.replace(old, new)
    assert changed != recording
    assert gone not in as_text(report_on(changed, RT02.name, listed()))


def test_a_record_read_twice_is_found(recording: str) -> None:
    """An invariant fails on a recording that breaks it."""
    lines = recording.splitlines()
    at = lines.index("00B2010C00", 8)
    twice = [*lines[:at], *lines[at : at + 2], *lines[at:]]
    found = report_on("\n".join(twice), "twice", listed()).findings
    assert ("INV-04", Verdict.FAIL) in {(each.condition, each.verdict) for each in found}
