"""The file of a bundle: a ZIP that any tool opens and that can be written in one way only.

Members are stored, named from a closed list, in its order, with one date; nothing else is there.
"""

import struct
import zlib
from collections.abc import Mapping

from adapters.errors import InputRefused

MANIFEST = "manifest.dsse.json"
JOURNAL = "journal.jsonl"
LEDGER = "ledger.jsonl"
FINDINGS = "findings.json"
# In the order in which they stand in the file.
NAMES = (MANIFEST, JOURNAL, LEDGER, FINDINGS)
REQUIRED = (MANIFEST, JOURNAL, LEDGER)

MAX_SIZE = 64 * 1024 * 1024

# PKWARE APPNOTE 4.3.7, 4.3.12, 4.3.16; version 1.0, no flags, stored, 1980-01-01 00:00:00.
LOCAL = struct.Struct("<IHHHHHIIIHH")
CENTRAL = struct.Struct("<IHHHHHHIIIHHHHHII")
END = struct.Struct("<IHHHHIIH")
LOCAL_SIGNATURE = 0x04034B50
CENTRAL_SIGNATURE = 0x02014B50
END_SIGNATURE = 0x06054B50
VERSION = 10
STORED = 0
MIDNIGHT = 0
FIRST_OF_1980 = 0x0021


class BundleRefused(InputRefused):
    """A file that is not a bundle, or not the bundle that was sealed; the message says why."""


def pack(members: Mapping[str, bytes]) -> bytes:
    """The one file with these members; BundleRefused for a name or a size that no bundle has."""
    _check_names(tuple(members))
    ordered = [(name, members[name]) for name in NAMES if name in members]
    # Before building it: what is too large is not copied first.
    if sum(len(body) for _, body in ordered) > MAX_SIZE:
        raise _too_large()
    bodies = bytearray()
    directory = bytearray()
    for name, body in ordered:
        directory += _central_header(name, body, len(bodies))
        bodies += _local_header(name, body) + body
    end = END.pack(END_SIGNATURE, 0, 0, len(ordered), len(ordered), len(directory), len(bodies), 0)
    packed = bytes(bodies + directory) + end
    if len(packed) > MAX_SIZE:
        raise _too_large()
    return packed


def unpack(data: bytes) -> Mapping[str, bytes]:
    """The members of a file that `pack` wrote; BundleRefused if a single byte is otherwise."""
    if len(data) > MAX_SIZE:
        raise _too_large()
    members: dict[str, bytes] = {}
    offset = 0
    while _signature(data, offset) == LOCAL_SIGNATURE:
        name, body, offset = _member(data, offset)
        if name in members:
            raise BundleRefused(f"the bundle holds {name} twice")
        members[name] = body
    if not members:
        raise BundleRefused("this is not a bundle: it does not begin like one")
    _check_order(tuple(members))
    expected = pack(members)
    if len(data) < len(expected):
        raise BundleRefused("the bundle is cut off: its directory is not complete")
    if len(data) > len(expected):
        raise BundleRefused(f"{len(data) - len(expected)} bytes too many stand in the bundle")
    if data != expected:
        raise BundleRefused("the bundle is damaged: its headers are not as a bundle has them")
    return members


def _too_large() -> BundleRefused:
    return BundleRefused(f"the bundle is larger than {MAX_SIZE // 1024 // 1024} MiB")


def _check_names(names: tuple[str, ...]) -> None:
    for name in names:
        _check_name(name)
    for name in REQUIRED:
        if name not in names:
            raise BundleRefused(f"the bundle lacks {name}")


def _check_name(name: str) -> None:
    if name not in NAMES:
        known = ", ".join(NAMES)
        raise BundleRefused(f"{name!r} is no member of a bundle; its members are {known}")


def _check_order(names: tuple[str, ...]) -> None:
    _check_names(names)
    ordered = tuple(name for name in NAMES if name in names)
    if names != ordered:
        wanted = ", ".join(ordered)
        raise BundleRefused(f"the members stand in another order than {wanted}")


def _signature(data: bytes, offset: int) -> int:
    return int.from_bytes(data[offset : offset + 4], "little")


def _member(data: bytes, offset: int) -> tuple[str, bytes, int]:
    """Name and body of the member at this offset, and where the next one begins."""
    start = offset + LOCAL.size
    if start > len(data):
        raise BundleRefused("the bundle is cut off: a member's header is not complete")
    header = LOCAL.unpack_from(data, offset)
    method, checksum, size = header[3], header[6], header[8]
    name_size, extra_size = header[9], header[10]
    begin = start + name_size + extra_size
    if begin > len(data):
        raise BundleRefused("the bundle is cut off: a member's header is not complete")
    raw_name = data[start : start + name_size]
    # A name from a hostile file is shown with `!r`, never printed as it is.
    name = raw_name.decode("ascii", "backslashreplace")
    _check_name(name)
    if method != STORED:
        raise BundleRefused(f"{name} is compressed; members of a bundle are stored as they are")
    body = data[begin : begin + size]
    if len(body) < size:
        raise BundleRefused(f"the bundle is cut off: {name} is not complete")
    if zlib.crc32(body) != checksum:
        raise BundleRefused(f"{name} is damaged: its checksum is another one")
    return name, body, begin + size


def _local_header(name: str, body: bytes) -> bytes:
    raw = name.encode("ascii")
    return (
        LOCAL.pack(
            LOCAL_SIGNATURE,
            VERSION,
            0,
            STORED,
            MIDNIGHT,
            FIRST_OF_1980,
            zlib.crc32(body),
            len(body),
            len(body),
            len(raw),
            0,
        )
        + raw
    )


def _central_header(name: str, body: bytes, offset: int) -> bytes:
    raw = name.encode("ascii")
    return (
        CENTRAL.pack(
            CENTRAL_SIGNATURE,
            VERSION,
            VERSION,
            0,
            STORED,
            MIDNIGHT,
            FIRST_OF_1980,
            zlib.crc32(body),
            len(body),
            len(body),
            len(raw),
            0,
            0,
            0,
            0,
            0,
            offset,
        )
        + raw
    )
