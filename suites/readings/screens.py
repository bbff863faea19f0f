"""What a device showed, printed and told, as its report has it: UI(...) and RC(...) of the rows.

The words are a vendor's own; an event of EMV 4.1 Book 4, 11.2 is known by those listed here.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from adapters.events import Port
from suites.attempt import Attempt
from suites.conditions.condition import Condition, finding
from suites.finding import Finding, Verdict
from suites.phrase import Phrase
from suites.readings.operator_session import acts
from suites.readings.reading import Reading, Seen, Value, in_each_transaction
from suites.readings.transactions import Transaction

NEEDS = frozenset((Port.OPERATOR,))
DISPLAY, SCREEN, RECEIPT, BALANCE = "display", "screen", "receipt", "balance"
# Each event with what shows it, in Chinese and in English.
SHOWN: Mapping[str, re.Pattern[str]] = {
    name: re.compile(words, re.IGNORECASE)
    for name, words in {
        "PIN": "请输入[^，,]*密码|ENTER PIN",
        "INCORRECT PIN": "密码(错误|不正确|有误)|INCORRECT PIN|WRONG PIN",
        "LAST PIN TRY": "最后一次[^，,]*密码|LAST PIN TRY",
        "ID DOCUMENT": "证件|ID DOCUMENT",
        "INSERT CARD": "插卡|插入卡|INSERT CARD|USE CHIP",
        "SWIPE": "刷卡|SWIPE|MAG ?STRIPE",
        "REMOVE CARD": "取卡|移开卡|REMOVE CARD",
        "NOT ACCEPTED": "不允许服务|不接受|不受理|NOT ACCEPTED",
        "CONFIRM": "确认应用|CONFIRM APPLICATION",
        "PRESENT CARD": "请出示卡|请挥卡|PRESENT (THE |YOUR )?CARD",
        "TRY AGAIN": "请重试|重刷|重新出示|再次出示|再次挥卡|TRY AGAIN|PRESENT (THE )?CARD AGAIN",
        "EXPIRED": "过期|失效|EXPIRED",
        "BALANCE LOW": "余额不足|INSUFFICIENT",
        "DOUBTFUL": "存疑|灰交易|DOUBTFUL",
        "NO LOG": "无(交易)?(明细|日志|记录)|NO LOG",
    }.items()
}
PRINTED: Mapping[str, re.Pattern[str]] = {
    "SIGNATURE LINE": re.compile("签名|SIGNATURE", re.IGNORECASE),
}


@dataclass(frozen=True, slots=True)
class Told:
    """The texts of one kind that were reported in a transaction; none at all: nobody can say."""

    texts: tuple[str, ...]
    events: tuple[int, ...]


def told(attempt: Attempt, transaction: int, *fields: str) -> Told:
    """Every line of these fields of the reports of a transaction, in the order they came."""
    found = [
        (str(act.report[field]).split("\n"), act.events[-1])
        for act in acts(attempt)
        if act.transaction == transaction and act.reported
        for field in fields
        if field in act.report
    ]
    return Told(
        tuple(line for lines, _ in found for line in lines),
        tuple(dict.fromkeys(event for _, event in found)),
    )


def ui(event: str) -> Condition:
    """UI(event): the device showed this in each transaction."""
    return _seen("UI", event, SHOWN[event], DISPLAY, SCREEN)


def no_ui(event: str) -> Condition:
    """!UI(event): it did not, and what it showed was recorded."""
    return _unseen("UI", event, SHOWN[event], DISPLAY)


def rc(event: str) -> Condition:
    """RC(event): the receipt has this."""
    return _seen("RC", event, PRINTED[event], RECEIPT)


def no_rc(event: str) -> Condition:
    """!RC(event): there is a receipt, and it has not."""
    return _unseen("RC", event, PRINTED[event], RECEIPT)


def ui_in_order(first: str, then: str) -> Condition:
    """UI(first) before UI(then), by the order in which the display showed them."""
    notation = f"UI({first})<UI({then})"

    def holds(texts: tuple[str, ...]) -> bool:
        places = [
            next((at for at, text in enumerate(texts) if SHOWN[name].search(text)), -1)
            for name in (first, then)
        ]
        return -1 < places[0] < places[1]

    return _told(notation, Phrase("shown", (f"{first} < {then}",)), holds, DISPLAY)


def ui_text(text: Reading[Value], notation: str) -> Condition:
    """The display holds what another reading saw in the same transaction."""
    expected = Phrase("shown", (notation,))

    def one(transaction: Transaction, attempt: Attempt) -> Finding:
        shown = told(attempt, transaction.number, DISPLAY)
        wanted = [seen for seen in text.read(attempt) if seen.transaction == transaction.number]
        if not shown.events or not wanted:
            unseen = Phrase("nothing-seen", (notation,))
            return finding(notation, Verdict.INCONCLUSIVE, expected, unseen, transaction.span)
        holds = all(any(str(seen.value) in line for line in shown.texts) for seen in wanted)
        observed = Phrase("shown", (_listed(shown.texts),))
        verdict = Verdict.PASS if holds else Verdict.FAIL
        events = (*shown.events, *(event for seen in wanted for event in seen.events))
        return finding(notation, verdict, expected, observed, transaction.span, events)

    judge = partial(in_each_transaction, notation, expected, one)
    return Condition(notation, judge, NEEDS | text.needs)


def _balances(attempt: Attempt) -> tuple[Seen[Value], ...]:
    return tuple(
        Seen(int(balance), act.events[-1:], act.transaction)
        for act in acts(attempt)
        if act.transaction and (balance := str(act.report.get(BALANCE, ""))).isdecimal()
    )


# The balance that the device tells, in minor units.
BALANCE_TOLD: Reading[Value] = Reading("UI(balance)", _balances, NEEDS)


def _seen(sort: str, event: str, words: re.Pattern[str], *fields: str) -> Condition:
    def holds(texts: tuple[str, ...]) -> bool:
        return any(map(words.search, texts))

    return _told(f"{sort}({event})", Phrase("shown", (event,)), holds, *fields)


def _unseen(sort: str, event: str, words: re.Pattern[str], *fields: str) -> Condition:
    def holds(texts: tuple[str, ...]) -> bool:
        return not any(map(words.search, texts))

    return _told(f"!{sort}({event})", Phrase("not-shown", (event,)), holds, *fields)


def _told(
    notation: str, expected: Phrase, holds: Callable[[tuple[str, ...]], bool], *fields: str
) -> Condition:
    def one(transaction: Transaction, attempt: Attempt) -> Finding:
        said = told(attempt, transaction.number, *fields)
        # A display or a printer that reports nothing has neither shown nor withheld anything.
        if not said.events or not transaction.ended:
            unseen = Phrase("nothing-seen", (" / ".join(fields),))
            return finding(notation, Verdict.INCONCLUSIVE, expected, unseen, transaction.span)
        verdict = Verdict.PASS if holds(said.texts) else Verdict.FAIL
        observed = Phrase("shown", (_listed(said.texts),))
        return finding(notation, verdict, expected, observed, transaction.span, said.events)

    judge = partial(in_each_transaction, notation, expected, one)
    return Condition(notation, judge, NEEDS)


def _listed(texts: tuple[str, ...]) -> str:
    return " | ".join(texts) or "-"
