"""Where do I find how the score moved in the PDF? Here: the trend line, and its milestones as a table."""

from collections.abc import Iterator
from functools import partial

import palette
from reports import drawing
from reports.document import Report, day
from reports.pdf import styles
from reports.pdf.chapters import begin, listed
from reports.pdf.sheet import WIDTH, Column, Sheet
from reports.pdf.text import Piece
from reports.scene import Line, Shape
from scoring import explain
from scoring.trend import Point

DAY, NAME, SCORE, LEVEL = Column(0, 106), Column(112, 196), Column(316, 44), Column(368, WIDTH - 368)
HEADS = ((DAY, "Date"), (NAME, "Milestone"), (SCORE, "Score"), (LEVEL, "Level"))


def add(sheet: Sheet, report: Report) -> None:
    """Scores and levels over time; with fewer than two points that is one sentence."""
    points = report.history
    begin(sheet, "history", needs=270 + 18 * len(points) if len(points) > 1 else 90)
    sheet.write(f"{explain.trend_title(report.checklist, points)}.", styles.LEAD)
    if len(points) > 1:
        sheet.skip(10)
        sheet.place(drawing.trend(report.checklist, points, WIDTH, target=report.result.target.overall))
        _table(sheet, report)


def _table(sheet: Sheet, report: Report) -> None:
    sheet.skip(12)
    listed(sheet, HEADS, [partial(_point, sheet, report, point) for point in reversed(report.history)])


def _point(sheet: Sheet, report: Report, point: Point) -> None:
    score = "–" if point.score is None else explain.number(point.score)
    level = "no level" if point.level is None else f"{point.level} {report.checklist.level(point.level).name}"
    cells = ((DAY, day(point.at)), (NAME, point.name), (SCORE, score), (LEVEL, level))
    sheet.row([(column, [Piece(words, styles.SMALL)]) for column, words in cells], _rule)
    sheet.skip(5)


def _rule(x: float, y: float) -> Iterator[Shape]:
    yield Line(x, y - 3, x + WIDTH, y - 3, palette.LINE, 0.5)
