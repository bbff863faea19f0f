"""The cardholder at an unattended terminal: PIN and CVM (JR/T 0025.6 7.7; facts, 3.3)."""

from suites.case import APPROVES, BC, Case, Run, Standing
from suites.clauses import EMV_BOOK_4, JRT_0025_6, JRT_0025_7, KIOSK_PRACTICE, UNIONPAY_POS
from suites.conditions.kiosk_money import PIN_TRIES_KEPT, all_differ
from suites.ics_language import KIOSK, ONLINE_PIN
from suites.kiosk_acts import pay_bill
from suites.kiosk_stimuli import BILL, PAID, PIN_CARD, UNATTENDED, WITHOUT_SIGNATURE
from suites.readings.card_session import d1, t1
from suites.readings.host_session import de, f55, no_h
from suites.readings.kiosk_session import AT_LAST, card
from suites.readings.unattended import CVM_METHOD, d1_bit
from suites.rules import SALE, code
from suites.words import Title

WRONG_PIN = code("55")

CASES = (
    Case(
        id="HK-016",
        title=Title("Wrong PIN three times", "密码连续错误"),
        clauses=(UNIONPAY_POS[""],),
        standing=Standing.ADVISORY,
        applies=KIOSK & ONLINE_PIN,
        card=PIN_CARD,
        host=APPROVES.when(SALE, WRONG_PIN)
        .when(SALE.time(2), WRONG_PIN)
        .when(SALE.time(3), WRONG_PIN),
        acts=PAID,
        expect=(
            all_differ(de(11)),
            all_differ(f55("9F26")),
            PIN_TRIES_KEPT,
            card("returned").happens(),
        ),
    ),
    Case(
        id="HK-017",
        title=Title("No PIN is entered in time", "输入密码超时"),
        clauses=(KIOSK_PRACTICE["3.3"],),
        standing=Standing.ADVISORY,
        applies=KIOSK & ONLINE_PIN,
        card=PIN_CARD,
        acts=(BILL, pay_bill(pin=False)),
        expect=(no_h("AUTH"), no_h("REV"), card("returned").happens(), AT_LAST.be("IDLE")),
    ),
    Case(
        id="HK-018",
        title=Title("The PIN is nowhere in clear", "密码不明文"),
        clauses=(JRT_0025_7[""],),
        standing=Standing.REVIEW,
        applies=KIOSK & ONLINE_PIN,
        card=PIN_CARD,
        acts=PAID,
        expect=(no_h("REV"),),
        withheld="the bench has no robot at the PIN pad that draws a PIN of its own for each run",
    ),
    Case(
        id="HK-027",
        title=Title("Cardholder verification where nobody attends", "无人值守持卡人验证"),
        clauses=(JRT_0025_6["7.7"].inferred(), EMV_BOOK_4["6.3.4"]),
        standing=Standing.REVIEW,
        applies=KIOSK,
        acts=PAID,
        runs={
            # Signature first, then none: the second rule succeeds.
            "a": Run(
                card=BC.but(cvm_list_8E="00000000000000005E001F00"), expect=(t1("3.8").be(0),)
            ),
            # Signature alone: no rule succeeds.
            "b": Run(card=BC.but(cvm_list_8E="00000000000000001E00"), expect=(t1("3.8").be(1),)),
        },
        expect=(
            d1("9F35").among(*UNATTENDED),
            d1_bit("9F33", "2.6").be(0),
            CVM_METHOD.among(*WITHOUT_SIGNATURE),
            t1("3.7").be(0),
        ),
    ),
)
