"""A kiosk's control line on a serial port."""

import os
import threading

import pytest

from adapters.errors import BenchBroken, DeviceAbsent, DeviceFell
from adapters.operator.kiosk_control import SerialControlLine
from adapters.wires import PseudoTerminal


def test_bytes_go_both_ways() -> None:
    """What is sent arrives, and what comes is read as it comes."""
    port = PseudoTerminal()
    line = SerialControlLine(port.name, seconds=2)
    line.send(b"{}\n")
    assert port.read_within(2_000) == b"{}\n"
    port.write(b'{"id"')
    assert line.receive()
    line.close()


def test_silence_is_no_bytes() -> None:
    """After the time of an act there are none; the device's end can tell it too."""
    port = PseudoTerminal()
    line = SerialControlLine(port.name, seconds=1)
    assert line.receive() == b""
    assert port.read_within(10) == b""
    line.close()


def test_what_nobody_read_is_forgotten() -> None:
    """A new attempt begins with an empty line."""
    port = PseudoTerminal()
    line = SerialControlLine(port.name, seconds=1)
    port.write(b"old\n")
    threading.Event().wait(0.05)
    line.drain()
    port.write(b"new\n")
    assert line.receive().startswith(b"n")
    line.close()


@pytest.mark.parametrize("heard", [False, True])
def test_a_line_that_is_pulled_out(heard: bool) -> None:  # noqa: FBT001 - parametrised
    """Before the first word nobody is there; later the kiosk hung up."""
    port = PseudoTerminal()
    line = SerialControlLine(port.name, seconds=1)
    if heard:
        port.write(b"x")
        assert line.receive() == b"x"
    # Both ends that the emulated device holds: as when a USB adapter is pulled out.
    os.close(port._own)
    os.close(port._other)
    expected = DeviceFell if heard else DeviceAbsent
    for act in (line.drain, lambda: line.send(b"x"), line.receive):
        with pytest.raises(expected):
            act()
    line.close()


def test_a_line_has_one_bench() -> None:
    """A second one is refused, a port that is not there is named."""
    port = PseudoTerminal()
    line = SerialControlLine(port.name, seconds=1)
    with pytest.raises(BenchBroken, match="another program holds"):
        SerialControlLine(port.name, seconds=1)
    line.close()
    with pytest.raises(DeviceAbsent, match="/dev/tty-not-there"):
        SerialControlLine("/dev/tty-not-there", seconds=1)
