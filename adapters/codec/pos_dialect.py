"""The dialect of direct-connect POS terminals (host and kiosk facts, 1.2).

Digits are packed two to a byte, text is ASCII with GBK for Chinese, binary is raw.
"""

from adapters.codec.iso8583_dialect import Attribute, Dialect, Field, Size, by_number

N, Z, AN, ANS, B = Attribute
LL, LLL = Size.LLVAR, Size.LLLVAR

# Absent on purpose: 5-10, 16-21, 24, 27-31, 33, 34, 40, 43, 45-47, 50, 51, 56, 57, and the second
# bitmap.
POS = Dialect(
    "direct POS",
    by_number(
        Field(2, "Primary account number", "主账号", N, 19, LL),
        Field(3, "Processing code", "交易处理码", N, 6),
        Field(4, "Amount", "交易金额", N, 12),
        Field(11, "System trace audit number", "受卡方系统跟踪号", N, 6),
        Field(12, "Local time", "受卡方所在地时间", N, 6),
        Field(13, "Local date", "受卡方所在地日期", N, 4),
        Field(14, "Expiry date", "卡有效期", N, 4),
        Field(15, "Settlement date", "清算日期", N, 4),
        Field(22, "Entry mode", "服务点输入方式码", N, 3, left_aligned=True),
        Field(23, "Card sequence number", "卡序列号", N, 3),
        Field(25, "Condition code", "服务点条件码", N, 2),
        Field(26, "PIN capture code", "服务点PIN获取码", N, 2),
        Field(32, "Acquirer identification", "受理方标识码", N, 11, LL),
        Field(35, "Track 2", "第二磁道数据", Z, 37, LL),
        Field(36, "Track 3", "第三磁道数据", Z, 104, LLL),
        Field(37, "Retrieval reference number", "检索参考号", AN, 12),
        Field(38, "Authorisation code", "授权标识应答码", AN, 6),
        Field(39, "Response code", "应答码", AN, 2),
        Field(41, "Terminal identification", "受卡机终端标识码", ANS, 8),
        Field(42, "Merchant identification", "受卡方标识码", ANS, 15),
        Field(44, "Additional response data", "附加响应数据", AN, 25, LL),
        Field(48, "Additional data, private", "附加数据-私有", N, 322, LLL),
        Field(49, "Currency", "交易货币代码", AN, 3),
        Field(52, "PIN block", "个人标识码数据", B, 8),
        Field(53, "Security control", "安全控制信息", N, 16),
        Field(54, "Balance", "余额", AN, 20, LLL),
        Field(55, "IC data", "IC卡数据域", B, 255, LLL),
        Field(58, "E-purse data", "电子钱包标准的交易信息", B, 100, LLL),
        # No length is given: what three digits can say.
        Field(59, "Additional data", "自定义域", ANS, 999, LLL),
        Field(60, "Private: type, batch, network code", "自定义域", N, 17, LLL),
        Field(61, "Original message", "原始信息域", N, 29, LLL),
        Field(62, "Private, binary", "自定义域", B, 512, LLL),
        Field(63, "Private, text", "自定义域", ANS, 163, LLL),
        Field(64, "MAC", "报文鉴别码", B, 8),
    ),
)
# 1.1: some kiosks use the second bitmap. Of its fields the facts name none; a MAC in its last bit
# is from memory, low confidence.
POS_128 = Dialect(
    "direct POS with two bitmaps",
    by_number(*POS.fields.values(), Field(128, "MAC", "报文鉴别码", B, 8)),
)
