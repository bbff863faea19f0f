"""Every phrase a finding may say, in both languages; arguments stand at {0}, {1} and so on."""

from collections.abc import Mapping
from types import MappingProxyType

from suites.lie_wordings import LIES
from suites.sum_wordings import HIDDEN_DATA, SUMS
from suites.wordings_kiosk import KIOSK
from suites.words import Title

# A comparison says what it compares; the notation is the catalogue's.
READINGS = {
    "value": Title("{0} = {1}", "{0} = {1}"),
    "value-other": Title("{0} is not {1}", "{0} 不为 {1}"),
    "value-among": Title("{0} is one of {1}", "{0} 为 {1} 之一"),
    "value-between": Title("{0} is between {1} and {2}", "{0} 在 {1} 与 {2} 之间"),
    "number-moves": Title("{0} moves by {1}", "{0} 变化 {1}"),
    "number-seen": Title("{0} was seen {1}×", "{0} 观察到 {1} 次"),
    "same-values": Title("{0} equals {1}", "{0} 等于 {1}"),
    "nothing-seen": Title("{0} was not seen", "未观察到 {0}"),
    "no-transaction": Title("no transaction of the case was recorded", "未记录到案例规定的交易"),
    "transaction-missing": Title("transaction {0} was not recorded", "未记录到第 {0} 笔交易"),
    "times": Title("{0}: {1}×", "{0}：{1} 次"),
    "times-or-more": Title("{0}: {1}× or more", "{0}：至少 {1} 次"),
    "times-between": Title("{0}: {1}× to {2}×", "{0}：{1} 至 {2} 次"),
    "times-so-far": Title("{0}: {1}×, but the end was not recorded", "{0}：{1} 次，但未记录到结束"),
    "order": Title("in this order: {0}", "依此顺序：{0}"),
    "order-missing": Title("{0} did not happen", "{0} 未发生"),
    "order-open": Title(
        "{0} did not happen, but the end was not recorded", "{0} 未发生，但未记录到结束"
    ),
    "asks-00": Title("{0} asks for an AAC (00)", "{0} 请求AAC(00)"),
    "asks-40": Title("{0} asks for a TC (40)", "{0} 请求TC(40)"),
    "asks-80": Title("{0} asks for an ARQC (80)", "{0} 请求ARQC(80)"),
    "asks-C0": Title("{0} asks for what is not defined (C0)", "{0} 请求未定义的密文类型(C0)"),
}

# What a device shows, prints and passes on.
TOLD = {
    "shown": Title("shown: {0}", "显示：{0}"),
    "not-shown": Title("not shown: {0}", "未显示：{0}"),
    "all-commands-sent": Title(
        "every command of the issuer's scripts is sent to the card as it came",
        "发卡行脚本的每条命令均原样发送给卡片",
    ),
    "commands-sent": Title("{0} of {1} commands were sent", "{1}条命令中发送了{0}条"),
    "objects-there": Title("{0} has {1}", "{0} 含 {1}"),
    "objects-missing": Title("{0} lacks {1}", "{0} 缺少 {1}"),
    "field-absent": Title("{0} is absent", "{0} 不存在"),
    "receipt-data": Title(
        "the receipt shows AID, label, cryptogram, TVR, TSI and ATC, and not the whole card number",
        "单据打印AID、应用标签、密文、TVR、TSI与ATC，且屏蔽卡号",
    ),
    "log-read": Title(
        "the records of the log are read from {0} to the last", "从第{0}条起逐条读取明细至末条"
    ),
    "log-shown": Title("the records of the log are shown", "显示交易明细"),
    "clock-agrees": Title(
        "9A and 9F21 are the time of the bench, two minutes more or less",
        "9A与9F21和测试台时钟相差不超过2分钟",
    ),
    "uploaded": Title(
        "what was approved offline reaches the host with its TC",
        "脱机批准的交易连同TC上送主机",
    ),
    "uploaded-otherwise": Title("{0}: {1}, expected {2}", "{0}：{1}，应为 {2}"),
    "steps-by-one": Title("{0} goes up by 1 each time", "{0} 逐笔加1"),
    "numbers-seen": Title("{0}: {1}", "{0}：{1}"),
    "bits-kept": Title("{0} has every bit of {1}", "{0} 含 {1} 的所有置位"),
}

