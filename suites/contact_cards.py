"""Deviations of test cards that files of contact cases share (contact facts, 4.0)."""

from suites.case import AS_DECLARED, BC

# The card number of BC, as the list of test cards has it.
TEST_PAN = "6228480402564890018"
# The test applications of the catalogue.
AID1, AID2, AID3 = "A000000333010101", "A000000333010102", "A000000333010103"
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
