"""The writer of a journal as a process: what it acknowledged stays, and what fails stays failed."""

import errno
import io
import os
import resource
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.chain_log import recover
from adapters.disk import Folder
from adapters.errors import RecorderFailed
from adapters.journal import MAX_LINE, encode
from adapters.journal_client import Journal, lines_in
from adapters.journal_writer import (
    APPEND,
    CLOSE,
    DONE,
    FAILED,
    RESERVE,
    RESERVE_SIZE,
    SYNC,
    Message,
    Writer,
    receive,
    send,
    serve,
)
from tests.ill_disk import IllFolder

ROOT = Path(__file__).parents[2]
SHORT_S = 1.0
LAST_WORDS = {"record": "stopped", "cause": "disk-full"}
WORDS = encode(LAST_WORDS)[:-1]
ROOM = 2_000


def test_the_body_of_a_record_is_the_line_byte_for_byte(tmp_path: Path) -> None:
    """What is read back, and stands on the disk, is the canonical line of what was appended."""
    records = [{"text": "验金", "b": 1, "a": [1, None, True]}, {"a": "x" * 5000}]
    with Journal(tmp_path) as journal:
        for record in records:
            journal.append(record)
    assert lines_in(tmp_path) == b"".join(map(encode, records))
    assert encode(records[0])[:-1] in (tmp_path / "000001.log").read_bytes()


def test_an_acknowledged_record_is_with_the_system(tmp_path: Path) -> None:
    """As soon as append returns anybody can read the line, before any sync was asked for."""
    with Journal(tmp_path) as journal:
        for number in range(20):
            link = journal.append({"n": number})
            found = recover(Folder(tmp_path))
            assert len(found.lines) == number + 1
            assert found.head.link == link


def test_a_journal_has_one_writer(tmp_path: Path) -> None:
    """A second one is refused in words while the first lives, and taken when it has ended."""
    with Journal(tmp_path) as first:
        first.append({"n": 1})
        with pytest.raises(RecorderFailed, match="another process is writing it"):
            Journal(tmp_path)
        first.append({"n": 2})
    with Journal(tmp_path) as second:
        assert (second.begun.count, second.begun.lost, second.begun.segments) == (2, 0, 1)


@pytest.mark.parametrize("acknowledged", [0, 1, 7])
def test_a_writer_that_is_killed_takes_nothing_along(tmp_path: Path, acknowledged: int) -> None:
    """Who asks next is told at once, and ever after; what was acknowledged is all there."""
    journal = Journal(tmp_path)
    for number in range(acknowledged):
        journal.append({"n": number})
    os.kill(journal.process_id, signal.SIGKILL)
    for _ in range(2):
        with pytest.raises(RecorderFailed, match="its writer has ended"):
            journal.append({"n": -1})
    with pytest.raises(RecorderFailed):
        journal.sync()
    journal.close()
    assert len(recover(Folder(tmp_path)).lines) == acknowledged


def test_a_writer_that_stands_still_is_given_up(tmp_path: Path) -> None:
    """A writer that does not answer in time is ended; what it acknowledged is there."""
    journal = Journal(tmp_path, wait_s=SHORT_S)
    journal.append({"n": 0})
    os.kill(journal.process_id, signal.SIGSTOP)
    with pytest.raises(RecorderFailed, match="did not answer within"):
        journal.append({"n": 1})
    with pytest.raises(RecorderFailed):
        journal.sync()
    journal.close()
    with Journal(tmp_path) as again:
        assert again.begun.count >= 1
    assert lines_in(tmp_path).startswith(encode({"n": 0}))


