"""Sales that were approved offline, on their way to the host (facts, 1.9, 1.11 and 1.13)."""

from suites.acts import SETTLEMENT, ecash_purchase, present, purchase
from suites.case import APPROVES, Card, Case, Standing, Terminal
from suites.clauses import JRT_0025_13
from suites.conditions.combined import all_of
from suites.conditions.messages import constant
from suites.conditions.resends import UPLOAD_WITHIN_RESENDS
from suites.host_acts import VOID, tried
from suites.host_claims import EC, IC
from suites.host_claims import VOID as VOIDS
from suites.ics_language import DIRECT, ONLINE
from suites.readings.legs import t
from suites.rules import SILENCE, code, message
from suites.symbols import ABOVE_FLOOR
from suites.words import Title

ECASH = JRT_0025_13[""]
ECASH_CARD, OTHER_CARD = Card("BC-EC"), Card("BC")
ONLINE_SALE = purchase(ABOVE_FLOOR)
UPLOADS = t("0200", "36")
UPLOAD = message("0200/36")
CHIP = DIRECT & IC & EC & ONLINE
# Offline sales follow every online transaction, where the terminal can be set so.
AFTER_ONLINE = Terminal((("offline-upload", "after-online"),))
# A sale by electronic cash, then online sales with another card, which the upload follows.
SCRIPT = (ecash_purchase(), present("second"), *(ONLINE_SALE,) * 4)

CASES = (
    Case(
        id="HD-143",
        title=Title("Offline upload retry and 94", "脱机上送重复94"),
        clauses=(ECASH,),
        standing=Standing.REVIEW,
        applies=CHIP,
        terminal=AFTER_ONLINE,
        card=ECASH_CARD,
        second=OTHER_CARD,
        host=APPROVES.when(UPLOAD, SILENCE).when(UPLOAD.time(2), code("94")),
        acts=SCRIPT,
        expect=(
            UPLOADS.count().be(2),
            constant(UPLOADS["11"]),
            UPLOAD_WITHIN_RESENDS,
        ),
    ),
    Case(
        id="HD-144",
        title=Title("Offline upload declined", "脱机上送被拒"),
        clauses=(ECASH,),
        standing=Standing.ADVISORY,
        applies=CHIP,
        terminal=AFTER_ONLINE,
        card=ECASH_CARD,
        second=OTHER_CARD,
        host=APPROVES.when(UPLOAD, code("05")),
        acts=SCRIPT,
        expect=(UPLOADS.count().be(1),),
    ),
    Case(
        id="HD-146",
        title=Title("EC sale cannot be voided", "脱机消费撤销"),
        clauses=(ECASH,),
        standing=Standing.ADVISORY,
        applies=CHIP & VOIDS,
        card=ECASH_CARD,
        acts=(ecash_purchase(), tried(VOID), SETTLEMENT),
        expect=(all_of(t("0200", "23").count().never(), UPLOADS.count().between(0, 1)),),
    ),
)
