"""The bills that wait at the biller in every run: what a kiosk's customer may pay."""

from fixtures.acquirer.bills import Bill
from suites.services import ELECTRICITY, WATER

# Account -> what is owed, in minor units; one below and one above what is paid without a PIN.
BILLS = (
    Bill("201103-0001", WATER, "100001", 4_350),
    Bill("201103-0002", ELECTRICITY, "200002", 25_680),
    Bill("201103-0003", WATER, "100003", 12_000),
    # The amount of the catalogue, with fen.
    Bill("201103-0004", WATER, "100004", 1_230),
)
