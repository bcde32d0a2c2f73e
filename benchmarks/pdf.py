"""How long does it take to write the PDF of a full assessment with its history, for an auditor and for who decides?"""

from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction

from benchmarks.line import Line, line_of, repeated
from benchmarks.scoring import all_rated
from checklist.loader import the_checklist
from reports.document import Report
from reports.formats import pdf
from reports.parts import Choice, preset
from scoring.evaluate import evaluate
from scoring.path import cheapest_path
from scoring.trend import Point

REPEATS = 25
GOALS_MS = {"auditor": 250.0, "executive": 60.0}
DAY = datetime(2026, 11, 22, tzinfo=UTC)


def run() -> list[Line]:
    """A line for each reader: 41 answers, their fixes and path, and a year of milestones."""
    return [_line(name, goal) for name, goal in GOALS_MS.items()]


def _line(name: str, goal: float) -> Line:
    report = replace(_report(), choice=Choice(preset(name).parts))
    pages = len(pdf.pages(report))
    times = repeated(lambda: pdf.write(report), REPEATS)
    return line_of(f"PDF report of {pages} pages, {name}", times, goal)


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
        path=cheapest_path(checklist, answers),
        history=tuple(
            Point(date(2026, month, 1), f"Review {month}", Fraction(month + 10, 8), 2) for month in range(1, 12)
        ),
    )
