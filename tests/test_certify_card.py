"""A card is self-tested like any device: in memory, and in a PC/SC reader."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from fixtures import ixit
from suites.exit_codes import CONFORMING, NOT_CONFORMING
from tests.adapters.ifd.virtual_reader import need_reader

ROOT = Path(__file__).parent.parent
WIRE = ixit.DATA / "emulated-reference-card.toml"


def assay(place: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        (sys.executable, str(ROOT / "cli.py"), *words),
        env={**os.environ, "XDG_CONFIG_HOME": str(place / "config")},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def certified(place: Path, bench: Path, group: str) -> subprocess.CompletedProcess[str]:
    out = str(place / "out")
    return assay(place, "certify", "--bench", str(bench), "--group", group, "--out", out)


def bundle(place: Path) -> str:
    (found,) = (place / "out").glob("*/*.assay")
    return str(found)


@pytest.mark.parametrize("bench", [ixit.CARD_IN_MEMORY, WIRE], ids=["memory", "wire"])
def test_the_emulated_card_conforms(tmp_path: Path, bench: Path) -> None:
    """Power cuts and commitments pass on either link, and again when the bundle is re-judged."""
    if bench is WIRE:
        need_reader()
    ran = certified(tmp_path, bench, "CD-COMMIT")
    assert ran.returncode == CONFORMING, ran.stdout + ran.stderr
    assert "CD-COMMIT-06[g]" in ran.stdout
    again = assay(tmp_path, "rejudge", bundle(tmp_path))
    assert again.returncode == CONFORMING, again.stdout
    assert "CD-COMMIT-06[g]" in again.stdout


def test_a_card_that_pays_too_early_does_not_conform(tmp_path: Path) -> None:
    """A seeded defect named in the bench file is found, and ends with the code that says so."""
    text = ixit.CARD_IN_MEMORY.read_text(encoding="utf-8")
    text = text.replace("../ics", str(ixit.DATA.parent / "ics"))
    text = text.replace("[ifd]", 'defect = "pays-before-it-is-read"\n\n[ifd]', 1)
    bench = tmp_path / "bench.toml"
    bench.write_text(text, encoding="utf-8")
    ran = certified(tmp_path, bench, "CD-COMMIT")
    assert ran.returncode == NOT_CONFORMING, ran.stdout + ran.stderr
    assert "fail: CD-COMMIT-02" in ran.stdout
