"""Keeps data of live cards away from the disk: a card number that is not on the list is refused.

What a parser explains is judged by what it is; what none explains is searched for digits.
"""

from collections.abc import Collection
from typing import Never

from adapters.errors import RefusedData
from adapters.events import Event, Kind
from adapters.privacy.carriers import Carriers
from adapters.privacy.numbers import FIRST, listed
from adapters.privacy.parts import Part, Sort, unlisted

KINDS_ZH = {
    Kind.RESET: "复位",
    Kind.COMMAND: "命令",
    Kind.RESPONSE: "响应",
    Kind.MESSAGE: "报文",
    Kind.ACT: "操作",
    Kind.REPORT: "回报",
    Kind.RULE: "规则",
    Kind.SETTING: "设置",
    Kind.PHASE: "阶段",
}
LIST = "fixtures/data/test_data/test_pans.toml"


class CardDataGuard:
    """Refuses events that hold a card number outside the list; RefusedData never repeats it.

    Events of one attempt come in their order; the first of the next one begins anew.
    """

    def __init__(self, test_numbers: Collection[str]) -> None:
        self._listed = listed(test_numbers)
        self._carriers = Carriers()

    def __call__(self, event: Event) -> None:
        if event.seq == 1:
            self._carriers = Carriers()
        for part in self._carriers.parts(event):
            if number := unlisted(part, self._listed):
                where = f"{event.port} {event.kind} {part.field}"
                where_zh = f"{event.port} {KINDS_ZH[event.kind]} {part.field}"
                _refuse(number, where, where_zh)

    def check_text(self, text: str, where: str) -> None:
        """RefusedData if a text, as a setting or a name, holds a number outside the list."""
        if number := unlisted(Part(where, Sort.TEXT, text), self._listed):
            _refuse(number, where, where)


def _refuse(number: str, where: str, where_zh: str) -> Never:
    begins = number[:FIRST]
    message = (
        f"{where}: a card number beginning {begins} is not on the test list ({LIST});"
        " nothing of it was recorded. Use a test card."
        f" / {where_zh}：以{begins}开头的卡号不在测试卡号表中，未作任何记录，请使用测试卡。"
    )
    raise RefusedData(message)
