"""The words of the self-test report in both languages: enums, identity fields, conclusions."""

from collections.abc import Mapping
from enum import StrEnum

from adapters.events import Direction, Kind
from suites.exit_codes import BENCH_BROKEN, CONFORMING, INCOMPLETE, NOT_CONFORMING
from suites.words import Title

TITLE = Title("Self-test report: financial IC card terminal", "金融IC卡受理终端自测报告")

MEANINGS: Mapping[int, Title] = {
    CONFORMING: Title(
        "Every run of the plan passed on the device as it was set.",
        "在所列设置下，计划内的每项测试均通过。",
    ),
    NOT_CONFORMING: Title(
        "At least one run failed and stays failed in this campaign. A changed device needs a new"
        " one.",
        "至少一项测试不通过。该结果在本次自测内不会消除；设备整改后须重新自测。",
    ),
    INCOMPLETE: Title(
        "Runs are missing, could not be decided or wait for a review. This is not conformity.",
        "有测试未执行、无法判定或待复核。不得视为符合。",
    ),
    BENCH_BROKEN: Title(
        "The bench itself was in trouble, so runs could not be judged. This is not conformity.",
        "测试台自身故障，部分测试无法评判。不得视为符合。",
    ),
}
LIMITS: tuple[Title, ...] = (
    Title(
        "This is a self-test by the institution named below. It is no approval, licence or"
        " inspection result by anybody.",
        "本报告由下列机构自行测试得出，不是任何机构的批准、许可或检验结论。",
    ),
    Title(
        "It speaks only of the device, the settings and the runs recorded in this bundle, and"
        " claims no more than the fidelity of the ports allows.",
        "结论只涉及本证据包所记录的设备、设置和测试，且不超出各端口逼真度所能支持的范围。",
    ),
    Title(
        "The signature shows that nothing was changed after sealing. It does not show who signed,"
        " nor that the recording was honest.",
        "签名只能证明封装后未被改动，不能证明签名者身份，也不能证明记录过程真实。",
    ),
)

NOT_RUN = Title("not run", "未执行")
NOT_IN_RELEASE = Title("a case this release does not know", "本版本未收录的案例")
UNPLANNED = Title("not in the plan", "不在计划内")
NOT_CLOSED = Title("the recording of this attempt was cut off", "本次测试的记录中断")
STALLED = Title(
    "the bench itself stood still during this attempt; what the device did then is not judged",
    "本次测试期间测试台自身停顿，其间设备的行为不作评判",
)
WALL_CLOCK_JUMPED = Title(
    "the wall clock of the bench jumped by {1} s before event {0}; no verdict rests on it",
    "事件 {0} 之前测试台日历时钟跳变 {1} 秒；评判不使用该时钟",
)
STOPPED = Title("stopped: {0}", "停止：{0}")
RESUMED = Title(
    "resumed at {0} behind line {1} of the journal; {2} bytes behind it were damaged and not used",
    "于 {0} 自记录第 {1} 行后继续；其后 {2} 字节损坏，未采用",
)
CUT_ATTEMPT = Title("cut off: {0}", "中断的测试：{0}")
MACHINE_RESTARTED = Title("the machine had been restarted", "其间机器重新启动")
YES, NO = Title("yes", "是"), Title("no", "否")

LEFT_OUT: Mapping[str, Title] = {
    "not-applicable": Title("not applicable", "不适用"),
    "withheld": Title("withheld", "暂缓"),
    "not-run": NOT_RUN,
}
FIDELITIES: Mapping[str, Title] = {
    "exact": Title("exact", "精确"),
    "functional": Title("functional", "功能等效"),
    "observed": Title("observed", "旁路观察"),
    "asserted-by-operator": Title("asserted by the operator", "操作员陈述"),
}
DIRECTIONS: Mapping[Direction, Title] = {
    Direction.FROM_IUT: Title("from the device", "来自被测设备"),
    Direction.TO_IUT: Title("to the device", "发往被测设备"),
    Direction.AT_BENCH: Title("at the bench", "测试台"),
}
KINDS: Mapping[Kind, Title] = {
    Kind.RESET: Title("reset", "复位"),
    Kind.COMMAND: Title("command", "命令"),
    Kind.RESPONSE: Title("response", "响应"),
    Kind.MESSAGE: Title("message", "报文"),
    Kind.ACT: Title("act", "操作"),
    Kind.REPORT: Title("report", "回报"),
    Kind.RULE: Title("rule fired", "规则触发"),
    Kind.SETTING: Title("setting", "参数设置"),
    Kind.PHASE: Title("phase", "阶段"),
}


