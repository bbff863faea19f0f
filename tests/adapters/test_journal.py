"""The journal: canonical lines, on disk before they are used, refused when they are not ours."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.errors import RecorderFailed
from adapters.journal import BadRecord, Journal, Json, decode, encode

PLAIN = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text()
NESTED = PLAIN | st.lists(PLAIN, max_size=3) | st.dictionaries(st.text(), PLAIN, max_size=3)


@given(st.dictionaries(st.text(), NESTED, max_size=4))
def test_a_line_comes_back_as_it_was(record: dict[str, Json]) -> None:
    """Whatever is written is read again, byte for byte."""
    line = encode(record)
    assert encode(decode(line[:-1])) == line


@pytest.mark.parametrize(
    "line",
    [
        b'{"a":1,"a":2}',
        b'{"a": 1}',
        b'{"b":1,"a":1}',
        b'{"a":1.0}',
        b'{"a":NaN}',
        b'{"a":9007199254740992}',
        b"[1]",
        b'{"a":"\xff"}',
        b'{"a":"\\ud800"}',
        b"",
        b'{"a":' + b"[" * 20 + b"]" * 20 + b"}",
        b"[" * 5000,
        b'{"a":"' + b"x" * (1 << 20) + b'"}',
    ],
)
def test_a_line_we_would_not_write_is_refused(line: bytes) -> None:
    """Doubled keys, spaces, other order, floats, huge numbers, depth, length: all refused."""
    with pytest.raises(BadRecord):
        decode(line)


def test_a_record_is_in_the_file_when_append_returns(tmp_path: Path) -> None:
    """No buffer stands between append and the operating system."""
    path = tmp_path / "journal.jsonl"
    journal = Journal(path)
    journal.append({"n": 1})
    assert path.read_bytes() == b'{"n":1}\n'
    assert path.stat().st_mode & 0o777 == 0o600
    journal.close()


def test_a_journal_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    """A failed open and a failed write end the campaign by name."""
    with pytest.raises(RecorderFailed, match="cannot be written"):
        Journal(tmp_path / "absent" / "journal.jsonl")
    journal = Journal(Path("/dev/full"))
    with pytest.raises(RecorderFailed, match=os.strerror(28)):
        journal.append({"n": 1})
