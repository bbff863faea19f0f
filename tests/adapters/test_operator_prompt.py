"""A person at the bench, played through pipes and a pseudo-terminal."""

import os
import threading
import time
import tty
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from adapters.clock import SystemClock
from adapters.errors import BenchBroken, DeviceFell, OperatorGone, OperatorSilent, RefusedData
from adapters.events import Kind, Port
from adapters.guard import CardDataGuard
from adapters.operator import prompt
from adapters.operator.prompt import Console, PromptOperator
from adapters.ports import OperatorTap
from adapters.questions import Choice, Question
from adapters.recorder import AttemptRecorder
from fixtures.test_data import test_pans as listed_pans

CHOICES = (Choice("APPROVED", "approved", "成功"), Choice("DECLINED", "declined", "拒绝"))


def ask(verb: str, arguments: Mapping[str, str | int]) -> Question:
    return Question(f"Do: {verb} {arguments}", f"请操作：{verb}", CHOICES)


class Played:
    """A console on two pipes: what was shown, and what is typed."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        typed, self.keyboard = os.pipe()
        self.screen, shown = os.pipe()
        monkeypatch.setattr(prompt, "STANDARD_INPUT", typed)
        monkeypatch.setattr(prompt, "STANDARD_OUTPUT", shown)
        self.open = [typed, self.keyboard, self.screen, shown]

    def type(self, data: bytes) -> None:
        os.write(self.keyboard, data)

    def hang_up(self) -> None:
        os.close(self.keyboard)
        self.open.remove(self.keyboard)

    def shown(self) -> str:
        return os.read(self.screen, 1 << 16).decode()

    def operator(self, seconds: int = 5) -> PromptOperator:
        return PromptOperator(Console(""), ask, seconds, SystemClock())


@pytest.fixture
def person(monkeypatch: pytest.MonkeyPatch) -> Iterator[Played]:
    played = Played(monkeypatch)
    yield played
    for each in played.open:
        os.close(each)


def test_a_person_is_asked_in_both_languages_and_answers(person: Played) -> None:
    """The report has the word, the sum, the screen, and how long it took."""
    person.type("1 50.00 交易成功\n".encode())
    report = person.operator().perform("purchase", {"amount": 5000})
    took = report["answered-ms"]
    assert isinstance(took, int)
    assert 0 <= took < 5000
    said = {"outcome": "APPROVED", "amount": 5000, "screen": "交易成功", "answered-ms": took}
    assert report == said
    shown = person.shown()
    for expected in ("Do: purchase", "请操作：purchase", "1 APPROVED 成功 / approved", "(5 s)"):
        assert expected in shown
    assert "3 HANGS 设备无反应" in shown


def test_an_answer_that_cannot_be_read_is_asked_for_again(person: Played) -> None:
    """How often stands in the report; the limit is that of the act."""
    person.type(b"perhaps\n\x1b[A\nDECLINED\n")
    report = person.operator().perform("purchase", {})
    assert (report["outcome"], report["asked-again"]) == ("DECLINED", 2)
    shown = person.shown()
    assert "begin with one of APPROVED, DECLINED" in shown
    assert "含控制字符" in shown
    assert "\x1b" not in shown


def test_a_flood_of_characters_is_one_long_answer(person: Played) -> None:
    """Not kept in memory, and asked for again."""
    flood = threading.Thread(target=person.type, args=(b"x" * 300_000 + b"\n1\n",), daemon=True)
    flood.start()
    report = person.operator().perform("purchase", {})
    assert (report["outcome"], report["asked-again"]) == ("APPROVED", 1)
    flood.join()


def test_no_answer_in_time_is_a_named_trouble(person: Played) -> None:
    """The bench's own: it says nothing about the device. Unreadable answers win no time."""
    operator = person.operator(seconds=1)
    threading.Timer(0.6, person.type, (b"perhaps\n",)).start()
    began = time.monotonic()
    with pytest.raises(OperatorSilent, match="within 1 s") as silent:
        operator.perform("purchase", {})
    assert time.monotonic() - began < 1.5
    assert silent.value.cause == "operator-silent"
    assert "操作员" in str(silent.value)


def test_a_person_who_left_is_a_named_trouble(person: Played) -> None:
    """The line has ended: nobody waits for the limit."""
    person.hang_up()
    with pytest.raises(OperatorGone) as gone:
        person.operator(seconds=60).perform("purchase", {})
    assert gone.value.cause == "operator-gone"


def test_a_device_that_hangs_is_the_device_s_fault(person: Played) -> None:
    """The person says so; nobody has to wait."""
    person.type(b"hangs\n")
    with pytest.raises(DeviceFell) as fell:
        person.operator().perform("purchase", {})
    assert fell.value.how == "hang"


def recorded(person: Played) -> tuple[OperatorTap, AttemptRecorder]:
    guard = CardDataGuard(listed_pans())
    fidelity = {Port.OPERATOR: "asserted-by-operator"}
    recorder = AttemptRecorder(SystemClock(), fidelity, guard, lambda _: None)
    return OperatorTap(person.operator(), recorder), recorder


def test_what_a_person_says_is_evidence_as_asserted(person: Played) -> None:
    """The event has the words, the duration and the fidelity; a listed test card may be in it."""
    tap, recorder = recorded(person)
    person.type("1 卡号 6228480402564890018 $(touch /tmp/x)\n".encode())
    tap.perform("purchase", {"amount": 5000})
    report = recorder.events[-1]
    assert report.kind is Kind.REPORT
    assert report.fidelity == "asserted-by-operator"
    assert report.detail["screen"] == "卡号 6228480402564890018 $(touch /tmp/x)"
    assert "answered-ms" in report.detail


def test_a_card_number_that_is_on_no_list_is_refused_before_it_is_recorded(
    person: Played,
) -> None:
    """As from any device; the number is repeated nowhere."""
    tap, recorder = recorded(person)
    # A number with the check digit, of no test card.
    person.type(b"1 6217001234567893\n")
    with pytest.raises(RefusedData) as refused:
        tap.perform("purchase", {"amount": 5000})
    assert [each.kind for each in recorder.events] == [Kind.ACT]
    assert "6217001234567893" not in str(refused.value) + person.shown()


@pytest.fixture
def terminal() -> Iterator[tuple[int, str]]:
    own, other = os.openpty()
    tty.setraw(other)
    yield own, os.ttyname(other)
    os.close(own)
    os.close(other)


def test_a_terminal_of_its_own(terminal: tuple[int, str]) -> None:
    """Named in the bench file; what was typed before the question is no answer to it."""
    own, name = terminal
    console = Console(name)
    operator = PromptOperator(console, ask, 5, SystemClock())
    os.write(own, b"1\r")
    time.sleep(0.1)
    answered: list[Mapping[str, str | int]] = []
    asking = threading.Thread(target=lambda: answered.append(operator.perform("purchase", {})))
    asking.start()
    shown = b""
    while b"answer" not in shown:
        shown += os.read(own, 4096)
    os.write(own, b"DECLINED\r")
    asking.join(timeout=5)
    assert [each["outcome"] for each in answered] == ["DECLINED"]
    operator.close()


def test_a_terminal_that_is_not_there_is_named(tmp_path: Path) -> None:
    """By the key of the bench file."""
    with pytest.raises(BenchBroken, match=r"operator\.port is .*gone"):
        Console(str(tmp_path / "gone"))
