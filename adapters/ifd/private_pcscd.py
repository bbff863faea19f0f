"""A PC/SC daemon of one's own with a virtual reader, beside any daemon of the system."""

import importlib.util
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

from adapters.errors import BenchBroken
from adapters.icc.vpcd import VpcdIcc
from adapters.wires import Address

MILLISECONDS = 1000
# Where Debian puts daemons: not on everybody's PATH.
DAEMON_PATH = f"{os.environ.get('PATH', os.defpath)}{os.pathsep}/usr/sbin"
VPCD_DRIVER = Path("/usr/lib/pcsc/drivers/serial/libifdvpcd.so")
# pcscd makes this folder when it starts, even with a socket elsewhere; only root may.
RUNTIME = Path("/run/pcscd")
READER = "Assay Virtual Reader"
SOCKET = "pcscd.comm"
INSTALL_PYSCARD = (
    "apt-get install -y gcc libc6-dev python3-dev libpcsclite-dev &&"
    f" {sys.executable} -m uv pip install --require-hashes -r requirements/bench.lock"
)
# sd_listen_fds(3): the socket is fd 3, and LISTEN_PID is known only to the process that listens.
BECOME = """
import os, sys
os.dup2(0, 3)
os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
os.environ.update(LISTEN_FDS="1", LISTEN_PID=str(os.getpid()))
os.execv(sys.argv[1], sys.argv[1:])
"""


class Missing(BenchBroken):
    """Something that the virtual reader needs is not installed; says the command to install it."""

    cause = "not-installed"


def check() -> Path:
    """The daemon's program; Missing if it, the vpcd driver, pyscard or /run/pcscd is not here."""
    daemon = shutil.which("pcscd", path=DAEMON_PATH)
    if daemon is None:
        raise Missing("pcscd is missing: apt-get install -y pcscd")
    if not VPCD_DRIVER.is_file():
        raise Missing(f"{VPCD_DRIVER} is missing: apt-get install -y vsmartcard-vpcd")
    if importlib.util.find_spec("smartcard") is None:
        raise Missing(f"pyscard is missing: {INSTALL_PYSCARD}")
    if not RUNTIME.is_dir() and not os.access(RUNTIME.parent, os.W_OK):
        raise Missing(f"{RUNTIME} is missing: as root, mkdir {RUNTIME}")
    return Path(daemon)


class _Placeholder:
    """A card without any function."""

    def reset(self) -> bytes:
        # ISO/IEC 7816-3, 8.2: TS and T0, nothing else.
        return bytes.fromhex("3B00")

    def respond(self, _: bytes) -> bytes:
        return bytes.fromhex("6D00")


def second_slot(card: Address) -> VpcdIcc:
    """What stands in the slot that vpcd always opens at the port after the card's.

    The process that holds the card listens here too, before the daemon starts and until it has
    stopped: pcscd aborts when either slot hangs up. OSError if the port is taken.
    """
    host, port = card
    return VpcdIcc(_Placeholder(), (host, port + 1))


class PrivatePcscd:
    """A daemon whose one reader connects to the card at an address.

    The folder holds its configuration and its socket and is the caller's. A process that has
    talked to one daemon keeps to that socket: start the next one in the same folder. Missing if
    it cannot be started here; BenchBroken if it ends at once.
    """

    def __init__(self, card: Address, folder: Path, wait_ms: int) -> None:
        daemon = check()
        self._wait_ms = wait_ms
        self.socket_path = folder / SOCKET
        configuration = folder / "reader.conf"
        configuration.write_text(_configuration(card), encoding="ascii")
        self._log = folder / "pcscd.log"
        self.socket_path.unlink(missing_ok=True)
        with (
            socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listening,
            self._log.open("wb") as log,
        ):
            listening.bind(str(self.socket_path))
            listening.listen()
            command = [str(daemon), "--foreground", "--config", str(configuration)]
            self._process: subprocess.Popen[bytes] = subprocess.Popen(
                [sys.executable, "-I", "-c", BECOME, *command],
                stdin=listening.fileno(),
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        raised: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    @property
    def process_id(self) -> int:
        return self._process.pid

    def check_alive(self) -> None:
        """BenchBroken with the end of its log if the daemon is not running any more."""
        code = self._process.poll()
        if code is not None:
            last = self._log.read_text(encoding="utf-8", errors="replace").splitlines()[-3:]
            raise BenchBroken(f"pcscd ended with {code}: {' / '.join(last)}")

    def stop(self) -> None:
        """End this daemon, and no other."""
        self._process.terminate()
        try:
            self._process.wait(self._wait_ms / MILLISECONDS)
        except subprocess.TimeoutExpired:
            # A daemon that waits for a mute card does not hear a polite signal.
            self._process.kill()
            self._process.wait(self._wait_ms / MILLISECONDS)
        self.socket_path.unlink(missing_ok=True)


def _configuration(card: Address) -> str:
    # With an address before the port, vpcd connects out instead of listening on all interfaces.
    host, port = card
    lines = (
        f'FRIENDLYNAME "{READER}"',
        f"DEVICENAME {host}:0x{port:X}",
        f"LIBPATH {VPCD_DRIVER}",
        f"CHANNELID 0x{port:X}",
    )
    return "".join(f"{line}\n" for line in lines)
