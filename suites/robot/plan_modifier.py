"""Makes one Robot test of each planned run, so that a log shows the catalogue by id."""

from pathlib import Path

from robot.api import SuiteVisitor, TestSuite

from suites.campaign import evidence_of, remaining
from suites.catalogue import CASES


class PlanModifier(SuiteVisitor):  # type: ignore[misc]  # Robot Framework ships no types for it
    """A prerun modifier: `--prerunmodifier suites.robot.plan_modifier.PlanModifier:DIRECTORY`."""

    def __init__(self, directory: str) -> None:
        self._runs = remaining(evidence_of(Path(directory)))

    def start_suite(self, suite: TestSuite) -> None:
        suite.tests.clear()
        for planned in self._runs:
            title = CASES[planned.case].title
            test = suite.tests.create(name=f"{planned.id} {title.zh} / {title.en}")
            test.body.create_keyword(name="Case Should Conform", args=[planned.id])
