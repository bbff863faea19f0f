"""Names, states and beginnings that the cases of a card share (contactless facts, part 6)."""

from suites.acts import Act, gpo, insert, read_records, select
from suites.case import AS_DECLARED

AID = "A000000333010101"
PSE = "315041592E5359532E4444463031"
PPSE = "325041592E5359532E4444463031"
# State S1: the card REFERENCE, loaded anew.
S1 = AS_DECLARED.but(image="REFERENCE")
AMOUNT = 1000
SELECTED: tuple[Act, ...] = (insert(), select(AID))
# Debit/credit: 9F7A is 00.
INITIATED = (*SELECTED, gpo(amount_9F02=AMOUNT))
READ = (*INITIATED, read_records())
TAPPED: tuple[Act, ...] = (insert("contactless"), select(AID))
# 6.4: the file locators of debit/credit and of e-cash.
DEBIT_AFL = "080102001001030018010202"
ECASH_AFL = "0801010010010100100405002001010018020302"
NO_DATA_52 = "00" * 52
# 9F7A 00, 10.00, 0156: what the contact PDOL asks for.
PDOL_DATA = "000000000010000156"
EMPTY_GAC = f"80AE800034{NO_DATA_52}00"
