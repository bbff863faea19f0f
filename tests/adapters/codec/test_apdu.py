import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.codec import apdu
from adapters.codec.apdu import CommandApdu, ResponseApdu
from adapters.codec.errors import LocalProtocolError, RemoteProtocolError

BYTE = st.integers(0, 0xFF)


@pytest.mark.parametrize(
    "data, command",
    [
        ("80AE8000", CommandApdu(0x80, 0xAE, 0x80, 0x00)),
        ("00B2010C00", CommandApdu(0x00, 0xB2, 0x01, 0x0C, le=0)),
        ("0082000002AABB", CommandApdu(0x00, 0x82, 0x00, 0x00, b"\xaa\xbb")),
        ("00A4040002AABB00", CommandApdu(0x00, 0xA4, 0x04, 0x00, b"\xaa\xbb", 0)),
    ],
)
def test_each_case_has_its_parts(data: str, command: CommandApdu) -> None:
    """Cases 1 to 4: with data or Le, with both, or with neither."""
    assert apdu.decode_command(bytes.fromhex(data)) == command
    assert command.encode().hex().upper() == data


@pytest.mark.parametrize(
    "data, message, offset",
    [
        ("00A404", "a command is shorter than its header", 3),
        ("00A4040003AABB", "Lc is 3 but 2 bytes follow", 4),
        ("00A4040001AA0000", "Lc is 1 but 3 bytes follow", 4),
        ("00A40400000000", "Lc is 0 but 2 bytes follow", 4),
    ],
)
def test_a_command_whose_length_is_wrong_is_refused(data: str, message: str, offset: int) -> None:
    """A command that is cut off, too long, or of extended form is the other side's error."""
    with pytest.raises(RemoteProtocolError) as refused:
        apdu.decode_command(bytes.fromhex(data))
    assert (refused.value.message, refused.value.offset) == (message, offset)


@pytest.mark.parametrize(
    "given_apdu",
    [
        CommandApdu(0x100, 0xA4, 0, 0),
        CommandApdu(0x00, 0xA4, -1, 0),
        CommandApdu(0x00, 0xB2, 0, 0, le=256),
        CommandApdu(0x00, 0xA4, 0, 0, bytes(256)),
        ResponseApdu(b"", 0x190, 0x00),
    ],
)
def test_what_does_not_fit_is_our_fault(given_apdu: CommandApdu | ResponseApdu) -> None:
    """A part that is no byte, or data beyond a short APDU, is refused before it is sent."""
    with pytest.raises(LocalProtocolError):
        given_apdu.encode()


@given(BYTE, BYTE, BYTE, BYTE, st.binary(max_size=255), st.none() | BYTE)
def test_what_was_encoded_is_decoded(
    cla: int, ins: int, p1: int, p2: int, data: bytes, le: int | None
) -> None:
    """Every short command comes back as it was."""
    command = CommandApdu(cla, ins, p1, p2, data, le)
    assert apdu.decode_command(command.encode()) == command


@given(st.binary(max_size=300))
def test_any_bytes_are_an_apdu_or_refused(data: bytes) -> None:
    """What is decoded encodes to the same bytes; everything else is the other side's error."""
    with contextlib.suppress(RemoteProtocolError):
        assert apdu.decode_response(data).encode() == data
    with contextlib.suppress(RemoteProtocolError):
        assert apdu.decode_command(data).encode() == data
