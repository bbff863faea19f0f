"""Answers of a test card that a rule changes, made of what the card itself would answer."""

from collections.abc import Mapping

from adapters.errors import BenchBroken
from adapters.ports import CardEngine
from fixtures.cards.deviations import AsIfAsked, Edit, Ending, Rewritten, asked, edited
from fixtures.cards.records import DataObject
from suites.rules import Deed, Reaction

SHORT, AS_IF, LONGER = "short", "as-if", "longer"


class EditUnreadable(BenchBroken):
    """A rule of a case describes an answer that cannot be made."""

    cause = "edit-unreadable"


def edited_answer(engine: CardEngine, command: bytes, reaction: Reaction) -> bytes:
    """The answer of the engine as the reaction wants it."""
    try:
        edits = _edits(reaction)
        more = int(_said(reaction).get(LONGER, "0"))
    except ValueError as refused:
        message = f"{reaction}: {refused}"
        raise EditUnreadable(message) from refused
    answer = edited(command, engine.respond(asked(command, edits)), edits)
    # The length of a short template stands in its second byte.
    return answer[:1] + bytes((answer[1] + more,)) + answer[2:] if more else answer


def _said(reaction: Reaction) -> Mapping[str, str]:
    words = reaction.argument.split()
    return dict(word.split("=") for word in words if "=" in word)


def _edits(reaction: Reaction) -> tuple[Edit, ...]:
    if reaction.deed is Deed.ENDING:
        return (Ending(int(reaction.argument, 16)),)
    template, *words = reaction.argument.split()
    said = _said(reaction)
    objects = tuple(_object(word) for word in words if "=" not in word)
    rewriting = Rewritten(int(template, 16), objects, int(said.get(SHORT, "0")))
    as_if = (AsIfAsked(int(said[AS_IF], 16)),) if AS_IF in said else ()
    return (*as_if, rewriting)


def _object(word: str) -> int | DataObject:
    tag, given, value = word.partition(":")
    return (int(tag, 16), bytes.fromhex(value.replace(".", ""))) if given else int(tag, 16)
