"""The bits of coded data elements, as tables in both languages.

Bits are counted b8 (80) to b1 (01) and bytes from 1, as the standard does.
"""

from collections.abc import Mapping
from dataclasses import dataclass

Words = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Bits:
    """Bits `high` to `low` of a byte; one bit is a flag, which means something where it is 1."""

    high: int
    low: int
    words: Mapping[int, Words]
    reserved: bool = False

    @property
    def flag(self) -> bool:
        return self.high == self.low

    @property
    def mask(self) -> int:
        return ((1 << (self.high - self.low + 1)) - 1) << (self.low - 1)

    def of(self, byte: int) -> int:
        return (byte & self.mask) >> (self.low - 1)


Byte = tuple[Bits, ...]
Layout = tuple[Byte, ...]
BYTE_BITS = 8
RFU: Words = ("RFU", "保留")


def rfu(en: str, zh: str) -> Words:
    """Reserved here, and what a later edition or another scheme means by it."""
    return f"RFU ({en})", f"保留（{zh}）"


def flags(*words: Words) -> Byte:
    """A byte of flags, from b8 downwards; places left out at the end are reserved."""
    return tuple(
        Bits(bit, bit, {1: each}, reserved=each[0].startswith(RFU[0]))
        for bit, each in zip(range(BYTE_BITS, 0, -1), words, strict=False)
        if each is not RFU
    )


def codes(high: int, low: int, words: Mapping[int, Words]) -> Bits:
    """A code of several bits; a value the table lacks is reserved."""
    return Bits(high, low, words)


def flag(bit: int, en: str, zh: str) -> Bits:
    """A single flag among codes."""
    return Bits(bit, bit, {1: (en, zh)})


# EMV 4.1 Book 3, Annex C5; JR/T 0025.6: no PBOC bit of its own.
TERMINAL_VERIFICATION_RESULTS_95: Layout = (
    flags(
        ("offline data authentication was not performed", "未进行脱机数据认证"),
        ("SDA failed", "静态数据认证失败"),
        ("ICC data missing", "IC卡数据缺失"),
        ("card appears on the exception file", "卡片出现在终端异常文件中"),
        ("DDA failed", "动态数据认证失败"),
        ("CDA failed", "复合动态数据认证/应用密文生成失败"),
        rfu("EMV 4.2 and later: SDA selected", "EMV 4.2起：已选择SDA"),
    ),
    flags(
        ("ICC and terminal have different application versions", "IC卡和终端应用版本不一致"),
        ("expired application", "应用已过期"),
        ("application not yet effective", "应用尚未生效"),
        ("requested service not allowed for card product", "卡片产品不允许所请求的服务"),
        ("new card", "新卡"),
    ),
    flags(
        ("cardholder verification was not successful", "持卡人验证失败"),
        ("unrecognised CVM", "未知的CVM"),
        ("PIN try limit exceeded", "PIN重试次数超限"),
        ("PIN required, PIN pad absent or not working", "要求输入PIN，但无密码键盘或密码键盘故障"),
        ("PIN required, PIN pad present, PIN not entered", "要求输入PIN，有密码键盘，但未输入PIN"),
        ("online PIN entered", "输入联机PIN"),
    ),
    flags(
        ("transaction exceeds floor limit", "交易超过最低限额"),
        ("lower consecutive offline limit exceeded", "超过连续脱机交易下限"),
        ("upper consecutive offline limit exceeded", "超过连续脱机交易上限"),
        ("transaction selected randomly for online processing", "交易被随机选择联机处理"),
        ("merchant forced transaction online", "商户要求联机交易"),
    ),
    flags(
        ("default TDOL used", "使用缺省TDOL"),
        ("issuer authentication failed", "发卡行认证失败"),
        (
            "script processing failed before the final GENERATE AC",
            "最后一次生成应用密文命令之前脚本处理失败",
        ),
        (
            "script processing failed after the final GENERATE AC",
            "最后一次生成应用密文命令之后脚本处理失败",
        ),
    ),
)

