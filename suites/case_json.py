"""A case as JSON: what `cases` prints, what a digest is taken of, what a person reads."""

import hashlib
from collections.abc import Mapping

from adapters.journal import Json, encode
from suites.case import Card, Case


def to_json(case: Case) -> dict[str, Json]:
    """Every field of the case, conditions and claims in their printed notation."""
    return {
        "id": case.id,
        "title_en": case.title.en,
        "title_zh": case.title.zh,
        "clauses": [str(clause) for clause in case.clauses],
        "editions": list(case.editions),
        "standing": case.standing.value,
        "applies": str(case.applies),
        "terminal": {name: str(value) for name, value in case.terminal.settings},
        "card": _card(case.card),
        "second": _card(case.second),
        "host": {"name": case.host.name, "rules": [str(rule) for rule in case.host.rules]},
        "acts": [str(act) for act in case.acts],
        "expect": [condition.notation for condition in case.expect],
        "runs": {name: _run(case, name) for name in case.runs},
        "leaves": [residue.value for residue in case.leaves],
        "sets_aside": list(case.sets_aside),
        "withheld": case.withheld,
    }


def case_digest(case: Case) -> str:
    """SHA-256 of the case's canonical JSON, in hex."""
    return hashlib.sha256(encode(to_json(case))).hexdigest()


def _card(card: Card) -> Mapping[str, Json]:
    return {
        "name": card.name,
        "changes": {name: str(value) for name, value in card.changes},
        "rules": [str(rule) for rule in card.rules],
        "signed": card.signed,
        "edits": [str(edit) for edit in card.edits],
    }


def _run(case: Case, name: str) -> Mapping[str, Json]:
    """What a sub-run says differently from its case."""
    whole = to_json(case.resolved(""))
    own = to_json(case.resolved(name))
    return {key: value for key, value in own.items() if value != whole[key] and key != "runs"}
