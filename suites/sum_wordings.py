"""What INV-18 and INV-19 say, in both languages."""

from suites.words import Title

HIDDEN_DATA = {
    "inv-18": Title(
        "receipt and screen do not show the whole card number", "凭条与屏幕不显示完整卡号"
    ),
    "number-shown": Title("the whole card number stands in: {0}", "完整卡号出现于：{0}"),
    "inv-18-pin": Title("a PIN is told nowhere but in DE52", "PIN仅出现于DE52"),
    "pin-reported": Title("the terminal reports a value named {0}", "终端报告了名为 {0} 的值"),
    "pin-shown": Title("the PIN that was entered stands in: {0}", "所输入的PIN出现于：{0}"),
}
SUMS = {
    "inv-19": Title("every party holds {0} of this sale", "各方就该笔交易所持金额均为 {0}"),
    "inv-19-nothing": Title(
        "nothing was approved, so no party holds anything", "交易未批准，各方均不持有款项"
    ),
    "receipt-sum": Title("the receipt says {0}", "凭条金额为 {0}"),
    "inv-19-unasked": Title(
        "approved without the host, which holds nothing", "未经主机批准，主机不持有款项"
    ),
    "reported-sum": Title("the terminal reports {0}", "终端报告金额 {0}"),
    "card-sum": Title("the card gave {0}", "卡片给出 {0}"),
    "host-sum": Title("the host holds {0}", "主机所持为 {0}"),
    "switch-sum": Title("the switch holds {0}", "转接中心所持为 {0}"),
    "biller-sum": Title("the biller was paid {0}", "收费单位已收 {0}"),
    "inv-19-offline": Title(
        "cards gave the {0} that were approved offline", "脱机批准的 {0} 均由卡片给出"
    ),
    "inv-19-reversal": Title("a reversal takes back {0}", "冲正金额为 {0}"),
    "reversal-sum": Title("{0} is taken back", "冲正了 {0}"),
    "inv-19-back": Title("at most {0} is given back", "退回不超过 {0}"),
    "sum-back": Title("{0} was given back", "退回了 {0}"),
    "inv-19-upload": Title(
        "the upload of {0} tells of one approved sale, once",
        "上送的 {0} 对应一笔已批准的交易且仅一次",
    ),
    "upload-sum": Title("{1} was uploaded with STAN {0}", "以流水号 {0} 上送了 {1}"),
    "inv-19-uploaded": Title(
        "the {0} approved offline are with the host after settlement",
        "结算后脱机批准的 {0} 已上送主机",
    ),
    "inv-19-forwarded": Title(
        "what was approved offline is not authorised again at the switch",
        "脱机批准的交易不再向转接中心请求授权",
    ),
    "asked-again": Title("{0} was asked for again", "再次请求授权 {0}"),
    "not-uploaded": Title("no upload was sent", "未上送"),
    "inv-19-debit-total": Title("the debits of the batch hold {0}", "批次借记总额含 {0}"),
    "inv-19-credit-total": Title("the credits of the batch hold {0}", "批次贷记总额含 {0}"),
    "debit-total": Title("the debits are {0}", "借记总额为 {0}"),
    "credit-total": Title("the credits are {0}", "贷记总额为 {0}"),
    "inv-19-balance": Title("the e-cash balance falls by {0}", "电子现金余额减少 {0}"),
    "balance-change": Title("the balance went from {0} to {1}", "余额由 {0} 变为 {1}"),
}
