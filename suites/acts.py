"""What merchant, cardholder and bench do at a device; a script is a tuple of acts, in order."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from suites.symbols import SMALL, Amount, Value
from suites.words import Title


class Verb(StrEnum):
    SIGN_ON = "sign on"
    PURCHASE = "purchase"
    SETTLE_PENDING = "settle pending"
    CONFIGURE = "configure"
    RESTORE_SETTINGS = "restore settings"
    PRESENT = "present"
    SIGN_OFF = "sign off"
    VOID = "void"
    REFUND = "refund"
    BALANCE = "balance"
    LOAD = "load"
    ECASH_PURCHASE = "e-cash purchase"
    SETTLEMENT = "settlement"
    CASH = "cash"
    ECASH_BALANCE = "e-cash balance"
    ECASH_LOG = "e-cash log"
    TAP = "tap"
    INSERT = "insert"
    WARM_RESET = "warm reset"
    REMOVE = "remove"
    SEND = "send"
    SELECT = "select"
    GET_PROCESSING_OPTIONS = "get processing options"
    READ_RECORDS = "read records"
    READ_RECORD = "read record"
    GET_DATA = "get data"
    GET_CHALLENGE = "get challenge"
    VERIFY = "verify"
    INTERNAL_AUTHENTICATE = "internal authenticate"
    EXTERNAL_AUTHENTICATE = "external authenticate"
    GENERATE_AC = "generate ac"
    SCRIPT = "script"
    QUERY_BILL = "query bill"
    PAY_BILL = "pay bill"
    REPRINT = "reprint"
    CANCEL = "cancel"
    WALK_AWAY = "walk away"
    CUT_POWER = "cut power"
    POWER_UP = "power up"
    PRINTER = "printer"
    NETWORK = "network"
    READ_JOURNAL = "read journal"
    READ_COUNTERS = "read counters"


# What a terminal does with its host, and a card is in it or not.
WITH_HOST = frozenset(
    (
        *(Verb.VOID, Verb.REFUND, Verb.BALANCE, Verb.LOAD, Verb.ECASH_PURCHASE),
        *(Verb.SETTLEMENT, Verb.CASH, Verb.SIGN_OFF),
    )
)
# What goes on in a customer's session at a kiosk, once the bill was asked for.
KIOSK_GOES_ON = frozenset(
    (
        *(Verb.PAY_BILL, Verb.REPRINT, Verb.CANCEL, Verb.WALK_AWAY),
        *(Verb.CUT_POWER, Verb.POWER_UP, Verb.PRINTER, Verb.NETWORK),
        *(Verb.READ_JOURNAL, Verb.READ_COUNTERS),
    )
)
# What a terminal asks of a card without a transaction.
INQUIRIES = frozenset((Verb.ECASH_BALANCE, Verb.ECASH_LOG))
# What the bench does at a card, after it was put into a reader.
AT_CARD = frozenset(
    (
        Verb.WARM_RESET,
        Verb.REMOVE,
        Verb.SEND,
        Verb.SELECT,
        Verb.GET_PROCESSING_OPTIONS,
        Verb.READ_RECORDS,
        Verb.READ_RECORD,
        Verb.GET_DATA,
        Verb.GET_CHALLENGE,
        Verb.VERIFY,
        Verb.INTERNAL_AUTHENTICATE,
        Verb.EXTERNAL_AUTHENTICATE,
        Verb.GENERATE_AC,
        Verb.SCRIPT,
    )
)


# Beside the acts: what a person at the bench is asked to do.
PROMPTS = {
    Verb.SIGN_ON: Title("Sign the terminal on", "终端签到"),
    Verb.PURCHASE: Title(
        "Start a sale of {amount} and insert the card", "发起消费 {amount} 元并插卡"
    ),
    Verb.SETTLE_PENDING: Title(
        "Let the terminal send what it still owes the host (reversal)", "让终端补发未完成的冲正"
    ),
    Verb.CONFIGURE: Title("Set the terminal: {settings}", "设置终端参数：{settings}"),
    Verb.RESTORE_SETTINGS: Title(
        "Set the terminal as its statement (ICS) declares", "将终端参数恢复为ICS所声明的值"
    ),
    Verb.PRESENT: Title("Take the {card} card at hand", "换用卡片：{card}"),
    Verb.SIGN_OFF: Title("Sign the terminal off", "终端签退"),
    Verb.VOID: Title("Void the last sale", "撤销上一笔消费"),
    Verb.REFUND: Title("Refund {amount} of the last sale", "对上一笔消费退货 {amount} 元"),
    Verb.BALANCE: Title("Ask for the balance of the card", "余额查询"),
    Verb.LOAD: Title("Load {amount}, {kind}", "圈存 {amount} 元({kind})"),
    Verb.ECASH_PURCHASE: Title(
        "Start an e-cash sale of {amount} and insert the card", "发起电子现金消费 {amount} 元并插卡"
    ),
    Verb.SETTLEMENT: Title("Settle the batch", "批结算"),
    Verb.CASH: Title(
        "Start a cash advance of {amount} and insert the card", "取现 {amount} 元并插卡"
    ),
    Verb.ECASH_BALANCE: Title("Ask for the e-cash balance of the card", "查询电子现金余额"),
    Verb.ECASH_LOG: Title("Read the transaction log of the card", "读取卡片交易明细"),
    Verb.TAP: Title("Start a sale of {amount} and tap the card", "发起消费 {amount} 元并挥卡"),
    Verb.INSERT: Title("Power the card on ({interface})", "卡片上电({interface})"),
    Verb.WARM_RESET: Title("Reset the card, power on", "卡片热复位"),
    Verb.REMOVE: Title("Take the card's power", "卡片断电"),
    Verb.SEND: Title("Send {command}", "发送 {command}"),
    Verb.SELECT: Title("SELECT {name}", "选择 {name}"),
    Verb.GET_PROCESSING_OPTIONS: Title("GET PROCESSING OPTIONS", "取处理选项(GPO)"),
    Verb.READ_RECORDS: Title("Read the records of the AFL", "读取AFL所列记录"),
    Verb.READ_RECORD: Title("Read record {number} of file {sfi}", "读取文件 {sfi} 的记录 {number}"),
    Verb.GET_DATA: Title("GET DATA {tag}", "取数据 {tag}"),
    Verb.GET_CHALLENGE: Title("GET CHALLENGE", "取随机数"),
    Verb.VERIFY: Title("VERIFY with the {digits} PIN", "校验PIN({digits})"),
    Verb.INTERNAL_AUTHENTICATE: Title("INTERNAL AUTHENTICATE", "内部认证"),
    Verb.EXTERNAL_AUTHENTICATE: Title(
        "EXTERNAL AUTHENTICATE with the {arpc} ARPC", "外部认证(ARPC {arpc})"
    ),
    Verb.GENERATE_AC: Title("GENERATE AC, {type}", "生成应用密文 {type}"),
    Verb.SCRIPT: Title(
        "Issuer script {header} with the {mac} MAC", "发卡行脚本 {header}(MAC {mac})"
    ),
    Verb.QUERY_BILL: Title(
        "Ask the kiosk for the {service} bill of {account}", "查询账单：{service} 户号 {account}"
    ),
    Verb.PAY_BILL: Title(
        "Confirm the bill, insert the card, enter the PIN, take the card",
        "确认缴费，插卡，输入密码，取卡",
    ),
    Verb.REPRINT: Title("Have the last slip printed again", "补打上一张凭条"),
    Verb.CANCEL: Title("Press CANCEL", "按取消键"),
    Verb.WALK_AWAY: Title(
        "Walk away, and wait until the kiosk begins anew", "离开终端，等待超时返回首页"
    ),
    Verb.CUT_POWER: Title("Cut the power as soon as the kiosk is at {at}", "终端到达 {at} 时断电"),
    Verb.POWER_UP: Title("Switch the power on, take the card", "恢复供电，取卡"),
    Verb.PRINTER: Title("Printer of the kiosk: {kind}", "终端打印机：{kind}"),
    Verb.NETWORK: Title("Network of the kiosk: {op}", "终端网络：{op}"),
    Verb.READ_JOURNAL: Title("Read the journal of the kiosk", "读取终端流水日志"),
    Verb.READ_COUNTERS: Title("Read the counters of the kiosk", "读取终端计数器"),
}


@dataclass(frozen=True, slots=True)
class Act:
    """A verb and its named arguments.

    `tried`: it is asked for, and the device may say that it does not do it.
    """

    verb: Verb
    arguments: tuple[tuple[str, Value], ...] = ()
    tried: bool = False

    def __str__(self) -> str:
        said = (self.verb, *(f"{name}={value}" for name, value in self.arguments))
        return " ".join(("try", *said) if self.tried else said)


def purchase(amount: Amount = SMALL, **people: Value) -> Act:
    """A sale, 9C = 00, of this amount in minor units; what the people do stands beside it.

    pin="123456" or "9999,1234", "" bypasses; choose="2"; confirm, signature, id_document, pin_pad,
    force_online: the words of the register; cashback=1000.
    """
    return Act(Verb.PURCHASE, (("amount", amount), *_spoken(people)))


def swipe(track_2: str, amount: Amount = SMALL, **people: Value) -> Act:
    """A sale by magnetic stripe: this track 2 is swiped."""
    return Act(Verb.PURCHASE, (("amount", amount), ("track-2", track_2), *_spoken(people)))


def cash(amount: Amount = SMALL, **people: Value) -> Act:
    """A cash advance, 9C = 01."""
    return Act(Verb.CASH, (("amount", amount), *_spoken(people)))


def ecash_purchase(amount: Amount = SMALL) -> Act:
    """A sale that the merchant starts as one of electronic cash."""
    return Act(Verb.ECASH_PURCHASE, (("amount", amount),))


def tap(amount: Amount = 1000, **people: Value) -> Act:
    """A sale, 9C = 00, without contacts; what the people do stands beside it, as for `purchase`.

    `retap` is how often the cardholder taps again when the terminal asks him to.
    """
    return Act(Verb.TAP, (("amount", amount), *_spoken(people)))


def _spoken(people: Mapping[str, Value]) -> tuple[tuple[str, Value], ...]:
    return tuple((name.replace("_", "-"), value) for name, value in people.items())


def _act(verb: Verb, **arguments: Value) -> Act:
    return Act(verb, tuple(arguments.items()))


def configure(**settings: Value) -> Act:
    """Settings of the device changed between two acts, as `Terminal.but` does before the first."""
    return _act(Verb.CONFIGURE, **settings)


def present(card: str) -> Act:
    """From now on it is the case's "first" or its "second" card that the cardholder has at hand."""
    return _act(Verb.PRESENT, card=card)


