"""Frames that are lines of text: each ends with a newline, and holds none else. Sans-IO."""

from adapters.codec import kiosk_control

NEWLINE = b"\n"


class Decoder:
    """Cuts a byte stream into lines, each with its newline."""

    def __init__(self) -> None:
        self._lines = kiosk_control.Decoder()

    def feed(self, chunk: bytes) -> list[bytes]:
        """Take in bytes as they arrive; RemoteProtocolError for a line that is too long."""
        return [line + NEWLINE for line in self._lines.feed(chunk)]
