"""What the codes of the CUPS leg mean, in both languages (host and kiosk facts, 2.3)."""

from collections.abc import Mapping
from types import MappingProxyType

from adapters.codec import pos_codes
from adapters.codec.pos_codes import Codes

TERMINAL_TYPES_60: Codes = {"01": ("ATM", "自动柜员机"), "03": ("POS", "销售点终端")}
NETWORK_70: Codes = {
    "001": ("sign-on", "签到"),
    "002": ("sign-off", "签退"),
    "101": ("key reset", "重置密钥"),
    "201": ("day start", "日切开始"),
    "202": ("day end", "日切结束"),
    "301": ("line test", "线路测试"),
}
# DE60 is numbered otherwise than on the other leg; these are not.
SHARED = ("22.1", "22.2", "DE25", "DE39", "53.1", "53.2", "53.3")
CODES: Mapping[str, Codes] = MappingProxyType(
    {
        **{label: pos_codes.CODES[label] for label in SHARED},
        "60.2.5": TERMINAL_TYPES_60,
        "DE70": NETWORK_70,
    }
)
