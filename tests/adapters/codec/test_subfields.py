from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.codec import cups_codes, cups_subfields, pos_codes, pos_subfields
from adapters.codec.errors import LocalProtocolError, RemoteProtocolError
from adapters.codec.iso8583_dialect import Attribute
from adapters.codec.subfields import Layout, Subfield

ALL = {
    **{f"POS {number}": layout for number, layout in pos_subfields.LAYOUTS.items()},
    "upload": pos_subfields.UPLOAD_62,
    "failed upload": pos_subfields.FAILED_UPLOAD_62,
    "CUPS 60": cups_subfields.PRIVATE_60,
    "CUPS 90": cups_subfields.ORIGINAL_90,
}
SHORT = Layout(
    "DE0",
    (
        Subfield("0.1", "Code", "代码", 2),
        Subfield("0.2", "Text", "文字", 4, Attribute.ANS, open_end=True),
        Subfield("0.3", "Word", "字符", 2, Attribute.AN),
    ),
    least=1,
)


def kept_or_refused(layout: Layout, data: bytes) -> bool:
    """Whether bytes come out as they went in, or are refused at one of them."""
    try:
        return layout.join(layout.cut(data)).encode("gbk", "surrogateescape") == data
    except RemoteProtocolError as refused:
        return 0 <= refused.offset <= len(data)


@pytest.mark.parametrize("layout", ALL.values(), ids=ALL)
@given(data=st.binary(max_size=70))
def test_any_bytes_are_cut_without_loss_or_refused(layout: Layout, data: bytes) -> None:
    """Nothing but RemoteProtocolError comes out of what has no such parts; the rest joins again."""
    assert kept_or_refused(layout, data)
    assert kept_or_refused(layout, bytes(48 + byte % 10 for byte in data))


@given(st.text(max_size=12))
def test_any_text_is_cut_without_loss_or_refused(text: str) -> None:
    """A text that no wire could carry is refused as well, and nothing else comes out."""
    try:
        parts = SHORT.cut(text)
    except RemoteProtocolError:
        return
    again = SHORT.join(parts)
    assert again.encode("gbk", "surrogateescape") == text.encode("gbk", "surrogateescape")


CUT: dict[str, tuple[str | bytes, Mapping[str, str]]] = {
    "the least": ("12", {"0.1": "12"}),
    "an open end": ("12卡", {"0.1": "12", "0.2": "卡"}),
    "Chinese by bytes": ("12卡片AB", {"0.1": "12", "0.2": "卡片", "0.3": "AB"}),
    "bytes": (b"12\xbf\xa8", {"0.1": "12", "0.2": "卡"}),
    "a character cut by its part": (b"12abc\xbf", {"0.1": "12", "0.2": "abc\udcbf"}),
}


@pytest.mark.parametrize("field, parts", CUT.values(), ids=CUT)
def test_a_field_is_cut_by_the_bytes_of_its_parts(
    field: str | bytes, parts: Mapping[str, str]
) -> None:
    """Widths count bytes, and a field may end early where its layout says so."""
    assert SHORT.cut(field) == parts


REFUSED: dict[str, tuple[str, str, int]] = {
    "nothing": ("", "DE0: 0.1 is 2 digits short", 0),
    "half a part": ("1", "DE0: 0.1 is 1 digits short", 1),
    "a letter": ("1A", "DE0: 'A' is no digit", 1),
    "half a closed part": ("12abcdX", "DE0: 0.3 is 1 characters short", 7),
    "no character": ("12abcdX\x00", "DE0: '\\x00' is no character", 7),
    "too much": ("12abcdXYZ", "DE0: 1 characters follow 0.3", 8),
    "without a code": ("12\u0e01", "DE0: '\u0e01' is no character", 2),
}


@pytest.mark.parametrize("field, reason, offset", REFUSED.values(), ids=REFUSED)
def test_a_field_of_other_parts_is_refused(field: str, reason: str, offset: int) -> None:
    """What does not fit the parts is the other side's fault, with its place."""
    with pytest.raises(RemoteProtocolError) as refused:
        SHORT.cut(field)
    assert (refused.value.message, refused.value.offset) == (reason, offset)


UNSENDABLE: dict[str, tuple[Mapping[str, str], str, int]] = {
    "nothing": ({}, "DE0: 0.1 is '', not 2 digits", 0),
    "a letter": ({"0.1": "1A"}, "DE0: 0.1 is '1A', not 2 digits", 0),
    "a gap": ({"0.1": "12", "0.3": "AB"}, "DE0: 0.2 is '', not 4 characters", 2),
    "an open part that is not last": (
        {"0.1": "12", "0.2": "卡", "0.3": "AB"},
        "DE0: 0.2 is '卡', not 4 characters",
        2,
    ),
    "a long part": ({"0.1": "12", "0.2": "卡片一"}, "DE0: 0.2 is '卡片一', not 4 characters", 2),
    "without a code": ({"0.1": "12", "0.2": "\u0e01"}, "DE0: 0.2 is '\u0e01', not 4 characters", 2),
    "one part too many": (
        {"0.1": "12", "0.2": "卡片", "0.3": "AB", "0.4": "X"},
        "DE0: a sub-field that is not known",
        8,
    ),
}


@pytest.mark.parametrize("parts, reason, offset", UNSENDABLE.values(), ids=UNSENDABLE)
def test_parts_that_do_not_fit_are_our_fault(
    parts: Mapping[str, str], reason: str, offset: int
) -> None:
    """What would shift the parts behind it is refused before it is sent."""
    with pytest.raises(LocalProtocolError) as refused:
        SHORT.join(parts)
    assert (refused.value.message, refused.value.offset) == (reason, offset)


def test_a_layout_names_its_parts_in_both_languages() -> None:
    """Reports can name each part, each number stands once, and only the last parts are open."""
    for layout in ALL.values():
        assert all(each.name.isascii() and not each.name_zh.isascii() for each in layout.parts)
        assert len({each.number for each in layout.parts}) == len(layout.parts) >= layout.least
        open_ends = [each.open_end for each in layout.parts]
        assert open_ends == sorted(open_ends)


CODES = {"POS": pos_codes.CODES, "CUPS": cups_codes.CODES}
PARTS = {
    "POS": [part for layout in pos_subfields.LAYOUTS.values() for part in layout.parts],
    "CUPS": [part for layout in cups_subfields.LAYOUTS.values() for part in layout.parts],
}


@pytest.mark.parametrize("leg", CODES)
def test_a_code_is_as_wide_as_its_part_and_told_in_both_languages(leg: str) -> None:
    """No code of a table could fail to stand where the table is for."""
    widths = {part.number: part.width for part in PARTS[leg]}
    widths |= {"DE25": 2, "DE39": 2, "DE70": 3}
    for label, codes in CODES[leg].items():
        assert {len(code) for code in codes} == {widths[label]}
        for english, chinese in codes.values():
            assert english.isascii()
            assert chinese
