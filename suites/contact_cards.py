"""Deviations of test cards that files of contact cases share (contact facts, 4.0)."""

from suites.case import AS_DECLARED

# The card number of BC, as the list of test cards has it.
TEST_PAN = "6228480402564890018"
# The test applications of the catalogue.
AID1, AID2, AID3 = "A000000333010101", "A000000333010102", "A000000333010103"
# A terminal whose own action codes ask for nothing.
NO_CODES = "0000000000"
NO_TACS = AS_DECLARED.but(tac_denial=NO_CODES, tac_online=NO_CODES, tac_default=NO_CODES)
