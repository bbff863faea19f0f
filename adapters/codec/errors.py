"""What a codec says when bytes break a protocol: whose bytes they were, and at which byte."""


class ProtocolError(Exception):
    """Bytes that no reading of the protocol allows; `offset` counts from the first one given."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(f"{message} (byte {offset})")
        self.message = message
        self.offset = offset


class RemoteProtocolError(ProtocolError):
    """The other side sent it: raised by whatever decodes."""


class LocalProtocolError(ProtocolError):
    """We were asked to send it: raised by whatever encodes."""
