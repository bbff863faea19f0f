"""An execution that leaves nothing anywhere: its attempt lives and dies with whoever asked."""

from collections.abc import Mapping

from fixtures.ics import Ics
from fixtures.ixit import Ixit
from suites.attempt import Facts
from suites.case import Case
from suites.executor import Execution


def execution(
    case: Case, run: str, ics: Ics, ixit: Ixit, values: Mapping[str, int | str], seed: str
) -> Execution:
    """One run of a case under the facts of a bench; `values` are its resolved symbols."""
    facts = Facts(
        device=ixit.iut.device,
        case=case.id,
        run=run,
        number=1,
        edition=ics.edition,
        claims=ics.claims,
        settings=ics.settings,
        switches=ics.switches,
        symbols=values,
        fidelity={port.value: setting.fidelity for port, setting in ixit.ports.items()},
        links={port.value: ixit.link for port in ixit.ports},
    )
    return Execution(
        case=case.resolved(run),
        facts=facts,
        seed=seed,
        guard=lambda _: None,
        write=lambda _: None,
    )
