"""The table of measurements, and how a sample is taken."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from adapters.clock import SystemClock
from adapters.codec import ber_tlv
from adapters.errors import BenchBroken
from adapters.ifd.private_pcscd import Missing, check
from reports.measurements import __main__ as process
from reports.measurements import card_answers, decoding, starting
from reports.measurements.measurement import (
    MEDIAN,
    PER_SECOND,
    RATE,
    SECOND,
    Prepared,
    Probe,
    sample,
)
from reports.measurements.starting import LAUNCHER, STAMP, NotSetUp, launcher
from reports.measurements.table import MEASUREMENTS
from reports.performance import in_a_process

CLOCK = SystemClock()


class Ticking:
    """A timer by which each thing takes as long as it says."""

    def __init__(self) -> None:
        self.now = 0

    def __call__(self) -> int:
        return self.now

    def lasting(self, *durations: int) -> Callable[[], None]:
        following = iter(durations)

        def call() -> None:
            self.now += next(following)

        return call


def test_the_table_holds_what_was_promised() -> None:
    """Every figure with a limit is there, in both languages, over enough calls."""
    assert {name: row.limit for name, row in MEASUREMENTS.items()} == {
        "ber-tlv": 10_000,
        "iso8583": 150_000,
        "card-read-record": 200_000,
        "card-generate-ac": 200_000,
        "pcsc-read-record": 200_000,
        "pcsc-generate-ac": 200_000,
        "journal": 1_000_000,
        "rejudge": 500,
        "launcher": 300_000_000,
    }
    assert all(row.title.en and row.title.zh for row in MEASUREMENTS.values())
    calls = {name: row.calls for name, row in MEASUREMENTS.items()}
    assert calls.pop("launcher") >= 20
    assert min(calls.values()) >= 1_000
    assert [name for name, row in MEASUREMENTS.items() if row.unit is PER_SECOND] == ["rejudge"]


READER = [name for name in MEASUREMENTS if name.startswith("pcsc")]


@pytest.mark.parametrize("name", [name for name in MEASUREMENTS if name not in READER])
def test_a_measurement_can_be_prepared_and_called(name: str) -> None:
    """What a row prepares can be called, again and again."""
    try:
        with MEASUREMENTS[name].prepare(CLOCK) as prepared:
            durations = sample(prepared, 2, Ticking())
    except NotSetUp as missing:
        pytest.skip(str(missing))
    assert durations == (0, 0)


@pytest.mark.parametrize("name", READER)
def test_a_card_in_a_reader_can_be_measured(name: str) -> None:
    """The card answers through PC/SC as in memory, in a process that knows no other daemon."""
    try:
        check()
    except Missing as missing:
        pytest.skip(f"NO VIRTUAL READER HERE: {missing}")
    found = in_a_process(name)
    assert (found.trouble, found.calls) == ("", MEASUREMENTS[name].calls)


def test_what_is_decoded_is_what_is_said() -> None:
    """The FCI has 90 bytes and decodes whole; the frame carries IC data of an authorisation."""
    assert len(decoding.FCI_6F) == 90
    tags = [each.tag for each in ber_tlv.walk(ber_tlv.decode(decoding.FCI_6F))]
    assert tags[:5] == [0x6F, 0x84, 0xA5, 0x50, 0x87]
    assert len(tags) == 12
    sent = {each.tag for each in decoding.decode_frame(decoding.authorisation(CLOCK))}
    assert {0x9F26, 0x9F27, 0x9F10, 0x9F37, 0x95, 0x9F36} <= sent


def test_a_card_that_refuses_is_not_measured() -> None:
    """How fast a card says no is no figure of how fast it answers."""
    with pytest.raises(BenchBroken, match="BC: 80AE8000"):
        card_answers.GENERATE_AC.probe(
            lambda command: b"\x69\x85" if command[1] == 0xAE else b"\x90\x00"
        )


def test_only_the_call_is_timed() -> None:
    """What goes before a call costs nothing, and the first calls are not counted."""
    timer = Ticking()
    probe = Probe(timer.lasting(900, *range(1, 21)), timer.lasting(*[77] * 21))
    assert sample(Prepared(probe), 20, timer) == tuple(range(1, 21))


def test_what_is_below_is_taken_off() -> None:
    """The median of the reference goes off each duration, and it is called as often."""
    timer = Ticking()
    reference = Probe(timer.lasting(5, 5, 9, 5))
    above = Probe(timer.lasting(12, 15, 16, 15))
    assert sample(Prepared(above, (reference,)), 4, timer) == (7, 10, 11, 10)


def test_a_rate_comes_from_single_durations() -> None:
    """A hundredth of a second is a hundred a second; the slow end of a rate is low."""
    durations = [SECOND // 100] * 19 + [SECOND // 10] * 2
    assert (RATE.figure(durations), RATE.tail(durations)) == (100, 10)
    assert (MEDIAN.figure(durations), MEDIAN.tail(durations)) == (SECOND // 100, SECOND // 10)


def test_the_launcher_is_only_measured_where_it_is_set_up(tmp_path: Path) -> None:
    """A start that would set up is refused with the command; one that fails is no figure."""
    with pytest.raises(NotSetUp, match=r"\./assay measure"), launcher(tmp_path)(CLOCK):
        pass
    (tmp_path / STAMP).parent.mkdir()
    (tmp_path / STAMP).touch()
    started = tmp_path / "started"
    script = tmp_path / LAUNCHER
    script.write_text(f"#!/bin/sh\necho $# >> {started}\n", encoding="utf-8")
    os.chmod(script, 0o700)  # noqa: PTH101 - said of the file that was just written
    with launcher(tmp_path)(CLOCK) as prepared:
        prepared.probe.call()
        assert started.read_text(encoding="utf-8") == "0\n"
        script.write_text("#!/bin/sh\nexit 4\n", encoding="utf-8")
        with pytest.raises(BenchBroken, match="exit code 4"):
            prepared.probe.call()


def test_a_process_says_what_it_found(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The figure of a process, or its trouble in words, is the one thing it prints."""
    process.main("ber-tlv")
    found = json.loads(capsys.readouterr().out)
    assert found["calls"] == 1_000
    assert 0 < found["figure"] <= found["tail"]
    monkeypatch.setattr(card_answers, "check", _nothing_installed)
    process.main("pcsc-read-record")
    found = json.loads(capsys.readouterr().out)
    assert found == {"figure": 0, "tail": 0, "calls": 0, "trouble": "pcscd is missing: apt-get"}


def _nothing_installed() -> None:
    raise Missing("pcscd", "apt-get")


def test_the_launchers_stamp_is_where_we_look() -> None:
    """The launcher itself names the file by which we see that it was set up."""
    text = (starting.ROOT / LAUNCHER).read_text(encoding="utf-8")
    assert 'VENV = ROOT / ".venv"' in text
    assert 'STAMP = VENV / "assay-stamp"' in text
