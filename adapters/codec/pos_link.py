"""Frames between a POS terminal and its host: LEN, TPDU, header and message body. Sans-IO.

    LEN(2, counts what follows) TPDU(5) [LRI] HEADER(6, or none) BODY
    TPDU    id(1) destination(2) source(2)
    LRI     "LRI" 001C ANI(8) DNIS(8) trailer(12), where the line is watched for caller ids

Host and kiosk facts, 1.1. Offsets in errors count from the first byte of LEN.
"""

from dataclasses import dataclass, replace

from adapters.codec.errors import LocalProtocolError, RemoteProtocolError

LENGTH_SIZE = 2
TPDU_SIZE = 5
HEADER_SIZE = 6
HEADER_DIGITS = 2 * HEADER_SIZE
LRI_MARK = b"LRI"
# What follows its length: ANI, DNIS, trailer.
LRI_LENGTH = (28).to_bytes(2)
LRI_SIZE = len(LRI_MARK + LRI_LENGTH) + 28


@dataclass(frozen=True, slots=True)
class Link:
    """How one kind of host frames: bytes of header (6 or 0) and of an LRI, and the largest LEN."""

    header_size: int = HEADER_SIZE
    lri_size: int = LRI_SIZE
    largest: int = 2048


DIRECT = Link()


@dataclass(frozen=True, slots=True)
class Frame:
    """One message and what carries it; `lri` is empty unless the line is watched for caller ids."""

    tpdu: bytes
    header: bytes
    body: bytes
    lri: bytes = b""


@dataclass(frozen=True, slots=True)
class Tpdu:
    """Where a frame goes and where it comes from: two digits of id, four of each address."""

    id: str
    destination: str
    source: str


@dataclass(frozen=True, slots=True)
class Lri:
    """Who called whom: eight bytes of each number, and twelve that mean nothing here."""

    ani: bytes
    dnis: bytes
    trailer: bytes


@dataclass(frozen=True, slots=True)
class Header:
    """The twelve digits of a header, cut into their five parts."""

    application: str
    version: str
    status: str
    request: str
    sub_version: str


def encode(frame: Frame, link: Link = DIRECT) -> bytes:
    """The frame with its LEN; LocalProtocolError if a part is not as long as the link wants it."""
    if len(frame.tpdu) != TPDU_SIZE:
        raise LocalProtocolError(f"TPDU: {len(frame.tpdu)} bytes instead of 5", LENGTH_SIZE)
    at = LENGTH_SIZE + TPDU_SIZE
    if frame.lri and (len(frame.lri) != link.lri_size or not frame.lri.startswith(LRI_MARK)):
        raise LocalProtocolError(f"LRI: not the {link.lri_size} bytes of this link", at)
    at += len(frame.lri)
    if len(frame.header) != link.header_size:
        message = f"header: {len(frame.header)} bytes instead of {link.header_size}"
        raise LocalProtocolError(message, at)
    content = frame.tpdu + frame.lri + frame.header + frame.body
    if len(content) > link.largest:
        raise LocalProtocolError(f"LEN: {len(content)} is more than {link.largest}", 0)
    return len(content).to_bytes(LENGTH_SIZE, "big") + content


def decode(data: bytes, link: Link = DIRECT) -> Frame:
    """The frame in these bytes, all of them; RemoteProtocolError if LEN or a part does not fit."""
    if len(data) < LENGTH_SIZE:
        raise RemoteProtocolError("LEN: cut off", len(data))
    length = int.from_bytes(data[:LENGTH_SIZE], "big")
    if length != len(data) - LENGTH_SIZE:
        raise RemoteProtocolError(f"LEN: {length} before {len(data) - LENGTH_SIZE} bytes", 0)
    if length > link.largest:
        raise RemoteProtocolError(f"LEN: {length} is more than {link.largest}", 0)
    tpdu, at = _take(data, LENGTH_SIZE, TPDU_SIZE, "TPDU")
    lri = b""
    if data[at:].startswith(LRI_MARK):
        lri, at = _take(data, at, link.lri_size, "LRI")
    header, at = _take(data, at, link.header_size, "header")
    return Frame(tpdu, header, data[at:], lri)


def body_offset(frame: Frame) -> int:
    """Where the body starts in an encoded frame."""
    return LENGTH_SIZE + len(frame.tpdu) + len(frame.lri) + len(frame.header)


def swapped(tpdu: bytes) -> bytes:
    """The TPDU of an answer: destination and source change places."""
    return tpdu[:1] + tpdu[3:5] + tpdu[1:3]


