"""DE62 of terminal parameters and of a terminal's status (host and kiosk facts, 1.17; 360, 362).

Two digits say which parameter, and its value has the width that the table gives.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from adapters.codec.errors import LocalProtocolError, RemoteProtocolError

TAG_SIZE = 2


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of the terminal: its two characters, names in both languages, its width."""

    tag: str
    name: str
    name_zh: str
    width: int


# The states stand in a status upload (362) alone. The transaction mask 26 and the statistics 51
# have no width in the facts, so that nothing behind them can be told apart.
PARAMETERS: Mapping[str, Parameter] = MappingProxyType(
    {
        each.tag: each
        for each in (
            *(Parameter(f"{n:02}", f"State of device {n}", f"设备{n}状态", 1) for n in range(1, 6)),
            Parameter("11", "Parameter 11", "参数11", 2),
            Parameter("12", "Time-out of an answer in seconds", "应答超时(秒)", 2),
            Parameter("13", "Dial attempts", "拨号重试次数", 1),
            Parameter("14", "Telephone number 1", "电话号码1", 14),
            Parameter("15", "Telephone number 2", "电话号码2", 14),
            Parameter("16", "Telephone number 3", "电话号码3", 14),
            Parameter("17", "Management telephone number", "管理电话号码", 14),
            Parameter("18", "Tips allowed", "是否支持小费", 1),
            Parameter("19", "Tip in per cent", "小费百分比", 2),
            Parameter("20", "PAN by hand allowed", "是否支持手工输入卡号", 1),
            Parameter("21", "Sign-off by itself", "是否自动签退", 1),
            # From memory in the facts.
            Parameter("22", "Merchant name", "商户名称", 40),
            Parameter("23", "Times a message is sent again", "重发次数", 1),
            Parameter("25", "Index of the master key", "主密钥索引", 1),
            Parameter("27", "Most offline transactions kept", "脱机交易最大笔数", 2),
        )
    }
)


@dataclass(frozen=True, slots=True)
class Parameters:
    """What DE62 of 360 or 362 says: tags with values, and what stands behind the last known."""

    values: tuple[tuple[str, bytes], ...]
    rest: bytes = b""


def decode(data: bytes) -> Parameters:
    """The parameters up to the first whose width is not known, which begins the rest."""
    values = []
    at = 0
    while at < len(data):
        tag = data[at : at + TAG_SIZE]
        if len(tag) < TAG_SIZE:
            raise RemoteProtocolError("DE62: a tag is cut off", len(data))
        if not tag.isdigit():
            raise RemoteProtocolError(f"DE62: {tag.hex().upper()} is no tag", at)
        known = PARAMETERS.get(tag.decode("ascii"))
        if known is None:
            break
        end = at + TAG_SIZE + known.width
        if end > len(data):
            message = f"DE62: parameter {known.tag} is {end - len(data)} bytes short"
            raise RemoteProtocolError(message, len(data))
        values.append((known.tag, data[at + TAG_SIZE : end]))
        at = end
    return Parameters(tuple(values), data[at:])


def encode(parameters: Parameters) -> bytes:
    """DE62 with these parameters in their order, and what stands behind them."""
    data = b""
    for tag, value in parameters.values:
        known = PARAMETERS.get(tag)
        if known is None or len(value) != known.width:
            raise LocalProtocolError(f"DE62: {value!r} is no parameter {tag}", len(data))
        data += tag.encode("ascii") + value
    return data + parameters.rest
