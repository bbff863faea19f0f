"""Decoded fields as text for a terminal: a line each, and a line for each bit that is set."""

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Literal

from adapters.codec.bits import Meaning
from reports.annotated_field import Annotated

Languages = Literal["zh", "en", "zh+en"]
INDENT = "  "
WIDEST_NAME = 72
WHERE_ZH = (
    ("byte", "字节"),
    ("bits", "位"),
    ("bit", "位"),
    ("rule", "规则"),
    ("entry", "条目"),
    ("script", "脚本"),
    ("value", "值"),
)


def as_text(fields: Sequence[Annotated], lang: Languages = "zh+en") -> str:
    """The fields for a terminal: a line each, indented and aligned, and a line for each set bit."""
    rows = [(depth, each) for field in fields for depth, each in _levels(field, 0)]
    label = max((2 * depth + len(each.label) for depth, each in rows), default=0)
    widths = [_width(_name(each, lang)) for _, each in rows]
    name = min(max(widths, default=0), WIDEST_NAME)
    return "\n".join(
        line for depth, each in rows for line in _field_lines(depth, each, (label, name), lang)
    )


def _levels(field: Annotated, depth: int) -> Iterator[tuple[int, Annotated]]:
    yield depth, field
    for child in field.children:
        yield from _levels(child, depth + 1)


def _field_lines(
    depth: int, field: Annotated, columns: tuple[int, int], lang: Languages
) -> Iterator[str]:
    label = f"{INDENT * depth}{field.label}".ljust(columns[0])
    name = _name(field, lang)
    gap = " " * max(columns[1] - _width(name), 0)
    yield INDENT.join((label, name + gap, field.value, field.text)).rstrip()
    said = [each for each in field.meanings if each.set]
    where = max((_width(_where(each, lang)) for each in said), default=0)
    for each in said:
        place = _where(each, lang)
        padded = place + " " * (where - _width(place))
        yield f"{' ' * columns[0]}{INDENT * 2}{padded}{INDENT}{both(each.en, each.zh, lang)}"


def _name(field: Annotated, lang: Languages) -> str:
    return both(field.name_en, field.name_zh, lang)


def both(en: str, zh: str, lang: Languages) -> str:
    """Words in the languages asked for; once where they are the same in both."""
    if lang == "en" or en == zh:
        return en
    return zh if lang == "zh" else f"{zh} / {en}"


def _where(meaning: Meaning, lang: Languages) -> str:
    if lang != "zh":
        return meaning.where
    said = meaning.where
    for en, zh in WHERE_ZH:
        said = said.replace(en, zh)
    return said


def _width(text: str) -> int:
    """Columns on a terminal: Chinese characters take two."""
    return sum(1 + (unicodedata.east_asian_width(each) in "WF") for each in text)
