"""The closed table of measurements: one row and one function each."""

from collections.abc import Mapping
from types import MappingProxyType

from reports.measurements import card_answers, decoding, journalling, judging, starting
from reports.measurements.measurement import (
    MICROSECONDS,
    MILLISECONDS,
    PER_SECOND,
    RARELY_MORE,
    RATE,
    SECONDS,
    Measurement,
)
from suites.words import Title

READ_RECORD = card_answers.READ_RECORD
GENERATE_AC = card_answers.GENERATE_AC

MEASUREMENTS: Mapping[str, Measurement] = MappingProxyType(
    {
        "ber-tlv": Measurement(
            Title("decode an FCI of 90 bytes (BER-TLV)", "解码90字节的FCI（BER-TLV）"),
            MICROSECONDS,
            10_000,
            decoding.fci,
        ),
        "iso8583": Measurement(
            Title(
                "decode an authorisation request (ISO 8583) and its DE55",
                "解码授权请求（ISO 8583）及其55域",
            ),
            MICROSECONDS,
            150_000,
            decoding.host_frame,
        ),
        "card-read-record": Measurement(
            Title("test card in memory: READ RECORD", "内存中的测试卡：READ RECORD"),
            MILLISECONDS,
            200_000,
            card_answers.in_memory(READ_RECORD),
        ),
        "card-generate-ac": Measurement(
            Title("test card in memory: first GENERATE AC", "内存中的测试卡：首次GENERATE AC"),
            MILLISECONDS,
            200_000,
            card_answers.in_memory(GENERATE_AC),
        ),
        "pcsc-read-record": Measurement(
            Title(
                "added by PC/SC, virtual reader and process: READ RECORD",
                "PC/SC、虚拟读卡器与独立进程的附加耗时：READ RECORD",
            ),
            MILLISECONDS,
            200_000,
            card_answers.above_memory(READ_RECORD),
        ),
        "pcsc-generate-ac": Measurement(
            Title(
                "added by PC/SC, virtual reader and process: first GENERATE AC",
                "PC/SC、虚拟读卡器与独立进程的附加耗时：首次GENERATE AC",
            ),
            MILLISECONDS,
            200_000,
            card_answers.above_memory(GENERATE_AC),
        ),
        "journal": Measurement(
            Title(
                "added by the journal to an APDU exchange (p99.9, and the longest)",
                "证据日志给每次APDU交换增加的耗时（p99.9，及最长）",
            ),
            MILLISECONDS,
            1_000_000,
            journalling.exchange,
            RARELY_MORE,
            calls=10_000,
        ),
        "rejudge": Measurement(
            Title("attempts judged again on one core", "单核重新评判的测试次数"),
            PER_SECOND,
            500,
            judging.attempts,
            RATE,
        ),
        "launcher": Measurement(
            Title("start of ./assay after set-up", "环境就绪后启动 ./assay"),
            SECONDS,
            300_000_000,
            starting.launcher(starting.ROOT),
            calls=20,
        ),
    }
)
