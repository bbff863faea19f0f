import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.codec import apdu_log
from adapters.codec.bit_tables import CARD_VERIFICATION_RESULTS, LAYOUTS
from adapters.codec.data_elements import known
from adapters.codec.errors import RemoteProtocolError
from reports.annotation import (
    Annotated,
    Conversation,
    Languages,
    annotate,
    annotate_command,
    annotate_response,
    annotate_tlv,
    as_text,
    decode_input,
)

TRACES = Path(__file__).parents[3] / "shared/traces"
needs_traces = pytest.mark.skipif(
    not TRACES.is_dir(), reason=f"recorded traces are absent: {TRACES.name}"
)
TRANSACTION = TRACES / "RT02_contact_upi_full_dda_two_gac.txt"
REFERENCE = TRACES / "RT02_contact_upi_decoded_reference.txt"
DE55_SAMPLES = TRACES / "RT05_DE55_samples_from_mirrors.txt"
# Test numbers: the first stands on the test list, the second has a right check digit only.
TEST_PAN, OTHER_PAN = "6210948000000011", "6228480402564899"
OTHER_MASKED = "622848******4899"


def flat(fields: tuple[Annotated, ...]) -> Iterator[Annotated]:
    for field in fields:
        yield from field.walk()


def one(data: str) -> Annotated:
    (field,) = annotate(bytes.fromhex(data))
    return field


# -- what the bytes are


@pytest.mark.parametrize(
    "data, label, name",
    [
        ("9F02060000000012349A03110315", "9F02", "Amount, authorised (numeric)"),
        ("00A4040000", "C-APDU", "SELECT"),
        ("80CA9F7900", "C-APDU", "GET DATA"),
        ("6F15840E315041592E5359532E4444463031A5038801019000", "R-APDU", "success"),
        ("6A83", "R-APDU", "record not found"),
        ("63C2", "R-APDU", "verification failed, 2 tries left"),
        ("1503151015309000", "R-APDU", "success"),
        ("7001", "data", "data"),
    ],
)
def test_bytes_are_recognised(data: str, label: str, name: str) -> None:
    """TLV strings, commands and responses are told apart, and what is none of them."""
    first = annotate(bytes.fromhex(data))[0]
    assert (first.label, first.name_en) == (label, name)


def test_what_is_nothing_says_why() -> None:
    """Bytes that are neither TLV, command nor response keep their hex and name byte and reason."""
    field = one("9F0206000000")
    assert field.value == "9F0206000000"
    assert [(each.where, each.en) for each in field.meanings] == [
        ("byte 6", "the value of 9F02 is 3 bytes short")
    ]


def test_a_known_command_with_a_wrong_length_is_told_as_a_command() -> None:
    """The reason names Lc, not the TLV that the bytes were never meant to be."""
    assert one("80AE800005AA").meanings[0].en == "Lc is 5 but 1 bytes follow"


@given(st.binary(max_size=300))
def test_any_bytes_are_annotated(data: bytes) -> None:
    """No bytes raise, and whatever comes out can be printed in each language."""
    fields = annotate(data)
    assert fields
    for lang in ("zh", "en", "zh+en"):
        text = as_text(fields, lang)
        assert all(each.isprintable() or each in "\n　" for each in text)


@given(st.binary(max_size=120), st.binary(max_size=20), st.sampled_from(["A8", "88", "AE", "20"]))
def test_any_command_data_and_list_are_annotated(data: bytes, dol: bytes, ins: str) -> None:
    """A list that is broken or does not fit leaves the data raw and raises nothing."""
    cla = "80" if ins in {"A8", "AE"} else "00"
    header = bytes.fromhex(f"{cla}{ins}0000")
    command = header + (bytes((len(data),)) + data if data else b"")
    assert annotate_command(command, dol).label == "C-APDU"


# -- fields


@pytest.mark.parametrize(
    "data, text",
    [
        ("9F0206000000001234", "12.34"),
        ("9F0206999999999999", "9999999999.99"),
        ("9F1B0400002710", "100.00"),
        ("9A03110315", "2011-03-15"),
        ("5F2403491231", "2049-12-31"),
        ("5F2403500101", "1950-01-01"),
        ("9F2103235959", "23:59:59"),
        ("DF050420301231", "2030-12-31"),
        ("9F36020102", "258"),
        ("DF160199", "99%"),
        ("500A50424F43204445424954", "PBOC DEBIT"),
        ("5F2004D2F8C1AA", "银联"),
        ("840E315041592E5359532E4444463031", "1PAY.SYS.DDF01"),
        ("8407A0000003330101", ""),
    ],
)
def test_values_are_decoded(data: str, text: str) -> None:
    """Amounts in decimal yuan, dates, times, counts, and text in ASCII or GBK."""
    assert one(data).text == text


