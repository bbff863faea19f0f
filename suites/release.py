"""Which release of Assay this is: version, commit, and whether the tree was changed."""

import subprocess
import tomllib
from pathlib import Path

from suites.judge_digest import ROOT, judge_digest
from suites.records import Release

UNKNOWN = "unknown"


def release() -> Release:
    """Read from the checkout; a tree without history counts as changed."""
    return Release(version(), commit(ROOT), changed(ROOT), judge_digest())


def version() -> str:
    with (ROOT / "pyproject.toml").open("rb") as file:
        return str(tomllib.load(file)["project"]["version"])


def commit(root: Path) -> str:
    return _git(root, "rev-parse", "HEAD") or UNKNOWN


def changed(root: Path) -> bool:
    if commit(root) == UNKNOWN:
        return True
    return bool(_git(root, "status", "--porcelain"))


def _git(root: Path, *arguments: str) -> str:
    """What git says, or nothing where there is no git or no history."""
    try:
        answer = subprocess.run(
            ("git", "-C", str(root), *arguments), capture_output=True, check=True, text=True
        )
    except (OSError, subprocess.CalledProcessError):
        return ""
    return answer.stdout.strip()
