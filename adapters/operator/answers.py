"""What a person typed, read: a word, a sum, what the screen shows. Nothing of it is ever run."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from adapters.questions import Question

LONGEST_LINE = 400
LONGEST_SCREEN = 200
WORD = re.compile(r"[A-Z][A-Z_]{0,31}")
SUM = re.compile(r"([0-9]{1,10})\.([0-9]{2})")
MINOR = 100
# Control characters, what turns the direction of text, and what no screen shows.
UNREADABLE = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
# Consoles in China write one or the other.
ENCODINGS = ("utf-8", "gb18030")


class NotUnderstood(Exception):
    """An answer that has to be given again; why, in both languages. It never repeats the answer."""

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(f"{en} / {zh}")


@dataclass(frozen=True, slots=True)
class Told:
    """The word, the sums in minor units (one or none), the text of the screen."""

    word: str
    sums: tuple[int, ...] = ()
    screen: str = ""


def read(line: bytes, question: Question) -> Told:
    """WORD [SUM] [TEXT], the word by its name or its number in the list; NotUnderstood."""
    if len(line) > LONGEST_LINE:
        en = f"more than {LONGEST_LINE} bytes; write less"
        raise NotUnderstood(en, f"超过{LONGEST_LINE}字节，请缩短")
    text = _text(line).replace("\t", " ").strip()
    if any(unicodedata.category(each) in UNREADABLE for each in text):
        en = "control characters are no answer; write the word again"
        raise NotUnderstood(en, "含控制字符，请重新输入")
    word, _, rest = text.partition(" ")
    chosen = _word(word, question)
    first, _, screen = rest.strip().partition(" ")
    if found := SUM.fullmatch(first):
        return Told(chosen, (int(found[1]) * MINOR + int(found[2]),), _screen(screen))
    return Told(chosen, (), _screen(rest))


def _text(line: bytes) -> str:
    for text in _decoded(line):
        return text
    en = "these bytes are no text; is the terminal set to UTF-8?"
    raise NotUnderstood(en, "不是文本，请检查终端编码")


def _decoded(line: bytes) -> Iterator[str]:
    for encoding in ENCODINGS:
        try:
            yield line.decode(encoding)
        except UnicodeDecodeError:
            continue


def _word(typed: str, question: Question) -> str:
    words = [each.word for each in question.choices]
    if typed.isascii() and typed.isdecimal() and 0 < int(typed) <= len(words):
        return words[int(typed) - 1]
    word = typed.upper()
    if word in words or (not words and WORD.fullmatch(word)):
        return word
    wanted = ", ".join(words) or "a word of capital letters"
    raise NotUnderstood(f"begin with one of {wanted}, or its number", "请以上列结果词或其序号开头")


def _screen(text: str) -> str:
    screen = text.strip()
    if len(screen) > LONGEST_SCREEN:
        en = f"the text is longer than {LONGEST_SCREEN} characters; write less"
        raise NotUnderstood(en, f"文字超过{LONGEST_SCREEN}字，请缩短")
    return screen
