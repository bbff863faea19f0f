"""The codes of coded data elements, as tables in both languages."""

from collections.abc import Mapping

from adapters.codec.bit_tables import Words

NOT_LISTED: Words = ("not in the table", "表中未列")

# EMV 4.1 Book 4, Annex A1: the tens say who operates the terminal, the units where and how.
_OPERATORS: Mapping[int, Words] = {
    1: ("financial institution", "金融机构"),
    2: ("merchant", "商户"),
    3: ("cardholder", "持卡人"),
}
_ENVIRONMENTS: Mapping[int, Words] = {
    1: ("attended, online only", "有人值守，仅联机"),
    2: ("attended, offline with online capability", "有人值守，脱机有联机能力"),
    3: ("attended, offline only", "有人值守，仅脱机"),
    4: ("unattended, online only", "无人值守，仅联机"),
    5: ("unattended, offline with online capability", "无人值守，脱机有联机能力"),
    6: ("unattended, offline only", "无人值守，仅脱机"),
}
CARDHOLDER_OPERATED = 3
FIRST_UNATTENDED = 4
TERMINAL_TYPES_9F35: Mapping[int, Words] = {
    who << 4 | how: (f"{operator[0]}, {place[0]}", f"{operator[1]}，{place[1]}")
    for who, operator in _OPERATORS.items()
    for how, place in _ENVIRONMENTS.items()
    if who != CARDHOLDER_OPERATED or how >= FIRST_UNATTENDED
}

# ISO 8583 processing codes, first two digits; 17 and 60 to 63 are loads of JR/T 0025.13
TRANSACTION_TYPES_9C: Mapping[int, Words] = {
    0x00: ("purchase of goods or services", "消费"),
    0x01: ("cash", "取现"),
    0x09: ("purchase with cashback", "消费返现"),
    0x17: ("cash load void", "现金充值撤销"),
    0x20: ("refund or void", "退货或撤销"),
    0x30: ("balance inquiry", "余额查询"),
    0x31: ("balance inquiry", "余额查询"),
    0x60: ("designated-account load", "指定账户圈存"),
    0x62: ("non-designated-account load", "非指定账户圈存"),
    0x63: ("cash load", "现金充值圈存"),
}

# ISO 4217 and ISO 3166, those that meet a Chinese card often
CURRENCIES: Mapping[int, Words] = {
    0x0036: ("Australian dollar", "澳大利亚元"),
    0x0156: ("yuan renminbi", "人民币"),
    0x0344: ("Hong Kong dollar", "港元"),
    0x0392: ("yen", "日元"),
    0x0446: ("pataca", "澳门元"),
    0x0702: ("Singapore dollar", "新加坡元"),
    0x0764: ("baht", "泰铢"),
    0x0826: ("pound sterling", "英镑"),
    0x0840: ("US dollar", "美元"),
    0x0978: ("euro", "欧元"),
}
COUNTRIES: Mapping[int, Words] = {
    0x0036: ("Australia", "澳大利亚"),
    0x0156: ("China", "中国"),
    0x0344: ("Hong Kong, China", "中国香港"),
    0x0392: ("Japan", "日本"),
    0x0446: ("Macao, China", "中国澳门"),
    0x0702: ("Singapore", "新加坡"),
    0x0764: ("Thailand", "泰国"),
    0x0826: ("United Kingdom", "英国"),
    0x0840: ("United States", "美国"),
}
# Host and kiosk facts, 1.3: digits 1 and 2 of DE22, which 9F39 carries
POS_ENTRY_MODES_9F39: Mapping[int, Words] = {
    0x00: ("unspecified", "未指明"),
    0x01: ("manual", "手工"),
    0x02: ("magnetic stripe", "磁条"),
    0x03: ("bar code", "条码"),
    0x05: ("contact IC", "接触式IC卡"),
    0x07: ("qPBOC, contactless", "非接快速支付（qPBOC）"),
    0x90: ("magnetic stripe, reliable", "磁条，数据可靠"),
    0x91: ("contactless magnetic stripe data (MSD)", "非接磁条数据（MSD）"),
    0x92: ("reservation payment", "预约支付"),
    0x95: ("IC, data unreliable", "IC卡，数据不可靠"),
    0x96: ("mobile phone chip, contactless", "手机芯片，非接"),
    0x98: ("debit/credit PBOC, contactless", "非接触式PBOC借贷记"),
}
YES_NO: Mapping[int, Words] = {0: ("not supported", "不支持"), 1: ("supported", "支持")}
VERSIONS: Mapping[int, Words] = {0x0020: ("PBOC 2.0", "PBOC 2.0"), 0x0030: ("PBOC 3.0", "PBOC 3.0")}

