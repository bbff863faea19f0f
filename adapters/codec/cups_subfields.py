"""What DE60 and DE90 of the CUPS leg are made of (host and kiosk facts, 2.3 with 0.1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from adapters.codec.pos_subfields import ENTRY_MODE_22, SECURITY_53
from adapters.codec.subfields import Layout, Subfield

# 0.1 on 2.3: the official numbering is nested. Requests may end after any sub-field.
PRIVATE_60 = Layout(
    "DE60",
    (
        Subfield("60.1", "Reason code", "报文原因代码", 4),
        Subfield("60.2.1", "Account holder type", "账户所有人类型", 1),
        Subfield("60.2.2", "Terminal read capability", "终端读取能力", 1),
        Subfield("60.2.3", "IC condition code", "IC卡条件代码", 1),
        Subfield("60.2.4", "Reserved", "保留使用", 1),
        Subfield("60.2.5", "Terminal type", "终端类型", 2),
        Subfield("60.2.6", "No-PIN acceptance", "受理免密标志", 1),
        Subfield("60.2.7", "IC verification reliability", "IC卡验证可靠性标志", 1),
        Subfield("60.2.8", "E-commerce indicator", "电子商务标志", 2),
        Subfield("60.2.9", "Interaction mode", "交互方式标志", 1),
        Subfield("60.3.1", "Fee type", "特殊计费类型", 2),
        Subfield("60.3.2", "Fee level", "特殊计费档次", 1),
        Subfield("60.3.3", "Reserved", "保留使用", 3),
        Subfield("60.3.4", "Partial approval", "支持部分承兑标志", 1),
        Subfield("60.3.5", "Initiation mode", "交易发起方式", 1),
        Subfield("60.3.6", "Transaction medium", "交易介质", 1),
        Subfield("60.3.7", "IC application type", "IC卡应用类型", 1),
        Subfield("60.3.8", "Account settlement type", "账户结算类型", 2),
        Subfield("60.3.9", "Card level", "卡等级", 1),
        Subfield("60.3.10", "Card product", "卡产品", 2),
    ),
    least=1,
)
# 2.3. The numbers of these parts are ours.
ORIGINAL_90 = Layout(
    "DE90",
    (
        Subfield("90.1", "Original message type", "原始报文类型", 4),
        Subfield("90.2", "Original trace number", "原始系统跟踪号", 6),
        Subfield("90.3", "Original transmission time", "原始系统日期时间", 10),
        Subfield("90.4", "Original acquirer", "原始代理机构标识码", 11),
        Subfield("90.5", "Original forwarding institution", "原始发送机构标识码", 11),
    ),
    least=5,
)
# 2.3: DE22 and 53 say what they say on the other leg.
LAYOUTS: Mapping[int, Layout] = MappingProxyType(
    {22: ENTRY_MODE_22, 53: SECURITY_53, 60: PRIVATE_60, 90: ORIGINAL_90}
)


@dataclass(frozen=True, slots=True)
class Original90:
    """DE90: MTI, DE11, DE7, DE32 and DE33 of the original message on this leg.

    Institutions of fewer than eleven digits stand right-aligned behind zeros; decoding keeps them.
    """

    mti: str
    stan_11: str
    transmission_7: str
    acquirer_32: str
    forwarding_33: str


def decode_90(digits: str) -> Original90:
    """The parts of DE90, institutions as eleven digits."""
    return Original90(*ORIGINAL_90.cut(digits).values())


def encode_90(original: Original90) -> str:
    """The 42 digits of DE90; LocalProtocolError if a part does not fit."""
    *_, acquirer, forwarding = ORIGINAL_90.widths
    values = (
        original.mti,
        original.stan_11,
        original.transmission_7,
        original.acquirer_32.rjust(acquirer, "0"),
        original.forwarding_33.rjust(forwarding, "0"),
    )
    numbers = (each.number for each in ORIGINAL_90.parts)
    return ORIGINAL_90.join(dict(zip(numbers, values, strict=True)))
