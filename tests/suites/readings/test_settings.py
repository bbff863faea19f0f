"""Settings in force: the ICS, and what was acknowledged since."""

from suites.readings.settings import as_bytes, as_number, as_texts, in_force
from tests.suites.recordings import Tape


def test_an_acknowledged_setting_replaces_the_declared_one() -> None:
    """Only from its acknowledgement on, and by the ICS' name."""
    tape = Tape()
    tape.setting(tac_denial="FFFFFFFFFF")
    attempt = tape.attempt()
    assert as_bytes(in_force(attempt, 2), "tac-denial") == bytes.fromhex("0010000000")
    assert as_bytes(in_force(attempt, 3), "tac-denial") == b"\xff" * 5


def test_a_setting_that_is_not_there_is_empty() -> None:
    """Absent and malformed settings are empty, -1, or no texts."""
    settings = {"a": "xyz", "b": "0102"}
    assert as_bytes(settings, "a") == b""
    assert as_bytes(settings, "c") == b""
    assert as_number(settings, "b") == -1
    assert as_texts(settings, "b") == ()
