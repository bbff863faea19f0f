"""Every kind of bad input, a file each in tests/bad, with the exact message a user then reads.

Beside NAME.ext stands NAME.message: the exit code on the first line, then what is said.
"""

from pathlib import Path

import pytest

import cli

BAD = Path(__file__).parent / "bad"
COMMANDS = {
    "ics": ("select", "--ics"),
    "ixit": ("select", "--bench"),
    "trace": ("judge",),
    "bundle": ("verify",),
    "defect": ("certify", "--bench"),
    "recorded-bench": ("certify", "--bench"),
    "recorded-ics": ("certify", "--ics"),
}


def inputs(kind: str) -> list[Path]:
    return sorted(path for path in (BAD / kind).iterdir() if path.suffix != ".message")


def expected(path: Path) -> tuple[int, str]:
    code, _, message = path.with_suffix(".message").read_text(encoding="utf-8").partition("\n")
    return int(code), message.rstrip("\n")


CASES = [(kind, path) for kind in COMMANDS for path in inputs(kind)]


@pytest.mark.parametrize("kind, path", CASES, ids=[f"{k}/{p.stem}" for k, p in CASES])
def test_bad_input_is_refused_in_words(
    kind: str,
    path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """The file is refused with its exit code and exactly its message, and nothing else is said."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    code = cli.main([*COMMANDS[kind], str(path)])
    said = capsys.readouterr()
    assert (code, said.err.rstrip("\n")) == expected(path)
    assert said.out == ""
    assert not list(tmp_path.rglob("*.log"))
    assert not list(tmp_path.rglob("journal"))


@pytest.mark.parametrize("kind", COMMANDS)
def test_every_kind_of_bad_input_is_here(kind: str) -> None:
    """No folder of bad input may be empty, and no message may stand without its file."""
    assert inputs(kind)
    messages = {path.stem for path in (BAD / kind).glob("*.message")}
    assert messages == {path.stem for path in inputs(kind)}
