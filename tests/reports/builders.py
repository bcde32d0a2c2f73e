"""Reports for tests: build with defaults, name only what the test is about."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from typing import Any

from pypdf import PdfReader

from checklist.model import Checklist, Framework, Reference, Topic
from reports.document import Report
from reports.formats import pdf
from scoring.evaluate import evaluate
from scoring.model import Answers, Response
from tests.scoring.builders import the_real_shape

DAY = datetime(2026, 11, 22, tzinfo=UTC)
MADE = datetime(2026, 11, 22, 21, 5, tzinfo=UTC)


@cache
def the_checklist() -> Checklist:
    return the_real_shape()


@cache
def with_a_framework() -> Checklist:
    """The checklist, with a framework that its first question supports."""
    topics = (Topic("Data 5", "Features are tested"),)
    known = Framework("a-score", "A score", "2017", "Somebody", "https://example.org/score", "About <it>", topics)
    support = Reference("data-1", "a-score", "Data 5", "its tests")
    return replace(the_checklist(), frameworks=(known,), references=(support,))


def rated(rating: int = 2, **changes: Response) -> dict[str, Response]:
    """Every item rated the same, but for the changes: rated(2, data_1=Response.unknown())."""
    same = {item.id: Response.rated(rating) for item in the_checklist().items}
    return same | {name.replace("_", "-"): response for name, response in changes.items()}


def a_report(responses: Mapping[str, Response] | None = None, **changes: Any) -> Report:
    answers = changes.pop("answers", None) or Answers(rated() if responses is None else responses)
    checklist = changes.pop("checklist", the_checklist())
    defaults: dict[str, Any] = {
        "system": "Churn model",
        "workspace": "Customer analytics",
        "milestone": "Autumn review",
        "date": DAY,
        "generated_at": MADE,
        "app_version": "1.2.3",
    }
    return Report(checklist=checklist, answers=answers, result=evaluate(checklist, answers), **(defaults | changes))


def read(report: Report) -> PdfReader:
    return PdfReader(BytesIO(pdf.write(report)))


def text_of(report: Report) -> str:
    """All text of the PDF with white space single, so that line breaks do not matter."""
    return " ".join(" ".join(page.extract_text() for page in read(report).pages).split())
