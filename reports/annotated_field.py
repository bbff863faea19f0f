"""One field of what was decoded: named in both languages, with what is inside it."""

from collections.abc import Iterator
from dataclasses import dataclass

from adapters.codec.bits import Meaning


@dataclass(frozen=True, slots=True)
class Annotated:
    """One field: offset, tag or label, both names, hex (masked digits are `*`), decoded text."""

    offset: int
    label: str
    name_en: str
    name_zh: str
    value: str = ""
    text: str = ""
    meanings: tuple[Meaning, ...] = ()
    children: tuple["Annotated", ...] = ()

    def walk(self) -> Iterator["Annotated"]:
        """This field and all inside it, in order."""
        yield self
        for child in self.children:
            yield from child.walk()
