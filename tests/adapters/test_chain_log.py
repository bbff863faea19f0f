"""Segments of a chain in a folder of this machine, and the ledger's chain that many extend."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from adapters.chain import frame, head_of
from adapters.chain_log import ChainLog, recover
from adapters.disk import Folder, make_folder, write_whole
from adapters.errors import RecorderFailed
from adapters.shared_chain import SharedChain
from tests.ill_disk import IllFolder

ROOT = Path(__file__).parents[2]
LINES = tuple(f"line {number}".encode() for number in range(6))


def filled(path: Path, *lines: bytes) -> ChainLog:
    log, _ = ChainLog.begin(Folder(path))
    for line in lines:
        log.append(line)
    log.sync()
    return log


def test_each_writer_has_a_segment_of_its_own(tmp_path: Path) -> None:
    """Who goes on continues the chain in a new file; the older ones stay byte for byte."""
    filled(tmp_path, *LINES[:2])
    before = (tmp_path / "000001.log").read_bytes()
    filled(tmp_path, *LINES[2:])
    found = recover(Folder(tmp_path))
    assert found.segments == ("000001.log", "000002.log")
    assert (found.lines, found.head, found.lost) == (LINES, head_of(LINES), 0)
    assert (tmp_path / "000001.log").read_bytes() == before


def test_a_torn_tail_stays_where_it_is_and_is_counted(tmp_path: Path) -> None:
    """Half a record is lost, told, and told once: who goes on after that lost nothing."""
    filled(tmp_path, *LINES[:2])
    torn = frame(LINES[2], head_of(LINES[:3]))[:9]
    Folder(tmp_path).append("000001.log", torn)
    log, found = ChainLog.begin(Folder(tmp_path))
    assert (found.lines, found.lost, found.clean) == (LINES[:2], len(torn), False)
    log.append(b"resumed")
    _, again = ChainLog.begin(Folder(tmp_path))
    assert (again.lines, again.lost) == ((*LINES[:2], b"resumed"), 0)
    assert (tmp_path / "000001.log").read_bytes().endswith(torn)


def test_a_segment_that_continues_nothing_is_lost(tmp_path: Path) -> None:
    """A bit that flips in an older segment takes everything behind it, in whatever file."""
    filled(tmp_path, *LINES[:3])
    filled(tmp_path, *LINES[3:])
    first = tmp_path / "000001.log"
    second = (tmp_path / "000002.log").stat().st_size
    data = bytearray(first.read_bytes())
    data[-1] ^= 1
    first.write_bytes(data)
    found = recover(Folder(tmp_path))
    assert found.lines == LINES[:2]
    assert found.lost == len(frame(LINES[2], head_of(LINES[:3]))) + second


def test_a_segment_is_never_written_over(tmp_path: Path) -> None:
    """Where a segment was taken away, nobody begins one in the place of another."""
    for line in LINES[:3]:
        filled(tmp_path, line)
    (tmp_path / "000002.log").unlink()
    with pytest.raises(FileExistsError):
        ChainLog.begin(Folder(tmp_path))


@pytest.mark.parametrize("operation", ["append", "sync"])
def test_what_failed_once_fails_ever_after(tmp_path: Path, operation: str) -> None:
    """After a failed write or sync nothing more is taken, though the disk would do it again."""
    disk = IllFolder(tmp_path)
    log, _ = ChainLog.begin(disk)
    log.append(LINES[0])
    disk.ill = operation
    with pytest.raises(OSError, match=os.strerror(errno.EIO)):
        getattr(log, operation)(*([LINES[1]] if operation == "append" else []))
    disk.ill = ""
    with pytest.raises(OSError, match=os.strerror(errno.EIO)):
        log.append(LINES[2])
    with pytest.raises(OSError, match=os.strerror(errno.EIO)):
        log.sync()
    assert recover(disk).lines == LINES[:1]


def test_nobody_goes_on_before_the_past_is_durable(tmp_path: Path) -> None:
    """Where the older segments cannot be made durable, no new one is begun."""
    filled(tmp_path, *LINES[:2])
    disk = IllFolder(tmp_path)
    disk.ill = "sync"
    with pytest.raises(OSError, match=os.strerror(errno.EIO)):
        ChainLog.begin(disk)
    assert disk.names() == ("000001.log",)


def test_a_deleted_file_is_noticed(tmp_path: Path) -> None:
    """The system lets a deleted file be written; a sync says that it is not there any more."""
    log = filled(tmp_path, LINES[0])
    (tmp_path / "000001.log").unlink()
    log.append(LINES[1])
    with pytest.raises(FileNotFoundError):
        log.sync()


def test_a_file_is_whole_or_not_there(tmp_path: Path) -> None:
    """What is put in one piece replaces what was there, and leaves nothing beside it."""
    make_folder(tmp_path / "a" / "b")
    path = tmp_path / "a" / "b" / "bundle"
    write_whole(path, b"first")
    write_whole(path, b"second")
    assert path.read_bytes() == b"second"
    assert list(path.parent.iterdir()) == [path]
    with pytest.raises(FileExistsError):
        make_folder(path.parent)


EXTENDS = """
import sys
from pathlib import Path
from adapters.shared_chain import SharedChain
chain = SharedChain(Path(sys.argv[1]))
for number in range(int(sys.argv[3])):
    chain.append(f"{sys.argv[2]} {number}".encode())
"""


def test_several_processes_extend_one_chain_in_turn(tmp_path: Path) -> None:
    """Nothing of three writers at once is lost or torn, and each keeps its own order."""
    count = 40
    writers = [
        subprocess.Popen((sys.executable, "-c", EXTENDS, str(tmp_path), name, str(count)), cwd=ROOT)
        for name in ("a", "b", "c")
    ]
    assert [writer.wait(60) for writer in writers] == [0, 0, 0]
    lines = SharedChain(tmp_path).lines()
    for name in (b"a", b"b", b"c"):
        told = [line for line in lines if line.startswith(name)]
        assert told == [b"%s %d" % (name, number) for number in range(count)]
    assert len(lines) == 3 * count
    assert [path.name for path in tmp_path.glob("*.log")] == ["000001.log"]


def test_a_torn_ledger_goes_on_in_a_new_segment(tmp_path: Path) -> None:
    """Half an entry is not believed; the next one is chained to the last whole one."""
    SharedChain(tmp_path).append(LINES[0])
    with (tmp_path / "000001.log").open("ab") as file:
        file.write(b"\x00\x00\x00\x10half")
    chain = SharedChain(tmp_path)
    assert chain.append(LINES[1]) == head_of(LINES[:2])
    assert chain.lines() == LINES[:2]
    assert (tmp_path / "000002.log").read_bytes() == frame(LINES[1], head_of(LINES[:2]))


def test_a_ledger_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    """A ledger whose folder is a file, or was deleted, is our trouble by its name."""
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(RecorderFailed, match="台账无法写入"):
        SharedChain(tmp_path / "file").lines()
    chain = SharedChain(tmp_path / "ledger")
    chain.append(LINES[0])
    for path in (tmp_path / "ledger").iterdir():
        path.unlink()
    (tmp_path / "ledger").rmdir()
    with pytest.raises(RecorderFailed, match="台账无法写入"):
        chain.append(LINES[1])
