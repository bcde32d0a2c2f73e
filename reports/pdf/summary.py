"""Where do I find the one-page summary of the PDF? Here: areas, first fixes, anti-patterns, heat map."""

from collections.abc import Iterator

import palette
from reports import drawing
from reports.document import Report
from reports.pdf import styles, text
from reports.pdf.sheet import WIDTH, Column, Sheet, loosest
from reports.pdf.text import Piece
from reports.scene import Line, Shape
from scoring import explain
from scoring.model import Fix

FIRST = 3
PRIORITY, ACTION, WORTH = Column(0, 56), Column(60, 296), Column(368, WIDTH - 368)


# How many lines a first step and an anti-pattern may take, most generous first.
LIMITS = ((3, 2), (2, 2), (1, 2), (1, 1))


def add(sheet: Sheet, report: Report) -> None:
    """The chapter, made to fit one page."""

    def compose(sheet: Sheet, limits: tuple[int, int]) -> None:
        _compose(sheet, report, *limits)

    compose(sheet, loosest(LIMITS, compose))


def _compose(sheet: Sheet, report: Report, first_lines: int, pattern_lines: int) -> None:
    sheet.bookmark("summary", "Summary")
    sheet.write("Summary", styles.TITLE)
    sheet.skip(6)
    sheet.write(f"{explain.areas_title(report.checklist, report.result)}.", styles.LEAD)
    sheet.skip(8)
    sheet.place(drawing.areas(report.checklist, report.result, WIDTH))
    sheet.skip(10)
    sheet.write(explain.standing(report.checklist, report.result), styles.BODY)
    sheet.write(explain.possible(report.checklist, report.result), styles.BODY)
    _first_fixes(sheet, report, first_lines)
    _anti_patterns(sheet, report, pattern_lines)
    _heat_map(sheet, report)


def _first_fixes(sheet: Sheet, report: Report, most: int) -> None:
    fixes = report.result.fixes[:FIRST]
    if not fixes:
        sheet.heading("What to fix", styles.HEADING)
        sheet.write(explain.target_sentence(report.checklist, report.result), styles.BODY)
        return
    sheet.heading("Start with these" if len(fixes) > 1 else "Start with this", styles.HEADING)
    sheet.skip(6)
    for fix in fixes:
        _first_fix(sheet, report, fix, most)


def _first_fix(sheet: Sheet, report: Report, fix: Fix, most: int) -> None:
    item = report.checklist.item(fix.item)
    first = text.shortened(Piece(item.remedy.first, styles.SMALL), ACTION.width, most)
    word = Piece(report.checklist.priority(fix.priority).name, styles.urgency(fix.priority))
    worth = [
        Piece(explain.gain_words(fix), styles.NAME),
        Piece(explain.effort_words(fix), styles.SMALL_MUTED),
    ]
    sheet.row([(PRIORITY, [word]), (ACTION, [Piece(item.name, styles.NAME), first]), (WORTH, worth)], _rule)
    sheet.skip(7)


def _rule(x: float, y: float) -> Iterator[Shape]:
    yield Line(x, y - 2, x + WIDTH, y - 2, palette.LINE, 0.5)


def _anti_patterns(sheet: Sheet, report: Report, most: int) -> None:
    if not report.result.anti_patterns:
        return
    sheet.heading("Anti-patterns", styles.HEADING)
    for pattern in report.result.anti_patterns:
        name = Piece(report.checklist.anti_pattern(pattern).name, styles.NAME)
        seen = Piece(explain.anti_pattern_sentence(report.checklist, pattern, report.answers), styles.SMALL)
        sheet.row([(Column(0, 140), [name]), (Column(146, WIDTH - 146), [text.shortened(seen, WIDTH - 146, most)])])
        sheet.skip(2)


def _heat_map(sheet: Sheet, report: Report) -> None:
    scene = drawing.heat_map(report.checklist, report.result, WIDTH)
    sheet.heading(f"{explain.summary_title(report.checklist, report.result)}.", styles.HEADING, keep=scene.height)
    sheet.skip(6)
    sheet.place(scene)
