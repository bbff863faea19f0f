"""Command and response APDUs, cases 1 to 4 in short form (ISO/IEC 7816-4)."""

from dataclasses import dataclass

from adapters.codec.errors import LocalProtocolError, RemoteProtocolError

HEADER = 4
MAX_DATA = 255
STATUS = 2


@dataclass(frozen=True, slots=True)
class CommandApdu:
    """A command: four header bytes, up to 255 data bytes, and Le (0 to 255) where one was sent."""

    cla: int
    ins: int
    p1: int
    p2: int
    data: bytes = b""
    le: int | None = None

    @property
    def header(self) -> bytes:
        return bytes((self.cla, self.ins, self.p1, self.p2))

    def encode(self) -> bytes:
        """The bytes of a command; LocalProtocolError if a part does not fit a short APDU."""
        if len(self.data) > MAX_DATA:
            raise LocalProtocolError(f"{len(self.data)} data bytes do not fit a short APDU", HEADER)
        body = bytes((len(self.data),)) + self.data if self.data else b""
        try:
            expected = b"" if self.le is None else bytes((self.le,))
            return self.header + body + expected
        except ValueError as misfit:
            raise LocalProtocolError(f"{self}: a part is no byte", 0) from misfit


@dataclass(frozen=True, slots=True)
class ResponseApdu:
    """A response: data and the two status bytes."""

    data: bytes
    sw1: int
    sw2: int

    @property
    def sw(self) -> int:
        return self.sw1 << 8 | self.sw2

    def encode(self) -> bytes:
        """The bytes of a response; LocalProtocolError if its status word is none."""
        try:
            return self.data + bytes((self.sw1, self.sw2))
        except ValueError as misfit:
            message = f"SW1 {self.sw1:X}, SW2 {self.sw2:X}: no status word"
            raise LocalProtocolError(message, len(self.data)) from misfit


def decode_command(data: bytes) -> CommandApdu:
    """A short command APDU; RemoteProtocolError if Lc and the number of bytes disagree."""
    if len(data) < HEADER:
        raise RemoteProtocolError("a command is shorter than its header", len(data))
    cla, ins, p1, p2 = data[:HEADER]
    body = data[HEADER:]
    if not body:
        return CommandApdu(cla, ins, p1, p2)
    if len(body) == 1:
        return CommandApdu(cla, ins, p1, p2, le=body[0])
    length = body[0]
    value, rest = body[1 : 1 + length], body[1 + length :]
    if length == 0 or len(value) < length or len(rest) > 1:
        message = f"Lc is {length} but {len(body) - 1} bytes follow"
        raise RemoteProtocolError(message, HEADER)
    return CommandApdu(cla, ins, p1, p2, value, rest[0] if rest else None)


def decode_response(data: bytes) -> ResponseApdu:
    if len(data) < STATUS:
        raise RemoteProtocolError("a response is shorter than its status word", len(data))
    return ResponseApdu(data[:-STATUS], data[-2], data[-1])


def status(sw: int, data: bytes = b"") -> ResponseApdu:
    return ResponseApdu(data, sw >> 8, sw & 0xFF)