def decode_tpdu(tpdu: bytes) -> Tpdu:
    """The parts of a TPDU of five bytes; RemoteProtocolError at the byte that is not decimal."""
    digits = _digits(tpdu, TPDU_SIZE, "TPDU")
    return Tpdu(digits[:2], digits[2:6], digits[6:])


def encode_tpdu(tpdu: Tpdu) -> bytes:
    """Five bytes; LocalProtocolError if the parts are not two, four and four digits."""
    parts = tpdu.id, tpdu.destination, tpdu.source
    digits = "".join(parts)
    if tuple(map(len, parts)) != (2, 4, 4) or not _is_decimal(digits):
        raise LocalProtocolError(f"TPDU: {digits!r} is not 2, 4 and 4 digits", 0)
    return bytes.fromhex(digits)


def decode_lri(lri: bytes) -> Lri:
    """The parts of an LRI of 33 bytes; RemoteProtocolError for one of another form."""
    if len(lri) != LRI_SIZE:
        raise RemoteProtocolError(f"LRI: {len(lri)} bytes instead of {LRI_SIZE}", len(lri))
    if not lri.startswith(LRI_MARK):
        raise RemoteProtocolError(f"LRI: {lri[:3].hex().upper()} is no mark", 0)
    if not lri.startswith(LRI_LENGTH, len(LRI_MARK)):
        raise RemoteProtocolError(f"LRI: {lri[3:5].hex().upper()} is not its length", 3)
    return Lri(lri[5:13], lri[13:21], lri[21:])


def encode_lri(lri: Lri) -> bytes:
    """The 33 bytes; LocalProtocolError if a part has another size."""
    if tuple(map(len, (lri.ani, lri.dnis, lri.trailer))) != (8, 8, 12):
        raise LocalProtocolError("LRI: its parts are not 8, 8 and 12 bytes", len(LRI_MARK))
    return LRI_MARK + LRI_LENGTH + lri.ani + lri.dnis + lri.trailer


def decode_header(header: bytes) -> Header:
    """The parts of a header of six bytes; RemoteProtocolError at the byte that is not decimal."""
    digits = _digits(header, HEADER_SIZE, "header")
    return Header(digits[:2], digits[2:4], digits[4], digits[5], digits[6:])


def encode_header(header: Header) -> bytes:
    """Six bytes; LocalProtocolError if the parts are not twelve digits together."""
    software = f"{header.version}{header.status}{header.request}{header.sub_version}"
    digits = header.application + software
    if len(digits) != HEADER_DIGITS or not _is_decimal(digits):
        raise LocalProtocolError(f"header: {digits!r} is not twelve digits", 0)
    return bytes.fromhex(digits)


def with_request(header: bytes, request: int) -> bytes:
    """The same header with another processing request (digit 6), which only a host sets."""
    return encode_header(replace(decode_header(header), request=str(request)))


class Decoder:
    """Cuts a byte stream into frames."""

    def __init__(self, link: Link = DIRECT) -> None:
        self._link = link
        self._buffer = bytearray()

    @property
    def pending(self) -> int:
        """How many bytes of an unfinished frame are waiting."""
        return len(self._buffer)

    def feed(self, chunk: bytes) -> list[bytes]:
        """Take in bytes as they arrive; give back the frames they complete, each with its LEN.

        RemoteProtocolError if LEN is more than the link allows: the stream cannot be followed from
        there. Frames completed before are given back first.
        """
        self._buffer += chunk
        frames: list[bytes] = []
        while len(self._buffer) >= LENGTH_SIZE:
            length = int.from_bytes(self._buffer[:LENGTH_SIZE], "big")
            if length > self._link.largest:
                if frames:
                    break
                message = f"LEN: {length} is more than {self._link.largest}"
                raise RemoteProtocolError(message, 0)
            end = LENGTH_SIZE + length
            if len(self._buffer) < end:
                break
            frames.append(bytes(self._buffer[:end]))
            del self._buffer[:end]
        return frames


def _take(data: bytes, at: int, size: int, what: str) -> tuple[bytes, int]:
    end = at + size
    if end > len(data):
        raise RemoteProtocolError(f"{what}: {end - len(data)} bytes short", len(data))
    return data[at:end], end


def _digits(data: bytes, size: int, what: str) -> str:
    if len(data) != size:
        raise RemoteProtocolError(f"{what}: {len(data)} bytes instead of {size}", len(data))
    digits = data.hex().upper()
    if not digits.isdecimal():
        index = next(at for at, digit in enumerate(digits) if not digit.isdecimal())
        raise RemoteProtocolError(f"{what}: {digits[index]} is no digit", index // 2)
    return digits


def _is_decimal(digits: str) -> bool:
    return digits.isascii() and digits.isdecimal()