# EMV 4.1 Book 3, Annex C6
TRANSACTION_STATUS_INFORMATION_9B: Layout = (
    flags(
        ("offline data authentication was performed", "已进行脱机数据认证"),
        ("cardholder verification was performed", "已进行持卡人验证"),
        ("card risk management was performed", "已进行卡片风险管理"),
        ("issuer authentication was performed", "已进行发卡行认证"),
        ("terminal risk management was performed", "已进行终端风险管理"),
        ("script processing was performed", "已进行脚本处理"),
    ),
    (),
)

# EMV 4.1 Book 3, Annex C1; b8 of byte 2 in JR/T 0025.12-2010
APPLICATION_INTERCHANGE_PROFILE_82: Layout = (
    flags(
        RFU,
        ("SDA supported", "支持静态数据认证"),
        ("DDA supported", "支持动态数据认证"),
        ("cardholder verification supported", "支持持卡人验证"),
        ("terminal risk management to be performed", "执行终端风险管理"),
        ("issuer authentication supported", "支持发卡行认证"),
        RFU,
        ("CDA supported", "支持复合动态数据认证"),
    ),
    flags(("MSD supported (contactless, PBOC 2.0)", "支持非接触磁条数据（PBOC 2.0）")),
)

# EMV 4.1 Book 3, Annex C2
APPLICATION_USAGE_CONTROL_9F07: Layout = (
    flags(
        ("valid for domestic cash transactions", "国内现金交易有效"),
        ("valid for international cash transactions", "国际现金交易有效"),
        ("valid for domestic goods", "国内商品有效"),
        ("valid for international goods", "国际商品有效"),
        ("valid for domestic services", "国内服务有效"),
        ("valid for international services", "国际服务有效"),
        ("valid at ATMs", "ATM有效"),
        ("valid at terminals other than ATMs", "除ATM外的终端有效"),
    ),
    flags(
        ("domestic cashback allowed", "允许国内返现"),
        ("international cashback allowed", "允许国际返现"),
    ),
)

# EMV 4.1 Book 4, Annex A2; byte 2 b1 is PBOC's own
TERMINAL_CAPABILITIES_9F33: Layout = (
    flags(
        ("manual key entry", "手工键盘输入"),
        ("magnetic stripe", "磁条"),
        ("IC with contacts", "接触式IC卡"),
    ),
    flags(
        ("plaintext PIN for ICC verification", "IC卡明文PIN验证"),
        ("enciphered PIN for online verification", "加密PIN联机验证"),
        ("signature (paper)", "签名（纸）"),
        rfu("EMV: enciphered PIN for offline verification", "EMV：加密PIN脱机验证"),
        ("no CVM required", "无需CVM"),
        RFU,
        RFU,
        ("cardholder ID document", "持卡人证件验证"),
    ),
    flags(
        ("SDA", "静态数据认证"),
        ("DDA", "动态数据认证"),
        ("card capture", "吞卡"),
        RFU,
        ("CDA", "复合动态数据认证"),
    ),
)

# EMV 4.1 Book 4, Annex A3
ADDITIONAL_TERMINAL_CAPABILITIES_9F40: Layout = (
    flags(
        ("cash", "现金"),
        ("goods", "商品"),
        ("services", "服务"),
        ("cashback", "返现"),
        ("inquiry", "查询"),
        ("transfer", "转账"),
        ("payment", "付款"),
        ("administrative", "管理"),
    ),
    flags(("cash deposit", "存款交易")),
    flags(
        ("numeric keys", "数字键"),
        ("alphabetic and special character keys", "字母和特殊字符键"),
        ("command keys", "命令键"),
        ("function keys", "功能键"),
    ),
    flags(
        ("print, attendant", "打印，操作员"),
        ("print, cardholder", "打印，持卡人"),
        ("display, attendant", "显示，操作员"),
        ("display, cardholder", "显示，持卡人"),
        RFU,
        RFU,
        ("code table 10", "代码表10"),
        ("code table 9", "代码表9"),
    ),
    flags(*((f"code table {number}", f"代码表{number}") for number in range(8, 0, -1))),
)

