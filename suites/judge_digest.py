"""Which judge: the digest of every module and data file that judging imports or reads."""

import ast
import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
LAYERS = ("adapters", "fixtures", "suites")
# Where judging starts: the judge and the cases it judges by.
ENTRANCES = ("suites.judge", "suites.catalogue", "suites.evidence", "suites.summary")
# Data that judging reads at run time: keys of the test cards and hosts, and CA public keys.
DATA = (
    "fixtures/data/keys/ca_keys.toml",
    "fixtures/data/keys/posp.toml",
    "fixtures/data/keys/bc.toml",
    "fixtures/data/keys/reference.toml",
    "fixtures/data/keys/cups.toml",
)


@cache
def judge_digest() -> str:
    """SHA-256 over the names and contents of all these files, in hex."""
    digest = hashlib.sha256()
    for path in judge_files():
        content = (ROOT / path).read_bytes()
        digest.update(f"{path}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


@cache
def judge_files() -> tuple[str, ...]:
    """Paths below the root, sorted: the import closure of the entrances, and the data."""
    found: set[str] = set()
    waiting = list(ENTRANCES)
    while waiting:
        for path in _files_of(waiting.pop()):
            name = path.relative_to(ROOT).as_posix()
            if name not in found:
                found.add(name)
                waiting += _imports(path)
    return tuple(sorted(found | set(DATA)))


def _files_of(module: str) -> Iterator[Path]:
    """The file of a module and the __init__ of each package above it; nothing for other modules."""
    parts = module.split(".")
    if parts[0] not in LAYERS:
        return
    for depth in range(1, len(parts) + 1):
        place = ROOT.joinpath(*parts[:depth])
        for path in (place.with_suffix(".py"), place / "__init__.py"):
            if path.is_file():
                yield path


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            # `from suites.contact import x` names a module.
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
