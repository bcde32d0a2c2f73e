"""How long does it take to write the PDF of a full assessment with its history?"""

from datetime import UTC, date, datetime
from fractions import Fraction

from benchmarks.line import Line, line_of, repeated
from benchmarks.scoring import all_rated
from checklist.loader import the_checklist
from reports.document import Report
from reports.formats import pdf
from scoring.evaluate import evaluate
from scoring.trend import Point

REPEATS = 25
GOAL_MS = 150.0
DAY = datetime(2026, 11, 22, tzinfo=UTC)


def run() -> list[Line]:
    """One line: 41 answers with notes, their fixes, and a year of milestones."""
    report = _report()
    pages = len(pdf.pages(report))
    times = repeated(lambda: pdf.write(report), REPEATS)
    return [line_of(f"PDF report of {pages} pages", times, GOAL_MS)]


def _report() -> Report:
    checklist = the_checklist()
    answers = all_rated(checklist)
    return Report(
        system="Churn model",
        workspace="Customer analytics",
        milestone="Autumn review",
        date=DAY,
        checklist=checklist,
        answers=answers,
        result=evaluate(checklist, answers),
        generated_at=DAY,
        app_version="benchmark",
        history=tuple(
            Point(date(2026, month, 1), f"Review {month}", Fraction(month + 10, 8), 2) for month in range(1, 12)
        ),
    )