# EMV 4.1 Book 3, 6.5.5 (GENERATE AC)
CRYPTOGRAM_TYPES: Mapping[int, Words] = {
    0: ("AAC", "应用认证密文（AAC）"),
    1: ("TC", "交易证书（TC）"),
    2: ("ARQC", "授权请求密文（ARQC）"),
    3: ("RFU (formerly AAR)", "保留（曾为AAR）"),
}
CRYPTOGRAM_INFORMATION_DATA_9F27: Layout = (
    (
        codes(8, 7, CRYPTOGRAM_TYPES),
        codes(
            6,
            5,
            {
                0: ("no payment system specific cryptogram", "无支付系统专用密文"),
                **{n: (f"payment system specific: {n}", f"支付系统专用：{n}") for n in range(1, 4)},
            },
        ),
        flag(4, "advice required", "需要通知"),
        codes(
            3,
            1,
            {
                0: ("no reason code", "无原因代码"),
                1: ("service not allowed", "不允许服务"),
                2: ("PIN try limit exceeded", "PIN重试次数超限"),
                3: ("issuer authentication failed", "发卡行认证失败"),
            },
        ),
    ),
)

# JR/T 0025.5 Annex A. The length byte counts as byte 1, as in the standard's own table.
CARD_VERIFICATION_RESULTS: Layout = (
    (
        codes(
            8,
            7,
            {
                0: ("second GENERATE AC returned AAC", "第二个生成应用密文返回AAC"),
                1: ("second GENERATE AC returned TC", "第二个生成应用密文返回TC"),
                2: ("second GENERATE AC not requested", "未请求第二个生成应用密文"),
            },
        ),
        codes(
            6,
            5,
            {
                0: ("first GENERATE AC or GPO returned AAC", "第一个生成应用密文或GPO返回AAC"),
                1: ("first GENERATE AC or GPO returned TC", "第一个生成应用密文或GPO返回TC"),
                2: ("first GENERATE AC or GPO returned ARQC", "第一个生成应用密文或GPO返回ARQC"),
            },
        ),
        flag(4, "issuer authentication performed and failed", "执行了发卡行认证但失败"),
        flag(3, "offline PIN verification performed", "已执行脱机PIN验证"),
        flag(2, "offline PIN verification failed", "脱机PIN验证失败"),
        flag(1, "unable to go online", "无法联机"),
    ),
    flags(
        ("last online transaction not completed", "上次联机交易未完成"),
        ("PIN try limit exceeded", "PIN锁定"),
        ("velocity checking counters exceeded", "超过频度检查"),
        ("new card", "新卡"),
        ("issuer authentication failed on last online transaction", "上次联机交易发卡行认证失败"),
        (
            "issuer authentication not performed after online authorisation",
            "联机授权后未执行发卡行认证",
        ),
        ("application blocked because PIN try limit exceeded", "因PIN锁定而锁定应用"),
        (
            "SDA failed on last transaction and it was declined offline",
            "上次交易静态数据认证失败且脱机拒绝",
        ),
    ),
    (
        codes(
            8,
            5,
            {
                n: (
                    f"issuer script commands received on last transaction: {n}",
                    f"上次交易第二个生成应用密文后收到的脚本命令数：{n}",
                )
                for n in range(16)
            },
        ),
        flag(4, "issuer script failed on last transaction", "上次交易发卡行脚本处理失败"),
        flag(
            3,
            "DDA failed on last transaction and it was declined offline",
            "上次交易动态数据认证失败且脱机拒绝",
        ),
        flag(2, "DDA performed", "已执行动态数据认证"),
    ),
)

