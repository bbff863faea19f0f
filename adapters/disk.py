"""A folder of files that only grow: all that a chain of records asks of a disk."""

import errno
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Protocol


class Disk(Protocol):
    """What is asked of a disk; every method raises OSError as the system does."""

    def names(self) -> tuple[str, ...]:
        """The files, sorted."""
        ...

    def sizes(self) -> Mapping[str, int]:
        """Of all files, in bytes: whether somebody has written since."""
        ...

    def read(self, name: str) -> bytes:
        """What the disk has, and what it was not yet asked to take."""
        ...

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
        with suppress(FileExistsError):
            make_folder(path, 0o700)
        self.path = path
        self._open: dict[str, int] = {}

    def names(self) -> tuple[str, ...]:
        return tuple(sorted(each.name for each in self.path.iterdir() if each.is_file()))

    def read(self, name: str) -> bytes:
        with (self.path / name).open("rb") as file:
            # After a failed sync the system shows from memory what the disk never took: let it
            # forget that, and what is read is there.
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
            return file.read()

    def sizes(self) -> Mapping[str, int]:
        return {name: (self.path / name).stat().st_size for name in self.names()}

    def create(self, name: str) -> None:
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_EXCL
        self._open[name] = os.open(self.path / name, flags, 0o600)
        _sync_names(self.path)

    def append(self, name: str, data: bytes) -> None:
        written = os.write(self._file(name), data)
        while written < len(data):
            # The next write says why the rest did not fit.
            written += os.write(self._file(name), data[written:])

    def sync(self, name: str) -> None:
        file = self._file(name)
        os.fdatasync(file)
        if not os.fstat(file).st_nlink:
            # The system goes on writing into a file that was deleted: nobody will read that.
            raise OSError(errno.ENOENT, os.strerror(errno.ENOENT), str(self.path / name))

    def remove(self, name: str) -> None:
        # A file that is open keeps its room.
        if name in self._open:
            os.close(self._open.pop(name))
        (self.path / name).unlink(missing_ok=True)
        _sync_names(self.path)

    def close(self) -> None:
        while self._open:
            _, file = self._open.popitem()
            os.close(file)

    def _file(self, name: str) -> int:
        if name not in self._open:
            self._open[name] = os.open(self.path / name, os.O_WRONLY | os.O_APPEND)
        return self._open[name]


def make_folder(path: Path, mode: int = 0o777) -> None:
    """A folder and those above it, their names durable; FileExistsError if it is there."""
    if not path.parent.is_dir():
        with suppress(FileExistsError):
            make_folder(path.parent)
    path.mkdir(mode)
    _sync_names(path.parent)


def write_whole(path: Path, data: bytes) -> None:
    """A file that is there with all its bytes or not at all; durable when this returns."""
    part = path.with_name(f"{path.name}.part")
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    _sync_names(path.parent)


def _sync_names(path: Path) -> None:
    folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
