"""The date of a terminal: the plan's, until a sign-on tells another."""

import pytest

from adapters.codec.iso8583 import Message
from suites.readings.host_clock import date_at
from tests.suites.recordings import SYMBOLS, Tape

ANSWER = {11: "000001", 41: "10000001", 60: "00000001003"}


@pytest.mark.parametrize(
    "plan, told, code, expected",
    [
        ("110315", "0318", "00", "110318"),
        ("110315", "0318", "97", "110315"),
        ("111230", "0102", "00", "120102"),
        ("991230", "0102", "00", "000102"),
    ],
)
def test_the_date_is_the_last_one_told(plan: str, told: str, code: str, expected: str) -> None:
    """A refused sign-on tells none; a day before the plan's is one of the next year."""
    tape = Tape()
    tape.sign_on()
    seq = tape.frame(Message("0810", {**ANSWER, 13: told, 39: code}), answer=True)
    attempt = tape.attempt(symbols={**SYMBOLS, "terminal-date": plan})
    assert date_at(attempt, seq) == plan
    assert date_at(attempt, seq + 1) == expected


def test_without_a_plan_there_is_no_date() -> None:
    """Nobody guesses."""
    tape = Tape()
    tape.sign_on()
    assert date_at(tape.attempt(symbols={}), 99) == ""
