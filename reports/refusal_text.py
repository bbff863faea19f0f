"""What codecs say of bytes they refuse, in Chinese: their own messages are in English."""

import re
from collections.abc import Iterator

# A pattern over the English message, and the Chinese one with its parts.
WORDINGS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), zh)
    for pattern, zh in (
        # Data objects and lists
        (r"no data object", "没有数据对象"),
        (r"a tag is cut off", "标签不完整"),
        (r"a tag is longer than (\d+) bytes", r"标签超过\1字节"),
        (r"a length is missing", "缺少长度"),
        (r"a length is cut off", "长度不完整"),
        (r"a length field of the form (\w+) is not allowed", r"不允许\1形式的长度域"),
        (r"the value of (\w+) is (\d+) bytes short", r"\1的值缺\2字节"),
        (r"objects are nested deeper than (\d+)", r"数据对象嵌套超过\1层"),
        (r"the list gives no length for (\w+)", r"列表中\1缺少长度"),
        (r"(\d+) bytes answer a list that asks for (\d+)", r"列表要求\2字节，实际\1字节"),
        # Commands and responses
        (r"a command is shorter than its header", "命令短于命令头"),
        (r"Lc is (\d+) but (\d+) bytes follow", r"Lc为\1，其后\2字节"),
        (r"a response is shorter than its status word", "响应短于状态字"),
        # Answers to reset
        (r"TS: (\w+) is no convention", r"TS：\1不是约定值"),
        (r"ATR: (\d+) bytes where (\d+) fit", r"ATR：\1字节，最多\2字节"),
        (r"historical bytes: (\d+) short", r"历史字节缺\1个"),
        (r"(\d+) bytes follow the historical bytes", r"历史字节之后还有\1字节"),
        # Data groupings
        (r"DGI (\w+): (\d+) bytes short", r"数据分组\1缺\2字节"),
        # Names are the same in both languages.
        (r"(\w+): cut off", r"\1：不完整"),
    )
)


def chinese(message: str) -> str:
    """The Chinese of a codec's message; words that say nothing more where it is not listed."""
    return next(_wordings(message), "无法解码")


def _wordings(message: str) -> Iterator[str]:
    for pattern, zh in WORDINGS:
        if match := pattern.fullmatch(message):
            yield match.expand(zh)
