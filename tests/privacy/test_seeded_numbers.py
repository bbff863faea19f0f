"""10,000 drawn card numbers through every carrier: an outside scanner finds none of them."""

import subprocess
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path

import pytest

import cli
from adapters.clock import SystemClock
from adapters.errors import RefusedData
from adapters.events import Direction, Kind, Port
from adapters.guard import CardDataGuard
from adapters.journal_client import Journal, lines_in
from adapters.recorder import AttemptRecorder
from fixtures import ixit
from fixtures.crypto import pin_blocks
from fixtures.crypto.test_keys import bc_keys, posp_keys
from fixtures.emulated import misbehaviour
from fixtures.test_data import test_pans as listed
from reports import self_test
from suites.records import event_record, to_json
from tests.privacy.carriers import CARRIERS, Carrier, direction, packed
from tests.privacy.leaking import PINS, TEST_PAN, LeakingPos, plain_block
from tests.privacy.scanner import files, numbers_in, secrets_in
from tests.privacy.seeds import HOW_MANY, card_numbers

NUMBERS = card_numbers()
WANTED = frozenset(NUMBERS)
# Every number goes through every so many-th carrier, every carrier gets HOW_MANY / STRIDE numbers
# of all lengths: all through all takes seven times as long and finds the same.
STRIDE = 7


def found_in(*places: Path) -> dict[str, set[str]]:
    """The numbers found, by file."""
    found = {name: numbers_in(data, WANTED) for name, data in files(*places)}
    return {name: numbers for name, numbers in found.items() if numbers}


def carried() -> Iterator[tuple[str, str, Carrier]]:
    for start, (name, carrier) in enumerate(CARRIERS.items()):
        for pan in NUMBERS[start % STRIDE :: STRIDE]:
            yield name, pan, carrier


