"""Trouble by name: ours becomes ERROR with that name, and never a verdict on the device."""


class InputRefused(Exception):
    """A file, bundle or argument that cannot be used: exit 2, in the user's words."""


class BenchBroken(Exception):
    """Something of the bench failed; the message speaks the user's words, from the IXIT."""

    cause = "bench"


class DeviceAbsent(BenchBroken):
    """The device under test could not be reached at all."""

    cause = "device-absent"


class DriverUnknown(BenchBroken):
    """An IXIT names a driver that is not in the closed table."""

    cause = "driver-unknown"


class RefusedData(BenchBroken):
    """A PAN that is not on the test list was about to be recorded."""

    cause = "not-test-data"


class OperatorSilent(BenchBroken):
    """The person at the bench gave no answer within the limit of the act."""

    cause = "operator-silent"


class OperatorGone(BenchBroken):
    """The line to the person at the bench has ended."""

    cause = "operator-gone"


class RecorderFailed(Exception):
    """The evidence could not be written: the campaign ends (exit 74)."""


class DeviceFell(Exception):
    """The device under test fell silent, flooded a port, hung up or talked garbage: no bench fault.

    `how` is one of hang, flood, close, garbage; what was recorded until then is judged.
    """

    def __init__(self, how: str, message: str) -> None:
        super().__init__(message)
        self.how = how
