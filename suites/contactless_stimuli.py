"""Cards, answers and expectations that contactless cases share (contactless facts, part 5)."""

from suites.case import Card
from suites.conditions.condition import Condition
from suites.conditions.expectation import never
from suites.readings.host_session import no_h
from suites.readings.outcome import OFF_DEC, OUT, TERM, Ending, Outcome
from suites.rules import RR, Reaction, command, rewritten

# Part 5: a terminal of both paths is tapped with the card that knows qPBOC alone.
Q, REFERENCE, MSD_CARD, EDITION_3 = map(Card, ("Q", "REFERENCE", "REFERENCE-MSD", "REFERENCE-3.0"))
# With this balance it asks for an online cryptogram for 10.00, whatever TTQ says of verification.
LOW = Q.but(balance_9F79="000000005400")
PIN = "123456"
SEL = command("SEL")
PPSE, ADF = command("SEL(PPSE)"), command("SEL(AID*)")
LAST_RECORD = command("RR(4,1)")
SELECT_PPSE = "00A404000E325041592E5359532E444446303100"
AID_1, AID_2, FOREIGN_AID = "A000000333010101", "A000000333010102", "A0000000031010"
LONG_AID = "A00000033301010101"
# 9F66 9F02 9F03 9F1A 95 5F2A 9A 9C 9F37: 33 bytes of values.
PDOL = "9F66049F02069F03069F1A0295055F2A029A039C019F3704"
RECORDS = "2/1 2/6 3/4 4/1"
RETAP, OTHER_IF = Ending(Outcome.RETAP), Ending(Outcome.OTHER_INTERFACE)
NOT_STARTED = Ending(Outcome.NOT_STARTED)
# Part 5: where a row tests data of the card these ends are the same.
REFUSED = OUT.among(OTHER_IF, TERM, OFF_DEC)
NO_RECORD, NO_HOST = never(RR), no_h("AUTH")
# The objects of an approval in their order (contactless facts, 1.6), and of the other answers.
APPROVAL = ("82", "94", "9F36", "9F26", "9F10", "57", "5F34", "9F4B", "9F6C", "9F5D")
ONLINE = ("82", "9F36", "57", "9F10", "9F26", "5F34", "9F6C", "9F5D")
NEEDS_RF = (
    "needs a probe or an instrumented card at the radio interface / 需要射频探头或带测量功能的卡片"
)


def approval(*others: str, but: str = "") -> Reaction:
    """The card's own approval without some objects, and with others ("9F27:80") at its end."""
    return rewritten("77", *(tag for tag in APPROVAL if tag not in but.split()), *others)


def asking(*others: str, but: str = "") -> Reaction:
    """The same of an answer without records: an online cryptogram or a decline."""
    return rewritten("77", *(tag for tag in ONLINE if tag not in but.split()), *others)


def located(afl: str) -> Reaction:
    """An approval whose AFL is this."""
    return approval(f"94:{dotted(afl)}", but="94")


def dotted(value: str) -> str:
    """Hex with dots between its bytes: no row of digits can be taken for a card number."""
    return bytes.fromhex(value).hex(".").upper()


def listing(*entries: str) -> Reaction:
    """A PPSE whose 61 templates hold these bytes."""
    inside = "".join(f"61{len(each) // 2:02X}{each}" for each in entries)
    issuer = f"BF0C{len(inside) // 2:02X}{inside}"
    return rewritten("6F", "84", f"A5:{dotted(issuer)}")


def entry(aid: str, priority: str = "") -> str:
    """A directory entry: the name, and the priority where there is one."""
    return f"4F{len(aid) // 2:02X}{aid}" + (f"8701{priority}" if priority else "")


def refused(*more: Condition) -> tuple[Condition, ...]:
    """No approval, no host: the tap ends, whatever the terminal calls it."""
    return (REFUSED, NO_HOST, *more)
