"""What a new challenge asks of a device: today's catalogue by its statement, on this release."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from adapters.clock import Clock
from fixtures.bench import terminal_date
from fixtures.ics import Ics
from fixtures.ixit import Ixit
from reports.registration.book import Book, next_numbers
from reports.registration.challenge import (
    Challenge,
    ChallengeRefused,
    cases_of,
    device_of,
    digest_of,
)
from suites.catalogue import CASES
from suites.records import FORMAT, Claims
from suites.release import release
from suites.selection import Choice, plan

MOST_DAYS = 366


@dataclass(frozen=True, slots=True)
class Terms:
    """What the clerk decides: the seed that was drawn, days of validity, the station's key."""

    seed: str
    days: int
    station: str


def challenge_for(
    branch: Path, ixit: Ixit, ics: Ics, terms: Terms, clock: Clock
) -> Challenge:
    """The next challenge for the device of a bench; ChallengeRefused if it is not said which."""
    if ixit.identity is None:
        message = (
            f"{ixit.path.name}: who tests what is not said: add the tables [institution],"
            " [terminal] and [test_run] (docs/formats.md) / 缺少机构、终端、自测记录信息"
        )
        raise ChallengeRefused(message)
    if not 0 < terms.days <= MOST_DAYS:
        message = f"--days {terms.days}: write 1 to {MOST_DAYS}"
        raise ChallengeRefused(message)
    this = release()
    if this.dirty:
        message = (
            "this tree was changed since its commit: no station could have the same release"
            " / 源码已改动，无法签发"
        )
        raise ChallengeRefused(message)
    device = device_of(ixit.identity)
    number, device_number = next_numbers(Book(branch).entries(), device)
    date = terminal_date(ixit, clock)
    planned = plan(CASES, ics, ixit, date, Choice(), terms.seed)
    now = clock.stamp().wall
    return Challenge(
        format=FORMAT,
        number=number,
        device_number=device_number,
        device=device,
        station=terms.station,
        release=this,
        ics=digest_of(Claims(ics.edition, tuple(sorted(ics.claims)), ics.settings, ics.switches)),
        cases=cases_of(planned),
        seed=terms.seed,
        issued=now,
        expires=_after(now, terms.days),
    )


def _after(wall: str, days: int) -> str:
    """A wall stamp so many days later, written in the same way."""
    then = datetime.fromisoformat(wall) + timedelta(days=days)
    return then.isoformat(timespec="microseconds").replace("+00:00", "Z")
