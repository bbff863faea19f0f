"""A folder of files that only grow: all that a chain of records asks of a disk."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol


class Disk(Protocol):
    """What is asked of a disk; every method raises OSError as the system does."""

    def names(self) -> tuple[str, ...]:
        """The files, sorted."""
        ...

    def read(self, name: str) -> bytes: ...

    def create(self, name: str) -> None:
        """A new, empty file; its name is durable when this returns."""
        ...

    def append(self, name: str, data: bytes) -> None:
        """All of it is with the operating system when this returns."""
        ...

    def sync(self, name: str) -> None:
        """All that was appended is durable when this returns."""
        ...

    def remove(self, name: str) -> None: ...


class Folder:
    """A folder of this machine, made if it is not there; files stay open until `close`."""

    def __init__(self, path: Path) -> None:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.path = path
        self._open: dict[str, int] = {}

    def names(self) -> tuple[str, ...]:
        return tuple(sorted(each.name for each in self.path.iterdir() if each.is_file()))

    def read(self, name: str) -> bytes:
        return (self.path / name).read_bytes()

    def sizes(self) -> Mapping[str, int]:
        """Of all files, in bytes: whether somebody has written since."""
        return {name: (self.path / name).stat().st_size for name in self.names()}

    def create(self, name: str) -> None:
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_EXCL
        self._open[name] = os.open(self.path / name, flags, 0o600)
        self._sync_names()

    def append(self, name: str, data: bytes) -> None:
        written = os.write(self._file(name), data)
        while written < len(data):
            # The next write says why the rest did not fit.
            written += os.write(self._file(name), data[written:])

    def sync(self, name: str) -> None:
        os.fdatasync(self._file(name))

    def remove(self, name: str) -> None:
        (self.path / name).unlink(missing_ok=True)
        self._sync_names()

    def close(self) -> None:
        while self._open:
            _, file = self._open.popitem()
            os.close(file)

    def _file(self, name: str) -> int:
        if name not in self._open:
            self._open[name] = os.open(self.path / name, os.O_WRONLY | os.O_APPEND)
        return self._open[name]

    def _sync_names(self) -> None:
        folder = os.open(self.path, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
