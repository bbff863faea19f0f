"""What DE60, DE61 and DE48 of a direct POS say (host and kiosk facts, 1.6, 1.8, 1.13).

All are digits without fill. Decoding raises RemoteProtocolError, encoding LocalProtocolError;
offsets count digits from the start of the field.
"""

from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from itertools import chain

from adapters.codec.errors import LocalProtocolError, RemoteProtocolError
from adapters.codec.pos_subfields import ORIGINAL_61, PRIVATE_60

# Management messages end after 60.3, financial ones after 60.4, 60.5, 60.6 or 60.7.
DE60_WIDTHS = PRIVATE_60.widths
DE60_LENGTHS = frozenset((11, 12, 13, 14, 17))
# The institution takes what is left, at most eleven digits.
DE61_WIDTHS = ORIGINAL_61.widths
DE61_LENGTHS = frozenset((12, 16, *range(18, 30)))
TOTALS_WIDTHS = (12, 3, 12, 3, 1)
TOTALS_DIGITS = sum(TOTALS_WIDTHS)
ITEM_WIDTHS = (2, 6, 20, 12)
ITEM_DIGITS = sum(ITEM_WIDTHS)
COUNT_DIGITS = 2
MOST_ITEMS = 8
END_COUNT_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Private60:
    """DE60: 60.1 to 60.7; what a message leaves out at its end is ""."""

    type_code: str
    batch: str
    network_code: str
    read_capability: str = ""
    ic_condition: str = ""
    partial_approval: str = ""
    account_type: str = ""


@dataclass(frozen=True, slots=True)
class Original61:
    """DE61: the original message; what a message leaves out at its end is ""."""

    batch: str
    stan: str
    date: str = ""
    authorisation_mode: str = ""
    authorisation_institution: str = ""


@dataclass(frozen=True, slots=True)
class Totals:
    """Half of DE48 of a settlement: amounts in minor units, counts, and the reconcile code."""

    debit_amount: int
    debit_count: int
    credit_amount: int
    credit_count: int
    reconcile_code: int = 0


@dataclass(frozen=True, slots=True)
class Settlement:
    """DE48 of 0500 and 0510: the totals of domestic and of foreign cards."""

    domestic: Totals
    foreign: Totals


@dataclass(frozen=True, slots=True)
class BatchItem:
    """One of up to eight items in DE48 of a batch upload (60.3 = 201); amount in minor units."""

    foreign: bool
    stan: str
    pan: str
    amount: int


def decode_60(digits: str) -> Private60:
    """DE60 of 11, 12, 13, 14 or 17 digits."""
    _expect_digits(digits, "DE60")
    if len(digits) not in DE60_LENGTHS:
        raise RemoteProtocolError(f"DE60: no sub-field ends after {len(digits)} digits", 0)
    return Private60(*_cut(digits, DE60_WIDTHS))


def encode_60(value: Private60) -> str:
    """The digits of DE60."""
    return _join(astuple(value), DE60_WIDTHS, DE60_LENGTHS, "DE60")


def decode_61(digits: str) -> Original61:
    """DE61 of 12 digits, of 16 with the date, of 18 to 29 with the authorisation."""
    _expect_digits(digits, "DE61")
    if len(digits) not in DE61_LENGTHS:
        raise RemoteProtocolError(f"DE61: no sub-field ends after {len(digits)} digits", 0)
    return Original61(*_cut(digits, DE61_WIDTHS))


def encode_61(value: Original61) -> str:
    """The digits of DE61."""
    return _join(astuple(value), DE61_WIDTHS, DE61_LENGTHS, "DE61")


def decode_settlement(digits: str) -> Settlement:
    """DE48 of 62 digits."""
    _expect_digits(digits, "DE48")
    if len(digits) != 2 * TOTALS_DIGITS:
        raise RemoteProtocolError(f"DE48: {len(digits)} digits of totals, not 62", len(digits))
    halves = digits[:TOTALS_DIGITS], digits[TOTALS_DIGITS:]
    return Settlement(*(Totals(*map(int, _cut(half, TOTALS_WIDTHS))) for half in halves))


