"""The cash register's end of a serial line: acts go out as ECR frames, answers come back."""

import errno
import termios
from collections import deque
from collections.abc import Mapping

import serial

from adapters import register
from adapters.codec import ecr
from adapters.codec.ecr import Decoder, Message, Sender, Signal
from adapters.codec.errors import ProtocolError
from adapters.errors import BenchBroken, DeviceAbsent, DeviceFell

SENDS = 3
# How a serial port of Linux says that the other end is gone; termios.error is no OSError.
LINE_FAILS = (OSError, termios.error)
# A device that answers with more bytes than any answer has is talking garbage.
MOST_BYTES = 4 * register.PROFILE.largest
# No display and no slip has more.
MOST_PIECES = 50
Report = Mapping[str, str | int]


class EcrOperator:
    """adapters.ports.OperatorPort over a serial port, in the profile of adapters.register."""

    def __init__(self, port: str, seconds: int) -> None:
        self._seconds = seconds
        self._heard = False
        self._decoder = Decoder(register.PROFILE)
        self._pieces: deque[bytes] = deque()
        try:
            # Two registers on one line would each take half of the answers.
            self._line = serial.Serial(port, timeout=seconds, exclusive=True)
        except serial.SerialException as failed:
            if failed.errno == errno.EWOULDBLOCK:
                held = f"operator.port is {port}, which another program holds / 串口被占用"
                raise BenchBroken(held) from failed
            message = f"operator.port is {port}, which cannot be opened: {failed}"
            raise DeviceAbsent(message) from failed

    def perform(self, verb: str, arguments: Mapping[str, str | int]) -> Report:
        """The last answer where an act takes several messages."""
        report: Report = {}
        for request in register.requests(verb, arguments):
            report = self._told(verb, request)
        if verb not in register.TELLING:
            return report
        texts = {field: self._text(verb, field) for field in register.TEXTS}
        return {**{field: text for field, text in texts.items() if text}, **report}

    def _text(self, verb: str, field: str) -> str:
        """A text of the report, in as many pieces as it has; "" where there is none."""
        whole = b""
        for number in range(MOST_PIECES):
            told = self._told(verb, register.piece_of(field, number))
            try:
                piece = register.piece_told(told)
            except ValueError as garbled:
                message = f"a piece of the report of {verb!r} is no hex"
                raise DeviceFell("garbage", message) from garbled
            whole += piece
            if len(piece) < register.PIECE_SIZE:
                return whole.decode("utf-8", "replace")
        message = f"the report of {verb!r} has more than {MOST_PIECES} pieces"
        raise DeviceFell("flood", message)

    def _told(self, verb: str, request: Message) -> Report:
        try:
            return self._asked(request)
        except LINE_FAILS as failed:
            raise self._lost(verb) from failed
        except ProtocolError as garbled:
            message = f"the device's answer to {verb!r} is no ECR message: {garbled}"
            raise DeviceFell("garbage", message) from garbled

    def close(self) -> None:
        self._line.close()

    def _lost(self, verb: str) -> DeviceFell | DeviceAbsent:
        if self._heard:
            return DeviceFell("close", f"the device hung up during {verb!r}")
        return DeviceAbsent(f"operator.port is {self._line.port}, where nobody answers")

    def _asked(self, request: Message) -> Report:
        data = ecr.encode_message(request, Sender.REGISTER, register.PROFILE)
        frame = ecr.encode(data, register.PROFILE)
        self._line.reset_input_buffer()
        self._decoder = Decoder(register.PROFILE)
        self._pieces.clear()
        for _ in range(SENDS):
            self._line.write(frame)
            if self._piece(request.transaction) is Signal.ACK:
                return self._answer(request.transaction)
        message = f"the device did not take {request.transaction!r} in {SENDS} sends"
        raise DeviceFell("garbage", message)

    def _answer(self, verb: str) -> Report:
        piece = self._piece(verb)
        if isinstance(piece, Signal):
            message = f"the device answered {verb!r} with {piece.name}"
            raise DeviceFell("garbage", message)
        self._line.write(bytes((Signal.ACK,)))
        self._heard = True
        return register.told(ecr.decode_message(piece, Sender.TERMINAL, register.PROFILE))

    def _piece(self, verb: str) -> bytes | Signal:
        received = 0
        while not self._pieces:
            chunk = self._line.read(max(1, self._line.in_waiting))
            if not chunk:
                message = f"the device did not end {verb!r} within {self._seconds} s"
                raise DeviceFell("hang", message)
            self._pieces += self._decoder.feed(chunk)
            received += len(chunk)
            if received > MOST_BYTES:
                message = f"the device answered {verb!r} with more than {MOST_BYTES} bytes"
                raise DeviceFell("flood", message)
        return ecr.decode(self._pieces.popleft(), register.PROFILE)
