import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.codec import json_places, kiosk_control
from adapters.codec.errors import RemoteProtocolError


@pytest.mark.parametrize(
    "text, name, offset",
    [
        ('{"id":1,"cmd":"reset"}', "id", 1),
        ('{"id":1,"cmd":"reset"}', "cmd", 8),
        # Not the same word as a value, within another object, or escaped in another way.
        ('{"op":"ms","ms":5}', "ms", 11),
        ('{"counters":{"id":1},"id":2}', "id", 21),
        (r'{"x":"\"id\":","\u0069d":2}', "id", 15),
        ('{"文":1,"id":2}', "id", 9),
        ('{"id":1} ', "cmd", 7),
    ],
)
def test_a_member_is_found_where_it_stands(text: str, name: str, offset: int) -> None:
    """The byte of the member's name in the outermost object, or of the brace that ends it."""
    assert json_places.member(name)(text) == offset


def test_a_number_is_found_outside_of_texts() -> None:
    """The first number written so counts, the same digits in a text do not."""
    assert json_places.number("1.5")('{"a":"1.5","b":[1,1.5]}') == 18


@pytest.mark.parametrize(
    "text, offset",
    [('{"a":1,"a":2}', 7), ('{"a":{"b":1},"b":{"c":1,"c":2}}', 24), ('{"a":1}', 0)],
)
def test_a_name_is_found_where_it_stands_again(text: str, offset: int) -> None:
    """The second one within the same object, not the same name in another."""
    assert json_places.repeated(text) == offset


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["id", "cmd", "ev", "ok", "op", "a"]), inner, max_size=4),
    max_leaves=8,
)


@given(JSON, st.binary(max_size=6))
def test_a_refused_line_names_a_byte_of_it(value: object, behind: bytes) -> None:
    """Whatever JSON, whole or not, comes in: a message, or a refusal at a byte within the line."""
    line = json.dumps(value, ensure_ascii=False).encode() + behind
    assert 0 <= refused_at(line) <= len(line)


def refused_at(line: bytes) -> int:
    try:
        kiosk_control.decode(line)
    except RemoteProtocolError as refused:
        return refused.offset
    return 0
