"""The architecture as a test: every wall between layers, over the syntax trees of all modules."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LAYERS = ("adapters", "fixtures", "suites", "reports")
TOP = ("cli", "cli_papers", "conftest")
DOORS = [Path(f"{name}.py") for name in TOP]
STANDARD_LIBRARY = sys.stdlib_module_names


def modules(*below: str) -> list[Path]:
    """Python files of the layers, below the given folders where any are named."""
    places = [ROOT / place for place in (below or LAYERS)]
    found = [path for place in places for path in place.rglob("*.py")]
    return sorted(path.relative_to(ROOT) for path in found)


def tree(path: Path) -> ast.Module:
    return ast.parse((ROOT / path).read_bytes())


def imports(path: Path) -> set[str]:
    """Names of all modules a file imports, `from a import b` as a and a.b."""
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            found |= {str(node.module)} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def tops(path: Path) -> set[str]:
    return {name.split(".")[0] for name in imports(path)}


def below(names: set[str], *places: str) -> set[str]:
    return {
        name for name in names for place in places if name == place or name.startswith(f"{place}.")
    }


def calls(path: Path) -> Iterator[str]:
    """Dotted names of everything that is called or named as an attribute."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Attribute):
            yield ast.unparse(node)
        elif isinstance(node, ast.Call):
            yield ast.unparse(node.func)


@pytest.mark.parametrize("path", modules(), ids=str)
def test_imports_only_layers_to_its_left(path: Path) -> None:
    """A layer knows nothing of the layers to its right."""
    layer = LAYERS.index(path.parts[0])
    to_the_right = {*LAYERS[layer + 1 :], *TOP, "tests"}
    assert not tops(path) & to_the_right


@pytest.mark.parametrize(
    "path", modules("suites/readings", "suites/conditions", "suites/model"), ids=str
)
def test_a_judge_knows_no_engine(path: Path) -> None:
    """Readings, conditions and model share no decision with device, card or host engines."""
    engines = ("fixtures.emulated", "fixtures.cards", "fixtures.acquirer")
    assert not below(imports(path), *engines)


