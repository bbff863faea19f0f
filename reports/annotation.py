"""The decoded view of bytes for viewer, printed report and `decode`: fields, and their text."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from adapters.codec import apdu_log, ber_tlv
from adapters.codec.apdu_log import Line, LogRefused
from adapters.codec.bits import Meaning
from adapters.codec.errors import RemoteProtocolError
from reports.annotated import (
    DOLS,
    GENERATE_AC,
    GPO,
    INTERNAL_AUTHENTICATE,
    Annotated,
    annotate,
    annotate_command,
    annotate_response,
    annotate_tlv,
    begins_a_command,
    recognised,
)

__all__ = [
    "Annotated",
    "Bad",
    "Conversation",
    "Decoded",
    "annotate",
    "annotate_command",
    "annotate_response",
    "annotate_tlv",
    "as_text",
    "decode_input",
]

Languages = Literal["zh", "en", "zh+en"]
Block = tuple[int, tuple[Annotated, ...]]
MAX_DECODE_CHARACTERS = 200_000
SELECT = 0xA4
# The list that the data of a command answers.
LISTS = {GPO: 0x9F38, INTERNAL_AUTHENTICATE: 0x9F49}
INDENT = "  "
WIDEST_NAME = 72
LINE: dict[Languages, str] = {"zh": "第{}行", "en": "line {}", "zh+en": "第{0}行 / line {0}"}
WHERE_ZH = (
    ("byte", "字节"),
    ("bits", "位"),
    ("bit", "位"),
    ("rule", "规则"),
    ("entry", "条目"),
    ("script", "脚本"),
    ("value", "值"),
)


class Conversation:
    """Commands and responses in order: an earlier one tells how to read a later one."""

    def __init__(self) -> None:
        self._command = b""
        self._lists: dict[int, bytes] = {}
        self._generated = 0

    def annotate(self, data: bytes) -> tuple[Annotated, ...]:
        """Whatever the bytes are; RemoteProtocolError where they are neither of the three."""
        is_command = begins_a_command(data)
        wanted = self._wanted(data[1]) if is_command else b""
        fields = recognised(data, wanted, self._command)
        self._remember(data, fields)
        return fields

    def command(self, data: bytes) -> tuple[Annotated, ...]:
        """Bytes that are known to be a command."""
        wanted = self._wanted(data[1]) if len(data) > 1 else b""
        fields = (annotate_command(data, wanted),)
        self._remember(data, fields)
        return fields

    def response(self, data: bytes) -> tuple[Annotated, ...]:
        """Bytes that are known to be a response."""
        fields = (annotate_response(data, self._command),)
        self._remember(data, fields)
        return fields

    def _wanted(self, ins: int) -> bytes:
        if ins == GENERATE_AC:
            return self._lists.get(0x8D if self._generated else 0x8C, b"")
        return self._lists.get(LISTS[ins], b"") if ins in LISTS else b""

    def _remember(self, data: bytes, fields: tuple[Annotated, ...]) -> None:
        if fields[0].label == "C-APDU":
            self._command = data
            self._generated += data[1] == GENERATE_AC
            if data[1] == SELECT:
                self._lists, self._generated = {}, 0
        elif fields[0].label == "R-APDU":
            self._lists |= _lists_in(data[:-2])


def _lists_in(data: bytes) -> dict[int, bytes]:
    try:
        objects = ber_tlv.walk(ber_tlv.decode(data))
    except RemoteProtocolError:
        return {}
    return {each.tag: each.value for each in objects if each.tag in DOLS}


@dataclass(frozen=True, slots=True)
class Bad:
    """A line that could not be decoded: its number from 1, the byte from 0, and why."""

    line: int
    byte: int
    reason: str


@dataclass(frozen=True, slots=True)
class Decoded:
    """What `decode` shows: the fields of each good line, the bad lines, and all as one text."""

    blocks: tuple[tuple[int, tuple[Annotated, ...]], ...]
    bad: tuple[Bad, ...]
    text: str


def decode_input(
    text: str, lang: Languages = "zh+en"
) -> Decoded:
    """Every line of hex decoded; a bad one is reported in its place and the others still shown."""
    conversation = Conversation()
    found, beyond = _lines(text)
    blocks: list[Block] = []
    bad: list[Bad] = []
    written = []
    for line in found:
        heading = LINE[lang].format(line.number)
        try:
            fields = _decoded(line, conversation)
        except (LogRefused, RemoteProtocolError) as refused:
            bad.append(_bad(line.number, refused))
            written.append(_complaint(bad[-1], lang))
        else:
            blocks.append((line.number, fields))
            written.append(f"{heading}\n{as_text(fields, lang)}")
    written += [_complaint(each, lang) for each in beyond]
    return Decoded(tuple(blocks), (*bad, *beyond), "\n".join(written))


def _lines(text: str) -> tuple[list[Line], tuple[Bad, ...]]:
    """The lines to decode, and what is wrong with the input as a whole."""
    found: list[Line] = []
    try:
        found.extend(apdu_log.lines(text))
    except LogRefused as refused:
        return found, (_bad(refused.line, refused),)
    if found:
        return found, ()
    return found, (Bad(1, 0, "nothing to decode: write hex, two digits a byte / 没有可解码的内容"),)


def _decoded(line: Line, conversation: Conversation) -> tuple[Annotated, ...]:
    for form in apdu_log.FORMS:
        for prefix, read in (
            (form.command, conversation.command),
            (form.response, conversation.response),
        ):
            if prefix and apdu_log.begins(line.text, prefix):
                return read(_bytes(line, prefix))
    return conversation.annotate(_bytes(line, ""))


def _bytes(line: Line, prefix: str) -> bytes:
    return apdu_log.hex_bytes(line, line.text[len(prefix) :], MAX_DECODE_CHARACTERS)


def _bad(number: int, refused: LogRefused | RemoteProtocolError) -> Bad:
    byte = refused.byte if isinstance(refused, LogRefused) else refused.offset
    return Bad(number, byte, refused.message)


def _complaint(bad: Bad, lang: Languages) -> str:
    return f"{LINE[lang].format(bad.line)}: byte {bad.byte}: {bad.reason}"


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
        yield f"{' ' * columns[0]}{INDENT * 2}{padded}{INDENT}{_both(each.en, each.zh, lang)}"


def _name(field: Annotated, lang: Languages) -> str:
    return _both(field.name_en, field.name_zh, lang)


def _both(en: str, zh: str, lang: Languages) -> str:
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
