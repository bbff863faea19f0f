"""What people wrote into bench file and ICS and a campaign records: no card number off the list.

Ids, digests, seeds and fingerprints are not looked at: no hand wrote them, and their hex digits
often look like a number.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from adapters.errors import InputRefused, RefusedData
from adapters.guard import CardDataGuard
from adapters.journal import Json
from suites.records import CampaignRecord, Plan, to_json

# What numbers an institution, a merchant (DE42), a device or its certificate is digits by right:
# 45 in a hundred merchant numbers of 15 hold some with a right check digit. There only what is a
# card number as a whole is refused: 62 and a length of UnionPay's.
NUMBERED = frozenset(
    (
        *("institution.id", "institution.pboc_code"),
        *("terminal.acquirer_id", "terminal.reporting_institution_id", "terminal.term_no"),
        *("terminal.merchant_no", "terminal.hw_sn", "terminal.kernel_cert_no"),
        *("settings.merchant-identifier", "settings.ifd-serial-number"),
    )
)
DIGITS = re.compile(r"[0-9]{13,19}")
WHOLE_NUMBER = re.compile(r"62[0-9]{14,17}")


class NotTestData(InputRefused):
    """A bench file or an ICS holds a card number that is not on the test list."""


@dataclass(frozen=True, slots=True)
class Files:
    """The names of the files that a campaign was made from."""

    bench: str = "bench"
    ics: str = "ICS"


@dataclass(frozen=True, slots=True)
class _Text:
    """A text, the file it came from, and its key there."""

    file: str
    key: str
    text: str


def expect_test_data(
    campaign: CampaignRecord, plan: Plan, guard: CardDataGuard, files: Files
) -> None:
    """NotTestData names file and key of the first text that holds a number off the list."""
    for each in (*_of_bench(campaign, files.bench), *_of_ics(campaign, plan, files.ics)):
        if each.key in NUMBERED and not WHOLE_NUMBER.fullmatch(each.text):
            continue
        try:
            guard.check_text(each.text, f"{each.file}: {each.key}")
        except RefusedData as refused:
            raise NotTestData(str(refused)) from refused


def own_numbers(campaign: CampaignRecord) -> frozenset[str]:
    """The numbers that merchant and device of a campaign go by, as they were written."""
    texts = (*_of_bench(campaign, ""), *_within("", "", to_json(campaign)["ics"]))
    return frozenset(each.text for each in texts if each.key in NUMBERED and _is_number(each.text))


def _is_number(text: str) -> bool:
    """Digits as many as a card number may have, and not one of UnionPay's."""
    return DIGITS.fullmatch(text) is not None and not WHOLE_NUMBER.fullmatch(text)


def _of_bench(campaign: CampaignRecord, file: str) -> Iterator[_Text]:
    yield _Text(file, "iut.device", campaign.device)
    for port, channel in campaign.settings_channel.items():
        yield _Text(file, f"{port}.settings", channel)
    yield from _within(file, "", to_json(campaign)["identity"])


def _of_ics(campaign: CampaignRecord, plan: Plan, file: str) -> Iterator[_Text]:
    stated = to_json(campaign)["ics"]
    yield from _within(file, "", stated)
    for run in plan.runs:
        # What a case gives its symbols is ours; what it took from the ICS has a name there.
        yield from _within(file, run.id, dict(run.symbols))


def _within(file: str, key: str, value: Json) -> Iterator[_Text]:
    """The texts of a value, keys with dots between them as in the file."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield from _within(file, f"{key}.{name}" if key else name, each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _within(file, key, each)
    elif value is not None:
        yield _Text(file, key, str(value))