@pytest.mark.parametrize("path", modules("fixtures"), ids=str)
def test_fixtures_hold_no_case_id(path: Path) -> None:
    """Nothing on the bench knows a case."""
    groups = ("CT-", "CL-", "CD-", "HD-", "HI-", "HK-", "EP-", "ET-")
    texts = [
        node.value
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    assert not [text for text in texts for group in groups if text.startswith(group)]


MUTANTS = [
    path
    for path in modules("fixtures/emulated")
    if "mutants" in (path.stem, path.parent.name) and path.name != "__init__.py"
]


@pytest.mark.parametrize("path", MUTANTS, ids=str)
def test_a_mutant_asks_for_no_card_and_no_case(path: Path) -> None:
    """A mutant replaces a decision: its module imports no card image, no host, no case."""
    assert not below(imports(path), "fixtures.cards", "fixtures.acquirer", "suites")


CASE_FILES = [
    path
    for path in modules(*(f"suites/{suite}" for suite in ("contact", "card", "kiosk")))
    if path.name != "__init__.py"
]


@pytest.mark.parametrize("path", CASE_FILES, ids=str)
def test_a_case_file_is_data(path: Path) -> None:
    """A case file is imports, constants and CASES: no def, no lambda, no if, no loop."""
    forbidden = (
        ast.FunctionDef,
        ast.AsyncFunctionDef,
        ast.ClassDef,
        ast.Lambda,
        ast.If,
        ast.IfExp,
        ast.For,
        ast.While,
        ast.Try,
        ast.With,
        ast.Match,
    )
    found = [type(node).__name__ for node in ast.walk(tree(path)) if isinstance(node, forbidden)]
    assert not found
    assert any(
        isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "CASES"
        for node in tree(path).body
    )


# The far ends of all wires, and the near end that leaf drivers share (docs/adr/0002-listener.md).
WIRES = (Path("adapters/wires.py"), Path("adapters/listener.py"))
LEAF_DRIVERS = ("adapters/icc", "adapters/ifd", "adapters/host", "adapters/operator")


@pytest.mark.parametrize("path", [*modules(), *DOORS], ids=str)
def test_only_leaf_drivers_and_wires_touch_the_outside(path: Path) -> None:
    """serial, smartcard and socket stand in leaf drivers, wires.py and listener.py alone."""
    allowed = path in WIRES or str(path.parent) in LEAF_DRIVERS
    assert allowed or not tops(path) & {"serial", "smartcard", "socket", "socketserver", "asyncio"}


@pytest.mark.parametrize("path", modules("adapters/codec"), ids=str)
def test_codecs_import_only_themselves_and_the_standard_library(path: Path) -> None:
    """A codec is sans-IO: no library, no file, no clock, no logger."""
    foreign = {name for name in imports(path) if name.split(".")[0] not in STANDARD_LIBRARY}
    assert all(name == "adapters" or name.startswith("adapters.codec") for name in foreign)
    assert not tops(path) & {"time", "datetime", "logging", "threading", "os", "pathlib", "io"}


CLOCKS = (
    "time.time",
    "time.time_ns",
    "time.monotonic",
    "time.monotonic_ns",
    "time.perf_counter",
    "time.perf_counter_ns",
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
)


@pytest.mark.parametrize("path", [*modules(), *DOORS], ids=str)
def test_one_module_reads_clocks(path: Path) -> None:
    """adapters/clock.py alone reads clocks; nobody sleeps by the clock of the machine."""
    found = [name for name in calls(path) if name.endswith(CLOCKS)]
    assert path == Path("adapters/clock.py") or not found


@pytest.mark.parametrize("path", [*modules(), Path("conftest.py")], ids=str)
def test_only_the_command_line_draws_the_seed(path: Path) -> None:
    """No module draws from chance of its own: generators are seeded with what was handed in."""
    drawn = [
        ast.unparse(node)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and (
            ast.unparse(node.func).startswith("secrets.")
            or ast.unparse(node.func) in ("os.urandom", "random.SystemRandom", "uuid.uuid4")
            or (ast.unparse(node.func) == "random.Random" and not node.args)
            or ast.unparse(node.func).startswith(("random.rand", "random.choice", "random.shuffle"))
        )
    ]
    assert not drawn


DYNAMIC = (
    "importlib.import_module",
    "__import__",
    "exec",
    "eval",
    "runpy.run_module",
    "runpy.run_path",
)


@pytest.mark.parametrize("path", [*modules(), *DOORS], ids=str)
def test_nothing_is_imported_by_name(path: Path) -> None:
    """What an ICS, IXIT, trace or bundle names is never imported: there is no import by name."""
    assert not set(calls(path)) & set(DYNAMIC)


@pytest.mark.parametrize(
    "path", [path for path in modules() if path.name == "__init__.py"], ids=str
)
def test_packages_hold_no_logic(path: Path) -> None:
    """A package's face says nothing but its docstring."""
    assert all(isinstance(node, ast.Expr) for node in tree(path).body)


def test_pytest_fixtures_stand_in_the_root_conftest_only() -> None:
    """The layer called fixtures holds what stands on the bench, and no pytest fixture."""
    found = [
        path for path in modules() if any(name.startswith("pytest.fixture") for name in calls(path))
    ]
    assert not found
    assert len((ROOT / "conftest.py").read_text(encoding="utf-8").splitlines()) <= 120


def test_the_walls_would_be_seen_to_fall(tmp_path: Path) -> None:
    """The readers of this file see what they look for: a module breaking each wall is found."""
    bad = tmp_path / "bad.py"
    bad.write_text(
        "import socket\nimport time\nfrom suites import case\nnow = time.time()\nx = eval('1')\n",
        encoding="utf-8",
    )
    relative = Path("..") / bad.relative_to(ROOT.parent) if bad.is_relative_to(ROOT.parent) else bad
    assert {"socket", "suites", "time"} <= tops(relative)
    assert "suites.case" in imports(relative)
    assert {"time.time", "eval"} <= set(calls(relative))
