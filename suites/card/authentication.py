"""INTERNAL and EXTERNAL AUTHENTICATE (JR/T 0025.5 and .7)."""

from suites.acts import INTERNAL_AUTHENTICATE, external_authenticate, generate_ac, send
from suites.card_commands import EA, GAC1, IA
from suites.card_stimuli import READ, S1, SELECTED
from suites.case import Case, Standing
from suites.clauses import CARD_PRACTICE, JRT_0025_5
from suites.ics_language import CARD_CONTACT
from suites.readings.card_proof import DDA
from suites.readings.reader_session import ac, sw
from suites.words import Title

CASES = (
    Case(
        id="CD-AUTH-01",
        title=Title("INTERNAL AUTHENTICATE before GPO", "认证状态错"),
        clauses=(JRT_0025_5[""],),
        standing=Standing.REVIEW,
        applies=CARD_CONTACT,
        acts=(*SELECTED, send("00880000040102030400")),
        expect=(sw(IA).be("6985"),),
    ),
    Case(
        id="CD-AUTH-03",
        title=Title("DDA valid", "DDA成功"),
        clauses=(JRT_0025_5[""],),
        applies=CARD_CONTACT,
        terminal=S1,
        acts=(*READ, INTERNAL_AUTHENTICATE),
        expect=(sw(IA).be("9000"), DDA.be("verified")),
    ),
    Case(
        id="CD-AUTH-06",
        title=Title("EXTERNAL AUTHENTICATE correct", "外部认证成功"),
        clauses=(JRT_0025_5[""],),
        applies=CARD_CONTACT,
        acts=(*READ, generate_ac("ARQC"), external_authenticate()),
        expect=(ac(GAC1).be("ARQC"), sw(EA).be("9000")),
    ),
    Case(
        id="CD-AUTH-07",
        title=Title("EXTERNAL AUTHENTICATE wrong", "外部认证失败"),
        clauses=(JRT_0025_5[""],),
        applies=CARD_CONTACT,
        terminal=S1,
        acts=(
            *READ,
            generate_ac("ARQC"),
            external_authenticate("wrong"),
            external_authenticate("wrong"),
        ),
        expect=(sw(EA).be("6300"), sw(EA.time(2)).be("6985")),
    ),
    Case(
        id="CD-AUTH-08",
        title=Title("EXTERNAL AUTHENTICATE wrong length", "长度错误"),
        clauses=(CARD_PRACTICE["RT02"],),
        applies=CARD_CONTACT,
        terminal=S1,
        acts=(*READ, generate_ac("ARQC"), send("00820000080102030405060708")),
        expect=(sw(EA).be("6700"),),
    ),
    Case(
        id="CD-AUTH-10",
        title=Title("No effect without ARQC", "TC后认证"),
        clauses=(JRT_0025_5[""],),
        standing=Standing.REVIEW,
        applies=CARD_CONTACT,
        terminal=S1,
        acts=(*READ, generate_ac("TC"), external_authenticate()),
        expect=(ac(GAC1).be("TC"), sw(EA).be("6985")),
    ),
)
