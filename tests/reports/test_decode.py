"""What `decode` makes of records, logs, lists of ATRs and personalisation, as whole texts."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cli
from reports.annotation import Annotated, Conversation, Decoded, decode_input

TRACES = Path(__file__).parents[3] / "shared/traces"
needs_traces = pytest.mark.skipif(
    not TRACES.is_dir(), reason=f"recorded traces are absent: {TRACES.name}"
)
TEST_PAN = "6210948000000011"
# A record with a CDOL1 that asks for 9C, and a CDOL2 that asks for 9C and 9A.
LISTS = "700A8C029C018D049C019A03"
# SELECT PSE, its directory file, and a record with the test card's number.
SELECT = "00A404000E315041592E5359532E444446303100"
FCI = "6F15840E315041592E5359532E4444463031A5038801019000"
READ = "00B2010C00"
RECORD = f"700A5A08{TEST_PAN}9000"


def spaced(data: str) -> str:
    return bytes.fromhex(data).hex(" ").upper()


def dumped(way: str, data: str) -> str:
    octets = bytes.fromhex(data)
    rows = (octets[at : at + 16] for at in range(0, len(octets), 16))
    return "\n".join([f"{way} APDU ({len(octets)} bytes):", *(f"{r.hex(' ')} ..." for r in rows)])


PLAIN = f"{SELECT}\n{FCI}\n{READ}\n{RECORD}"
ARROWS = f"> {SELECT}\n< {FCI}\n\n> {READ}\n< {RECORD}"
LABELS = f"C-APDU: {spaced(SELECT)}\nR-APDU: {spaced(FCI)}\nC-APDU: {READ}\nR-APDU: {RECORD}"
PCSCD = f"""\
00000000 [7] winscard.c:1() Send Protocol: T=1
00000001 [7] APDU: {spaced(SELECT)}
00000002 [7] SW: {spaced(FCI)}
00000003 [7] ifdhandler.c:2() a bench reader
00000004 [7] APDU: {spaced(READ)}
00000005 [7] SW: {spaced(RECORD)}
"""
OPENSC = "\n".join(
    (
        "0x1 10:15:30.002 [bench] apdu.c:1:transmit: called",
        dumped("Outgoing", SELECT),
        dumped("Incoming", FCI),
        dumped("Outgoing", READ),
        dumped("Incoming", RECORD),
    )
)
GLOBAL_PLATFORM = f"""\
[DEBUG] bench - connected
A>> T=1 (4+0014) {SELECT[:8]} {SELECT[8:10]} {SELECT[10:-2]} {SELECT[-2:]}
A<< (0023+2) (3ms) {FCI[:-4]} {FCI[-4:]}
A>> T=1 (4+0000) {READ[:8]} {READ[8:]}
A<< (0012+2) (2ms) {RECORD[:-4]} {RECORD[-4:]}
"""
GP_SHELL = f"""\
select
Command --> {SELECT}
Wrapped command --> {SELECT}
Response <-- {FCI}
Unwrapped response <-- {FCI}
Wrapped command --> {READ}
Response <-- {RECORD}
"""
LOGS = {
    "plain": (PLAIN, (1, 2, 3, 4)),
    "arrows": (ARROWS, (1, 2, 4, 5)),
    "labels": (LABELS, (1, 2, 3, 4)),
    "pcscd": (PCSCD, (2, 3, 5, 6)),
    "opensc": (OPENSC, (2, 5, 8, 10)),
    "global-platform": (GLOBAL_PLATFORM, (2, 3, 4, 5)),
    "gp-shell": (GP_SHELL, (3, 4, 6, 7)),
}


def flat(decoded: Decoded) -> Iterator[Annotated]:
    for _, fields in decoded.blocks:
        for field in fields:
            yield from field.walk()


@pytest.mark.parametrize("text, lines", LOGS.values(), ids=LOGS)
def test_a_log_of_each_form_is_decoded_whole(text: str, lines: tuple[int, ...]) -> None:
    """Every command is named and every response decoded, on the line where it stands."""
    decoded = decode_input(text, "en")
    assert decoded.bad == ()
    assert tuple(number for number, _ in decoded.blocks) == lines
    heads = [(fields[0].label, fields[0].name_en) for _, fields in decoded.blocks]
    assert heads == [
        ("C-APDU", "SELECT"),
        ("R-APDU", "success"),
        ("C-APDU", "READ RECORD"),
        ("R-APDU", "success"),
    ]
    labels = " ".join(each.label for each in flat(decoded))
    assert labels == "C-APDU 84 Le R-APDU 6F 84 A5 88 C-APDU Le R-APDU 70 5A"
    assert TEST_PAN not in decoded.text
    assert f"{TEST_PAN[:6]}******{TEST_PAN[-4:]}" in decoded.text


@pytest.mark.parametrize(
    "text, bad, labels",
    [
        ("1 APDU: 00 A4 04 0O\n2 SW: 6A 82", [(1, 3)], ["R-APDU"]),
        ("1 APDU: 00 A4\n2 SW: 6A 82", [(1, 2)], ["R-APDU"]),
        ("A>> (4+0005) 00A40400 05 A0\nA<< (0000+2) 6A82", [(1, 6)], ["R-APDU"]),
        (
            "Outgoing APDU (5 bytes):\n00 B2\nIncoming APDU (2 bytes):\n6A 83",
            [(2, 2)],
            ["R-APDU"],
        ),
        ("x\nWrapped command --> 80CA9F3600\nResponse <-- 9", [(3, 0)], ["C-APDU"]),
    ],
)
def test_a_bad_line_of_a_log_is_named_and_the_others_are_shown(
    text: str, bad: list[tuple[int, int]], labels: list[str]
) -> None:
    """What cannot be read is named with line and byte; what follows is decoded all the same."""
    decoded = decode_input(text)
    assert [(each.line, each.byte) for each in decoded.bad] == bad
    assert [fields[0].label for _, fields in decoded.blocks] == labels


@pytest.mark.parametrize(
    "command, name",
    [
        ("805000020B010000138811000099000110", "INITIALIZE FOR LOAD"),
        ("805001020B01000000C81100001234560F", "INITIALIZE FOR PURCHASE"),
        ("80500000080102030405060708", "INITIALIZE UPDATE"),
        ("805C000204", "GET BALANCE"),
        ("00B095000E", "READ BINARY"),
        ("80E60C0000", "INSTALL"),
        ("84E800000411223344", "LOAD, secure messaging"),
        ("8482000004AABBCCDD", "EXTERNAL AUTHENTICATE"),
        ("80DC02B80100", "UPDATE CAPP DATA CACHE"),
        ("0044000000", "unknown command"),
    ],
)
def test_commands_of_purses_and_card_management_are_named(command: str, name: str) -> None:
    """What P1 and P2, or the class, make of an instruction is part of the name."""
    assert Conversation().command(bytes.fromhex(command))[0].name_en == name


@pytest.mark.parametrize(
    "command", ["0020000003123456", "805E010006123456FF1234", "80D8008104AABBCCDD"]
)
def test_what_is_secret_in_a_command_is_hidden(command: str) -> None:
    """PINs in a purse's own form, old and new, and keys are shown as stars only."""
    data = Conversation().command(bytes.fromhex(command))[0].children[0]
    assert data.value == "*" * (len(command) - 10)