@pytest.mark.parametrize(
    "data, remark",
    [
        ("9A03111315", "no such date or time"),
        ("9F2103246000", "no such date or time"),
        ("9F020600000000123A", "holds digits that are not decimal"),
        ("9F02050000001234", "5 bytes, expected 6"),
        ("9F360106", "1 bytes, expected 2"),
        ("95020000", "2 bytes, expected 5"),
        ("9F32020003", "2 bytes, expected 1 or 3"),
        ("8403A00000", "3 bytes, expected 5-16"),
        ("50", "0 bytes, expected 1-16"),
    ],
)
def test_what_is_wrong_with_a_value_is_said_once(data: str, remark: str) -> None:
    """A value that breaks its own format is shown as it is, with a remark and without a text."""
    field = one(data if len(data) > 2 else f"{data}00")
    assert [each.en for each in field.meanings] == [remark]
    assert field.text == ""


def test_a_tag_is_read_by_the_template_it_stands_in() -> None:
    """A terminal parameter is decoded as one, and left alone within a card's template."""
    alone, inside = one("DF11050000008000"), one("700BDF11050000008000DF0100").children[0]
    assert [each.en for each in alone.meanings if each.set] == ["transaction exceeds floor limit"]
    assert (inside.name_en, inside.meanings) == ("private to the issuer", ())


def test_text_of_a_card_steers_no_terminal() -> None:
    """Escape sequences, newlines and direction marks from a card are shown, never sent."""
    label = b"\x1b[2J\r\nA\x07\x7f"
    field = annotate_tlv(bytes((0x50, len(label))) + label)[0]
    assert field.text == "␛[2J␍␊A␇␡"
    assert "\x1b" not in as_text((field,))


def test_children_know_where_they_stand() -> None:
    """Offsets count from the first byte given, through templates, long lengths and commands."""
    record = annotate_response(bytes.fromhex("7081049F3601009000"))
    assert [(each.label, each.offset) for each in record.walk()] == [
        ("R-APDU", 7),
        ("70", 0),
        ("9F36", 3),
    ]
    script = one("7211860F04DA9F790A000000012345AABBCCDD")
    assert [(each.label, each.offset) for each in script.walk()] == [
        ("72", 0),
        ("86", 2),
        ("C-APDU", 4),
        ("9F79", 9),
        ("MAC", 15),
    ]


# -- lists


def test_a_value_list_is_cut_up_by_its_list() -> None:
    """GENERATE AC data become named elements where the CDOL is given, and stay raw where not."""
    command = bytes.fromhex("80AE80000C00000000123400000080000000")
    cdol = bytes.fromhex("9F020695059C01")
    field = annotate_command(command, cdol)
    assert [each.label for each in field.children] == ["9F02", "95", "9C", "Le"]
    assert [each.offset for each in field.children] == [5, 11, 16, 17]
    assert field.meanings[0].en == "ARQC"
    raw = annotate_command(command)
    assert (raw.children[0].label, raw.children[0].value) == ("data", "000000001234000000800000")


def test_processing_options_are_cut_up_within_template_83() -> None:
    """The PDOL's values stand behind tag and length of the command template."""
    field = annotate_command(
        bytes.fromhex("80A800000B830901000000001000015600"), bytes.fromhex("9F7A019F02065F2A02")
    )
    template = field.children[0]
    assert [(each.label, each.offset, each.value) for each in template.children] == [
        ("9F7A", 7, "01"),
        ("9F02", 8, "000000001000"),
        ("5F2A", 14, "0156"),
    ]


def test_a_list_that_does_not_fit_is_said() -> None:
    """Data shorter than the list asks for stay raw, with the reason."""
    field = annotate_command(bytes.fromhex("80AE80000112"), bytes.fromhex("9505"))
    assert field.children[0].value == "12"
    assert field.children[0].meanings[0].en.startswith("does not fit its DOL")


def test_template_80_is_cut_up_by_the_command_it_answers() -> None:
    """Format 1 has no tags: only the command tells what it holds."""
    answer = bytes.fromhex("80067C00080101009000")
    field = annotate_response(answer, bytes.fromhex("80A80000028300"))
    assert [each.label for each in field.children[0].children] == ["82", "94"]
    assert annotate_response(answer).children[0].children == ()


# -- card numbers


