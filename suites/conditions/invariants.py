"""The global invariants: conditions judged on every attempt unless its case sets them aside.

One that finds nothing to look at has no finding: it neither passes nor is inconclusive.
"""

from collections.abc import Mapping
from types import MappingProxyType

from adapters.events import Port
from suites.conditions import card_invariants as card
from suites.conditions import hidden_data, sums
from suites.conditions import host_invariants as host
from suites.conditions.condition import Condition
from suites.conditions.invariant import in_each_scene, over_all_scenes
from suites.words import Title

CARD = (Port.ICC,)
CARD_AND_HOST = (Port.ICC, Port.HOST_T)
CARD_AND_OPERATOR = (Port.ICC, Port.OPERATOR)
OPERATOR = (Port.OPERATOR,)

_CONDITIONS = (
    in_each_scene("INV-01", card.at_most_two_generate_acs, CARD),
    in_each_scene("INV-02", card.generate_ac_data_follow_the_list, CARD),
    in_each_scene("INV-03", card.asks_what_action_analysis_says, CARD),
    in_each_scene("INV-04", card.records_follow_the_file_locator, CARD),
    in_each_scene("INV-05", card.headers_follow_the_table, CARD),
    in_each_scene("INV-06", card.nothing_after_the_end, CARD),
    in_each_scene("INV-07", card.authentications_in_their_place, CARD),
    in_each_scene("INV-08", card.bits_stay_set, CARD),
    in_each_scene("INV-09", card.reserved_bits_are_zero, CARD),
    in_each_scene("INV-10", card.authentication_bits_agree, CARD),
    over_all_scenes("INV-11", card.unpredictable_numbers_differ, CARD),
    in_each_scene("INV-12", host.ic_data_repeat_the_card, CARD_AND_HOST),
    in_each_scene("INV-13", host.amounts_are_one, CARD),
    in_each_scene("INV-14", host.response_code_is_the_hosts, CARD_AND_HOST),
    in_each_scene("INV-15", host.online_only_after_arqc, CARD_AND_HOST),
    in_each_scene("INV-16", host.approved_only_with_tc, CARD_AND_OPERATOR),
    in_each_scene("INV-17", host.uncompleted_is_reversed, CARD_AND_HOST),
    in_each_scene("INV-18", hidden_data.numbers_are_hidden, OPERATOR),
    over_all_scenes("INV-19", sums.sums_agree, OPERATOR),
)
INVARIANTS: Mapping[str, Condition] = MappingProxyType(
    {condition.notation: condition for condition in _CONDITIONS}
)
# What of them no recording can show.
LEFT_OUT: Mapping[str, Title] = MappingProxyType(
    {
        "INV-18": Title(
            "a PIN is blanked before it is recorded: only the digits of the test PIN, where the"
            " bench saw it entered, are looked for elsewhere; a terminal's own logs are not seen",
            "PIN在记录前已遮蔽：仅当测试台确认输入的是测试PIN时，才在他处查找其数字；"
            "终端自身的日志不可见",
        ),
        "INV-19": Title(
            "what is pending when a recording ends is not judged; totals are compared with the"
            " sales of the attempt alone",
            "记录结束时尚未完成的事项不作判定；结算总计仅与本次尝试内的交易核对",
        ),
    }
)