# Whole values: the number a value is, and what it stands for; (length, words).
VALUES: Mapping[int, tuple[int, Mapping[int, Words]]] = {
    0x9C: (1, TRANSACTION_TYPES_9C),
    0x5F28: (2, COUNTRIES),
    0x5F2A: (2, CURRENCIES),
    0x9F08: (2, VERSIONS),
    0x9F09: (2, VERSIONS),
    0x9F11: (
        1,
        {code: (f"ISO 8859-{n}", f"ISO 8859-{n}") for n, code in enumerate((*range(1, 10), 16), 1)},
    ),
    0x9F1A: (2, COUNTRIES),
    0x9F35: (1, TERMINAL_TYPES_9F35),
    0x9F39: (1, POS_ENTRY_MODES_9F39),
    0x9F3C: (2, CURRENCIES),
    0x9F42: (2, CURRENCIES),
    0x9F51: (2, CURRENCIES),
    0x9F57: (2, COUNTRIES),
    0x9F76: (2, CURRENCIES),
    0x9F62: (
        1,
        {
            0: ("identity card", "身份证"),
            1: ("officer's card", "军官证"),
            2: ("passport", "护照"),
            3: ("entry permit", "入境证"),
            4: ("temporary identity card", "临时身份证"),
            5: ("other", "其它"),
        },
    ),
    0x9F7A: (1, YES_NO),
    0xDF01: (1, {0: ("partial name allowed", "允许部分匹配"), 1: ("exact name", "完全匹配")}),
    0xDF06: (1, {1: ("SHA-1", "SHA-1")}),
    0xDF07: (1, {1: ("RSA", "RSA")}),
    0xDF60: (
        1,
        {
            0: ("ordinary transaction", "普通交易"),
            1: ("segmented or time fare", "分时分段扣费"),
            2: ("offline pre-authorisation", "脱机预授权"),
            3: ("pre-authorisation completion", "预授权完成"),
        },
    ),
    0xDF69: (1, YES_NO),
    0xDF71: (2, CURRENCIES),
}

# JR/T 0025.5 15 and EMV 4.1 Book 4, Annex A6; the others are a POS network's DE39.
APPROVALS = ("00", "10", "11")
REFERRALS = ("01", "02")
RESPONSE_CODES_8A: Mapping[str, Words] = {
    "Y1": ("offline approved", "脱机批准"),
    "Z1": ("offline declined", "脱机拒绝"),
    "Y2": ("approved after referral (before EMV 4.1)", "卡发起参考后批准（EMV 4.1之前）"),
    "Z2": ("declined after referral (before EMV 4.1)", "卡发起参考后拒绝（EMV 4.1之前）"),
    "Y3": ("unable to go online, offline approved", "无法联机，脱机批准"),
    "Z3": ("unable to go online, offline declined", "无法联机，脱机拒绝"),
    "00": ("approved", "批准"),
    "10": ("partial approval", "部分批准"),
    "11": ("approved, VIP", "批准，重要持卡人"),
    "01": ("refer to issuer", "参考发卡行"),
    "02": ("refer to issuer, special condition", "参考发卡行，特殊条件"),
    "05": ("do not honour", "不予承兑"),
    "51": ("insufficient funds", "余额不足"),
    "54": ("expired card", "过期卡"),
    "55": ("wrong PIN", "密码错"),
    "61": ("amount limit exceeded", "超出金额限制"),
    "65": ("count limit exceeded", "超出次数限制"),
    "75": ("PIN tries exceeded", "密码错误次数超限"),
    "91": ("issuer unavailable", "发卡行不可用"),
    "96": ("system malfunction", "系统故障"),
}
DECLINE: Words = ("any other code: declined", "其它应答码：拒绝")