@pytest.mark.parametrize(
    "data",
    [
        f"5A08{OTHER_PAN}",
        f"5A0A{OTHER_PAN}FFFF",
        f"5711{OTHER_PAN}D3010201000012345F",
        f"700A5A08{OTHER_PAN}",
        f"DF7E0A5A08{OTHER_PAN}",
        f"DF7E09{OTHER_PAN}FF",
        f"DF7E0A0000{OTHER_PAN}",
        f"9F0508{OTHER_PAN}",
        f"9F1F10{OTHER_PAN.encode().hex()}",
        f"9F1F12{(OTHER_PAN[:-1] + '1^A').encode().hex()}",
        f"5F2012{('A ' + OTHER_PAN).encode().hex()}",
        f"00DC010C08{OTHER_PAN}",
        f"04DC010C0C{OTHER_PAN}AABBCCDD",
        f"04DA5A000C{OTHER_PAN}AABBCCDD",
        f"80A800000A8308{OTHER_PAN}",
        f"860D04DC010C08{OTHER_PAN}",
        f"8008{OTHER_PAN}9000",
        f"{OTHER_PAN}9000",
        f"{OTHER_PAN}",
        f"DF7E0F0012{OTHER_PAN}1103150000",
        f"FFFF12{OTHER_PAN}9999",
    ],
)
def test_a_card_number_is_masked_wherever_it_stands(data: str) -> None:
    """Only the first six and the last four digits of a number are shown."""
    shown = as_text(annotate(bytes.fromhex(data)))
    decoded = decode_input(data).text
    for text in (shown, decoded):
        assert OTHER_PAN[6:12] not in text
        assert OTHER_PAN[6:12].encode().hex() not in text


def test_masking_keeps_what_may_be_shown() -> None:
    """The number's ends, expiry and service code are read; where a CVN may stand, nothing is."""
    assert one(f"5A08{OTHER_PAN}").value == OTHER_MASKED
    assert one(f"5711{OTHER_PAN}D3010201000012345F").value == f"{OTHER_MASKED}D3010201*********F"
    assert one(f"5A0A{OTHER_PAN}FFFF").value == f"{OTHER_MASKED}FFFF"


def test_a_number_in_a_value_list_is_masked() -> None:
    """A list may ask for 5A and 57 too."""
    command = bytes.fromhex(f"80AE800008{OTHER_PAN}")
    field = annotate_command(command, bytes.fromhex("5A08"))
    assert field.children[0].value == OTHER_MASKED


def test_a_number_of_the_test_list_is_masked_too() -> None:
    """Reports look the same for every card, so that a live number would be noticed."""
    assert one(f"5A08{TEST_PAN}").value == "621094******0011"


def test_a_pin_is_never_shown() -> None:
    """VERIFY shows control field and filler of its PIN block only."""
    assert one("0020008008241234FFFFFFFFFF").children[0].value == "24****FFFFFFFFFF"
    assert one("00200080080123456789ABCDEF").children[0].value == "01" + "*" * 14
    assert one("9908241234FFFFFFFFFF").value == "*" * 16
    script = as_text(annotate(bytes.fromhex("860D0020008008241234FFFFFFFFFF")))
    assert "1234" not in script


# -- text


def test_a_field_is_a_line_and_a_set_bit_is_a_line() -> None:
    """Fields are aligned; each bit that is set stands on a line of its own, others do not stand."""
    fields = annotate_tlv(bytes.fromhex("950500000080409F0206000000001234"))
    assert as_text(fields, "en").splitlines() == [
        "95    Terminal verification results  0000008040",
        "        byte 4 bit 8  transaction exceeds floor limit",
        "        byte 5 bit 7  issuer authentication failed",
        "9F02  Amount, authorised (numeric)   000000001234  12.34",
    ]
    assert as_text(fields, "zh").splitlines() == [
        "95    终端验证结果  0000008040",
        "        字节 4 位 8  交易超过最低限额",
        "        字节 5 位 7  发卡行认证失败",
        "9F02  授权金额      000000001234  12.34",
    ]


@pytest.mark.parametrize("lang", ["zh", "en", "zh+en"])
def test_each_language_holds_its_words(lang: Languages) -> None:
    """Both languages, or one of them only."""
    text = as_text(annotate_tlv(bytes.fromhex("9B02E800")), lang)
    assert ("终端" in text or "已进行" in text) == ("zh" in lang)
    assert ("was performed" in text) == ("en" in lang)


# -- input of the command


