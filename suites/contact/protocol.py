"""Transport and command format (JR/T 0025.3 5 to 8; EMV Book 1, 8 and 9; Book 3, 6.5)."""

from suites.case import Case, Standing
from suites.clauses import EMV_BOOK_1, EMV_BOOK_3, JRT_0025_3, JRT_0025_5
from suites.conditions.expectation import BASE, never
from suites.conditions.invariants import INVARIANTS
from suites.ics_language import TRANSPORT
from suites.readings.outcome import FALLBACK, OUT, TERM
from suites.rules import command
from suites.words import Title

WITHHELD = (
    "the wire to the card carries commands and answers, no character or block of T=0 or T=1, and"
    " no test card sets its own characters / 卡片线路仅传命令与应答，不见T=0、T=1的字符与分组"
)
P3 = JRT_0025_3["5"]

CASES = (
    Case(
        id="CT-PRT-001",
        title=Title("T=0 basic ATR", "T=0基本ATR"),
        clauses=(P3, EMV_BOOK_1["8.2"]),
        applies=TRANSPORT,
        expect=(BASE,),
        withheld=WITHHELD,
    ),
    Case(
        id="CT-PRT-002",
        title=Title("T=1 basic ATR", "T=1基本ATR"),
        clauses=(P3, EMV_BOOK_1["8.2"]),
        standing=Standing.REVIEW,
        applies=TRANSPORT,
        expect=(BASE,),
        withheld=WITHHELD,
    ),
    Case(
        id="CT-PRT-003",
        title=Title("Inverse convention", "反向约定"),
        clauses=(EMV_BOOK_1["8.3"],),
        applies=TRANSPORT,
        expect=(BASE,),
        withheld=WITHHELD,
    ),
    Case(
        id="CT-PRT-005",
        title=Title("Unacceptable cold and warm ATR", "冷热复位均不可接受"),
        clauses=(EMV_BOOK_1["8.3"],),
        applies=TRANSPORT,
        expect=(never(command("SEL")), OUT.among(TERM, FALLBACK)),
        withheld=WITHHELD,
    ),
    Case(
        id="CT-PRT-009",
        title=Title("T=0 procedure byte 60", "T=0 60过程字节"),
        clauses=(EMV_BOOK_1["9.2"],),
        applies=TRANSPORT,
        expect=(BASE,),
        withheld=WITHHELD,
    ),
    Case(
        id="CT-PRT-010",
        title=Title("Command headers", "命令头格式"),
        clauses=(JRT_0025_5["B"], EMV_BOOK_3["6.5"]),
        # INV-05: every C-APDU header follows the table of 1.1.
        expect=(INVARIANTS["INV-05"],),
    ),
)
