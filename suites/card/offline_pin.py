"""VERIFY: tries, blocking, and what the card says of them (JR/T 0025.5)."""

from suites.acts import generate_ac, get_data, verify
from suites.card_commands import GAC1, GD, VER
from suites.card_stimuli import INITIATED, READ, S1
from suites.case import Case, Standing
from suites.clauses import JRT_0025_5
from suites.ics_language import CARD_PIN
from suites.readings.reader_session import cvr, sw, tlv
from suites.words import Title

CASES = (
    Case(
        id="CD-PIN-01",
        title=Title("VERIFY correct", "PIN正确"),
        clauses=(JRT_0025_5[""],),
        standing=Standing.REVIEW,
        applies=CARD_PIN,
        terminal=S1,
        acts=(*INITIATED, verify(), get_data("9F17")),
        expect=(sw(VER).be("9000"), tlv(GD, "9F17").be("03")),
    ),
    Case(
        id="CD-PIN-02",
        title=Title("VERIFY wrong", "PIN错误"),
        clauses=(JRT_0025_5[""],),
        applies=CARD_PIN,
        terminal=S1,
        acts=(*INITIATED, verify("wrong"), get_data("9F17")),
        expect=(sw(VER).be("63C2"), tlv(GD, "9F17").be("02")),
    ),
    Case(
        id="CD-PIN-03",
        title=Title("VERIFY block on third", "PIN锁定"),
        clauses=(JRT_0025_5[""],),
        standing=Standing.REVIEW,
        applies=CARD_PIN,
        terminal=S1.but(tries_9F17="01"),
        acts=(*READ, verify("wrong"), get_data("9F17"), verify(), generate_ac("AAC")),
        expect=(
            sw(VER).be("63C0"),
            tlv(GD, "9F17").be("00"),
            sw(VER.time(2)).be("6983"),
            cvr(GAC1, "1.3").be(1),
            cvr(GAC1, "1.2").be(1),
            cvr(GAC1, "2.7").be(1),
        ),
    ),
    Case(
        id="CD-PIN-07",
        title=Title("CVR after failed VERIFY", "CVR PIN失败"),
        clauses=(JRT_0025_5[""],),
        standing=Standing.REVIEW,
        applies=CARD_PIN,
        terminal=S1,
        acts=(*READ, verify("wrong"), generate_ac("ARQC")),
        expect=(cvr(GAC1, "1.2").be(1),),
    ),
)
