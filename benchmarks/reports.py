"""How long does it take to write the report of a full assessment with ten milestones, and how much memory?"""

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path

from benchmarks.line import BenchmarkFailed, Line, line_of, repeated
from checklist.loader import the_checklist
from checklist.model import Checklist
from reports import formats
from reports.document import FixState, Participant, Report
from reports.formats import pdf
from reports.parts import Choice, preset
from scoring.agree import Person, disagreements
from scoring.evaluate import evaluate
from scoring.model import Answers, Response
from scoring.path import cheapest_path
from scoring.trend import Point

REPEATS = 25
MILESTONES = 10
GOALS_MS = {"auditor": 250.0, "executive": 60.0}
EXCEL_MS, HTML_MS = 300.0, 50.0
MEMORY_MB = 60.0
DAY = datetime(2026, 11, 22, tzinfo=UTC)
ANA, BEN = Person("1", "Ana Costa", "Data scientist"), Person("2", "Ben Ito", "Operations")


def run() -> list[Line]:
    """The PDF for two readers, the other formats that people read, and the memory that the longest PDF takes."""
    report = full_report()
    return [
        *(_pdf(report, name, goal) for name, goal in GOALS_MS.items()),
        _format(report, "html", HTML_MS),
        _format(report, "xlsx", EXCEL_MS),
        Line("PDF report, auditor: memory of the first in a process", _memory_mb(), None, MEMORY_MB, unit="MB"),
    ]


def _pdf(report: Report, name: str, goal: float) -> Line:
    wanted = replace(report, choice=Choice(preset(name).parts))
    pages = len(pdf.pages(wanted))
    times = repeated(lambda: pdf.write(wanted), REPEATS)
    return line_of(f"PDF report of {pages} pages, {name}", times, goal)


def _format(report: Report, name: str, goal: float) -> Line:
    kind = formats.get(name)
    return line_of(f"{kind.LABEL} report, auditor", repeated(lambda: kind.write(report), REPEATS), goal)


def _memory_mb() -> float:
    """Measured in a process of its own, where nothing else has left room behind."""
    ended = subprocess.run([sys.executable, "-m", __name__], capture_output=True, text=True, check=False)
    if ended.returncode:
        raise BenchmarkFailed(f"The report was not written: {ended.stderr[-300:]}")
    return float(ended.stdout) / 1000


def _grown_kb() -> int:
    """By how much the peak of this process lies above what it holds before the first PDF (Linux)."""
    report = full_report()
    before = _status("VmRSS")
    pdf.write(report)
    return _status("VmHWM") - before


def _status(field: str) -> int:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{field}:"))


def full_report() -> Report:
    """Every question answered with a note and a link, every fix planned, two people who disagree."""
    checklist = the_checklist()
    answers = _answers(checklist, 0)
    result = evaluate(checklist, answers)
    return Report(
        system="Churn model",
        workspace="Customer analytics",
        milestone="Autumn review",
        date=DAY,
        checklist=checklist,
        answers=answers,
        result=result,
        generated_at=DAY,
        app_version="benchmark",
        path=cheapest_path(checklist, answers),
        participants=tuple(Participant(one.name, one.role) for one in (ANA, BEN)),
        disagreements=disagreements(
            checklist, {ANA: _answers(checklist, 0).responses, BEN: _answers(checklist, 2).responses}
        ),
        fix_states={fix.item: FixState("Ana Costa", date(2027, 1, 31), "doing") for fix in result.fixes},
        history=tuple(
            Point(date(2026, month, 1), f"Review {month}", Fraction(month + 10, 8), 2)
            for month in range(1, MILESTONES + 1)
        ),
    )


def _answers(checklist: Checklist, shift: int) -> Answers:
    """Ratings from 1 to 4 in turn over all items."""
    return Answers(
        {
            item.id: Response.rated(
                1 + (place + shift) % 4,
                f"Seen in the weekly review of {item.name.lower()}; the run is in the log of the pipeline.",
                (f"https://wiki.example.org/mlops/{item.id}",),
            )
            for place, item in enumerate(checklist.items)
        }
    )


if __name__ == "__main__":
    sys.stdout.write(str(_grown_kb()))