# EMV 4.1 Book 3, Annex C3; 100000 is PBOC's own
CVM_CODES: Mapping[int, Words] = {
    0b000000: ("fail CVM processing", "CVM失败处理"),
    0b000001: ("plaintext PIN verified by ICC", "卡片执行明文PIN核对"),
    0b000010: ("enciphered PIN verified online", "联机加密PIN验证"),
    0b000011: ("plaintext PIN verified by ICC and signature", "卡片执行明文PIN核对并签名"),
    0b000100: ("enciphered PIN verified by ICC (EMV; not PBOC)", "卡片加密PIN核对（EMV；非PBOC）"),
    0b000101: (
        "enciphered PIN verified by ICC and signature (EMV; not PBOC)",
        "卡片加密PIN核对并签名（EMV；非PBOC）",
    ),
    0b011110: ("signature", "签名"),
    0b011111: ("no CVM required", "无需CVM"),
    0b100000: ("present cardholder ID document", "持卡人证件出示"),
    0b111111: ("not available", "不可用"),
}
CVM_RANGES: tuple[tuple[range, Words], ...] = (
    (range(0b000110, 0b011110), ("reserved for payment systems jointly", "支付系统联合保留")),
    (range(0b100001, 0b110000), ("reserved for individual payment systems", "各支付系统保留")),
    (range(0b110000, 0b111111), ("reserved for the issuer", "发卡行保留")),
)
CVM_CONDITIONS: Mapping[int, Words] = {
    0x00: ("always", "总是"),
    0x01: ("if unattended cash", "如果是无人值守现金"),
    0x02: (
        "if neither unattended cash nor manual cash nor cashback",
        "如果不是无人值守现金、人工值守现金或返现",
    ),
    0x03: ("if terminal supports the CVM", "如果终端支持该CVM"),
    0x04: ("if manual cash", "如果是人工值守现金"),
    0x05: ("if purchase with cashback", "如果是返现交易"),
    0x06: ("if in application currency and under X", "如果是应用货币且小于X"),
    0x07: ("if in application currency and over X", "如果是应用货币且大于X"),
    0x08: ("if in application currency and under Y", "如果是应用货币且小于Y"),
    0x09: ("if in application currency and over Y", "如果是应用货币且大于Y"),
}
FIRST_PAYMENT_SYSTEM_CONDITION = 0x80
PAYMENT_SYSTEM_CONDITION: Words = ("reserved for payment systems", "各支付系统保留")
# EMV 4.1 Book 4, Annex A4
CVM_OUTCOMES: Mapping[int, Words] = {
    0: ("unknown", "未知"),
    1: ("failed", "失败"),
    2: ("successful", "成功"),
}
NO_CVM_PERFORMED = 0x3F
APPLY_NEXT: Words = ("if unsuccessful apply next rule", "不成功则执行下一规则")
FAIL_HERE: Words = ("if unsuccessful fail", "不成功则失败")

# JR/T 0025.5 Annex E
CRYPTOGRAM_VERSIONS: Mapping[int, Words] = {
    0x01: ("debit/credit", "借记/贷记"),
    0x11: ("qPBOC short form (unconfirmed)", "qPBOC简化（未确认）"),
    0x17: ("qPBOC short form", "qPBOC简化"),
}
ALGORITHMS: Mapping[int, Words] = {
    0x01: ("3DES", "3DES"),
    0x04: ("SM4 (PBOC 3.0)", "SM4（PBOC 3.0）"),
}
# JR/T 0025.5 Annex A: id -> the amounts of five bytes that follow it
DISCRETIONARY_DATA: Mapping[int, tuple[Words, ...]] = {
    0x01: (("e-cash balance", "电子现金余额"),),
    0x02: (("cumulative total transaction amount, CTTA", "累计脱机交易金额CTTA"),),
    0x03: (
        ("e-cash balance", "电子现金余额"),
        ("cumulative total transaction amount, CTTA", "累计脱机交易金额CTTA"),
    ),
    0x04: (
        ("cumulative total transaction amount, CTTA", "累计脱机交易金额CTTA"),
        ("CTTA limit", "累计脱机交易金额限制"),
    ),
    0x05: (("available offline amount", "可用脱机消费金额"),),
}

# JR/T 0025.5, EMV 4.1 Book 4, Annex A5
SCRIPT_RESULTS: Mapping[int, Words] = {
    0: ("script not performed", "脚本未执行"),
    1: ("script processing failed", "脚本处理失败"),
    2: ("script processing successful", "脚本处理成功"),
}
