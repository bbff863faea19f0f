"""The reader's side of T=0 (ISO/IEC 7816-3; EMV 4.1 Book 1, 9.2 and 9.3). Sans-IO.

What may follow what stands in two tables.
"""

from collections.abc import Mapping
from enum import Enum, auto
from types import MappingProxyType

from adapters.codec.apdu import CommandApdu, ResponseApdu
from adapters.codec.errors import LocalProtocolError
from adapters.codec.t0_line import (
    BYTE,
    CLA_PPS,
    GET_RESPONSE,
    HEADER_SIZE,
    MOST_DATA,
    NULL,
    SW1_LENGTH_6C,
    SW1_MORE_61,
    SW_OK_9000,
    Complete,
    Line,
    Send,
    Step,
    Wait,
)


class Kind(Enum):
    """What a byte from the card means where a procedure byte is due, or what was just finished."""

    NULL = auto()
    STATUS = auto()
    ALL = auto()
    ONE = auto()
    OTHER = auto()
    DATA = auto()
    COMPLETE = auto()


class State(Enum):
    """Where the reader is in a command."""

    IDLE = auto()
    SENDING = auto()
    EXPECTING = auto()
    RECEIVING_ALL = auto()
    RECEIVING_ONE = auto()
    SETTLED = auto()
    IN_STATUS = auto()


class Action(Enum):
    """What the reader does at a transition."""

    NOTHING = auto()
    WAIT = auto()
    SEND_ALL = auto()
    SEND_ONE = auto()
    TAKE = auto()
    TAKE_SW1 = auto()
    TAKE_SW2 = auto()


# A pair that is not here is the card's error.
TRANSITIONS: Mapping[tuple[State, Kind], tuple[Action, State]] = MappingProxyType(
    {
        (State.SENDING, Kind.NULL): (Action.WAIT, State.SENDING),
        (State.SENDING, Kind.ALL): (Action.SEND_ALL, State.SENDING),
        (State.SENDING, Kind.ONE): (Action.SEND_ONE, State.SENDING),
        (State.SENDING, Kind.STATUS): (Action.TAKE_SW1, State.IN_STATUS),
        (State.SENDING, Kind.COMPLETE): (Action.NOTHING, State.SETTLED),
        (State.EXPECTING, Kind.NULL): (Action.WAIT, State.EXPECTING),
        (State.EXPECTING, Kind.ALL): (Action.NOTHING, State.RECEIVING_ALL),
        (State.EXPECTING, Kind.ONE): (Action.NOTHING, State.RECEIVING_ONE),
        (State.EXPECTING, Kind.STATUS): (Action.TAKE_SW1, State.IN_STATUS),
        (State.EXPECTING, Kind.COMPLETE): (Action.NOTHING, State.SETTLED),
        (State.RECEIVING_ALL, Kind.DATA): (Action.TAKE, State.RECEIVING_ALL),
        (State.RECEIVING_ALL, Kind.COMPLETE): (Action.NOTHING, State.SETTLED),
        (State.RECEIVING_ONE, Kind.DATA): (Action.TAKE, State.EXPECTING),
        (State.SETTLED, Kind.NULL): (Action.WAIT, State.SETTLED),
        (State.SETTLED, Kind.STATUS): (Action.TAKE_SW1, State.IN_STATUS),
        (State.IN_STATUS, Kind.DATA): (Action.TAKE_SW2, State.IDLE),
    }
)
PROCEDURE_STATES = frozenset({State.SENDING, State.EXPECTING, State.SETTLED})


class Case(Enum):
    """What a TPDU was sent for: APDU cases 1 to 4, and the GET RESPONSE that a status asked for."""

    NO_DATA = 1
    DATA_BACK = 2
    DATA_OUT = 3
    DATA_BOTH = 4
    FETCH = 5


class Status(Enum):
    """What kind of status ended a TPDU."""

    OK = auto()
    MORE = auto()
    LENGTH = auto()
    WARNING = auto()
    OTHER = auto()


class FollowUp(Enum):
    """What the reader sends by itself before the response counts as complete."""

    FETCH = auto()
    FETCH_KEEPING_STATUS = auto()
    SEND_AGAIN = auto()


# EMV 4.1 Book 1, 9.3: the status that is not here goes up as it is. Where no data was asked for,
# 61xx goes up too: the application asks (PC/SC clients that leave Le out rely on it).
FOLLOW_UPS: Mapping[tuple[Case, Status], FollowUp] = MappingProxyType(
    {
        (Case.DATA_BACK, Status.MORE): FollowUp.FETCH,
        (Case.DATA_BACK, Status.LENGTH): FollowUp.SEND_AGAIN,
        (Case.DATA_BOTH, Status.MORE): FollowUp.FETCH,
        (Case.DATA_BOTH, Status.WARNING): FollowUp.FETCH_KEEPING_STATUS,
        (Case.FETCH, Status.MORE): FollowUp.FETCH,
        (Case.FETCH, Status.LENGTH): FollowUp.SEND_AGAIN,
    }
)