def encode_settlement(value: Settlement) -> str:
    """The 62 digits of DE48."""
    numbers = *astuple(value.domestic), *astuple(value.foreign)
    widths = TOTALS_WIDTHS * 2
    return _exactly([f"{n:0{width}}" for n, width in zip(numbers, widths, strict=True)], widths)


def decode_items(digits: str) -> tuple[BatchItem, ...]:
    """DE48 of a batch upload: a count, and that many items."""
    _expect_digits(digits, "DE48")
    count = int(digits[:COUNT_DIGITS] or "0")
    wanted = COUNT_DIGITS + count * ITEM_DIGITS
    if count > MOST_ITEMS or len(digits) != wanted:
        raise RemoteProtocolError(f"DE48: {len(digits)} digits for {count} items", 0)
    starts = range(COUNT_DIGITS, wanted, ITEM_DIGITS)
    return tuple(_item(digits[at : at + ITEM_DIGITS], at) for at in starts)


def encode_items(items: Iterable[BatchItem]) -> str:
    """The digits of DE48 of a batch upload; at most eight items fit."""
    parts = [
        (f"{int(each.foreign):02}", each.stan, f"{each.pan:0>20}", f"{each.amount:012}")
        for each in items
    ]
    if len(parts) > MOST_ITEMS:
        raise LocalProtocolError(f"DE48: {len(parts)} items where 8 fit", 0)
    widths = COUNT_DIGITS, *ITEM_WIDTHS * len(parts)
    return _exactly([f"{len(parts):02}", *chain.from_iterable(parts)], widths)


def decode_end_count(digits: str) -> int:
    """DE48 of the end of a batch upload (60.3 = 202, 207): how many items were sent."""
    _expect_digits(digits, "DE48")
    if len(digits) != END_COUNT_DIGITS:
        raise RemoteProtocolError(f"DE48: {len(digits)} digits of count, not 4", len(digits))
    return int(digits)


def encode_end_count(count: int) -> str:
    """The four digits of DE48."""
    return _exactly([f"{count:0{END_COUNT_DIGITS}}"], (END_COUNT_DIGITS,))


def _item(digits: str, at: int) -> BatchItem:
    kind, stan, pan, amount = _cut(digits, ITEM_WIDTHS)
    if kind not in {"00", "01"}:
        raise RemoteProtocolError(f"DE48: {kind} is no kind of item", at)
    return BatchItem(kind == "01", stan, pan.lstrip("0"), int(amount))


def _cut(digits: str, widths: tuple[int, ...]) -> list[str]:
    parts = []
    at = 0
    for width in widths:
        parts.append(digits[at : at + width])
        at += width
    return parts


def _join(
    parts: tuple[str, ...], widths: tuple[int, ...], lengths: frozenset[int], label: str
) -> str:
    digits = "".join(parts)
    if not _is_decimal(digits) or len(digits) not in lengths:
        raise LocalProtocolError(f"{label}: {digits!r} is no such field", 0)
    at = 0
    for part, found in zip(parts, _cut(digits, widths), strict=True):
        if part != found:
            raise LocalProtocolError(f"{label}: {part!r} has another length", at)
        at += len(part)
    return digits


def _exactly(parts: Sequence[str], widths: Sequence[int]) -> str:
    """The parts of DE48 together, each as wide as it has to be."""
    digits = ""
    for part, width in zip(parts, widths, strict=True):
        if not _is_decimal(part) or len(part) != width:
            raise LocalProtocolError(f"DE48: {part!r} is not {width} digits", len(digits))
        digits += part
    return digits


def _is_decimal(digits: str) -> bool:
    return digits.isascii() and digits.isdigit()


def _expect_digits(digits: str, label: str) -> None:
    for at, digit in enumerate(digits):
        if not _is_decimal(digit):
            raise RemoteProtocolError(f"{label}: {digit!r} is no digit", at)
