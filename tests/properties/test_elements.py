"""Data elements: the dictionary, the coded values, and bytes as fields for people."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.codec import bits, data_elements
from adapters.codec.bit_tables import LAYOUTS
from adapters.codec.bits import STRUCTURES
from adapters.codec.code_tables import VALUES
from adapters.codec.data_elements import DATA_ELEMENTS
from reports.annotation import Annotated, annotate, decode_input
from reports.value_text import masked_hex, shown
from tests.properties.strategies import (
    PRINTABLE,
    bounded,
    damaged_text,
    mutations,
    sizes,
    text_mutations,
)

CODED = (*LAYOUTS, *VALUES, *STRUCTURES)
TAGS = st.sampled_from(CODED) | st.sampled_from(sorted(DATA_ELEMENTS)) | st.integers(0, 0xFFFFFF)
FILE_CONTROL = "6F1A840E315041592E5359532E4444463031A5088801015F2D027A68"
RECORD = "70165A0862284800000000005F24031512315F3401018E00"
LISTS = "70188C159F02069F03069F1A0295055F2A029A039C019F3704"
SESSION = (
    f"00A404000E315041592E5359532E444446303100\n{FILE_CONTROL}9000\n"
    f">00B2010C00\n<{RECORD}9000\n>00B2020C00\n<{LISTS}9000\n"
    "C-APDU: 80A8000002830000\nR-APDU: 800A7C0008010200100102009000\n"
    "80AE80001D000000010000000000000000015600000000000156110315000A1B2C3D\n"
    "77269F2701809F360200019F2608112233445566778895050000000000 9F100807010103A02000009000 # last"
)
APDUS = st.sampled_from([bytes.fromhex(each) for each in (FILE_CONTROL, RECORD, LISTS)])
HEX_LINES = (
    (st.binary(max_size=30) | mutations(APDUS)).map(bytes.hex)
    | st.sampled_from(SESSION.split("\n"))
    | st.text(max_size=12)
)
MARKED_LINES = st.builds(str.__add__, st.sampled_from(["", ">", "<"]), HEX_LINES)


@bounded(200)
@given(TAGS)
def test_every_tag_is_described(tag: int) -> None:
    """The dictionary says something of every tag in both languages, and of which it knows."""
    element = data_elements.describe(tag)
    assert element.tag == tag
    assert element.en
    assert element.zh
    assert data_elements.known(tag) is (tag in DATA_ELEMENTS)


@bounded(400)
@given(TAGS, st.binary(max_size=20) | sizes(32))
def test_every_value_says_something_or_nothing(tag: int, value: bytes) -> None:
    """No value of no tag breaks its table; every meaning has a place and both languages."""
    for meaning in bits.meanings(tag, value):
        assert meaning.where
        assert meaning.en
        assert meaning.zh


@pytest.mark.parametrize("tag", CODED, ids="{:X}".format)
def test_a_coded_value_of_every_length_says_something(tag: int) -> None:
    """A coded element never passes over a value in silence, whatever its length and bits."""
    for size in range(40):
        for filling in (b"\x00", b"\x07", b"\x7f", b"\xff"):
            assert bits.meanings(tag, filling * size)


@bounded(200)
@given(TAGS, st.binary(max_size=20))
def test_every_value_is_shown_as_long_as_it_is(tag: int, value: bytes) -> None:
    """Two digits a byte, masked or not: showing never shortens a value, and steers no terminal."""
    as_shown = shown(tag, value)
    assert len(as_shown.value) == 2 * len(value)
    assert as_shown.text.isprintable()


@bounded(100)
@given(st.binary(max_size=60) | mutations(APDUS))
def test_any_bytes_are_fields_inside_those_bytes(data: bytes) -> None:
    """Whatever the bytes are, fields come out that stand within them."""
    fields = annotate(data)
    assert fields
    for each in (inner for field in fields for inner in field.walk()):
        assert 0 <= each.offset <= len(data)
        assert each.name_en
    assert len(masked_hex(data)) == 2 * len(data)


def printed(fields: tuple[Annotated, ...]) -> int:
    return sum(len(tuple(field.walk())) for field in fields)


@bounded(60)
@given(st.lists(MARKED_LINES, max_size=6).map("\n".join) | text_mutations(st.just(SESSION)))
def test_any_input_is_decoded_line_by_line(text: str) -> None:
    """Each line is decoded or reported; lines and bytes are those of the input."""
    decoded = decode_input(text)
    lines = [line for line, _ in decoded.blocks] + [each.line for each in decoded.bad]
    assert lines
    assert len(lines) == len(set(lines))
    assert max(lines) <= text.count("\n") + 1
    assert all(0 <= each.byte <= len(text) for each in decoded.bad)
    assert sum(printed(fields) for _, fields in decoded.blocks) <= decoded.text.count("\n") + 1
    assert all(each.isprintable() or each == "\n" for each in decoded.text)


@bounded(100)
@given(st.binary(min_size=2, max_size=40))
def test_any_marked_response_is_decoded(data: bytes) -> None:
    """What is marked as a response is one, with data objects in it or without."""
    decoded = decode_input("<" + data.hex())
    assert not decoded.bad
    ((_, (field,)),) = decoded.blocks
    assert (field.label, field.value) == ("R-APDU", data[-2:].hex().upper())


def test_one_fault_anywhere_in_a_record_is_decoded_or_reported() -> None:
    """One fault, of every kind and at every place of a line, leaves the others as they were."""
    first, second, *_ = SESSION.split("\n")
    (good,) = decode_input(first).blocks
    for text in damaged_text(second):
        if "\n" not in text:
            decoded = decode_input(f"{first}\n{text}")
            assert decoded.blocks[0] == good


@bounded()
@given(st.text(PRINTABLE | st.characters(), max_size=40))
def test_any_text_is_decoded_or_reported(text: str) -> None:
    """Nothing but a report comes out of a text that is no hex."""
    for prefix in ("", ">", "<", "C-APDU:", "R-APDU:"):
        decoded = decode_input(prefix + text)
        assert decoded.blocks or decoded.bad
