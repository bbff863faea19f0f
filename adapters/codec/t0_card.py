"""The card's side of T=0 (ISO/IEC 7816-3; EMV 4.1 Book 1, 9.2 and 9.3). Sans-IO."""

from dataclasses import dataclass
from enum import Enum, auto

from adapters.codec.apdu import CommandApdu, ResponseApdu
from adapters.codec.errors import LocalProtocolError
from adapters.codec.t0_line import (
    BYTE,
    CLA_PPS,
    GET_RESPONSE,
    HEADER_SIZE,
    INS_GET_RESPONSE,
    MOST_DATA,
    NULL,
    SW1_LENGTH_6C,
    SW1_MORE_61,
    SW_OK_9000,
    Line,
    Received,
    Send,
    Step,
)

# INS of the debit/credit, e-cash, extended application, e-purse and PSAM commands that carry data
# to the card; with any other INS, P3 says what is to come back: the header alone does not tell.
DATA_TO_CARD_INS = frozenset(
    {0x16, 0x18, 0x1A, 0x1E, 0x20, 0x24, 0x50, 0x52, 0x54, 0x58, 0x5A, 0x5E, 0x70, 0x72, 0x82, 0x88}
    | {0xA4, 0xA8, 0xAE, 0xB4, 0xD4, 0xD6, 0xDA, 0xDC, 0xDE, 0xE2, 0xFA}
)


@dataclass(frozen=True, slots=True)
class Manner:
    """How a card behaves where T=0 leaves it free: NULLs before each answer, data byte by byte."""

    nulls: int = 0
    byte_by_byte: bool = False


PLAIN = Manner()


class CardState(Enum):
    """Where the card is in a command."""

    HEADER = auto()
    DATA = auto()
    ANSWERING = auto()


class Card(Line):
    """The card's side: gathers one command at a time, and gives its response as T=0 wants it.

    `data_to_card` are the INS whose P3 counts data that follows. A GET RESPONSE or a repeated
    header for data that waits is answered here and does not come up as a command.
    """

    def __init__(
        self, manner: Manner = PLAIN, data_to_card: frozenset[int] = DATA_TO_CARD_INS
    ) -> None:
        super().__init__()
        self._manner = manner
        self._data_to_card = data_to_card
        self._state = CardState.HEADER
        self._header = b""
        self._data = b""
        self._waiting: tuple[bytes, ResponseApdu] | None = None

    def feed(self, chunk: bytes) -> list[Step]:
        """Take in the reader's bytes as they arrive; give back what follows from them.

        RemoteProtocolError at the byte, counted from the reader's first, that T=0 does not allow.
        """
        return self._walk(chunk, self._take)

    def respond(self, response: ResponseApdu) -> bytes:
        """What to send for the command that came up; LocalProtocolError if there is none."""
        if self._state is not CardState.ANSWERING:
            raise LocalProtocolError("no command waits for a response", 0)
        if len(response.data) > MOST_DATA:
            raise LocalProtocolError(f"a response of {len(response.data)} bytes", 0)
        self._state = CardState.HEADER
        header, self._header = self._header, b""
        if response.data and header[1] in self._data_to_card:
            return self._nulls + self._announce(response)
        return self._nulls + self._deliver(header, response)

    @property
    def _nulls(self) -> bytes:
        return bytes((NULL,)) * self._manner.nulls

    def _take(self, byte: int) -> None:
        if self._state is CardState.ANSWERING:
            raise self._refuse(f"{byte:02X} before the response")
        if self._state is CardState.DATA:
            self._take_data(byte)
            return
        if not self._header and byte == CLA_PPS:
            raise self._refuse("FF starts a PPS, not a command")
        self._header += bytes((byte,))
        if len(self._header) == HEADER_SIZE:
            self._take_header()

    def _take_header(self) -> None:
        cla, ins, p1, p2, p3 = header = self._header
        waiting, self._waiting = self._waiting, None
        if waiting is not None and waiting[0] == header[:4]:
            self._header = b""
            answer = self._nulls + self._deliver(header, waiting[1])
            self._steps.append(Send(answer))
        elif ins in self._data_to_card and p3:
            self._state, self._data = CardState.DATA, b""
            self._ask()
        else:
            self._state = CardState.ANSWERING
            le = None if ins in self._data_to_card else p3
            self._steps.append(Received(CommandApdu(cla, ins, p1, p2, le=le)))

    def _take_data(self, byte: int) -> None:
        cla, ins, p1, p2, p3 = self._header
        self._data += bytes((byte,))
        if len(self._data) == p3:
            self._state = CardState.ANSWERING
            self._steps.append(Received(CommandApdu(cla, ins, p1, p2, self._data)))
        elif self._manner.byte_by_byte:
            self._ask()

    def _ask(self) -> None:
        ins = self._header[1]
        procedure = ins ^ BYTE if self._manner.byte_by_byte else ins
        self._steps.append(Send(self._nulls + bytes((procedure,))))

    def _announce(self, response: ResponseApdu) -> bytes:
        """The status of a command that brought data and gets data: the reader has to fetch it."""
        if response.sw == SW_OK_9000:
            self._waiting = GET_RESPONSE, response
            return bytes((SW1_MORE_61, len(response.data) & BYTE))
        # EMV 4.1 Book 1, 9.3: a warning goes first, and the data is fetched with 9000.
        fetched = ResponseApdu(response.data, SW_OK_9000 >> 8, SW_OK_9000 & BYTE)
        self._waiting = GET_RESPONSE, fetched
        return bytes((response.sw1, response.sw2))

    def _deliver(self, header: bytes, response: ResponseApdu) -> bytes:
        """Data and status if the length is right, else the length that would be."""
        size = len(response.data)
        asked = header[4] or MOST_DATA
        if size and size != asked and not self._fetches_part(header, asked, size):
            self._waiting = header[:4], response
            return bytes((SW1_LENGTH_6C, size & BYTE))
        data, rest = response.data[:asked], response.data[asked:]
        if rest:
            left = ResponseApdu(rest, response.sw1, response.sw2)
            self._waiting = header[:4], left
            return self._chunks(header[1], data) + bytes((SW1_MORE_61, len(rest) & BYTE))
        return self._chunks(header[1], data) + bytes((response.sw1, response.sw2))

    def _fetches_part(self, header: bytes, asked: int, size: int) -> bool:
        # ISO/IEC 7816-4: GET RESPONSE may take less than is there, and 61xx tells the rest.
        return header[1] == INS_GET_RESPONSE and asked < size

    def _chunks(self, ins: int, data: bytes) -> bytes:
        if not data:
            return b""
        if self._manner.byte_by_byte:
            return b"".join(bytes((ins ^ BYTE, each)) for each in data)
        return bytes((ins,)) + data
