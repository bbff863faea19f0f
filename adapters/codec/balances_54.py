"""The balances in DE54, as both legs have them (host and kiosk facts, 1.2, 2.3).

One balance on the terminal leg, up to two on the CUPS leg. Decoding raises RemoteProtocolError,
encoding LocalProtocolError; offsets count characters from the start of the field.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from adapters.codec.errors import LocalProtocolError, RemoteProtocolError
from adapters.codec.pos_subfields import BALANCE_54

SIZE = sum(BALANCE_54.widths)
MOST = 2
SIGN = "54.4"
SIGN_AT = 7
SIGNS: Mapping[str, int] = MappingProxyType({"C": 1, "D": -1})


@dataclass(frozen=True, slots=True)
class Balance:
    """One balance: kinds of account and amount, currency, and minor units, below 0 if owed."""

    account_type: str
    amount_type: str
    currency: str
    amount: int


def decode(text: str) -> tuple[Balance, ...]:
    """The balances of DE54, in the order sent; none in an empty field."""
    starts = range(0, len(text), SIZE)
    if len(starts) > MOST:
        raise RemoteProtocolError(f"DE54: {len(text)} characters where 40 fit", MOST * SIZE)
    return tuple(_balance(text[at : at + SIZE], at) for at in starts)


def encode(balances: Iterable[Balance]) -> str:
    """DE54 with these balances, at most two."""
    encoded = [_text(each) for each in balances]
    if len(encoded) > MOST:
        raise LocalProtocolError(f"DE54: {len(encoded)} balances where 2 fit", MOST * SIZE)
    return "".join(encoded)


def _balance(text: str, at: int) -> Balance:
    try:
        parts = BALANCE_54.cut(text)
    except RemoteProtocolError as unfit:
        raise RemoteProtocolError(unfit.message, at + unfit.offset) from unfit
    account, kind, currency, sign, amount = parts.values()
    if sign not in SIGNS:
        raise RemoteProtocolError(f"DE54: {sign!r} is no sign", at + SIGN_AT)
    return Balance(account, kind, currency, SIGNS[sign] * int(amount))


def _text(balance: Balance) -> str:
    return BALANCE_54.join(
        {
            "54.1": balance.account_type,
            "54.2": balance.amount_type,
            "54.3": balance.currency,
            SIGN: "D" if balance.amount < 0 else "C",
            "54.5": f"{abs(balance.amount):012}",
        }
    )
