"""What every codec owes, each law said once and held against many codecs."""

from collections.abc import Callable, Iterable
from typing import Protocol, TypeVar

from adapters.codec.errors import LocalProtocolError, ProtocolError, RemoteProtocolError

Found = TypeVar("Found")
Given = TypeVar("Given", bytes, str)


class StreamDecoder(Protocol):
    """Whatever cuts a stream into messages."""

    def feed(self, chunk: bytes) -> list[bytes]: ...


def read(decode: Callable[[Given], Found], data: Given) -> tuple[Found, ...]:
    """The value in this input alone, or () where it is refused.

    Only the other side is blamed, at a byte that was given or right behind the last one.
    """
    try:
        return (decode(data),)
    except ProtocolError as error:
        refused = error
    assert type(refused) is RemoteProtocolError
    assert 0 <= refused.offset <= len(data)
    assert refused.message
    return ()


def written(encode: Callable[[Found], Given], value: Found) -> tuple[Given, ...]:
    """What a value is sent as alone, or () where it cannot be sent: then we are blamed."""
    try:
        return (encode(value),)
    except ProtocolError as error:
        refused = error
    assert type(refused) is LocalProtocolError
    assert refused.offset >= 0
    return ()


def holds(
    decode: Callable[[Given], Found], encode: Callable[[Found], Given], inputs: Iterable[Given]
) -> None:
    """Each input is refused as a decoder may, or its value is sent as exactly this input."""
    for data in inputs:
        for value in read(decode, data):
            assert encode(value) == data


def total(decode: Callable[[Given], object], inputs: Iterable[Given]) -> None:
    """Each input gives a value or is refused as a decoder may."""
    for data in inputs:
        read(decode, data)


def collected(decoder: StreamDecoder, chunks: Iterable[bytes]) -> tuple[list[bytes], list[str]]:
    """All that a stream brings out, and how it is refused in the end, if it is."""
    found: list[bytes] = []
    # A refusal waits for the next call where messages came before it.
    for chunk in [*chunks, b"", b""]:
        try:
            found += decoder.feed(chunk)
        except RemoteProtocolError as refused:
            return found, [str(refused)]
    return found, []


def same_in_pieces(
    decoder: Callable[[], StreamDecoder], stream: bytes, pieces: list[bytes]
) -> None:
    """A stream brings out the same messages and the same refusal however it arrives."""
    whole = collected(decoder(), [stream])
    assert collected(decoder(), pieces) == whole
    assert collected(decoder(), [bytes((byte,)) for byte in stream]) == whole
