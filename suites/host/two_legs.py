"""An indirect POS on both legs: what the front end hands on, and what it adds (facts, 2.5)."""

from suites.acts import present, purchase
from suites.case import APPROVES, BC, Card, Case, Residue, Run, Standing
from suites.clauses import JRT_0055
from suites.conditions.combined import NOT_APPROVED
from suites.conditions.merchant import MERCHANT_DATA
from suites.conditions.messages import carries, constant
from suites.host_acts import BALANCE, FALLING_BACK, PURCHASE_WITH_PIN
from suites.host_claims import FALLBACK, IC, INQUIRY, ONLINEPIN
from suites.ics_language import INDIRECT, ONLINE
from suites.readings.legs import s, t
from suites.readings.outcome import ON_DEC, OUT
from suites.rules import (
    REVERSAL,
    S_REQUEST,
    SALE,
    SILENCE,
    answers,
    code,
    issuer_script,
)
from suites.symbols import ABOVE_FLOOR
from suites.words import Title

MEMBER = JRT_0055[""]
ONLINE_SALE = purchase(ABOVE_FLOOR)
CHIP = INDIRECT & IC & ONLINE
T_SALE, S_SALE = t("0200"), s("0200")
T_ANSWER, S_ANSWER = t("0210"), s("0210")
S_REVERSAL, S_NOTICE = s("0420"), s("0620")
LIMITS = Card("BC-LIMITS")
# PUT DATA of 9F58: what the card allows offline.
SCRIPT_72 = issuer_script("72", "04DA9F5803")
# Host and kiosk facts, 1.10: what approves.
APPROVALS = ("00", "10", "11", "A2", "A4", "A5", "A6")
# The answer of the front end gets lost on its way to the terminal.
ANSWER_LOST = APPROVES.when(SALE, SILENCE)
OWES = (Residue.PENDING_REVERSAL,)
REASONS = ("98", "96", "06", "A0")

