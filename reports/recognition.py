"""Bytes of unknown kind: told apart into answers to reset, commands, responses and data."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from adapters.codec import apdu, atr, ber_tlv, data_elements, dgi, status_words
from adapters.codec.bits import Meaning
from adapters.codec.errors import RemoteProtocolError
from reports import command_names
from reports.annotated import (
    annotate_command,
    annotate_groupings,
    annotate_response,
    annotate_tlv,
    raw,
)
from reports.annotated_field import Annotated
from reports.annotated_reset import annotate_atr
from reports.refusal_text import chinese

SUCCESS = 0x9000
TS = frozenset(bytes((each,)) for each in atr.Convention)


@dataclass(frozen=True, slots=True)
class Context:
    """What earlier bytes tell: the list that a command answers, and the command to be answered.

    `awaiting`: a response is due. It goes before a command then, and nothing else is looked for.
    """

    dol_data: bytes = b""
    command: bytes = b""
    awaiting: bool = False


NOTHING_KNOWN = Context()
Fields = tuple[Annotated, ...]
Reading = Callable[[], Fields]


def annotate(
    data: bytes, dol_data: bytes = b""
) -> Fields:
    """Whatever the bytes are; one field that says so if they are nothing known."""
    try:
        return recognised(data, Context(dol_data))
    except RemoteProtocolError as refused:
        wrong = Meaning(f"byte {refused.offset}", refused.message, chinese(refused.message))
        return (replace(raw(0, data), meanings=(wrong,)),)


def recognised(data: bytes, context: Context) -> Fields:
    """The first reading that holds; RemoteProtocolError of the one that came nearest."""
    refusals: list[RemoteProtocolError] = []
    for reading in _readings(data, context):
        try:
            return reading()
        except RemoteProtocolError as refused:
            refusals.append(refused)
    raise refusals[0]


def begins_a_command(data: bytes) -> bool:
    """Whether class and instruction are those of a known command."""
    return command_names.known(data)


def _readings(data: bytes, context: Context) -> Iterator[Reading]:
    """The readings that are likely, the likeliest first; a data object string is always one."""

    def response() -> Fields:
        return (annotate_response(data, context.command),)

    alone = not context.awaiting
    likely: tuple[tuple[bool, Reading], ...] = (
        (context.awaiting and _ends_like_a_response(data), response),
        # No payment application has a tag 3B or 3F, and no known command such a class.
        (alone and data[:1] in TS, lambda: (annotate_atr(data),)),
        (
            begins_a_command(data),
            lambda: (annotate_command(data, context.dol_data),),
        ),
        (_ends_like_a_response(data), response),
        (alone and _is_personalisation(data), lambda: annotate_groupings(data)),
        (True, lambda: annotate_tlv(data, context.command)),
        (data[-2:] == SUCCESS.to_bytes(2, "big"), response),
    )
    return (reading for is_likely, reading in likely if is_likely)


def _ends_like_a_response(data: bytes) -> bool:
    """A known status word behind nothing or behind whole data objects."""
    if len(data) < apdu.STATUS or not status_words.known(int.from_bytes(data[-2:], "big")):
        return False
    try:
        return len(data) == apdu.STATUS or bool(ber_tlv.decode(data[:-2]))
    except RemoteProtocolError:
        return False


def _is_personalisation(data: bytes) -> bool:
    """Whole data groupings, all known by name, that are no data objects of the dictionary."""
    try:
        groupings = dgi.decode(data)
    except RemoteProtocolError:
        return False
    if not groupings or not all(dgi.known(each.dgi) for each in groupings):
        return False
    try:
        objects = ber_tlv.decode(data)
    except RemoteProtocolError:
        return True
    return not all(_is_of_the_dictionary(each) for each in ber_tlv.walk(objects))


def _is_of_the_dictionary(each: ber_tlv.Tlv) -> bool:
    if not data_elements.known(each.tag):
        return False
    return each.constructed or data_elements.fits(
        data_elements.describe(each.tag), len(each.value)
    )
