"""What the cases of a kiosk share: bills to pay, and a card with an online PIN."""

from suites.acts import Act
from suites.case import Card
from suites.kiosk_acts import pay_bill, query_bill
from suites.services import ELECTRICITY, WATER

# Its CVM list begins with online PIN.
PIN_CARD = Card("BC-PIN")
# With a balance that has fen.
ECASH_CARD = Card("BC-EC").but(balance_9F79="000000012345")
# 12.30, as the catalogue has it.
BILL = query_bill(WATER, "100004")
OTHER_BILL = query_bill(WATER, "100001")
THIRD_BILL = query_bill(WATER, "100003")
ELECTRICITY_BILL = query_bill(ELECTRICITY, "200002")
PAID: tuple[Act, ...] = (BILL, pay_bill())
# The same, with an online PIN; 123.45, and what a load of 100.00 makes of it.
LOADED_CARD = ECASH_CARD.but(cvm_list_8E="000000000000000042031F00")
LOAD_AMOUNT, OLD_BALANCE, NEW_BALANCE = 10_000, 12_345, 22_345
PUT_NEW_BALANCE = f"04DA9F79{NEW_BALANCE:012d}"
# Unattended terminals: financial institution, merchant, cardholder (EMV 4.1 Book 4, table 24).
UNATTENDED = ("14", "15", "16", "24", "25", "26", "34", "35", "36")
# Methods that need nobody behind a counter: 03, 05 and 1E want a signature.
WITHOUT_SIGNATURE = ("00", "01", "02", "04", "1F", "3F")
# DE39 of a reversal after a power cut or a card that was pulled out (facts, 0.1 on 1.12).
REASONS = ("06", "96", "98")
