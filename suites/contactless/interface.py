"""Activation, blocks and times at the radio interface (JR/T 0025.8; contactless facts, 1.1, 1.11).

No port of this bench sees frames: what they must be is said here, and withheld.
"""

from suites.acts import tap
from suites.case import Case, Standing
from suites.clauses import JRT_0025_8, JRT_0025_12
from suites.contactless_stimuli import NEEDS_RF, SELECT_PPSE, Q
from suites.ics_language import QPBOC
from suites.readings.outcome import OFF_APP, OUT
from suites.readings.screens import ui
from suites.readings.tap_session import FIRST_COMMAND
from suites.words import Title

ACTIVATION = (JRT_0025_8[""],)
TIMES = (JRT_0025_12[""],)
TITLES = {
    "CL-ACT-01": (Title("Type A activation", "A型卡激活"), Standing.REVIEW),
    "CL-ACT-02": (Title("Type B activation", "B型卡激活"), Standing.REVIEW),
    "CL-ACT-03": (Title("Polls both technologies", "双技术轮询"), Standing.REVIEW),
    "CL-ACT-04": (Title("Two cards collision", "多卡冲突"), Standing.REVIEW),
    "CL-ACT-05": (Title("Non ISO-DEP card rejected", "非CPU卡拒绝"), Standing.REVIEW),
    "CL-ACT-06": (Title("WTX honoured", "帧等待扩展"), Standing.REVIEW),
    "CL-ACT-07": (Title("CRC error recovery", "通信差错重传"), Standing.REVIEW),
    "CL-ACT-09": (Title("FWT timeout", "帧超时"), Standing.ADVISORY),
}
CASES = (
    *(
        Case(
            id=number,
            title=title,
            clauses=ACTIVATION,
            standing=standing,
            applies=QPBOC,
            card=Q,
            acts=(tap(1000),),
            expect=(FIRST_COMMAND.be(SELECT_PPSE),),
            withheld=NEEDS_RF,
        )
        for number, (title, standing) in TITLES.items()
    ),
    Case(
        id="CL-ACT-10",
        title=Title("Removal required between transactions", "交易间移卡"),
        clauses=ACTIVATION,
        standing=Standing.REVIEW,
        applies=QPBOC,
        card=Q,
        acts=(tap(1000), tap(1000)),
        # Whether the card had left the field in between only a probe sees.
        expect=(ui("REMOVE CARD"),),
    ),
    *(
        Case(
            id=number,
            title=title,
            clauses=TIMES,
            standing=standing,
            applies=QPBOC,
            card=Q,
            acts=(tap(1000),),
            expect=(OUT.be(OFF_APP),),
            withheld=NEEDS_RF,
        )
        for number, title, standing in (
            ("CL-TIME-01", Title("Per-APDU gaps", "终端间隔"), Standing.ADVISORY),
            ("CL-TIME-02", Title("Card total time", "卡交易总时间"), Standing.REVIEW),
            ("CL-TIME-03", Title("Slow card", "慢卡"), Standing.REVIEW),
        )
    ),
)
