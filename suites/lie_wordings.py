"""What is said of an ICS that the device's own bytes contradict, in both languages."""

from suites.words import Title

LIES = {
    "lie-bit-set": Title(
        "{0} is {1}: bit {2} is set, and the ICS does not claim {3}",
        "{0} 为 {1}：第{2}位已置，而ICS未声明 {3}",
    ),
    "lie-bit-not-set": Title(
        "{0} is {1}: bit {2} is not set, and the ICS claims {3}",
        "{0} 为 {1}：第{2}位未置，而ICS声明了 {3}",
    ),
    "lie-class": Title(
        "9F35 is {0}, which says {1}, and the ICS claims {2}",
        "9F35 为 {0}，表示 {1}，而ICS声明了 {2}",
    ),
    "lie-attended": Title(
        "9F35 is {0}, attended, and the ICS does not claim attended",
        "9F35 为 {0}(有人值守)，而ICS未声明 attended",
    ),
    "lie-unattended": Title(
        "9F35 is {0}, unattended, and the ICS claims attended",
        "9F35 为 {0}(无人值守)，而ICS声明了 attended",
    ),
    "lie-cash-machine": Title(
        "9F35 is {0}, no cash machine, and the ICS claims cash-machine",
        "9F35 为 {0}，不是自动柜员机，而ICS声明了 cash-machine",
    ),
    "lie-setting": Title(
        "{0} is {1}, and the ICS states {2} = {3}", "{0} 为 {1}，而ICS写明 {2} = {3}"
    ),
    "lie-aid": Title(
        "{0} was selected, and the ICS lists {1}", "选择了 {0}，而ICS所列AID为 {1}"
    ),
    "lie-read": Title(
        "DE60.4 is {0}, where the readers the ICS claims allow {1}",
        "60.4域为 {0}，而ICS声明的读卡器只允许 {1}",
    ),
}
