"""What customers see and what stays of them: screens, slips, journal, time (3.2 and 3.3)."""

import re
from functools import partial

from adapters.codec.bill_lines import Ask
from adapters.codec.kiosk_control import State
from adapters.events import Kind, Port
from suites.acts import Verb
from suites.attempt import Attempt
from suites.conditions.condition import Condition, finding
from suites.finding import Finding, Verdict
from suites.phrase import Phrase
from suites.readings.biller_session import of as asked_of
from suites.readings.card_session import sent_objects
from suites.readings.kiosk_session import card, journal, screens, slips, states
from suites.readings.operator_session import acts
from suites.readings.reading import Seen, in_each_transaction, in_whole_attempt
from suites.readings.transactions import Transaction

OPERATOR = frozenset((Port.OPERATOR,))
AND_BILLER = OPERATOR | {Port.BILLER}
NO_PAPER = re.compile(r"纸|凭条|小票|paper|receipt|slip", re.IGNORECASE)
MASKED_CARD = re.compile(r"[0-9]{6}\*+[0-9]{4}")
TIME = re.compile(r"[0-2][0-9]:[0-5][0-9]")
ECASH_BALANCE_9F79 = 0x9F79
MINOR = 100
SECOND_NS = 1_000_000_000


def _in(transaction: Transaction, seen: tuple[Seen[str], ...]) -> list[Seen[str]]:
    return [each for each in seen if each.transaction == transaction.number]


def _at(seen: list[Seen[str]]) -> list[int]:
    return [event for each in seen for event in each.events]


def _first(transaction: Transaction, attempt: Attempt, *wanted: State) -> int:
    """The event in which the first of these states is entered; 0 if none is."""
    entered = [each for each in _in(transaction, states(attempt)) if each.value in wanted]
    return entered[0].events[0] if entered else 0


# -- screens ---------------------------------------------------------------------------------------

WARNED_EXPECTED = Phrase("paper-warned")


def _warned(transaction: Transaction, attempt: Attempt) -> Finding:
    card_in = _first(transaction, attempt, State.CARD_IN)
    early = [
        each
        for each in _in(transaction, screens(attempt))
        if not card_in or each.events[0] < card_in
    ]
    said = [each for each in early if NO_PAPER.search(each.value)]
    if said:
        verdict, observed = Verdict.PASS, Phrase("screen-says", (said[0].value,))
    else:
        final = bool(card_in) or transaction.ended
        verdict = Verdict.FAIL if final and early else Verdict.INCONCLUSIVE
        observed = Phrase("screen-silent")
    return finding(
        "WARNED", verdict, WARNED_EXPECTED, observed, transaction.span, _at(said or early)
    )


# Before the card is asked for, the screen says that there will be no slip.
WARNED = Condition(
    "WARNED", partial(in_each_transaction, "WARNED", WARNED_EXPECTED, _warned), OPERATOR
)
TOLD_EXPECTED = Phrase("customer-told")
PAID_STATES = (State.BILL_CONFIRM, State.COMPENSATE)


def _told(transaction: Transaction, attempt: Attempt) -> Finding:
    since = _first(transaction, attempt, *PAID_STATES)
    until = _first(transaction, attempt, State.CARD_OUT)
    said = [
        each
        for each in _in(transaction, screens(attempt))
        if since and since < each.events[0] and (not until or each.events[0] < until)
    ]
    if said:
        verdict, observed = Verdict.PASS, Phrase("screen-says", (said[-1].value,))
    else:
        verdict = Verdict.FAIL if since and until else Verdict.INCONCLUSIVE
        observed = Phrase("screen-silent")
    return finding("TOLD", verdict, TOLD_EXPECTED, observed, transaction.span, _at(said))


# Between write-off and card the customer is told how the payment stands.
TOLD = Condition("TOLD", partial(in_each_transaction, "TOLD", TOLD_EXPECTED, _told), OPERATOR)
CLEARED_EXPECTED = Phrase("screen-cleared")


def _personal(attempt: Attempt) -> tuple[str, ...]:
    """Names and accounts that kiosk and biller spoke of."""
    found = [
        str(value)
        for each in asked_of(attempt, Ask.QUERY)
        for members in (each.question.members, *(answer.members for answer in each.answers))
        for name, value in members.items()
        if name in ("account", "name")
    ]
    return tuple(dict.fromkeys(found))


def _cleared(everything: Transaction, attempt: Attempt) -> Finding:
    personal, shown = _personal(attempt), screens(attempt)
    told = [each for each in shown if any(word in each.value for word in personal)]
    if not told:
        verdict, observed = Verdict.INCONCLUSIVE, Phrase("nothing-seen", ("SCREEN",))
    elif told[-1] is shown[-1]:
        verdict = Verdict.FAIL if everything.ended else Verdict.INCONCLUSIVE
        observed = Phrase("screen-still")
    else:
        verdict, observed = Verdict.PASS, Phrase("screen-says", (shown[-1].value,))
    events = [*_at(told[-1:]), *_at(list(shown[-1:]))]
    return finding("SCREEN", verdict, CLEARED_EXPECTED, observed, everything.span, events)


# What the screen shows at last is no name and no account any more.
SCREEN_CLEARED = Condition(
    "SCREEN", partial(in_whole_attempt, "SCREEN", CLEARED_EXPECTED, _cleared), AND_BILLER
)
BALANCE_EXPECTED = Phrase("balance-shown")


