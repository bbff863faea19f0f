"""What commands are called, in both languages, and what their P1 and P2 say."""

from collections.abc import Callable, Mapping

from adapters.codec import data_elements
from adapters.codec.apdu import CommandApdu
from adapters.codec.bit_tables import CRYPTOGRAM_TYPES, Words

SECURE_MESSAGING = 0x04

COMMANDS: Mapping[tuple[int, int], Words] = {
    # Debit/credit (contact facts, 1.1; EMV 4.1 Book 3, 6.5)
    (0x00, 0xA4): ("SELECT", "选择"),
    (0x00, 0xB2): ("READ RECORD", "读记录"),
    (0x80, 0xA8): ("GET PROCESSING OPTIONS", "取处理选项"),
    (0x00, 0x88): ("INTERNAL AUTHENTICATE", "内部认证"),
    (0x80, 0xCA): ("GET DATA", "取数据"),
    (0x00, 0x84): ("GET CHALLENGE", "取随机数"),
    (0x00, 0x20): ("VERIFY", "校验"),
    (0x80, 0xAE): ("GENERATE AC", "生成应用密文"),
    (0x00, 0x82): ("EXTERNAL AUTHENTICATE", "外部认证"),
    (0x84, 0x1E): ("APPLICATION BLOCK", "应用锁定"),
    (0x84, 0x18): ("APPLICATION UNBLOCK", "应用解锁"),
    (0x84, 0x16): ("CARD BLOCK", "卡片锁定"),
    (0x84, 0x24): ("PIN CHANGE/UNBLOCK", "PIN修改/解锁"),
    (0x04, 0xDA): ("PUT DATA", "设置数据"),
    (0x04, 0xDC): ("UPDATE RECORD", "修改记录"),
    (0x00, 0xC0): ("GET RESPONSE", "取响应"),
    # Extended application (contactless facts, 3.2)
    (0x80, 0xB4): ("READ CAPP DATA", "读扩展应用数据"),
    (0x84, 0xDE): ("UPDATE CAPP DATA CACHE", "更新扩展应用数据缓存"),
    (0x04, 0xE2): ("APPEND RECORD", "追加记录"),
    (0x80, 0x5A): ("GET TRANS PROVE", "取交易认证"),
    # E-purse, e-deposit and PSAM (edep facts, 2.1 and 2.8)
    (0x00, 0xB0): ("READ BINARY", "读二进制"),
    (0x00, 0xD6): ("UPDATE BINARY", "修改二进制"),
    (0x00, 0xDC): ("UPDATE RECORD", "修改记录"),
    (0x80, 0x50): ("INITIALIZE", "初始化"),
    (0x80, 0x52): ("CREDIT FOR LOAD", "圈存"),
    (0x80, 0x54): ("DEBIT", "扣款"),
    (0x80, 0x58): ("UPDATE OVERDRAW LIMIT", "修改透支限额"),
    (0x80, 0x5C): ("GET BALANCE", "读余额"),
    (0x80, 0x5E): ("CHANGE PIN or RELOAD PIN", "修改或重装PIN"),
    (0x80, 0xDC): ("UPDATE CAPP DATA CACHE", "更新复合应用数据缓存"),
    (0x80, 0x70): ("INIT SAM FOR PURCHASE", "PSAM消费初始化"),
    (0x80, 0x72): ("CREDIT SAM FOR PURCHASE", "校验MAC2"),
    (0x80, 0x1A): ("INIT FOR DESCRIPT", "通用DES计算初始化"),
    (0x80, 0xFA): ("DES CRYPT", "通用DES计算"),
    # Card management, as tools that load and personalise cards send it (GlobalPlatform)
    (0x00, 0x70): ("MANAGE CHANNEL", "管理通道"),
    (0x00, 0xCA): ("GET DATA", "取数据"),
    (0x84, 0x82): ("EXTERNAL AUTHENTICATE", "外部认证"),
    (0x80, 0xD8): ("PUT KEY", "写密钥"),
    (0x80, 0xE2): ("STORE DATA", "存储数据"),
    (0x80, 0xE4): ("DELETE", "删除"),
    (0x80, 0xE6): ("INSTALL", "安装"),
    (0x80, 0xE8): ("LOAD", "装载"),
    (0x80, 0xF0): ("SET STATUS", "设置状态"),
    (0x80, 0xF2): ("GET STATUS", "取状态"),
}
# Edep facts, 2.1: INITIALIZE by P1; P2 says which purse. Anything else is card management's.
INITIALIZE = (0x80, 0x50)
PURSES = frozenset({0x01, 0x02})
INITIALIZED: Mapping[int, Words] = {
    0x00: ("INITIALIZE FOR LOAD", "圈存初始化"),
    0x01: ("INITIALIZE FOR PURCHASE", "消费初始化"),
    0x02: ("INITIALIZE FOR CASH WITHDRAW", "取现初始化"),
    0x03: ("INITIALIZE FOR CAPP PURCHASE", "复合应用消费初始化"),
    0x04: ("INITIALIZE FOR UPDATE", "修改透支限额初始化"),
    0x05: ("INITIALIZE FOR UNLOAD", "圈提初始化"),
}
INITIALIZE_UPDATE: Words = ("INITIALIZE UPDATE", "初始化更新")
UNKNOWN: Words = ("unknown command", "未知命令")


