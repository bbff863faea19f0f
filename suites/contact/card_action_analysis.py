"""What the card answers to the first GENERATE AC (JR/T 0025.6 7.10; EMV Book 3, 9 and 10.8)."""

from suites.acts import purchase
from suites.case import BC, Case, Run, Standing
from suites.clauses import EMV_BOOK_3, EMV_BOOK_4, JRT_0025_5
from suites.conditions.expectation import BASE, happens, never
from suites.contact_stimuli import (
    AC_9F26,
    ATC,
    ATC_9F36,
    CID_ARQC,
    CID_TC,
    CRYPTOGRAM,
    LONGEST_IAD,
    cryptogram,
    format_2,
)
from suites.ics_language import OFF, ONLINE, OWO
from suites.readings.authorisation import answered_ac
from suites.readings.card_session import d2, n, p1
from suites.readings.host_session import f55, h, no_h
from suites.readings.outcome import OFF_APP, OFF_DEC, ON_APP, OUT, TERM
from suites.readings.screens import ui
from suites.rules import AAC, ARQC, GAC1, GAC2, TC, command, instead, sw
from suites.symbols import ABOVE_FLOOR
from suites.words import Title

GAC = command("GAC")
B3_CID = EMV_BOOK_3["9.3"]
# The version differs and the issuer denies it: an AAC is asked for.
DENIED = BC.but(version_9F08="0001", denial_9F0E="0080000000")

CASES = (
    Case(
        id="CT-CAA-001",
        title=Title("TC requested, TC returned", "请求TC返回TC"),
        clauses=(JRT_0025_5["14"], EMV_BOOK_3["10.8"]),
        applies=OFF | OWO,
        expect=(no_h("AUTH"), never(GAC2), OUT.be(OFF_APP)),
    ),
    Case(
        id="CT-CAA-002",
        title=Title("TC requested, ARQC returned", "请求TC返回ARQC"),
        clauses=(EMV_BOOK_3["10.8"], EMV_BOOK_3["10.9"]),
        applies=OWO,
        card=BC.when(GAC1, ARQC),
        expect=(h("AUTH"), happens(GAC2), OUT.be(ON_APP)),
    ),
    Case(
        id="CT-CAA-003",
        title=Title("TC requested, AAC returned", "请求TC返回AAC"),
        clauses=(EMV_BOOK_3["10.8"],),
        applies=OFF | OWO,
        card=BC.when(GAC1, AAC),
        expect=(no_h("AUTH"), never(GAC2), OUT.be(OFF_DEC)),
    ),
    Case(
        id="CT-CAA-004",
        title=Title("ARQC requested, AAC returned", "请求ARQC返回AAC"),
        clauses=(EMV_BOOK_3["10.8"],),
        applies=ONLINE,
        card=BC.when(GAC1, AAC),
        acts=(purchase(ABOVE_FLOOR),),
        expect=(no_h("AUTH"), never(GAC2), OUT.be(OFF_DEC)),
    ),
    Case(
        id="CT-CAA-005",
        title=Title("ARQC requested, TC returned", "请求ARQC返回TC"),
        clauses=(B3_CID,),
        applies=ONLINE,
        card=BC.when(GAC1, TC),
        acts=(purchase(ABOVE_FLOOR),),
        expect=(no_h("AUTH"), never(GAC2), OUT.be(TERM), OUT.other_than(OFF_APP)),
    ),
    Case(
        id="CT-CAA-006",
        title=Title("AAC requested, TC or ARQC returned", "请求AAC返回TC/ARQC"),
        clauses=(B3_CID,),
        runs={
            "a": Run(card=DENIED.when(GAC1, TC)),
            "b": Run(card=DENIED.when(GAC1, ARQC)),
        },
        expect=(no_h("AUTH"), never(GAC2), OUT.be(TERM)),
    ),
    Case(
        id="CT-CAA-007",
        title=Title("CID 11xxxxxx (AAR/RFU)", "CID为RFU/AAR"),
        clauses=(EMV_BOOK_3["6.5.5"], JRT_0025_5["14"]),
        standing=Standing.REVIEW,
        card=BC.when(GAC1, cryptogram("C0")),
        expect=(never(GAC2), OUT.be(TERM)),
    ),
    Case(
        id="CT-CAA-008",
        title=Title("GENERATE AC error SW", "GAC1返回错误状态字"),
        clauses=(EMV_BOOK_3["6.3.5"],),
        runs={
            "a": Run(card=BC.when(GAC1, sw("6985"))),
            "b": Run(card=BC.when(GAC1, sw("6A80"))),
            "c": Run(card=BC.when(GAC1, sw("6283"))),
        },
        expect=(n(GAC).be(1), OUT.be(TERM)),
    ),
    Case(
        id="CT-CAA-009",
        title=Title("Malformed GAC1 response", "GAC1响应格式错误"),
        clauses=(EMV_BOOK_3["6.5.5"], EMV_BOOK_3["7.5"]),
        runs={
            # Format 1 has 11 bytes at least.
            "a": Run(card=BC.when(GAC1, instead("800A40" + ATC + CRYPTOGRAM[:14] + "9000"))),
            "b": Run(card=BC.when(GAC1, format_2(ATC_9F36, AC_9F26))),
            "c": Run(card=BC.when(GAC1, format_2(CID_TC, AC_9F26))),
            "d": Run(card=BC.when(GAC1, format_2(CID_TC, ATC_9F36))),
            "e": Run(card=BC.when(GAC1, format_2(CID_TC, ATC_9F36, AC_9F26, template="70"))),
            "f": Run(card=BC.when(GAC1, instead("9000"))),
        },
        expect=(no_h("AUTH"), OUT.be(TERM)),
    ),
    Case(
        id="CT-CAA-010",
        title=Title("Format 1 without IAD", "格式1无9F10"),
        clauses=(EMV_BOOK_3["6.5.5"],),
        # An issuer that is asked online cannot check a cryptogram without the CVR in 9F10.
        applies=OFF | OWO,
        card=BC.when(GAC1, instead("800B40" + ATC + CRYPTOGRAM + "9000")),
        expect=(BASE,),
    ),
    Case(
        id="CT-CAA-011",
        title=Title("CID reason code: service not allowed", "CID原因码不允许服务"),
        clauses=(EMV_BOOK_4["6.3.7"],),
        standing=Standing.REVIEW,
        card=BC.when(GAC1, cryptogram("01")),
        expect=(never(GAC2), ui("NOT ACCEPTED"), OUT.among(OFF_DEC, TERM)),
    ),
    Case(
        id="CT-CAA-013",
        title=Title("Offline-only terminal receives ARQC", "纯脱机终端收到ARQC"),
        clauses=(EMV_BOOK_3["10.9"], EMV_BOOK_4["A6"]),
        standing=Standing.REVIEW,
        applies=OFF,
        card=BC.when(GAC1, ARQC),
        expect=(
            no_h("AUTH"),
            n(GAC2).be(1),
            p1(GAC2).be("40"),
            d2("8A").among("5931", "5933"),
        ),
    ),
    Case(
        id="CT-CAA-014",
        title=Title("IAD opaque up to 32 bytes", "9F10最长32字节"),
        clauses=(EMV_BOOK_3["A"],),
        applies=ONLINE,
        card=BC.when(GAC1, format_2(CID_ARQC, ATC_9F36, AC_9F26, LONGEST_IAD)),
        acts=(purchase(ABOVE_FLOOR),),
        expect=(f55("9F10").same_as(answered_ac(1, "9F10")),),
    ),
)
