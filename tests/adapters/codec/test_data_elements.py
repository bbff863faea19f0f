import unicodedata

from adapters.codec.data_elements import _ROWS, DATA_ELEMENTS, DataElement, describe, known

# 178 tags of the contact tag list, and nine that only the contactless one has:
# 9F55, DF60 to DF63, DF72, DF76 to DF78.
TAGS_OF_BOTH_LISTS = 187


def test_the_dictionary_holds_every_tag_of_both_lists() -> None:
    """Every tag of the contact and of the contactless list is there, once."""
    assert len(DATA_ELEMENTS) == len(_ROWS) == TAGS_OF_BOTH_LISTS


def test_every_element_has_both_names() -> None:
    """An English name is ASCII; a Chinese one says something in Chinese, but for bare acronyms."""
    for element in DATA_ELEMENTS.values():
        assert element.en.isascii()
        assert element.en
        assert any(unicodedata.east_asian_width(each) == "W" for each in element.zh), element


def test_names_are_unique() -> None:
    """No two tags are called the same, so that a report cannot mix them up."""
    for language in ("en", "zh"):
        names = [getattr(element, language) for element in DATA_ELEMENTS.values()]
        twice = {name for name in names if names.count(name) > 1}
        assert twice <= SAME_BY_CONTEXT


# The standard itself calls these pairs the same in Chinese.
SAME_BY_CONTEXT = {"CA公钥索引"}


def test_an_unknown_tag_is_described_as_unknown() -> None:
    """A tag outside the dictionary keeps its number and is called unknown in both languages."""
    assert describe(0x9F7E) == DataElement(0x9F7E, "unknown", "未知", "b", "var", "unknown")
    assert not known(0x9F7E)


def test_a_tag_is_described_in_the_standards_words() -> None:
    """Name, format, length and source are those of the standard's list."""
    assert describe(0x9F02) == DataElement(
        0x9F02, "Amount, authorised (numeric)", "授权金额", "n12", "6", "terminal"
    )