def test_each_line_is_decoded_under_its_number() -> None:
    """Blanks in hex, blank lines and comments at line ends are allowed."""
    decoded = decode_input("# two\n9F02 06 000000001234  # amount\n\n6A83\n", lang="en")
    assert [number for number, _ in decoded.blocks] == [2, 4]
    assert decoded.bad == ()
    assert decoded.text.splitlines() == [
        "line 2",
        "9F02  Amount, authorised (numeric)  000000001234  12.34",
        "line 4",
        "R-APDU  record not found  6A83",
    ]


def test_a_bad_line_is_reported_and_the_others_are_shown() -> None:
    """Each bad line is named with line, byte and reason, in its place."""
    decoded = decode_input("9A03110315\n9A0311\n9A0G\n9A0\n8A023030", lang="en")
    assert [number for number, _ in decoded.blocks] == [1, 5]
    assert [(each.line, each.byte) for each in decoded.bad] == [(2, 3), (3, 1), (4, 1)]
    lines = decoded.text.splitlines()
    assert lines[2] == "line 2: byte 3: the value of 9A is 2 bytes short"
    assert lines[3].startswith("line 3: byte 1: 'G' is no hex digit")
    assert lines[4].startswith("line 4: byte 1: an odd number of hex digits (3)")


@pytest.mark.parametrize("text", ["", "\n", "# nothing"])
def test_nothing_is_bad_input(text: str) -> None:
    """Input without hex is bad and says what to write."""
    decoded = decode_input(text)
    assert len(decoded.bad) == 1
    assert "nothing to decode" in decoded.text


def test_a_record_with_prefixes_is_decoded_by_them() -> None:
    """What a line's prefix says it is need not be guessed."""
    decoded = decode_input("> 80CA9F3600\n< 9F360200069000\nC-APDU: 80CA9F3600\nR-APDU: 6D00")
    assert [fields[0].label for _, fields in decoded.blocks] == ["C-APDU", "R-APDU"] * 2
    assert [each.line for each in decode_input("> 80CA\n< 90").bad] == [1, 2]


def test_too_many_lines_are_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """The lines up to the limit are shown, and the limit is named."""
    monkeypatch.setattr(apdu_log, "MAX_LINES", 2)
    decoded = decode_input("6A83\n6A82\n6A81")
    assert len(decoded.blocks) == 2
    assert decoded.text.endswith("cut the record / 行数超限")


@given(st.text(max_size=200))
def test_any_text_is_decoded_or_reported(text: str) -> None:
    """No text raises, and what is said holds no control character."""
    decoded = decode_input(text)
    assert decoded.blocks or decoded.bad
    assert all(each.isprintable() or each in "\n　" for each in decoded.text)


# -- recordings from outside


def set_bits(field: Annotated) -> list[str]:
    """Places of single bits that are set: 'byte 4 bit 8'."""
    return [
        each.where for each in field.meanings if each.set and re.search(r" bit \d$", each.where)
    ]


def samples() -> list[tuple[int, tuple[Annotated, ...]]]:
    decoded = decode_input(DE55_SAMPLES.read_text(encoding="utf-8"))
    assert decoded.bad == ()
    return list(decoded.blocks)


@needs_traces
def test_every_tag_of_recorded_field_55_is_named() -> None:
    """Fifteen recorded strings of several terminals decode whole, each tag by its name."""
    found = samples()
    assert len(found) == 15
    for _, fields in found:
        for field in flat(fields):
            assert known(int(field.label, 16)), field


# A terminal that claims EMV's enciphered offline PIN; PBOC has that bit reserved.
RESERVED_BITS_SEEN = {("9F33", "byte 2 bit 5")}


@needs_traces
def test_every_set_bit_of_recorded_field_55_means_something() -> None:
    """Each 1 bit of TVR, TSI, AIP, capabilities and CVR has a line; the reserved ones are known."""
    reserved = set()
    for _, fields in samples():
        for field in flat(fields):
            tag = int(field.label, 16)
            reserved |= {(field.label, m.where) for m in field.meanings if m.set and "RFU" in m.en}
            if tag in LAYOUTS and tag != 0x9F27:
                ones = bytes.fromhex(field.value)
                assert len(set_bits(field)) == sum(byte.bit_count() for byte in ones), field
    assert reserved == RESERVED_BITS_SEEN


@needs_traces
def test_every_coded_element_of_recorded_field_55_is_explained() -> None:
    """CVM results, cryptogram information, issuer data and script results each say something."""
    for _, fields in samples():
        for field in flat(fields):
            if field.label in {"9F34", "9F27", "9F10", "DF31", "9C", "9F35"}:
                assert [each for each in field.meanings if each.set], field


# Lines whose issuer data leave PBOC's layout, and where: twice a foreign discretionary block,
# once another scheme's CVR.
FOREIGN_ISSUER_DATA = {7: "IDD", 8: "IDD", 9: "byte 4"}


