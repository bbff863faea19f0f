"""Every flag of the five catalogues has a meaning in the one proforma."""

import pytest

from fixtures import ics
from suites.flags import CATALOGUES, flags
from suites.ics_language import ALL, Claim

# The flags as the catalogues list them; a row may use no other.
LISTED = {
    "contact": """all online OFF OWO ONO OFFONL earlyTAA ATT ATM SDA DDA CDA PPIN OPIN SIG NOCVM
        IDCVM BYP PTC PSEm PART CONF DDF RTS VEL EXCF LOG FORCE_ON CASH CASHBACK INQ TDOL CRL REF
        ADVICE MULTI EC LOAD LOGREAD MAG FBK PRINT TPDU PRT""",
    "contactless": """T_QPBOC T_CLPBOC T_MSD T_CONTACT T_ONLINE T_OFFONLY T_PIN T_SIGN T_STATUS T_LT
        T_LC T_LF T_EXC T_EC T_LOAD T_F01 T_CAPP T_UNATT T_PIPE T_ODA T_SM T_DUALCUR T_RECEIPT""",
    "card": """C_CONTACT C_CONTACTLESS C_QPBOC C_CLPBOC C_MSD C_EC C_LOG C_LOADLOG C_PIN C_CDA C_PSE
        C_CAPP C_DUALCUR C_SM C_FDDA00 C_FDDA01 C_KEY_GT1024 C_PREPAID""",
    "host": """DIRECT INDIRECT KIOSK IC MSR ONLINEPIN PINBYPASS PREAUTH REFUND VOID PARTIAL
        AUTHCOMP_ADVICE AUTHCOMP_ONLINE DOWNLOAD8583 EC EC_LOAD EC_LOAD_DESIG EC_LOAD_NONDESIG
        EC_LOAD_CASH EC_LOAD_CASHVOID QPBOC FALLBACK TRACKENC MOTOR RETAIN PRINTER""",
    "edep": """C_EP C_ED C_ED_WDR C_ED_UNL C_ED_OVD C_CAPP C_CAPP_MULTI C_CAPP_TU C_CAPP_TOLL C_CERT
        C_PIN C_SM C_BLOCK C_LOG_PIN C_MAXBAL C_MACLOCK C_LOAD_NOPIN C_PSE C_KEY2 T_EP T_ED T_CAPP
        T_PSAM T_PSAM2 T_CERT T_BUS T_BLK T_KIOSK T_PRINT T_T0""",
}


@pytest.mark.parametrize("catalogue", CATALOGUES)
def test_every_flag_of_a_catalogue_has_a_meaning(catalogue: str) -> None:
    """None is missing, and none is there that no catalogue has."""
    assert set(flags()[catalogue]) == set(LISTED[catalogue].split())


@pytest.mark.parametrize("catalogue", CATALOGUES)
def test_flags_speak_of_claims_of_the_proforma(catalogue: str) -> None:
    """A flag can only mean what a vendor is asked."""
    known = set(ics.proforma().claims)
    unknown = {flag: claim.names() - known for flag, claim in flags()[catalogue].items()}
    assert {flag: names for flag, names in unknown.items() if names} == {}


def test_one_claim_has_one_meaning_in_all_catalogues() -> None:
    """E-cash, loads, online PIN, fallback and stripe are the same claims wherever they stand."""
    found = flags()
    assert found["contact"]["EC"] == found["contactless"]["T_EC"] == found["host"]["EC"]
    assert found["contact"]["LOAD"] == found["contactless"]["T_LOAD"] == found["host"]["EC_LOAD"]
    assert found["contact"]["OPIN"] == found["contactless"]["T_PIN"] == found["host"]["ONLINEPIN"]
    assert found["contact"]["FBK"] == found["host"]["FALLBACK"]
    assert found["contact"]["MAG"] == found["host"]["MSR"]


def test_expressions_are_read_as_written() -> None:
    """`or` binds least; `not` one claim; always is always."""
    assert flags()["contact"]["all"] == ALL
    assert flags()["contact"]["online"] == Claim("offline-with-online") | Claim("online-only")
    assert flags()["contactless"]["T_UNATT"] == ~Claim("attended")
