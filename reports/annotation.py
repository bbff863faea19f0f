"""What `decode` shows of a text: every line of hex, record and log decoded, bad lines named."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from adapters.codec import apdu, apdu_log, ber_tlv
from adapters.codec.apdu_log import Line, LogRefused, Piece
from adapters.codec.errors import RemoteProtocolError
from reports.annotated import (
    DOLS,
    GPO,
    INTERNAL_AUTHENTICATE,
    annotate_command,
    annotate_response,
    annotate_tlv,
)
from reports.annotated_field import Annotated
from reports.annotated_reset import annotate_atr
from reports.command_names import GENERATE_AC
from reports.field_text import Languages, as_text
from reports.recognition import Context, annotate, begins_a_command, recognised
from reports.refusal_text import chinese

__all__ = [
    "Annotated",
    "Bad",
    "Conversation",
    "Decoded",
    "Languages",
    "annotate",
    "annotate_atr",
    "annotate_command",
    "annotate_response",
    "annotate_tlv",
    "as_text",
    "decode_input",
]

Fields = tuple[Annotated, ...]
Block = tuple[int, Fields]
MAX_DECODE_CHARACTERS = 200_000
SELECT, GET_RESPONSE = 0xA4, 0xC0
WRONG_LENGTH_6C = 0x6C
# The list that the data of a command answers.
LISTS = {GPO: 0x9F38, INTERNAL_AUTHENTICATE: 0x9F49}
# EMV 4.1 Book 3, Annex A: no record holds a longer one. Without an end, a file of one long list
# and many commands would be read over and over.
LONGEST_LIST = 252
LINE: dict[Languages, str] = {"zh": "第{}行", "en": "line {}", "zh+en": "第{0}行 / line {0}"}
ATR = "ATR:"
# How lists of ATRs are published: hex in quotes, and words about the card.
QUOTED = re.compile(r'\{\s*"(?P<hex>[0-9A-Fa-f]+)"\s*,')
# Lists of keys are: a name and its value, several a line.
NAMED = re.compile(r"\b([A-Za-z_]\w*)=")


class Conversation:
    """Commands and responses in order: an earlier one tells how to read a later one."""

    def __init__(self) -> None:
        self._command = b""
        self._sent = b""
        self._answered = False
        self._lists: dict[int, bytes] = {}
        self._generated = 0

    def annotate(self, data: bytes) -> Fields:
        """Whatever the bytes are; RemoteProtocolError where they are nothing known."""
        wanted = self._wanted(data[1]) if begins_a_command(data) else b""
        context = Context(wanted, self._command, awaiting=bool(self._sent))
        try:
            fields = recognised(data, context)
        except RemoteProtocolError:
            if not self._answered:
                raise
            # Between responses stand commands, known by name or not.
            fields = (annotate_command(data, b""),)
        self._remember(data, fields)
        return fields

    def reset(self, data: bytes) -> Fields:
        """Bytes that are known to be an answer to reset."""
        fields = (annotate_atr(data),)
        self._remember(data, fields)
        return fields

    def command(self, data: bytes) -> Fields:
        """Bytes that are known to be a command."""
        wanted = self._wanted(data[1]) if len(data) > 1 else b""
        fields = (annotate_command(data, wanted),)
        self._remember(data, fields)
        return fields

    def response(self, data: bytes) -> Fields:
        """Bytes that are known to be a response."""
        fields = (annotate_response(data, self._command),)
        self._remember(data, fields)
        return fields

    def _wanted(self, ins: int) -> bytes:
        if ins == GENERATE_AC:
            return self._lists.get(0x8D if self._generated else 0x8C, b"")
        return self._lists.get(LISTS[ins], b"") if ins in LISTS else b""

    def _remember(self, data: bytes, fields: Fields) -> None:
        if fields[0].label == "C-APDU":
            self._remember_command(data)
        elif fields[0].label == "R-APDU":
            self._remember_response(data)
        else:
            self._sent, self._answered = b"", False

    def _remember_command(self, data: bytes) -> None:
        self._sent, self._answered = data, False
        # What GET RESPONSE fetches answers the command before it.
        if data[1] != GET_RESPONSE:
            self._command = data
        if data[1] == SELECT:
            self._lists, self._generated = {}, 0

    def _remember_response(self, data: bytes) -> None:
        # After 6Cxx the same command is sent again.
        generated = self._sent[1:2] == bytes((GENERATE_AC,)) and data[-2] != WRONG_LENGTH_6C
        self._generated += generated
        self._lists |= _lists_in(data[: -apdu.STATUS])
        self._sent, self._answered = b"", True


def _lists_in(data: bytes) -> dict[int, bytes]:
    try:
        objects = ber_tlv.walk(ber_tlv.decode(data))
    except RemoteProtocolError:
        return {}
    lists = (each for each in objects if each.tag in DOLS and len(each.value) <= LONGEST_LIST)
    return {each.tag: each.value for each in lists}


@dataclass(frozen=True, slots=True)
class Bad:
    """A line that could not be decoded: its number from 1, the byte from 0, and why."""

    line: int
    byte: int
    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class Decoded:
    """What `decode` shows: the fields of each good line, the bad lines, and all as one text."""

    blocks: tuple[Block, ...]
    bad: tuple[Bad, ...]
    text: str


def decode_input(
    text: str, lang: Languages = "zh+en"
) -> Decoded:
    """Every line of hex decoded, or every APDU of a tool's log; what is bad, in its place."""
    found, beyond = _lines(text)
    results = (*_results(found, Conversation()), *beyond)
    return Decoded(
        tuple(each for each in results if not isinstance(each, Bad)),
        tuple(each for each in results if isinstance(each, Bad)),
        "\n".join(_written(each, lang) for each in results),
    )


