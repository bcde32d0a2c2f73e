"""Where do I find the area pages of the PDF? Here: each item with its mark, the chosen answer and the gap."""

from collections.abc import Iterator
from functools import partial

import palette
from checklist.model import Area, Item, Section
from reports import drawing
from reports.document import Report
from reports.parts import PARTS
from reports.pdf import styles
from reports.pdf.sheet import WIDTH, Column, Sheet, loosest
from reports.pdf.text import Piece, Style
from reports.scene import Line, Shape
from reports.wording import chosen, to_target
from scoring import explain

MARK, ANSWER, GAP = Column(0, 18), Column(28, 366), Column(408, WIDTH - 408)
# Space between items and the type of the answers: the loosest that leaves the area on one page.
COMPACT = Style("sans", 8.5, 11.5)
SETTINGS = ((10.0, styles.SMALL), (7.0, styles.SMALL), (4.5, styles.SMALL), (4.5, COMPACT))
TARGET = Style("sans", 8.5, 12, palette.MUTED, before=14)


def add(sheet: Sheet, report: Report) -> None:
    """A page for each area, unless its answers are so long that it takes two."""
    for area in report.checklist.areas:
        sheet.chapter()
        if area is report.checklist.areas[0]:
            sheet.bookmark("areas", PARTS["areas"].name)
        compose = partial(_area, report, area)
        compose(sheet, loosest(SETTINGS, compose, sheet.stock))


def _area(report: Report, area: Area, sheet: Sheet, setting: tuple[float, Style]) -> None:
    result = report.result.area(area.id)
    sheet.bookmark(f"area-{area.id}", area.name, depth=1)
    sheet.write(area.name, styles.TITLE)
    sheet.skip(4)
    sheet.write(explain.area_sentence(report.checklist, result), styles.LEAD)
    sheet.skip(6)
    sheet.place(drawing.area_band(report.checklist, result, WIDTH))
    for section in area.sections:
        _section(sheet, report, section, *setting)


def _section(sheet: Sheet, report: Report, section: Section, gap: float, style: Style) -> None:
    sheet.heading(section.name, styles.HEADING)
    sheet.skip(7)
    for item in section.items:
        _item(sheet, report, item, style)
        sheet.skip(gap)


def _item(sheet: Sheet, report: Report, item: Item, style: Style) -> None:
    response = report.answers.response(item.id)
    target = report.result.target.areas.get(item.area)

    def marks(x: float, y: float) -> Iterator[Shape]:
        yield Line(x, y - 3, x + WIDTH, y - 3, palette.LINE, 0.5)
        yield from drawing.rating_mark(response, x, y)
        if response.rating is not None:
            yield from drawing.steps(response.rating, target, x + GAP.x, y + 4)

    answer = [Piece(item.name, styles.NAME), Piece(chosen(item, response), style)]
    gap = Piece(to_target(response, target, item.id in report.answers.accepted), TARGET)
    sheet.row([(ANSWER, answer), (GAP, [gap])], marks, least=20)
