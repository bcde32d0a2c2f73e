"""Where do I find what stands at the foot of every page of the PDF? Here: system, day, page number, who may read it."""

from collections.abc import Sequence

import palette
from reports.document import Report, day
from reports.pdf import faces, text
from reports.pdf.sheet import WIDTH, Page, Printed
from reports.pdf.text import Piece, SetLine, Style

# From the lower edge of the paper.
BASELINE = 33.89
FACE, SIZE = "sans", 8.5
DAY_AND_PAGE = 170.0
# The longest line that a choice takes fits on two of these.
READERS = Style("semibold", 7.5, 9, palette.MUTED)
READERS_LINES = 2


def add(pages: Sequence[Page], report: Report) -> None:
    """Number the finished pages."""
    system = text.fitted(report.system, FACE, SIZE, WIDTH - DAY_AND_PAGE)
    readers = _readers(report.choice.confidentiality)
    for number, page in enumerate(pages, start=1):
        right = f"{day(report.date)}  ·  Page {number} of {len(pages)}"
        y = page.stock.height - BASELINE
        _print(page, page.stock.left, y, system, SIZE, FACE)
        _print(page, page.stock.right - faces.width(right, FACE) * SIZE / 1000, y, right, SIZE, FACE)
        for place, line in enumerate(reversed(readers), start=1):
            above = y - 2 - place * READERS.leading
            _print(page, page.stock.left + line.shift, above, line.text, READERS.size, READERS.face)


def _readers(words: str) -> list[SetLine]:
    return text.lines(text.shortened(Piece(words, READERS), WIDTH, READERS_LINES), WIDTH)


def _print(page: Page, x: float, y: float, words: str, size: float, wanted: str) -> None:
    for face, piece in faces.runs(words, wanted):
        page.texts.append(Printed(x, y, face.name, size, palette.MUTED, piece))
        x += faces.width(piece, wanted) * size / 1000