OUTCOMES = {
    "outcome-OFF_APP": Title("approved offline", "脱机批准"),
    "outcome-ON_APP": Title("approved online", "联机批准"),
    "outcome-OFF_DEC": Title("declined offline", "脱机拒绝"),
    "outcome-ON_DEC": Title("declined online", "联机拒绝"),
    "outcome-TERM": Title("terminated without a decision", "交易终止(未作决定)"),
    "outcome-RESEL": Title("back to application selection", "返回应用选择"),
    "outcome-OTHER_IF": Title("use another interface", "改用其他界面"),
    "outcome-CANCEL": Title("cancelled", "已取消"),
    "outcome-RETAP": Title("present the card again", "请重新出示卡片"),
    "outcome-NOT_STARTED": Title("not started", "未开始"),
    "outcome-NOT_SIGNED_ON": Title("not signed on", "未签到"),
}

# JR/T 0025.6 and EMV 4.1 Book 3, Annex C5; "{0} = {1}" with the bit's name between.
_TVR_BITS = {
    "1.8": ("offline data authentication not performed", "未进行脱机数据认证"),
    "1.7": ("SDA failed", "静态数据认证失败"),
    "1.6": ("ICC data missing", "IC卡数据缺失"),
    "1.5": ("card on the exception file", "卡片在终端异常文件中"),
    "1.4": ("DDA failed", "动态数据认证失败"),
    "1.3": ("CDA failed", "复合动态数据认证失败"),
    "1.2": ("SDA selected (EMV 4.2 and later)", "已选SDA(EMV 4.2起)"),
    "2.8": ("application versions differ", "IC卡与终端应用版本不一致"),
    "2.7": ("expired application", "应用已过期"),
    "2.6": ("application not yet effective", "应用尚未生效"),
    "2.5": ("requested service not allowed", "卡片不允许所请求的服务"),
    "2.4": ("new card", "新卡"),
    "3.8": ("cardholder verification failed", "持卡人验证失败"),
    "3.7": ("unrecognised CVM", "未知的CVM"),
    "3.6": ("PIN try limit exceeded", "PIN重试次数超限"),
    "3.5": ("PIN pad absent or not working", "无密码键盘或键盘故障"),
    "3.4": ("PIN pad present, PIN not entered", "有密码键盘但未输入PIN"),
    "3.3": ("online PIN entered", "已输入联机PIN"),
    "4.8": ("transaction exceeds the floor limit", "交易超过最低限额"),
    "4.7": ("lower consecutive offline limit exceeded", "超过连续脱机交易下限"),
    "4.6": ("upper consecutive offline limit exceeded", "超过连续脱机交易上限"),
    "4.5": ("selected randomly for online processing", "交易被随机选择联机处理"),
    "4.4": ("merchant forced the transaction online", "商户要求联机交易"),
    "5.8": ("default TDOL used", "使用缺省TDOL"),
    "5.7": ("issuer authentication failed", "发卡行认证失败"),
    "5.6": ("script failed before the final GENERATE AC", "最后GENERATE AC前脚本失败"),
    "5.5": ("script failed after the final GENERATE AC", "最后GENERATE AC后脚本失败"),
}
_TSI_BITS = {
    "1.8": ("offline data authentication performed", "已进行脱机数据认证"),
    "1.7": ("cardholder verification performed", "已进行持卡人验证"),
    "1.6": ("card risk management performed", "已进行卡片风险管理"),
    "1.5": ("issuer authentication performed", "已进行发卡行认证"),
    "1.4": ("terminal risk management performed", "已进行终端风险管理"),
    "1.3": ("script processing performed", "已进行脚本处理"),
}
TVR_BITS = {
    f"tvr-{bit}": Title(f"{{0}} ({en}) = {{1}}", f"{{0}}({zh}) = {{1}}")
    for bit, (en, zh) in _TVR_BITS.items()
}
TSI_BITS = {
    f"tsi-{bit}": Title(f"{{0}} ({en}) = {{1}}", f"{{0}}({zh}) = {{1}}")
    for bit, (en, zh) in _TSI_BITS.items()
}

