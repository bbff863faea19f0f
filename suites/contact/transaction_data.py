"""Terminal data and configuration (JR/T 0025.6 8; EMV Book 4, Annex A)."""

from suites.acts import configure, purchase
from suites.case import AS_DECLARED, BC, Card, Case, Run, Standing
from suites.clauses import EMV_BOOK_3, EMV_BOOK_4, JRT_0025_6, UNIONPAY_POS
from suites.conditions.clock import CLOCK_AGREES
from suites.contact_stimuli import BC_PIN, CDOL1_T, PIN
from suites.ics_language import DOWNLOAD, ONLINE, OPIN
from suites.readings.authorisation import masked, setting, text_setting
from suites.readings.card_session import d1, p1, s1, t1
from suites.readings.host_session import de
from suites.rules import GAC1
from suites.symbols import ABOVE_FLOOR
from suites.words import Title

AID2 = "A000000333010102"
TVR_DATA = EMV_BOOK_3["C"]
# The floor limits of two applications, both set, with an amount between the two.
TWO_LIMITS = AS_DECLARED.but(**{"floor-limit": 10_000, f"floor-limit@{AID2}": 5_000})
BETWEEN = 6_000

CASES = (
    Case(
        id="CT-TD-001",
        title=Title("Declared capabilities", "终端性能参数"),
        clauses=(JRT_0025_6["8"], EMV_BOOK_4["A1"], EMV_BOOK_4["A2"], EMV_BOOK_4["A3"]),
        expect=(
            d1("9F33").same_as(setting("terminal-capabilities")),
            d1("9F35").same_as(setting("terminal-type")),
            d1("9F40").same_as(setting("additional-terminal-capabilities")),
        ),
    ),
    Case(
        id="CT-TD-002",
        title=Title("RFU bits are zero", "保留位为零"),
        clauses=(TVR_DATA, EMV_BOOK_4["A"]),
        expect=(
            masked(t1("*"), "030703070F").be("0000000000").by("tvr-sda-selected", "rfu"),
            masked(t1("*"), "010703070F").be("0000000000").by("tvr-sda-selected", "emv-4.2"),
            masked(s1("*"), "03FF").be("0000"),
        ),
    ),
    Case(
        id="CT-TD-003",
        title=Title("Date and time", "日期时间"),
        clauses=(EMV_BOOK_3["A"],),
        expect=(CLOCK_AGREES,),
    ),
    Case(
        id="CT-TD-004",
        title=Title("Country, currency, exponent", "国家代码与货币"),
        clauses=(JRT_0025_6["8"],),
        # The list of the baseline card asks for all three.
        expect=(
            d1("9F1A").be("0156"),
            d1("5F2A").be("0156"),
            d1("5F36").be("02"),
        ),
    ),
    Case(
        id="CT-TD-005",
        title=Title("Merchant and terminal identifiers", "商户与终端标识"),
        clauses=(JRT_0025_6["8"],),
        standing=Standing.REVIEW,
        card=BC.but(cdol1_8C=CDOL1_T + "9F160F9F1C089F1502"),
        expect=(
            d1("9F16").same_as(text_setting("merchant-identifier", 15)),
            d1("9F1C").same_as(text_setting("terminal-identification", 8)),
            d1("9F15").same_as(setting("merchant-category")),
            d1("9F4E").same_as(text_setting("merchant-name", 20)),
            d1("9F1E").same_as(text_setting("ifd-serial-number", 8)),
        ),
    ),
    Case(
        id="CT-TD-007",
        title=Title("Per-AID parameters", "按AID参数生效"),
        clauses=(JRT_0025_6["7.2"], UNIONPAY_POS[""]),
        terminal=TWO_LIMITS,
        card=Card("BC-TWO"),
        acts=(purchase(BETWEEN, choose="1"), purchase(BETWEEN, choose="2")),
        expect=(
            d1("9F02").be("000000006000"),
            t1("4.8").be(0).in_transaction(1),
            t1("4.8").be(1).in_transaction(2),
        ),
    ),
    Case(
        id="CT-TD-008",
        title=Title("Parameter download takes effect", "参数下载生效"),
        clauses=(JRT_0025_6["6"], UNIONPAY_POS["DF11"]),
        standing=Standing.REVIEW,
        applies=DOWNLOAD,
        card=BC.but(version_9F08="0001"),
        acts=(purchase(), configure(**{"tac-denial": "0080000000"}), purchase()),
        expect=(
            p1(GAC1).other_than("00").in_transaction(1),
            p1(GAC1).be("00").in_transaction(2),
        ),
    ),
    Case(
        id="CT-TD-010",
        title=Title("POS entry mode in messages", "服务点输入方式"),
        clauses=(UNIONPAY_POS["DE22"],),
        standing=Standing.REVIEW,
        # [a] wants a terminal with online PIN.
        applies=ONLINE & OPIN,
        runs={
            "a": Run(card=BC_PIN, acts=(purchase(pin=PIN),), expect=(de(22).be("051"),)),
            "b": Run(acts=(purchase(ABOVE_FLOOR),), expect=(de(22).be("052"),)),
        },
        expect=(),
    ),
)
