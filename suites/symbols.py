"""Values that belong to the device under test: no case may write them as a literal."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

DATE_NAME = "terminal-date"
# MMYY, as certificates say it; its shift counts months.
MONTH_NAME = "terminal-month"
YEAR_PIVOT = 50


class UnresolvedSymbol(Exception):
    """A run asks for a value that the plan did not resolve: our own trouble, ERROR."""

    cause = "unresolved-symbol"


@dataclass(frozen=True, slots=True)
class Symbol:
    """A limit, a date or an amount of *this* device; `shift` counts minor units or days."""

    name: str
    shift: int = 0

    def __add__(self, n: int) -> "Symbol":
        return replace(self, shift=self.shift + n)

    def __sub__(self, n: int) -> "Symbol":
        return self + -n

    def __str__(self) -> str:
        return f"{self.name}{self.shift:+d}" if self.shift else self.name


Amount = int | Symbol  # minor units, never a string, never a float
Value = int | str | Symbol

FLOOR = Symbol("floor-limit")
ABOVE_FLOOR = Symbol("any-above-floor-limit")
SMALL = Symbol("any-below-every-limit")
TODAY = Symbol(DATE_NAME)
YESTERDAY = TODAY - 1
TOMORROW = TODAY + 1
THIS_MONTH = Symbol(MONTH_NAME)
LAST_MONTH = THIS_MONTH - 1


def resolve(value: Value, symbols: Mapping[str, int | str]) -> int | str:
    """The value on this device: amounts in minor units, dates as YYMMDD."""
    if not isinstance(value, Symbol):
        return value
    try:
        base = symbols[DATE_NAME if value.name == MONTH_NAME else value.name]
    except KeyError:
        message = f"the plan resolved no value for {value.name!r}"
        raise UnresolvedSymbol(message) from None
    if isinstance(base, int):
        return base + value.shift
    if value.name == DATE_NAME:
        return _shifted_date(base, value.shift)
    return _month(base, value.shift) if value.name == MONTH_NAME else base


def _month(yymmdd: str, months: int) -> str:
    counted = 12 * int(yymmdd[:2]) + int(yymmdd[2:4]) - 1 + months
    return f"{counted % 12 + 1:02d}{counted // 12 % 100:02d}"


def _shifted_date(yymmdd: str, days: int) -> str:
    # EMV 4.1 Book 4, 6.7.3: YY 00 to 49 are 20YY, 50 to 99 are 19YY.
    century = 2000 if int(yymmdd[:2]) < YEAR_PIVOT else 1900
    day = date(century + int(yymmdd[:2]), int(yymmdd[2:4]), int(yymmdd[4:6]))
    return (day + timedelta(days=days)).strftime("%y%m%d")


def next_year(yy: str) -> str:
    """The two digits of the year after."""
    return f"{(int(yy) + 1) % 100:02}"
