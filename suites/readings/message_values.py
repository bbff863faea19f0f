"""What stands at a place of a message: a field, a sub-field, an object of DE55, some characters."""

import re
from collections.abc import Callable, Iterator, Mapping

from adapters.codec import cups_subfields, pos_subfields
from adapters.codec.errors import RemoteProtocolError
from adapters.codec.subfields import Layout
from adapters.events import Port
from fixtures.crypto.pos_keys import KeyCheckFailed, unwrap_working_keys
from fixtures.crypto.test_keys import posp_keys
from suites.readings.host_session import KEYS_62, UNDECIDED, HostMessage

LAYOUTS: Mapping[Port, Mapping[int, Layout]] = {
    Port.HOST_T: pos_subfields.LAYOUTS,
    Port.HOST_S: cups_subfields.LAYOUTS,
}
IC_DATA = 55
ALL_TAGS = "*"
# A place in a field: its number, a sub-field or tag, some of its characters.
PLACE = re.compile(
    r"(?P<field>\w+)(\.(?P<part>[0-9A-Za-z.*]+))?(\[(?P<low>\d+):(?P<high>\d+)\])?"
)


def at(leg: Port, message: HostMessage, places: str) -> tuple[str, ...]:
    """The values at a place of a message, none where there is nothing; binary ones in hex.

    `60.3` is a sub-field, `55.9F26` an object, `55.*` all of them, `22[0:2]` characters. Places
    joined by + give one value, none where one of them is missing. `mac` is what DE64 or DE128 was
    found to be, `pin` what the bench saw in DE52 before it was blanked, `account` how it is
    bound to the PAN, `62.keys` whether working
    keys have their check values, `0.90` what DE90 says of a message.
    """
    parts = [_at(leg, message, place) for place in places.split("+")]
    return parts[0] if len(parts) == 1 else _joined(parts)


def _joined(parts: list[tuple[str, ...]]) -> tuple[str, ...]:
    return ("".join(part[0] for part in parts),) if all(parts) else ()


def _at(leg: Port, message: HostMessage, place: str) -> tuple[str, ...]:
    found = PLACE.fullmatch(place)
    if found is None:
        raise ValueError(f"{place} is no place of a message")
    part = found["part"] or ""
    if found["field"] in WORDS:
        values = WORDS[found["field"]](message)
    elif place in COMPUTED:
        values = COMPUTED[place](message)
    else:
        values = tuple(_values(leg, message, int(found["field"]), part))
    if found["low"] is None:
        return values
    return tuple(value[int(found["low"]) : int(found["high"])] for value in values)


def _values(leg: Port, message: HostMessage, number: int, part: str) -> Iterator[str]:
    value = message.message.fields.get(number, "")
    if not value:
        return
    if not part:
        yield value.hex().upper() if isinstance(value, bytes) else value
    elif number == IC_DATA:
        yield from _tagged(message, part)
    else:
        try:
            parts = LAYOUTS[leg][number].cut(value)
        except RemoteProtocolError:
            return
        if part_value := parts.get(f"{number}.{part}", ""):
            yield part_value


def _tagged(message: HostMessage, tag: str) -> Iterator[str]:
    if tag != ALL_TAGS:
        yield from (value.hex().upper() for value in message.object_55(int(tag, 16)))
        return
    # Host and kiosk facts, 2.5: order is free, the set of objects is not.
    objects = sorted(
        f"{tag:X}={value.hex().upper()}" for tag, values in message.objects.items()
        for value in values
    )
    if objects and not message.problem_55:
        yield " ".join(objects)


def _keys(message: HostMessage) -> tuple[str, ...]:
    try:
        unwrap_working_keys(posp_keys().terminal_master_key, message.message.data(KEYS_62))
    except (KeyCheckFailed, ValueError):
        return ("wrong",)
    return ("right",)


def _as_original(message: HostMessage) -> tuple[str, ...]:
    """What DE90 of a later message says of this one (host and kiosk facts, 2.3 with 0.1 on 2.4)."""
    fields = message.message
    parts = (message.mti, fields.text(11), fields.text(7))
    institutions = (fields.text(32).rjust(11, "0"), fields.text(33).rjust(11, "0"))
    return ("".join((*parts, *institutions)),)


# What is made of a message and stands nowhere in it as such.
COMPUTED: Mapping[str, Callable[[HostMessage], tuple[str, ...]]] = {
    "62.keys": _keys,
    "0.90": _as_original,
}


def _seen_by_bench(name: str) -> Callable[[HostMessage], tuple[str, ...]]:
    def read(message: HostMessage) -> tuple[str, ...]:
        return (str(message.detail[name]),) if name in message.detail else ()

    return read


# What the bench alone can tell: where it cannot, nobody is to blame.
WORDS: Mapping[str, Callable[[HostMessage], tuple[str, ...]]] = {
    "mac": lambda message: () if message.mac in UNDECIDED else (message.mac.value,),
    "pin": _seen_by_bench("pin"),
    "account": _seen_by_bench("pin-account"),
}
