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
from adapters.wires import Address

MILLISECONDS = 1000
# Where Debian puts daemons: not on everybody's PATH.
DAEMON_PATH = f"{os.environ.get('PATH', os.defpath)}{os.pathsep}/usr/sbin"
VPCD_DRIVER = Path("/usr/lib/pcsc/drivers/serial/libifdvpcd.so")
# pcscd makes this folder when it starts, even with a socket elsewhere; only root may.
RUNTIME = Path("/run/pcscd")
READER = "Assay Virtual Reader"
SOCKET = "pcscd.comm"
# Tells the library of a client where its daemon is.
SOCKET_NAME = "PCSCLITE_CSOCK_NAME"
# Debian's packages for daemon and driver, and for compiling pyscard, which has no wheel for Linux.
PACKAGES = ("pcscd", "vsmartcard-vpcd", "gcc", "libc6-dev", "python3-dev", "libpcsclite-dev")
READY = "ready"
# sd_listen_fds(3): the socket is fd 3, and LISTEN_PID is known only to the process that listens.
BECOME = """
import os, sys
os.dup2(0, 3)
os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
os.environ.update(LISTEN_FDS="1", LISTEN_PID=str(os.getpid()))
os.execv(sys.argv[1], sys.argv[1:])
"""


class Missing(BenchBroken):
    """Something that the virtual reader needs is not here; `remedy` is the command that helps."""

    cause = "not-installed"

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(f"{what} is missing: {remedy}")
        self.what = what
        self.remedy = remedy


def check() -> Path:
    """The daemon's program; Missing if it, the vpcd driver, pyscard or /run/pcscd is not here."""
    daemon = shutil.which("pcscd", path=DAEMON_PATH)
    if daemon is None:
        raise Missing("pcscd", installation())
    if not VPCD_DRIVER.is_file():
        raise Missing("vpcd", installation())
    if importlib.util.find_spec("smartcard") is None:
        raise Missing("pyscard", installation())
    if not RUNTIME.is_dir() and not os.access(RUNTIME.parent, os.W_OK):
        raise Missing(str(RUNTIME), f"sudo mkdir {RUNTIME}")
    return Path(daemon)


def installation() -> str:
    """The command after which nothing is missing: with these packages the launcher adds pyscard."""
    sudo = "sudo " if os.geteuid() else ""
    install = f"{sudo}apt-get install -y {' '.join(PACKAGES)}"
    return f"{sudo}apt-get update && {install} && ./assay doctor"


def state() -> str:
    """Can a virtual reader be started here: "ready", or in a line of ASCII what is missing."""
    try:
        check()
    except Missing as missing:
        return f"{missing.what} is missing"
    return READY


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
