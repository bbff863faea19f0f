"""The request of a sale: fields, DE55, PIN, entry mode (host and kiosk facts, 1.2 to 1.9)."""

from suites.acts import purchase
from suites.case import APPROVES, BC, Card, Case, Run, Standing, Terminal
from suites.clauses import JRT_0025_6, UNIONPAY_POS
from suites.conditions.combined import OTHER_INTERFACE, all_of
from suites.conditions.expectation import never
from suites.conditions.ic_data import whole_ic_data
from suites.conditions.invariants import INVARIANTS
from suites.conditions.messages import carries, constant, distinct, has_only, lacks
from suites.host_acts import (
    BALANCE,
    FALLING_BACK,
    PURCHASE_WITH_PIN,
    SWIPED_CHIP_CARD,
    SWIPED_STRIPE_CARD,
)
from suites.host_claims import CONTACTLESS, FALLBACK, IC, INQUIRY, MSR, ONLINEPIN, PINBYPASS
from suites.ics_language import DIRECT, ONLINE
from suites.model.terminal_leg import ONLINE_TAGS, REQUEST_FIELDS
from suites.readings.card_session import d1, p1
from suites.readings.host_session import f55
from suites.readings.legs import t
from suites.readings.online_exchange import cid, f55_bit
from suites.readings.outcome import OFF_DEC, ON_APP, OUT
from suites.rules import GAC1, SALE, SILENCE, answers
from suites.symbols import ABOVE_FLOOR
from suites.words import Title

POS, TERMINAL = UNIONPAY_POS[""], JRT_0025_6[""]
ONLINE_SALE = purchase(ABOVE_FLOOR)
CHIP = DIRECT & IC & ONLINE
REQUEST = t("0200")
LAST_TRACE = 999_999

