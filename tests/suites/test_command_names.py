"""How commands are told apart: what they ask for, and what they are one of."""

import pytest

from adapters.codec.apdu import decode_command
from suites.command_names import CommandNamer, written
from suites.rules import DIRECTORY_READ, RECORD_READ, rr, rr_dir, sel, seln

AID1 = "A000000333010101"
PSE = "00A404000E315041592E5359532E444446303100"
SELECT, NEXT = f"00A4040008{AID1}00", f"00A4040208{AID1}00"
RECORD = "00B2010C00"


def names(*commands: str) -> list[tuple[str, ...]]:
    namer = CommandNamer()
    return [namer.name(decode_command(bytes.fromhex(each))).names for each in commands]


@pytest.mark.parametrize(
    "command, expected",
    [
        (PSE, ("SEL", "SEL(PSE)")),
        (SELECT, ("SEL", "SEL(A000000333.010101)", "SEL(AID*)")),
        (NEXT, ("SEL", "SELN(A000000333.010101)")),
        (RECORD, ("RR", "RR(1,1)", "RR(*,*)")),
        ("80CA9F3600", ("GD", "GD(9F36)")),
        ("80A8000002830000", ("GPO",)),
    ],
)
def test_a_command_goes_by_all_its_names(command: str, expected: tuple[str, ...]) -> None:
    """Its short name, what it asks for exactly, and what it is one of."""
    assert names(command) == [expected]


def test_records_of_the_directory_are_others_than_those_of_an_application() -> None:
    """File 1 is the directory's after SELECT of the PSE, and the application's after its own."""
    assert names(PSE, RECORD)[1] == ("RR", "RR(dir,1)", "RR(dir,*)")
    assert names(PSE, SELECT, RECORD)[2] == ("RR", "RR(1,1)", "RR(*,*)")


def test_triggers_are_named_as_commands_are() -> None:
    """A rule fires at the command that its trigger names."""
    assert sel(AID1).what in names(SELECT)[0]
    assert seln(AID1).what in names(NEXT)[0]
    assert {rr(1, 1).what, RECORD_READ.what} <= set(names(RECORD)[0])
    assert {rr_dir(1).what, DIRECTORY_READ.what} <= set(names(PSE, RECORD)[1])


def test_a_name_that_is_no_application_is_written_as_it_is() -> None:
    """A dot stands behind a RID only."""
    assert written(b"ABCDEF") == "414243444546"
    assert written(bytes.fromhex(AID1)) == "A000000333.010101"