@needs_traces
def test_issuer_data_that_are_not_pbocs_are_said_to_be_so() -> None:
    """Recorded issuer data of other layouts are named as such, and no others."""
    found = {
        number: meaning.where
        for number, fields in samples()
        for field in flat(fields)
        for meaning in field.meanings
        if "not PBOC's layout" in meaning.en
    }
    assert found == FOREIGN_ISSUER_DATA


def conversation() -> list[Annotated]:
    """Every field of the recorded transaction, in order."""
    talk = Conversation()
    fields: list[Annotated] = []
    for exchange in apdu_log.read(TRANSACTION.read_text(encoding="utf-8")):
        fields += flat((*talk.command(exchange.command), *talk.response(exchange.response)))
    return fields


COMPARED = ("82", "9F07", "9F0D", "9F0E", "9F0F", "95", "9B")
REFERENCE_TAG = re.compile(r"^\s+([0-9A-F]{2,4}) \(.*\): ")
REFERENCE_BIT = re.compile(r"^\s+([0-9A-F]+) \(Byte (\d) Bit (\d)\): ")
REFERENCE_CVR_BIT = re.compile(r"^\s+Byte (\d) Bit (\d) = 1: ")
REFERENCE_CVR_CODE = re.compile(r"^\s+Byte (\d) Bit (\d) = (\d), Byte \d Bit (\d) = (\d): ")
REFERENCE_CVR_COUNT = re.compile(r"^\s+Byte 4 Bits 8-5: .*= (\d+)$")


@needs_traces
def test_the_same_bits_are_set_as_another_decoder_says() -> None:
    """AIP, usage control, action codes, TVR and TSI of the transaction: the same bits, in order."""
    theirs: list[tuple[str, list[str]]] = []
    for line in REFERENCE.read_text(encoding="utf-8").splitlines():
        if bit := REFERENCE_BIT.match(line):
            # It also lists one bit that is 0, with a mask of 0000.
            theirs[-1][1].extend([f"byte {bit[2]} bit {bit[3]}"] * bool(int(bit[1], 16)))
        elif tag := REFERENCE_TAG.match(line):
            theirs.append((tag[1], []))
    ours = [(each.label, set_bits(each)) for each in conversation() if each.meanings]
    compared = [each for each in theirs if each[0] in COMPARED]
    assert [each for each in ours if each[0] in COMPARED] == compared
    assert sum(len(bits) for _, bits in compared) == 51


def their_cvr(line: str) -> list[str]:
    """A line of the other decoder about the CVR, in our words."""
    if code := REFERENCE_CVR_CODE.match(line):
        byte, high, first, low, second = map(int, code.groups())
        parts = [part for part in CARD_VERIFICATION_RESULTS[byte - 2] if part.high == high]
        words = parts[0].words[first << 1 | second]
        return [f"CVR byte {byte} bits {high}-{low}: {words[0]}"]
    if bit := REFERENCE_CVR_BIT.match(line):
        return [f"CVR byte {bit[1]} bit {bit[2]}"]
    if count := REFERENCE_CVR_COUNT.match(line):
        words = CARD_VERIFICATION_RESULTS[2][0].words[int(count[1])]
        return [f"CVR byte 4 bits 8-5: {words[0]}"]
    return []


@needs_traces
def test_the_cvr_says_the_same_as_another_decoder() -> None:
    """Cryptogram types, flags and script count of both CVRs of the transaction, in order."""
    lines = REFERENCE.read_text(encoding="utf-8").splitlines()
    theirs = [said for line in lines for said in their_cvr(line)]
    ours = [
        each.where + (f": {each.en}" if "bits" in each.where else "")
        for field in conversation()
        if field.label == "9F10"
        for each in field.meanings
        if each.set and each.where.startswith("CVR")
    ]
    assert ours == theirs
    assert len(theirs) == 15


@needs_traces
def test_a_recorded_transaction_names_every_field() -> None:
    """No field of the recorded transaction is unknown or left as bytes without a name."""
    fields = conversation()
    assert len(fields) > 150
    assert not [each for each in fields if each.name_en.startswith("unknown")]
    assert not [each for each in fields if each.label == "data"]


def test_what_is_no_tlv_is_refused_where_tlv_was_asked() -> None:
    """annotate_tlv, unlike annotate, names the byte in an exception."""
    with pytest.raises(RemoteProtocolError):
        annotate_tlv(bytes.fromhex("9F02"))
    with pytest.raises(RemoteProtocolError):
        annotate_tlv(b"")
