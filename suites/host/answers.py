"""What the host answers, and what a terminal makes of it (host and kiosk facts, 1.7 and 1.10)."""

from suites.acts import SIGNED_ON, purchase
from suites.case import APPROVES, BC, Case, Residue, Standing
from suites.clauses import JRT_0025_5, JRT_0025_6, UNIONPAY_POS
from suites.conditions.combined import NOT_APPROVED, all_of
from suites.conditions.expectation import TAA, happens, never
from suites.conditions.messages import between, distinct
from suites.host_acts import PURCHASE_WITH_PIN, tried
from suites.host_claims import IC, ONLINEPIN
from suites.ics_language import DIRECT, ONLINE
from suites.readings.card_session import d2, n, p1, t2
from suites.readings.host_session import h
from suites.readings.legs import t
from suites.readings.online_exchange import EA_DATA, EA_SW, a55, cid
from suites.readings.outcome import ON_APP, ON_DEC, OUT
from suites.rules import AAC, EA, GAC2, SALE, answers, code
from suites.symbols import ABOVE_FLOOR
from suites.words import Title

POS, TERMINAL, CARD = UNIONPAY_POS[""], JRT_0025_6[""], JRT_0025_5[""]
ONLINE_SALE = purchase(ABOVE_FLOOR)
CHIP = DIRECT & IC & ONLINE
FIRST, ANY, REVERSALS = t("0200").time(1), t("0200"), t("0400")
NO_TC = p1(GAC2).be("00") | n(GAC2).be(0)
OTHER_REASONS = ("98", "06", "96")
REVERSED_BEFORE_NEXT = between(FIRST, REVERSALS, ANY)
NEVER_REVERSED = REVERSALS.count().never()
OWES = (Residue.PENDING_REVERSAL,)

