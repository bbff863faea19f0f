"""TF, SF and F55(DF31): TVR, TSI and script results at the end of a transaction.

Contact facts, 4.1: judged in the first of reversal, script notice, upload and receipt that carries
the tag; where none does nothing is seen.
"""

import re
from collections.abc import Iterator, Mapping

from adapters.events import Port
from suites.attempt import Attempt
from suites.model.bits import bit
from suites.phrase import Phrase
from suites.readings.host_session import of_kind
from suites.readings.once import once
from suites.readings.operator_session import acts
from suites.readings.reading import Reading, Seen, Value
from suites.readings.screens import RECEIPT
from suites.wordings import WORDINGS

TVR_95, TSI_9B, SCRIPT_RESULTS_DF31 = 0x95, 0x9B, 0xDF31
CARRIERS = ("REV", "SCRN", "OFFL")
NEEDS = frozenset((Port.HOST_T, Port.OPERATOR))
# How receipts name them; digits stand in groups or in one row.
PRINTED: Mapping[int, re.Pattern[str]] = {
    TVR_95: re.compile(r"\bTVR\W*((?:[0-9A-F]{2}[ .:/]?){5})"),
    TSI_9B: re.compile(r"\bTSI\W*((?:[0-9A-F]{2}[ .:/]?){2})"),
}


@once
def carried(attempt: Attempt, tag: int) -> tuple[Seen[bytes], ...]:
    """The value in the first message of each transaction that carries it, else on its receipt."""
    found: dict[int, Seen[bytes]] = {}
    for seen in (*_in_messages(attempt, tag), *_on_receipts(attempt, tag)):
        found.setdefault(seen.transaction, seen)
    return tuple(found.values())


def _in_messages(attempt: Attempt, tag: int) -> Iterator[Seen[bytes]]:
    for kind in CARRIERS:
        for each in of_kind(attempt, kind):
            for value in each.object_55(tag)[:1]:
                yield Seen(value, (each.event,), each.transaction)


def _on_receipts(attempt: Attempt, tag: int) -> Iterator[Seen[bytes]]:
    for act in acts(attempt):
        found = PRINTED[tag].search(str(act.report.get(RECEIPT, ""))) if tag in PRINTED else None
        if act.transaction and found:
            value = bytes.fromhex(re.sub(r"[^0-9A-F]", "", found[1]))
            yield Seen(value, act.events[-1:], act.transaction)


def tf(which: str) -> Reading[Value]:
    """A bit of the TVR at the end of the transaction."""
    return _bit("TF", TVR_95, which)


def sf(which: str) -> Reading[Value]:
    """A bit of the TSI at the end of the transaction."""
    return _bit("SF", TSI_9B, which)


def _bit(stage: str, tag: int, which: str) -> Reading[Value]:
    def read(attempt: Attempt) -> tuple[Seen[Value], ...]:
        return tuple(
            Seen(bit(seen.value, which), seen.events, seen.transaction)
            for seen in carried(attempt, tag)
        )

    named = f"{'tvr' if tag == TVR_95 else 'tsi'}-{which}"
    key = named if named in WORDINGS else "value"
    return Reading(
        f"{stage}[{which}]",
        read,
        NEEDS,
        lambda notation, value: Phrase(key, (notation, str(value))),
    )


def _results(attempt: Attempt) -> tuple[Seen[Value], ...]:
    return tuple(
        Seen(seen.value.hex().upper(), seen.events, seen.transaction)
        for seen in carried(attempt, SCRIPT_RESULTS_DF31)
    )


# Five bytes a script: result and ordinal, identifier (contact facts, 1.11).
SCRIPT_RESULTS: Reading[Value] = Reading("F55(DF31)", _results, NEEDS)
