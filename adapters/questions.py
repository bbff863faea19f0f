"""What a person at the bench is asked: texts are handed in, for every layer owns its words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

Arguments: TypeAlias = Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Choice:
    """A word that may be answered, and what it says in both languages."""

    word: str
    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class Question:
    """What to do, and the words that say what came of it; without choices any word will do."""

    en: str
    zh: str
    choices: tuple[Choice, ...] = ()


# The question of an act: its verb and its arguments.
Ask: TypeAlias = Callable[[str, Arguments], Question]


def by_its_name(verb: str, arguments: Arguments) -> Question:
    """The act as it is called, where nobody has handed in words for it."""
    said = " ".join((verb, *(f"{name}={value}" for name, value in arguments.items())))
    return Question(said, said)
