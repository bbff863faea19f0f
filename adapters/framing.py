"""How each line cuts its bytes into frames: a closed table, shared by both ends of a wire."""

from collections.abc import Callable, Mapping
from typing import Protocol

from adapters.codec import cups_link, json_line, pos_link
from adapters.events import Port


class Decoder(Protocol):
    """Cuts a byte stream into frames, each with its length or its end."""

    def feed(self, chunk: bytes) -> list[bytes]: ...


FRAMING: Mapping[Port, Callable[[], Decoder]] = {
    Port.HOST_T: pos_link.Decoder,
    Port.HOST_S: cups_link.Decoder,
    Port.BILLER: json_line.Decoder,
}
