"""Titles, phrases and names in the two languages of the product."""

from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Title:
    """One short text in both languages."""

    en: str
    zh: str

    def text(self, language: Language) -> str:
        return self.zh if language == "zh" else self.en

    def filled(self, *arguments: object) -> "Title":
        """The same with arguments in the places {0}, {1} and so on."""
        return Title(self.en.format(*arguments), self.zh.format(*arguments))
