"""vpcd framing: the stream between a virtual reader and a virtual card. Sans-IO, both roles.

    LEN(2, big-endian, counts what follows) MESSAGE

One byte from the reader is a control code, anything longer a command; the card sends its ATR when
asked for it, and one response to each command (host and kiosk facts, 4.1). Offsets in errors count
from the first byte of LEN.
"""

from enum import IntEnum

from adapters.codec.errors import LocalProtocolError, RemoteProtocolError

LENGTH_SIZE = 2
LARGEST = 0xFFFF
# Short APDUs, ISO/IEC 7816-4: header, Lc, 255 bytes and Le; 256 bytes and SW1 SW2.
LARGEST_COMMAND = 261
LARGEST_RESPONSE = 258


class Control(IntEnum):
    """What the reader asks for besides commands; only GET_ATR is answered."""

    POWER_OFF = 0
    POWER_ON = 1
    RESET = 2
    GET_ATR = 4


def encode(message: bytes, largest: int) -> bytes:
    """The message behind its length; LocalProtocolError if it is empty or above `largest` bytes.

    LEN itself counts no more than 65535, whatever `largest` says.
    """
    most = min(largest, LARGEST)
    if not 0 < len(message) <= most:
        raise LocalProtocolError(f"LEN: {len(message)} is not in 1 to {most}", 0)
    return len(message).to_bytes(LENGTH_SIZE, "big") + message


def encode_control(control: Control) -> bytes:
    """A control code behind its length."""
    return encode(bytes((control,)), LARGEST_COMMAND)


def decode_from_reader(message: bytes) -> Control | bytes:
    """A control code, or a command as it is; RemoteProtocolError if a code is not known."""
    if len(message) != 1:
        return message
    if message[0] not in set(Control):
        raise RemoteProtocolError(f"control code {message[0]:02X} is not known", LENGTH_SIZE)
    return Control(message[0])


class Decoder:
    """Cuts a byte stream into messages without LEN, of 1 to `largest` bytes.

    With LARGEST_COMMAND an extended command is refused; a card that is to answer it sets more.
    """

    def __init__(self, largest: int) -> None:
        self._largest = largest
        self._buffer = bytearray()

    @property
    def pending(self) -> int:
        """How many bytes of an unfinished message are waiting."""
        return len(self._buffer)

    def feed(self, chunk: bytes) -> list[bytes]:
        """Take in bytes as they arrive; give back the messages they complete.

        RemoteProtocolError if a LEN is 0 or too large: the stream cannot be followed from there.
        Messages completed before are given back first.
        """
        self._buffer += chunk
        messages: list[bytes] = []
        while len(self._buffer) >= LENGTH_SIZE:
            size = int.from_bytes(self._buffer[:LENGTH_SIZE], "big")
            if not 0 < size <= self._largest:
                if messages:
                    break
                raise RemoteProtocolError(f"LEN: {size} is not in 1 to {self._largest}", 0)
            end = LENGTH_SIZE + size
            if len(self._buffer) < end:
                break
            messages.append(bytes(self._buffer[LENGTH_SIZE:end]))
            del self._buffer[:end]
        return messages