def known(data: bytes) -> bool:
    """Whether class and instruction at the start of the bytes are those of a known command."""
    return len(data) > 1 and _words(data[0], data[1]) is not UNKNOWN


def name(command: CommandApdu) -> Words:
    """What a command is called; words that say so where nobody here knows it."""
    if (command.cla, command.ins) == INITIALIZE:
        named = INITIALIZED.get(command.p1, INITIALIZE_UPDATE)
        return named if command.p2 in PURSES else INITIALIZE_UPDATE
    return _words(command.cla, command.ins)


def parameters(command: CommandApdu) -> tuple[Words, ...]:
    """What P1 and P2 say together, where that is known."""
    said = PARAMETERS.get(command.ins)
    return (said(command.p1, command.p2),) if said else ()


def _words(cla: int, ins: int) -> Words:
    if (cla, ins) in COMMANDS:
        return COMMANDS[cla, ins]
    if cla & SECURE_MESSAGING and (cla & ~SECURE_MESSAGING, ins) in COMMANDS:
        en, zh = COMMANDS[cla & ~SECURE_MESSAGING, ins]
        return f"{en}, secure messaging", f"{zh}（安全报文）"
    return UNKNOWN


NEXT_OCCURRENCE = 0x02
PLAINTEXT_PIN = 0x80
PIN_FORMS: Mapping[int, Words] = {
    PLAINTEXT_PIN: ("plaintext PIN", "明文PIN"),
    0x88: ("enciphered PIN", "加密PIN"),
}
GENERATE_AC = 0xAE


def _occurrence(_: int, p2: int) -> Words:
    if p2 == NEXT_OCCURRENCE:
        return "next occurrence", "下一个"
    return "first or only occurrence", "第一个或唯一"


def _record(p1: int, p2: int) -> Words:
    return f"SFI {p2 >> 3}, record {p1}", f"SFI {p2 >> 3}，记录{p1}"


def _tag(p1: int, p2: int) -> Words:
    named = data_elements.describe(p1 << 8 | p2)
    return f"{p1:02X}{p2:02X} {named.en}", f"{p1:02X}{p2:02X} {named.zh}"


def _cryptogram(p1: int, _: int) -> Words:
    en, zh = CRYPTOGRAM_TYPES[p1 >> 6]
    return (f"{en}, CDA requested", f"{zh}，请求CDA") if p1 & 0x10 else (en, zh)


def _pin_form(_: int, p2: int) -> Words:
    return PIN_FORMS.get(p2, ("PIN in the application's own form", "应用自定格式PIN"))


PARAMETERS: Mapping[int, Callable[[int, int], Words]] = {
    0xA4: _occurrence,
    0xB2: _record,
    0xDC: _record,
    0xCA: _tag,
    0xDA: _tag,
    0x20: _pin_form,
    GENERATE_AC: _cryptogram,
}
