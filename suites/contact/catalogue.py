"""Cases of terminals at the contacts, one module per function of the standard."""

from suites.contact import (
    card_action_analysis,
    cardholder_verification,
    combined_data_authentication,
    completion,
    dynamic_data_authentication,
    electronic_cash,
    exceptions,
    fallback,
    issuer_scripts,
    online_processing,
    processing_restrictions,
    protocol,
    static_data_authentication,
    terminal_action_analysis,
    terminal_risk_management,
    transaction_data,
)

CASES = (
    *static_data_authentication.CASES,
    *dynamic_data_authentication.CASES,
    *combined_data_authentication.CASES,
    *processing_restrictions.CASES,
    *cardholder_verification.CASES,
    *terminal_risk_management.CASES,
    *terminal_action_analysis.CASES,
    *card_action_analysis.CASES,
    *online_processing.CASES,
    *issuer_scripts.CASES,
    *completion.CASES,
    *exceptions.CASES,
    *protocol.CASES,
    *electronic_cash.CASES,
    *transaction_data.CASES,
    *fallback.CASES,
)
