"""Where do I find the one-page view in the PDF? Here: the heat map of its lines, and the same in words."""

from collections.abc import Iterator

import palette
from checklist.model import SummaryLine
from reports import drawing
from reports.document import Report
from reports.pdf import styles
from reports.pdf.chapters import begin, head
from reports.pdf.sheet import WIDTH, Column, Sheet
from reports.pdf.text import Piece, Style
from reports.scene import Line, Shape
from scoring import explain
from scoring.model import SummaryScore

LINE, SCORE, LEVEL, ITEMS = Column(0, 150), Column(158, 34), Column(198, 92), Column(296, WIDTH - 296)
HEADS = ((LINE, "Line"), (SCORE, "Score"), (LEVEL, "Level"), (ITEMS, "Mean of"))
CELL = Style("sans", 8.5, 11)
NAME = Style("semibold", 8.5, 11)
MUTED = Style("sans", 8.5, 11, palette.MUTED)


def add(sheet: Sheet, report: Report) -> None:
    """A drawing and a table, on one page."""
    begin(sheet, "lines")
    sheet.write(f"{explain.summary_title(report.checklist, report.result)}.", styles.LEAD)
    sheet.skip(8)
    sheet.place(drawing.heat_map(report.checklist, report.result, WIDTH))
    sheet.skip(14)
    head(sheet, HEADS)
    scores = {score.id: score for score in report.result.summary}
    for line in report.checklist.summary:
        _line(sheet, report, line, scores[line.id])


def _line(sheet: Sheet, report: Report, line: SummaryLine, score: SummaryScore) -> None:
    names = ", ".join(report.checklist.item(item).name for item in line.items if report.checklist.has(item))
    sheet.row(
        [
            (LINE, [Piece(line.name, NAME)]),
            (SCORE, [Piece("–" if score.score is None else explain.number(score.score), CELL)]),
            (LEVEL, [Piece(_level(report, score), CELL)]),
            (ITEMS, [Piece(names, MUTED)]),
        ],
        _rule,
    )
    sheet.skip(3.5)


def _level(report: Report, score: SummaryScore) -> str:
    if score.level is None:
        return "unknown" if score.unknown else "not applicable"
    return f"{score.level} {report.checklist.level(score.level).name}"


def _rule(x: float, y: float) -> Iterator[Shape]:
    yield Line(x, y - 2, x + WIDTH, y - 2, palette.LINE, 0.5)
