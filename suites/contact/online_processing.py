"""Online processing, second GENERATE AC, reversal (EMV Book 3, 10.9; Book 4, 6.3.8)."""

from suites.acts import purchase
from suites.case import APPROVES, AS_DECLARED, BC, Case, Residue, Run, Standing
from suites.clauses import EMV_BOOK_3, EMV_BOOK_4, JRT_0025_5, JRT_0025_6, UNIONPAY_POS
from suites.conditions.expectation import happens, in_order, never
from suites.conditions.invariants import INVARIANTS
from suites.conditions.message_content import f55_contains
from suites.contact_stimuli import BC_PIN, CDOL2_T, DECLINES, PIN, SILENT, cryptogram
from suites.ics_language import ONLINE, ONO, OPIN, OWO, REF
from suites.readings.authorisation import (
    ARQC_IN_55,
    SEQUENCE_NUMBER_AS_DE23,
    T2_COVERS_T1,
    TRACK_2_AS_DE35,
    answered_ac,
)
from suites.readings.card_session import d1, d2, n, p1, s2, t1, t2
from suites.readings.host_session import de, f55, h, no_h
from suites.readings.issuer_answer import DE39_AS_8A, EA_DATA, EA_LC, LENGTH_OF_91, a55
from suites.readings.outcome import OFF_APP, OFF_DEC, ON_APP, ON_DEC, OUT, TERM
from suites.rules import AAC, EA, GAC1, GAC2, SALE, TC, answers, code, sw
from suites.symbols import ABOVE_FLOOR
from suites.words import Title

AUTHENTICATION, COMPLETION = EMV_BOOK_3["10.9"], EMV_BOOK_3["10.11"]
UNABLE = (EMV_BOOK_3["10.7"], EMV_BOOK_4["A6"])
UNIONPAY = UNIONPAY_POS[""]
PENDING = (Residue.PENDING_REVERSAL,)
ABOVE = (purchase(ABOVE_FLOOR),)
# AIP without issuer authentication; 93 and 9F46 are made anew.
NO_ISSUER_AUTHENTICATION = BC.but(aip_82="7800")
BAD_ARPC = APPROVES.when(SALE, answers(arpc_wrong="yes"))
WITHOUT_91 = APPROVES.when(SALE, answers(without_91="yes"))