def times(n: int, *acts: Act) -> tuple[Act, ...]:
    """The acts n times over, each of them an act of the script."""
    return acts * n


def insert(interface: str = "contact") -> Act:
    """Power a card on, over contacts or in the field ("contactless"): a session begins."""
    return _act(Verb.INSERT, interface=interface)


def send(command: str) -> Act:
    """A command as it stands, in hex.

    The act keeps it byte by byte: only at the card port, where it is recorded as what it is, can
    its digits be told from those of a card number.
    """
    return _act(Verb.SEND, command=bytes.fromhex(command).hex(".").upper())


def select(name: str, occurrence: int = 0) -> Act:
    """SELECT by name, in hex; `occurrence` is P2: 0 the first, 2 the next."""
    return _act(Verb.SELECT, name=name, occurrence=occurrence)


def gpo(**objects: Value) -> Act:
    """GET PROCESSING OPTIONS; values for the PDOL as keyword_TAG, numbers in digits, texts hex."""
    return _act(Verb.GET_PROCESSING_OPTIONS, **objects)


def read_records(leaving: int = 0) -> Act:
    """All records of the AFL in order, but the last few."""
    return _act(Verb.READ_RECORDS, leaving=leaving)


def read_record(sfi: int, number: int) -> Act:
    return _act(Verb.READ_RECORD, sfi=sfi, number=number)


