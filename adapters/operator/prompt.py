"""A person at the bench who does the acts: asked in Chinese and English, answering in a line.

What the person says is the report, with how long it took. It is recorded as said, and nothing else
is done with it.
"""

import os
import select
import termios
from collections.abc import Mapping

from adapters.clock import Clock
from adapters.errors import BenchBroken, DeviceFell, OperatorGone, OperatorSilent
from adapters.operator.answers import LONGEST_LINE, NotUnderstood, Told, read
from adapters.questions import Ask, Choice, Question

Report = Mapping[str, str | int]
STANDARD_INPUT, STANDARD_OUTPUT = 0, 1
RECEIVED = 1024
NS_PER_SECOND, NS_PER_MS = 1_000_000_000, 1_000_000
LINE_ENDS = (b"\n", b"\r")
ANSWER_FORM = (
    "回答 / answer: 结果词或序号 [金额 0.00] [屏幕文字]"
    " / word or number [sum 0.00] [text of the screen]"
)
# By this word a person says that the device does nothing any more.
HANGS = Choice("HANGS", "the device does nothing any more", "设备无反应")


class Console:
    """A line to a person: standard input and output, or the terminal named in the bench file."""

    def __init__(self, port: str) -> None:
        self._opened: tuple[int, ...] = ()
        self._in, self._out = STANDARD_INPUT, STANDARD_OUTPUT
        self._kept = b""
        if port:
            try:
                self._in = self._out = os.open(port, os.O_RDWR | os.O_NOCTTY)
            except OSError as failed:
                message = f"operator.port is {port}, which cannot be opened: {failed.strerror}"
                raise BenchBroken(f"{message} / 无法打开操作员终端") from failed
            self._opened = (self._in,)

    def say(self, *lines: str) -> None:
        """Show lines; OperatorGone where nobody can read them."""
        left = "".join(f"{line}\n" for line in lines).encode()
        try:
            while left:
                left = left[os.write(self._out, left) :]
        except OSError as failed:
            raise _gone() from failed

    def forget(self) -> None:
        """Drop what was typed before the question was asked; a pipe keeps its lines."""
        if os.isatty(self._in):
            termios.tcflush(self._in, termios.TCIFLUSH)
            self._kept = b""

    def line(self, seconds: float) -> bytes | None:
        """The next line without its end; None if none comes in time, OperatorGone at the end.

        Of a line that is too long only so much is kept that it is seen to be.
        """
        while not (ends := [at for end in LINE_ENDS if (at := self._kept.find(end)) >= 0]):
            ready, _, _ = select.select((self._in,), (), (), max(seconds, 0))
            if not ready:
                return None
            try:
                received = os.read(self._in, RECEIVED)
            except OSError as failed:
                raise _gone() from failed
            if not received:
                raise _gone()
            whole = self._kept + received
            ended = any(end in whole for end in LINE_ENDS)
            self._kept = whole if ended else whole[: LONGEST_LINE + 1]
        at = min(ends)
        line, self._kept = self._kept[:at], self._kept[at + 1 :]
        return line

    def close(self) -> None:
        for opened in self._opened:
            os.close(opened)


def _gone() -> OperatorGone:
    return OperatorGone("nobody is at the operator's console any more / 操作员终端已关闭")


class PromptOperator:
    """adapters.ports.OperatorPort by a person's hands, within a limit of seconds for each act."""

    def __init__(self, console: Console, ask: Ask, seconds: int, clock: Clock) -> None:
        self._console = console
        self._ask = ask
        self._seconds = seconds
        self._clock = clock
        self._asked = 0

    def perform(self, verb: str, arguments: Mapping[str, str | int]) -> Report:
        """What the person says came of it.

        OperatorSilent without an answer in time, OperatorGone without a person, DeviceFell where
        the person says that the device hangs.
        """
        self._asked += 1
        asked = self._ask(verb, arguments)
        choices = (*asked.choices, HANGS) if asked.choices else ()
        question = Question(asked.en, asked.zh, choices)
        self._console.forget()
        self._console.say(*self._shown(question))
        began = self._clock.stamp().mono_ns
        told, again = self._answer(verb, question, began)
        took = (self._clock.stamp().mono_ns - began) // NS_PER_MS
        if told.word == HANGS.word:
            message = f"the operator says that the device hangs in {verb!r} / 操作员报告设备无反应"
            raise DeviceFell("hang", message)
        return {
            "outcome": told.word,
            **dict(zip(("amount",), told.sums, strict=False)),
            **({"screen": told.screen} if told.screen else {}),
            "answered-ms": took,
            **({"asked-again": again} if again else {}),
        }

    def tell(self, en: str, zh: str) -> None:
        """Something a person has to know."""
        self._console.say(zh, en)

    def close(self) -> None:
        self._console.close()

    def _shown(self, question: Question) -> tuple[str, ...]:
        number = f"[{self._asked}]"
        choices = (
            f"  {at} {each.word} {each.zh} / {each.en}"
            for at, each in enumerate(question.choices, 1)
        )
        return ("", f"{number} {question.zh}", f"{number} {question.en}", *choices, self._limit())

    def _limit(self) -> str:
        return f"{ANSWER_FORM} ({self._seconds} s)"

    def _answer(self, verb: str, question: Question, began: int) -> tuple[Told, int]:
        """The answer, and how often it had to be asked for again; the limit is for all together."""
        again = 0
        while True:
            spent = (self._clock.stamp().mono_ns - began) / NS_PER_SECOND
            line = self._console.line(self._seconds - spent)
            if line is None:
                message = (
                    f"the operator gave no answer to {verb!r} within {self._seconds} s"
                    " / 操作员未在时限内回答"
                )
                raise OperatorSilent(message)
            try:
                return read(line, question), again
            except NotUnderstood as not_understood:
                again += 1
                self._console.say(str(not_understood))
