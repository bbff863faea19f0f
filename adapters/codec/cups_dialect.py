"""The dialect between an acquirer's front end and CUPS (host and kiosk facts, 2.2 to 2.4 with 0.1).

    MTI(4 ASCII digits) BITMAP(16 binary) fields        digits and lengths as ASCII, b raw

DE35 and 36 keep the separator that was sent, = or D: switches use both.
"""

from adapters.codec.iso8583_dialect import ASCII, Attribute, Dialect, Field, Size, by_number

N, Z, AN, ANS, B = Attribute
LL, LLL = Size.LLVAR, Size.LLLVAR

# From memory, low confidence: that these are what they are here. 2.3 names them without attribute
# and length; 100 is taken for an institution as 32 and 33 are, the others for text as long as the
# three digits of their length can say, so that no message is refused for a number of ours.
FROM_MEMORY = frozenset({48, 100, 121, 122, 123})

# 2.3, and what it says nothing of as on the other leg (1.2). Fields that the facts do not name are
# left out: DE5, 6, 9, 10, 16, 50, 51, 57, 61, 62 among them.
CUPS = Dialect(
    "CUPS",
    by_number(
        Field(2, "Primary account number", "主账号", N, 19, LL),
        Field(3, "Processing code", "交易处理码", N, 6),
        Field(4, "Amount", "交易金额", N, 12),
        Field(7, "Transmission date and time", "交易传输时间", N, 10),
        Field(11, "System trace audit number", "系统跟踪号", N, 6),
        Field(12, "Local time", "受卡方所在地时间", N, 6),
        Field(13, "Local date", "受卡方所在地日期", N, 4),
        Field(14, "Expiry date", "卡有效期", N, 4),
        Field(15, "Settlement date", "清算日期", N, 4),
        Field(18, "Merchant category", "商户类型", N, 4),
        Field(19, "Merchant country", "商户国家代码", N, 3),
        Field(22, "Entry mode", "服务点输入方式码", N, 3),
        Field(23, "Card sequence number", "卡序列号", N, 3),
        Field(25, "Condition code", "服务点条件码", N, 2),
        Field(26, "PIN capture code", "服务点PIN获取码", N, 2),
        Field(28, "Transaction fee", "交易费", AN, 9),
        Field(32, "Acquirer identification", "代理机构标识码", N, 11, LL),
        Field(33, "Forwarding institution", "发送机构标识码", N, 11, LL),
        Field(35, "Track 2", "第二磁道数据", Z, 37, LL),
        Field(36, "Track 3", "第三磁道数据", Z, 104, LLL),
        Field(37, "Retrieval reference number", "检索参考号", AN, 12),
        Field(38, "Authorisation code", "授权标识应答码", AN, 6),
        Field(39, "Response code", "应答码", AN, 2),
        Field(41, "Terminal identification", "受卡机终端标识码", ANS, 8),
        Field(42, "Merchant identification", "受卡方标识码", ANS, 15),
        Field(43, "Merchant name and location", "受卡方名称地址", ANS, 40),
        Field(44, "Additional response data", "附加响应数据", AN, 25, LL),
        Field(48, "Additional data, private", "附加数据-私有", ANS, 999, LLL),
        Field(49, "Currency", "交易货币代码", AN, 3),
        Field(52, "PIN block", "个人标识码数据", B, 8),
        Field(53, "Security control", "安全控制信息", N, 16),
        Field(54, "Balances", "余额", AN, 40, LLL),
        Field(55, "IC data", "IC卡数据域", B, 255, LLL),
        Field(60, "Private: reason, point of service, additional", "自定义域", N, 30, LLL),
        Field(70, "Network management code", "网络管理信息码", N, 3),
        Field(90, "Original data elements", "原始数据元", N, 42),
        Field(96, "Message security code", "报文安全码", B, 8),
        Field(100, "Receiving institution", "接收机构标识码", N, 11, LL),
        Field(121, "Reserved for CUPS", "CUPS保留", ANS, 999, LLL),
        Field(122, "Reserved for the acquirer", "受理方保留", ANS, 999, LLL),
        Field(123, "Reserved for the issuer", "发卡方保留", ANS, 999, LLL),
        Field(128, "MAC", "报文鉴别码", AN, 8),
    ),
    ASCII,
    two_bitmaps_always=True,
)
