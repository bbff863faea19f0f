"""The journal: canonical lines, on disk before they are used, refused when they are not ours."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.journal import BadRecord, Json, decode, encode

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
