"""Fields that are made of parts of fixed width, as tables: what each part is, and where it ends.

Decoding raises RemoteProtocolError, encoding LocalProtocolError; offsets count digits, or bytes of
text, from the start of the field.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from adapters.codec.errors import LocalProtocolError, RemoteProtocolError
from adapters.codec.iso8583_dialect import Attribute

TEXT = ("gbk", "surrogateescape")
FOREIGN: Mapping[Attribute, re.Pattern[bytes]] = MappingProxyType(
    {
        Attribute.N: re.compile(rb"[^0-9]"),
        Attribute.AN: re.compile(rb"[^ -~]"),
        Attribute.ANS: re.compile(rb"(?!)"),
    }
)


@dataclass(frozen=True, slots=True)
class Subfield:
    """A part of a field: its official number, names in both languages, and its width.

    The width counts digits, or bytes of text. A part with `open_end` may be shorter, if it is last.
    """

    number: str
    name: str
    name_zh: str
    width: int
    attribute: Attribute = Attribute.N
    open_end: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """The parts of a field in their order; of them the first `least` are always there."""

    label: str
    parts: tuple[Subfield, ...]
    least: int

    @property
    def widths(self) -> tuple[int, ...]:
        """The widths of all parts, in order."""
        return tuple(each.width for each in self.parts)

    def cut(self, field: str | bytes) -> Mapping[str, str]:
        """The parts that are there, by number; RemoteProtocolError where a part is cut."""
        data = self._bytes(field)
        found: dict[str, str] = {}
        at = 0
        for index, each in enumerate(self.parts):
            if at == len(data) and index >= self.least:
                break
            content = data[at : at + each.width]
            self._check(each, content, at)
            found[each.number] = content.decode(*TEXT)
            at += len(content)
        if at < len(data):
            last = self.parts[-1]
            message = f"{self.label}: {len(data) - at} {_unit(last)} follow {last.number}"
            raise RemoteProtocolError(message, at)
        return MappingProxyType(found)

    def join(self, parts: Mapping[str, str]) -> str:
        """The field with these parts; LocalProtocolError if one does not fit, or is missing."""
        present = self.parts[: max(len(parts), self.least)]
        field, at = "", 0
        for each in present:
            value = parts.get(each.number, "")
            size = _size(each, value)
            shorter = each.open_end and each is present[-1]
            if not (size == each.width or (shorter and 0 < size < each.width)):
                wanted = f"{each.width} {_unit(each)}"
                message = f"{self.label}: {each.number} is {value!r}, not {wanted}"
                raise LocalProtocolError(message, at)
            field += value
            at += size
        if len(parts) > len(present):
            raise LocalProtocolError(f"{self.label}: a sub-field that is not known", at)
        return field

    def _bytes(self, field: str | bytes) -> bytes:
        if isinstance(field, bytes):
            return field
        try:
            return field.encode(*TEXT)
        except UnicodeEncodeError as unfit:
            message = f"{self.label}: {field[unfit.start]!r} is no character"
            raise RemoteProtocolError(message, unfit.start) from unfit

    def _check(self, part: Subfield, content: bytes, at: int) -> None:
        if foreign := FOREIGN[part.attribute].search(content):
            what = "no digit" if part.attribute is Attribute.N else "no character"
            shown = foreign[0].decode("latin-1")
            raise RemoteProtocolError(f"{self.label}: {shown!r} is {what}", at + foreign.start())
        missing = part.width - len(content)
        if missing and not (part.open_end and content):
            message = f"{self.label}: {part.number} is {missing} {_unit(part)} short"
            raise RemoteProtocolError(message, at + len(content))


def _unit(part: Subfield) -> str:
    return "digits" if part.attribute is Attribute.N else "characters"


def _size(part: Subfield, value: str) -> int:
    """How wide a value is; 0 if it is not of the attribute of its part."""
    try:
        content = value.encode(*TEXT)
    except UnicodeEncodeError:
        return 0
    return 0 if FOREIGN[part.attribute].search(content) else len(content)
