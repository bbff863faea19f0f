"""The bench's end of a kiosk's test-control line on a serial port."""

import errno
import termios

import serial

from adapters.errors import BenchBroken, DeviceAbsent, DeviceFell

# How a serial port of Linux says that the other end is gone; termios.error is no OSError.
LINE_FAILS = (OSError, termios.error)


class SerialControlLine:
    """adapters.operator.kiosk_operator.ControlLine over a serial port."""

    def __init__(self, port: str, seconds: int) -> None:
        self._heard = False
        try:
            # Two benches on one line would each take half of what is said.
            self._line = serial.Serial(port, timeout=seconds, exclusive=True)
        except serial.SerialException as failed:
            if failed.errno == errno.EWOULDBLOCK:
                held = f"operator.port is {port}, which another program holds / 串口被占用"
                raise BenchBroken(held) from failed
            message = f"operator.port is {port}, which cannot be opened: {failed}"
            raise DeviceAbsent(message) from failed

    def send(self, data: bytes) -> None:
        try:
            self._line.write(data)
        except LINE_FAILS as failed:
            raise self._lost() from failed

    def receive(self) -> bytes:
        try:
            data: bytes = self._line.read(max(1, self._line.in_waiting))
        except LINE_FAILS as failed:
            raise self._lost() from failed
        self._heard = self._heard or bool(data)
        return data

    def drain(self) -> None:
        try:
            self._line.reset_input_buffer()
        except LINE_FAILS as failed:
            raise self._lost() from failed

    def close(self) -> None:
        self._line.close()

    def _lost(self) -> DeviceFell | DeviceAbsent:
        if self._heard:
            return DeviceFell("close", "the kiosk hung up")
        return DeviceAbsent(f"operator.port is {self._line.port}, where nobody answers")