def _lines(text: str) -> tuple[list[Line], tuple[Bad, ...]]:
    """The lines to decode, and what is wrong with the input as a whole."""
    found: list[Line] = []
    try:
        found.extend(apdu_log.lines(text))
    except LogRefused as refused:
        return found, (_bad(refused.line, refused),)
    if found:
        return found, ()
    nothing = "nothing to decode: write hex, two digits a byte / 没有可解码的内容，请写十六进制"
    return found, (_bad(1, LogRefused(1, nothing)),)


def _results(found: list[Line], conversation: Conversation) -> Iterator[Block | Bad]:
    traces = apdu_log.tool_of(found)
    pieces = apdu_log.pieces(found, traces[0]) if traces else iter(found)
    for each in pieces:
        if isinstance(each, LogRefused):
            yield _bad(each.line, each)
            continue
        number = each.line if isinstance(each, Piece) else each.number
        try:
            yield number, _decoded(each, conversation)
        except (LogRefused, RemoteProtocolError) as refused:
            yield _bad(number, refused)


def _decoded(each: Line | Piece, conversation: Conversation) -> Fields:
    if isinstance(each, Piece):
        if each.is_command:
            return conversation.command(each.data)
        return conversation.response(each.data)
    if quoted := QUOTED.match(each.text):
        return conversation.annotate(apdu_log.hex_bytes(each, quoted["hex"]))
    if names := NAMED.findall(each.text):
        raise LogRefused(
            each.number,
            f"values with names ({', '.join(names)}): decode the hex of one value alone"
            " / 带名称的值，请只解码其中一个值的十六进制",
        )
    for prefix, read in (*_prefixes(conversation), (ATR, conversation.reset)):
        if prefix and apdu_log.begins(each.text, prefix):
            return read(_bytes(each, prefix))
    return conversation.annotate(_bytes(each, ""))


def _prefixes(conversation: Conversation) -> Iterator[tuple[str, Callable[[bytes], Fields]]]:
    for form in apdu_log.FORMS:
        yield form.command, conversation.command
        yield form.response, conversation.response


def _bytes(line: Line, prefix: str) -> bytes:
    return apdu_log.hex_bytes(line, line.text[len(prefix) :], MAX_DECODE_CHARACTERS)


def _bad(number: int, refused: LogRefused | RemoteProtocolError) -> Bad:
    if isinstance(refused, LogRefused):
        # Its messages have both languages.
        en, _, zh = refused.message.rpartition(" / ")
        return Bad(refused.line, refused.byte, en, zh)
    return Bad(number, refused.offset, refused.message, chinese(refused.message))


def _written(each: Block | Bad, lang: Languages) -> str:
    if not isinstance(each, Bad):
        number, fields = each
        return f"{LINE[lang].format(number)}\n{as_text(fields, lang)}"
    heading = LINE[lang].format(each.line)
    if lang == "zh":
        return f"{heading}：字节{each.byte}：{each.zh}"
    reason = each.en if lang == "en" else f"{each.en} / {each.zh}"
    return f"{heading}: byte {each.byte}: {reason}"