def get_data(tag: str) -> Act:
    return _act(Verb.GET_DATA, tag=tag)


def verify(digits: str = "right") -> Act:
    """VERIFY with the PIN of the test card ("right") or another one ("wrong")."""
    return _act(Verb.VERIFY, digits=digits)


def external_authenticate(arpc: str = "right", code: str = "3030") -> Act:
    """EXTERNAL AUTHENTICATE with the ARPC for a response code (hex), or one bit beside it."""
    return _act(Verb.EXTERNAL_AUTHENTICATE, arpc=arpc, code=code)


def generate_ac(type: str, **objects: Value) -> Act:  # noqa: A002  the standard's word
    """GENERATE AC for an AAC, TC or ARQC; values as in `gpo`, which hold until others come."""
    return _act(Verb.GENERATE_AC, type=type, **objects)


def script(header: str, data: str = "", mac: str = "right") -> Act:
    """A script command: its first four bytes and its data in hex; a MAC that is right or wrong."""
    return _act(Verb.SCRIPT, header=header, data=data, mac=mac)


WARM_RESET = Act(Verb.WARM_RESET)
REMOVE = Act(Verb.REMOVE)
GET_CHALLENGE = Act(Verb.GET_CHALLENGE)
INTERNAL_AUTHENTICATE = Act(Verb.INTERNAL_AUTHENTICATE)
SETTLEMENT = Act(Verb.SETTLEMENT)
ECASH_BALANCE = Act(Verb.ECASH_BALANCE)
ECASH_LOG = Act(Verb.ECASH_LOG)
SIGNED_ON = Act(Verb.SIGN_ON)
PENDING_SETTLED = Act(Verb.SETTLE_PENDING)
SETTINGS_RESTORED = Act(Verb.RESTORE_SETTINGS)
FIRST_CARD, SECOND_CARD = "first", "second"
# What is done with each kind of device before a case begins.
PREAMBLES: Mapping[str, tuple[Act, ...]] = {
    "direct-pos": (SIGNED_ON,),
    "indirect-pos": (SIGNED_ON,),
    "kiosk": (SIGNED_ON,),
    "reference-card": (),
}
