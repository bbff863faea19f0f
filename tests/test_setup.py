"""The launcher and the locks: what makes a checkout run on a machine that has only Python."""

import ast
import importlib.machinery
import importlib.util
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent
REQUIREMENTS = ROOT / "requirements"
GROUPS = sorted(path.stem for path in REQUIREMENTS.glob("*.in"))
PINNED = re.compile(r"(?P<name>[a-z0-9-]+)==(?P<version>[\w.!+]+)( ; .+)?")
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")
OPTION = re.compile(r"^\s*-{1,2}(?!hash=)[a-z]", re.MULTILINE)
# What tells where somebody's packages come from or where the locks were made.
PLACE = re.compile(r"://|@ |(?<!\S)[~/]|[A-Za-z]:\\|\bindex\b|find-links|file:")


def loaded_launcher() -> ModuleType:
    """The launcher as a module; it has no .py, because people type its name."""
    loader = importlib.machinery.SourceFileLoader("launcher", str(ROOT / "assay"))
    specification = importlib.util.spec_from_loader("launcher", loader)
    assert specification is not None
    module = importlib.util.module_from_spec(specification)
    loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def launcher() -> ModuleType:
    """The launcher."""
    return loaded_launcher()


def requirements(group: str) -> Iterator[tuple[str, str, list[str]]]:
    """Name, version and hashes of each package in a lock."""
    text = (REQUIREMENTS / f"{group}.lock").read_text(encoding="utf-8").replace("\\\n", "")
    for line in text.splitlines():
        if not line.lstrip().startswith("#"):
            specifier, *hashes = re.split(r"\s+(?=--hash=)", line.strip())
            found = PINNED.fullmatch(specifier)
            assert found, f"{group}.lock: {specifier} is not one package at one version"
            yield found["name"], found["version"], hashes


def test_the_launcher_imports_the_standard_library_only() -> None:
    """The launcher runs before anything is installed."""
    nodes = list(ast.walk(ast.parse((ROOT / "assay").read_bytes())))
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}
    assert names
    assert {name.split(".")[0] for name in names} <= sys.stdlib_module_names


def test_the_launcher_is_started_by_the_system_python() -> None:
    """`./assay` works without a name of an interpreter before it."""
    assert (ROOT / "assay").read_text(encoding="utf-8").startswith("#!/usr/bin/python3\n")
    assert (ROOT / "assay").stat().st_mode & 0o111 == 0o111


def test_every_group_of_a_command_has_a_lock(launcher: ModuleType) -> None:
    """The launcher's table names no group that could not be installed."""
    named = {group for groups in launcher.GROUPS_OF_COMMAND.values() for group in groups}
    assert named <= set(GROUPS)
    assert all(launcher.lock(group).is_file() for group in named | {"uv"})


def test_every_command_is_in_the_launchers_table(launcher: ModuleType) -> None:
    """A command of cli.py that needs more than the judge's packages cannot be forgotten."""
    source = ast.parse((ROOT / "cli.py").read_bytes())
    commands = {
        node.args[0].value
        for node in ast.walk(source)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        if node.func.id == "command" and isinstance(node.args[0], ast.Constant)
    }
    assert commands
    assert commands <= set(launcher.GROUPS_OF_COMMAND)


def test_what_an_auditor_runs_needs_the_judge_group_only(launcher: ModuleType) -> None:
    """Nobody has to install a runner or a compiler to check a bundle."""
    for command in ("verify", "rejudge", "report", "judge", "decode", "cases", "select"):
        assert launcher.GROUPS_OF_COMMAND[command] == ("judge",)


@pytest.mark.parametrize("group", GROUPS)
def test_every_package_in_a_lock_has_its_hashes(group: str) -> None:
    """No package is installed that was not looked at when the lock was made."""
    found = list(requirements(group))
    assert found
    for name, version, hashes in found:
        assert hashes, f"{group}.lock: {name} {version} has no hash"
        assert all(HASH.fullmatch(each) for each in hashes), f"{group}.lock: {name} {version}"


@pytest.mark.parametrize("group", GROUPS)
def test_every_wish_of_a_group_is_in_its_lock(group: str) -> None:
    """A package added to a group was locked too."""
    lines = (REQUIREMENTS / f"{group}.in").read_text(encoding="utf-8").splitlines()
    wishes = {line for line in lines if line and not line.startswith(("#", "-c "))}
    assert wishes
    assert wishes <= {name for name, _, _ in requirements(group)}


@pytest.mark.parametrize("group", GROUPS)
def test_a_lock_names_no_index_and_no_place(group: str) -> None:
    """A lock says what is installed; from where is the business of whoever installs."""
    text = (REQUIREMENTS / f"{group}.lock").read_text(encoding="utf-8")
    assert not PLACE.search(text)
    assert not OPTION.search(text)


def test_the_groups_agree_on_every_version() -> None:
    """Any groups can be installed together."""
    versions: dict[str, set[str]] = {}
    for group in GROUPS:
        for name, version, _ in requirements(group):
            versions.setdefault(name, set()).add(version)
    assert not {name: found for name, found in versions.items() if len(found) > 1}


def test_the_stamp_says_what_is_installed(
    launcher: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A set-up counts for the groups it installed, until one of their locks is changed."""
    python = tmp_path / "python"
    python.touch()
    monkeypatch.setattr(launcher, "PYTHON", python)
    monkeypatch.setattr(launcher, "STAMP", tmp_path / "stamp")
    monkeypatch.setattr(launcher, "REQUIREMENTS", tmp_path)
    for group in ("uv", "judge", "runners"):
        (tmp_path / f"{group}.lock").write_text(group, encoding="utf-8")
    assert not launcher.is_ready({"uv", "judge"})
    launcher.stamp(launcher.state({"uv", "judge"}))
    assert launcher.is_ready({"uv", "judge"})
    assert not launcher.is_ready({"uv", "judge", "runners"})
    (tmp_path / "judge.lock").write_text("judge, renewed", encoding="utf-8")
    assert not launcher.is_ready({"uv", "judge"})
    assert launcher.is_ready({"uv"})


def test_a_set_up_that_fails_says_so_in_words_and_starts_nothing(
    launcher: ModuleType,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Whoever has no network reads what failed and how to go on, and no stamp is left."""
    monkeypatch.setattr(launcher, "PYTHON", tmp_path / "python")
    monkeypatch.setattr(launcher, "STAMP", tmp_path / "stamp")
    monkeypatch.setattr(launcher, "TURN", tmp_path / "turn")

    def fail() -> None:
        message = "installing uv with pip ended with exit code 1:\nno route to host"
        raise launcher.SetUpFailed(message)

    monkeypatch.setattr(launcher, "make_venv", fail)
    assert launcher.main(["cases"]) == launcher.BENCH_BROKEN
    said = capsys.readouterr().err
    assert "no route to host" in said
    assert "重复同一命令" in said
    assert not (tmp_path / "stamp").exists()