EXPOSURE = {
    "object-sent": Title("{0} = {1} is sent to the terminal", "向终端发送 {0} = {1}"),
    "aids-tried": Title("SELECT is sent for each of {0}", "对下列各AID发送SELECT：{0}"),
    "aids-seen": Title("SELECT was sent for {0}", "已发送SELECT的AID：{0}"),
    "list-values": Title(
        "the data of {0} hold the values of terminal and card for {1}",
        "{0} 的数据中 {1} 为终端与卡片的值",
    ),
    "values-distinct": Title("no value of {0} comes twice", "{0} 的值互不相同"),
    "record-read": Title("this record is read: {0}", "读取此记录：{0}"),
    "object-withheld": Title("a card without {0} is read", "读取不含 {0} 的卡片"),
    "object-not-sent": Title("{0} was never sent", "从未发送 {0}"),
    "object-otherwise": Title("{0} was sent as {1}", "所发送的 {0} 为 {1}"),
    "card-not-read": Title("the records of the card were not read", "未读取卡片记录"),
    "rule-fires": Title("the rule fires: {0}", "规则触发：{0}"),
    "rule-idle": Title("the rule did not fire", "规则未触发"),
    "setting-taken": Title(
        "the terminal acknowledges the setting {0} = {1}", "终端确认参数 {0} = {1}"
    ),
    "setting-open": Title("no acknowledgement was recorded", "未记录到确认"),
    "act-done": Title("done and reported: {0}", "已执行并报告：{0}"),
    "act-not-asked": Title("the act was not reached", "未执行到该操作"),
    "act-not-reported": Title("no report was recorded", "未记录到报告"),
    "act-refused": Title("the terminal reported {0}", "终端报告 {0}"),
}

ACTION_ANALYSIS = {
    "decision": Title(
        "{0} asks for {1}, as action analysis of TVR {2} says",
        "{0} 请求 {1}，依对TVR {2} 的终端行为分析",
    ),
    "decision-data-missing": Title(
        "what action analysis needs was not recorded: {0}", "终端行为分析所需数据未记录：{0}"
    ),
    "outcome-follows": Title("the card answered {0}: {1}", "卡片应答 {0}：{1}"),
    "approved": Title("the transaction is approved", "交易批准"),
    "not-approved": Title("the transaction is not approved", "交易未批准"),
    "tvr-all-zero": Title("all bits of {0} zero but {1}", "{0} 除 {1} 外各位为0"),
}

