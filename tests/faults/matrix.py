"""The fault matrix: what may befall a campaign, how a test makes it happen, what must come of it.

Everywhere: no acknowledged record is lost, a cut attempt is inconclusive and never passes, the
others stay as they are, resuming is quick, and what was resumed is judged as if undisturbed.
"""

from collections.abc import Mapping
from dataclasses import dataclass

HERE = "tests/faults/"
NOT_HERE = "not part of this release: "


@dataclass(frozen=True)
class Row:
    """A fault; `tests` as file::function. `missing` says what is not there to be tested."""

    fault: str
    injected: str
    outcome: str
    tests: tuple[str, ...] = ()
    missing: str = ""


KILLED = f"{HERE}test_killed.py::"
CERTIFY = f"{HERE}test_certify_killed.py::"
DISK = f"{HERE}test_disk.py::"
LINES = f"{HERE}test_lines.py::"
READER = "tests/adapters/ifd/test_virtual_reader.py::"
CLOCK = f"{HERE}test_clock.py::"
JUDGE = f"{HERE}test_judge.py::"
TWO = f"{HERE}test_two_benches.py::"
JOURNAL = "tests/adapters/test_journal_process.py::"
POWER = "tests/adapters/test_power_loss.py::"
CHAIN = "tests/adapters/test_chain.py::"
DEVICES = "tests/test_misbehaviour.py::"