def test_between_responses_any_command_is_one() -> None:
    """A command that nobody here knows is told as such in a record, and is bad input alone."""
    decoded = decode_input("00A4040000\n9000\n0036000001\n6D00", lang="en")
    assert [fields[0].name_en for _, fields in decoded.blocks][2:] == [
        "unknown command",
        "instruction not supported",
    ]
    assert len(decode_input("0036000001").bad) == 1


def test_a_response_that_looks_like_a_command_is_a_response() -> None:
    """After a command, data objects before a status word are no command of the same bytes."""
    answer = "8050" + "9F36020102" * 16 + "9000"
    record = decode_input(f"80CA9F3600\n{answer}", lang="en")
    assert [fields[0].label for _, fields in record.blocks] == ["C-APDU", "R-APDU"]


def test_get_response_fetches_what_the_command_before_it_was_answered() -> None:
    """In T=0 the format of template 80 is that of the command, not of GET RESPONSE."""
    text = "80A80000028300\n6108\n00C0000008\n80067C00080101009000"
    last = decode_input(text).blocks[-1][1][0]
    assert [each.label for each in last.walk()] == ["R-APDU", "80", "82", "94"]


def test_a_command_sent_again_for_its_length_counts_once() -> None:
    """GENERATE AC after 6Cxx still answers the first list, the next one the second."""
    text = f"""
        00B2010C00
        {LISTS}9000
        80AE80000130
        6C14
        80AE80000130
        9000
        80AE40000430110315
        9000
    """
    decoded = decode_input(text)
    sent = [fields[0] for _, fields in decoded.blocks if fields[0].label == "C-APDU"]
    assert [[each.label for each in command.children] for command in sent[1:]] == [
        ["9C"],
        ["9C"],
        ["9C", "9A"],
    ]


# -- answers to reset


