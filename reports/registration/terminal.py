"""What the counter prints: Chinese first with English beside it."""

from collections.abc import Sequence

from reports.registration import book
from reports.registration.book import SUBMITTED, Entry
from reports.registration.counter import Received
from reports.visible import visible

HOW = {True: "已提交 / submitted", False: "已放弃 / abandoned"}


def received(name: str, came: Received) -> str:
    """One file that came in."""
    again = "，此前已收 / , here already" if came.again else ""
    return visible(f"{name}: 挑战 / challenge {came.number}: {HOW[came.how == SUBMITTED]}{again}")


def pending(entries: Sequence[Entry], now: str) -> str:
    """The challenges that have not ended, one a line, those that are overdue marked."""
    lines = [
        visible(
            f"{each.number:6}  {each.device.institution} {each.device.term_no}"
            f" #{each.device_number}  {each.expires}"
        )
        + ("  逾期 / overdue" if each.expires < now else "")
        for each in book.pending(entries)
    ]
    return "\n".join(lines) or "没有未办结的挑战 / no challenge is pending"
