"""The closed table of kinds of device: which ports each has, and which of them the bench judges."""

from collections.abc import Mapping
from dataclasses import dataclass

from adapters.events import Port


@dataclass(frozen=True, slots=True)
class DeviceKind:
    """A kind of device by the ports through which it is reached, in the order they are told."""

    ports: tuple[Port, ...]
    en: str
    zh: str


DEVICE_KINDS: Mapping[str, DeviceKind] = {
    "direct-pos": DeviceKind(
        (Port.ICC, Port.HOST_T, Port.OPERATOR), "direct-connect POS", "直联POS"
    ),
    # host.T runs between the terminal and its own front end: the bench stands in between.
    "indirect-pos": DeviceKind(
        (Port.ICC, Port.HOST_T, Port.HOST_S, Port.OPERATOR), "indirect-connect POS", "间联POS"
    ),
    "kiosk": DeviceKind(
        (Port.ICC, Port.HOST_T, Port.BILLER, Port.OPERATOR), "bill-payment kiosk", "便民缴费终端"
    ),
    # The bench plays the reader, and does its own acts.
    "reference-card": DeviceKind((Port.IFD, Port.OPERATOR), "card", "卡片"),
}
