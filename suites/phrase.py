"""What findings say: keys with arguments, each with both wordings, never sentences in evidence."""

from dataclasses import dataclass

from suites.wordings import WORDINGS
from suites.words import Language


@dataclass(frozen=True, slots=True)
class Phrase:
    """A key of the wordings and its arguments; a key without both wordings is refused."""

    key: str
    arguments: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.key not in WORDINGS:
            message = f"phrase {self.key!r} has no wording in suites/wordings.py"
            raise KeyError(message)

    def text(self, language: Language) -> str:
        return WORDINGS[self.key].text(language).format(*self.arguments)