INVARIANTS = {
    "inv-01": Title(
        "at most two GENERATE AC, the second only after an ARQC",
        "GENERATE AC 至多两次，第二次仅在应答为ARQC之后",
    ),
    "gac-count": Title("{0} GENERATE AC", "{0} 次 GENERATE AC"),
    "gac-2-after": Title(
        "a second GENERATE AC after the answer {0}", "应答 {0} 之后又发送第二次 GENERATE AC"
    ),
    "inv-02": Title(
        "the data of GENERATE AC follow the CDOL, byte for byte",
        "GENERATE AC 的数据逐字节符合CDOL",
    ),
    "dol-unreadable": Title("{0}: {1}", "{0}：{1}"),
    "dol-element": Title("{0}: {1} is {2}, expected {3}", "{0}：{1} 为 {2}，应为 {3}"),
    "inv-04": Title(
        "READ RECORD goes through the AFL once, in order: {0}", "READ RECORD 依AFL逐条且仅一次：{0}"
    ),
    "records-read": Title("read: {0}", "实际读取：{0}"),
    "inv-05": Title("command headers follow the standard", "命令头符合标准"),
    "header-wrong": Title("{0} is sent as {1}: {2}", "{0} 发送为 {1}：{2}"),
    "inv-06": Title(
        "no command to the application after it ended, no second GPO without a new selection",
        "应用结束后不再发送命令，未重新选择不再次发送GPO",
    ),
    "command-after-end": Title("{0} was sent after: {1}", "{0} 发送于此后：{1}"),
    "inv-07": Title(
        "INTERNAL AUTHENTICATE, VERIFY and EXTERNAL AUTHENTICATE stand in their place",
        "INTERNAL AUTHENTICATE、VERIFY、EXTERNAL AUTHENTICATE 的位置与次数正确",
    ),
    "command-misplaced": Title("{0}: {1}", "{0}：{1}"),
    "inv-08": Title("bits of TVR and TSI are never cleared", "TVR与TSI已置的位不得清除"),
    "bits-cleared": Title("{0} went from {1} to {2}", "{0} 由 {1} 变为 {2}"),
    "inv-09": Title("reserved bits of TVR and TSI are zero", "TVR与TSI保留位为0"),
    "bits-reserved": Title("{0} is {1}", "{0} 为 {1}"),
    "inv-10": Title(
        "TVR 1.8 and TSI 1.8 agree with offline data authentication by {0}",
        "TVR 1.8 与 TSI 1.8 与脱机数据认证方法 {0} 一致",
    ),
    "inv-11": Title(
        "9F37 has 4 bytes and differs between transactions", "9F37 为4字节且各笔交易不同"
    ),
    "numbers-equal": Title("{0} in more than one transaction", "{0} 出现于多笔交易"),
    "number-length": Title("9F37 is {0}", "9F37 为 {0}"),
    "inv-12": Title(
        "DE55 repeats what terminal and card said to each other",
        "DE55 与终端和卡片间的数据一致",
    ),
    "element-differs": Title("{0} {1} is {2}, expected {3}", "{0} {1} 为 {2}，应为 {3}"),
    "de55-unreadable": Title("DE55 of {0} cannot be read: {1}", "{0} 的DE55无法解析：{1}"),
    "inv-13": Title("the amount is the same everywhere", "各处金额一致"),
    "seen-as": Title("{0}", "{0}"),
    "inv-14": Title("8A in GAC2 is one of {0}", "GAC2 中 8A 为 {0} 之一"),
    "inv-15": Title(
        "an authorisation is sent only after an ARQC", "仅在应答为ARQC之后发送联机授权"
    ),
    "inv-16": Title(
        "approved only if the last GENERATE AC returned a TC",
        "仅当最后一次 GENERATE AC 返回TC时批准",
    ),
    "inv-17": Title(
        "what the host approved and the card did not complete is reversed",
        "主机批准而卡片未完成的交易须冲正",
    ),
    "reversed": Title("a reversal was sent", "已发送冲正"),
    "not-reversed": Title("no reversal was sent", "未发送冲正"),
    "last-answer": Title("the last answer is {0}", "最后应答为 {0}"),
    "holds": Title("so it is", "符合"),
}

# What messages of a host leg carry, and in which order they come.
MESSAGES = {
    "value-not-among": Title("{0} is none of {1}", "{0} 不为 {1}"),
    "merchant-data": Title(
        "DE18 {0} and DE43 with {1}, as the ICS has the merchant",
        "18域 {0}、43域含 {1}，与ICS商户一致",
    ),
    "fields-carried": Title("{0} carries DE{1}", "{0} 含域 {1}"),
    "fields-missing": Title("{0} has no DE{1}", "{0} 缺域 {1}"),
    "fields-left-out": Title("{0} carries none of DE{1}", "{0} 不含域 {1}"),
    "fields-there": Title("{0} carries DE{1}", "{0} 含域 {1}"),
    "fields-only": Title("{0} carries no field but DE{1}", "{0} 除域 {1} 外不含其他域"),
    "comes-between": Title("after {0}, {1} comes before {2}", "{0} 之后，{1} 先于 {2}"),
    "nothing-between": Title("no {0} before {1}", "{1} 之前没有 {0}"),
    "value-constant": Title("{0} is the same each time", "{0} 每次相同"),
    "differs-from": Title("{0} differs from {1}", "{0} 与 {1} 不同"),
    "values-differ": Title("{0} differs each time", "{0} 各不相同"),
    "ic-data-whole": Title(
        "DE55 of {0} has {1}, each tag once and in its length",
        "{0} 的55域含 {1}，各标签一次且长度正确",
    ),
    "ic-data-size": Title("DE55 of {0} has {1} bytes", "{0} 的55域为 {1} 字节"),
    "ic-data-missing": Title("DE55 of {0} has no {1}", "{0} 的55域缺 {1}"),
    "ic-data-twice": Title("DE55 of {0} has {1} twice", "{0} 的55域中 {1} 重复"),
    "ic-data-length": Title("DE55 of {0} has {1} in {2} bytes", "{0} 的55域中 {1} 为 {2} 字节"),
    "settlement-totals": Title("totals: {0}", "总计：{0}"),
    "every-tc-uploaded": Title(
        "the TC of every approved chip sale comes in an upload {0}",
        "每笔批准的芯片消费的TC均以 {0} 上送",
    ),
    "tc-missing": Title("TC {0} was not uploaded", "TC {0} 未上送"),
    "only-tcs-uploaded": Title(
        "every upload {0} is the TC of an approved chip transaction",
        "{0} 上送的均为批准的芯片联机交易的TC",
    ),
    "tc-unknown": Title("{0} is the TC of no such transaction", "{0} 不是此类交易的TC"),
    "items-in-log": Title(
        "every item is a transaction of the batch", "每个明细均为本批交易"
    ),
    "item-unknown": Title("item {0} is no such transaction", "明细 {0} 不是此类交易"),
    "frame-lengths": Title(
        "LEN of each frame counts what follows it", "每个报文的长度等于其后的字节数"
    ),
    "frame-length": Title("LEN is {0}, {1} bytes follow", "长度为 {0}，其后 {1} 字节"),
}