def test_an_answer_to_reset_is_decoded() -> None:
    """Each character has its place and its meaning, and printable historical bytes their text."""
    for text in ("3B65000050424F4332", "ATR: 3B 65 00 00 50 42 4F 43 32"):
        (field,) = decode_input(text).blocks[0][1]
        assert [(each.offset, each.label) for each in field.walk()] == [
            (0, "ATR"),
            (0, "TS"),
            (1, "T0"),
            (2, "TB1"),
            (3, "TC1"),
            (4, "T1-TK"),
        ]
        assert field.children[-1].text == "PBOC2"
        assert [each.en for each in field.meanings] == ["offers T=0"]


def said(text: str) -> list[str]:
    """Every English meaning in a text, in order."""
    return [meaning.en for field in flat(decode_input(text)) for meaning in field.meanings]


@pytest.mark.parametrize(
    "text, words",
    [
        ("3FE000008131204535", ["inverse convention", "IFSC 32", "BWI 4, CWI 5", "right"]),
        ("3BF01300001000", ["Fi 372, Di 4", "T=0 follows", "specific mode, T=0, TA1"]),
        ("3BE000001010", ["specific mode, T=0, implicit rates"]),
        ("3BE00000400A", ["no programming voltage", "WI 10, 3571200 clocks"]),
        ("3B602505", ["TB1 25: an EMV terminal may refuse it after a cold reset"]),
        ("3B4000", ["TB1 absent: an EMV terminal may refuse it after a cold reset"]),
        ("3BE000FF8131FE4500", ["offers T=1", "the protocol's shortest guard time", "wrong"]),
        ("3BE000008131FE45", ["TCK missing, T=1 needs it"]),
        ("3B60000500", ["extra guard time 5 etu", "surplus, T=0 alone has none"]),
        ("3B6700008031C073C82110", ["objects"]),
        ("3B6600000031C0079000", ["objects, status behind them", "life cycle 07; success"]),
        ("3B660000003FC0079000", ["a form of the issuer's own"]),
    ],
)
def test_what_an_answer_to_reset_says(text: str, words: list[str]) -> None:
    """Rates, modes, waiting times, check character and historical bytes are explained."""
    found = said(text)
    assert [each for each in words if each not in found] == []


def test_a_contactless_card_is_told_by_its_answer() -> None:
    """An ATR that a reader made out of an ATS is no offer of T=0, and offers nothing to refuse."""
    first, *_ = said("3B80800101")
    assert first == "a contactless card, as a PC/SC reader shows it"
    assert not [each for each in said("3B80800101") if "refuse" in each]


def test_a_list_of_answers_to_reset_is_decoded() -> None:
    """The hex in quotes at the start of a line counts, the words behind it do not."""
    decoded = decode_input('    { "3B600000", "a card of the bench" },\n')
    assert [fields[0].label for _, fields in decoded.blocks] == ["ATR"]


def test_an_answer_to_reset_that_is_cut_off_is_refused_as_one() -> None:
    """The reason names the missing part, in the languages asked for."""
    reasons = {
        "zh+en": "第1行 / line 1: byte 5: historical bytes: 4 short / 历史字节缺4个",
        "zh": "第1行：字节5：历史字节缺4个",
        "en": "line 1: byte 5: historical bytes: 4 short",
    }
    for lang, reason in reasons.items():
        assert decode_input("3B650000 50", lang=lang).text == reason  # type: ignore[arg-type]


def test_a_challenge_is_no_answer_to_reset() -> None:
    """Eight random bytes that begin as an ATR does are the answer to their command."""
    decoded = decode_input("0084000000\n3B600000000000009000")
    assert [fields[0].label for _, fields in decoded.blocks] == ["C-APDU", "R-APDU"]


# -- personalisation


def test_data_groupings_are_decoded() -> None:
    """Several groupings of a line, each by name, its objects where they stand in the line."""
    first, second = decode_input("91040482027C0001010770059F36020005").blocks[0][1]
    assert (first.label, first.name_en) == ("DGI 9104", "answer to GPO, debit/credit")
    assert [(each.offset, each.label) for each in first.walk()] == [(0, "DGI 9104"), (3, "82")]
    assert (second.name_en, second.name_zh) == ("SFI 1, record 1", "SFI 1，记录1")
    assert [(each.offset, each.label) for each in second.walk()] == [
        (7, "DGI 0101"),
        (10, "70"),
        (12, "9F36"),
    ]


