"""READ RECORD and GET DATA (JR/T 0025.5; EMV Book 3, 6.5.7 and 6.5.11)."""

from suites.acts import get_data, read_record
from suites.card_commands import GD, RR
from suites.card_stimuli import INITIATED, READ, S1, SELECTED
from suites.case import Case, Standing
from suites.clauses import CARD_PRACTICE, EMV_BOOK_3, JRT_0025_5, JRT_0025_13
from suites.ics_language import CARD_CONTACT, CARD_ECASH, CARD_LOG, CARD_PIN
from suites.readings.reader_session import every, size, sw, template, tlv
from suites.words import Title

CASES = (
    Case(
        id="CD-REC-01",
        title=Title("Read each AFL record", "读记录"),
        clauses=(JRT_0025_5[""], EMV_BOOK_3["6.5.11"]),
        applies=CARD_CONTACT,
        acts=READ,
        expect=(sw(every(RR)).be("9000"), template(every(RR)).be("70")),
    ),
    Case(
        id="CD-REC-02",
        title=Title("Record not existing", "记录不存在"),
        clauses=(JRT_0025_5[""], EMV_BOOK_3["6.5.11"]),
        applies=CARD_CONTACT,
        acts=(*INITIATED, read_record(1, 10)),
        expect=(sw(RR).be("6A83"),),
    ),
    Case(
        id="CD-REC-05",
        title=Title("Read log SFI 11", "读日志"),
        clauses=(JRT_0025_5[""],),
        applies=CARD_LOG & CARD_CONTACT,
        terminal=S1,
        acts=(
            *SELECTED,
            # Without its format a record of the log cannot be read.
            get_data("9F4F"),
            read_record(11, 1),
            read_record(11, 2),
            read_record(11, 3),
        ),
        expect=(
            sw(RR).be("9000"),
            size(RR).be(45),
            sw(RR.time(2)).be("9000"),
            size(RR.time(2)).be(45),
            sw(RR.time(3)).be("6A83"),
        ),
    ),
    Case(
        id="CD-DATA-01",
        title=Title("GET DATA 9F36", "读ATC"),
        clauses=(JRT_0025_5[""], EMV_BOOK_3["6.5.7"]),
        applies=CARD_CONTACT,
        acts=(*SELECTED, get_data("9F36")),
        expect=(sw(GD).be("9000"), template(GD).be("9F36"), size(GD).be(5)),
    ),
    Case(
        id="CD-DATA-03",
        title=Title("GET DATA 9F17", "读PIN计数"),
        clauses=(JRT_0025_5[""],),
        standing=Standing.REVIEW,
        applies=CARD_PIN,
        terminal=S1,
        acts=(*SELECTED, get_data("9F17")),
        expect=(sw(GD).be("9000"), tlv(GD, "9F17").be("03")),
    ),
    Case(
        id="CD-DATA-04",
        title=Title("GET DATA 9F79", "读余额"),
        clauses=(JRT_0025_13[""],),
        applies=CARD_ECASH,
        terminal=S1,
        acts=(*SELECTED, get_data("9F79")),
        expect=(sw(GD).be("9000"), tlv(GD, "9F79").be("000000030000")),
    ),
    Case(
        id="CD-DATA-05",
        title=Title("GET DATA unknown", "未知标签"),
        clauses=(CARD_PRACTICE[""],),
        applies=CARD_CONTACT,
        acts=(*SELECTED, get_data("9F7E")),
        expect=(sw(GD).be("6A88"),),
    ),
)