def _balance(transaction: Transaction, attempt: Attempt) -> Finding:
    on_card = [
        each
        for each in sent_objects(attempt)
        if each.value[0] == ECASH_BALANCE_9F79 and each.transaction == transaction.number
    ]
    if not on_card:
        unseen = Phrase("nothing-seen", ("9F79",))
        return finding(
            "BALANCE", Verdict.INCONCLUSIVE, BALANCE_EXPECTED, unseen, transaction.span
        )
    digits = on_card[-1].value[1].hex()
    amount = int(digits) if digits.isdecimal() else 0
    wanted = re.compile(rf"(?<![0-9.]){amount // MINOR}\.{amount % MINOR:02d}(?![0-9])")
    shown = _in(transaction, screens(attempt))
    right = [each for each in shown if wanted.search(each.value)]
    final = right or transaction.ended
    verdict = Verdict.PASS if right else Verdict.FAIL if final else Verdict.INCONCLUSIVE
    said = " | ".join(each.value for each in (right or shown))
    observed = Phrase("balance-seen", (f"{amount // MINOR}.{amount % MINOR:02d}", said))
    events = [*on_card[-1].events, *_at(right or shown)]
    return finding("BALANCE", verdict, BALANCE_EXPECTED, observed, transaction.span, events)


# The screen shows 9F79 of the card.
BALANCE_SHOWN = Condition(
    "BALANCE",
    partial(in_each_transaction, "BALANCE", BALANCE_EXPECTED, _balance),
    OPERATOR | {Port.ICC},
)

# -- journal and slips -----------------------------------------------------------------------------

ANONYMOUS_EXPECTED = Phrase("journal-anonymous")


def _anonymous(everything: Transaction, attempt: Attempt) -> Finding:
    personal, lines = _personal(attempt), journal(attempt)
    named = [each for each in lines if any(word in each.value for word in personal)]
    if named:
        verdict, observed = Verdict.FAIL, Phrase("journal-names")
    elif lines and personal:
        verdict, observed = Verdict.PASS, Phrase("journal-lines", (str(len(lines)),))
    else:
        verdict, observed = Verdict.INCONCLUSIVE, Phrase("journal-unread")
    events = _at(named or list(lines))
    return finding("JOURNAL", verdict, ANONYMOUS_EXPECTED, observed, everything.span, events)


# No line of the journal has a customer's name or account.
JOURNAL_ANONYMOUS = Condition(
    "JOURNAL", partial(in_whole_attempt, "JOURNAL", ANONYMOUS_EXPECTED, _anonymous), AND_BILLER
)
RETAINED_EXPECTED = Phrase("retained-recorded")


def _recorded(everything: Transaction, attempt: Attempt) -> Finding:
    kept = card("retained").find(attempt)
    lines = journal(attempt)
    written = [
        each
        for each in lines
        if MASKED_CARD.search(each.value)
        and TIME.search(each.value)
        and re.search("retain|captur|吞卡", each.value)
    ]
    read = any(act.verb == Verb.READ_JOURNAL and act.reported for act in acts(attempt))
    if written:
        verdict, observed = Verdict.PASS, Phrase("journal-lines", (str(len(written)),))
    else:
        verdict = Verdict.FAIL if kept and read else Verdict.INCONCLUSIVE
        observed = Phrase("retained-unrecorded" if read else "journal-unread")
    events = [*_at(list(kept)), *_at(written)]
    return finding("RETAINED", verdict, RETAINED_EXPECTED, observed, everything.span, events)


# The journal has a line for the card that was kept.
RETAINED_RECORDED = Condition(
    "RETAINED", partial(in_whole_attempt, "RETAINED", RETAINED_EXPECTED, _recorded), OPERATOR
)
REPRINTED_EXPECTED = Phrase("reprinted")


def _reprinted(everything: Transaction, attempt: Attempt) -> Finding:
    done = [each for each in acts(attempt) if each.verb == Verb.REPRINT and each.reported]
    if not done:
        unseen = Phrase("nothing-seen", (Verb.REPRINT.value,))
        return finding(
            "REPRINT", Verdict.INCONCLUSIVE, REPRINTED_EXPECTED, unseen, everything.span
        )
    first, last = done[-1].events[0], done[-1].events[-1]
    printed = [each for each in slips(attempt) if first < each.events[0] < last and each.value]
    verdict = Verdict.PASS if printed else Verdict.FAIL
    observed = Phrase("slips-seen", (str(len(printed)),))
    events = [first, *_at(printed), last]
    return finding("REPRINT", verdict, REPRINTED_EXPECTED, observed, everything.span, events)


# A reprint brings a slip.
REPRINTED = Condition(
    "REPRINT", partial(in_whole_attempt, "REPRINT", REPRINTED_EXPECTED, _reprinted), OPERATOR
)

# -- time ------------------------------------------------------------------------------------------


def idle_within(seconds: int) -> Condition:
    """After the first rule fired, the kiosk is idle again in this time."""
    notation, expected = f"IDLE<={seconds}s", Phrase("idle-within", (str(seconds),))

    def one(everything: Transaction, attempt: Attempt) -> Finding:
        fired = [each for each in attempt.events if each.kind is Kind.RULE][:1]
        idle = [
            at
            for each in states(attempt)
            if each.value == State.IDLE
            for at in attempt.events
            if at.seq == each.events[0] and fired and at.seq > fired[0].seq
        ][:1]
        span = everything.span
        if not fired or not idle or not fired[0].stamp.mono_ns:
            unknown = Phrase("time-unknown")
            return finding(notation, Verdict.INCONCLUSIVE, expected, unknown, span)
        took = idle[0].stamp.since(fired[0].stamp)
        verdict = Verdict.PASS if took <= seconds * SECOND_NS else Verdict.FAIL
        observed = Phrase("idle-after", (str(took // SECOND_NS),))
        return finding(notation, verdict, expected, observed, span, (fired[0].seq, idle[0].seq))

    return Condition(notation, partial(in_whole_attempt, notation, expected, one), OPERATOR)
