"""The files that a laboratory or a vendor writes: ICS and IXIT, whole, damaged and hostile."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fixtures import ics, ixit
from fixtures.toml_file import MAX_DOTS, BadFile
from tests.properties.strategies import WORDS, bounded, damaged_text, text_mutations

READERS: dict[str, Callable[[Path], object]] = {"ics": ics.read, "ixit": ixit.read}
WHOLE = {
    "ics": (ixit.DATA.parent / "ics" / "emulated-direct-pos.toml").read_text(encoding="utf-8"),
    "ixit": (ixit.DATA / "with-identity.toml")
    .read_text(encoding="utf-8")
    .replace("[icc]", '[icc]\nlisten = "127.0.0.1:0"'),
}
# Values of every type of TOML, among them those that Python or a converter trips over.
VALUES = (
    "0", "-1", "1.5", "nan", "inf", "true", "2011-03-15", "07:30:00", "2011-03-15T07:30:00Z", '""',
    '"\\u0000"', '"x"', "[]", "[1]", '["x"]', "[[]]", "{}", "{a = 1}", "0x7FFFFFFFFFFFFFFF",
    "0x8000000000000000", "9" * 400, "9" * 5000, "0x" + "F" * 5000, '"' + "9" * 5000 + '"',
    '"host:' + "9" * 5000 + '"', '"11-W01"', '"2011-W02-1"', '"２０１１"', '"9F"', '"0010000000"',
    "[" * 200 + "]" * 200, "[" * 3000 + "]" * 3000, "{a = " * 3000 + "1" + "}" * 3000, "[" * 3000,
)  # fmt: skip
SLOW = "a." * 20_000 + "a"


def refusal(read: Callable[[Path], object], path: Path, text: str) -> str:
    """Why a text is refused as this file; "" where it is read."""
    path.write_text(text, encoding="utf-8", errors="surrogatepass")
    try:
        read(path)
    except BadFile as refused:
        return str(refused)
    return ""


def with_value(text: str, number: int, value: str) -> str:
    """The text with another value behind the = of a line."""
    lines = text.split("\n")
    name, equals, _ = lines[number].partition("=")
    lines[number] = f"{name}{equals} {value}" if equals else lines[number]
    return "\n".join(lines)


@pytest.mark.parametrize("kind", READERS)
def test_the_whole_file_is_read(kind: str, tmp_path: Path) -> None:
    """What the damaged ones are made from is good."""
    assert refusal(READERS[kind], tmp_path / "x.toml", WHOLE[kind]) == ""


@pytest.mark.parametrize("kind", READERS)
def test_a_value_of_every_type_is_read_or_refused(kind: str, tmp_path: Path) -> None:
    """Behind every key, every kind of value is taken or refused with the file's name."""
    path = tmp_path / "x.toml"
    lines = WHOLE[kind].split("\n")
    for number in (number for number, line in enumerate(lines) if "=" in line):
        for value in VALUES:
            said = refusal(READERS[kind], path, with_value(WHOLE[kind], number, value))
            assert not said or said.startswith("x.toml")


@pytest.mark.parametrize("kind", READERS)
def test_a_damaged_line_is_read_or_refused(kind: str, tmp_path: Path) -> None:
    """One fault, at places all over the file, is harmless or refused with the file's name."""
    path = tmp_path / "x.toml"
    for number, text in enumerate(damaged_text(WHOLE[kind])):
        # A prime, so that every kind of fault comes to every kind of place.
        if number % 211 == 0:
            said = refusal(READERS[kind], path, text)
            assert not said or said.startswith("x.toml")


@pytest.mark.parametrize("kind", READERS)
@bounded(100)
@given(data=st.data())
def test_a_file_of_several_faults_is_read_or_refused(
    kind: str, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Nothing but a refusal comes out of a file with some faults, or of any text."""
    lines = WHOLE[kind].split("\n")
    number = data.draw(st.integers(0, len(lines) - 1))
    changed = data.draw(
        text_mutations(st.just(WHOLE[kind]))
        | st.sampled_from([*VALUES, *WORDS]).map(lambda each: with_value(WHOLE[kind], number, each))
        | st.just("\n".join(lines[:number] + lines[number + 1 :]))
        | st.just("\n".join([*lines[: number + 1], *lines[number:]]))
        | st.text(max_size=40)
    )
    said = refusal(READERS[kind], tmp_path_factory.getbasetemp() / "x.toml", changed)
    assert not said or said.startswith("x.toml")


@pytest.mark.parametrize("kind", READERS)
@bounded(100)
@given(data=st.binary(max_size=40))
def test_any_bytes_are_a_file_or_refused(
    kind: str, data: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """No bytes alone are an ICS or an IXIT: each is refused."""
    path = tmp_path_factory.getbasetemp() / "x.toml"
    path.write_bytes(data)
    with pytest.raises(BadFile):
        READERS[kind](path)


@pytest.mark.parametrize("kind", READERS)
@pytest.mark.parametrize(
    "hostile", [f"{SLOW} = 1", f"[{SLOW}]", f"x = {{{SLOW} = 1}}"], ids=["key", "table", "inline"]
)
def test_a_key_of_thousands_of_parts_is_refused_at_once(
    kind: str, hostile: str, tmp_path: Path
) -> None:
    """The library would need memory by the square of a key's parts: it never sees such a key."""
    said = refusal(READERS[kind], tmp_path / "x.toml", f"\n{hostile}\n{WHOLE[kind]}")
    assert said == f"x.toml:2: more than {MAX_DOTS} dots; write shorter keys"


def test_a_switch_table_that_is_no_table_is_refused(tmp_path: Path) -> None:
    """Nothing that stands under switches is passed over, not even a 0."""
    text = f"switches = 0\n{WHOLE['ics'].partition('[switches]')[0]}"
    said = refusal(ics.read, tmp_path / "x.toml", text)
    assert said == "x.toml:1: switches: this table is missing: write [switches]"


@pytest.mark.parametrize(
    "key, week", [("clock", "11-W01"), ("install_date", "2011-W02-1"), ("upgrade_date", "20110301")]
)
def test_a_date_written_otherwise_is_refused(key: str, week: str, tmp_path: Path) -> None:
    """A date has one way to be written here, though ISO 8601 has more."""
    number = next(
        number for number, line in enumerate(WHOLE["ixit"].split("\n")) if line.startswith(key)
    )
    said = refusal(ixit.read, tmp_path / "x.toml", with_value(WHOLE["ixit"], number, f'"{week}"'))
    assert f"{key}: '{week}' is no date" in said