class Item(StrEnum):
    """What rows of the report are about, apart from identity and ICS, which name their own."""

    CAMPAIGN = "campaign"
    DEVICE = "device"
    DEVICE_KIND = "device-kind"
    PROFILE = "profile"
    RUNNER = "runner"
    SEED = "seed"
    STARTED = "started"
    ENDED = "ended"
    EDITION = "edition"
    KEYS = "keys"
    VERSION = "version"
    COMMIT = "commit"
    CHANGED = "changed"
    JUDGE_OF_BUNDLE = "judge-of-bundle"
    JUDGE_OF_REPORT = "judge-of-report"
    CLAIMS = "claims"
    JOURNAL = "journal"
    FINDINGS = "findings"
    CHAIN = "chain"
    TREE = "tree"
    RECORDS = "records"
    ATTEMPTS = "attempts"
    SIGNER = "signer"
    STATION_KEY = "station-key"
    CHALLENGE = "challenge"
    ENVIRONMENT = "environment"


ITEMS: Mapping[Item, Title] = {
    Item.CAMPAIGN: Title("campaign", "自测编号"),
    Item.DEVICE: Title("device", "被测设备"),
    Item.DEVICE_KIND: Title("kind of device", "设备类别"),
    Item.PROFILE: Title("profile", "测试范围"),
    Item.RUNNER: Title("runner", "执行方式"),
    Item.SEED: Title("seed", "随机种子"),
    Item.STARTED: Title("started (UTC)", "开始时间(UTC)"),
    Item.ENDED: Title("ended in due form", "正常结束"),
    Item.EDITION: Title("edition of JR/T 0025", "JR/T 0025版本"),
    Item.KEYS: Title("test key sets", "测试密钥"),
    Item.VERSION: Title("release of Assay", "验金版本"),
    Item.COMMIT: Title("commit", "源代码提交"),
    Item.CHANGED: Title("tree changed since the commit", "源代码有改动"),
    Item.JUDGE_OF_BUNDLE: Title("judge digest, recording side", "评判程序摘要(记录方)"),
    Item.JUDGE_OF_REPORT: Title("judge digest, this report", "评判程序摘要(本报告)"),
    Item.CLAIMS: Title("findings in the bundle against this report", "随包结论与本报告比对"),
    Item.JOURNAL: Title("SHA-256 of journal.jsonl", "journal.jsonl的SHA-256"),
    Item.FINDINGS: Title("SHA-256 of findings.json", "findings.json的SHA-256"),
    Item.CHAIN: Title("chain head", "链首摘要"),
    Item.TREE: Title("tree root over the attempts", "测试记录树根"),
    Item.RECORDS: Title("lines of the journal", "记录行数"),
    Item.ATTEMPTS: Title("attempts", "测试次数"),
    Item.SIGNER: Title("fingerprint of the signer's key", "签名公钥指纹"),
    Item.STATION_KEY: Title("key of the station, and when it holds", "测试站密钥及有效期"),
    Item.CHALLENGE: Title("challenge answered", "应答的挑战"),
    Item.ENVIRONMENT: Title("recorded with", "记录环境"),
}
NOT_TOLD = Title("not told", "未注明")
NO_CHALLENGE = Title("none: practice", "无：练习")
CLAIMS_ABSENT = Title("the bundle holds none", "证据包未附结论")
CLAIMS_EQUAL = Title("the same", "一致")
CLAIMS_DIFFER = Title("other for {0} attempts (another judge)", "{0}次测试不同(评判程序不同)")

# Field of fixtures/identity.py -> its name in a report, by part of the identity.
IDENTITY: Mapping[str, Mapping[str, Title]] = {
    "institution": {
        "id": Title("institution", "机构编号"),
        "name_zh": Title("name", "机构名称"),
        "role": Title("role", "机构角色"),
        "pboc_code": Title("financial institution code", "金融机构编码"),
        "contact": Title("contact", "联系人"),
    },
    "terminal": {
        "term_no": Title("terminal number", "终端号"),
        "merchant_no": Title("merchant number", "商户号"),
        "merchant_name": Title("merchant", "商户名称"),
        "address": Title("address", "安装地址"),
        "district": Title("district", "行政区划"),
        "mcc": Title("merchant category", "商户类别码"),
        "link": Title("link", "联网方式"),
        "acquirer_id": Title("acquirer", "收单机构"),
        "reporting_institution_id": Title("reporting institution", "上报机构"),
        "kind": Title("kind of terminal", "终端类型"),
        "vendor": Title("vendor", "厂商"),
        "model": Title("model", "型号"),
        "hw_sn": Title("serial number", "硬件序列号"),
        "sw_version": Title("software version", "软件版本"),
        "kernel_cert_no": Title("kernel certificate number", "内核证书编号"),
        "contactless": Title("contactless reader", "非接触读卡器"),
        "install_date": Title("installed", "安装日期"),
        "upgrade_date": Title("upgraded", "改造日期"),
        "ca_key_count": Title("CA public keys", "CA公钥数量"),
        "aid_list": Title("AIDs", "AID列表"),
        "param_version": Title("parameter version", "参数版本"),
        "status": Title("status", "状态"),
        "industry": Title("industry", "行业"),
        "phase": Title("phase", "批次"),
        "small_value": Title("small-value payment", "小额支付"),
    },
    "test_run": {
        "level": Title("level", "测试级别"),
        "tester": Title("tester", "测试人"),
        "witness": Title("witness", "见证人"),
    },
}