CASES = (
    Case(
        id="HI-001",
        title=Title("DE55 pass-through request", "55域透传-请求"),
        clauses=(MEMBER,),
        standing=Standing.REVIEW,
        applies=CHIP,
        acts=(ONLINE_SALE,),
        expect=(S_SALE["55.*"].same_as(T_SALE["55.*"]),),
    ),
    Case(
        id="HI-002",
        title=Title("DE55 pass-through answer", "55域透传-应答"),
        clauses=(MEMBER,),
        applies=CHIP,
        card=LIMITS,
        host=APPROVES.when(S_REQUEST, answers(scripts=SCRIPT_72)),
        acts=(ONLINE_SALE,),
        expect=(
            T_ANSWER["55.91"].same_as(S_ANSWER["55.91"]),
            T_ANSWER["55.72"].same_as(S_ANSWER["55.72"]),
        ),
        leaves=OWES,
    ),
    Case(
        id="HI-003",
        title=Title("DE23 and entry mode", "卡序列号与输入方式传递"),
        clauses=(MEMBER,),
        standing=Standing.REVIEW,
        applies=CHIP,
        card=BC.but(psn_5F34="02"),
        acts=(ONLINE_SALE,),
        expect=(
            S_SALE["23"].be("002"),
            S_SALE["22.1"].same_as(T_SALE["22.1"]),
            S_SALE["22.2"].same_as(T_SALE["22.2"]),
        ),
    ),
    Case(
        id="HI-004",
        title=Title("Read capability / IC condition", "终端能力与条件代码"),
        clauses=(MEMBER,),
        standing=Standing.REVIEW,
        applies=CHIP & FALLBACK,
        card=Card("BC-MUTE"),
        second=BC,
        acts=(*FALLING_BACK, present("second"), ONLINE_SALE),
        expect=(
            # 60.3 and 60.4 of the row are 60.2.2 and 60.2.3 in the official numbering.
            S_SALE["60.2.2"].among("5", "6"),
            S_SALE.time(1)["60.2.3"].be("2"),
            S_SALE.time(2)["60.2.3"].among("0", "1"),
        ),
    ),
    Case(
        id="HI-005",
        title=Title("PIN translation", "PIN转加密"),
        clauses=(MEMBER,),
        standing=Standing.REVIEW,
        applies=INDIRECT & ONLINEPIN & ONLINE,
        card=Card("BC-PIN"),
        acts=(PURCHASE_WITH_PIN,),
        # The PIN entered is that of the test card: under its own key each leg holds it.
        expect=(T_SALE["pin"].be("test"), S_SALE["pin"].be("test")),
    ),
    Case(
        id="HI-006",
        title=Title("Balance inquiry code", "查询交易处理码"),
        clauses=(MEMBER,),
        standing=Standing.REVIEW,
        applies=CHIP & INQUIRY,
        acts=(BALANCE,),
        expect=(S_SALE["3"].be("300000"), T_SALE["3"].be("310000")),
    ),
    Case(
        id="HI-007",
        title=Title("Reversal propagation", "冲正转发"),
        clauses=(MEMBER,),
        standing=Standing.REVIEW,
        applies=CHIP,
        host=ANSWER_LOST,
        acts=(ONLINE_SALE,),
        expect=(
            t("0400").count().happens(),
            t("0400")["39"].be("98"),
            S_REVERSAL.count().happens(),
            # Re-sends carry one number.
            constant(S_REVERSAL["11"]),
            S_REVERSAL["90"].same_as(S_SALE["0.90"]),
            S_REVERSAL["39"].among(*REASONS),
        ),
        leaves=OWES,
    ),
    Case(
        id="HI-008",
        title=Title("Front-end time-out reversal", "前置超时冲正"),
        clauses=(MEMBER,),
        standing=Standing.REVIEW,
        applies=CHIP,
        host=APPROVES.when(S_REQUEST, SILENCE),
        acts=(ONLINE_SALE,),
        expect=(
            S_REVERSAL.count().happens(),
            T_ANSWER["39"].other_than("00") | t("0400").count().happens(),
            NOT_APPROVED,
        ),
        leaves=OWES,
    ),
    Case(
        id="HI-009",
        title=Title("Late CUPS answer", "交换中心迟到应答"),
        clauses=(MEMBER,),
        standing=Standing.REVIEW,
        applies=CHIP,
        # Longer than any front end waits (1.12: about 45 s).
        host=APPROVES.when(S_REQUEST, answers(delay_ms=65_000)),
        acts=(ONLINE_SALE,),
        expect=(
            T_ANSWER["39"].other_than("00") | t("0400").count().happens(),
            NOT_APPROVED,
            S_REVERSAL.count().happens(),
        ),
        leaves=OWES,
    ),
    Case(
        id="HI-010",
        title=Title("Repeated 0400", "重复冲正"),
        clauses=(MEMBER,),
        standing=Standing.REVIEW,
        applies=CHIP,
        host=ANSWER_LOST.when(REVERSAL, SILENCE).when(REVERSAL.time(2), SILENCE),
        acts=(ONLINE_SALE, *(ONLINE_SALE,) * 3),
        expect=(
            t("0400").count().between(3, 4),
            constant(t("0400")["11"]),
            S_REVERSAL.count().happens(),
            constant(S_REVERSAL["11"]),
            constant(S_REVERSAL["90"]),
            t("0410")["39"].among("00", "25"),
        ),
        leaves=OWES,
    ),
    Case(
        id="HI-012",
        title=Title("Script notice forwarded", "脚本通知转发"),
        clauses=(MEMBER,),
        standing=Standing.REVIEW,
        applies=CHIP,
        card=LIMITS,
        host=APPROVES.when(S_REQUEST, answers(scripts=SCRIPT_72)),
        acts=(ONLINE_SALE, ONLINE_SALE),
        expect=(
            S_NOTICE.count().happens(),
            S_NOTICE["55.DF31"].same_as(t("0620")["55.DF31"]),
            S_NOTICE["90"].same_as(S_SALE["0.90"]),
        ),
        leaves=OWES,
    ),
    Case(
        id="HI-014",
        title=Title("DE39 mapping", "应答码映射"),
        clauses=(MEMBER,),
        standing=Standing.REVIEW,
        applies=CHIP,
        acts=(ONLINE_SALE,),
        runs={
            de39: Run(host=APPROVES.when(S_REQUEST, code(de39)))
            for de39 in ("91", "68", "96", "59", "62")
        },
        expect=(
            T_ANSWER["39"].other_than(*APPROVALS),
            T_ANSWER["39"].same_as(S_ANSWER["39"]),
            OUT.be(ON_DEC),
        ),
        leaves=OWES,
    ),
    Case(
        id="HI-015",
        title=Title("MAC both legs", "两端MAC"),
        clauses=(MEMBER,),
        standing=Standing.REVIEW,
        applies=CHIP,
        acts=(ONLINE_SALE,),
        expect=(
            T_SALE["mac"].be("valid"),
            # 0.1 on 2.4: recorded only, until the ICS decides on a recipe.
            S_SALE["mac"].be("valid").by("cups-mac", "whole-90"),
            S_SALE["mac"].be("valid").by("cups-mac", "short-90"),
        ),
    ),
    Case(
        id="HI-017",
        title=Title("Merchant data added", "商户信息补充"),
        clauses=(MEMBER,),
        applies=CHIP,
        acts=(ONLINE_SALE,),
        expect=(carries(S_SALE, 18, 32, 33, 43), MERCHANT_DATA),
    ),
    Case(
        id="HI-018",
        title=Title("Fallback rejected by issuer", "降级被发卡行拒绝"),
        clauses=(MEMBER,),
        standing=Standing.ADVISORY,
        applies=INDIRECT & FALLBACK & ONLINE,
        card=Card("BC-MUTE"),
        acts=FALLING_BACK,
        runs={
            de39: Run(host=APPROVES.when(S_REQUEST, code(de39))) for de39 in ("45", "62")
        },
        expect=(T_ANSWER["39"].other_than("00"), NOT_APPROVED.in_transaction(2)),
        leaves=OWES,
    ),
)
