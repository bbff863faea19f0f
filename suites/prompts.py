"""What a person at the bench is asked for an act, and the words that say what came of it."""

from collections.abc import Mapping
from types import MappingProxyType

from adapters.privacy.eyes import masked_text
from adapters.questions import Arguments, Choice, Question, by_its_name
from suites.acts import PROMPTS, Verb
from suites.words import Title

MINOR = 100
AMOUNTS = frozenset(("amount", "cashback"))
SETTINGS = "settings"
MISSING = "-"


def _choice(word: str, en: str, zh: str) -> Choice:
    return Choice(word, en, zh)


NOT_STARTED = _choice("NOT_STARTED", "the device does not offer it", "终端不支持该交易")
NOT_SIGNED_ON = _choice("NOT_SIGNED_ON", "not signed on", "未签到")
REFUSED = _choice("REFUSED", "not done", "未完成")
DONE = _choice("ACKNOWLEDGED", "done", "已完成")
# Ends of a transaction: a person sees whether it was approved, not whether the host was asked.
ENDS = (
    _choice("APPROVED", "approved", "交易成功"),
    _choice("DECLINED", "declined", "交易拒绝"),
    _choice("TERMINATED", "ended without a decision", "交易终止"),
    _choice("CANCELLED", "cancelled", "交易取消"),
    _choice("OTHER_INTERFACE", "use another interface", "请使用其他方式"),
    _choice("RETAP", "present the card again", "请重新出示卡片"),
    NOT_STARTED,
    NOT_SIGNED_ON,
)
CHOICES: Mapping[Verb, tuple[Choice, ...]] = MappingProxyType(
    {
        Verb.SIGN_ON: (_choice("SIGNED_ON", "signed on", "签到成功"), NOT_SIGNED_ON),
        Verb.CONFIGURE: (_choice("CONFIGURED", "set", "参数已设置"), REFUSED),
        Verb.RESTORE_SETTINGS: (_choice("CONFIGURED", "set", "参数已设置"), REFUSED),
        Verb.SETTLE_PENDING: (DONE, REFUSED),
        Verb.SETTLEMENT: (DONE, REFUSED, NOT_SIGNED_ON),
        Verb.ECASH_BALANCE: (DONE, REFUSED, NOT_STARTED),
        Verb.ECASH_LOG: (DONE, REFUSED, NOT_STARTED),
        Verb.VOID: (*ENDS, REFUSED),
        Verb.REFUND: (*ENDS, REFUSED),
    }
)
# What people do besides, by the names the register has for it (suites/acts.py).
PEOPLE: Mapping[str, Title] = MappingProxyType(
    {
        "pin": Title("PIN to enter", "输入密码"),
        "choose": Title("number of the application to choose", "选择应用序号"),
        "confirm": Title("confirm the application", "确认应用"),
        "signature": Title("the signature is", "签名核对结果"),
        "id-document": Title("the identity document is", "证件核对结果"),
        "pin-pad": Title("the PIN pad is", "密码键盘状态"),
        "force-online": Title("force it online", "商户强制联机"),
        "cashback": Title("cashback", "返现"),
        "track-2": Title("swipe the stripe", "刷磁条"),
        "stan": Title("of the transaction with trace number", "原交易流水号"),
        "kind": Title("kind", "类型"),
    }
)


def question(verb: str, arguments: Arguments) -> Question:
    """The prompt of a verb with its arguments; card numbers in it keep their ends alone."""
    if verb not in PROMPTS:
        return by_its_name(verb, arguments)
    prompt = PROMPTS[Verb(verb)]
    said = _Named({name: _shown(name, value) for name, value in arguments.items()})
    said[SETTINGS] = ", ".join(f"{name} = {value}" for name, value in said.items()) or MISSING
    beside = [name for name in arguments if f"{{{name}}}" not in prompt.en and name in PEOPLE]
    english = [f"{PEOPLE[name].en}: {said[name]}" for name in beside]
    chinese = [f"{PEOPLE[name].zh}：{said[name]}" for name in beside]
    return Question(
        en=masked_text("; ".join((prompt.en.format_map(said), *english))),
        zh=masked_text("；".join((prompt.zh.format_map(said), *chinese))),
        choices=CHOICES.get(Verb(verb), ENDS),
    )


class _Named(dict[str, str]):
    """Arguments by their names; one that an act leaves out is shown as such."""

    def __missing__(self, _: str) -> str:
        return MISSING


def _shown(name: str, value: str | int) -> str:
    if name in AMOUNTS and isinstance(value, int):
        return f"{value // MINOR}.{value % MINOR:02d}"
    return str(value)
