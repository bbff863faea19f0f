"""What the fields of a direct POS are made of (host and kiosk facts, 1.2 to 1.8, 1.13)."""

from collections.abc import Mapping
from types import MappingProxyType

from adapters.codec.iso8583_dialect import Attribute
from adapters.codec.subfields import Layout, Subfield

AN, ANS = Attribute.AN, Attribute.ANS

# 1.3.
ENTRY_MODE_22 = Layout(
    "DE22",
    (
        Subfield("22.1", "How the PAN was entered", "主账号输入方式", 2),
        Subfield("22.2", "Whether a PIN was", "PIN输入能力", 1),
    ),
    least=2,
)
# 1.2.
INSTITUTIONS_44 = Layout(
    "DE44",
    (
        Subfield("44.1", "Issuer", "接收机构标识码", 11, AN),
        Subfield("44.2", "Acquirer", "收单机构标识码", 11, AN),
    ),
    least=2,
)
# 1.5.
SECURITY_53 = Layout(
    "DE53",
    (
        Subfield("53.1", "PIN block format", "PIN格式", 1),
        Subfield("53.2", "Algorithm", "加密算法标志", 1),
        Subfield("53.3", "Track encryption", "磁道加密标志", 1),
        Subfield("53.4", "Reserved", "保留使用", 13),
    ),
    least=4,
)
# 1.2. The CUPS leg has up to two of them, one behind the other (2.3).
BALANCE_54 = Layout(
    "DE54",
    (
        Subfield("54.1", "Account type", "账户类型", 2),
        Subfield("54.2", "Amount type", "余额类型", 2),
        Subfield("54.3", "Currency", "货币代码", 3),
        Subfield("54.4", "Credit or debit", "余额符号", 1, AN),
        Subfield("54.5", "Amount", "金额", 12),
    ),
    least=5,
)
# 1.6. Management messages end after 60.3.
PRIVATE_60 = Layout(
    "DE60",
    (
        Subfield("60.1", "Transaction type code", "交易类型码", 2),
        Subfield("60.2", "Batch number", "批次号", 6),
        Subfield("60.3", "Network management code", "网络管理信息码", 3),
        Subfield("60.4", "Terminal read capability", "终端读取能力", 1),
        Subfield("60.5", "IC condition code", "IC卡条件代码", 1),
        Subfield("60.6", "Partial approval", "支持部分承兑标志", 1),
        Subfield("60.7", "Account type", "账户类型", 3),
    ),
    least=3,
)
# 1.8. The institution has what is left.
ORIGINAL_61 = Layout(
    "DE61",
    (
        Subfield("61.1", "Original batch number", "原始交易批次号", 6),
        Subfield("61.2", "Original trace number", "原始交易POS流水号", 6),
        Subfield("61.3", "Original date", "原始交易日期", 4),
        Subfield("61.4", "Authorisation mode", "原交易授权方式", 2),
        Subfield("61.5", "Authorising institution", "原交易授权机构代码", 11, open_end=True),
    ),
    least=2,
)
# 1.2, as answers have it; a request has the operator or the brand alone. 63.2.3 has 20 bytes, and
# in later releases what is left of 163.
TEXT_63 = Layout(
    "DE63",
    (
        Subfield("63.1", "Card brand or operator", "国际信用卡公司代码或操作员代码", 3, AN),
        Subfield("63.2.1", "Text of the issuer", "发卡方保留域", 20, ANS, open_end=True),
        Subfield("63.2.2", "Text of the centre", "中国银联保留域", 20, ANS, open_end=True),
        Subfield("63.2.3", "Text of the acquirer", "受理机构保留域", 120, ANS, open_end=True),
    ),
    least=1,
)
LAYOUTS: Mapping[int, Layout] = MappingProxyType(
    {
        22: ENTRY_MODE_22,
        44: INSTITUTIONS_44,
        53: SECURITY_53,
        54: BALANCE_54,
        60: PRIVATE_60,
        61: ORIGINAL_61,
        63: TEXT_63,
    }
)

# 1.13, items 5 and 6: DE62 of the upload of an IC transaction (60.3 = 203 and 205), and of a failed
# one (204 and 206, low confidence). The numbers of these parts are ours.
UPLOAD_62 = Layout(
    "DE62",
    (
        Subfield("62.1", "Kind of record, 61", "记录类别，61", 2),
        Subfield("62.2", "Domestic or foreign card", "内卡或外卡", 2),
        Subfield("62.3", "Always 00", "固定为00", 2),
        Subfield("62.4", "Amount", "交易金额", 12),
        Subfield("62.5", "Currency", "交易货币代码", 3),
    ),
    least=5,
)
FAILED_UPLOAD_62 = Layout(
    "DE62",
    (
        Subfield("62.1", "Kind of record, 71", "记录类别，71", 2),
        Subfield("62.2", "Cause", "失败原因", 4),
        Subfield("62.3", "Amount", "交易金额", 12),
        Subfield("62.4", "Currency", "交易货币代码", 3),
        Subfield("62.5", "Transaction type code", "交易类型码", 2),
    ),
    least=5,
)
