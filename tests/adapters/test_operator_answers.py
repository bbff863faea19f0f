"""What a person may type, and what has to be typed again."""

import pytest

from adapters.operator.answers import LONGEST_LINE, LONGEST_SCREEN, NotUnderstood, Told, read
from adapters.questions import Choice, Question, by_its_name

QUESTION = Question(
    "Start a sale",
    "发起消费",
    (Choice("APPROVED", "approved", "成功"), Choice("NOT_STARTED", "not offered", "不支持")),
)


@pytest.mark.parametrize(
    "line, told",
    [
        (b"APPROVED", Told("APPROVED")),
        (b"  approved \t", Told("APPROVED")),
        (b"1", Told("APPROVED")),
        (b"2", Told("NOT_STARTED")),
        (b"1 50.00", Told("APPROVED", (5000,))),
        (b"1 0.01 ok", Told("APPROVED", (1,), "ok")),
        ("1 50.00 交易成功".encode(), Told("APPROVED", (5000,), "交易成功")),
        ("1 交易成功 50.00".encode("gb18030"), Told("APPROVED", (), "交易成功 50.00")),
        (b"1 50", Told("APPROVED", (), "50")),
        (b"1 12345678901.00", Told("APPROVED", (), "12345678901.00")),
        (b"1 $(touch x); `id` | sh", Told("APPROVED", (), "$(touch x); `id` | sh")),
    ],
)
def test_an_answer_is_a_word_a_sum_and_a_text(line: bytes, told: Told) -> None:
    """By name or number, in any case of letters; what a shell would run is text."""
    assert read(line, QUESTION) == told


@pytest.mark.parametrize(
    "line, why",
    [
        (b"", "begin with one of"),
        (b"perhaps", "APPROVED, NOT_STARTED"),
        (b"0", "begin with one of"),
        (b"3", "begin with one of"),
        ("１".encode(), "begin with one of"),
        (b"1 \x1b[A", "control characters"),
        (b"1 \x00", "control characters"),
        ("1 \u202e50.00".encode(), "control characters"),
        (b"\xff\xff", "no text"),
        (b"1 " + b"x" * LONGEST_LINE, "bytes"),
        (b"1 " + b"x" * (LONGEST_SCREEN + 1), "characters"),
    ],
)
def test_what_cannot_be_read_is_asked_again_in_both_languages(line: bytes, why: str) -> None:
    """The reason never repeats what was typed."""
    with pytest.raises(NotUnderstood) as refused:
        read(line, QUESTION)
    english, _, chinese = str(refused.value).partition(" / ")
    assert why in english
    assert any(ord(each) > 0x2E80 for each in chinese)
    assert "\x1b" not in str(refused.value)


def test_without_choices_any_word_will_do() -> None:
    """An act that nobody has words for is asked by its name."""
    question = by_its_name("purchase", {"amount": 5000})
    assert question.en == question.zh == "purchase amount=5000"
    assert read(b"whatever_came 1.00", question) == Told("WHATEVER_CAME", (100,))
    with pytest.raises(NotUnderstood):
        read(b"1", question)
