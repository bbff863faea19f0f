"""The dictionary of data elements: name in both languages, format, length and source of every tag.

Tags are integers of the bytes as written (0x9F02). Formats are a, an, ans, n, cn and b of EMV;
lengths are bytes, "var" where nothing limits them, N_CA, N_I and N_IC those of the keys' moduli.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

ICC = "ICC"
TERMINAL = "terminal"
ISSUER = "issuer"
ISSUER_OR_TERMINAL = "issuer or terminal"


@dataclass(frozen=True, slots=True)
class DataElement:
    """One data element as the standard lists it."""

    tag: int
    en: str
    zh: str
    format: str
    length: str
    source: str


# JR/T 0025.5 Annex A, JR/T 0025.6 8, JR/T 0025.12 and .13; EMV 4.1 Book 3, Annex A;
# DF01 to DF21 as in UnionPay's terminal parameter files.
_ROWS = (
    (0x42, "Issuer identification number", "发卡行识别码", "n6", "3", ICC),
    (0x4F, "Application identifier, ADF name", "应用标识符", "b", "5-16", ICC),
    (0x50, "Application label", "应用标签", "ans", "1-16", ICC),
    (0x57, "Track 2 equivalent data", "二磁道等效数据", "b", "<=19", ICC),
    (0x5A, "Application primary account number (PAN)", "应用主账号", "cn<=19", "<=10", ICC),
    (0x61, "Application template", "应用模板", "b", "<=252", ICC),
    (0x6F, "FCI template", "文件控制信息模板", "b", "<=252", ICC),
    (0x70, "Record template", "记录模板", "b", "<=252", ICC),
    (
        0x71,
        "Issuer script template 1, before the final GENERATE AC",
        "发卡行脚本模板1",
        "b",
        "var",
        ISSUER,
    ),
    (
        0x72,
        "Issuer script template 2, after the final GENERATE AC",
        "发卡行脚本模板2",
        "b",
        "var",
        ISSUER,
    ),
    (0x73, "Directory discretionary template", "目录自定义模板", "b", "<=252", ICC),
    (0x77, "Response template format 2", "响应报文模板格式2", "b", "var", ICC),
    (0x80, "Response template format 1", "响应报文模板格式1", "b", "var", ICC),
    (0x81, "Amount, authorised (binary)", "授权金额（二进制）", "b", "4", TERMINAL),
    (0x82, "Application interchange profile", "应用交互特征", "b", "2", ICC),
    (0x83, "Command template", "命令模板", "b", "var", TERMINAL),
    (0x84, "DF name", "专用文件名称", "b", "5-16", ICC),
    (0x86, "Issuer script command", "发卡行脚本命令", "b", "<=261", ISSUER),
    (0x87, "Application priority indicator", "应用优先指示符", "b", "1", ICC),
    (0x88, "SFI of the directory file", "目录文件短标识符", "b", "1", ICC),
    (0x89, "Authorisation code", "授权码", "an6", "6", ISSUER),
    (0x8A, "Authorisation response code", "授权响应码", "an2", "2", ISSUER_OR_TERMINAL),
    (0x8C, "Card risk management DOL 1 (CDOL1)", "卡片风险管理数据对象列表1", "b", "<=252", ICC),
    (0x8D, "Card risk management DOL 2 (CDOL2)", "卡片风险管理数据对象列表2", "b", "<=252", ICC),
    (0x8E, "CVM list", "持卡人验证方法列表", "b", "10-252", ICC),
    (0x8F, "CA public key index (card)", "CA公钥索引", "b", "1", ICC),
    (0x90, "Issuer public key certificate", "发卡行公钥证书", "b", "N_CA", ICC),
    (0x91, "Issuer authentication data", "发卡行认证数据", "b", "8-16", ISSUER),
    (0x92, "Issuer public key remainder", "发卡行公钥余项", "b", "N_I-N_CA+36", ICC),
    (0x93, "Signed static application data", "签名的静态应用数据", "b", "N_I", ICC),
    (0x94, "Application file locator", "应用文件定位器", "b", "4n<=252", ICC),
    (0x95, "Terminal verification results", "终端验证结果", "b", "5", TERMINAL),
    (0x97, "Transaction certificate DOL (TDOL)", "交易证书数据对象列表", "b", "<=252", ICC),
    (0x98, "TC hash value", "交易证书哈希值", "b", "20", TERMINAL),
    (0x99, "Transaction PIN data", "交易PIN数据", "b", "var", TERMINAL),
    (0x9A, "Transaction date", "交易日期", "n6", "3", TERMINAL),
    (0x9B, "Transaction status information", "交易状态信息", "b", "2", TERMINAL),
    (0x9C, "Transaction type", "交易类型", "n2", "1", TERMINAL),
    (0x9D, "DDF name", "目录定义文件名称", "b", "5-16", ICC),
    (0xA5, "FCI proprietary template", "FCI专有模板", "b", "var", ICC),
    (0x5F20, "Cardholder name", "持卡人姓名", "ans", "2-26", ICC),
    (0x5F24, "Application expiration date", "应用失效日期", "n6", "3", ICC),
    (0x5F25, "Application effective date", "应用生效日期", "n6", "3", ICC),
    (0x5F28, "Issuer country code", "发卡行国家代码", "n3", "2", ICC),
    (0x5F2A, "Transaction currency code", "交易货币代码", "n3", "2", TERMINAL),
    (0x5F2D, "Language preference", "首选语言", "an", "2-8", ICC),
    (0x5F30, "Service code", "服务码", "n3", "2", ICC),
    (0x5F34, "PAN sequence number", "应用主账号序列号", "n2", "1", ICC),
    (0x5F36, "Transaction currency exponent", "交易货币指数", "n1", "1", TERMINAL),
    (0x5F50, "Issuer URL", "发卡行URL", "ans", "var", ICC),
    (0x5F53, "IBAN", "国际银行账号", "b", "<=34", ICC),
    (0x5F54, "BIC", "银行标识符代码", "b", "8 or 11", ICC),
    (0x5F55, "Issuer country code, alpha 2", "发卡行国家代码a2", "a2", "2", ICC),
    (0x5F56, "Issuer country code, alpha 3", "发卡行国家代码a3", "a3", "3", ICC),
    (0x5F57, "Account type", "账户类型", "n2", "1", TERMINAL),
    (0x9F01, "Acquirer identifier", "收单行标识", "n6-11", "6", TERMINAL),
    (0x9F02, "Amount, authorised (numeric)", "授权金额", "n12", "6", TERMINAL),
    (0x9F03, "Amount, other (numeric)", "其它金额", "n12", "6", TERMINAL),
    (0x9F04, "Amount, other (binary)", "其它金额（二进制）", "b", "4", TERMINAL),
    (0x9F05, "Application discretionary data", "应用自定义数据", "b", "1-32", ICC),
    (0x9F06, "AID (terminal)", "应用标识符（终端）", "b", "5-16", TERMINAL),
    (0x9F07, "Application usage control", "应用用途控制", "b", "2", ICC),
    (0x9F08, "Application version (card)", "应用版本号（卡片）", "b", "2", ICC),
    (0x9F09, "Application version (terminal)", "应用版本号（终端）", "b", "2", TERMINAL),
    (0x9F0B, "Cardholder name extended", "持卡人姓名扩展", "ans", "27-45", ICC),
    (0x9F0D, "Issuer action code, default", "发卡行行为代码-缺省", "b", "5", ICC),
    (0x9F0E, "Issuer action code, denial", "发卡行行为代码-拒绝", "b", "5", ICC),
    (0x9F0F, "Issuer action code, online", "发卡行行为代码-联机", "b", "5", ICC),
    (0x9F10, "Issuer application data", "发卡行应用数据", "b", "<=32", ICC),
    (0x9F11, "Issuer code table index", "发卡行代码表索引", "n2", "1", ICC),
    (0x9F12, "Application preferred name", "应用首选名称", "ans", "1-16", ICC),
    (0x9F13, "Last online ATC register", "上次联机ATC寄存器", "b", "2", ICC),
    (0x9F14, "Lower consecutive offline limit", "连续脱机交易下限", "b", "1", ICC),
    (0x9F15, "Merchant category code", "商户分类码", "n4", "2", TERMINAL),
    (0x9F16, "Merchant identifier", "商户标识", "ans15", "15", TERMINAL),
    (0x9F17, "PIN try counter", "PIN尝试计数器", "b", "1", ICC),
    (0x9F18, "Issuer script identifier", "发卡行脚本标识", "b", "4", ISSUER),
    (0x9F1A, "Terminal country code", "终端国家代码", "n3", "2", TERMINAL),
    (0x9F1B, "Terminal floor limit", "终端最低限额", "b", "4", TERMINAL),
    (0x9F1C, "Terminal identification", "终端标识", "an8", "8", TERMINAL),
    (0x9F1D, "Terminal risk management data", "终端风险管理数据", "b", "1-8", TERMINAL),
    (0x9F1E, "IFD serial number", "接口设备序列号", "an8", "8", TERMINAL),
    (0x9F1F, "Track 1 discretionary data", "磁条1自定义数据", "ans", "var", ICC),
    (0x9F20, "Track 2 discretionary data", "磁条2自定义数据", "cn", "var", ICC),
    (0x9F21, "Transaction time", "交易时间", "n6", "3", TERMINAL),
    (0x9F22, "CA public key index (terminal)", "CA公钥索引（终端）", "b", "1", TERMINAL),
    (0x9F23, "Upper consecutive offline limit", "连续脱机交易上限", "b", "1", ICC),
    (0x9F26, "Application cryptogram", "应用密文", "b", "8", ICC),
    (0x9F27, "Cryptogram information data", "密文信息数据", "b", "1", ICC),
    (0x9F2D, "ICC PIN encipherment key certificate", "IC卡PIN加密公钥证书", "b", "N_I", ICC),
    (0x9F2E, "ICC PIN encipherment key exponent", "IC卡PIN加密公钥指数", "b", "1 or 3", ICC),
    (0x9F2F, "ICC PIN encipherment key remainder", "IC卡PIN加密公钥余项", "b", "var", ICC),
    (0x9F32, "Issuer public key exponent", "发卡行公钥指数", "b", "1 or 3", ICC),
    (0x9F33, "Terminal capabilities", "终端性能", "b", "3", TERMINAL),
    (0x9F34, "CVM results", "持卡人验证结果", "b", "3", TERMINAL),
    (0x9F35, "Terminal type", "终端类型", "n2", "1", TERMINAL),
    (0x9F36, "Application transaction counter", "应用交易计数器", "b", "2", ICC),
    (0x9F37, "Unpredictable number", "不可预知数", "b", "4", TERMINAL),
    (0x9F38, "Processing options DOL (PDOL)", "处理选项数据对象列表", "b", "var", ICC),
    (0x9F39, "POS entry mode", "POS输入方式", "n2", "1", TERMINAL),
    (0x9F3A, "Amount, reference currency", "参考货币金额", "b", "4", TERMINAL),
    (0x9F3B, "Application reference currency", "应用参考货币", "n3", "2-8", ICC),
    (0x9F3C, "Transaction reference currency code", "交易参考货币代码", "n3", "2", TERMINAL),
    (0x9F3D, "Transaction reference currency exponent", "交易参考货币指数", "n1", "1", TERMINAL),
    (0x9F40, "Additional terminal capabilities", "附加终端性能", "b", "5", TERMINAL),
    (0x9F41, "Transaction sequence counter", "交易序列计数器", "n4-8", "2-4", TERMINAL),
    (0x9F42, "Application currency code", "应用货币代码", "n3", "2", ICC),
    (0x9F43, "Application reference currency exponent", "应用参考货币指数", "n1", "1-4", ICC),
    (0x9F44, "Application currency exponent", "应用货币指数", "n1", "1", ICC),
    (0x9F45, "Data authentication code (recovered from 93)", "数据认证码", "b", "2", ICC),
    (0x9F46, "ICC public key certificate", "IC卡公钥证书", "b", "N_I", ICC),
    (0x9F47, "ICC public key exponent", "IC卡公钥指数", "b", "1 or 3", ICC),
    (0x9F48, "ICC public key remainder", "IC卡公钥余项", "b", "N_IC-N_I+42", ICC),
    (
        0x9F49,
        "Dynamic data authentication DOL (DDOL)",
        "动态数据认证数据对象列表",
        "b",
        "<=252",
        ICC,
    ),
    (0x9F4A, "SDA tag list", "静态数据认证标签列表", "b", "var", ICC),
    (0x9F4B, "Signed dynamic application data", "签名的动态应用数据", "b", "N_IC", ICC),
    (0x9F4C, "ICC dynamic number", "IC卡动态数", "b", "2-8", ICC),
    (0x9F4D, "Log entry", "交易日志入口", "b", "2", ICC),
    (0x9F4E, "Merchant name and location", "商户名称", "ans", "var", TERMINAL),
    (0x9F4F, "Log format", "交易日志格式", "b", "var", ICC),
    (0x9F51, "Application currency code (card internal)", "应用货币代码（专有）", "n3", "2", ICC),
    (0x9F52, "Application default action", "应用缺省行为", "b", "2", ICC),
    (
        0x9F53,
        "Consecutive offline limit, international, by currency",
        "连续脱机交易限制数（国际-货币）",
        "b",
        "1",
        ICC,
    ),
    (0x9F54, "Cumulative offline amount limit", "累计脱机交易金额限制", "n12", "6", ICC),
    (
        0x9F55,
        "Geographic indicator (another scheme, not PBOC)",
        "地域指示器（其它规范，非PBOC）",
        "b",
        "1",
        ICC,
    ),
    (0x9F56, "Issuer authentication indicator", "发卡行认证指示位", "b", "1", ICC),
    (0x9F57, "Issuer country code (card internal)", "发卡行国家代码（专有）", "n3", "2", ICC),
    (0x9F58, "Lower consecutive offline limit (card)", "连续脱机交易下限（卡）", "b", "1", ICC),
    (0x9F59, "Upper consecutive offline limit (card)", "连续脱机交易上限（卡）", "b", "1", ICC),
    (0x9F5A, "Issuer URL 2", "发卡行URL2", "ans", "var", ICC),
    (
        0x9F5B,
        "Issuer script results (schemes other than UnionPay)",
        "发卡行脚本结果（其它规范）",
        "b",
        "5n",
        TERMINAL,
    ),
    (0x9F5C, "Cumulative offline amount upper limit", "累计脱机交易金额上限", "n12", "6", ICC),
    (0x9F5D, "Available offline spending amount", "可用脱机消费金额", "n12", "6", ICC),
    (0x9F61, "Cardholder ID number", "持卡人证件号", "an", "1-40", ICC),
    (0x9F62, "Cardholder ID type", "持卡人证件类型", "b", "1", ICC),
    (0x9F63, "Card product identification", "卡产品标识信息", "b", "16", ICC),
    (0x9F66, "Terminal transaction qualifiers", "终端交易属性", "b", "4", TERMINAL),
    (0x9F67, "Offset of MSD data in track 2", "MSD偏移", "b", "1", ICC),
    (0x9F68, "Card additional processes", "卡片附加处理", "b", "4", ICC),
    (
        0x9F69,
        "Card authentication related data (fDDA version 01)",
        "卡片认证相关数据",
        "b",
        "8-16",
        ICC,
    ),
    (0x9F6B, "Card CVM limit", "卡片CVM限额", "n12", "6", ICC),
    (0x9F6C, "Card transaction qualifiers", "卡片交易属性", "b", "2", ICC),
    (0x9F6D, "E-cash reset threshold", "电子现金重置阈值", "n12", "6", ICC),
    (
        0x9F72,
        "Consecutive offline limit, international, by country",
        "连续脱机交易限制数（国际-国家）",
        "b",
        "1",
        ICC,
    ),
    (0x9F73, "Currency conversion factor", "货币转换因子", "n8", "4", ICC),
    (0x9F74, "E-cash issuer authorisation code", "电子现金发卡行授权码", "an6", "6", ICC),
    (
        0x9F75,
        "Cumulative offline amount limit, dual currency",
        "累计脱机金额限制（双货币）",
        "n12",
        "6",
        ICC,
    ),
    (0x9F76, "Second application currency code", "第二应用货币代码", "n3", "2", ICC),
    (0x9F77, "E-cash balance limit", "电子现金余额上限", "n12", "6", ICC),
    (0x9F78, "E-cash single transaction limit", "电子现金单笔交易限额", "n12", "6", ICC),
    (0x9F79, "E-cash balance", "电子现金余额", "n12", "6", ICC),
    (0x9F7A, "E-cash terminal support indicator", "电子现金终端支持指示器", "b", "1", TERMINAL),
    (0x9F7B, "E-cash terminal transaction limit", "电子现金终端交易限额", "n12", "6", TERMINAL),
    (0x9F7F, "Card production life cycle data", "卡片生命周期数据", "b", "42", ICC),
    (0xBF0C, "FCI issuer discretionary data", "FCI发卡行自定义数据", "b", "<=222", ICC),
    (
        0xDF01,
        "Application selection indicator, ASI (parameter)",
        "应用选择指示符",
        "b",
        "1",
        TERMINAL,
    ),
    (0xDF02, "CA public key modulus (parameter)", "CA公钥模", "b", "var", TERMINAL),
    (0xDF03, "CA public key check value (parameter)", "CA公钥校验值", "b", "20", TERMINAL),
    (0xDF04, "CA public key exponent (parameter)", "CA公钥指数", "b", "1 or 3", TERMINAL),
    (0xDF05, "CA public key expiration date (parameter)", "CA公钥有效期", "n8", "4", TERMINAL),
    (0xDF06, "CA public key hash algorithm (parameter)", "CA公钥哈希算法", "b", "1", TERMINAL),
    (0xDF07, "CA public key algorithm (parameter)", "CA公钥算法标识", "b", "1", TERMINAL),
    (0xDF11, "Terminal action code, default (parameter)", "TAC缺省", "b", "5", TERMINAL),
    (0xDF12, "Terminal action code, online (parameter)", "TAC联机", "b", "5", TERMINAL),
    (0xDF13, "Terminal action code, denial (parameter)", "TAC拒绝", "b", "5", TERMINAL),
    (0xDF14, "Default DDOL (parameter)", "缺省DDOL", "b", "var", TERMINAL),
    (
        0xDF15,
        "Threshold of biased random selection (parameter)",
        "偏置随机选择阈值",
        "b",
        "4",
        TERMINAL,
    ),
    (
        0xDF16,
        "Maximum target percentage of biased random selection (parameter)",
        "偏置随机选择最大目标百分数",
        "n2",
        "1",
        TERMINAL,
    ),
    (
        0xDF17,
        "Target percentage of random selection (parameter)",
        "随机选择目标百分数",
        "n2",
        "1",
        TERMINAL,
    ),
    (
        0xDF18,
        "Online PIN capability of the terminal (parameter)",
        "终端联机PIN支持能力",
        "b",
        "1",
        TERMINAL,
    ),
    (
        0xDF19,
        "Contactless offline floor limit (parameter)",
        "非接脱机最低限额",
        "n12",
        "6",
        TERMINAL,
    ),
    (0xDF20, "Contactless transaction limit (parameter)", "非接交易限额", "n12", "6", TERMINAL),
    (0xDF21, "Contactless CVM limit (parameter)", "非接CVM限额", "n12", "6", TERMINAL),
    (0xDF31, "Issuer script results (UnionPay)", "发卡行脚本结果", "b", "5n", TERMINAL),
    (0xDF4D, "Load log entry (PBOC 3.0)", "圈存日志入口", "b", "2", ICC),
    (0xDF4F, "Load log format (PBOC 3.0)", "圈存日志格式", "b", "var", ICC),
    (
        0xDF60,
        "Extended application (CAPP) transaction indicator",
        "扩展应用交易指示位",
        "b",
        "1",
        TERMINAL,
    ),
    (0xDF61, "Extended application (CAPP) indicator of the card", "扩展应用指示器", "b", "1", ICC),
    (0xDF62, "Segment deduction credit limit", "分段扣费抵扣限额", "n12", "6", ICC),
    (0xDF63, "Segment deduction credit used", "分段扣费已抵扣额", "n12", "6", ICC),
    (0xDF69, "SM algorithm support indicator (PBOC 3.0)", "国密算法支持指示器", "b", "1", TERMINAL),
    (0xDF71, "Second e-cash currency code (PBOC 3.0)", "第二电子现金货币代码", "n3", "2", ICC),
    (0xDF72, "Second e-cash card CVM limit (PBOC 3.0)", "第二电子现金卡片CVM限额", "n12", "6", ICC),
    (0xDF76, "Second e-cash reset threshold (PBOC 3.0)", "第二电子现金重置阈值", "n12", "6", ICC),
    (0xDF77, "Second e-cash balance limit (PBOC 3.0)", "第二电子现金余额上限", "n12", "6", ICC),
    (
        0xDF78,
        "Second e-cash single transaction limit (PBOC 3.0)",
        "第二电子现金单笔交易限额",
        "n12",
        "6",
        ICC,
    ),
    (0xDF79, "Second e-cash balance (PBOC 3.0)", "第二电子现金余额", "n12", "6", ICC),
)

DATA_ELEMENTS: Mapping[int, DataElement] = {row[0]: DataElement(*row) for row in _ROWS}

# Contact facts, 2.13: terminal parameters, which come from the host and from no card.
PARAMETERS = frozenset({*range(0xDF01, 0xDF08), *range(0xDF11, 0xDF1A), 0xDF20, 0xDF21})
CARD_TEMPLATES = frozenset({0x61, 0x6F, 0x70, 0x73, 0x77, 0xA5, 0xBF0C})
RECORD_TEMPLATE_70 = 0x70
UNKNOWN = DataElement(0, "unknown", "未知", "b", "var", "unknown")
# Within its own templates an issuer gives a private tag the meaning he likes.
PRIVATE = DataElement(0, "private to the issuer", "发卡行专用数据", "b", "var", ICC)
# Contact facts, 2.13, have the URL in template 73; contactless facts, 4.8, this one in a record.
PROGRAMME_9F5A = DataElement(
    0x9F5A, "Programme identifier (other schemes)", "项目标识（其它规范）", "ans", "var", ICC
)


def describe(tag: int, template: int = 0) -> DataElement:
    """What the dictionary says about a tag; an element named unknown where it says nothing.

    `template` is the tag of the object that holds it, 0 for none: some tags mean another thing
    within a card's own templates.
    """
    if tag in PARAMETERS and template in CARD_TEMPLATES:
        return replace(PRIVATE, tag=tag)
    if (template, tag) == (RECORD_TEMPLATE_70, PROGRAMME_9F5A.tag):
        return PROGRAMME_9F5A
    return DATA_ELEMENTS.get(tag) or replace(UNKNOWN, tag=tag)


def known(tag: int) -> bool:
    """Whether the dictionary holds the tag."""
    return tag in DATA_ELEMENTS


# How lengths are written, and what they allow; what is written otherwise allows everything.
_LENGTHS: tuple[tuple[re.Pattern[str], Callable[[int, tuple[int, ...]], bool]], ...] = (
    (re.compile(r"(\d+)"), lambda size, wanted: size == wanted[0]),
    (re.compile(r"(\d+)-(\d+)"), lambda size, wanted: wanted[0] <= size <= wanted[1]),
    (re.compile(r"(\d+) or (\d+)"), lambda size, wanted: size in wanted),
    (re.compile(r"<=(\d+)"), lambda size, wanted: size <= wanted[0]),
    (re.compile(r"(\d+)n"), lambda size, wanted: size > 0 and not size % wanted[0]),
    (
        re.compile(r"(\d+)n<=(\d+)"),
        lambda size, wanted: 0 < size <= wanted[1] and not size % wanted[0],
    ),
)


def fits(element: DataElement, size: int) -> bool:
    """Whether a value of `size` bytes is as long as the element may be."""
    for written, allows in _LENGTHS:
        if match := written.fullmatch(element.length):
            return allows(size, tuple(map(int, match.groups())))
    return True
