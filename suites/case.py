"""A case is data: what stands on the bench, what is done, and what must be seen."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from suites.acts import Act, purchase
from suites.card_edits import CardEdit
from suites.clauses import Clause
from suites.conditions.condition import Condition
from suites.ics_language import ALL, Claim
from suites.rules import Reaction, Rule, Trigger
from suites.symbols import Value
from suites.words import Title


class Standing(StrEnum):
    """How sure a case is: H judges, a failing M asks for review, L is recorded."""

    NORMATIVE = "H"
    REVIEW = "M"
    ADVISORY = "L"


class Residue(StrEnum):
    """What a run may leave in the device; the postamble clears it."""

    PENDING_REVERSAL = "pending-reversal"
    OPEN_PAYMENT = "open-payment"


@dataclass(frozen=True, slots=True)
class Card:
    """A test card by its name, what deviates from it (keyword_TAG, value; edits), and its rules."""

    name: str
    changes: tuple[tuple[str, Value], ...] = ()
    rules: tuple[Rule, ...] = ()
    signed: bool = True
    edits: tuple[CardEdit, ...] = ()

    def but(self, **objects: Value) -> "Card":
        return replace(self, changes=self.changes + tuple(objects.items()))

    def edited(self, *edits: CardEdit) -> "Card":
        """With more than other values: objects gone, applications beside, signatures that lie."""
        return replace(self, edits=self.edits + edits)

    def when(self, on: Trigger, do: Reaction) -> "Card":
        return replace(self, rules=(*self.rules, Rule(on, do)))

    def unsigned(self) -> "Card":
        """The deviation *is* the broken signature: signed data stays as it was."""
        return replace(self, signed=False)


@dataclass(frozen=True, slots=True)
class Host:
    """A host by its name: what it answers, and its rules."""

    name: str
    rules: tuple[Rule, ...] = ()

    def when(self, on: Trigger, do: Reaction) -> "Host":
        return replace(self, rules=(*self.rules, Rule(on, do)))


@dataclass(frozen=True, slots=True)
class Terminal:
    """What must be configured into the device first."""

    settings: tuple[tuple[str, Value], ...] = ()

    def but(self, **settings: Value) -> "Terminal":
        return replace(self, settings=self.settings + tuple(settings.items()))


BC = Card("BC")
APPROVES = Host("H00")
AS_DECLARED = Terminal()


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A sub-run: what it names replaces the case's; what it asks for or expects is added."""

    applies: Claim = ALL
    card: Card | None = None
    second: Card | None = None
    host: Host | None = None
    terminal: Terminal | None = None
    acts: tuple[Act, ...] | None = None
    expect: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One acceptance test. Its id is assigned once and never moves."""

    id: str
    title: Title
    clauses: tuple[Clause, ...]
    editions: tuple[str, ...] = ("2.0",)
    standing: Standing = Standing.NORMATIVE
    applies: Claim = ALL
    terminal: Terminal = AS_DECLARED
    card: Card = BC
    # Another card, for acts that present it.
    second: Card = BC
    host: Host = APPROVES
    acts: tuple[Act, ...] = (purchase(),)
    expect: tuple[Condition, ...]
    runs: Mapping[str, Run] = field(default_factory=dict)
    leaves: tuple[Residue, ...] = ()
    # Global invariants this case breaks on purpose.
    sets_aside: tuple[str, ...] = ()
    withheld: str = ""

    @property
    def group(self) -> str:
        """CT-PR of CT-PR-016."""
        return self.id.rsplit("-", 1)[0]

    def run_names(self) -> tuple[str, ...]:
        """The sub-runs; one without a name for a case that has none."""
        return tuple(self.runs) or ("",)

    def resolved(self, run: str) -> "Case":
        """The case as one sub-run sees it."""
        if run not in self.runs:
            return replace(self, runs={})
        chosen = self.runs[run]
        return replace(
            self,
            applies=_both(self.applies, chosen.applies),
            card=self.card if chosen.card is None else chosen.card,
            second=self.second if chosen.second is None else chosen.second,
            host=self.host if chosen.host is None else chosen.host,
            terminal=self.terminal if chosen.terminal is None else chosen.terminal,
            acts=self.acts if chosen.acts is None else chosen.acts,
            expect=self.expect + chosen.expect,
            runs={},
        )


def _both(of_case: Claim, of_run: Claim) -> Claim:
    if of_run == ALL:
        return of_case
    return of_run if of_case == ALL else of_case & of_run
