"""Recorded APDU exchanges as text: one APDU a line in hex, or the log of another tool.

Blank lines and what follows a `#` are no part of the record; blanks may stand between hex digits.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from adapters.codec.apdu import HEADER, STATUS
from adapters.codec.apdu_log_forms import Layout, Mark, Trace, trace_of

MAX_LINES = 100_000
MAX_LINE_CHARACTERS = 4_096
COMMENT = "#"
BLANK = re.compile(r"[ \t]+")
HEX = re.compile(r"[0-9A-Fa-f]*")
HEX_LINE = re.compile(r"[0-9A-Fa-f \t]+")
DUMP_ROW = 16
MAX_DUMP = 65_544
MAX_COUNT_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Exchange:
    """A command with its response; `line` is that of the command, counted from 1."""

    line: int
    command: bytes
    response: bytes


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write a record: what stands before a command and before a response."""

    name: str
    command: str
    response: str


# Tried in order on the first line; the last one takes whatever has no prefix.
FORMS = (
    Form("arrows", ">", "<"),
    Form("labels", "C-APDU:", "R-APDU:"),
    Form("plain", "", ""),
)


class LogRefused(Exception):
    """A line that cannot be read: its number from 1, the byte within it, and what to write."""

    def __init__(self, line: int, message: str, byte: int = 0) -> None:
        super().__init__(f"line {line}: {message}")
        self.line = line
        self.message = message
        self.byte = byte


@dataclass(frozen=True, slots=True)
class Line:
    """One line that says something: its number from 1 and its text without comment."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Piece:
    """An APDU out of the log of a tool; `line` is that of its mark, counted from 1."""

    line: int
    is_command: bool
    data: bytes


@dataclass(frozen=True, slots=True)
class _Apdu:
    line: int
    data: bytes


def read(text: str) -> tuple[Exchange, ...]:
    """The exchanges of a record; LogRefused at the first line that cannot be read, or if empty."""
    found = tuple(lines(text))
    if not found:
        raise LogRefused(1, "no APDU in it: write a command and its response in hex / 没有APDU记录")
    traces = tool_of(found)
    apdus = _traced(found, traces[0]) if traces else _listed(found)
    exchanges = []
    for command in apdus:
        if len(command.data) < HEADER:
            raise LogRefused(
                command.line,
                f"a command of {len(command.data)} bytes: write CLA INS P1 P2 at least"
                " / 命令不足4字节",
            )
        response = next(apdus, _Apdu(0, b""))
        if not response.line:
            raise LogRefused(
                command.line,
                "a command without response: write the response, at least its status word,"
                " on the next line / 命令后缺少响应",
            )
        if len(response.data) < STATUS:
            raise LogRefused(
                response.line,
                f"a response of {len(response.data)} bytes: it ends with a status word of two"
                " bytes, as 9000 / 响应不足2字节，缺状态字",
            )
        exchanges.append(Exchange(command.line, command.data, response.data))
    return tuple(exchanges)


def lines(text: str) -> Iterator[Line]:
    """The lines that are neither blank nor comment; LogRefused beyond MAX_LINES."""
    for number, whole in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        if number > MAX_LINES:
            raise LogRefused(number, f"more than {MAX_LINES} lines: cut the record / 行数超限")
        said = whole.split(COMMENT, 1)[0].strip()
        if said:
            yield Line(number, said)


def tool_of(found: Sequence[Line]) -> tuple[Trace, ...]:
    """The tool whose log these lines are, alone; () if they are a record of one of our FORMS."""
    if not found or _is_line_form(found[0].text):
        return ()
    return trace_of(line.text for line in found)


def pieces(found: Sequence[Line], trace: Trace) -> Iterator[Piece | LogRefused]:
    """What the log of a tool holds, in its order; where an APDU cannot be read, why."""
    for at, line in enumerate(found):
        for is_command, mark in ((True, trace.command), (False, trace.response)):
            match = mark.searched.search(line.text)
            if not match:
                continue
            dumped = trace.layout is Layout.DUMP
            try:
                data = _dumped(found, at, match) if dumped else _marked(line, match, mark)
            except LogRefused as refused:
                yield refused
            else:
                yield Piece(line.number, is_command, data)
            break


def form_of(first: str) -> Form:
    """The form a record has, told by its first line."""
    return next(form for form in FORMS if begins(first, form.command))


def hex_bytes(line: Line, text: str, longest: int = MAX_LINE_CHARACTERS) -> bytes:
    """The bytes of a line's hex text, blanks allowed; LogRefused says at which byte it is none."""
    if len(text) > longest:
        raise LogRefused(line.number, f"longer than {longest} characters: cut the line / 行过长")
    digits = BLANK.sub("", text)
    good = HEX.match(digits)
    end = good.end() if good else 0
    if end < len(digits):
        raise LogRefused(
            line.number,
            f"{digits[end]!a} is no hex digit: write 0 to 9 and A to F, two a byte"
            " / 非十六进制字符",
            end // 2,
        )
    if len(digits) % 2:
        raise LogRefused(
            line.number,
            f"an odd number of hex digits ({len(digits)}): write two a byte / 十六进制位数为奇数",
            len(digits) // 2,
        )
    return bytes.fromhex(digits)


