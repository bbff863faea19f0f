import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.codec.bit_tables import LAYOUTS
from adapters.codec.bits import STRUCTURES, Meaning, decimal, meanings
from adapters.codec.code_tables import RESPONSE_CODES_8A, TERMINAL_TYPES_9F35, VALUES

TVR, TSI, AIP, CID, IAD = 0x95, 0x9B, 0x82, 0x9F27, 0x9F10
NEXT = "if unsuccessful apply next rule"
CVM_LIST, CVM_RESULTS, SCRIPT_RESULTS = 0x8E, 0x9F34, 0xDF31


def said(tag: int, value: str) -> list[str]:
    """English meanings of what is set."""
    return [each.en for each in meanings(tag, bytes.fromhex(value)) if each.set]


def places(tag: int, value: str) -> list[str]:
    return [each.where for each in meanings(tag, bytes.fromhex(value)) if each.set]


@pytest.mark.parametrize("tag", LAYOUTS, ids=lambda tag: f"{tag:X}")
def test_every_bit_is_defined_at_most_once(tag: int) -> None:
    """No two rows of a table claim the same bit of a byte."""
    for byte in LAYOUTS[tag]:
        assert sum(part.mask for part in byte) <= 0xFF
        assert len({part.high for part in byte}) == len(byte)


@pytest.mark.parametrize("tag", LAYOUTS, ids=lambda tag: f"{tag:X}")
def test_every_bit_that_is_set_is_listed(tag: int) -> None:
    """With all bits set, every bit has a line: defined, code or RFU."""
    size = len(LAYOUTS[tag])
    found = [each.where for each in meanings(tag, b"\xff" * size) if each.set]
    covered = sum(span(where) for where in found)
    assert covered == 8 * size


def span(where: str) -> int:
    """The number of bits a place names: 'byte 1 bits 8-7' are two."""
    bits = where.rsplit(" ", 1)[1].split("-")
    return int(bits[0]) - int(bits[-1]) + 1


def test_every_wording_stands_in_both_languages() -> None:
    """No table leaves a language empty."""
    words = [
        w for layout in LAYOUTS.values() for byte in layout for p in byte for w in p.words.values()
    ]
    words += [each for _, table in VALUES.values() for each in table.values()]
    assert all(en and zh for en, zh in (*words, *RESPONSE_CODES_8A.values()))


# Each defined flag in the order of its bit, by a word of its meaning.
FLAGS_IN_ORDER = {
    0x95: (
        "was not performed;SDA failed;data missing;exception file;DDA failed;CDA failed",
        "versions;expired;not yet;not allowed;new card",
        "verification was not;unrecognised;try limit;absent;not entered;online PIN",
        "floor limit;lower;upper;randomly;forced",
        "TDOL;issuer authentication;before;after",
    ),
    0x9B: ("offline data;cardholder verification;card risk;issuer auth;terminal risk;script", ""),
    0x82: ("SDA;DDA;cardholder;risk management;issuer;CDA", "MSD"),
    0x9F07: (
        "tic cash;nal cash;tic goods;nal goods;tic services;nal services;at ATMs;other than ATMs",
        "domestic cashback;international cashback",
    ),
    0x9F33: (
        "manual;magnetic;IC with",
        "plaintext;online;signature;no CVM;ID document",
        "SDA;DDA;capture;CDA",
    ),
    0x9F66: (
        "MSD;contactless PBOC;qPBOC;contact PBOC;offline-only;online PIN;signature",
        "cryptogram required;CVM required",
        "",
        "fDDA",
    ),
    0x9F6C: ("online PIN;signature;go online;switch interface", ""),
    0x9F68: (
        "low value;and CTTA;or CTTA;new card;try limit;currencies differ;contact preferred;9F5D",
        "prepaid;declines;offline-only;logs",
        "matching currency;other currency;CVM required;signature",
        "",
    ),
}


@pytest.mark.parametrize("tag", FLAGS_IN_ORDER, ids=lambda tag: f"{tag:X}")
def test_flags_stand_in_the_order_of_the_standard(tag: int) -> None:
    """No row of a table has slipped to the bit of another."""
    size = len(LAYOUTS[tag])
    expected = [word for byte in FLAGS_IN_ORDER[tag] for word in byte.split(";") if word]
    found = [each.en for each in meanings(tag, bytes(size))]
    assert len(found) == len(expected)
    for meaning, word in zip(found, expected, strict=True):
        assert word in meaning


@pytest.mark.parametrize(
    "tag, reserved",
    [
        (0x95, "030703070F"),
        (0x9B, "03FF"),
        (0x82, "827F"),
        (0x9F07, "003F"),
        (0x9F33, "1F1617"),
        (0x9F40, "007F0F0C00"),
        (0x9F66, "013FFF7F"),
        (0x9F6C, "0FFF"),
        (0x9F68, "000F0FFF"),
        (0x9F56, "7F"),
    ],
    ids=lambda each: f"{each:X}" if isinstance(each, int) else None,
)
def test_reserved_bits_are_told_as_such(tag: int, reserved: str) -> None:
    """The specification's reserved bits, and no other, are RFU when everything is set."""
    mask = bytes.fromhex(reserved)
    found = [each for each in meanings(tag, b"\xff" * len(mask)) if each.en.startswith("RFU")]
    expected = [
        f"byte {number} bit {bit}"
        for number, byte in enumerate(mask, 1)
        for bit in range(8, 0, -1)
        if byte >> (bit - 1) & 1
    ]
    assert sorted(each.where for each in found) == sorted(expected)