CASES = (
    Case(
        id="HD-020",
        title=Title("Contact sale request format", "接触式消费请求报文格式"),
        clauses=(POS, TERMINAL),
        applies=CHIP,
        acts=(ONLINE_SALE,),
        expect=(
            REQUEST["3"].be("000000"),
            REQUEST["22.1"].be("05"),
            # 5F34 of the card is 01.
            REQUEST["23"].be("001"),
            REQUEST["25"].be("00"),
            REQUEST["60.1"].be("22"),
            REQUEST["60.4"].be("5").under(~CONTACTLESS),
            REQUEST["60.4"].among("5", "6").under(CONTACTLESS),
            REQUEST["60.5"].among("0", "1"),
            has_only(REQUEST, REQUEST_FIELDS),
            REQUEST["mac"].be("valid"),
        ),
    ),
    Case(
        id="HD-021",
        title=Title("DE55 completeness", "55域必备标签"),
        clauses=(POS,),
        applies=CHIP,
        acts=(ONLINE_SALE,),
        expect=(whole_ic_data(REQUEST, ONLINE_TAGS),),
    ),
    Case(
        id="HD-022",
        title=Title("DE55 equals card dialogue", "55域与卡片交互一致"),
        clauses=(TERMINAL,),
        applies=CHIP,
        acts=(ONLINE_SALE,),
        expect=(
            INVARIANTS["INV-12"],
            d1("9F37").same_as(f55("9F37")),
            d1("9F02").same_as(f55("9F02")),
        ),
    ),
    Case(
        id="HD-023",
        title=Title("9F27=80 (ARQC) only", "联机请求密文类型为ARQC"),
        clauses=(TERMINAL,),
        applies=CHIP,
        acts=(ONLINE_SALE,),
        expect=(
            f55_bit("9F27", "1.8").be(1),
            f55_bit("9F27", "1.7").be(0),
            p1(GAC1).among("80", "40"),
            cid(GAC1).be("80"),
        ),
    ),
    Case(
        id="HD-024",
        title=Title("PIN with entry mode", "联机PIN与22域第三位"),
        clauses=(POS,),
        applies=CHIP & ONLINEPIN,
        card=Card("BC-PIN"),
        runs={
            "a": Run(
                acts=(PURCHASE_WITH_PIN,),
                expect=(
                    REQUEST["22.2"].be("1"),
                    carries(REQUEST, 26, 52, 53),
                    REQUEST["53.1"].among("1", "2"),
                    f55_bit("95", "3.3").be(1),
                ),
            ),
            "b": Run(
                acts=(ONLINE_SALE,),
                expect=(
                    # Declined offline by its action codes a terminal sends nothing.
                    (REQUEST["22.2"].be("2") | OUT.be(OFF_DEC)).under(PINBYPASS),
                    (lacks(REQUEST, 52) | OUT.be(OFF_DEC)).under(PINBYPASS),
                    (f55_bit("95", "3.4").be(1) | OUT.be(OFF_DEC)).under(PINBYPASS),
                    (f55_bit("95", "3.3").be(0) | OUT.be(OFF_DEC)).under(PINBYPASS),
                ),
            ),
        },
        expect=(),
    ),
    Case(
        id="HD-025",
        title=Title("PIN block correct", "PIN BLOCK正确"),
        clauses=(POS,),
        applies=DIRECT & ONLINEPIN & ONLINE,
        card=Card("BC-PIN"),
        acts=(PURCHASE_WITH_PIN,),
        expect=(
            REQUEST["pin"].be("test"),
            # The first digit of DE53 says whether the account number is in the block.
            all_of(REQUEST["53.1"].be("2"), REQUEST["account"].be("with"))
            | all_of(REQUEST["53.1"].be("1"), REQUEST["account"].be("without")),
        ),
    ),
    Case(
        id="HD-026",
        title=Title("Magstripe sale", "磁条卡消费"),
        clauses=(POS,),
        applies=DIRECT & MSR & ONLINE,
        acts=(SWIPED_STRIPE_CARD,),
        expect=(
            REQUEST["22.1"].be("02"),
            carries(REQUEST, 35) | carries(REQUEST, 36),
            lacks(REQUEST, 55),
            REQUEST["2"].if_there().be("6210948000000011") | lacks(REQUEST, 2),
            REQUEST["60.5"].if_there().among("0", "1"),
        ),
    ),
    Case(
        id="HD-027",
        title=Title("IC card swiped is refused", "IC卡刷磁条提示插卡"),
        clauses=(TERMINAL,),
        standing=Standing.REVIEW,
        applies=DIRECT & IC & MSR & ONLINE,
        acts=(SWIPED_CHIP_CARD, ONLINE_SALE),
        expect=(
            never(SALE).in_transaction(1),
            OTHER_INTERFACE.in_transaction(1),
            REQUEST["22.1"].be("05"),
        ),
    ),
    Case(
        id="HD-028",
        title=Title("Fallback after chip failures", "降级交易标识"),
        clauses=(POS,),
        standing=Standing.REVIEW,
        applies=DIRECT & FALLBACK & ONLINE,
        # No answer to any reset.
        card=Card("BC-MUTE"),
        acts=FALLING_BACK,
        expect=(REQUEST["22.1"].be("02"), REQUEST["60.5"].be("2"), lacks(REQUEST, 55)),
    ),
    Case(
        id="HD-030",
        title=Title("Balance inquiry", "余额查询"),
        clauses=(POS,),
        applies=CHIP & INQUIRY,
        acts=(BALANCE,),
        runs={
            "a": Run(host=APPROVES.when(SALE, answers(alter="54:1002156C000000012345"))),
            "b": Run(host=APPROVES.when(SALE, SILENCE)),
        },
        expect=(
            REQUEST["3"].be("310000"),
            lacks(REQUEST, 4),
            t("0400").count().never(),
        ),
    ),
    Case(
        id="HD-039",
        title=Title("STAN increments and wraps", "流水号递增与回绕"),
        clauses=(POS,),
        applies=DIRECT & ONLINE,
        terminal=Terminal((("trace-number", LAST_TRACE),)),
        acts=(ONLINE_SALE, ONLINE_SALE, ONLINE_SALE),
        expect=(
            REQUEST.time(1)["11"].be(f"{LAST_TRACE}"),
            REQUEST.time(2)["11"].be("000001"),
            REQUEST.time(3)["11"].be("000002"),
            distinct(REQUEST["11"]),
            constant(REQUEST["60.2"]),
        ),
    ),
    Case(
        id="HD-040",
        title=Title("Card sequence number absent", "卡序列号缺失"),
        clauses=(TERMINAL,),
        applies=CHIP,
        card=BC.but(psn_5F34=""),
        acts=(ONLINE_SALE,),
        expect=(REQUEST["23"].be("000") | lacks(REQUEST, 23), OUT.be(ON_APP)),
    ),
)
