"""Where in the text of a JSON object something stands, as the offset of its byte in UTF-8.

The object has been read already, or stumbled at: these only find a place to name.
"""

import json
import re
from collections.abc import Callable
from itertools import pairwise

TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[-+.0-9A-Za-z]+|[{}\[\]:,]')
OPENING, CLOSING = frozenset("{["), frozenset("}]")


def start(_: str) -> int:
    """The first byte: of what the whole line is."""
    return 0


def member(name: str) -> Callable[[str], int]:
    """Finds the name of a member of the outermost object; the object's end if it has none."""

    def place(text: str) -> int:
        depth = 0
        for token, following in pairwise(TOKEN.finditer(text)):
            depth += (token[0] in OPENING) - (token[0] in CLOSING)
            named = depth == 1 and following[0] == ":"
            if named and json.loads(token[0]) == name:
                return _bytes(text, token.start())
        return _bytes(text, max(text.rfind("}"), 0))

    return place


def number(written: str) -> Callable[[str], int]:
    """Finds the first number that is written so."""

    def place(text: str) -> int:
        found = (token.start() for token in TOKEN.finditer(text) if token[0] == written)
        return _bytes(text, next(found, 0))

    return place


def repeated(text: str) -> int:
    """Where a name stands in its object for the second time."""
    open_objects: list[set[str]] = [set()]
    for token, following in pairwise(TOKEN.finditer(text)):
        if token[0] in OPENING:
            open_objects.append(set())
        elif token[0] in CLOSING:
            open_objects.pop()
        elif following[0] == ":":
            name = json.loads(token[0])
            if name in open_objects[-1]:
                return _bytes(text, token.start())
            open_objects[-1].add(name)
    return 0


def _bytes(text: str, characters: int) -> int:
    return len(text[:characters].encode())