CVR_IN_ORDER = (
    "second GENERATE AC;first GENERATE AC;issuer authentication;performed;failed;unable",
    "not completed;PIN try;velocity;new card;on last online;not performed;blocked;SDA",
    "commands;script failed;DDA failed;DDA performed",
)


def test_cvr_bits_stand_in_the_order_of_the_standard() -> None:
    """The three bytes behind the length of the CVR, from b8 to b1."""
    expected = [word for byte in CVR_IN_ORDER for word in byte.split(";")]
    found = [
        each for each in meanings(IAD, bytes.fromhex("0700010300000001")) if "CVR" in each.where
    ]
    assert len(found) == len(expected)
    for meaning, word in zip(found, expected, strict=True):
        assert word in meaning.en


def test_flags_that_are_not_set_are_given_as_such() -> None:
    """A defined flag that is 0 is listed as not set, a reserved one not at all."""
    found = meanings(TSI, bytes(2))
    assert [each.set for each in found] == [False] * 6


def test_application_interchange_profile() -> None:
    """7D00 is SDA, DDA, cardholder verification, risk management, issuer authentication, CDA."""
    assert places(AIP, "7D00") == [f"byte 1 bit {bit}" for bit in (7, 6, 5, 4, 3, 1)]
    assert said(AIP, "0080") == ["MSD supported (contactless, PBOC 2.0)"]


@pytest.mark.parametrize("tag", [*LAYOUTS, *VALUES], ids=lambda tag: f"{tag:X}")
def test_a_wrong_length_is_said_once(tag: int) -> None:
    """A value too short is one line that says so, and no exception."""
    found = meanings(tag, b"")
    assert len(found) == 1
    assert found[0].en.startswith("0 bytes, expected")


def test_terminal_types_are_the_fifteen_of_the_standard() -> None:
    """EMV 4.1 Book 4, Annex A1: a cardholder operates unattended terminals only."""
    assert len(TERMINAL_TYPES_9F35) == 15
    assert said(0x9F35, "22") == ["merchant, attended, offline with online capability"]
    assert said(0x9F35, "31") == ["not in the table"]


def test_cryptogram_information_data() -> None:
    """The type stands in b8 b7, the advice flag in b4, the reason in b3 to b1."""
    assert said(CID, "8B")[0] == "ARQC"
    assert said(CID, "8B")[2:] == ["advice required", "issuer authentication failed"]


def test_issuer_application_data_of_a_live_form() -> None:
    """DKI, version, CVR bits, algorithm, balance and MAC of PBOC's full layout."""
    found = said(IAD, "07000103A04002010A010000001000D1F61152")
    assert "second GENERATE AC not requested" in found
    assert "first GENERATE AC or GPO returned ARQC" in found
    assert found[5:] == [
        "PIN try limit exceeded",
        "issuer script commands received on last transaction: 0",
        "DDA performed",
        "algorithm 01: 3DES",
        "e-cash balance 10.00",
        "MAC D1F61152",
    ]


@pytest.mark.parametrize(
    "value, last",
    [
        (
            "07290104A0000000",
            "CVR length 04, PBOC writes 03: not PBOC's layout, 4 bytes left undecoded",
        ),
        ("06011203A00000", "length 06, PBOC writes 07: not PBOC's layout, 6 bytes left undecoded"),
        ("07000103A0A00001", "no issuer discretionary data"),
        (
            "07020103AB80601000" + "00" * 9,
            "length 00 before 9 bytes: not PBOC's layout, left undecoded",
        ),
        ("070001", "cryptogram version 01: debit/credit"),
        ("07000103A0", "first GENERATE AC or GPO returned ARQC"),
    ],
)
def test_issuer_application_data_of_other_forms(value: str, last: str) -> None:
    """Other schemes and odd lengths are decoded as far as defined, and the rest is named."""
    assert said(IAD, value)[-1] == last


def test_issuer_application_data_with_two_amounts() -> None:
    """IDD 03 holds balance and cumulative amount, five bytes each."""
    found = said(IAD, "07000103A00000010F030000012345000000678901020304")
    assert found[-3:] == [
        "e-cash balance 123.45",
        "cumulative total transaction amount, CTTA 67.89",
        "MAC 01020304",
    ]


def test_a_cvm_list() -> None:
    """Amounts X and Y, then method, condition and what follows of each rule."""
    assert said(CVM_LIST, "00000064000000C8420320009F06") == [
        "amount 1.00",
        "amount 2.00",
        f"enciphered PIN verified online; if terminal supports the CVM; {NEXT}",
        "present cardholder ID document; always; if unsuccessful fail",
        "no CVM required; if in application currency and under X; if unsuccessful fail; b8 RFU",
    ]


