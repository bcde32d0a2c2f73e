"""Where do I find what stands at the foot of every page of the PDF? Here: system, day and page number."""

from collections.abc import Sequence

import palette
from reports.document import Report, day
from reports.pdf import faces, text
from reports.pdf.sheet import LEFT, RIGHT, Page, Printed

BASELINE = 808.0
FACE, SIZE = "sans", 8.5
DAY_AND_PAGE = 170.0


def add(pages: Sequence[Page], report: Report) -> None:
    """Number the finished pages."""
    system = text.fitted(report.system, FACE, SIZE, RIGHT - LEFT - DAY_AND_PAGE)
    for number, page in enumerate(pages, start=1):
        right = f"{day(report.date)}  ·  Page {number} of {len(pages)}"
        x = RIGHT - faces.width(right, FACE) * SIZE / 1000
        _print(page, LEFT, system)
        _print(page, x, right)


def _print(page: Page, x: float, words: str) -> None:
    for face, piece in faces.runs(words, FACE):
        page.texts.append(Printed(x, BASELINE, face.name, SIZE, palette.MUTED, piece))
        x += faces.width(piece, FACE) * SIZE / 1000
