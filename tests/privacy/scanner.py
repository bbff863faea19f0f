"""A scanner from outside, for card numbers and secrets in files; it knows nothing of the product.

Numbers are found as characters, packed digits at either nibble, hex text, base64 at any alignment,
in groups with blanks or dashes, as UTF-16 and full-width digits, and inside zip files.
"""

import base64
import binascii
import io
import re
import zipfile
from collections.abc import Collection, Iterator
from pathlib import Path

LENGTHS = range(13, 20)
RUN = re.compile(r"\d{13,}", re.ASCII)
GROUPED = re.compile(r"\d+(?:[ \-]+\d+)+", re.ASCII)
HEX = re.compile(r"(?:[0-9A-Fa-f][ \n]?){26,}")
BASE64 = re.compile(r"[A-Za-z0-9+/]{10,}={0,2}")
WIDE = str.maketrans("０１２３４５６７８９", "0123456789")


def files(*places: Path) -> Iterator[tuple[str, bytes]]:
    """Every file below these places, and every member of those that are zip files."""
    for place in places:
        for path in sorted(place.rglob("*")) if place.is_dir() else [place]:
            if path.is_file():
                yield from _opened(str(path), path.read_bytes())


def _opened(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    yield name, data
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.namelist():
                yield from _opened(f"{name}/{member}", archive.read(member))


def numbers_in(data: bytes, wanted: Collection[str]) -> set[str]:
    """The wanted card numbers that stand in these bytes in any form."""
    found: set[str] = set()
    for text in _texts(data):
        plain = text.translate(WIDE)
        for run in RUN.findall(plain):
            found |= _windows(run, wanted)
        for grouped in GROUPED.findall(plain):
            found |= _windows(re.sub(r"\D", "", grouped), wanted)
    return found


def secrets_in(data: bytes, wanted: Collection[bytes]) -> set[bytes]:
    """The wanted byte strings that stand in these bytes raw, as hex text or as base64."""
    found = set()
    views = [data, *_decoded(data.decode("latin-1"))]
    texts = [view.decode("latin-1").upper().replace(" ", "") for view in views]
    for secret in wanted:
        spelled = secret.hex().upper()
        if any(secret in view for view in views) or any(spelled in text for text in texts):
            found.add(secret)
    return found


def _windows(run: str, wanted: Collection[str]) -> set[str]:
    return {
        run[at : at + length]
        for at in range(len(run) - LENGTHS[0] + 1)
        for length in LENGTHS
        if run[at : at + length] in wanted
    }


def _texts(data: bytes) -> Iterator[str]:
    """All that the bytes may be read as."""
    text = data.decode("latin-1")
    for view in (data, *_decoded(text)):
        yield view.decode("latin-1")
        yield view.hex()
        yield view.decode("utf-8", "ignore")
        yield view.decode("gb18030", "ignore")
        if b"\x00" in view:
            yield view.replace(b"\x00", b"").decode("latin-1")


def _decoded(text: str) -> Iterator[bytes]:
    """What hex text and base64 within a text hold."""
    for found in HEX.findall(text):
        digits = re.sub(r"\s", "", found)
        for start in (0, 1):
            yield bytes.fromhex(digits[start : start + (len(digits) - start) // 2 * 2])
    for found in BASE64.findall(text):
        for start in range(4):
            whole = found[start:].rstrip("=")
            whole = whole[: len(whole) - (len(whole) % 4 == 1)]
            try:
                yield base64.b64decode(whole + "=" * (-len(whole) % 4))
            except binascii.Error:
                continue
