"""Frames between an acquirer's front end and CUPS: LEN, header of 46 bytes, message. Sans-IO.

    LEN(4 ASCII digits, counts what follows) HEADER(46) BODY          LEN 0000 keeps the line alive

Host and kiosk facts, 2.2; LEN and the keep-alive are from memory there. Offsets in errors count
from the first byte of LEN in a frame, from the first byte of the header in a header.
"""

from dataclasses import dataclass, replace

from adapters.codec.errors import LocalProtocolError, RemoteProtocolError

LENGTH_SIZE = 4
HEADER_SIZE = 46
LARGEST = 9999
KEEP_ALIVE = b"0000"
# Bit 8 of the version byte; from memory in the facts: record it, never judge it.
TEST_FLAG = 0x80
REJECT_NONE = "00000"
INSTITUTION_SIZE = 11


@dataclass(frozen=True, slots=True)
class Header:
    """The ten fields of a header but its own length, which is always 46.

    `total_length` counts header and body; institutions without their blanks; `reject_code` is other
    than 00000 in a message that CUPS bounces.
    """

    version: int
    total_length: int
    destination: str
    source: str
    status: str
    batch: int
    transaction: str
    user: int
    reject_code: str = REJECT_NONE

    @property
    def test(self) -> bool:
        """Whether the version byte carries the test flag."""
        return bool(self.version & TEST_FLAG)


@dataclass(frozen=True, slots=True)
class Frame:
    """One message and the header that carries it."""

    header: Header
    body: bytes


def framed(header: Header, body: bytes) -> Frame:
    """The body under this header, with the total length that it then has."""
    return Frame(replace(header, total_length=HEADER_SIZE + len(body)), body)


def encode(frame: Frame) -> bytes:
    """The frame with its LEN; LocalProtocolError if lengths disagree or a field does not fit."""
    size = HEADER_SIZE + len(frame.body)
    if frame.header.total_length != size:
        message = f"total length: {frame.header.total_length} of {size} bytes"
        raise LocalProtocolError(message, LENGTH_SIZE + 2)
    return b"%04d" % size + encode_header(frame.header) + frame.body


def decode(data: bytes) -> Frame:
    """The frame in these bytes, all of them; RemoteProtocolError for a keep-alive or a misfit."""
    length = _length(data)
    if length != len(data) - LENGTH_SIZE:
        raise RemoteProtocolError(f"LEN: {length} before {len(data) - LENGTH_SIZE} bytes", 0)
    if not length:
        raise RemoteProtocolError("LEN: a keep-alive carries no message", 0)
    end = LENGTH_SIZE + HEADER_SIZE
    try:
        header = decode_header(data[LENGTH_SIZE:end])
    except RemoteProtocolError as misfit:
        raise RemoteProtocolError(misfit.message, LENGTH_SIZE + misfit.offset) from misfit
    if header.total_length != length:
        message = f"total length: {header.total_length} of {length} bytes"
        raise RemoteProtocolError(message, LENGTH_SIZE + 2)
    return Frame(header, data[end:])


def encode_header(header: Header) -> bytes:
    """The 46 bytes of a header; LocalProtocolError names the field that does not fit."""
    for name, number in (
        ("version", header.version),
        ("batch", header.batch),
        ("user", header.user),
    ):
        if not 0 <= number <= 0xFF:
            raise LocalProtocolError(f"{name}: {number} is no byte", 0)
    if not 0 <= header.total_length <= LARGEST:
        raise LocalProtocolError(f"total length: {header.total_length} is not four digits", 2)
    return b"".join(
        (
            bytes((HEADER_SIZE, header.version)),
            b"%04d" % header.total_length,
            _institution(header.destination, "destination", 6),
            _institution(header.source, "source", 17),
            _characters(header.status, 3, "status", 28),
            bytes((header.batch,)),
            _characters(header.transaction, 8, "transaction", 32),
            bytes((header.user,)),
            _characters(header.reject_code, 5, "reject code", 41),
        )
    )


def decode_header(data: bytes) -> Header:
    """The header in 46 bytes; RemoteProtocolError at the first field that is none."""
    if len(data) != HEADER_SIZE:
        raise RemoteProtocolError(f"header: {len(data)} bytes instead of 46", len(data))
    if data[0] != HEADER_SIZE:
        raise RemoteProtocolError(f"header length: {data[0]} is not 46", 0)
    total = data[2:6]
    if not total.isdigit():
        raise RemoteProtocolError(f"total length: {total.hex().upper()} is no number", 2)
    return Header(
        version=data[1],
        total_length=int(total),
        destination=_read(data, 6, INSTITUTION_SIZE, "destination", blanks=True),
        source=_read(data, 17, INSTITUTION_SIZE, "source", blanks=True),
        status=_read(data, 28, 3, "status"),
        batch=data[31],
        transaction=_read(data, 32, 8, "transaction"),
        user=data[40],
        reject_code=_read(data, 41, 5, "reject code"),
    )


class Decoder:
    """Cuts a byte stream into frames and keep-alives."""

    def __init__(self, largest: int = LARGEST) -> None:
        self._largest = largest
        self._buffer = bytearray()

    @property
    def pending(self) -> int:
        """How many bytes of an unfinished frame are waiting."""
        return len(self._buffer)

    def feed(self, chunk: bytes) -> list[bytes]:
        """Take in bytes as they arrive; give back what they complete, each with its LEN.

        RemoteProtocolError if LEN is no number or too large: the stream cannot be followed from
        there. Frames completed before are given back first.
        """
        self._buffer += chunk
        frames: list[bytes] = []
        while len(self._buffer) >= LENGTH_SIZE:
            try:
                size = self._size()
            except RemoteProtocolError:
                if frames:
                    break
                raise
            end = LENGTH_SIZE + size
            if len(self._buffer) < end:
                break
            frames.append(bytes(self._buffer[:end]))
            del self._buffer[:end]
        return frames

    def _size(self) -> int:
        size = _length(bytes(self._buffer[:LENGTH_SIZE]))
        if size > self._largest:
            raise RemoteProtocolError(f"LEN: {size} is more than {self._largest}", 0)
        return size


def _length(data: bytes) -> int:
    digits = data[:LENGTH_SIZE]
    if len(digits) < LENGTH_SIZE:
        raise RemoteProtocolError("LEN: cut off", len(data))
    if not digits.isdigit():
        raise RemoteProtocolError(f"LEN: {digits.hex().upper()} is no number", 0)
    return int(digits)


def _read(data: bytes, at: int, size: int, name: str, *, blanks: bool = False) -> str:
    """A text of printable ASCII; with `blanks` it is left-aligned and its filling is dropped."""
    value = data[at : at + size]
    for index, byte in enumerate(value):
        if not 0x20 <= byte <= 0x7E:
            raise RemoteProtocolError(f"{name}: {byte:02X} is no character", at + index)
    text = value.decode("ascii")
    if blanks and (text.startswith(" ") or not text.strip()):
        raise RemoteProtocolError(f"{name}: {text!r} is not left-aligned", at)
    return text.rstrip(" ") if blanks else text


def _characters(text: str, size: int, name: str, at: int) -> bytes:
    if len(text) != size or not (text.isascii() and text.isprintable()):
        raise LocalProtocolError(f"{name}: {text!r} is not {size} characters", at)
    return text.encode("ascii")


def _institution(text: str, name: str, at: int) -> bytes:
    if not text or text != text.strip():
        raise LocalProtocolError(f"{name}: {text!r} is no institution", at)
    return _characters(text.ljust(INSTITUTION_SIZE), INSTITUTION_SIZE, name, at)
