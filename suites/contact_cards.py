"""Deviations of test cards that files of contact cases share (contact facts, 4.0)."""

from suites.case import AS_DECLARED, BC

# The card number of BC, as the list of test cards has it.
TEST_PAN = "6228480402564890018"
# The test applications of the catalogue.
AID1, AID2, AID3, AID_ECASH = (
    f"A000000333{pix}" for pix in ("010101", "010102", "010103", "010106")
)
# A terminal whose own action codes ask for nothing.
NO_CODES = "0000000000"
NO_TACS = AS_DECLARED.but(tac_denial=NO_CODES, tac_online=NO_CODES, tac_default=NO_CODES)
# Cards of the groups SDA and CDA; what else is changed is signed with them.
AUTHENTICATED_BY_SDA, AUTHENTICATED_BY_CDA = BC.but(aip_82="5C00"), BC.but(aip_82="7D00")
# Sets of CA keys a terminal is loaded with: the test CA's own key expired, or under another RID.
EXPIRED_CA_KEY = "assay-expired"
KEY_OF_ANOTHER_RID = "assay-test,assay-other-rid"
# RID, CA key index and serial number of the issuer certificate that BC has.
REVOKED = "A000000333E0000001"
# 254 bytes: template 70, and one object that nobody knows.
LONGEST_RECORD = "7081FBDF810681F6" + "00" * 246
# Record (2,1) of BC but for 9F4A, with 00 between and before its objects.
PADDED_RECORD = (
    "704F005A0A6228480402564890018F00005F24033012315F25031001015F3401019F0702FF00"
    "8E0C00000000000000001E031F009F0D05D8609CA8009F0E0500100000009F0F05D8689CF800"
    "5F28020156"
)


def text(characters: str, between: str = ".") -> str:
    """ASCII characters as hex bytes; a dot between them where rules want it so."""
    return characters.encode("ascii").hex(between).upper() if between else _hex(characters)


def entry_61(aid: str, label: str, priority: str = "", *others: str) -> str:
    """A directory entry in hex: 4F, 50, 87 if there is one, and objects beside them."""
    ranked = f"8701{priority}" if priority else ""
    inside = f"4F{_size(aid)}{aid}50{len(label):02X}{_hex(label)}{ranked}{''.join(others)}"
    return f"61{_size(inside)}{inside}"


def _hex(characters: str) -> str:
    return characters.encode("ascii").hex().upper()


def _size(value: str) -> str:
    return f"{len(value) // 2:02X}"
