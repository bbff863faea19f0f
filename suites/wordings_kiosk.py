"""What findings about kiosks say, in both languages."""

from suites.words import Title

KIOSK = {
    "power-cut": Title("the power was cut: {0}", "已断电：{0}"),
    "power-on": Title("the kiosk did not get that far", "终端未到达该状态"),
    "settled": Title(
        "what was charged is written off or reversed, not both, not neither",
        "已扣款交易或已销账、或已冲正，不得两者兼有，不得两者皆无",
    ),
    "settled-seen": Title("{0} charges, each settled once", "{0} 笔扣款，均已了结一次"),
    "settled-both": Title(
        "STAN {0} was written off and reversed", "流水号 {0} 既已销账又已冲正"
    ),
    "settled-neither": Title(
        "STAN {0} was neither written off nor reversed", "流水号 {0} 既未销账也未冲正"
    ),
    "settled-open": Title(
        "STAN {0} is not settled, but the end was not recorded", "流水号 {0} 未了结，但未记录到结束"
    ),
    "bill-amounts": Title(
        "bill, charge and what the biller was told are one amount",
        "账单金额、扣款金额与上送收费单位的金额一致",
    ),
    "bill-amounts-seen": Title(
        "bill {0}, charge {1}, told {2}", "账单 {0}，扣款 {1}，上送 {2}"
    ),
    "bill-linked": Title(
        "message or journal links the charge to its bill", "报文或流水日志将扣款与账单关联"
    ),
    "bill-link-seen": Title("STAN {0} stands beside bill {1}", "流水号 {0} 与账单 {1} 已关联"),
    "bill-link-missing": Title(
        "nothing links STAN {0} to its bill", "流水号 {0} 未与账单关联"
    ),
    "journal-unread": Title("the journal was not read", "未读取流水日志"),
    "totals-agree": Title(
        "kiosk, acquirer and biller have the same totals", "终端、收单与收费单位的总计一致"
    ),
    "totals-seen": Title(
        "kiosk {0}, acquirer {1}, biller {2}", "终端 {0}，收单 {1}，收费单位 {2}"
    ),
    "all-differ": Title("{0} is another one every time", "{0} 每次不同"),
    "seen-twice": Title("{0} = {1} was seen more than once", "{0} = {1} 多次出现"),
    "too-few": Title("{0} was seen {1}×", "{0} 仅观察到 {1} 次"),
    "pin-tries": Title("the PIN is sent {0}× at most", "密码至多上送 {0} 次"),
    "pin-tries-seen": Title("{0} requests", "{0} 次请求"),
    "paper-warned": Title(
        "the screen speaks of the missing slip before the card", "插卡前屏幕提示无法打印凭条"
    ),
    "screen-says": Title("the screen says: {0}", "屏幕显示：{0}"),
    "screen-silent": Title("the screen does not say so", "屏幕未作提示"),
    "screen-cleared": Title(
        "the bill is not on the screen any more", "屏幕上不再显示账单"
    ),
    "screen-still": Title("the bill is still on the screen", "屏幕仍显示账单"),
    "journal-anonymous": Title(
        "the journal names no customer and no account", "流水日志不含用户姓名与户号"
    ),
    "journal-lines": Title("{0} lines of the journal", "流水日志 {0} 行"),
    "journal-names": Title("a line of the journal does", "流水日志中有一行含此内容"),
    "reprinted": Title("the slip is printed again", "凭条可补打"),
    "slips-seen": Title("{0} slips were printed then", "此时打印凭条 {0} 张"),
    "customer-told": Title(
        "the customer is told how the payment stands", "屏幕告知用户缴费状态"
    ),
    "balance-shown": Title(
        "the balance on the screen is that of the card", "屏幕显示的余额与卡片一致"
    ),
    "balance-seen": Title("card {0}, screen: {1}", "卡片 {0}，屏幕：{1}"),
    "loaded": Title(
        "the balance of the card grew by the amount", "卡片余额增加额等于圈存金额"
    ),
    "loaded-seen": Title("{0} and {1} made {2}", "{0} 加 {1} 后为 {2}"),
    "slip-balances": Title(
        "the slip shows the balance before and after", "凭条打印圈存前后余额"
    ),
    "slip-lacks": Title("it does not show {0}", "凭条未打印 {0}"),
    "retained-recorded": Title(
        "the journal has the retained card, its number masked, and the time",
        "流水日志记录吞卡、屏蔽后的卡号与时间",
    ),
    "retained-unrecorded": Title("it has no such line", "无此记录"),
    "idle-within": Title("idle again within {0} s", "{0} 秒内返回首页"),
    "idle-after": Title("after {0} s", "{0} 秒后"),
    "time-unknown": Title("the time was not recorded", "未记录到时间"),
}
