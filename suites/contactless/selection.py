"""PPSE and final selection (JR/T 0025.12 6.4; contactless facts, 1.4 and 1.5)."""

from suites.acts import tap
from suites.card_edits import application
from suites.case import AS_DECLARED, Case, Run, Standing
from suites.clauses import EMV_BOOK_1, JRT_0025_12
from suites.conditions.expectation import happens, never
from suites.contactless_stimuli import (
    ADF,
    AID_1,
    AID_2,
    FOREIGN_AID,
    LONG_AID,
    NO_HOST,
    OTHER_IF,
    PPSE,
    SEL,
    SELECT_PPSE,
    Q,
    dotted,
    entry,
    listing,
    refused,
)
from suites.ics_language import CONTACT, QPBOC
from suites.readings.card_session import n
from suites.readings.outcome import OFF_APP, OUT, TERM
from suites.readings.tap_session import APPLICATION, FIRST_COMMAND, SELECTED
from suites.rules import GPO, command, ending, instead, rewritten, sw
from suites.words import Title

DIRECTORY = (JRT_0025_12["6.4.1"].inferred(),)
FINAL = (JRT_0025_12["6.4"].inferred(),)
PRACTICE = (EMV_BOOK_1["12.4"],)
NOT_ASKED = refused(never(GPO))
# Figure 4: contactless is closed, and another interface offered where there is one.
CLOSED = (
    never(GPO),
    NO_HOST,
    OUT.be(OTHER_IF).under(CONTACT),
    OUT.be(TERM).under(~CONTACT),
)
# The FCI of the application without 9F38.
A5_WITHOUT_PDOL = "500A50424F43204445424954870101BF0C059F4D020B0A"
# The PPSE of the card, its length one too many.
PPSE_TOO_LONG = (
    "6F31840E325041592E5359532E4444463031A51EBF0C1B61194F08A000000333010101"
    "500A50424F432044454249548701019000"
)
TWO = Q.edited(application(AID_2, "PBOC CREDIT", "02"))
CASES = (
    Case(
        id="CL-SEL-01",
        title=Title("PPSE command bytes", "PPSE命令"),
        clauses=DIRECTORY,
        applies=QPBOC,
        card=Q,
        acts=(tap(1000),),
        expect=(FIRST_COMMAND.be(SELECT_PPSE), OUT.be(OFF_APP)),
    ),
    Case(
        id="CL-SEL-02",
        title=Title("No PSE on contactless", "非接不选PSE"),
        clauses=DIRECTORY,
        applies=QPBOC,
        card=Q,
        runs={
            "a": Run(expect=(OUT.be(OFF_APP),)),
            # Nor where there is no PPSE.
            "b": Run(card=Q.when(PPSE, sw("6A82")), expect=NOT_ASKED),
        },
        acts=(tap(1000),),
        expect=(never(command("SEL(PSE)")),),
    ),
    Case(
        id="CL-SEL-03",
        title=Title("PPSE 6A82", "PPSE不存在"),
        clauses=DIRECTORY,
        standing=Standing.REVIEW,
        applies=QPBOC,
        card=Q.when(PPSE, sw("6A82")),
        acts=(tap(1000),),
        expect=(n(SEL).between(0, 1), *NOT_ASKED),
    ),
    Case(
        id="CL-SEL-04",
        title=Title("PPSE 6A81", "卡锁定"),
        clauses=DIRECTORY,
        standing=Standing.REVIEW,
        applies=QPBOC,
        card=Q.when(PPSE, sw("6A81")),
        acts=(tap(1000),),
        expect=NOT_ASKED,
    ),
    Case(
        id="CL-SEL-05",
        title=Title("PPSE missing 84", "PPSE缺少84"),
        clauses=DIRECTORY,
        standing=Standing.REVIEW,
        applies=QPBOC,
        card=Q.when(PPSE, rewritten("6F", "A5")),
        acts=(tap(1000),),
        expect=NOT_ASKED,
    ),
    Case(
        id="CL-SEL-06",
        title=Title("PPSE wrong 84", "PPSE 84值错"),
        clauses=DIRECTORY,
        standing=Standing.REVIEW,
        applies=QPBOC,
        card=Q.when(
            PPSE, rewritten("6F", f"84:{dotted('315041592E5359532E4444463031')}", "A5")
        ),
        acts=(tap(1000),),
        expect=NOT_ASKED,
    ),
    Case(
        id="CL-SEL-07",
        title=Title("PPSE missing BF0C", "PPSE缺BF0C"),
        clauses=DIRECTORY,
        applies=QPBOC,
        card=Q.when(PPSE, rewritten("6F", "84", "A5:")),
        acts=(tap(1000),),
        expect=NOT_ASKED,
    ),
    Case(
        id="CL-SEL-08",
        title=Title("PPSE malformed length", "PPSE长度错"),
        clauses=DIRECTORY,
        applies=QPBOC,
        card=Q.when(PPSE, instead(PPSE_TOO_LONG)),
        acts=(tap(1000),),
        expect=NOT_ASKED,
    ),
    Case(
        id="CL-SEL-10",
        title=Title("Partial AID match", "部分AID匹配"),
        clauses=PRACTICE,
        applies=QPBOC,
        terminal=AS_DECLARED.but(application_selection_indicator="00"),
        card=Q.edited(application(LONG_AID, "PBOC DEBIT")).when(
            PPSE, listing(entry(LONG_AID, "01"))
        ),
        acts=(tap(1000),),
        expect=(APPLICATION.be(LONG_AID), happens(GPO)),
    ),
    Case(
        id="CL-SEL-11",
        title=Title("Exact match only rejects longer", "精确匹配拒绝"),
        clauses=PRACTICE,
        standing=Standing.REVIEW,
        applies=QPBOC,
        terminal=AS_DECLARED.but(application_selection_indicator="01"),
        card=Q.edited(application(LONG_AID, "PBOC DEBIT")).when(
            PPSE, listing(entry(LONG_AID, "01"))
        ),
        acts=(tap(1000),),
        expect=(n(ADF).be(0), *NOT_ASKED),
    ),
    Case(
        id="CL-SEL-12",
        title=Title("Priority order", "优先级"),
        clauses=PRACTICE,
        applies=QPBOC,
        card=TWO.when(PPSE, listing(entry(AID_2, "02"), entry(AID_1, "01"))),
        acts=(tap(1000),),
        expect=(APPLICATION.be(AID_1), OUT.be(OFF_APP)),
    ),
    Case(
        id="CL-SEL-13",
        title=Title("Priority 0 last", "优先级0最后"),
        clauses=PRACTICE,
        standing=Standing.REVIEW,
        applies=QPBOC,
        card=TWO.when(PPSE, listing(entry(AID_2), entry(AID_1, "05"))),
        acts=(tap(1000),),
        expect=(APPLICATION.be(AID_1), OUT.be(OFF_APP)),
    ),
    Case(
        id="CL-SEL-14",
        title=Title("No cardholder confirmation", "无需持卡人确认"),
        clauses=FINAL,
        standing=Standing.REVIEW,
        applies=QPBOC,
        card=Q.when(PPSE, listing(entry(AID_1, "81"))),
        # Who is asked says no: a terminal that asks cancels.
        acts=(tap(1000, confirm="no"),),
        expect=(APPLICATION.be(AID_1), OUT.be(OFF_APP)),
    ),
    Case(
        id="CL-SEL-15",
        title=Title("Blocked application", "应用锁定6283"),
        clauses=FINAL,
        standing=Standing.REVIEW,
        applies=QPBOC,
        card=Q.when(ADF, ending("6283")),
        acts=(tap(1000),),
        expect=NOT_ASKED,
    ),
    Case(
        id="CL-SEL-16",
        title=Title("Fallback to next candidate", "候选回退"),
        clauses=FINAL,
        standing=Standing.REVIEW,
        applies=QPBOC,
        card=TWO.when(PPSE, listing(entry(AID_1, "01"), entry(AID_2, "02"))).when(
            ADF, sw("6A82")
        ),
        runs={
            "a": Run(
                terminal=AS_DECLARED.but(contactless_refusal="other-interface"),
                expect=(n(ADF).be(1), *NOT_ASKED),
            ),
            "b": Run(
                terminal=AS_DECLARED.but(contactless_refusal="next-application"),
                expect=(n(ADF).be(2), OUT.be(OFF_APP)),
            ),
        },
        acts=(tap(1000),),
        expect=(SELECTED.among("325041592E5359532E4444463031", AID_1, AID_2),),
    ),
    Case(
        id="CL-SEL-17",
        title=Title("PDOL absent", "无PDOL"),
        clauses=FINAL,
        applies=QPBOC,
        card=Q.when(ADF, rewritten("6F", "84", f"A5:{dotted(A5_WITHOUT_PDOL)}")),
        acts=(tap(1000),),
        expect=CLOSED,
    ),
    Case(
        id="CL-SEL-18",
        title=Title("PDOL without 9F66", "PDOL无9F66"),
        clauses=FINAL,
        applies=QPBOC,
        card=Q.but(contactless_pdol_9F38="9F0206"),
        acts=(tap(1000),),
        expect=CLOSED,
    ),
    Case(
        id="CL-SEL-20",
        title=Title("Unknown FCI data ignored", "FCI未知标签忽略"),
        clauses=PRACTICE,
        standing=Standing.REVIEW,
        applies=QPBOC,
        card=Q.but(contactless_issuer_data_BF0C="9F4D020B0A5F5502434EDF7F01AA"),
        acts=(tap(1000),),
        expect=(OUT.be(OFF_APP), NO_HOST),
    ),
    Case(
        id="CL-SEL-21",
        title=Title("Zero-length 9F12", "9F12长度0"),
        clauses=PRACTICE,
        standing=Standing.REVIEW,
        applies=QPBOC,
        card=Q.but(contactless_preferred_name_9F12=""),
        acts=(tap(1000),),
        expect=(OUT.be(OFF_APP), NO_HOST),
    ),
    Case(
        id="CL-SEL-22",
        title=Title("Multiple RIDs", "多RID"),
        clauses=PRACTICE,
        applies=QPBOC,
        card=Q.edited(application(FOREIGN_AID, "OTHER")).when(
            PPSE, listing(entry(FOREIGN_AID, "01"), entry(AID_1, "02"))
        ),
        acts=(tap(1000),),
        expect=(APPLICATION.be(AID_1), OUT.be(OFF_APP)),
    ),
)
