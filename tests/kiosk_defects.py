"""Which run at a kiosk catches which defect, and by which condition."""

from collections.abc import Mapping

# Run -> the seeded defects that fail it, each with the condition that says so.
CAUGHT_BY: Mapping[str, Mapping[str, str]] = {
    "HK-001": {
        "charge-rounded-up": "AMOUNTS",
        "bill-amount-told-otherwise": "AMOUNTS",
    },
    "HK-002": {"card-kept-after-failure": "A(CARD(returned))"},
    "HK-003": {"bill-paid-before-card-completes": "count(BILL(paid))=0"},
    "HK-004": {"bill-paid-before-card-completes": "SETTLED"},
    "HK-005": {"retained-card-not-recorded": "RETAINED"},
    "HK-007": {"card-kept-after-power-cut": "A(CARD(returned))"},
    "HK-008": {"reversal-lost-in-power-cut": "H(REV)"},
    "HK-009[a]": {"reversal-lost-in-power-cut": "SETTLED"},
    "HK-009[b]": {
        "journal-not-taken-up": "SETTLED",
        "completed-and-reversed": "SETTLED",
    },
    "HK-010": {"no-warning-without-paper": "WARNED"},
    "HK-011": {"unprinted-payment-reversed": "!H(REV)"},
    "HK-012": {"biller-refusal-taken-for-paid": "SETTLED"},
    "HK-013": {"no-reversal-after-no-answer": "SETTLED"},
    "HK-014": {
        "biller-silence-taken-for-refusal": "!H(REV)",
        "payment-numbered-anew": "!H(REV)",
    },
    "HK-015": {
        "biller-silence-taken-for-paid": "SETTLED",
        "journal-not-taken-up": "SETTLED",
    },
    "HK-016": {"pin-tries-unlimited": "PIN-TRIES"},
    "HK-017": {"paid-without-pin": "!H(AUTH)"},
    "HK-019": {"ecash-balance-without-fen": "BALANCE"},
    "HK-020": {
        "load-slip-without-old-balance": "SLIP",
        "script-class-changed": "LOADED",
    },
    "HK-023": {
        "bill-left-on-screen": "SCREEN",
        "customer-named-in-journal": "JOURNAL",
    },
    "HK-024": {"charge-rounded-up": "TOTALS"},
    "HK-026": {"card-asked-for-without-bill": "!A(STATE(CARD_IN))"},
    "HK-027[a]": {"cvm-never-goes-on": "T1[3.8]=0"},
    "HK-027[b]": {"cvm-capabilities-ignored": "T1[3.8]=1"},
}
