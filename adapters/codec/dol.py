"""Data Object Lists, parsed: what a card asks for (EMV 4.1 Book 3, 5.4).

Filling one is a decision and stands elsewhere.
"""

from dataclasses import dataclass

from adapters.codec.ber_tlv import decode_tag
from adapters.codec.errors import RemoteProtocolError


@dataclass(frozen=True, slots=True)
class Entry:
    """One wanted data object: its tag and the number of bytes wanted."""

    tag: int
    length: int


@dataclass(frozen=True, slots=True)
class Filled:
    """An entry with the bytes that were sent for it."""

    entry: Entry
    value: bytes


def decode(dol: bytes) -> tuple[Entry, ...]:
    """The entries of a list; RemoteProtocolError where a tag or a length is cut off."""
    entries = []
    at = 0
    while at < len(dol):
        tag, at = decode_tag(dol, at, len(dol))
        if at >= len(dol):
            raise RemoteProtocolError(f"the list gives no length for {tag:X}", at)
        entries.append(Entry(tag, dol[at]))
        at += 1
    return tuple(entries)


def wanted_length(entries: tuple[Entry, ...]) -> int:
    return sum(entry.length for entry in entries)


def split(entries: tuple[Entry, ...], data: bytes) -> tuple[Filled, ...]:
    """A value list cut up again; RemoteProtocolError if its length is not what the list asks."""
    if len(data) != wanted_length(entries):
        message = f"{len(data)} bytes answer a list that asks for {wanted_length(entries)}"
        raise RemoteProtocolError(message, min(len(data), wanted_length(entries)))
    filled = []
    at = 0
    for entry in entries:
        filled.append(Filled(entry, data[at : at + entry.length]))
        at += entry.length
    return tuple(filled)
