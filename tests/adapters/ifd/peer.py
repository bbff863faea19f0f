"""A Python with a terminal in it that none of us wrote (requirements/peer.lock)."""

import hashlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from adapters.ifd.private_pcscd import Missing
from tests.adapters.ifd.virtual_reader import go_without

ROOT = Path(__file__).parent.parent.parent.parent
LOCK = ROOT / "requirements" / "peer.lock"
WITHIN = 300


def peer_python() -> Path:
    """Its interpreter, made once for each lock; skips aloud where it cannot be had, fails in CI."""
    digest = hashlib.sha256(LOCK.read_bytes()).hexdigest()[:16]
    place = Path(tempfile.gettempdir()) / f"assay-peer-{os.geteuid()}-{digest}"
    python = place / "bin" / "python"
    if not python.is_file():
        # Whoever comes second has made the same one: the first that is whole stays.
        with tempfile.TemporaryDirectory(prefix="assay-peer-") as folder:
            made = Path(folder) / "peer"
            _installed(made)
            _put(made, place)
    return python


def _installed(place: Path) -> None:
    uv = (sys.executable, "-m", "uv")
    _ran(*uv, "venv", "--quiet", "--relocatable", "--python", sys.executable, str(place))
    _ran(
        *(*uv, "pip", "install", "--quiet", "--no-deps", "--require-hashes"),
        *("--python", str(place / "bin" / "python"), "-r", str(LOCK)),
    )


def _put(made: Path, place: Path) -> None:
    try:
        made.rename(place)
    except OSError:
        # Another process was faster.
        if not place.is_dir():
            raise


def _ran(*command: str) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True, text=True, timeout=WITHIN)
    except subprocess.SubprocessError as failed:
        said = str(getattr(failed, "stderr", "") or failed).strip().splitlines()
        missing = Missing("emv", said[-1] if said else "uv could not install it")
        go_without(missing, demanded=os.environ.get("CI") == "true")
