"""The closed table of leaf drivers. What an IXIT names is looked up here, and nowhere else."""

from collections.abc import Mapping
from dataclasses import dataclass

from adapters.events import Port


@dataclass(frozen=True, slots=True)
class Driver:
    """What a driver is for: the link it serves, in words, and whether a person does its acts."""

    link: str
    en: str
    zh: str
    by_hand: bool = False


DRIVERS: Mapping[tuple[Port, str], Driver] = {
    (Port.ICC, "memory"): Driver("memory", "card joined in memory", "卡片在内存中连接"),
    (Port.HOST_T, "memory"): Driver("memory", "host joined in memory", "主机在内存中连接"),
    (Port.OPERATOR, "memory"): Driver(
        "memory", "cash register joined in memory", "收银机在内存中连接"
    ),
    (Port.ICC, "vpcd"): Driver(
        "wire", "card at a virtual reader (vpcd)", "虚拟读卡器上的卡片(vpcd)"
    ),
    (Port.IFD, "pcsc"): Driver("wire", "card in a PC/SC reader", "PC/SC读卡器中的卡片"),
    (Port.HOST_T, "tcp"): Driver("wire", "host on a TCP line", "TCP线路上的主机"),
    (Port.HOST_T, "relay"): Driver(
        "wire", "TCP line on to the device's own front end", "转发到被测前置的TCP线路"
    ),
    (Port.HOST_S, "memory"): Driver("memory", "switch joined in memory", "转接中心在内存中连接"),
    (Port.HOST_S, "tcp"): Driver("wire", "switch on a TCP line", "TCP线路上的转接中心"),
    (Port.BILLER, "memory"): Driver("memory", "biller joined in memory", "收费单位在内存中连接"),
    (Port.BILLER, "tcp"): Driver("wire", "biller on a TCP line", "TCP线路上的收费单位"),
    (Port.IFD, "memory"): Driver("memory", "reader joined in memory", "读卡器在内存中连接"),
    # What merchant and terminal do elsewhere the bench does at a card.
    (Port.OPERATOR, "bench"): Driver("wire", "acts of the bench itself", "测试台自身的操作"),
    (Port.OPERATOR, "prompt"): Driver(
        "wire", "a person at the bench", "测试台前的操作员", by_hand=True
    ),
    (Port.OPERATOR, "ecr"): Driver("wire", "cash register on a serial line", "串口收银机(ECR)"),
    (Port.OPERATOR, "kiosk-control"): Driver(
        "wire", "test-control line of a kiosk, serial", "串口自助终端测试控制线路"
    ),
}
