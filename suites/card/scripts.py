"""Issuer scripts: their MAC, what they change, what the card says of them later (JR/T 0025.5)."""

from suites.acts import (
    REMOVE,
    external_authenticate,
    generate_ac,
    get_data,
    gpo,
    insert,
    read_records,
    script,
    select,
)
from suites.card_commands import GAC1, GD, SCR, SEL
from suites.card_stimuli import AID, READ, S1, SELECTED
from suites.case import Case, Standing
from suites.clauses import CARD_PRACTICE, JRT_0025_5, JRT_0025_13
from suites.conditions.card_change import change
from suites.ics_language import CARD_CONTACT, CARD_ECASH
from suites.readings.reader_session import ac, cvr, sw, tlv
from suites.words import Title

ONLINE = (*READ, generate_ac("ARQC"), external_authenticate(), generate_ac("TC"))
LOADING = (
    *SELECTED,
    get_data("9F79"),
    gpo(amount_9F02=20000),
    read_records(),
    generate_ac("ARQC"),
    external_authenticate(),
    generate_ac("TC"),
)
AFTERWARDS = (REMOVE, *READ)
PUT_BALANCE = "04DA9F79"
CASES = (
    Case(
        id="CD-SCR-01",
        title=Title("PUT DATA 9F79 valid", "更新余额"),
        clauses=(JRT_0025_5[""], JRT_0025_13[""]),
        applies=CARD_ECASH,
        terminal=S1,
        acts=(*LOADING, script(PUT_BALANCE, "000000050000"), get_data("9F79")),
        expect=(sw(SCR).be("9000"), tlv(GD.time(2), "9F79").be("000000050000")),
    ),
    Case(
        id="CD-SCR-02",
        title=Title("PUT DATA bad MAC", "MAC错误"),
        clauses=(JRT_0025_5[""],),
        applies=CARD_ECASH,
        terminal=S1,
        acts=(*LOADING, script(PUT_BALANCE, "000000050000", "wrong"), get_data("9F79")),
        expect=(sw(SCR).be("6988"), change("9F79").be(0)),
    ),
    Case(
        id="CD-SCR-03",
        title=Title("Scripts after MAC error", "MAC错后指令"),
        clauses=(JRT_0025_5[""],),
        standing=Standing.REVIEW,
        applies=CARD_ECASH,
        terminal=S1,
        acts=(
            *LOADING,
            script(PUT_BALANCE, "000000050000", "wrong"),
            script(PUT_BALANCE, "000000050000"),
        ),
        expect=(sw(SCR).be("6988"), sw(SCR.time(2)).be("6985")),
    ),
    Case(
        id="CD-SCR-06",
        title=Title("PUT DATA 9F79 over limit", "超限额"),
        clauses=(CARD_PRACTICE[""],),
        standing=Standing.REVIEW,
        applies=CARD_ECASH,
        terminal=S1,
        acts=(*LOADING, script(PUT_BALANCE, "000000100001"), get_data("9F79")),
        expect=(sw(SCR).be("6A80"), change("9F79").be(0)),
    ),
    Case(
        id="CD-SCR-07",
        title=Title("PUT DATA before GAC", "GAC前脚本"),
        clauses=(CARD_PRACTICE[""],),
        standing=Standing.REVIEW,
        applies=CARD_ECASH,
        terminal=S1,
        acts=(*READ, script(PUT_BALANCE, "000000050000")),
        expect=(sw(SCR).be("6985"),),
    ),
    Case(
        id="CD-SCR-10",
        title=Title("APPLICATION BLOCK", "锁定应用"),
        clauses=(JRT_0025_5[""],),
        standing=Standing.REVIEW,
        applies=CARD_CONTACT,
        terminal=S1,
        acts=(*ONLINE, script("841E0000"), *AFTERWARDS, generate_ac("TC")),
        expect=(
            sw(SCR).be("9000").in_transaction(1),
            sw(SEL).be("6283").in_transaction(2),
            ac(GAC1).be("AAC").in_transaction(2),
        ),
    ),
    Case(
        id="CD-SCR-12",
        title=Title("CARD BLOCK", "锁定卡片"),
        clauses=(JRT_0025_5[""],),
        standing=Standing.REVIEW,
        applies=CARD_CONTACT,
        terminal=S1,
        acts=(*ONLINE, script("84160000"), REMOVE, insert(), select(AID)),
        expect=(
            sw(SCR).be("9000").in_transaction(1),
            sw(SEL).be("6A81").in_transaction(2),
        ),
    ),
    Case(
        id="CD-SCR-13",
        title=Title("Script counter in CVR", "脚本计数"),
        clauses=(JRT_0025_5[""],),
        standing=Standing.REVIEW,
        applies=CARD_ECASH,
        terminal=S1,
        acts=(
            *ONLINE,
            script(PUT_BALANCE, "000000050000"),
            script("04DA9F6D", "000000000000"),
            *AFTERWARDS,
            generate_ac("ARQC"),
        ),
        expect=(
            sw(SCR.time(2)).be("9000").in_transaction(1),
            cvr(GAC1, "3.8").be(0).in_transaction(2),
            cvr(GAC1, "3.7").be(0).in_transaction(2),
            cvr(GAC1, "3.6").be(1).in_transaction(2),
            cvr(GAC1, "3.5").be(0).in_transaction(2),
        ),
    ),
    Case(
        id="CD-SCR-14",
        title=Title("CVR script failed bit", "脚本失败位"),
        clauses=(JRT_0025_5[""],),
        standing=Standing.REVIEW,
        applies=CARD_ECASH,
        terminal=S1,
        acts=(
            *ONLINE,
            script(PUT_BALANCE, "000000050000", "wrong"),
            *AFTERWARDS,
            generate_ac("ARQC"),
        ),
        expect=(
            sw(SCR).be("6988").in_transaction(1),
            cvr(GAC1, "3.4").be(1).in_transaction(2),
        ),
    ),
)
