"""What both roles of T=0 share: the steps they give, and a line that breaks once and for all."""

from collections.abc import Callable
from dataclasses import dataclass

from adapters.codec.apdu import CommandApdu, ResponseApdu
from adapters.codec.errors import ProtocolError, RemoteProtocolError

HEADER_SIZE = 5
NULL = 0x60
BYTE = 0xFF
# ISO/IEC 7816-3: P3 = 00 asks for 256 bytes where data is to come.
MOST_DATA = 256
GET_RESPONSE = bytes.fromhex("00C00000")
INS_GET_RESPONSE = 0xC0
CLA_PPS = 0xFF
SW1_MORE_61 = 0x61
SW1_LENGTH_6C = 0x6C
SW_OK_9000 = 0x9000


@dataclass(frozen=True, slots=True)
class Send:
    """Bytes to put on the line now."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Wait:
    """The card asked for time: the work waiting time starts anew."""


@dataclass(frozen=True, slots=True)
class Complete:
    """The response to the command that was transmitted."""

    response: ResponseApdu


@dataclass(frozen=True, slots=True)
class Received:
    """A command for the card; T=0 carries no Le beside data, and P3 = 00 without data is Le = 0."""

    command: CommandApdu


Step = Send | Wait | Complete | Received


class Line:
    """Keeps what both roles share: steps in order, one byte at a time, an error once and for all.

    An error comes after the steps before it were given back, and again with every later call.
    """

    def __init__(self) -> None:
        self._steps: list[Step] = []
        self._taken = 0
        self._fault: ProtocolError | None = None

    def _walk(self, chunk: bytes, take: Callable[[int], None]) -> list[Step]:
        for byte in chunk:
            if self._fault is not None:
                break
            try:
                take(byte)
            except RemoteProtocolError as fault:
                self._fault = fault
            self._taken += 1
        steps, self._steps = self._steps, []
        if self._fault is not None and not steps:
            raise self._fault
        return steps

    def _refuse(self, message: str) -> RemoteProtocolError:
        return RemoteProtocolError(message, self._taken)
