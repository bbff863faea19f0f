"""Electronic cash at a kiosk (JR/T 0025.13)."""

from suites.case import APPROVES, Case, Standing
from suites.clauses import JRT_0025_13
from suites.conditions.kiosk_load import LOADED, SLIP_BALANCES
from suites.conditions.kiosk_people import BALANCE_SHOWN
from suites.conditions.messages import carries
from suites.host_acts import load
from suites.ics_language import ECASH, KIOSK, LOAD_DESIGNATED, MOTOR_READER
from suites.kiosk_acts import ECASH_BALANCE
from suites.kiosk_stimuli import ECASH_CARD, LOAD_AMOUNT, LOADED_CARD, PUT_NEW_BALANCE
from suites.readings.card_session import n
from suites.readings.host_session import no_h
from suites.readings.legs import t
from suites.readings.outcome import ON_APP, OUT
from suites.readings.unattended import HOST_MESSAGE
from suites.rules import SALE, SCR, answers, issuer_script
from suites.words import Title

REQUEST = t("0200")

CASES = (
    Case(
        id="HK-019",
        title=Title("Balance of electronic cash on the screen", "电子现金余额查询"),
        clauses=(JRT_0025_13[""],),
        standing=Standing.REVIEW,
        applies=KIOSK & ECASH,
        card=ECASH_CARD,
        acts=(ECASH_BALANCE,),
        expect=(BALANCE_SHOWN, HOST_MESSAGE.never()),
    ),
    Case(
        id="HK-020",
        title=Title("Designated load of electronic cash", "便民终端指定账户圈存"),
        clauses=(JRT_0025_13[""],),
        standing=Standing.REVIEW,
        applies=KIOSK & LOAD_DESIGNATED,
        card=LOADED_CARD,
        host=APPROVES.when(SALE, answers(scripts=issuer_script("72", PUT_NEW_BALANCE))),
        acts=(load("designated", LOAD_AMOUNT),),
        expect=(
            REQUEST["3"].be("600000"),
            REQUEST["25"].be("91"),
            # 1.7: one list has 40 for this load.
            REQUEST["60.1"].among("45", "40"),
            carries(REQUEST, 52),
            n(SCR).be(1),
            LOADED,
            OUT.be(ON_APP),
            SLIP_BALANCES,
        ),
    ),
    Case(
        id="HK-021",
        title=Title("Load, another card presented for the script", "圈存换卡"),
        clauses=(JRT_0025_13[""],),
        standing=Standing.ADVISORY,
        applies=KIOSK & LOAD_DESIGNATED & ~MOTOR_READER,
        card=ECASH_CARD,
        expect=(no_h("SCRN"),),
        withheld="hardware that swaps the card between host and script is needed",
    ),
)
