"""What the codes of a direct POS mean, in both languages (host and kiosk facts, 1.3 to 1.10).

By the label of the field, or by the number of its part. A code that is not here is no error: hosts
and acquirers have others.
"""

from collections.abc import Mapping
from types import MappingProxyType

from adapters.codec.bit_tables import Words

Codes = Mapping[str, Words]

# 1.3.
PAN_ENTRY_22: Codes = {
    "00": ("unspecified", "未指明"),
    "01": ("by hand", "手工"),
    "02": ("magnetic stripe", "磁条"),
    "03": ("bar code", "条码"),
    "05": ("contact IC", "接触式IC卡"),
    "07": ("qPBOC", "快速支付"),
    "90": ("magnetic stripe, reliable", "磁条，可靠"),
    "91": ("contactless, magnetic-stripe data", "非接触式磁条数据"),
    "92": ("reservation", "预约支付"),
    "95": ("IC, data not reliable", "IC卡，数据不可靠"),
    "96": ("chip of a telephone, contactless", "手机芯片，非接触"),
    "98": ("standard debit/credit, contactless", "标准借贷记，非接触"),
}
PIN_ENTRY_22: Codes = {
    "0": ("unspecified", "未指明"),
    "1": ("PIN present", "包含PIN"),
    "2": ("no PIN", "不包含PIN"),
}
# 1.4.
CONDITIONS_25: Codes = {
    "00": ("normal", "正常"),
    "06": ("pre-authorisation", "预授权"),
    "08": ("mail or telephone order", "邮购或电话订购"),
    "18": ("pre-authorisation by mail or telephone", "邮购或电话预授权"),
    "60": ("additional pre-authorisation", "追加预授权"),
    "64": ("instalments", "分期付款"),
    "65": ("loyalty points", "积分"),
    "66": ("load of a magnetic-stripe account", "磁条卡账户充值"),
    "67": ("reservation", "预约"),
    "91": ("load of electronic cash or purse", "电子现金或电子钱包圈存"),
}
# 1.10.
RESPONSES_39: Codes = {
    "00": ("approved", "批准"),
    "01": ("refer to issuer", "查发卡行"),
    "03": ("merchant not registered", "商户未登记"),
    "04": ("pick up the card", "没收卡"),
    "05": ("do not honour", "不予承兑"),
    "06": ("error", "出错"),
    "07": ("pick up, special condition", "没收卡，特殊条件"),
    "09": ("request in progress", "处理中"),
    "10": ("partial approval", "部分承兑"),
    "11": ("approved, VIP", "批准，贵宾"),
    "12": ("invalid transaction", "无效交易"),
    "13": ("invalid amount", "无效金额"),
    "14": ("invalid card number", "无效卡号"),
    "15": ("no such issuer", "无此发卡行"),
    "21": ("no action", "不作处理"),
    "22": ("suspected malfunction", "疑似故障"),
    "25": ("original not found", "找不到原始交易"),
    "30": ("format error", "报文格式错误"),
    "34": ("fraud, retain the card", "欺诈，没收卡"),
    "38": ("PIN tries exceeded, retain the card", "PIN次数超限，没收卡"),
    "40": ("not supported", "不支持"),
    "41": ("lost card", "挂失卡"),
    "43": ("stolen card", "失窃卡"),
    "45": ("fallback refused", "不允许降级交易"),
    "51": ("insufficient funds", "资金不足"),
    "54": ("expired card", "卡过期"),
    "55": ("wrong PIN", "PIN错误"),
    "57": ("not permitted to this card", "此卡不允许该交易"),
    "58": ("not permitted at this terminal", "此终端不允许该交易"),
    "59": ("suspected fraud", "疑似欺诈"),
    "61": ("amount limit exceeded", "金额超限"),
    "62": ("restricted card", "受限制的卡"),
    "64": ("amount does not match the original", "与原交易金额不符"),
    "65": ("count limit exceeded", "次数超限"),
    "68": ("time-out at the switch", "转接中心超时"),
    "75": ("PIN tries exceeded", "PIN次数超限"),
    "77": ("batch number mismatch", "批次号不符"),
    "90": ("day-end cut-over", "日终切换"),
    "91": ("issuer unavailable", "发卡行不可用"),
    "92": ("route fault", "路由故障"),
    "94": ("duplicate", "重复交易"),
    "96": ("malfunction of the switch or the POS", "转接中心或POS故障"),
    "97": ("terminal not registered", "终端未登记"),
    "98": ("no answer in time", "未及时应答"),
    "99": ("PIN format error", "PIN格式错"),
    "A0": ("MAC error", "MAC校验错"),
}
# 1.5.
SECURITY_53: Mapping[str, Codes] = {
    "53.1": {
        "0": ("no PIN", "无PIN"),
        "1": ("PIN block without PAN", "PIN不带主账号"),
        "2": ("PIN block with PAN", "PIN带主账号"),
    },
    "53.2": {
        "0": ("single-length DES", "单倍长密钥算法"),
        "6": ("double-length 3DES", "双倍长密钥算法"),
    },
    "53.3": {"0": ("in the clear", "不加密"), "1": ("enciphered", "加密")},
}
# 1.7.
TRANSACTIONS_60_1: Codes = {
    "00": ("management", "管理类"),
    "01": ("balance inquiry", "余额查询"),
    "10": ("pre-authorisation", "预授权"),
    "11": ("pre-authorisation void", "预授权撤销"),
    "20": ("pre-authorisation completion", "预授权完成请求"),
    "21": ("completion void", "预授权完成撤销"),
    "22": ("sale", "消费"),
    "23": ("void of a sale", "消费撤销"),
    "24": ("pre-authorisation completion, advice", "预授权完成通知"),
    "25": ("refund", "退货"),
    "27": ("offline refund", "脱机退货"),
    "30": ("offline sale", "离线结算"),
    "32": ("adjustment", "离线调整"),
    "34": ("tip", "离线调整(小费)"),
    "36": ("IC offline sale", "脱机消费上送"),
    "40": ("load", "圈存"),
    "41": ("e-purse load", "电子钱包圈存"),
    "42": ("e-purse load", "电子钱包圈存"),
    "45": ("load, designated account", "指定账户圈存"),
    "46": ("cash load", "现金充值圈存"),
    "47": ("load, non-designated account", "非指定账户圈存"),
    "51": ("cash load void", "现金充值撤销"),
}
# 1.6.
NETWORK_60_3: Codes = {
    "000": ("financial", "金融类"),
    "001": ("sign-on, keys of single length", "签到，单倍长密钥"),
    "002": ("sign-off", "签退"),
    "003": ("sign-on, keys of double length", "签到，双倍长密钥"),
    "004": ("sign-on, with a track key", "签到，含磁道密钥"),
    "201": ("settlement or batch upload", "批结算或批上送"),
    "202": ("end of batch upload, not balanced", "批上送结束，对账不平"),
    "203": ("TC upload, balanced", "IC卡联机成功交易上送，对账平"),
    "204": ("failed IC transaction upload, balanced", "IC卡失败交易上送，对账平"),
    "205": ("TC upload, not balanced", "IC卡联机成功交易上送，对账不平"),
    "206": ("failed IC transaction upload, not balanced", "IC卡失败交易上送，对账不平"),
    "207": ("end of batch upload, balanced", "批上送结束，对账平"),
    "301": ("echo test", "回响测试"),
    "360": ("terminal parameter download", "终端参数下载"),
    "361": ("end of parameter download", "终端参数下载结束"),
    "362": ("terminal status upload", "终端状态上送"),
    "364": ("TMS parameter download", "TMS参数下载"),
    "365": ("end of TMS parameter download", "TMS参数下载结束"),
    "370": ("CA public key download", "IC卡公钥下载"),
    "371": ("end of CA public key download", "IC卡公钥下载结束"),
    "372": ("CA public key query", "IC卡公钥查询"),
    "380": ("IC parameter download", "IC卡参数下载"),
    "381": ("end of IC parameter download", "IC卡参数下载结束"),
    "382": ("IC parameter query", "IC卡参数查询"),
    "390": ("black list download", "黑名单下载"),
    "391": ("end of black list download", "黑名单下载结束"),
    "401": ("cashier's sign-on", "收银员签到"),
    "951": ("script result notice", "脚本结果通知"),
}
# 1.6 with its remark on terminals that always send 0 or 2.
PRIVATE_60: Mapping[str, Codes] = {
    "60.1": TRANSACTIONS_60_1,
    "60.3": NETWORK_60_3,
    "60.4": {
        "0": ("unknown", "不可知"),
        "2": ("magnetic stripe only", "仅磁条"),
        "5": ("contact IC", "接触式IC卡"),
        "6": ("contact and contactless IC", "接触式和非接触式IC卡"),
    },
    "60.5": {
        "0": ("not used", "未使用"),
        "1": ("the one before was no IC, or a good one", "上一笔不是IC卡交易或成功"),
        "2": ("the one before was IC and failed, or fallback", "上一笔IC卡交易失败或降级"),
    },
    "60.6": {"0": ("not supported", "不支持"), "1": ("supported", "支持")},
    "60.7": {
        "048": ("points of the issuer", "发卡行积分"),
        "065": ("points of an alliance", "联盟积分"),
    },
}
CODES: Mapping[str, Codes] = MappingProxyType(
    {
        "22.1": PAN_ENTRY_22,
        "22.2": PIN_ENTRY_22,
        "DE25": CONDITIONS_25,
        "DE39": RESPONSES_39,
        **SECURITY_53,
        **PRIVATE_60,
    }
)