@pytest.mark.parametrize(
    "value, expected",
    [
        ("3F0000", ["no CVM performed", "unknown"]),
        ("3F0001", ["no CVM performed", "failed"]),
        ("1E0300", ["signature; if unsuccessful fail", "if terminal supports the CVM", "unknown"]),
        (
            "410302",
            [
                "plaintext PIN verified by ICC; if unsuccessful apply next rule",
                "if terminal supports the CVM",
                "successful",
            ],
        ),
        (
            "6F8003",
            [
                "reserved for individual payment systems; if unsuccessful apply next rule",
                "reserved for payment systems",
                "RFU",
            ],
        ),
    ],
)
def test_cvm_results(value: str, expected: list[str]) -> None:
    """Method performed, its condition, and the result."""
    assert said(CVM_RESULTS, value) == expected


def test_script_results() -> None:
    """Five bytes a script: result and command in the first, then the identifier."""
    assert said(SCRIPT_RESULTS, "20000000001F01020304") == [
        "script processing successful, identifier 00000000",
        "script processing failed at command 15 or more, identifier 01020304",
    ]


@pytest.mark.parametrize("value, zh", [("5931", "脱机批准"), ("3939", "其它应答码：拒绝")])
def test_response_codes(value: str, zh: str) -> None:
    """Codes are read as characters; what is not listed declines."""
    assert [each.zh for each in meanings(0x8A, bytes.fromhex(value))] == [zh]


def test_file_locator_entries_that_break_the_rules_say_so() -> None:
    """EMV 4.1 Book 3, 10.2: record 0 and a last record before the first are not allowed."""
    assert said(0x94, "0801030110000100") == [
        "SFI 1, records 1 to 3, 1 signed",
        "SFI 2, records 0 to 1, 0 signed; not allowed",
    ]


@pytest.mark.parametrize(
    "tag, value, expected",
    [
        (
            0x9F66,
            "36800000",
            [
                "qPBOC supported",
                "contact PBOC supported",
                "online PIN supported",
                "signature supported",
                "online cryptogram required",
            ],
        ),
        (0x9F6C, "8000", ["online PIN required"]),
        (0x9F56, "80", ["issuer authentication mandatory"]),
        (0x9F62, "05", ["other"]),
        (0x9F4D, "0B0A", ["SFI 11, 10 records"]),
        (
            0xDF61,
            "82",
            [
                "seen in cards with SM algorithms (unconfirmed)",
                "segmented fare and offline pre-authorisation",
            ],
        ),
        (0x87, "81", ["not without confirmation by the cardholder", "priority 1"]),
        (0x9C, "63", ["cash load"]),
        (0x91, "01020304050607083030", ["ARPC 0102030405060708", "response code 3030: approved"]),
        (
            0x9F52,
            "C0800080",
            [
                "issuer authentication failed: next transaction online",
                "issuer authentication performed and failed: decline",
                "PIN try limit exceeded: block application",
                "RFU",
            ],
        ),
    ],
    ids=lambda each: f"{each:X}" if isinstance(each, int) else None,
)
def test_other_coded_elements(tag: int, value: str, expected: list[str]) -> None:
    """The other tables of the specification, one value each."""
    assert said(tag, value) == expected


def test_amounts_are_decimals_of_minor_units() -> None:
    """Fen become yuan with two decimals, exactly."""
    assert [decimal(fen) for fen in (0, 5, 100, 123456789012)] == [
        "0.00",
        "0.05",
        "1.00",
        "1234567890.12",
    ]


def test_a_tag_without_table_says_nothing() -> None:
    """An amount has no bits."""
    assert meanings(0x9F02, bytes(6)) == ()


@given(st.sampled_from(sorted({*LAYOUTS, *VALUES, *STRUCTURES})), st.binary(max_size=300))
def test_any_value_has_meanings_and_none_raises(tag: int, value: bytes) -> None:
    """Whatever a card sends for a coded element, each line names place and both wordings."""
    for each in meanings(tag, value):
        assert isinstance(each, Meaning)
        assert each.where
        assert each.en
        assert each.zh


def test_pos_entry_modes() -> None:
    """9F39 says how the card was read, in the two digits that field 22 has too."""
    assert said(0x9F39, "05") == ["contact IC"]
    assert said(0x9F39, "07") == ["qPBOC, contactless"]
    assert said(0x9F39, "98") == ["debit/credit PBOC, contactless"]
    assert said(0x9F39, "44") == ["not in the table"]


@pytest.mark.parametrize(
    "value, words",
    [
        ("01", "SFI 1"),
        ("0A", "SFI 10"),
        ("0B", "SFI 11; not allowed, 1 to 10"),
        ("00", "SFI 0; not allowed, 1 to 10"),
        ("0101", "2 bytes, expected 1"),
    ],
)
def test_the_directory_file_has_sfi_1_to_10(value: str, words: str) -> None:
    """An SFI beyond those of payment system directories is told."""
    assert said(0x88, value) == [words]
