"""What a report tells of signed statements about its campaign, one row each."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from adapters.privacy.eyes import masked_text
from reports.signature import short_fingerprint
from reports.statements import Deviation, SignedReview, Stated, Waiver
from suites.reviews import Decision
from suites.words import Title

DEVIATION = Title("deviation, grade {0}", "偏差，{0}级")
WAIVER = Title("waiver", "豁免")
REVIEW: Mapping[Decision, Title] = {
    Decision.CONFORMS: Title("reviewed: conforms", "复核：符合"),
    Decision.DOES_NOT_CONFORM: Title("reviewed: does not conform", "复核：不符合"),
}


@dataclass(frozen=True, slots=True)
class StatementRow:
    """What was stated about a run or attempt: by whom, under which key, and by when it is due."""

    about: str
    what: Title
    text: str
    owner: str
    due: str
    by: str
    key: str


def statement_rows(stated: Iterable[Stated]) -> Iterator[StatementRow]:
    """One row for each statement, in their order."""
    for each in stated:
        key = short_fingerprint(each.signer)
        match each.statement:
            case Deviation() as said:
                what = Title(DEVIATION.en.format(said.grade), DEVIATION.zh.format(said.grade))
                yield StatementRow(
                    said.run, what, masked_text(said.text), said.owner, said.due, said.by, key
                )
            case Waiver() as said:
                text = masked_text(said.text)
                yield StatementRow(said.run, WAIVER, text, "", said.until, said.by, key)
            case SignedReview() as said:
                what = REVIEW[said.decision]
                reason = masked_text(said.reason)
                yield StatementRow(said.attempt, what, reason, "", "", said.by, key)
