"""The scanner that judges the guard is judged first: it finds what was planted, in every form."""

import base64
import zipfile
from pathlib import Path

import pytest

from tests.privacy.scanner import files, numbers_in, secrets_in

PAN = "6217001234567890123"
ODD = "621700123456783"
KEY = bytes.fromhex("0F1E2D3C4B5A69788796A5B4C3D2E1F0")
FORMS = {
    "characters": lambda pan: pan.encode(),
    "among digits": lambda pan: b"20110315" + pan.encode() + b"000123",
    "in Chinese": lambda pan: f"卡号{pan}".encode(),
    "in Chinese, GBK": lambda pan: f"卡号{pan}".encode("gbk"),
    "full width": lambda pan: "".join(chr(0xFF10 + int(each)) for each in pan).encode(),
    "UTF-16": lambda pan: pan.encode("utf-16-le"),
    "packed": lambda pan: bytes.fromhex("99" + pan + "F" * (len(pan) % 2)),
    "second nibble": lambda pan: bytes.fromhex("A" + pan + "F" * (1 - len(pan) % 2)),
    "track": lambda pan: bytes.fromhex((pan + "D3012201").ljust(38, "F")),
    "track with =": lambda pan: f";{pan}=30122010000000000?".encode(),
    "hex": lambda pan: f"5A0A{pan}F".encode(),
    "small hex of characters": lambda pan: b"x" + pan.encode().hex().encode(),
    "great hex of characters": lambda pan: b"A" + pan.encode().hex().upper().encode(),
    "pairs": lambda pan: pan.encode().hex(" ").encode(),
    "blanks": lambda pan: " ".join((pan[:4], pan[4:8], pan[8:12], pan[12:])).encode(),
    "dashes": lambda pan: "-".join((pan[:4], pan[4:8], pan[8:12], pan[12:])).encode(),
    **{
        f"base64 {shift}": lambda pan, shift=shift: base64.b64encode(b"x" * shift + pan.encode())
        for shift in range(3)
    },
    **{
        f"base64 packed {shift}": lambda pan, shift=shift: base64.b64encode(
            b"\xaa" * shift + bytes.fromhex(pan + "F" * (len(pan) % 2))
        )
        for shift in range(3)
    },
}


@pytest.mark.parametrize("pan", [PAN, ODD])
@pytest.mark.parametrize("form", FORMS)
def test_a_planted_number_is_found(form: str, pan: str) -> None:
    """In every form, with noise around it; another number is not."""
    data = b"\xee noise " + FORMS[form](pan) + b" noise \xee"
    assert numbers_in(data, {pan}) == {pan}
    assert not numbers_in(data, {"6217001234567890131"})


@pytest.mark.parametrize(
    "data", [b"x" + KEY, KEY.hex().encode(), KEY.hex(" ").upper().encode(), base64.b64encode(KEY)]
)
def test_a_planted_key_is_found(data: bytes) -> None:
    """Raw, as hex text and as base64; another key is not."""
    assert secrets_in(b"{" + data + b"}", [KEY, bytes(16)]) == {KEY}


def test_zip_files_are_opened(tmp_path: Path) -> None:
    """What stands compressed in an archive is searched too."""
    with zipfile.ZipFile(tmp_path / "a.assay", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inner", PAN * 50)
    assert any(numbers_in(data, {PAN}) for _, data in files(tmp_path))
