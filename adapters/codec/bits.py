"""What a coded value says: the tables of bits and codes read over its bytes, in both languages."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from adapters.codec.bit_tables import (
    BYTE_BITS,
    CARD_TRANSACTION_QUALIFIERS_9F6C,
    CARD_VERIFICATION_RESULTS,
    EXTENDABLE,
    LAYOUTS,
    RFU,
    Byte,
    Layout,
    Words,
)
from adapters.codec.code_tables import (
    ALGORITHMS,
    APPLY_NEXT,
    CRYPTOGRAM_VERSIONS,
    CVM_CODES,
    CVM_CONDITIONS,
    CVM_OUTCOMES,
    CVM_RANGES,
    DECLINE,
    DISCRETIONARY_DATA,
    FAIL_HERE,
    FIRST_PAYMENT_SYSTEM_CONDITION,
    NO_CVM_PERFORMED,
    NOT_LISTED,
    PAYMENT_SYSTEM_CONDITION,
    RESPONSE_CODES_8A,
    SCRIPT_RESULTS,
    VALUES,
)
from adapters.codec.data_elements import describe


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one place of a value says; `set` is False only for a defined flag that is 0."""

    where: str
    en: str
    zh: str
    set: bool = True


def meanings(tag: int, value: bytes) -> tuple[Meaning, ...]:
    """What a coded value says; nothing for tags without a table, one Meaning for a wrong length."""
    if tag in LAYOUTS:
        return _layout(LAYOUTS[tag], value, extendable=tag in EXTENDABLE)
    if tag in VALUES:
        return _whole(*VALUES[tag], value)
    if tag in STRUCTURES:
        return tuple(STRUCTURES[tag](value))
    return ()


def cvm_code(code: int) -> Words:
    """The method a CVM code names (b6 to b1)."""
    method = code & 0b111111
    for each, words in CVM_RANGES:
        if method in each:
            return words
    return CVM_CODES.get(method, RFU)


def cvm_condition(condition: int) -> Words:
    """When a CVM rule applies."""
    if condition >= FIRST_PAYMENT_SYSTEM_CONDITION:
        return PAYMENT_SYSTEM_CONDITION
    return CVM_CONDITIONS.get(condition, RFU)


def decimal(minor: int) -> str:
    """An amount with two decimals, from minor units (fen)."""
    return f"{minor // 100}.{minor % 100:02d}"


def _length(given: int, wanted: str) -> Meaning:
    return Meaning("value", f"{given} bytes, expected {wanted}", f"长度{given}字节，应为{wanted}")


def _layout(layout: Layout, value: bytes, *, extendable: bool = False) -> tuple[Meaning, ...]:
    if len(value) < len(layout) or (len(value) > len(layout) and not extendable):
        return (_length(len(value), str(len(layout))),)
    rest = ((),) * (len(value) - len(layout))
    return tuple(_bytes((*layout, *rest), value, "byte"))


def _bytes(layout: Layout, value: bytes, word: str, first: int = 1) -> Iterator[Meaning]:
    for number, (parts, byte) in enumerate(zip(layout, value, strict=True), first):
        yield from _byte(parts, byte, f"{word} {number}")


def _byte(parts: Byte, byte: int, where: str) -> Iterator[Meaning]:
    """Every defined place from b8 down, then the reserved bits that are 1 but should not be."""
    for part in parts:
        value = part.of(byte)
        if part.flag:
            en, zh = part.words[1]
            if value or not part.reserved:
                yield Meaning(f"{where} bit {part.high}", en, zh, set=bool(value))
        else:
            en, zh = part.words.get(value, RFU)
            yield Meaning(f"{where} bits {part.high}-{part.low}", en, zh)
    defined = sum(part.mask for part in parts)
    for bit in range(BYTE_BITS, 0, -1):
        if byte & ~defined & 1 << (bit - 1):
            yield Meaning(f"{where} bit {bit}", *RFU)


def _whole(length: int, words: Mapping[int, Words], value: bytes) -> tuple[Meaning, ...]:
    if len(value) != length:
        return (_length(len(value), str(length)),)
    return (Meaning("value", *words.get(int.from_bytes(value, "big"), NOT_LISTED)),)


def _response_code(value: bytes) -> Iterator[Meaning]:
    if len(value) != 2:
        yield _length(len(value), "2")
        return
    yield Meaning("value", *RESPONSE_CODES_8A.get(value.decode("latin-1"), DECLINE))


