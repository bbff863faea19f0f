"""What the totals of a settlement have to be, by the transactions of the batch.

Host and kiosk facts, 1.13 with 0.1, which wins: a cash load is credit, and left out once it is
voided; loads from an account are in neither list; so are pre-authorisations.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, auto


class Side(Enum):
    """The list in which a transaction stands."""

    DEBIT = auto()
    CREDIT = auto()


@dataclass(frozen=True, slots=True)
class Standing:
    """A transaction of the batch that was approved and not reversed.

    `key` names it: batch and STAN; `original` is the key that DE61 names, "" for none.
    """

    key: str
    mti: str
    type_code: str
    amount: int
    original: str = ""


@dataclass(frozen=True, slots=True)
class BatchTotals:
    """Amounts in minor units, and counts."""

    debit_amount: int = 0
    debit_count: int = 0
    credit_amount: int = 0
    credit_count: int = 0

    def __str__(self) -> str:
        debit = f"debit {self.debit_amount}/{self.debit_count}"
        return f"{debit} credit {self.credit_amount}/{self.credit_count}"


CASH_LOAD, CASH_LOAD_VOID = ("0200", "46"), ("0200", "51")
SIDES: Mapping[tuple[str, str], Side] = {
    ("0200", "22"): Side.DEBIT,
    ("0200", "20"): Side.DEBIT,
    ("0220", "24"): Side.DEBIT,
    ("0220", "30"): Side.DEBIT,
    ("0200", "36"): Side.DEBIT,
    ("0200", "23"): Side.CREDIT,
    ("0200", "21"): Side.CREDIT,
    ("0220", "25"): Side.CREDIT,
    ("0220", "27"): Side.CREDIT,
    CASH_LOAD: Side.CREDIT,
}


def totals(batch: Iterable[Standing]) -> BatchTotals:
    """DE48 of the settlement of a batch."""
    standing = tuple(batch)
    voided = {each.original for each in standing if (each.mti, each.type_code) == CASH_LOAD_VOID}
    sums = {side: [0, 0] for side in Side}
    for each in standing:
        kind = each.mti, each.type_code
        left_out = kind == CASH_LOAD and each.key in voided
        if kind in SIDES and not left_out:
            sums[SIDES[kind]][0] += each.amount
            sums[SIDES[kind]][1] += 1
    return BatchTotals(*sums[Side.DEBIT], *sums[Side.CREDIT])
