"""A folder of this machine whose disk does one thing no more, until it is well again."""

import errno
import os
from pathlib import Path

from adapters.disk import Folder


class IllFolder(Folder):
    """`ill` names the operation that fails: append, sync, or none."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.ill = ""

    def append(self, name: str, data: bytes) -> None:
        self._fail("append")
        super().append(name, data)

    def sync(self, name: str) -> None:
        self._fail("sync")
        super().sync(name)

    def _fail(self, operation: str) -> None:
        if self.ill == operation:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