def _cvm_list(value: bytes) -> Iterator[Meaning]:
    # EMV 4.1 Book 3, 10.5: amounts X and Y of four bytes, then rules of two.
    if len(value) < 8 or len(value) % 2:
        yield _length(len(value), "8 + 2n")
        return
    for where, at in (("X", 0), ("Y", 4)):
        amount = decimal(int.from_bytes(value[at : at + 4], "big"))
        yield Meaning(where, f"amount {amount}", f"金额{amount}")
    for number, at in enumerate(range(8, len(value), 2), 1):
        yield _cvm_rule(f"rule {number}", value[at], value[at + 1])


def _cvm_rule(where: str, code: int, condition: int) -> Meaning:
    what, when = cvm_code(code), cvm_condition(condition)
    then = APPLY_NEXT if code & 0x40 else FAIL_HERE
    reserved = RFU if code & 0x80 else ("", "")
    en = "; ".join(filter(None, (what[0], when[0], then[0], reserved[0] and "b8 RFU")))
    zh = "；".join(filter(None, (what[1], when[1], then[1], reserved[1] and "b8保留")))
    return Meaning(where, en, zh)


def _cvm_results(value: bytes) -> Iterator[Meaning]:
    if len(value) != 3:
        yield _length(len(value), "3")
        return
    code, condition, outcome = value
    if code == NO_CVM_PERFORMED:
        yield Meaning("byte 1", "no CVM performed", "未执行CVM")
        # The condition of a method that was not performed says nothing: EMV 4.1 Book 4, Annex A4.
    else:
        (en, zh), then = cvm_code(code), APPLY_NEXT if code & 0x40 else FAIL_HERE
        yield Meaning("byte 1", f"{en}; {then[0]}", f"{zh}；{then[1]}")
        if code & 0x80:
            yield Meaning("byte 1 bit 8", *RFU)
        yield Meaning("byte 2", *cvm_condition(condition))
    yield Meaning("byte 3", *CVM_OUTCOMES.get(outcome, RFU))


def _issuer_application_data(value: bytes) -> Iterator[Meaning]:
    """PBOC's part as far as it follows JR/T 0025.5, then what does not."""
    if not value:
        yield _length(0, "1-32")
        return
    if value[0] != 7:
        yield _foreign("byte 1", f"length {value[0]:02X}", "07", value[1:])
        return
    yield Meaning("byte 1", "7 bytes of PBOC's part follow", "其后为7字节PBOC部分")
    if len(value) < 8:
        yield Meaning("value", "PBOC's part is cut off", "PBOC部分不完整")
    if len(value) > 1:
        index = f"{value[1]:02X}"
        yield Meaning("byte 2", f"derivation key index {index}", f"密钥索引{index}")
    if len(value) > 2:
        version = f"{value[2]:02X}"
        en, zh = CRYPTOGRAM_VERSIONS.get(value[2], NOT_LISTED)
        yield Meaning("byte 3", f"cryptogram version {version}: {en}", f"密文版本{version}：{zh}")
    if len(value) > 3 and value[3] != 3:
        yield _foreign("byte 4", f"CVR length {value[3]:02X}", "03", value[4:])
        return
    # The CVR's own length byte is its byte 1.
    present = value[4:7]
    yield from _bytes(CARD_VERIFICATION_RESULTS[: len(present)], present, "CVR byte", 2)
    if len(value) > 7:
        en, zh = ALGORITHMS.get(value[7], ("not PBOC's", "非PBOC定义"))
        yield Meaning("byte 8", f"algorithm {value[7]:02X}: {en}", f"算法{value[7]:02X}：{zh}")
        yield from _discretionary_data(value[8:])


def _foreign(where: str, what: str, wanted: str, rest: bytes) -> Meaning:
    return Meaning(
        where,
        f"{what}, PBOC writes {wanted}: not PBOC's layout, {len(rest)} bytes left undecoded",
        f"{what}，PBOC为{wanted}：非PBOC格式，{len(rest)}字节未解码",
    )


def _discretionary_data(data: bytes) -> Iterator[Meaning]:
    """The issuer discretionary data: length, id, amounts of five bytes, MAC of four."""
    if not data:
        yield Meaning("IDD", "no issuer discretionary data", "无发卡行自定义数据")
        return
    length, body = data[0], data[1:]
    amounts = DISCRETIONARY_DATA.get(body[0], ()) if body else ()
    wanted = 1 + 5 * len(amounts) + 4
    if length != len(body) or not amounts or len(body) != wanted:
        yield Meaning(
            "IDD",
            f"length {length:02X} before {len(body)} bytes: not PBOC's layout, left undecoded",
            f"长度{length:02X}，其后{len(body)}字节：非PBOC格式，未解码",
        )
        return
    for number, (en, zh) in enumerate(amounts):
        digits = body[1 + 5 * number : 6 + 5 * number].hex().upper()
        amount = decimal(int(digits)) if digits.isdecimal() else digits
        yield Meaning("IDD", f"{en} {amount}", f"{zh} {amount}")
    mac = body[-4:].hex().upper()
    yield Meaning("IDD", f"MAC {mac}", f"MAC {mac}")