ASKS = """
import os, signal, sys
from pathlib import Path
from adapters.journal_client import Journal
journal = Journal(Path(sys.argv[1]))
print(journal.process_id, flush=True)
for number in range(int(sys.argv[2])):
    journal.append({"n": number})
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_campaign_that_is_killed_leaves_no_writer(tmp_path: Path) -> None:
    """The writer ends by itself when nobody asks any more, and every acknowledged line stays."""
    asked = subprocess.run(
        (sys.executable, "-c", ASKS, str(tmp_path), "50"),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    assert asked.returncode == -signal.SIGKILL
    # The writer holds the other end of our pipe no longer once it is gone: wait for its lock.
    with awaited(tmp_path) as journal:
        assert journal.begun.count == 50


def awaited(folder: Path) -> Journal:
    """A journal whose last writer may still be about to end."""
    for _ in range(100):
        try:
            return Journal(folder)
        except RecorderFailed:
            threading.Event().wait(0.05)
    return Journal(folder)


def test_a_record_too_long_to_be_read_again_is_refused(tmp_path: Path) -> None:
    """It is our trouble, before a byte of it is written."""
    with Journal(tmp_path) as journal:
        journal.append({"n": 0})
        with pytest.raises(RecorderFailed, match="could not be read again"):
            journal.append({"n": "x" * MAX_LINE})
    assert lines_in(tmp_path) == encode({"n": 0})


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    """Where the folder of a journal is a file, its writer says so and does not begin."""
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(RecorderFailed, match="证据无法写入"):
        Journal(tmp_path / "file")


def test_a_folder_that_is_deleted_stops_the_campaign(tmp_path: Path) -> None:
    """The system would go on writing into deleted files; the next sync says that they are gone."""
    journal = Journal(tmp_path / "j")
    journal.append({"n": 0})
    shutil.rmtree(tmp_path / "j")
    with pytest.raises(RecorderFailed, match="No such file"):
        journal.sync()
    journal.close()


class Limited(Folder):
    """A folder with room for so many bytes; as a disk does, it takes the part that still fits."""

    def __init__(self, path: Path, room: int, code: int = errno.ENOSPC) -> None:
        super().__init__(path)
        self.room = room
        self._code = code

    def append(self, name: str, data: bytes) -> None:
        left = self.room - sum(self.sizes().values())
        super().append(name, data[: max(left, 0)])
        if len(data) > left:
            raise OSError(self._code, os.strerror(self._code))


def filled(writer: Writer) -> int:
    """Appends until that fails; how many lines were acknowledged."""
    for number in range(ROOM):
        if writer.answer(Message(APPEND, b"x" * 100)).letter == FAILED:
            return number
    pytest.fail("there was room for everything")


def test_a_full_disk_leaves_its_last_words(tmp_path: Path) -> None:
    """The reserve makes room for a segment that says why; what is asked after that fails."""
    writer = Writer(Limited(tmp_path, RESERVE_SIZE + ROOM), WORDS)
    acknowledged = filled(writer)
    assert acknowledged > 1
    assert writer.answer(Message(APPEND, b"more")).letter == FAILED
    assert writer.answer(Message(SYNC, b"")).letter == FAILED
    found = recover(Folder(tmp_path))
    assert found.lines == (b"x" * 100,) * acknowledged + (WORDS,)
    assert found.segments == ("000001.log", "000002.log")
    assert RESERVE not in Folder(tmp_path).names()


def test_the_reserve_is_made_again(tmp_path: Path) -> None:
    """The next writer sets room aside anew, also where one died while it made it."""
    (tmp_path / RESERVE).write_bytes(b"short")
    Writer(Folder(tmp_path), WORDS)
    assert (tmp_path / RESERVE).stat().st_size == RESERVE_SIZE


def test_a_disk_that_is_too_full_for_last_words_just_ends(tmp_path: Path) -> None:
    """If even the last words do not fit, what was acknowledged is there and nothing else."""
    disk = Limited(tmp_path, RESERVE_SIZE + ROOM)
    writer = Writer(disk, WORDS)
    disk.room = 0
    assert writer.answer(Message(APPEND, b"x")).letter == FAILED
    assert recover(Folder(tmp_path)).lines == ()


def test_a_file_that_may_not_grow_stops_without_last_words(tmp_path: Path) -> None:
    """EFBIG is a limit of ours and no full disk: it stops the journal all the same."""
    writer = Writer(Limited(tmp_path, RESERVE_SIZE + ROOM, errno.EFBIG), WORDS)
    acknowledged = filled(writer)
    assert writer.answer(Message(APPEND, b"more")).letter == FAILED
    assert recover(Folder(tmp_path)).lines == (b"x" * 100,) * acknowledged


def test_a_limit_on_the_size_of_files_stops_the_journal(tmp_path: Path) -> None:
    """The same with the system's own limit, in the process of a real writer."""
    limit = RESERVE_SIZE + ROOM
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    journal = Journal(tmp_path, LAST_WORDS)
    resource.prlimit(journal.process_id, resource.RLIMIT_FSIZE, (limit, before[1]))
    acknowledged = until_it_fails(journal, "File too large")
    journal.close()
    assert len(acknowledged) > 1
    assert lines_in(tmp_path) == b"".join(acknowledged)


