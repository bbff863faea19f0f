"""What DE128 of the CUPS leg covers, by recipe (host and kiosk facts, 2.4 with 0.1).

DE128 is the first half of a MAC over the block, as characters; the cipher is not of a codec.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from adapters.codec.cups_dialect import CUPS
from adapters.codec.cups_subfields import ORIGINAL_90
from adapters.codec.errors import LocalProtocolError
from adapters.codec.iso8583 import Message, encode_field

MAC_BLOCK = 8
MAC_BYTES_SENT = 4
NOT_KEPT = re.compile(r"[^A-Z0-9 ,.]")
BLANKS = re.compile(r" +")
KEY_RESET_MTI = frozenset({"0800", "0810"})
KEY_RESET_70 = "101"


@dataclass(frozen=True, slots=True)
class MacRecipe:
    """Which fields a MAC covers, in order, and how much of DE90."""

    name: str
    elements: tuple[int, ...]
    key_reset_elements: tuple[int, ...]
    digits_of_90: int


# 2.4, from memory there: no recipe was checked against a MAC from outside. Record what comes out,
# judge nothing by it, until one recomputes a DE128 of a real pair of message and key.
LOW_CONFIDENCE_WHOLE_90 = MacRecipe(
    name="low-confidence-whole-90",
    elements=(2, 3, 4, 7, 11, 18, 25, 28, 32, 33, 38, 39, 41, 42, 90),
    key_reset_elements=(7, 11, 39, 53, 70, 100),
    digits_of_90=sum(ORIGINAL_90.widths),
)
# 0.1 on 2.4: MTI, STAN and DE7 alone.
LOW_CONFIDENCE_SHORT_90 = MacRecipe(
    name="low-confidence-short-90",
    elements=LOW_CONFIDENCE_WHOLE_90.elements,
    key_reset_elements=LOW_CONFIDENCE_WHOLE_90.key_reset_elements,
    digits_of_90=20,
)
MAC_RECIPES: Mapping[str, MacRecipe] = MappingProxyType(
    {each.name: each for each in (LOW_CONFIDENCE_WHOLE_90, LOW_CONFIDENCE_SHORT_90)}
)


def mac_block(message: Message, recipe: MacRecipe) -> bytes:
    """The MAB of a message under a recipe, filled up with 00 to whole blocks of eight bytes.

    LocalProtocolError if a covered field is not one that can be sent.
    """
    reset = message.mti in KEY_RESET_MTI and message.text(70) == KEY_RESET_70
    elements = recipe.key_reset_elements if reset else recipe.elements
    covered = [n for n in elements if n in message.fields]
    values = [message.mti, *(_mac_value(n, message.fields[n], recipe) for n in covered)]
    kept = NOT_KEPT.sub("", " ".join(values).upper())
    block = BLANKS.sub(" ", kept).strip(" ").encode("ascii")
    return block + bytes(-len(block) % MAC_BLOCK)


def mac_text(mac: bytes) -> str:
    """DE128 for a MAC: its first four bytes as eight hex characters."""
    if len(mac) < MAC_BYTES_SENT:
        raise LocalProtocolError(f"MAC: {len(mac)} bytes where 4 are sent", 0)
    return mac[:MAC_BYTES_SENT].hex().upper()


def _mac_value(number: int, value: str | bytes, recipe: MacRecipe) -> str:
    """A field as it is sent, with its length; of DE90 what the recipe takes."""
    sent = encode_field(CUPS.fields[number], value, CUPS.numerals).decode("ascii", "ignore")
    return sent[: recipe.digits_of_90] if number == 90 else sent
