"""Figures against limits: the exit code, the table, the page."""

import getpass
import json
import platform
from dataclasses import replace
from pathlib import Path

import pytest

import cli
from adapters.errors import BenchBroken
from reports import performance
from reports.machine import Machine, this_machine
from reports.measurements.measurement import MICROSECONDS, MILLISECONDS, PER_SECOND, SECONDS, Taken
from reports.measurements.table import MEASUREMENTS
from reports.performance import Measured, exit_code, measured
from reports.performance_text import as_table, page, written
from suites.exit_codes import CONFORMING, INCOMPLETE, NOT_CONFORMING

MACHINE = Machine("Some CPU", 2, 4096, "6.1.0", "3.11.7")
MISSING = Taken(trouble="pcscd is missing: apt-get install -y pcscd (in /home/somebody)")


def within(name: str) -> Taken:
    """Just what the limit allows."""
    limit = MEASUREMENTS[name].limit
    return Taken(limit, limit, 1_000)


def beyond(name: str) -> Taken:
    """Just what it does not."""
    row = MEASUREMENTS[name]
    return Taken(row.limit + (-1 if row.unit.at_least else 1), row.limit, 1_000)


def without_reader(name: str) -> Taken:
    return MISSING if name.startswith("pcsc") else within(name)


def test_the_limit_is_for_the_median_of_the_processes() -> None:
    """Two slow processes of five do not break a limit, three do."""
    row = MEASUREMENTS["ber-tlv"]
    durations = (9_000, 50_000, 10_000, 60_000, 8_000)
    figures = [Taken(duration, duration * 2, 1_000) for duration in durations]
    found = Measured("ber-tlv", row, tuple(figures))
    assert (found.figure, found.tail, found.holds) == (10_000, 20_000, True)
    assert not replace(found, taken=(Taken(11_000), *figures[1:])).holds


@pytest.mark.parametrize("name", MEASUREMENTS)
def test_a_figure_beyond_its_limit_is_not_conforming(name: str) -> None:
    """Each row by itself decides the exit code; the limit itself is still good."""
    told: list[int] = []
    assert exit_code(measured(MEASUREMENTS, within, told.append)) == CONFORMING
    assert told == [1, 2, 3, 4, 5]
    found = measured(
        MEASUREMENTS, lambda each: beyond(each) if each == name else within(each), told.append
    )
    assert exit_code(found) == NOT_CONFORMING
    assert [each.name for each in found if not each.holds] == [name]


def test_what_could_not_be_measured_is_incomplete_and_says_what_to_install() -> None:
    """Without PC/SC the table names the command; a limit that does not hold weighs more."""
    found = measured(MEASUREMENTS, without_reader, str)
    assert exit_code(found) == INCOMPLETE
    assert "未测 / not measured: pcscd is missing: apt-get install -y pcscd" in as_table(found)
    slow = measured(
        MEASUREMENTS, lambda each: beyond(each) if each == "rejudge" else without_reader(each), str
    )
    assert exit_code(slow) == NOT_CONFORMING


def test_one_process_without_a_figure_is_enough_to_be_incomplete() -> None:
    """A median of four processes is not what was promised."""
    row = MEASUREMENTS["iso8583"]
    found = Measured("iso8583", row, (*[within("iso8583")] * 4, MISSING))
    assert found.trouble == MISSING.trouble
    assert exit_code((found,)) == INCOMPLETE


def test_the_page_has_machine_date_and_all_rows() -> None:
    """Whoever reads a figure sees what it was measured on, and when."""
    text = page(measured(MEASUREMENTS, within, str), MACHINE, "2026-11-27")
    for said in ("2026-11-27", "Some CPU", "| 2 |", "4096 MiB", "6.1.0", "3.11.7"):
        assert said in text
    for row in MEASUREMENTS.values():
        assert text.count(f"| {row.title.en} / {row.title.zh} |") == 2
    assert text.count("holds / 达标") == len(MEASUREMENTS)


def test_the_page_names_no_workplace() -> None:
    """Neither the machine's description nor a reason tells where it stands and who works there."""
    text = page(measured(MEASUREMENTS, without_reader, str), this_machine(), "2026-11-27")
    assert text.count("not measured / 未测") == 2
    for said in (platform.node(), f"/{getpass.getuser()}", str(performance.ROOT), "/home"):
        assert said not in text


def test_a_machine_is_told_without_the_name_of_its_kernel(tmp_path: Path) -> None:
    """What a distributor writes behind the number stays away; what is not told is "-" or 0."""
    (tmp_path / "sys/kernel").mkdir(parents=True)
    (tmp_path / "sys/kernel/osrelease").write_text("6.1.0-37-office-amd64\n", encoding="ascii")
    (tmp_path / "cpuinfo").write_text("vendor_id: x\nmodel name\t: CPU 9\n", encoding="ascii")
    (tmp_path / "meminfo").write_text("MemTotal:        2097152 kB\n", encoding="ascii")
    found = this_machine(tmp_path)
    assert (found.cpu, found.memory_mib, found.kernel) == ("CPU 9", 2048, "6.1.0")
    assert found.cores > 0
    nothing = this_machine(tmp_path / "sys")
    assert (nothing.memory_mib, nothing.kernel) == (0, "-")
    assert nothing.cpu == platform.machine()


def test_figures_are_written_in_their_units() -> None:
    """Whole numbers become decimals without passing through a float."""
    assert written(4_912, MICROSECONDS) == "4.912 µs"
    assert written(109_050, MILLISECONDS) == "0.109 ms"
    assert written(300_000_000, SECONDS) == "0.300 s"
    assert written(523, PER_SECOND) == "523 /s"
    assert written(-1_500, MICROSECONDS) == "-1.500 µs"


def test_the_command_prints_and_writes_the_page(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`measure` ends with the exit code of its figures; --json holds those of every process."""
    written_to = tmp_path / "performance.md"
    monkeypatch.setattr(cli, "PERFORMANCE", written_to)
    monkeypatch.setattr(performance, "in_a_process", without_reader)
    assert cli.main(["measure"]) == INCOMPLETE
    printed = capsys.readouterr()
    assert "限值 / limit ≤ 10.000 µs: holds / 达标" in printed.out
    assert "round 5 of 5" in printed.err
    assert "Some CPU" not in written_to.read_text(encoding="utf-8")
    assert cli.main(["measure", "--json"]) == INCOMPLETE
    body = json.loads(capsys.readouterr().out)
    assert body["date"].startswith("20")
    assert set(body["machine"]) == {"cpu", "cores", "memory_mib", "kernel", "python"}
    rows = {row["name"]: row for row in body["measurements"]}
    assert set(rows) == set(MEASUREMENTS)
    assert rows["pcsc-read-record"]["holds"] is None
    assert "apt-get" in rows["pcsc-read-record"]["trouble"]
    assert len(rows["rejudge"]["processes"]) == 5
    assert rows["rejudge"]["limit_is"] == "at least"


def test_a_process_that_breaks_is_our_trouble() -> None:
    """A measurement that is not in the table ends with the name of what broke."""
    with pytest.raises(BenchBroken, match="no-such-thing: KeyError"):
        performance.in_a_process("no-such-thing")


def test_a_process_hands_its_figure_back() -> None:
    """What a child process measured arrives as a value."""
    found = performance.in_a_process("ber-tlv")
    assert found.calls == 1_000
    assert 0 < found.figure <= found.tail
