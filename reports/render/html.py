"""The self-test report as one page of HTML: it loads nothing, runs nothing, and prints."""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from reports.bundle import Bundle
from reports.rejudge import Rejudgement
from reports.report_words import LIMITS, TITLE
from reports.self_test_report import self_test_report
from reports.statements import Stated
from reports.visible import visible
from suites.case import Case
from suites.catalogue import CASES

TEMPLATES = Path(__file__).parent / "templates"
PAGE = "self_test_report.html.j2"
STYLE = TEMPLATES / "self_test_report.css"


def render(
    bundle: Bundle,
    rejudgement: Rejudgement,
    cases: Mapping[str, Case] = CASES,
    stated: Sequence[Stated] = (),
) -> str:
    """The page of a bundle as judged here; the same arguments always give the same page."""
    style = STYLE.read_text(encoding="utf-8")
    return (
        _environment()
        .get_template(PAGE)
        .render(
            report=self_test_report(bundle, rejudgement, cases, stated),
            title=TITLE,
            limits=LIMITS,
            # Our own file, and the only thing that is not escaped.
            style=Markup(style),  # noqa: S704  a file of this release, nothing of a bundle is in it
            style_digest=style_digest(style),
        )
    )


def style_digest(style: str) -> str:
    """What a Content-Security-Policy calls this style."""
    return f"sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}"


def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _shown(value: object) -> object:
    """Every value on its way into the page; what macros made has been here before."""
    return value if isinstance(value, Markup) else visible(str(value))