@pytest.mark.parametrize(
    "text, value",
    [
        ("80001000112233445566778899AABBCCDDEEFF", "*" * 32),
        ("82010401020304", "*" * 8),
        ("801008241234FFFFFFFFFF", "24****FFFFFFFFFF"),
        ("900003AABBCC", "AABBCC"),
    ],
)
def test_keys_and_pins_of_groupings_are_hidden(text: str, value: str) -> None:
    """Secret data are stars, a PIN block keeps its control field, check values are shown."""
    (field,) = decode_input(text).blocks[0][1]
    assert (field.label[:3], field.value) == ("DGI", value)


def test_a_grouping_whose_objects_are_broken_says_so() -> None:
    """The data stay as they are, with byte and reason."""
    (field,) = decode_input("91040382027C").blocks[0][1]
    assert field.value == "82027C"
    assert [(each.where, each.en, each.zh) for each in field.meanings] == [
        ("byte 3", "the value of 82 is 1 bytes short", "82的值缺1字节")
    ]


def test_data_objects_go_before_groupings() -> None:
    """What is whole in the dictionary's tags and lengths is read as that."""
    (field,) = decode_input("9203009A00").blocks[0][1]
    assert field.label == "92"


def test_stored_data_are_groupings() -> None:
    """STORE DATA carries groupings, decoded where they stand in the command."""
    command = decode_input("80E2800007" + "91040482027C00").blocks[0][1][0]
    assert [(each.offset, each.label) for each in command.walk()] == [
        (0, "C-APDU"),
        (5, "DGI 9104"),
        (8, "82"),
    ]


# -- words


@given(st.text(alphabet='0123456789ABCDEF \n<>:APDU-SWRT{"}=x', max_size=80))
def test_every_refusal_stands_in_both_languages(text: str) -> None:
    """Whatever a line is refused for, the reason is said in English and in Chinese."""
    for each in decode_input(text).bad:
        assert each.en.isascii()
        assert re.search("[\u4e00-\u9fff]", each.zh)
        assert each.zh != "无法解码"


@given(st.binary(min_size=1, max_size=12))
def test_every_refusal_of_bytes_has_its_own_words(data: bytes) -> None:
    """No message of a codec that bytes can call forth is without its Chinese wording."""
    for each in decode_input(data.hex()).bad:
        assert each.zh != "无法解码", each.en


def test_a_list_of_named_values_is_refused_in_words() -> None:
    """A line of keys names what stands in it and what to give instead."""
    (bad,) = decode_input("80 exp=03 mod=CC").bad
    assert bad.en == "values with names (exp, mod): decode the hex of one value alone"


@pytest.mark.parametrize(
    "text, code", [(PCSCD, 0), ("3B600000", 0), ("91040482027C00", 0), ("1 APDU: 00 A4", 2)]
)
def test_the_command_shows_a_file_and_ends_with_its_code(
    text: str, code: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """0 if everything was decoded, 2 if any line was bad; the text is the one of the decoder."""
    file = tmp_path / "log.txt"
    file.write_text(text, encoding="utf-8")
    assert cli.main(["decode", str(file)]) == code
    assert capsys.readouterr().out == decode_input(text).text + "\n"


# -- recordings from outside


def traced(name: str) -> Decoded:
    return decode_input(next(TRACES.glob(f"{name}_*")).read_text(encoding="utf-8"))


@needs_traces
def test_recorded_answers_to_reset_are_decoded() -> None:
    """All 34 ATRs of Chinese bank cards decode, contactless ones told, with no wrong TCK."""
    decoded = traced("RT03")
    assert decoded.bad == ()
    heads = [fields[0] for _, fields in decoded.blocks]
    assert [each.label for each in heads] == ["ATR"] * 34
    contactless = [each for each in heads if "contactless" in each.meanings[0].en]
    assert len(contactless) == 13
    assert not [each for each in flat(decoded) for m in each.meanings if m.en == "wrong"]


@needs_traces
def test_a_recorded_personalisation_is_decoded() -> None:
    """Every grouping of the image has its name, every tag its own, and no key is shown."""
    decoded = traced("RT14")
    assert decoded.bad == ()
    heads = [fields[0] for _, fields in decoded.blocks]
    assert len(heads) == 27
    assert all(each.label.startswith("DGI ") for each in heads)
    assert not [each for each in flat(decoded) if each.name_en.startswith("unknown")]
    hidden = [each.label for each in heads if set(each.value) == {"*"}]
    assert hidden == [f"DGI {dgi:04X}" for dgi in (0x8000, *range(0x8201, 0x8206))]


@needs_traces
def test_a_recorded_list_of_keys_is_refused_line_by_line() -> None:
    """Each line of the list of CA keys is bad input with its own number."""
    decoded = traced("RT18")
    assert decoded.blocks == ()
    numbers = [each.line for each in decoded.bad]
    assert numbers == sorted(set(numbers))
    assert len(numbers) == 16
