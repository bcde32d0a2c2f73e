"""Where do I find the chapter of fixes in the PDF? Here: a table for each priority, most urgent first."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby

import palette
from checklist.model import Item
from kits import words
from reports.document import Report
from reports.pdf import styles
from reports.pdf.chapters import begin, listed
from reports.pdf.sheet import WIDTH, Column, Sheet
from reports.pdf.text import Piece, Style
from reports.scene import Line, Shape
from reports.wording import work
from scoring import explain
from scoring.model import Fix

ITEM, ACTION, WORTH = Column(0, 114), Column(126, 236), Column(374, WIDTH - 374)
HEADS = ((ITEM, "Item"), (ACTION, "What to do"), (WORTH, "Gain, effort, who, when"))
STEP = Style("sans", 9, 12.5, palette.MUTED, before=3)
TOOL = Style("sans", 8.5, 12, palette.ACCENT, before=3)
LATER_TOOL = replace(TOOL, before=0)
NEED = Style("italic", 9, 12.5, before=3)


def add(sheet: Sheet, report: Report) -> None:
    """All fixes in their order, grouped by priority."""
    begin(sheet, "fixes")
    sheet.write(explain.target_sentence(report.checklist, report.result), styles.LEAD)
    numbered = list(enumerate(report.result.fixes, start=1))
    for priority, fixes in groupby(numbered, key=lambda pair: pair[1].priority):
        _group(sheet, report, priority, list(fixes))


def _group(sheet: Sheet, report: Report, priority: str, fixes: Sequence[tuple[int, Fix]]) -> None:
    about = report.checklist.priority(priority)

    def opening() -> None:
        sheet.heading(about.name, styles.urgency(priority, styles.HEADING), mark=f"fixes-{priority}")
        sheet.write(about.about, styles.SMALL_MUTED)
        sheet.skip(8)

    listed(sheet, HEADS, [partial(_fix, sheet, report, number, fix) for number, fix in fixes], opening)


def _fix(sheet: Sheet, report: Report, number: int, fix: Fix) -> None:
    item = report.checklist.item(fix.item)
    cells = [
        (ITEM, [Piece(f"{number}. {item.name}", styles.NAME), *_why(report, fix)]),
        (ACTION, list(_action(report, item, fix))),
        (WORTH, list(_worth(report, fix))),
    ]
    sheet.row(cells, partial(_marks, fix.priority))
    sheet.skip(12)


def _marks(priority: str, x: float, y: float) -> Iterator[Shape]:
    yield Line(x, y - 5, x + WIDTH, y - 5, palette.URGENCY.get(priority, palette.LINE), 0.9)


def _why(report: Report, fix: Fix) -> Iterator[Piece]:
    yield Piece(f"Level {fix.rating}, to reach {fix.target}", styles.SMALL)
    yield Piece(explain.fix_reason(report.checklist, fix), STEP)


def _action(report: Report, item: Item, fix: Fix) -> Iterator[Piece]:
    yield Piece(item.remedy.first, styles.SMALL)
    yield Piece(explain.blocked_sentence(report.checklist, fix), NEED)
    for rating in range(fix.rating + 1, fix.target + 1):
        yield Piece(f"To Level {rating}: {item.remedy.step_to(rating)}", STEP)
    for number, tool in enumerate(item.remedy.tools):
        yield Piece(f"{tool.name}: {tool.use}", LATER_TOOL if number else TOOL, tool.url)
    for offer in words.offers(report.kits_for(fix), fix.item):
        yield Piece(offer, STEP)


def _worth(report: Report, fix: Fix) -> Iterator[Piece]:
    yield Piece(explain.gain_words(fix), styles.NAME)
    yield Piece(explain.effort_words(fix), styles.SMALL)
    for part in work(report.fix_state(fix.item)):
        yield Piece(part, STEP)