def _script_results(value: bytes) -> Iterator[Meaning]:
    if not value or len(value) % 5:
        yield _length(len(value), "5n")
        return
    for number, at in enumerate(range(0, len(value), 5), 1):
        en, zh = SCRIPT_RESULTS.get(value[at] >> 4, RFU)
        command = value[at] & 0x0F
        identifier = value[at + 1 : at + 5].hex().upper()
        which = "15 or more" if command == 0x0F else str(command)
        yield Meaning(
            f"script {number}",
            en + (f" at command {which}" if command else "") + f", identifier {identifier}",
            zh + (f"，命令{which}" if command else "") + f"，脚本标识{identifier}",
        )


def _file_locator(value: bytes) -> Iterator[Meaning]:
    if not value or len(value) % 4:
        yield _length(len(value), "4n")
        return
    for number, at in enumerate(range(0, len(value), 4), 1):
        sfi, first, last, signed = value[at : at + 4]
        wrong = sfi & 0x07 or not 1 <= sfi >> 3 <= 30 or not 1 <= first <= last
        wrong = wrong or signed > last - first + 1
        en, zh = ("; not allowed", "；不合法") if wrong else ("", "")
        yield Meaning(
            f"entry {number}",
            f"SFI {sfi >> 3}, records {first} to {last}, {signed} signed{en}",
            f"SFI {sfi >> 3}，记录{first}至{last}，{signed}条参与脱机数据认证{zh}",
        )


def _directory_file(value: bytes) -> Iterator[Meaning]:
    # Contact facts, 1.2: the directory stands in a file of SFI 1 to 10.
    if len(value) != 1:
        yield _length(len(value), "1")
        return
    en, zh = ("", "") if 1 <= value[0] <= 10 else ("; not allowed, 1 to 10", "；不合法，应为1至10")
    yield Meaning("value", f"SFI {value[0]}{en}", f"SFI {value[0]}{zh}")


def _log_entry(value: bytes) -> Iterator[Meaning]:
    if len(value) != 2:
        yield _length(len(value), "2")
        return
    file, records = value
    yield Meaning("value", f"SFI {file}, {records} records", f"SFI {file}，{records}条记录")


def _issuer_authentication_data(value: bytes) -> Iterator[Meaning]:
    # JR/T 0025.5 15: ARPC and the response code; a code left out is told, the card decides.
    if not 8 <= len(value) <= 16:
        yield _length(len(value), "8-16")
        return
    arpc = value[:8].hex().upper()
    yield Meaning("byte 1-8", f"ARPC {arpc}", f"ARPC {arpc}")
    if len(value) < 10:
        yield Meaning("byte 9-10", "no authorisation response code", "无授权响应码")
        return
    code = value[8:10].hex().upper()
    en, zh = RESPONSE_CODES_8A.get(value[8:10].decode("latin-1"), DECLINE)
    yield Meaning("byte 9-10", f"response code {code}: {en}", f"授权响应码{code}：{zh}")


def _card_authentication_data(value: bytes) -> Iterator[Meaning]:
    if not 8 <= len(value) <= 16:
        yield _length(len(value), "8-16")
        return
    version, number = value[:1].hex(), value[1:5].hex().upper()
    listed = "" if version in {"00", "01"} else " (not listed)"
    yield Meaning("byte 1", f"fDDA version {version}{listed}", f"fDDA版本{version}")
    yield Meaning("byte 2-5", f"card unpredictable number {number}", f"卡片不可预知数{number}")
    yield from _bytes(CARD_TRANSACTION_QUALIFIERS_9F6C, value[5:7], "CTQ byte")


def _wanted(value: bytes) -> Iterator[Meaning]:
    """9F4A: only the AIP may stand in it (EMV 4.1 Book 3, 10.3)."""
    name = describe(0x82)
    if value == b"\x82":
        yield Meaning("value", name.en, name.zh)
    else:
        yield Meaning("value", "only 82 is allowed", "只允许82")


STRUCTURES: Mapping[int, Callable[[bytes], Iterator[Meaning]]] = {
    0x88: _directory_file,
    0x8A: _response_code,
    0x8E: _cvm_list,
    0x91: _issuer_authentication_data,
    0x94: _file_locator,
    0x9F10: _issuer_application_data,
    0x9F34: _cvm_results,
    0x9F4A: _wanted,
    0x9F4D: _log_entry,
    0x9F5B: _script_results,
    0x9F69: _card_authentication_data,
    0xDF31: _script_results,
    0xDF4D: _log_entry,
}
