"""The extended application (JR/T 0025.14): no test card has it yet."""

from suites.acts import send
from suites.card_commands import asked
from suites.card_stimuli import TAPPED
from suites.case import Case, Standing
from suites.clauses import JRT_0025_14
from suites.ics_language import CARD_CAPP
from suites.readings.reader_session import sw
from suites.words import Title

WITHHELD = "no card of this bench has an extended application / 测试台尚无含扩展应用的卡片"
CASES = (
    Case(
        id="CD-CAPP-01",
        title=Title("READ CAPP DATA", "读扩展记录"),
        clauses=(JRT_0025_14[""],),
        standing=Standing.REVIEW,
        applies=CARD_CAPP,
        acts=(*TAPPED, send("80B400A802000100")),
        expect=(sw(asked("OTHER")).be("9000"),),
        withheld=WITHHELD,
    ),
)
