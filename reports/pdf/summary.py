"""Where do I find the summary of the PDF? Here: for a reader with one minute, on one page."""

from collections.abc import Iterator
from typing import NamedTuple

import palette
from reports import drawing
from reports.document import FixState, Report
from reports.pdf import script, styles, text
from reports.pdf.chapters import begin
from reports.pdf.sheet import WIDTH, Column, Sheet, loosest
from reports.pdf.text import Piece
from reports.scene import Line, Shape
from reports.wording import work
from scoring import explain
from scoring.model import Fix

FIRST = 3
PRIORITY, ACTION, WORTH = Column(0, 56), Column(60, 286), Column(358, WIDTH - 358)
NAME_LENGTH = 60
# So many characters go into a line of the last column.
ONE_LINE = 22
PATTERN, SEEN = Column(0, 140), Column(146, WIDTH - 146)


class Limits(NamedTuple):
    """How many lines a sentence, a first step and an anti-pattern may take, and how high the trend is."""

    sentence: int
    step: int
    pattern: int
    trend: float


# Most generous first; the last one fits with the longest names on the shortest paper.
LIMITS = (
    Limits(6, 4, 3, 84),
    Limits(6, 3, 2, 84),
    Limits(6, 2, 2, 72),
    Limits(4, 2, 1, 60),
    Limits(3, 1, 1, 60),
    Limits(2, 1, 1, 0),
)


def add(sheet: Sheet, report: Report) -> None:
    """The chapter, made to fit one page."""

    def compose(sheet: Sheet, limits: Limits) -> None:
        _compose(sheet, report, limits)

    compose(sheet, loosest(LIMITS, compose, sheet.stock))


def _compose(sheet: Sheet, report: Report, limits: Limits) -> None:
    begin(sheet, "summary")
    _state(sheet, report, limits)
    sheet.skip(8)
    sheet.place(drawing.areas(report.checklist, report.result, WIDTH))
    _first_fixes(sheet, report, limits)
    _anti_patterns(sheet, report, limits)
    _trend(sheet, report, limits)


def _state(sheet: Sheet, report: Report, limits: Limits) -> None:
    """Where the system stands, what holds it there, and how sure that is."""
    name = script.one_line(report.system)
    short = name if len(name) <= NAME_LENGTH else name[:NAME_LENGTH].rstrip() + text.ELLIPSIS
    headline = explain.headline(report.checklist, short, report.result)
    said = ((headline, styles.LEAD), (explain.rule(report.checklist, report.result), styles.BODY))
    sure = (explain.standing(report.checklist, report.result), explain.possible(report.checklist, report.result))
    for words, style in (*said, *((sentence, styles.BODY) for sentence in sure)):
        piece = text.shortened(Piece(words, style), WIDTH, limits.sentence)
        sheet.write(piece.text, style)
        sheet.skip(2)


def _first_fixes(sheet: Sheet, report: Report, limits: Limits) -> None:
    fixes = report.result.fixes[:FIRST]
    if not fixes:
        sheet.heading("What to fix", styles.HEADING)
        sheet.write(explain.target_sentence(report.checklist, report.result), styles.BODY)
        return
    sheet.heading("Start with these" if len(fixes) > 1 else "Start with this", styles.HEADING)
    sheet.skip(6)
    for fix in fixes:
        _first_fix(sheet, report, fix, limits.step)


def _first_fix(sheet: Sheet, report: Report, fix: Fix, most: int) -> None:
    item = report.checklist.item(fix.item)
    first = text.shortened(Piece(item.remedy.first, styles.SMALL), ACTION.width, most)
    word = Piece(report.checklist.priority(fix.priority).name, styles.urgency(fix.priority))
    state = report.fix_state(fix.item)
    agreed = Piece(_agreed(state) if state.owner or state.due else "", styles.SMALL_MUTED)
    worth = [
        Piece(explain.gain_words(fix), styles.NAME),
        Piece(explain.effort_words(fix), styles.SMALL_MUTED),
        text.shortened(agreed, WORTH.width, most),
    ]
    sheet.row([(PRIORITY, [word]), (ACTION, [Piece(item.name, styles.NAME), first]), (WORTH, worth)], _rule)
    sheet.skip(7)


def _agreed(state: FixState) -> str:
    """Who, until when and how far; what is short stays on one line."""
    return " · ".join(part.replace(" ", "\u00a0") if len(part) <= ONE_LINE else part for part in work(state))


def _rule(x: float, y: float) -> Iterator[Shape]:
    yield Line(x, y - 2, x + WIDTH, y - 2, palette.LINE, 0.5)


def _anti_patterns(sheet: Sheet, report: Report, limits: Limits) -> None:
    if not report.result.anti_patterns:
        return
    sheet.heading("Anti-patterns", styles.HEADING)
    sheet.skip(3)
    for pattern in report.result.anti_patterns:
        name = Piece(report.checklist.anti_pattern(pattern).name, styles.NAME)
        seen = Piece(explain.anti_pattern_sentence(report.checklist, pattern, report.answers), styles.SMALL)
        sheet.row([(PATTERN, [name]), (SEEN, [text.shortened(seen, SEEN.width, limits.pattern)])])
        sheet.skip(2)


def _trend(sheet: Sheet, report: Report, limits: Limits) -> None:
    if len(report.history) < 2:
        return
    target = report.result.target.overall
    scene = drawing.trend(report.checklist, report.history, WIDTH, target=target, height=limits.trend)
    title = f"{explain.trend_title(report.checklist, report.history)}."
    sheet.heading(title, styles.HEADING, keep=scene.height + 8 if limits.trend else 0)
    if limits.trend:
        sheet.skip(8)
        sheet.place(scene)
