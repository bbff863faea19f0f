"""An answer to reset as a tree of named, decoded fields, its historical bytes among them."""

from collections.abc import Callable, Iterator, Mapping

from adapters.codec import atr, atr_emv, historical_bytes
from adapters.codec.atr import T1, Atr, Convention, TckFault
from adapters.codec.bit_tables import Words
from adapters.codec.bits import Meaning
from adapters.codec.errors import RemoteProtocolError
from adapters.codec.status_words import describe
from reports.annotated_field import Annotated
from reports.value_text import masked_hex

NAMES: Mapping[str, Words] = {
    "TS": ("initial character", "初始字符"),
    "T0": ("format character", "格式字符"),
    "TCK": ("check character", "校验字符"),
}
INTERFACE: Words = ("interface character", "接口字符")
CONVENTIONS: Mapping[Convention, Words] = {
    Convention.DIRECT: ("direct convention", "正向约定"),
    Convention.INVERSE: ("inverse convention", "反向约定"),
}
TCK_FAULTS: Mapping[TckFault, Words] = {
    TckFault.NONE: ("right", "正确"),
    TckFault.MISSING: ("missing, T=1 needs it", "缺失，T=1须有"),
    TckFault.SURPLUS: ("surplus, T=0 alone has none", "多余，仅T=0时没有"),
    TckFault.WRONG: ("wrong", "错误"),
}
# Contactless facts, 1.1: how a PC/SC reader writes the ATS of a type A card.
PC_SC_CONTACTLESS = {"TD1": 0x80, "TD2": 0x01}
CATEGORIES: Mapping[int, Words] = {
    0x00: ("objects, status behind them", "数据对象，其后为状态"),
    0x10: ("DIR data reference", "目录数据引用"),
    0x80: ("objects", "数据对象"),
}
OWN_FORM: Words = ("a form of the issuer's own", "发卡行自定格式")
# ISO/IEC 7816-4, compact TLV
OBJECTS: Mapping[int, Words] = {
    0x1: ("country code", "国家代码"),
    0x2: ("issuer identification number", "发卡行识别码"),
    0x3: ("card service data", "卡片服务数据"),
    0x4: ("initial access data", "初始访问数据"),
    0x5: ("card issuer's data", "发卡行数据"),
    0x6: ("pre-issuing data", "发行前数据"),
    0x7: ("card capabilities", "卡片性能"),
    0x8: ("status", "状态"),
    0xF: ("application identifier", "应用标识符"),
}
UNKNOWN_OBJECT: Words = ("unknown object", "未知数据对象")
SPECIFIC_IMPLICIT = 0x10
NO_EXTRA_GUARD_TIME = 0xFF
CRC = 0x01


def annotate_atr(data: bytes) -> Annotated:
    """An answer to reset, TS first; RemoteProtocolError where the bytes are none."""
    found = atr.decode(data)
    en, zh = CONVENTIONS[found.convention]
    count = len(found.historical)
    children = [
        _character(0, "TS", data[0], (en, zh)),
        _character(1, "T0", data[1], (f"{count} historical bytes", f"历史字节{count}个")),
    ]
    for offset, (name, value) in enumerate(found.characters.items(), 2):
        children.append(_character(offset, name, value, *_interface(found, name, value)))
    if found.historical:
        children.append(_historical(2 + len(found.characters), found.historical))
    if found.tck is not None:
        end = len(data) - 1
        children.append(_character(end, "TCK", found.tck, TCK_FAULTS[found.tck_fault]))
    meanings = tuple(Meaning("value", *words) for words in _overall(found))
    return Annotated(
        0, "ATR", "answer to reset", "复位应答", meanings=meanings, children=tuple(children)
    )


def _character(offset: int, name: str, value: int, *said: Words) -> Annotated:
    meanings = tuple(Meaning("value", *words) for words in said)
    return Annotated(offset, name, *NAMES.get(name, INTERFACE), f"{value:02X}", meanings=meanings)