MATRIX: Mapping[str, Row] = {
    "F1": Row(
        "the campaign is killed",
        "SIGKILL at 27 named points, 5 more while resuming, and of certify, runner and group",
        "resumed; the cut attempt inconclusive, cause bench; no process left",
        (
            f"{KILLED}test_a_campaign_killed_anywhere_is_resumed",
            f"{KILLED}test_a_campaign_killed_again_while_it_is_resumed",
            f"{CERTIFY}test_a_certify_that_is_killed_is_resumed",
        ),
    ),
    "F2": Row(
        "the writer is killed or stands still",
        "SIGKILL, SIGSTOP",
        "nothing more is acknowledged; exit 74; the cut attempt inconclusive, cause bench",
        (
            f"{KILLED}test_a_campaign_whose_writer_is_killed_stops",
            f"{JOURNAL}test_a_writer_that_is_killed_takes_nothing_along",
            f"{JOURNAL}test_a_writer_that_stands_still_is_given_up",
        ),
    ),
    "F3": Row(
        "power is lost",
        "simulated disk: writes, sizes and names kept, lost, torn, garbage, zeros",
        "what was synced is recovered, nothing is invented, the chain goes on",
        (
            f"{POWER}test_nothing_synced_is_lost_and_nothing_is_invented",
            f"{POWER}test_a_mutilated_chain_is_caught",
        ),
    ),
    "F4": Row(
        "power is lost during recovery",
        "the same in recovery, three deep",
        "as F3",
        (f"{POWER}test_nothing_synced_is_lost_and_nothing_is_invented",),
    ),
    "F5": Row(
        "the disk is full",
        "a small tmpfs, a limited folder, RLIMIT_FSIZE",
        "last words, exit 74, nothing closed; resumed when there is room",
        (
            f"{DISK}test_a_disk_that_becomes_full_stops_the_campaign",
            f"{DISK}test_certify_ends_with_74_in_the_middle_of_an_attempt",
            f"{JOURNAL}test_a_full_disk_leaves_its_last_words",
            f"{JOURNAL}test_a_real_disk_that_is_full_stops_the_journal",
        ),
    ),
    "F6": Row(
        "a write or sync fails",
        "EIO by stand-ins under journal and ledger",
        "everything after it fails too; nothing closed",
        (
            f"{DISK}test_a_ledger_that_cannot_be_synced_stops_the_campaign",
            f"{DISK}test_a_journal_that_fails_stops_the_campaign",
            f"{JOURNAL}test_what_fails_once_fails_for_ever",
        ),
    ),
    "F7": Row(
        "the folder is read-only, deleted or no folder",
        "a tmpfs remounted, a folder removed, a file in its place",
        "exit 74; nothing begun, or nothing more",
        (
            f"{DISK}test_a_read_only_disk_begins_nothing",
            f"{DISK}test_a_folder_that_is_deleted_stops_the_campaign",
            f"{DISK}test_a_place_that_is_no_folder_begins_nothing",
        ),
    ),
    "F8": Row(
        "a bit flips at rest",
        "each bit of a chain, bits of a recorded campaign, bytes of a bundle",
        "reading ends before it; resuming and opening are refused",
        (
            f"{CHAIN}test_every_flipped_bit_ends_reading_at_its_record",
            f"{DISK}test_a_bit_that_flips_in_a_journal_ends_it_there",
            f"{DISK}test_a_campaign_with_a_flipped_bit_is_honest_about_it",
            "tests/test_chain.py::test_any_changed_byte_is_refused",
        ),
    ),
    "F9": Row(
        "the reader is unplugged",
        "the vpcd line closed between and inside an APDU, or left half open",
        "half a command is no event; what was whole is kept",
        (
            f"{LINES}test_a_reader_that_is_unplugged_leaves_what_was_whole",
            f"{LINES}test_a_reader_that_stays_half_open_does_not_shut_the_door",
        ),
    ),
    "F10": Row(
        "pcscd is killed or stands still",
        "SIGKILL, SIGSTOP of a daemon of our own",
        "a named error in time; a new context finds a new daemon",
        (
            f"{READER}test_a_daemon_that_is_killed_is_our_trouble",
            f"{READER}test_a_daemon_that_stands_still_is_given_up",
        ),
    ),
    "F11": Row(
        "the card is taken away",
        "the card's process ends in a session",
        "no answer is made up",
        (f"{READER}test_a_card_that_is_taken_away_is_told",),
        f"{NOT_HERE}cases that tear a card on purpose",
    ),
    "F12": Row(
        "the serial line is pulled out, noisy, of another speed",
        "a pty closed, its bytes changed",
        "the device's trouble by its name, in the time of an act",
        (
            f"{LINES}test_a_register_line_that_is_pulled_out",
            f"{LINES}test_a_register_line_with_noise_is_no_answer",
        ),
    ),
    "F13": Row(
        "the host's line is reset, half open, slow",
        "RST, a silent connection, byte by byte",
        "what was whole is recorded; the next call is answered",
        (
            f"{LINES}test_a_host_line_that_is_reset_is_served_again",
            f"{LINES}test_a_line_that_stays_half_open_does_not_shut_the_door",
            f"{LINES}test_a_line_that_crawls_is_heard_to_the_end",
        ),
    ),
    "F14": Row(
        "the device hangs, floods, hangs up, talks garbage, is absent",
        "emulated devices that do, in memory and on wires",
        "inconclusive with its cause, unless what was recorded fails already",
        (
            f"{DEVICES}test_a_misbehaving_process_passes_nothing",
            f"{DEVICES}test_a_misbehaving_device_passes_nothing",
        ),
    ),
    "F15": Row(
        "the operator is absent",
        "a register line that stays silent",
        "the act ends after its limit",
        ("tests/adapters/test_wires.py::test_a_register_line_that_stays_silent_is_a_device_that_hangs",),
        f"{NOT_HERE}a person who is prompted",
    ),
    "F16": Row(
        "the wall clock jumps",
        "a clock that is set forward and back in an attempt",
        "no verdict changes; the report shows it",
        (f"{CLOCK}test_a_wall_clock_that_jumps_changes_no_verdict",),
    ),
    "F17": Row(
        "the bench sleeps",
        "a clock with a gap in an attempt",
        "inconclusive, cause bench-stalled; a failure on record stays",
        (
            f"{CLOCK}test_a_bench_that_sleeps_in_an_attempt_does_not_judge_it",
            f"{CLOCK}test_a_failure_that_was_recorded_stays",
            "tests/suites/test_stalled.py::test_an_answer_of_ours_that_comes_too_late_is_seen",
        ),
    ),
    "F18": Row(
        "descriptors run out, system calls are interrupted",
        "RLIMIT_NOFILE in an attempt, a signal every two milliseconds",
        "exit 74 and resumed; nothing changes",
        (
            f"{KILLED}test_a_campaign_without_descriptors_stops",
            f"{KILLED}test_signals_without_end_change_nothing",
        ),
    ),
    "F19": Row(
        "the judge breaks, or says other things each time",
        "conditions that raise, other hash seeds",
        "ERROR, never a pass; the same bytes",
        (
            f"{JUDGE}test_a_condition_that_raises_is_our_error",
            f"{JUDGE}test_a_judge_says_the_same_bytes_again",
        ),
        f"{NOT_HERE}a limit on the time of a condition that loops",
    ),
    "F20": Row(
        "the witness is out of reach", "-", "-", (), f"{NOT_HERE}a witness"
    ),
    "F21": Row(
        "an upload is cut or repeated",
        "a bundle cut short, doubled, appended to",
        "refused",
        (f"{DISK}test_a_bundle_that_was_cut_or_doubled_is_refused",),
        f"{NOT_HERE}receiving bundles",
    ),
    "F22": Row(
        "two benches on one device",
        "two writers, two registers on a line, a port in use",
        "the second is refused, by the key of its bench file",
        (
            f"{TWO}test_a_second_bench_on_one_journal_is_refused",
            f"{TWO}test_a_port_in_use_is_said_by_the_key_of_the_bench_file",
            f"{LINES}test_a_register_line_has_one_register",
            f"{JOURNAL}test_a_journal_has_one_writer",
        ),
    ),
    "F23": Row(
        "an upgrade in the middle of a campaign",
        "another release, judge or commit at --resume",
        "refused; the campaign stays as it is",
        (f"{TWO}test_an_upgrade_in_the_middle_is_refused",),
    ),
}