def until_it_fails(journal: Journal, why: str) -> list[bytes]:
    """The lines that were acknowledged before the journal failed, as it then does ever after."""
    acknowledged: list[bytes] = []

    def fill() -> None:
        for number in range(ROOM):
            record = {"n": number, "x": "x" * 1000}
            journal.append(record)
            acknowledged.append(encode(record))

    for _ in range(2):
        with pytest.raises(RecorderFailed, match=why):
            fill()
    with pytest.raises(RecorderFailed, match=why):
        journal.sync()
    return acknowledged


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own with little room; skips where that may not be mounted."""
    place = tmp_path / "small"
    place.mkdir()
    mount = ("mount", "-t", "tmpfs", "-o", f"size={RESERVE_SIZE + 64 * 1024}", "none", str(place))
    if shutil.which("mount") is None or subprocess.run(mount, check=False).returncode:
        pytest.skip("NO SMALL DISK HERE: mounting a tmpfs needs root")
    yield place
    subprocess.run(("umount", "--lazy", str(place)), check=True)


def test_a_real_disk_that_is_full_stops_the_journal(small_disk: Path) -> None:
    """A tmpfs without room: the acknowledged lines and the last words are there."""
    journal = Journal(small_disk, LAST_WORDS)
    acknowledged = until_it_fails(journal, "No space left")
    journal.close()
    assert len(acknowledged) > 10
    assert lines_in(small_disk) == b"".join((*acknowledged, encode(LAST_WORDS)))


@pytest.mark.parametrize("operation", ["append", "sync"])
def test_what_fails_once_fails_for_ever(tmp_path: Path, operation: str) -> None:
    """After an I/O error nothing is acknowledged any more, even if the disk is well again."""
    disk = IllFolder(tmp_path)
    writer = Writer(disk, WORDS)
    assert writer.answer(Message(APPEND, b"first")).letter == DONE
    assert writer.answer(Message(SYNC, b"")).letter == DONE
    disk.ill = operation
    request = {"append": Message(APPEND, b"second"), "sync": Message(SYNC, b"")}[operation]
    assert writer.answer(request) == Message(FAILED, os.strerror(errno.EIO).encode())
    disk.ill = ""
    for letter in (APPEND, SYNC, CLOSE):
        assert writer.answer(Message(letter, b"third")).letter == FAILED
    # An I/O error is no full disk: there are no last words.
    assert recover(Folder(tmp_path)).lines == (b"first",)


def test_a_sync_that_fails_unasked_is_told_to_whoever_asks_next(tmp_path: Path) -> None:
    """The thread that syncs off the timed path has nobody to tell: the log remembers."""
    disk = IllFolder(tmp_path)
    writer = Writer(disk, WORDS)
    disk.ill = "sync"
    assert writer.answer(Message(APPEND, b"first")).letter == DONE
    threading.Event().wait(0.5)
    disk.ill = ""
    assert writer.answer(Message(APPEND, b"second")).letter == FAILED


def test_a_writer_serves_until_the_other_side_has_gone(tmp_path: Path) -> None:
    """A request that was cut off in the middle is none; what came before it is on the disk."""
    asked, answers = io.BytesIO(), io.BytesIO()
    for line in (b"one", b"two"):
        send(asked, Message(APPEND, line))
    asked.write(APPEND + (400).to_bytes(4, "big") + b"cut")
    asked.seek(0)
    assert serve(tmp_path, b"", asked, answers) == 0
    answers.seek(0)
    assert [receive(answers).letter for _ in range(3)] == [DONE] * 3
    with pytest.raises(EOFError):
        receive(answers)
    assert recover(Folder(tmp_path)).lines == (b"one", b"two")