class Reader(Line):
    """The terminal's side: turns one command at a time into TPDUs, and the answers into one."""

    def __init__(self) -> None:
        super().__init__()
        self._state = State.IDLE
        self._case = Case.NO_DATA
        self._header = bytes(HEADER_SIZE)
        self._left = b""
        self._missing = 0
        self._data = b""
        self._sw1 = 0
        self._kept: tuple[int, int] | None = None
        self._again = False

    @property
    def idle(self) -> bool:
        """Whether a command may be transmitted."""
        return self._state is State.IDLE

    def transmit(self, command: CommandApdu) -> bytes:
        """The first bytes of a command; LocalProtocolError if it cannot be sent in T=0, or now."""
        if not self.idle or self._fault is not None:
            raise LocalProtocolError("a command is not finished, or the line is broken", 0)
        if command.ins >> 4 in {0x6, 0x9}:
            # ISO/IEC 7816-3: such an INS would read as a status.
            raise LocalProtocolError(f"INS: {command.ins:02X} cannot be sent in T=0", 1)
        if command.cla == CLA_PPS:
            raise LocalProtocolError("CLA: FF starts a PPS", 0)
        encoded = command.encode()
        self._data, self._kept, self._again = b"", None, False
        if command.data:
            case = Case.DATA_OUT if command.le is None else Case.DATA_BOTH
            # EMV 4.1 Book 1, 9.3: Le of case 4 is not sent.
            self._begin(case, encoded[:HEADER_SIZE], command.data)
        else:
            case = Case.NO_DATA if command.le is None else Case.DATA_BACK
            self._begin(case, encoded.ljust(HEADER_SIZE, b"\x00"), b"")
        return self._header

    def feed(self, chunk: bytes) -> list[Step]:
        """Take in the card's bytes as they arrive; give back what follows from them.

        RemoteProtocolError at the byte, counted from the card's first, that T=0 does not allow.
        """
        return self._walk(chunk, self._take)

    def _begin(self, case: Case, header: bytes, data: bytes) -> None:
        self._case, self._header, self._left = case, header, data
        self._missing = (header[4] or MOST_DATA) if case in {Case.DATA_BACK, Case.FETCH} else 0
        starts = {Case.NO_DATA: State.SETTLED, Case.DATA_BACK: State.EXPECTING}
        starts |= {Case.FETCH: State.EXPECTING}
        self._state = starts.get(case, State.SENDING)

    def _take(self, byte: int) -> None:
        if self._state is State.IDLE:
            raise self._refuse(f"{byte:02X} outside a command")
        kind = self._kind(byte)
        if (self._state, kind) not in TRANSITIONS:
            raise self._refuse(f"{byte:02X} is no procedure byte of INS {self._header[1]:02X} here")
        action, self._state = TRANSITIONS[self._state, kind]
        self._act(action, byte)
        moving = self._state in {State.SENDING, State.EXPECTING, State.RECEIVING_ALL}
        if moving and not self._left and not self._missing:
            _, self._state = TRANSITIONS[self._state, Kind.COMPLETE]

    def _kind(self, byte: int) -> Kind:
        if self._state not in PROCEDURE_STATES:
            return Kind.DATA
        ins = self._header[1]
        if byte in {ins, ins ^ BYTE}:
            return Kind.ALL if byte == ins else Kind.ONE
        if byte == NULL:
            return Kind.NULL
        return Kind.STATUS if byte >> 4 in {0x6, 0x9} else Kind.OTHER

    def _act(self, action: Action, byte: int) -> None:
        match action:
            case Action.WAIT:
                self._steps.append(Wait())
            case Action.SEND_ALL:
                self._send(len(self._left))
            case Action.SEND_ONE:
                self._send(1)
            case Action.TAKE:
                self._data += bytes((byte,))
                self._missing -= 1
                if len(self._data) > MOST_DATA:
                    raise self._refuse(f"a response of more than {MOST_DATA} bytes")
            case Action.TAKE_SW1:
                self._sw1 = byte
            case Action.TAKE_SW2:
                self._end(self._sw1, byte)
            case Action.NOTHING:
                pass

    def _send(self, count: int) -> None:
        self._steps.append(Send(self._left[:count]))
        self._left = self._left[count:]

    def _end(self, sw1: int, sw2: int) -> None:
        """Answer a status with a TPDU of our own, or hand the response up."""
        follow_up = FOLLOW_UPS.get((self._case, _status(sw1, sw2)))
        if follow_up is None:
            sw1, sw2 = (sw1, sw2) if self._kept is None else self._kept
            self._steps.append(Complete(ResponseApdu(self._data, sw1, sw2)))
            return
        self._expect_progress(follow_up)
        if follow_up is FollowUp.FETCH_KEEPING_STATUS:
            # EMV 4.1 Book 1, 9.3: the warning is the status of the response that follows it. It
            # is kept too where nothing can be fetched: the command said it, not GET RESPONSE.
            self._kept = sw1, sw2
            sw2 = 0
        again = follow_up is FollowUp.SEND_AGAIN
        self._again = again
        header = self._header[:4] if again else GET_RESPONSE
        self._begin(self._case if again else Case.FETCH, header + bytes((sw2,)), b"")
        self._steps.append(Send(self._header))

    def _expect_progress(self, follow_up: FollowUp) -> None:
        # Without these a card could keep the reader busy for ever.
        if follow_up is FollowUp.SEND_AGAIN and self._again:
            raise self._refuse("6Cxx again for the length that 6Cxx asked for")
        if follow_up is FollowUp.FETCH and self._case is Case.FETCH and self._missing:
            raise self._refuse("61xx again without the data that 61xx promised")


def _status(sw1: int, sw2: int) -> Status:
    named = {SW1_MORE_61: Status.MORE, SW1_LENGTH_6C: Status.LENGTH}
    if sw1 in named:
        return named[sw1]
    if sw1 << 8 | sw2 == SW_OK_9000:
        return Status.OK
    # EMV 4.1 Book 1, 9.3: 62xx, 63xx and 9xxx but 9000 warn.
    return Status.WARNING if sw1 in {0x62, 0x63} or sw1 >> 4 == 0x9 else Status.OTHER