# What a recording of others shows; the card's own rule, no condition on the terminal.
OBSERVATIONS = {
    "ea-accepted": Title(
        "EXTERNAL AUTHENTICATE is answered 9000", "EXTERNAL AUTHENTICATE 应答 9000"
    ),
    "ea-refused": Title(
        "EXTERNAL AUTHENTICATE with {1} bytes is answered {0}",
        "EXTERNAL AUTHENTICATE 发送{1}字节，应答 {0}",
    ),
    "ea-without-response-code": Title(
        "EXTERNAL AUTHENTICATE is answered {0} (wrong length): {1} bytes were sent where this card"
        " wants 10: the ARPC (8) and the response code (2)",
        "EXTERNAL AUTHENTICATE 应答 {0}(长度错误)：发送了{1}字节，而此卡要求10字节："
        "ARPC(8)加授权响应码(2)",
    ),
    "asks-after-refused-ea": Title(
        "after a failed issuer authentication the terminal goes on with the host's decision and"
        " the card decides",
        "发卡行认证失败后终端仍按主机决定继续，由卡片决定",
    ),
}

# What a contactless terminal does with a tap.
TAPS = {
    "tap-closed": Title(
        "no card is asked without contacts (rule {0})", "不得以非接触方式受理(规则 {0})"
    ),
    "tap-path": Title(
        "what follows GPO is of the path {0}", "GPO之后的命令符合路径 {0}"
    ),
    "tap-commands": Title("after GPO: {0}", "GPO之后：{0}"),
    "fdda-verified": Title(
        "fast DDA verifies: the host is not asked", "fDDA成功：不得请求联机"
    ),
    "fdda-failed-online": Title(
        "fast DDA fails, 9F6C wants the host asked: not approved offline",
        "fDDA失败，9F6C要求联机：不得脱机批准",
    ),
    "fdda-failed-other_interface": Title(
        "fast DDA fails, 9F6C wants another interface", "fDDA失败，9F6C要求改用其他界面"
    ),
    "fdda-failed-decline": Title(
        "fast DDA fails: declined, the host is not asked", "fDDA失败：拒绝，不请求联机"
    ),
    "taps-paid": Title(
        "each offline approval was paid by a card", "每笔脱机批准均有卡片扣款"
    ),
    "taps-counted": Title(
        "{0} offline approvals, {1} payments of a card", "脱机批准 {0} 笔，卡片扣款 {1} 次"
    ),
    "all-differ": Title("all values of {0} differ", "{0} 的各值互不相同"),
}

WORDINGS: Mapping[str, Title] = MappingProxyType(
    READINGS
    | TOLD
    | TAPS
    | OUTCOMES
    | TVR_BITS
    | TSI_BITS
    | EXPOSURE
    | ACTION_ANALYSIS
    | INVARIANTS
    | MESSAGES
    | OBSERVATIONS
    | KIOSK
    | HIDDEN_DATA
    | SUMS
    | LIES
)
