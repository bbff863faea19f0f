"""The other end of the bench's wires: what an emulated device holds in its hand.

A card slot, a line to a host. The drivers of the bench stand at the near end; a device never knows
whether it is joined in memory or by a real wire.
"""

from typing import Protocol


class CardMute(Exception):
    """The card did not answer a command, or is not there any more."""


class NoAnswer(Exception):
    """The host did not answer within the time the terminal waits."""


class LineLost(Exception):
    """The line to the host could not be opened, or was closed."""


class CardSlot(Protocol):
    """A contact card slot as a terminal sees it."""

    def reset(self) -> bytes:
        """Power the card on; its ATR. CardMute if there is none."""
        ...

    def transmit(self, command: bytes) -> bytes:
        """Send a C-APDU, get the R-APDU; CardMute if none comes."""
        ...

    def release(self) -> None:
        """Power the card off and give it back."""
        ...


class HostLine(Protocol):
    """A line to the host as a terminal sees it: one frame out, one frame in, each with its LEN."""

    def exchange(self, frame: bytes) -> bytes:
        """Send a frame, get the answer; NoAnswer in the time allowed, LineLost if it breaks."""
        ...
