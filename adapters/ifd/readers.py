"""What the readers of a PC/SC daemon hold, asked by a process of its own.

The library keeps to the first daemon that a process has talked to, so that one process cannot ask
the system's daemon and another one. Run as `python -m adapters.ifd.readers MILLISECONDS [READER
COMMAND]`, it prints what was found as JSON; on trouble it prints one line as its error and exits 1.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from adapters.errors import BenchBroken, DeviceFell
from adapters.ifd.private_pcscd import SOCKET_NAME

ROOT = Path(__file__).parent.parent.parent
MILLISECONDS = 1000
TROUBLE = 1


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader by its name; the ATR of the card in it, b"" if there is none."""

    name: str
    atr: bytes


def system_readers(wait_ms: int) -> tuple[Reader, ...]:
    """The readers of the daemon that the environment names, the system's if it names none.

    No card is touched. BenchBroken if there is no daemon.
    """
    return tuple(Reader(name, bytes.fromhex(atr)) for name, atr in _asked({}, wait_ms).items())


def answer(daemon: Path, reader: str, command: bytes, wait_ms: int) -> tuple[bytes, bytes]:
    """Power on the card in a reader of the daemon at a socket: its ATR, and its R-APDU.

    BenchBroken says why there is none.
    """
    told = _asked({SOCKET_NAME: str(daemon)}, wait_ms, reader, command.hex())
    return bytes.fromhex(told["atr"]), bytes.fromhex(told["response"])


def _asked(daemon: Mapping[str, str], wait_ms: int, *words: str) -> Mapping[str, str]:
    try:
        ran = subprocess.run(
            (sys.executable, "-m", "adapters.ifd.readers", str(wait_ms), *words),
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), **daemon},
            capture_output=True,
            text=True,
            # Whoever asks gives each step its time; all of them together are given up later.
            timeout=4 * wait_ms / MILLISECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as silent:
        raise BenchBroken(f"PC/SC gave no answer within {4 * wait_ms} ms") from silent
    if ran.returncode != 0:
        raise BenchBroken((ran.stderr.splitlines() or ["PC/SC gave no answer"])[-1])
    told: Mapping[str, str] = json.loads(ran.stdout)
    return told


def _answered(wait_ms: int, name: str, command: str) -> Mapping[str, str]:
    from adapters.ifd.pcsc import PcscIfd  # noqa: PLC0415 - pyscard is not installed everywhere

    reader = PcscIfd(name, wait_ms)
    try:
        atr = reader.connect()
        return {"atr": atr.hex(), "response": reader.transmit(bytes.fromhex(command)).hex()}
    finally:
        reader.disconnect()


def _listed() -> Mapping[str, str]:
    from adapters.ifd.pcsc import cards  # noqa: PLC0415 - as above

    return {name: atr.hex() for name, atr in cards().items()}


def main(wait_ms: str, *words: str) -> int:
    """Ask the daemon of this process' environment."""
    try:
        found = _answered(int(wait_ms), *words) if words else _listed()
    except (BenchBroken, DeviceFell) as trouble:
        sys.stderr.write(f"{trouble}\n")
        return TROUBLE
    sys.stdout.write(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
