import re
import unicodedata
from collections import Counter

import pytest

from adapters.codec.data_elements import (
    _ROWS,
    CARD_TEMPLATES,
    DATA_ELEMENTS,
    PARAMETERS,
    DataElement,
    describe,
    fits,
    known,
)

# The contact tag list: 178 tags.
CONTACT = """
    42 4F 50 57 5A 61 6F 70 71 72 73 77 80 81 82 83 84 86 87 88 89 8A 8C 8D 8E 8F 90 91 92
    93 94 95 97 98 99 9A 9B 9C 9D A5 5F20 5F24 5F25 5F28 5F2A 5F2D 5F30 5F34 5F36 5F50 5F53
    5F54 5F55 5F56 5F57 9F01 9F02 9F03 9F04 9F05 9F06 9F07 9F08 9F09 9F0B 9F0D 9F0E 9F0F
    9F10 9F11 9F12 9F13 9F14 9F15 9F16 9F17 9F18 9F1A 9F1B 9F1C 9F1D 9F1E 9F1F 9F20 9F21
    9F22 9F23 9F26 9F27 9F2D 9F2E 9F2F 9F32 9F33 9F34 9F35 9F36 9F37 9F38 9F39 9F3A 9F3B
    9F3C 9F3D 9F40 9F41 9F42 9F43 9F44 9F45 9F46 9F47 9F48 9F49 9F4A 9F4B 9F4C 9F4D 9F4E
    9F4F 9F51 9F52 9F53 9F54 9F56 9F57 9F58 9F59 9F5A 9F5B 9F5C 9F5D 9F61 9F62 9F63 9F66
    9F67 9F68 9F69 9F6B 9F6C 9F6D 9F72 9F73 9F74 9F75 9F76 9F77 9F78 9F79 9F7A 9F7B 9F7F
    BF0C DF01 DF02 DF03 DF04 DF05 DF06 DF07 DF11 DF12 DF13 DF14 DF15 DF16 DF17 DF18 DF19
    DF20 DF21 DF31 DF4D DF4F DF69 DF71 DF79
"""
# What only the contactless list has: nine more.
CONTACTLESS = "9F55 DF60 DF61 DF62 DF63 DF72 DF76 DF77 DF78"
TAGS_OF_BOTH_LISTS = 187


def test_the_dictionary_holds_every_tag_of_both_lists() -> None:
    """Every tag of the contact and of the contactless list is there, once, and no other."""
    tags = {int(tag, 16) for tag in f"{CONTACT} {CONTACTLESS}".split()}
    assert set(DATA_ELEMENTS) == tags
    assert len(_ROWS) == len(tags) == TAGS_OF_BOTH_LISTS


def test_every_element_has_both_names() -> None:
    """An English name is ASCII and a Chinese one holds Chinese characters."""
    for element in DATA_ELEMENTS.values():
        assert element.en.isascii()
        assert element.en
        assert any(unicodedata.east_asian_width(each) == "W" for each in element.zh), element


def test_names_are_unique() -> None:
    """No two tags are called the same, so that a report cannot mix them up."""
    for language in ("en", "zh"):
        names = [getattr(element, language) for element in DATA_ELEMENTS.values()]
        assert not {name for name in names if names.count(name) > 1}


def test_an_unknown_tag_is_described_as_unknown() -> None:
    """A tag outside the dictionary keeps its number and is called unknown in both languages."""
    assert describe(0x9F7E) == DataElement(0x9F7E, "unknown", "未知", "b", "var", "unknown")
    assert not known(0x9F7E)


def test_a_tag_is_described_in_the_standards_words() -> None:
    """Name, format, length and source are those of the standard's list."""
    assert describe(0x9F02) == DataElement(
        0x9F02, "Amount, authorised (numeric)", "授权金额", "n12", "6", "terminal"
    )


# Totals over the two lists: 178 contact tags by the source they name, and nine contactless ones
# that come from the card but for DF60.
SOURCES = {"ICC": 110 + 8, "terminal": 61 + 1, "issuer": 6, "issuer or terminal": 1}


def test_sources_are_those_of_the_lists() -> None:
    """As many elements come from card, terminal and issuer as the lists count."""
    assert Counter(each.source for each in DATA_ELEMENTS.values()) == SOURCES


def test_every_format_and_length_is_written_as_the_lists_write_them() -> None:
    """No entry has a format or a length that a reader of the standard would not know."""
    formats = re.compile(r"(a|an|ans|n|cn|b)(<=)?[0-9]*(-[0-9]+)?")
    lengths = re.compile(r"var|N_[A-Z0-9_+-]+|\d+n?|\d+-\d+|\d+ or \d+|(\d+n)?<=\d+")
    for element in DATA_ELEMENTS.values():
        assert formats.fullmatch(element.format), element
        assert lengths.fullmatch(element.length), element


@pytest.mark.parametrize(
    "tag, format_, length",
    [
        (0x5A, "cn<=19", "<=10"),
        (0x92, "b", "N_I-N_CA+36"),
        (0x94, "b", "4n<=252"),
        (0x9F41, "n4-8", "2-4"),
        (0x9F48, "b", "N_IC-N_I+42"),
        (0x9F73, "n8", "4"),
        # The contact list says an6, the contactless one a6: digits follow the letters ECC.
        (0x9F74, "an6", "6"),
        (0xDF31, "b", "5n"),
        (0xDF71, "n3", "2"),
        (0xDF72, "n12", "6"),
    ],
)
def test_formats_and_lengths_are_those_of_the_lists(tag: int, format_: str, length: str) -> None:
    """Decisive entries stand as the contact and the contactless list have them."""
    assert (describe(tag).format, describe(tag).length) == (format_, length)


@pytest.mark.parametrize(
    "tag, allowed, refused",
    [
        (0x95, (5,), (0, 4, 6)),
        (0x4F, (5, 16), (4, 17)),
        (0x9F32, (1, 3), (0, 2, 4)),
        (0x57, (0, 19), (20,)),
        (0x94, (4, 252), (0, 3, 5, 256)),
        (0xDF31, (5, 10, 20), (0, 4, 21)),
        (0x90, (0, 96, 248), ()),
    ],
)
def test_a_length_is_judged_as_it_is_written(
    tag: int, allowed: tuple[int, ...], refused: tuple[int, ...]
) -> None:
    """Fixed lengths, ranges, choices, limits and multiples hold; a key's length judges nothing."""
    assert all(fits(describe(tag), size) for size in allowed)
    assert not any(fits(describe(tag), size) for size in refused)


def test_a_parameter_within_a_card_is_the_issuers_own() -> None:
    """DF11 is a terminal action code in a parameter file, and private in a card's templates."""
    assert describe(0xDF11).en.startswith("Terminal action code")
    for tag in PARAMETERS:
        assert describe(tag).source == "terminal"
        for template in CARD_TEMPLATES:
            assert describe(tag, template) == DataElement(
                tag, "private to the issuer", "发卡行专用数据", "b", "var", "ICC"
            )
    assert describe(0xDF4D, 0xBF0C) == describe(0xDF4D)


def test_9f5a_means_two_things() -> None:
    """It is the issuer's second URL in a directory, and another scheme's programme in a record."""
    assert describe(0x9F5A, 0x73).en == describe(0x9F5A).en == "Issuer URL 2"
    assert describe(0x9F5A, 0x70).en == "Programme identifier (other schemes)"
