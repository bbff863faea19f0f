"""What status words mean, in both languages (ISO/IEC 7816-4, EMV 4.1 Book 3, 6.3.5, JR/T 0025)."""

from collections.abc import Callable, Mapping

from adapters.codec.bit_tables import Words

EXACT: Mapping[int, Words] = {
    0x9000: ("success", "成功"),
    0x6281: ("returned data may be corrupted", "返回数据可能有误"),
    0x6283: ("selected file or application blocked", "所选文件或应用被锁定"),
    0x6300: ("authentication failed", "认证失败"),
    0x6400: ("execution error, card unchanged", "执行出错，卡片状态未变"),
    0x6581: ("memory failure", "存储器故障"),
    0x6700: ("wrong length", "长度错误"),
    0x6900: ("CLA does not fit the protection of the file", "CLA与文件保护方式不符"),
    0x6901: ("command not accepted in this state", "当前状态不接受该命令"),
    # JR/T 0025.14: extended application
    0x6971: ("more than three open pre-authorisations", "未完成的预授权超过三笔"),
    0x6972: ("pre-authorisation repeated", "预授权重复"),
    0x6973: ("completion without pre-authorisation", "无对应预授权的完成"),
    0x6974: ("cached update does not fit the transaction", "缓存的更新与交易不符"),
    0x6976: ("load above the limit while a pre-authorisation is open", "预授权未完成时圈存超限"),
    0x6981: ("wrong file type", "文件类型不符"),
    0x6982: ("security status not satisfied", "安全状态不满足"),
    0x6983: ("authentication method blocked", "认证方法锁定"),
    # The second is what e-purses mean (edep facts, 2.2).
    0x6984: ("referenced data invalidated, or no valid challenge", "引用数据无效，或无有效随机数"),
    0x6985: ("conditions of use not satisfied", "使用条件不满足"),
    0x6986: ("command not allowed, no file selected", "不允许的命令，未选择文件"),
    0x6987: ("secure messaging data missing", "安全报文数据缺失"),
    0x6988: ("secure messaging data incorrect", "安全报文数据不正确"),
    0x6A80: ("wrong parameters in the data", "数据域参数错误"),
    0x6A81: ("function not supported, or card blocked", "功能不支持或卡片锁定"),
    0x6A82: ("file or application not found", "未找到文件或应用"),
    0x6A83: ("record not found", "未找到记录"),
    0x6A84: ("not enough memory", "存储空间不足"),
    0x6A86: ("wrong P1 or P2", "P1或P2错误"),
    0x6A88: ("referenced data not found", "未找到引用数据"),
    0x6B00: ("wrong P1 or P2, offset outside the file", "P1或P2错误，偏移超出文件"),
    0x6D00: ("instruction not supported", "INS不支持"),
    0x6E00: ("class not supported", "CLA不支持"),
    0x6F00: ("no precise diagnosis", "数据无效，无明确诊断"),
    # JR/T 0025.2: e-purse and e-deposit; 9406 also JR/T 0025.14
    0x9302: ("MAC wrong", "MAC无效"),
    0x9303: ("application permanently blocked", "应用永久锁定"),
    0x9401: ("balance too small", "金额不足"),
    0x9402: ("transaction counter at its maximum", "交易序号达到最大值"),
    0x9403: ("key index not supported", "密钥索引不支持"),
    0x9406: ("requested MAC or TC not available", "所需MAC或TC不可用"),
    0x9407: ("extended application record locked", "扩展应用记录被锁定"),
    0x9408: ("grey lock set", "灰锁"),
}


def _waiting(sw: int) -> Words:
    count = sw & 0xFF or 256
    return f"{count} bytes wait for GET RESPONSE", f"还有{count}字节，用GET RESPONSE取"


def _tries(sw: int) -> Words:
    left = sw & 0x0F
    return f"verification failed, {left} tries left", f"验证失败，还可尝试{left}次"


def _wrong_le(sw: int) -> Words:
    right = sw & 0xFF or 256
    return f"wrong Le, {right} bytes are there", f"Le错误，实际{right}字节"


def _warning(_: int) -> Words:
    return "warning", "警告"


# (mask, value, words), tried in order after the exact ones.
RANGES: tuple[tuple[int, int, Callable[[int], Words]], ...] = (
    (0xFF00, 0x6100, _waiting),
    (0xFFF0, 0x63C0, _tries),
    (0xFF00, 0x6C00, _wrong_le),
    (0xFF00, 0x6200, _warning),
    (0xFF00, 0x6300, _warning),
)
NOT_LISTED: Words = ("status word not in the table", "状态字未列入表中")


def known(sw: int) -> bool:
    """Whether the tables hold the status word."""
    return sw in EXACT or any(sw & mask == value for mask, value, _ in RANGES)


def describe(sw: int) -> Words:
    """What a status word says; words that say so where the tables do not hold it."""
    if sw in EXACT:
        return EXACT[sw]
    for mask, value, words in RANGES:
        if sw & mask == value:
            return words(sw)
    return NOT_LISTED
