"""Where do I find the path to the next level in the PDF? Here: the staircase, and what to do step by step."""

from collections.abc import Iterator
from functools import partial

import palette
from reports.document import Report
from reports.pdf import styles
from reports.pdf.chapters import begin, listed
from reports.pdf.sheet import WIDTH, Column, Sheet
from reports.pdf.text import Piece
from reports.scene import Line, Shape
from reports.staircase import staircase
from scoring import outlook
from scoring.path import Path, Step

NUMBER, ACTION, EFFORT, AFTER = Column(0, 20), Column(26, 250), Column(288, 68), Column(368, WIDTH - 368)
HEADS = ((ACTION, "What to do"), (EFFORT, "Effort"), (AFTER, "After it"))


def add(sheet: Sheet, report: Report) -> None:
    """The cheapest way to the level to reach, or why there is none; nothing where nobody asked for one."""
    path = report.path
    if path is None:
        return
    begin(sheet, "path", needs=440 if isinstance(path, Path) else 130)
    sheet.write(outlook.path_sentence(report.checklist, path), styles.LEAD)
    if isinstance(path, Path):
        _drawn(sheet, report, path)
        _steps(sheet, report, path)


def _drawn(sheet: Sheet, report: Report, path: Path) -> None:
    scene = staircase(report.checklist, path, WIDTH)
    sheet.heading(f"{outlook.path_title(path)}.", styles.HEADING, keep=scene.height + 10)
    sheet.skip(8)
    sheet.place(scene)


def _steps(sheet: Sheet, report: Report, path: Path) -> None:
    rows = [partial(_step, sheet, report, number, step) for number, step in enumerate(path.steps, start=1)]

    def opening() -> None:
        sheet.heading("Step by step", styles.HEADING)
        sheet.skip(6)

    listed(sheet, HEADS, rows, opening)


def _step(sheet: Sheet, report: Report, number: int, step: Step) -> None:
    item = report.checklist.item(step.item)
    action = [
        Piece(f"{item.name}, from {step.start} to {step.end}", styles.NAME),
        Piece(item.remedy.step_to(step.end), styles.SMALL),
    ]
    effort = [Piece(outlook.effort_of(step), styles.SMALL), Piece(f"{step.spent} in all", styles.SMALL_MUTED)]
    after = [Piece(outlook.after_step(report.checklist, step), styles.SMALL)]
    cells = [(NUMBER, [Piece(str(number), styles.NAME)]), (ACTION, action), (EFFORT, effort), (AFTER, after)]
    sheet.row(cells, _rule)
    sheet.skip(10)


def _rule(x: float, y: float) -> Iterator[Shape]:
    yield Line(x, y - 4, x + WIDTH, y - 4, palette.LINE, 0.5)