CASES = (
    Case(
        id="HD-050",
        title=Title("Approved", "交易批准"),
        clauses=(TERMINAL,),
        applies=CHIP,
        acts=(ONLINE_SALE,),
        expect=(
            # The card asks for issuer authentication: AIP byte 1 bit 3.
            happens(EA),
            EA_DATA.same_as(a55("91")),
            p1(GAC2).be("40"),
            d2("8A").be("3030"),
            OUT.be(ON_APP),
        ),
    ),
    Case(
        id="HD-051",
        title=Title("Declined 51", "拒绝-余额不足"),
        clauses=(TERMINAL,),
        applies=CHIP,
        host=APPROVES.when(SALE, code("51")),
        acts=(ONLINE_SALE,),
        expect=(p1(GAC2).be("00"), d2("8A").be("3531"), OUT.be(ON_DEC), NEVER_REVERSED),
        leaves=OWES,
    ),
    Case(
        id="HD-052",
        title=Title("Wrong PIN 55", "密码错-55"),
        clauses=(POS,),
        applies=CHIP & ONLINEPIN,
        card=BC,
        host=APPROVES.when(SALE, code("55")),
        acts=(PURCHASE_WITH_PIN, PURCHASE_WITH_PIN),
        expect=(
            OUT.be(ON_DEC).in_transaction(1),
            p1(GAC2).be("00").in_transaction(1),
            NEVER_REVERSED,
            distinct(ANY["11"]),
            distinct(ANY["55.9F26"]),
        ),
        leaves=OWES,
    ),
    Case(
        id="HD-057",
        title=Title("Batch mismatch 77", "批次号不一致"),
        clauses=(POS,),
        standing=Standing.REVIEW,
        applies=DIRECT & IC & ONLINE,
        host=APPROVES.when(SALE, code("77")),
        acts=(ONLINE_SALE, tried(ONLINE_SALE), SIGNED_ON, ONLINE_SALE),
        expect=(between(t("0210").where("39", "77"), t("0800"), ANY),),
    ),
    Case(
        id="HD-058",
        title=Title("Unknown DE39", "未知应答码"),
        clauses=(POS,),
        standing=Standing.REVIEW,
        applies=CHIP,
        host=APPROVES.when(SALE, code("ZZ")),
        acts=(ONLINE_SALE,),
        expect=(NOT_APPROVED, NO_TC),
        leaves=OWES,
    ),
    Case(
        id="HD-059",
        title=Title("Bad MAC on approval", "应答MAC错误"),
        clauses=(POS,),
        standing=Standing.REVIEW,
        applies=CHIP,
        host=APPROVES.when(SALE, answers(bad_mac="yes")),
        acts=(ONLINE_SALE, ONLINE_SALE),
        expect=(
            NOT_APPROVED.in_transaction(1),
            NO_TC.in_transaction(1),
            between(FIRST, REVERSALS.where("39", "A0"), ANY),
        ),
        leaves=OWES,
    ),
    Case(
        id="HD-060",
        title=Title("Missing MAC on approval", "应答无MAC"),
        clauses=(POS,),
        standing=Standing.REVIEW,
        applies=CHIP,
        host=APPROVES.when(SALE, answers(no_mac="yes")),
        acts=(ONLINE_SALE, ONLINE_SALE),
        expect=(
            NOT_APPROVED.in_transaction(1),
            NO_TC.in_transaction(1),
            REVERSED_BEFORE_NEXT,
            REVERSALS["39"].among("A0", *OTHER_REASONS),
        ),
        leaves=OWES,
    ),
    Case(
        id="HD-061",
        title=Title("Bad MAC on decline", "拒绝应答不校验MAC"),
        clauses=(POS,),
        standing=Standing.REVIEW,
        applies=CHIP,
        host=APPROVES.when(SALE, answers(bad_mac="yes", de39="51")),
        acts=(ONLINE_SALE,),
        expect=(OUT.be(ON_DEC), NEVER_REVERSED),
        leaves=OWES,
    ),
    *(
        Case(
            id=name,
            title=title,
            clauses=(POS,),
            standing=Standing.REVIEW,
            applies=CHIP,
            host=APPROVES.when(SALE, reaction),
            acts=(ONLINE_SALE,),
            expect=(NOT_APPROVED, h("REV"), REVERSALS["39"].among(*OTHER_REASONS)),
            leaves=OWES,
        )
        for name, title, reaction in (
            ("HD-062", Title("Wrong MTI", "应答消息类型不符"), answers(mti_delta=100)),
            ("HD-063", Title("Wrong STAN", "应答流水号不符"), answers(alter="11:987654")),
            ("HD-064", Title("Wrong terminal id", "应答终端号不符"), answers(alter="41:99999999")),
            ("HD-066", Title("Wrong amount", "应答金额不符"), answers(alter="4:000000000001")),
        )
    ),
    Case(
        id="HD-068",
        title=Title("ARPC wrong, card declines", "ARPC错-卡拒绝"),
        clauses=(TERMINAL, CARD),
        standing=Standing.REVIEW,
        applies=CHIP,
        card=BC.when(GAC2, AAC),
        host=APPROVES.when(SALE, answers(arpc_wrong="yes")),
        acts=(ONLINE_SALE,),
        expect=(
            EA_SW.be("6300"),
            t2("5.7").be(1),
            cid(GAC2).be("00"),
            OUT.be(ON_DEC),
            h("REV"),
            REVERSALS["39"].among("06", "96"),
        ),
        leaves=OWES,
    ),
    Case(
        id="HD-069",
        title=Title("ARPC wrong, card approves", "ARPC错-卡仍批准"),
        clauses=(CARD,),
        standing=Standing.ADVISORY,
        applies=CHIP,
        host=APPROVES.when(SALE, answers(arpc_wrong="yes")),
        acts=(ONLINE_SALE,),
        expect=(OUT.be(ON_APP), t2("5.7").be(1), NEVER_REVERSED),
        leaves=OWES,
    ),
    Case(
        id="HD-070",
        title=Title("No DE55 in answer", "应答无55域"),
        clauses=(TERMINAL,),
        applies=CHIP,
        host=APPROVES.when(SALE, answers(drop="55")),
        acts=(ONLINE_SALE,),
        # However it ends, it ends as the card said.
        expect=(d2("8A").be("3030"), never(EA), TAA),
        leaves=OWES,
    ),
    Case(
        id="HD-072",
        title=Title("Malformed TLV in DE55", "55域TLV错误"),
        clauses=(TERMINAL,),
        standing=Standing.ADVISORY,
        applies=CHIP,
        # 72 says five bytes and has one.
        host=APPROVES.when(SALE, answers(without_91="yes", de55_add="72.05.9F")),
        acts=(ONLINE_SALE, ONLINE_SALE),
        expect=(
            (
                all_of(NOT_APPROVED, h("REV")) | all_of(d2("8A").be("3030"), never(EA), TAA)
            ).in_transaction(1),
            OUT.be(ON_APP).in_transaction(2),
        ),
        leaves=OWES,
    ),
)