def _overall(found: Atr) -> Iterator[Words]:
    if dict(found.characters) == PC_SC_CONTACTLESS:
        yield "a contactless card, as a PC/SC reader shows it", "非接触卡（PC/SC读卡器表示）"
        return
    offered = ", ".join(f"T={protocol}" for protocol in found.protocols)
    yield f"offers {offered}", f"提供{offered}"
    if found.tck_fault is TckFault.MISSING:
        en, zh = TCK_FAULTS[found.tck_fault]
        yield f"TCK {en}", f"TCK{zh}"
    for each in atr_emv.refusals(found, atr_emv.Reset.COLD):
        shown = ("absent", "缺失") if each.value is None else (f"{each.value:02X}",) * 2
        yield (
            f"{each.character} {shown[0]}: an EMV terminal may refuse it after a cold reset",
            f"{each.character} {shown[1]}：冷复位后EMV终端可拒绝",
        )


def _interface(found: Atr, name: str, value: int) -> Iterator[Words]:
    """What an interface byte says; nothing from TA3 on for protocols other than T=1."""
    if name.startswith("TD"):
        following = f"T={value & 0x0F}"
        yield f"{following} follows", f"其后为{following}"
    elif name in GLOBAL:
        yield GLOBAL[name](found, value)
    elif found.levels[int(name[2:]) - 1].protocol == T1:
        yield OF_T1[name[:2]](found, value)


def _rates(found: Atr, _: int) -> Words:
    fi, di = (each or "RFU" for each in (found.fi, found.di))
    return (f"Fi {fi}, Di {di}",) * 2


def _voltage(_: Atr, value: int) -> Words:
    if value:
        return "programming voltage, withdrawn since", "编程电压（已取消）"
    return "no programming voltage", "无编程电压"


def _guard_time(_: Atr, value: int) -> Words:
    if value == NO_EXTRA_GUARD_TIME:
        return "the protocol's shortest guard time", "协议最短保护时间"
    return f"extra guard time {value} etu", f"额外保护时间{value} etu"


def _mode(_: Atr, value: int) -> Words:
    implicit = ("implicit rates", "隐含速率") if value & SPECIFIC_IMPLICIT else ("TA1", "TA1")
    protocol = f"T={value & 0x0F}"
    return f"specific mode, {protocol}, {implicit[0]}", f"专用模式，{protocol}，{implicit[1]}"


def _waiting(found: Atr, value: int) -> Words:
    clocks = "RFU" if found.work_waiting_clocks is None else str(found.work_waiting_clocks)
    return f"WI {value}, {clocks} clocks", f"WI {value}，{clocks}个时钟"


def _check(_: Atr, value: int) -> Words:
    return ("CRC", "CRC") if value & CRC else ("LRC", "LRC")


Said = Callable[[Atr, int], Words]
GLOBAL: Mapping[str, Said] = {
    "TA1": _rates,
    "TB1": _voltage,
    "TC1": _guard_time,
    "TA2": _mode,
    "TB2": _voltage,
    "TC2": _waiting,
}
OF_T1: Mapping[str, Said] = {
    "TA": lambda _, value: (f"IFSC {value}",) * 2,
    "TB": lambda _, value: (f"BWI {value >> 4}, CWI {value & 0x0F}",) * 2,
    "TC": _check,
}


def _historical(start: int, data: bytes) -> Annotated:
    value = masked_hex(data)
    text = data.decode("latin-1") if data.isascii() else ""
    text = text if text.isprintable() and "*" not in value else ""
    en, zh = CATEGORIES.get(data[0], OWN_FORM)
    children: tuple[Annotated, ...] = ()
    if historical_bytes.interindustry(data):
        try:
            children = tuple(_objects(start, historical_bytes.decode(data)))
        except RemoteProtocolError:
            en, zh = OWN_FORM
    said = (Meaning("value", en, zh),)
    return Annotated(
        start, "T1-TK", "historical bytes", "历史字节", value, text, said, children
    )


def _objects(
    start: int, found: historical_bytes.HistoricalBytes
) -> Iterator[Annotated]:
    end = 1
    for each in found.objects:
        en, zh = OBJECTS.get(each.tag, UNKNOWN_OBJECT)
        value = masked_hex(each.value)
        yield Annotated(start + each.offset, f"{each.tag:X}", en, zh, value)
        end = each.offset + 1 + len(each.value)
    if found.status:
        state, sw = found.status[0], int.from_bytes(found.status[1:], "big")
        words = describe(sw) if sw else ("no status word", "无状态字")
        en, zh = f"life cycle {state:02X}; {words[0]}", f"生命周期{state:02X}；{words[1]}"
        said = Meaning("value", en, zh)
        yield Annotated(
            start + end, "8", *OBJECTS[0x8], found.status.hex().upper(), meanings=(said,)
        )