def begins(text: str, prefix: str) -> bool:
    """Whether the text begins with the prefix of a form, in whatever case."""
    return text[: len(prefix)].upper() == prefix


def _apdu(line: Line, prefix: str, what: str, zh: str) -> bytes:
    if not begins(line.text, prefix):
        raise LogRefused(
            line.number,
            f"a {what} is expected here: write {prefix} and its hex / 此处应为{zh}",
        )
    return hex_bytes(line, line.text[len(prefix) :])


def _is_line_form(first: str) -> bool:
    return bool(form_of(first).command or HEX_LINE.fullmatch(first))


def _listed(found: tuple[Line, ...]) -> Iterator[_Apdu]:
    form = form_of(found[0].text)
    for at, line in enumerate(found):
        prefix, *what = (
            (form.response, "response", "响应") if at % 2 else (form.command, "command", "命令")
        )
        yield _Apdu(line.number, _apdu(line, prefix, *what))


def _traced(found: tuple[Line, ...], trace: Trace) -> Iterator[_Apdu]:
    command = ("command", "命令", trace.command)
    response = ("response", "响应", trace.response)
    due_is_command = True
    for piece in pieces(found, trace):
        if isinstance(piece, LogRefused):
            raise piece
        if piece.is_command is not due_is_command:
            what, zh, mark = command if due_is_command else response
            raise LogRefused(
                piece.line,
                f"a {what} is expected here: write {mark.written} and its hex / 此处应为{zh}",
            )
        yield _Apdu(piece.line, piece.data)
        due_is_command = not due_is_command


def _marked(line: Line, match: re.Match[str], mark: Mark) -> bytes:
    data = hex_bytes(line, match["hex"])
    least = _count(line, match) + mark.beside if match["count"] else 0
    if len(data) < least:
        raise LogRefused(
            line.number,
            f"{len(data)} bytes where the line counts {least}: write the whole APDU on this line"
            " / 字节数少于所标长度",
            len(data),
        )
    return data


def _dumped(found: Sequence[Line], at: int, match: re.Match[str]) -> bytes:
    length = _count(found[at], match)
    if length > MAX_DUMP:
        number = found[at].number
        raise LogRefused(number, f"more than {MAX_DUMP} bytes: no APDU has them / 长度超限")
    data = bytearray()
    while len(data) < length:
        at += 1
        row = found[at] if at < len(found) else Line(found[-1].number, "")
        # The characters of the bytes stand behind them in each row.
        count = min(DUMP_ROW, length - len(data))
        end = len(data) + count
        pairs = row.text.split()[:count]
        data += hex_bytes(row, " ".join(pairs))
        if len(pairs) < count or len(data) != end:
            raise LogRefused(
                row.number,
                f"{len(data)} bytes of {length}: keep the dump whole, {DUMP_ROW} bytes a row"
                " / 转储不完整",
                len(data),
            )
    return bytes(data)


def _count(line: Line, match: re.Match[str]) -> int:
    """A number of bytes as a line tells it, maybe with zeros before it."""
    if len(match["count"]) > MAX_COUNT_DIGITS:
        message = f"a count of {len(match['count'])} digits: no APDU has so many bytes / 长度超限"
        raise LogRefused(line.number, message)
    return int(match["count"])