def test_no_seeded_number_reaches_the_journal(tmp_path: Path) -> None:
    """Every event with one is refused, and neither journal nor messages nor tracebacks hold it."""
    assert len(WANTED) == HOW_MANY
    passed: list[tuple[str, str]] = []
    repeated: list[tuple[str, str]] = []
    with (
        Journal(tmp_path / "journal") as journal,
        (tmp_path / "messages.txt").open("w", encoding="utf-8") as said,
    ):
        recorder = AttemptRecorder(
            SystemClock(),
            {},
            CardDataGuard(listed()),
            lambda event: journal.append(to_json(event_record("a", event))),
        )
        recorder.record(Port.ICC, Direction.TO_IUT, Kind.RESPONSE, b"\x5a\x08" + packed(TEST_PAN))
        for name, pan, carrier in carried():
            port, kind, data, detail = carrier(pan)
            try:
                recorder.record(port, direction(kind), kind, data, detail)
            except RefusedData as refused:
                told = str(refused)
                repeated += [(name, pan)] * (pan in told)
                # One in a hundred for the scanner, as a crash would print it.
                if pan[-3:-1] == "00":
                    traceback.print_exception(refused, file=said)
            else:
                passed.append((name, pan))
    assert not passed
    assert not repeated
    assert not found_in(tmp_path)
    # The files are the ones that were written to.
    assert numbers_in(lines_in(tmp_path / "journal"), {TEST_PAN})
    assert "DE35" in (tmp_path / "messages.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(CARRIERS.keys() - {"deep"}))
def test_a_listed_number_passes_every_carrier(name: str) -> None:
    """The same events with a test card's number are recorded: nothing is refused for its form.

    Only objects nested deeper than any codec follows them are digits to the guard, tags and all.
    """
    written = []
    recorder = AttemptRecorder(SystemClock(), {}, CardDataGuard(listed()), written.append)
    port, kind, data, detail = CARRIERS[name](TEST_PAN)
    recorder.record(port, direction(kind), kind, data, detail)
    assert len(written) == 1


def trace(pan: str, number: int) -> str:
    forms = (
        f"00B2010C00\n700C5A{len(packed(pan)):02X}{packed(pan).hex()}9000\n",
        f"00B2010C00\n{packed(pan).hex()}9000\n",
        f"00B2010C00\n70165F20{len(pan):02X}{pan.encode().hex()}9000\n",
        f"card number {pan}\n",
        f"04DADF7E{len(packed(pan)) + 4:02X}{packed(pan).hex()}00000000\n9000\n",
    )
    return forms[number % len(forms)]


def test_decode_shows_no_seeded_number(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Whether it can be decoded or not, of a number its ends are shown at most."""
    # Tag 5A and words: what has neither tag nor form may be anything, and a user typed it himself.
    lines = [trace(pan, number) for number, pan in enumerate(NUMBERS) if number % 5 in (0, 2, 3)]
    for at in range(0, len(lines), 1000):
        file = tmp_path / "input.txt"
        file.write_text("".join(lines[at : at + 1000]), encoding="utf-8")
        cli.main(["decode", str(file)])
        file.unlink()
    said = capfd.readouterr()
    assert said.out.count("**") > len(lines) // 2
    assert not numbers_in((said.out + said.err).encode(), WANTED)


def test_judge_shows_no_seeded_number(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A recording with one is refused by its line, and the message does not repeat it."""
    for number, pan in enumerate(NUMBERS[::50]):
        file = tmp_path / "trace.txt"
        file.write_text(trace(pan, number), encoding="utf-8")
        assert cli.main(["judge", str(file)]) == 2
        file.unlink()
    said = capfd.readouterr()
    assert not said.out
    assert "trace.txt:1" in said.err
    assert not numbers_in(said.err.encode(), WANTED)


PROGRAM = (
    "import sys, runpy; from tests.privacy import leaking; leaking.join();"
    "sys.argv = sys.argv[1:];"
    "runpy.run_module(sys.argv[0], run_name='__main__', alter_sys=True)"
)


@pytest.mark.parametrize("runner", ["pytest", "robot"])
def test_a_leaking_device_leaves_nothing(
    runner: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Journal, bundle, report, Allure or Robot results, what is printed: no number, PIN or key."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    bench = tmp_path / "bench.toml"
    text = ixit.IN_MEMORY.read_text(encoding="utf-8")
    text = text.replace("../ics", str(ixit.IN_MEMORY.parent.parent / "ics"))
    bench.write_text(
        text.replace('emulated = "direct-pos"', 'emulated = "direct-pos"\ndefect = "leaks"'),
        encoding="utf-8",
    )
    monkeypatch.setitem(misbehaviour.MISBEHAVIOURS, "leaks", LeakingPos)
    of_runner = self_test.RUNNERS[runner]
    monkeypatch.setitem(
        self_test.RUNNERS,
        runner,
        lambda request, lifeline: ("-c", PROGRAM, *of_runner(request, lifeline)[1:]),
    )
    out = tmp_path / "out"
    code = cli.main(["certify", "--bench", str(bench), "--out", str(out), "--runner", runner])
    (tmp_path / "said.txt").write_text("".join(capfd.readouterr()), encoding="utf-8")
    assert code != 0
    (journal,) = out.glob("*/journal")
    recorded = lines_in(journal).decode()
    assert '"masked":"VERIFY@5+8"' in recorded
    assert '"masked":"DE52@' in recorded
    assert "not-test-data" in recorded
    assert len(list(out.rglob("*"))) > 3
    assert not found_in(tmp_path)
    blocks = [plain_block(pin) for pin in PINS] + [pin.encode() for pin in PINS]
    posp, bc = posp_keys(), bc_keys()
    keys = [posp.terminal_master_key, posp.working.pin_key, posp.working.mac_key, posp.track_key]
    keys += [bc.imk_ac, bc.imk_mac, bc.imk_enc, bc.ca.p, bc.issuer.p, bc.icc.p, bc.icc.q]
    keys += [pin_blocks.pin_block(posp.working.pin_key, pin, TEST_PAN) for pin in PINS]
    for name, data in files(tmp_path):
        assert not secrets_in(data, blocks + keys), name


def test_a_crash_shows_no_seeded_number(tmp_path: Path) -> None:
    """A process that ends with the guard's refusal writes its traceback without the number."""
    program = (
        "import sys; from adapters.guard import CardDataGuard;"
        "from fixtures.test_data import test_pans;"
        "CardDataGuard(test_pans()).check_text(sys.stdin.read(), 'ics')"
    )
    ran = subprocess.run(
        (sys.executable, "-c", program),
        input=NUMBERS[0],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parent.parent.parent,
    )
    assert "RefusedData: ics" in ran.stderr
    (tmp_path / "crash.txt").write_text(ran.stdout + ran.stderr, encoding="utf-8")
    assert not found_in(tmp_path)
