"""Sign-on, sign-off, framing (host and kiosk facts, 1.1, 1.11, 1.14)."""

from suites.acts import SIGNED_ON, purchase
from suites.case import APPROVES, BC, Card, Case, Run, Standing
from suites.clauses import UNIONPAY_POS
from suites.conditions.combined import NOT_SIGNED_ON
from suites.conditions.messages import FRAME_LENGTHS, between, lacks
from suites.host_acts import PURCHASE_WITH_PIN, SIGN_OFF, tried
from suites.host_claims import IC, ONLINEPIN, TRACKENC
from suites.ics_language import DIRECT, ONLINE
from suites.readings.card_session import d1
from suites.readings.host_session import f55
from suites.readings.legs import t
from suites.readings.outcome import ON_APP, OUT
from suites.rules import SALE, SIGN_ON, answers
from suites.symbols import ABOVE_FLOOR
from suites.words import Title

POS = UNIONPAY_POS[""]
ONLINE_SALE = purchase(ABOVE_FLOOR)
# The sign-on of the case, after that of the preamble.
AGAIN = SIGN_ON.time(2)

CASES = (
    Case(
        id="HD-001",
        title=Title("Sign-on 003, keys loaded", "签到-双倍长密钥"),
        clauses=(POS,),
        applies=DIRECT & ~TRACKENC & ONLINE,
        card=Card("BC-PIN"),
        acts=(SIGNED_ON, PURCHASE_WITH_PIN),
        expect=(
            # A terminal of single length asks for 001 and is given 24 bytes.
            t("0800")["60.3"].among("003", "001"),
            lacks(t("0800"), 64),
            t("0200")["mac"].be("valid"),
            t("0200")["pin"].be("test").under(ONLINEPIN),
        ),
    ),
    Case(
        id="HD-003",
        title=Title("Wrong key check value refused", "工作密钥校验值错"),
        clauses=(POS,),
        applies=DIRECT & ONLINE,
        acts=(tried(SIGNED_ON), tried(ONLINE_SALE), SIGNED_ON, ONLINE_SALE),
        runs={
            "a": Run(host=APPROVES.when(AGAIN, answers(kcv_wrong="PIK"))),
            "b": Run(host=APPROVES.when(AGAIN, answers(kcv_wrong="MAK"))),
        },
        expect=(
            between(t("0810").time(2), t("0810").where("62.keys", "right"), t("0200")),
            OUT.be(ON_APP).in_transaction(2),
        ),
    ),
    Case(
        id="HD-004",
        title=Title("Sign-on answer 97 / 03", "签到拒绝-终端未登记/无效商户"),
        clauses=(POS,),
        applies=DIRECT & ONLINE,
        acts=(tried(SIGNED_ON), tried(ONLINE_SALE)),
        runs={
            "a": Run(host=APPROVES.when(AGAIN, answers(de39="97"))),
            "b": Run(host=APPROVES.when(AGAIN, answers(de39="03"))),
        },
        expect=(
            NOT_SIGNED_ON,
            t("0200").count().never(),
            t("0100").count().never(),
            t("0220").count().never(),
        ),
    ),
    Case(
        id="HD-005",
        title=Title("Clock set from host", "签到同步时间"),
        clauses=(POS,),
        standing=Standing.REVIEW,
        applies=DIRECT & ONLINE,
        card=BC,
        host=APPROVES.when(AGAIN, answers(days_ahead=3)),
        acts=(SIGNED_ON, ONLINE_SALE),
        expect=(
            t("0200")["55.9A[2:6]"].same_as(t("0810").time(2)["13"]),
            d1("9A").same_as(f55("9A")),
        ),
    ),
    Case(
        id="HD-006",
        title=Title("Batch number adopted", "批次号取自签到应答"),
        clauses=(POS,),
        applies=DIRECT & ONLINE,
        host=APPROVES.when(AGAIN, answers(batch="000123")),
        acts=(SIGNED_ON, ONLINE_SALE),
        expect=(t("0200")["60.2"].be("000123"),),
    ),
    Case(
        id="HD-007",
        title=Title("Frame length and TPDU echo", "报文长度与TPDU应答"),
        clauses=(POS,),
        applies=DIRECT & ONLINE,
        acts=(ONLINE_SALE,),
        expect=(OUT.be(ON_APP), FRAME_LENGTHS),
    ),
    Case(
        id="HD-008",
        title=Title("Fragmented TCP delivery", "TCP分片接收"),
        clauses=(POS,),
        applies=DIRECT & ONLINE,
        host=APPROVES.when(SALE, answers(segment=1)),
        acts=(ONLINE_SALE, ONLINE_SALE),
        expect=(OUT.be(ON_APP), t("0400").count().never()),
    ),
    Case(
        id="HD-011",
        title=Title("Sign-off", "签退"),
        clauses=(POS,),
        applies=DIRECT & ONLINE,
        acts=(SIGN_OFF, tried(ONLINE_SALE), SIGNED_ON, ONLINE_SALE),
        expect=(
            t("0820")["60.3"].be("002"),
            between(t("0820", "002"), t("0800"), t("0200")),
            OUT.be(ON_APP).in_transaction(2),
        ),
    ),
    Case(
        id="HD-013",
        title=Title("Header processing request 3", "报文头处理要求-重新签到"),
        clauses=(POS,),
        standing=Standing.REVIEW,
        applies=DIRECT & IC & ONLINE,
        host=APPROVES.when(SALE, answers(header_request=3)),
        acts=(ONLINE_SALE, tried(ONLINE_SALE), SIGNED_ON, ONLINE_SALE),
        expect=(
            between(t("0210"), t("0800"), t("0200")),
            t("0800")["60.3"].among("001", "003", "004"),
        ),
    ),
)
