"""DE62 of the CA public keys and AIDs that a terminal downloads (host and kiosk facts, 1.17).

Decoding raises RemoteProtocolError, encoding LocalProtocolError; offsets count bytes of DE62.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from adapters.codec import ber_tlv
from adapters.codec.ber_tlv import Tlv
from adapters.codec.errors import LocalProtocolError, RemoteProtocolError

AID_9F06 = 0x9F06
QUERY = b"1"
QUERY_SIZE = 3
MOST_KNOWN = 99


class Progress(StrEnum):
    """How far a series of answers has come; 0.1 on 1.17 says which end it."""

    NOTHING = "0"
    COMPLETE = "1"
    MORE = "2"
    LAST = "3"


@dataclass(frozen=True, slots=True)
class Listing:
    """One answer: how far the series has come, and its entries, each from its RID or AID on."""

    progress: Progress
    entries: tuple[tuple[Tlv, ...], ...]


def decode_query(data: bytes) -> int:
    """How many entries a terminal knows that asks for a list (0820 with 372 or 382)."""
    if len(data) != QUERY_SIZE:
        raise RemoteProtocolError(f"DE62: {len(data)} bytes of query, not 3", len(data))
    if data[:1] != QUERY:
        raise RemoteProtocolError(f"DE62: {data[0]:02X} begins no query", 0)
    for at in (1, 2):
        if not data[at : at + 1].isdigit():
            raise RemoteProtocolError(f"DE62: {data[at]:02X} is no digit", at)
    return int(data[1:])


def encode_query(known: int) -> bytes:
    """The query of a terminal that knows so many entries, 0 to 99."""
    if not 0 <= known <= MOST_KNOWN:
        raise LocalProtocolError(f"DE62: {known} entries are not two digits", 1)
    return QUERY + b"%02d" % known


def decode_listing(data: bytes) -> Listing:
    """A list of keys or AIDs, or one whole key or AID: progress, then data objects.

    Objects before the first RID or AID make an entry of their own.
    """
    try:
        progress = Progress(data[:1].decode("ascii", "replace"))
    except ValueError as unknown:
        shown = data[:1].hex().upper() or "nothing"
        raise RemoteProtocolError(f"DE62: {shown} is no progress", 0) from unknown
    try:
        objects = ber_tlv.decode(data[1:])
    except RemoteProtocolError as cut:
        raise RemoteProtocolError(f"DE62: {cut.message}", 1 + cut.offset) from cut
    return Listing(progress, _entries(objects))


def encode_listing(progress: Progress, entries: Iterable[Iterable[tuple[int, bytes]]]) -> bytes:
    """DE62 of an answer with these entries, each of tags and values."""
    objects = (ber_tlv.encode(tag, value) for entry in entries for tag, value in entry)
    return progress.encode("ascii") + b"".join(objects)


def _entries(objects: Iterable[Tlv]) -> tuple[tuple[Tlv, ...], ...]:
    count = 0
    numbered = []
    for each in objects:
        count += each.tag == AID_9F06
        numbered.append((count, each))
    grouped = groupby(numbered, key=lambda pair: pair[0])
    return tuple(tuple(each for _, each in entry) for _, entry in grouped)