# JR/T 0025.12-2010; what other schemes mean by PBOC's reserved bits is told, not judged
TERMINAL_TRANSACTION_QUALIFIERS_9F66: Layout = (
    flags(
        ("MSD supported (PBOC 2.0)", "支持非接触磁条数据（PBOC 2.0）"),
        ("contactless PBOC supported", "支持非接触式PBOC借贷记"),
        ("qPBOC supported", "支持qPBOC"),
        ("contact PBOC supported", "支持接触式PBOC借贷记"),
        ("offline-only reader", "终端仅支持脱机"),
        ("online PIN supported", "支持联机PIN"),
        ("signature supported", "支持签名"),
        rfu("other schemes: ODA for online authorisation", "其它规范：联机授权的脱机数据认证"),
    ),
    flags(
        ("online cryptogram required", "要求联机密文"),
        ("CVM required", "要求CVM"),
        rfu("other schemes: contact chip offline PIN", "其它规范：接触芯片脱机PIN"),
    ),
    flags(
        rfu("other schemes: issuer update", "其它规范：发卡行更新"),
        rfu("other schemes: consumer device CVM", "其它规范：设备端持卡人验证"),
    ),
    flags(("fDDA version 01 supported (PBOC 3.0)", "支持fDDA 01版（PBOC 3.0）")),
)

CARD_TRANSACTION_QUALIFIERS_9F6C: Layout = (
    flags(
        ("online PIN required", "要求联机PIN"),
        ("signature required", "要求签名"),
        (
            "go online if offline data authentication fails and the reader is online capable",
            "脱机数据认证失败且终端可联机时转联机",
        ),
        (
            "switch interface if offline data authentication fails and contact PBOC is supported",
            "脱机数据认证失败且终端支持接触式PBOC时终止并转接触",
        ),
    ),
    flags(
        rfu("other schemes: consumer device CVM performed", "其它规范：已执行设备端持卡人验证"),
        rfu("other schemes: issuer update supported", "其它规范：支持发卡行更新"),
    ),
)

CARD_ADDITIONAL_PROCESSES_9F68: Layout = (
    flags(
        ("low value (e-cash) check", "支持小额检查"),
        ("low value and CTTA check", "支持小额和CTTA检查"),
        ("low value or CTTA check", "支持小额或CTTA检查"),
        ("new card check", "支持新卡检查"),
        ("PIN try limit exceeded check", "支持PIN重试次数超限检查"),
        ("offline allowed where currencies differ", "允许货币不匹配的脱机交易"),
        ("contact preferred for online transactions", "联机交易优先使用接触界面"),
        ("returns available offline amount 9F5D", "返回可用脱机消费金额9F5D"),
    ),
    flags(
        ("prepaid", "支持预付"),
        ("declines where currencies differ", "拒绝货币不匹配的交易"),
        ("new card at an offline-only terminal: decline", "新卡在仅脱机终端：拒绝"),
        ("logs qPBOC offline approvals", "记录qPBOC脱机批准交易"),
    ),
    flags(
        ("online PIN supported, matching currency", "匹配货币支持联机PIN"),
        ("online PIN supported, other currency", "不匹配货币支持联机PIN"),
        ("CVM required for other currency", "不匹配货币要求CVM"),
        ("signature supported", "支持签名"),
    ),
    (),
)

