"""GENERATE AC: what the card gives, and when (JR/T 0025.5)."""

from suites.acts import external_authenticate, generate_ac, get_data, gpo, read_records, send
from suites.card_commands import EA, GAC1, GAC2, GAC3
from suites.card_stimuli import AMOUNT, EMPTY_GAC, READ, S1, SELECTED
from suites.case import Case, Standing
from suites.clauses import CARD_PRACTICE, JRT_0025_5, JRT_0025_13
from suites.conditions.card_change import change
from suites.ics_language import CARD_CONTACT, CARD_ECASH
from suites.readings.card_proof import mac
from suites.readings.reader_session import ac, cvr, sw, template
from suites.words import Title

ECASH = (*SELECTED, gpo(amount_9F02=AMOUNT, ecash_9F7A="01"), read_records(), get_data("9F79"))
OFFLINE = (*READ, generate_ac("TC"))
CASES = (
    Case(
        id="CD-GAC-01",
        title=Title("First GAC ARQC", "首次GAC ARQC"),
        clauses=(JRT_0025_5[""],),
        applies=CARD_CONTACT,
        acts=(*READ, generate_ac("ARQC")),
        expect=(
            sw(GAC1).be("9000"),
            template(GAC1).among("80", "77"),
            ac(GAC1).be("ARQC"),
        ),
    ),
    Case(
        id="CD-GAC-03",
        title=Title("First GAC AAC", "首次GAC AAC"),
        clauses=(JRT_0025_5[""],),
        applies=CARD_CONTACT,
        acts=(*READ, generate_ac("AAC")),
        expect=(ac(GAC1).be("AAC"), cvr(GAC1, "1.6").be(0), cvr(GAC1, "1.5").be(0)),
    ),
    Case(
        id="CD-GAC-04",
        title=Title("AC correct (CVN01)", "AC验证"),
        clauses=(JRT_0025_5[""],),
        applies=CARD_CONTACT,
        terminal=S1,
        acts=(*READ, generate_ac("ARQC")),
        expect=(ac(GAC1).be("ARQC"), mac(GAC1).be("right")),
    ),
    Case(
        id="CD-GAC-05",
        title=Title("CDOL length wrong", "CDOL长度错"),
        clauses=(CARD_PRACTICE[""],),
        applies=CARD_CONTACT,
        acts=(*READ, send(f"80AE800014{'00' * 20}00")),
        expect=(sw(GAC1).be("6700"),),
    ),
    Case(
        id="CD-GAC-06",
        title=Title("GAC before GPO", "GPO前GAC"),
        clauses=(CARD_PRACTICE[""],),
        applies=CARD_CONTACT,
        acts=(*SELECTED, send(EMPTY_GAC)),
        expect=(sw(GAC1).be("6985"),),
    ),
    Case(
        id="CD-GAC-07",
        title=Title("Second GAC TC after ARQC", "二次GAC TC"),
        clauses=(JRT_0025_5[""],),
        applies=CARD_CONTACT,
        terminal=S1,
        acts=(*READ, generate_ac("ARQC"), external_authenticate(), generate_ac("TC")),
        expect=(
            ac(GAC2).be("TC"),
            cvr(GAC2, "1.8").be(0),
            cvr(GAC2, "1.7").be(1),
            cvr(GAC2, "1.6").be(1),
            cvr(GAC2, "1.5").be(0),
            mac(GAC2).be("right"),
        ),
    ),
    Case(
        id="CD-GAC-08",
        title=Title("Second GAC AAC", "二次GAC AAC"),
        clauses=(JRT_0025_5[""],),
        standing=Standing.REVIEW,
        applies=CARD_CONTACT,
        acts=(
            *SELECTED,
            get_data("9F13"),
            gpo(amount_9F02=AMOUNT),
            read_records(),
            generate_ac("ARQC"),
            generate_ac("AAC"),
            get_data("9F13"),
        ),
        expect=(
            ac(GAC2).be("AAC"),
            cvr(GAC2, "1.8").be(0),
            cvr(GAC2, "1.7").be(0),
            change("9F13").be(0),
        ),
    ),
    Case(
        id="CD-GAC-10",
        title=Title("Third GAC", "第三次GAC"),
        clauses=(CARD_PRACTICE[""],),
        standing=Standing.REVIEW,
        applies=CARD_CONTACT,
        acts=(
            *READ,
            generate_ac("ARQC"),
            external_authenticate(),
            generate_ac("TC"),
            generate_ac("TC"),
        ),
        expect=(sw(GAC3).be("6985"),),
    ),
    Case(
        id="CD-GAC-14",
        title=Title("Issuer authentication failed", "发卡行认证失败"),
        clauses=(JRT_0025_5[""],),
        applies=CARD_CONTACT,
        terminal=S1,
        acts=(*READ, generate_ac("ARQC"), external_authenticate("wrong"), generate_ac("TC")),
        expect=(sw(EA).be("6300"), ac(GAC2).be("AAC")),
    ),
    Case(
        id="CD-GAC-19",
        title=Title("Consecutive counters", "连续脱机计数"),
        clauses=(JRT_0025_5[""],),
        standing=Standing.REVIEW,
        applies=CARD_CONTACT,
        terminal=S1,
        acts=OFFLINE * 6,
        expect=(
            *(ac(GAC1).be("TC").in_transaction(n) for n in range(1, 6)),
            ac(GAC1).be("ARQC").in_transaction(6),
            cvr(GAC1, "2.6").be(1).in_transaction(6),
        ),
    ),
    Case(
        id="CD-GAC-23",
        title=Title("EC GAC TC values from PDOL", "EC值一致"),
        clauses=(JRT_0025_13[""],),
        applies=CARD_ECASH,
        terminal=S1,
        acts=(*ECASH, generate_ac("TC"), get_data("9F79")),
        expect=(ac(GAC1).be("TC"), mac(GAC1).be("right"), change("9F79").be(-AMOUNT)),
    ),
    Case(
        id="CD-GAC-24",
        title=Title("EC GAC different amount", "EC值不一致"),
        clauses=(JRT_0025_13[""],),
        applies=CARD_ECASH,
        terminal=S1,
        acts=(*ECASH, generate_ac("TC", amount_9F02=999), get_data("9F79")),
        expect=(ac(GAC1).be("AAC"), change("9F79").be(0)),
    ),
    Case(
        id="CD-GAC-28",
        title=Title("AAC keeps balance", "AAC不扣款"),
        clauses=(JRT_0025_13[""],),
        applies=CARD_ECASH,
        terminal=S1,
        acts=(*ECASH, generate_ac("AAC"), get_data("9F79")),
        expect=(ac(GAC1).be("AAC"), change("9F79").be(0)),
    ),
)
