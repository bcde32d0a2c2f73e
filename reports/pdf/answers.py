"""Where do I find all answers with their notes in the PDF? In this chapter, in the order they were asked."""

from collections.abc import Iterator
from functools import partial

import palette
from checklist.model import Area, Item
from reports import drawing
from reports.document import Report
from reports.pdf import styles
from reports.pdf.chapters import begin, listed
from reports.pdf.links import safe_address
from reports.pdf.sheet import WIDTH, Column, Sheet
from reports.pdf.text import Piece, Style
from reports.scene import Line, Shape
from reports.wording import chosen
from scoring.compare_words import until_words
from scoring.model import Response

QUESTION, ANSWER = Column(28, 158), Column(202, WIDTH - 202)
HEADS = ((QUESTION, "Question"), (ANSWER, "Answer, note, evidence"))
EVIDENCE = Style("sans", 9, 12.5, before=2)
LINKED = Style("sans", 9, 12.5, palette.ACCENT, before=2)


def add(sheet: Sheet, report: Report) -> None:
    """Every question with what was chosen, why, and what supports it."""
    begin(sheet, "answers", needs=300)
    for area in report.checklist.areas:
        rows = [partial(_answer, sheet, report, item) for item in area.items]
        listed(sheet, HEADS, rows, partial(_opening, sheet, area))


def _opening(sheet: Sheet, area: Area) -> None:
    sheet.heading(area.name, styles.HEADING, mark=f"answers-{area.id}")
    sheet.skip(4)


def _answer(sheet: Sheet, report: Report, item: Item) -> None:
    response, origin = report.answers.response(item.id), report.origins.get(item.id, "")
    question = [Piece(item.name, styles.NAME), Piece(item.question, styles.SMALL_MUTED)]
    sheet.row(
        [(QUESTION, question), (ANSWER, list(_said(response, item, origin)))], partial(_marks, response), least=20
    )
    sheet.skip(11)


def _said(response: Response, item: Item, origin: str) -> Iterator[Piece]:
    yield Piece(chosen(item, response), styles.SMALL)
    if origin:
        yield Piece(origin, styles.SMALL_MUTED)
    if response.note.strip():
        yield Piece(response.note, styles.NOTE)
    for evidence in response.evidence:
        address = safe_address(evidence)
        yield Piece(evidence, LINKED if address else EVIDENCE, address)
    if until := until_words(response):
        yield Piece(until, EVIDENCE)


def _marks(response: Response, x: float, y: float) -> Iterator[Shape]:
    yield Line(x, y - 5, x + WIDTH, y - 5, palette.LINE, 0.5)
    yield from drawing.rating_mark(response, x, y)
