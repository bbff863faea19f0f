"""Cards, hosts and swipes that contact cases share (contact facts, 4.0)."""

from suites.case import APPROVES, BC, Card, Host
from suites.rules import SALE, SILENCE, Reaction, answers, code, instead, issuer_script, scr, sw

BC_PIN, BC_EC = Card("BC-PIN"), Card("BC-EC")
# H05: this sale is declined, with an ARPC; the sign-on before it is not.
DECLINES = APPROVES.when(SALE, code("05"))
# HTO: the host does not answer.
SILENT = APPROVES.when(SALE, SILENCE)
# What the cardholder of every test card enters, and what he gets wrong.
PIN, WRONG_PIN = "123456", "9999"
# X and Y of a CVM list that compares no amounts.
NO_AMOUNTS = "0000000000000000"
# The stripe of BC, as a chip card has it.
STRIPE = "6228480402564890018={expiry}{service}0000000000"
EXPIRY = "3012"
# PUT DATA of the offline amount limits, as an issuer writes them: header and value.
PUT_9F58, PUT_9F59, PUT_9F53 = "04DA9F5805", "04DA9F5910", "04DA9F5305"
# An answer to GENERATE AC that was not computed: ATC, cryptogram and 9F10 of the baseline card.
ATC, CRYPTOGRAM, IAD = "001C", "A1B2C3D4E5F6A7B8", "07010103A0000001"


def cvm(rules: str, amounts: str = NO_AMOUNTS, card: Card = BC) -> Card:
    """BC with these CVM rules behind the amounts X and Y; blanks are for the eye."""
    return card.but(cvm_list_8E=amounts + rules.replace(" ", ""))


def stripe(service: str) -> str:
    """Track 2 of the baseline card under this service code."""
    return STRIPE.format(expiry=EXPIRY, service=service)


def with_script(template: str, *commands: str, identifier: str = "00000001") -> Host:
    """H00 with one script of these commands; the issuer adds their MACs."""
    script = issuer_script(template, *commands, identifier=identifier)
    return APPROVES.when(SALE, answers(scripts=script))


def with_scripts(*scripts: str) -> Host:
    """H00 with several scripts."""
    return APPROVES.when(SALE, answers(scripts="/".join(scripts)))


def with_objects(data: str) -> Host:
    """H00 with these bytes behind the objects of its DE55."""
    return APPROVES.when(SALE, answers(de55_add=bytes.fromhex(data).hex(".").upper()))


def accepting(card: Card, commands: int) -> Card:
    """The card answers 9000 to the first few script commands."""
    for number in range(1, commands + 1):
        card = card.when(scr(number), sw("9000"))
    return card


def cryptogram(cid: str) -> Reaction:
    """GENERATE AC is answered with this CID in format 1."""
    return instead("8013" + cid + ATC + CRYPTOGRAM + IAD + "9000")


def format_2(*objects: str, template: str = "77") -> Reaction:
    """GENERATE AC is answered with these objects in hex."""
    data = "".join(objects)
    return instead(f"{template}{len(data) // 2:02X}{data}9000")


CID_TC, CID_ARQC = "9F270140", "9F270180"
ATC_9F36, AC_9F26 = "9F3602" + ATC, "9F2608" + CRYPTOGRAM
# 9F10 of a card that tells its e-cash balance: 123.45, with a MAC that no terminal can check.
IAD_WITH_BALANCE = "9F1013" + IAD + "0A" + "01" + "0000012345" + "A1B2C3D4"
# 9F10 of 32 bytes: 23 of them the issuer's own.
LONGEST_IAD = "9F1020" + IAD + "17" + "AB" * 23
# The lists of the baseline card (4.0), for cards that ask for more.
CDOL1_T = (
    "9F02069F03069F1A0295055F2A029A039C019F37049F21039F4E14"
    "9B029F34039F33039F35019F40059F1E089F09029F41048A025F3601"
)
CDOL2_T = "8A029F02069F03069F1A0295055F2A029A039C019F37049F21039B029F3403"


def _template_72(*objects: str, length: int = 0) -> str:
    """Template 72 around these objects, with 9F18 in front; a length of its own if one is given."""
    data = "9F180400000001" + "".join(objects)
    return f"72{length or len(data) // 2:02X}{data}"


# A command as an issuer sends it, whose MAC no key made: the card is told to answer 9000.
UNCHANGED = "841E000004EEFD1838"
SHORT, OF_15 = "8418000000", "04DA9F580A" + "A0A1A2A3A4A5" + "B0B1B2B3"
TEMPLATE_UNCHANGED = _template_72("8609" + UNCHANGED)
TEMPLATE_UNKNOWN_TAG = _template_72("DF0101AA", "8609" + UNCHANGED)
# 86 says that it is longer than what is left of the template.
TEMPLATE_BROKEN = _template_72("8620" + UNCHANGED)
TEMPLATE_128 = _template_72(*(7 * ("860F" + OF_15,)))
TEMPLATE_OF_16 = _template_72(*(16 * ("8605" + SHORT,)))
DECLINED_WITH_SCRIPT = APPROVES.when(
    SALE, answers(de39="05", scripts=issuer_script("72", PUT_9F58))
)
