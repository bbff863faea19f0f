"""The flags of the case catalogues as expressions over the one ICS proforma.

The catalogues were written apart and name things differently; what each flag means is data.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from fixtures import toml_file
from fixtures.toml_file import TomlFile
from suites.ics_language import ALL, Claim

FLAGS = Path(__file__).parent.parent / "fixtures" / "data" / "ics" / "flags.toml"
CATALOGUES = ("contact", "contactless", "card", "host", "edep")
ALWAYS, OR, AND, NOT = "always", " or ", " and ", "not "


@cache
def flags() -> Mapping[str, Mapping[str, Claim]]:
    """Catalogue -> flag -> what it means; BadFile where a row is no expression."""
    file = toml_file.read(FLAGS)
    return {name: _catalogue(file, name) for name in CATALOGUES}


def _catalogue(file: TomlFile, name: str) -> Mapping[str, Claim]:
    found: dict[str, Claim] = {}
    for flag, text in file.table(name).items():
        if not isinstance(text, str) or not text:
            raise file.refuse((name, flag), 'write claims joined by and, or, not, or "always"')
        found[flag] = _expression(text)
    return found


def _expression(text: str) -> Claim:
    """`or` binds least, then `and`, then `not`."""
    if OR in text:
        first, _, rest = text.partition(OR)
        return _expression(first) | _expression(rest)
    if AND in text:
        first, _, rest = text.partition(AND)
        return _expression(first) & _expression(rest)
    if text.startswith(NOT):
        return ~_expression(text.removeprefix(NOT))
    return ALL if text == ALWAYS else Claim(text)