# JR/T 0025.5 Annex A; may be longer, the rest is reserved
APPLICATION_DEFAULT_ACTION_9F52: Layout = (
    flags(
        ("issuer authentication failed: next transaction online", "发卡行认证失败，下次交易联机"),
        ("issuer authentication performed and failed: decline", "执行发卡行认证但失败，拒绝"),
        ("issuer authentication mandatory, no ARPC: decline", "发卡行认证必备但无ARPC，拒绝"),
        ("transaction declined: advice", "交易拒绝，生成通知"),
        ("PIN try limit exceeded and declined: advice", "PIN锁定且拒绝，生成通知"),
        ("declined because issuer authentication failed: advice", "因发卡行认证失败拒绝，生成通知"),
        ("new card: online", "新卡，联机"),
        ("new card, unable to go online: decline", "新卡且无法联机，拒绝"),
    ),
    flags(
        ("PIN try limit exceeded: block application", "PIN锁定，锁定应用"),
        ("PIN try limit exceeded earlier: decline", "此前PIN已锁定，拒绝"),
        ("PIN try limit exceeded earlier: online", "此前PIN已锁定，联机"),
        ("PIN try limit exceeded earlier, no online: decline", "此前PIN已锁定且无法联机，拒绝"),
        ("earlier script failed: online", "此前脚本失败，联机"),
        ("PIN try limit exceeded earlier: decline and block", "此前PIN已锁定，拒绝并锁定应用"),
    ),
)

ISSUER_AUTHENTICATION_INDICATOR_9F56: Layout = (
    flags(("issuer authentication mandatory", "发卡行认证必备")),
)

# Contact facts, 1.2
APPLICATION_PRIORITY_INDICATOR_87: Layout = (
    (
        flag(8, "not without confirmation by the cardholder", "须经持卡人确认"),
        codes(
            4,
            1,
            {
                0: ("no priority", "无优先级"),
                **{n: (f"priority {n}", f"优先级{n}") for n in range(1, 16)},
            },
        ),
    ),
)

# JR/T 0025.14-2013; codes 01 and 02 as seen in samples
EXTENDED_APPLICATION_INDICATOR_DF61: Layout = (
    (
        flag(8, "seen in cards with SM algorithms (unconfirmed)", "见于国密卡（未确认）"),
        flag(
            7,
            "offline data authentication on online requests supported (unconfirmed)",
            "联机请求时支持脱机数据认证（未确认）",
        ),
        codes(
            6,
            1,
            {
                0: ("no extended application", "不支持扩展应用"),
                1: ("segmented fare", "支持分段扣费"),
                2: ("segmented fare and offline pre-authorisation", "支持分段扣费和脱机预授权"),
            },
        ),
    ),
)

LAYOUTS: Mapping[int, Layout] = {
    0x82: APPLICATION_INTERCHANGE_PROFILE_82,
    0x87: APPLICATION_PRIORITY_INDICATOR_87,
    0x95: TERMINAL_VERIFICATION_RESULTS_95,
    0x9B: TRANSACTION_STATUS_INFORMATION_9B,
    0x9F07: APPLICATION_USAGE_CONTROL_9F07,
    # Action codes are masks over the TVR: EMV 4.1 Book 3, 10.7.
    0x9F0D: TERMINAL_VERIFICATION_RESULTS_95,
    0x9F0E: TERMINAL_VERIFICATION_RESULTS_95,
    0x9F0F: TERMINAL_VERIFICATION_RESULTS_95,
    0xDF11: TERMINAL_VERIFICATION_RESULTS_95,
    0xDF12: TERMINAL_VERIFICATION_RESULTS_95,
    0xDF13: TERMINAL_VERIFICATION_RESULTS_95,
    0x9F27: CRYPTOGRAM_INFORMATION_DATA_9F27,
    0x9F33: TERMINAL_CAPABILITIES_9F33,
    0x9F40: ADDITIONAL_TERMINAL_CAPABILITIES_9F40,
    0x9F52: APPLICATION_DEFAULT_ACTION_9F52,
    0x9F56: ISSUER_AUTHENTICATION_INDICATOR_9F56,
    0x9F66: TERMINAL_TRANSACTION_QUALIFIERS_9F66,
    0x9F68: CARD_ADDITIONAL_PROCESSES_9F68,
    0x9F6C: CARD_TRANSACTION_QUALIFIERS_9F6C,
    0xDF61: EXTENDED_APPLICATION_INDICATOR_DF61,
}
EXTENDABLE = frozenset({0x9F52})
