"""Data groupings of personalisation, as they are loaded into a card (contactless facts, 6.8).

    DGI(2) LEN(1, or FF and 2 bytes) DATA

Sans-IO. DATA is mostly BER-TLV, a record with its template 70 among it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from adapters.codec.bit_tables import Words
from adapters.codec.errors import LocalProtocolError, RemoteProtocolError

DGI_SIZE = 2
LONG = 0xFF
LARGEST = 0xFFFF
LAST_SFI = 0x1E

NAMES: Mapping[int, Words] = {
    0x0D01: ("data objects of GET DATA and PUT DATA", "取数据和设置数据的数据对象"),
    0x0E01: ("internal data objects", "内部数据对象"),
    0x8000: ("application keys", "应用密钥"),
    0x8010: ("PIN block", "PIN数据块"),
    0x8020: ("file keys, extended application", "扩展应用文件密钥"),
    0x8201: ("ICC private key, qInv", "IC卡私钥qInv"),
    0x8202: ("ICC private key, dQ", "IC卡私钥dQ"),
    0x8203: ("ICC private key, dP", "IC卡私钥dP"),
    0x8204: ("ICC private key, q", "IC卡私钥q"),
    0x8205: ("ICC private key, p", "IC卡私钥p"),
    0x8400: ("application keys, SM4", "应用密钥（SM4）"),
    0x8420: ("file keys, extended application, SM4", "扩展应用文件密钥（SM4）"),
    0x9000: ("check values of the application keys", "应用密钥校验值"),
    0x9010: ("PIN try counter and limit", "PIN尝试计数器和限制"),
    0x9020: ("check values of the file keys", "文件密钥校验值"),
    0x9102: ("answer to SELECT, contact", "选择响应（接触）"),
    0x9103: ("answer to SELECT, contactless", "选择响应（非接触）"),
    0x9104: ("answer to GPO, debit/credit", "取处理选项响应（借贷记）"),
    0x9200: ("issuer application data of GENERATE AC", "生成应用密文的发卡行应用数据"),
    0x9203: ("answer to GPO, e-cash", "取处理选项响应（电子现金）"),
    0x9206: ("answer to GPO, MSD", "取处理选项响应（MSD）"),
    0x9207: ("answer to GPO, qPBOC", "取处理选项响应（qPBOC）"),
    0x9400: ("check values of the application keys, SM4", "应用密钥校验值（SM4）"),
    0x9420: ("check values of the file keys, SM4", "文件密钥校验值（SM4）"),
    0xA001: ("file descriptor, extended application", "扩展应用文件描述"),
}
# Keys and PINs, in clear or not.
SECRET = frozenset({0x8000, 0x8020, 0x8400, 0x8420, *range(0x8201, 0x8206)})
PIN_BLOCK_8010 = 0x8010
# Besides records: those whose data are objects.
TLV = frozenset({0x0D01, 0x0E01, *range(0x9102, 0x9105), 0x9200, 0x9203, 0x9206, 0x9207})


@dataclass(frozen=True, slots=True)
class Grouping:
    """One data grouping: its number, its data, where it starts and where its data do."""

    dgi: int
    data: bytes
    offset: int
    data_offset: int


def decode(data: bytes) -> tuple[Grouping, ...]:
    """The groupings of a byte string; RemoteProtocolError where one is cut off."""
    found = []
    at = 0
    while at < len(data):
        length = at + DGI_SIZE
        long = data[length : length + 1] == bytes((LONG,))
        first, start = (length + 1, length + 3) if long else (length, length + 1)
        if start > len(data):
            raise RemoteProtocolError("DGI: cut off", len(data))
        dgi = int.from_bytes(data[at:length], "big")
        size = int.from_bytes(data[first:start], "big")
        if start + size > len(data):
            missing = start + size - len(data)
            raise RemoteProtocolError(f"DGI {dgi:04X}: {missing} bytes short", len(data))
        found.append(Grouping(dgi, data[start : start + size], at, start))
        at = start + size
    return tuple(found)


def encode(dgi: int, data: bytes) -> bytes:
    """One data grouping; LocalProtocolError if number or data do not fit."""
    if not 0 <= dgi <= LARGEST or len(data) > LARGEST:
        raise LocalProtocolError(f"DGI {dgi:X}: {len(data)} bytes do not fit", 0)
    size = len(data)
    length = bytes((size,)) if size < LONG else bytes((LONG,)) + size.to_bytes(2, "big")
    return dgi.to_bytes(DGI_SIZE, "big") + length + data


def known(dgi: int) -> bool:
    """Whether the facts name the grouping, or it is a record's."""
    return dgi in NAMES or _is_record(dgi)


def describe(dgi: int) -> Words:
    """What a grouping holds; a record's number is its SFI and its record."""
    if _is_record(dgi) and dgi not in NAMES:
        sfi, record = dgi >> 8, dgi & 0xFF
        return f"SFI {sfi}, record {record}", f"SFI {sfi}，记录{record}"
    return NAMES.get(dgi, ("unknown grouping", "未知数据分组"))


def _is_record(dgi: int) -> bool:
    return 1 <= dgi >> 8 <= LAST_SFI and 0 < dgi & 0xFF < LONG