CASES = (
    Case(
        id="CT-ONL-001",
        title=Title("Authorisation request carries the IC data set", "联机请求55域数据"),
        clauses=(JRT_0025_6["7.11"].inferred(), UNIONPAY_POS["DE55"]),
        standing=Standing.REVIEW,
        applies=ONLINE,
        card=BC_PIN,
        acts=(purchase(ABOVE_FLOOR, pin=PIN),),
        expect=(
            h("AUTH"),
            f55_contains(
                *("9F26", "9F27", "9F10", "9F37", "9F36", "95", "9A", "9C", "9F02", "5F2A"),
                *("82", "9F1A", "9F03", "9F33"),
            ),
            f55("9F26").same_as(answered_ac(1, "9F26")),
            f55("9F27").be("80"),
            f55("95").same_as(t1("*")),
            f55("9F37").same_as(d1("9F37")),
            de(23).same_as(SEQUENCE_NUMBER_AS_DE23),
            de(35).same_as(TRACK_2_AS_DE35),
        ),
    ),
    Case(
        id="CT-ONL-002",
        title=Title("Approved with valid ARPC", "批准且发卡行认证成功"),
        clauses=(JRT_0025_5["15"], JRT_0025_5["16"], AUTHENTICATION, COMPLETION),
        applies=ONLINE,
        acts=ABOVE,
        expect=(
            n(EA).be(1),
            EA_DATA.same_as(a55("91")),
            in_order(GAC1, EA, GAC2),
            p1(GAC2).be("40"),
            d2("8A").be("3030"),
            t2("5.7").be(0),
            s2("1.5").be(1),
            OUT.be(ON_APP),
        ),
    ),
    Case(
        id="CT-ONL-003",
        title=Title("Issuer authentication fails", "发卡行认证失败"),
        clauses=(AUTHENTICATION,),
        applies=ONLINE,
        host=BAD_ARPC,
        acts=ABOVE,
        runs={
            "a": Run(card=BC.when(EA, sw("6300")).when(GAC2, TC)),
            "b": Run(card=BC.when(EA, sw("6985")).when(GAC2, TC)),
        },
        expect=(
            n(EA).be(1),
            t2("5.7").be(1),
            s2("1.5").be(1),
            n(GAC2).be(1),
            p1(GAC2).be("40"),
            OUT.be(ON_APP),
        ),
    ),
    Case(
        id="CT-ONL-004",
        title=Title("Card does not support issuer authentication", "AIP不支持发卡行认证"),
        clauses=(AUTHENTICATION,),
        applies=ONLINE,
        card=NO_ISSUER_AUTHENTICATION,
        acts=ABOVE,
        expect=(
            never(EA),
            s2("1.5").be(0),
            t2("5.7").be(0),
            n(GAC2).be(1),
            OUT.be(ON_APP),
        ),
    ),
    Case(
        id="CT-ONL-005",
        title=Title("No issuer authentication data in response", "应答无91"),
        clauses=(AUTHENTICATION,),
        applies=ONLINE,
        host=WITHOUT_91,
        acts=ABOVE,
        expect=(
            never(EA),
            s2("1.5").be(0),
            t2("5.7").be(0),
            n(GAC2).be(1),
            p1(GAC2).be("40"),
            OUT.be(ON_APP),
        ),
    ),
    Case(
        id="CT-ONL-006",
        title=Title("Issuer authentication data through CDOL2", "CDOL2请求91"),
        clauses=(AUTHENTICATION,),
        applies=ONLINE,
        card=NO_ISSUER_AUTHENTICATION.but(cdol2_8D=CDOL2_T + "910A"),
        acts=ABOVE,
        expect=(d2("91").same_as(a55("91")), never(EA), OUT.be(ON_APP)),
    ),
    Case(
        id="CT-ONL-007",
        title=Title("Issuer declines", "发卡行拒绝"),
        clauses=(AUTHENTICATION, COMPLETION),
        applies=ONLINE,
        host=DECLINES,
        acts=ABOVE,
        expect=(
            # H05 brings a 91, and the card's AIP has issuer authentication.
            happens(EA),
            p1(GAC2).be("00"),
            d2("8A").be("3035"),
            OUT.be(ON_DEC),
            no_h("REV"),
        ),
        leaves=PENDING,
    ),
    Case(
        id="CT-ONL-008",
        title=Title("Response codes 10 and 11 are approvals", "应答码10/11视为批准"),
        clauses=(JRT_0025_5["16"],),
        standing=Standing.REVIEW,
        applies=ONLINE,
        acts=ABOVE,
        runs={
            "a": Run(host=APPROVES.when(SALE, code("10"))),
            "b": Run(host=APPROVES.when(SALE, code("11"))),
        },
        expect=(p1(GAC2).be("40"), d2("8A").same_as(DE39_AS_8A), OUT.be(ON_APP)),
    ),
    Case(
        id="CT-ONL-009",
        title=Title("Referral response codes 01 / 02", "应答码01/02(参考)"),
        clauses=(JRT_0025_5["16"], EMV_BOOK_4["6.5.2"]),
        standing=Standing.REVIEW,
        applies=ONLINE & REF,
        acts=ABOVE,
        # Both ways of handling a referral, each set before the sale.
        runs={
            f"{name}{mark}": Run(
                terminal=AS_DECLARED.but(referral=handled),
                host=APPROVES.when(SALE, code(de39)),
                expect=(p1(GAC2).be(asked),),
            )
            for name, de39 in (("a", "01"), ("b", "02"))
            for mark, handled, asked in (("", "decline", "00"), ("-approved", "approve", "40"))
        },
        expect=(d2("8A").same_as(DE39_AS_8A),),
        leaves=PENDING,
    ),
    Case(
        id="CT-ONL-010",
        title=Title("Unable to go online, default codes clean", "联机失败缺省批准"),
        clauses=UNABLE,
        applies=OWO,
        terminal=AS_DECLARED.but(**{"tac-default": "0000000000"}),
        card=BC.but(
            default_9F0D="0000000000", online_9F0F="0080000000", version_9F08="0001"
        ),
        host=SILENT,
        expect=(never(EA), p1(GAC2).be("40"), d2("8A").be("5933"), OUT.be(OFF_APP)),
        leaves=PENDING,
    ),
    Case(
        id="CT-ONL-011",
        title=Title("Unable to go online, default codes match", "联机失败缺省拒绝"),
        clauses=UNABLE,
        applies=OWO,
        host=SILENT,
        acts=ABOVE,
        expect=(p1(GAC2).be("00"), d2("8A").be("5A33"), OUT.be(OFF_DEC), h("REV")),
        leaves=PENDING,
    ),
    Case(
        id="CT-ONL-012",
        title=Title("Online-only terminal unable to go online", "纯联机终端联机失败"),
        clauses=(EMV_BOOK_3["10.7"], EMV_BOOK_4[""]),
        standing=Standing.REVIEW,
        applies=ONO,
        host=SILENT,
        acts=ABOVE,
        expect=(
            p1(GAC2).be("00") | never(GAC2),
            d2("8A").be("5A33") | never(GAC2),
            OUT.among(OFF_DEC, TERM),
        ),
        leaves=PENDING,
    ),
    Case(
        id="CT-ONL-013",
        title=Title("Issuer approves, card declines in GAC2", "主机批准卡片拒绝"),
        clauses=(EMV_BOOK_4["6.3.8"], UNIONPAY),
        applies=ONLINE,
        card=BC.when(GAC2, AAC),
        acts=ABOVE,
        expect=(n(GAC2).be(1), OUT.be(ON_DEC), h("REV")),
        leaves=PENDING,
    ),
    Case(
        id="CT-ONL-014",
        title=Title("Second GENERATE AC error SW", "GAC2返回错误"),
        clauses=(EMV_BOOK_3["6.3.5"],),
        applies=ONLINE,
        card=BC.when(GAC2, sw("6985")),
        acts=ABOVE,
        expect=(n(GAC2).be(1), OUT.among(TERM, ON_DEC), h("REV")),
        leaves=PENDING,
    ),
    Case(
        id="CT-ONL-015",
        title=Title("GAC2 returns an impossible cryptogram type", "GAC2返回非法密文类型"),
        clauses=(EMV_BOOK_3["9.3"],),
        standing=Standing.REVIEW,
        applies=ONLINE,
        acts=ABOVE,
        runs={
            "a": Run(host=DECLINES, card=BC.when(GAC2, TC)),
            "b": Run(card=BC.when(GAC2, cryptogram("80")), expect=(h("REV"),)),
            "c": Run(card=BC.when(GAC2, cryptogram("C0")), expect=(h("REV"),)),
        },
        expect=(OUT.other_than(ON_APP),),
        leaves=PENDING,
    ),
    Case(
        id="CT-ONL-016",
        title=Title("Tag 91 passed through unmodified", "91原样传递"),
        clauses=(EMV_BOOK_3["6.5.4"],),
        applies=ONLINE,
        card=BC.when(EA, sw("9000")),
        acts=ABOVE,
        runs={
            name: Run(
                host=APPROVES.when(
                    SALE,
                    answers(
                        without_91="yes",
                        de55_add=f"91.{length:02X}" + ".AC" * length,
                    ),
                )
            )
            for name, length in (("a", 8), ("b", 10), ("c", 16))
        },
        expect=(EA_LC.same_as(LENGTH_OF_91), EA_DATA.same_as(a55("91"))),
    ),
    Case(
        id="CT-ONL-017",
        title=Title("Incorrect online PIN response", "联机PIN错误应答55"),
        clauses=(UNIONPAY,),
        standing=Standing.REVIEW,
        applies=ONLINE & OPIN,
        card=BC_PIN,
        host=APPROVES.when(SALE, code("55")),
        acts=(purchase(pin=PIN),),
        expect=(p1(GAC2).be("00"), d2("8A").be("3535"), OUT.be(ON_DEC)),
    ),
    Case(
        id="CT-ONL-018",
        title=Title("CDOL2 content", "CDOL2数据正确"),
        clauses=(JRT_0025_5["16"], EMV_BOOK_3["9.2"]),
        applies=ONLINE,
        acts=ABOVE,
        # INV-02: every known element of the lists, CDOL2 too, has the terminal's value.
        expect=(
            n(GAC2).be(1),
            INVARIANTS["INV-02"],
            d2("9F02").same_as(d1("9F02")),
            T2_COVERS_T1.be(1),
        ),
    ),
    Case(
        id="CT-ONL-019",
        title=Title("Malformed issuer data in the response", "应答55域格式错误"),
        clauses=(EMV_BOOK_3["7.5"],),
        standing=Standing.ADVISORY,
        applies=ONLINE,
        host=APPROVES.when(SALE, answers(without_91="yes", de55_add="91.0A.AC.AC.AC.AC.AC")),
        acts=ABOVE,
        expect=(never(EA), n(GAC2).be(1)),
        leaves=PENDING,
        sets_aside=("INV-14", "INV-17"),
    ),
    Case(
        id="CT-ONL-020",
        title=Title("ARQC fidelity: host verification", "ARQC可由主机验证"),
        clauses=(JRT_0025_5["D"], JRT_0025_5["E"]),
        applies=ONLINE,
        acts=ABOVE,
        expect=(ARQC_IN_55.be("right"),),
    ),
)
