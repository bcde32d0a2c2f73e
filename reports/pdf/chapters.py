"""Where do I find what the chapters of the PDF share? Here: how one begins, and its tables."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial

import palette
from reports.parts import PARTS
from reports.pdf import styles
from reports.pdf.sheet import WIDTH, Column, Sheet
from reports.pdf.text import Piece
from reports.scene import Line

NAME, TEXT = Column(0, 140), Column(152, WIDTH - 152)
# Between two chapters on one page.
GAP = 34.0


def begin(sheet: Sheet, part: str, needs: float | None = None) -> None:
    """The title of a part, with its bookmark, on a page of its own.

    A part that `needs` only so much height to begin with goes on on the page before where that is left.
    """
    if needs is None or sheet.room < needs + GAP:
        sheet.chapter()
    elif not sheet.page.is_empty:
        sheet.skip(GAP)
        sheet.draw([Line(sheet.stock.left, sheet.y - 8, sheet.stock.right, sheet.y - 8, palette.LINE)])
    sheet.bookmark(part, PARTS[part].name)
    sheet.write(PARTS[part].name, styles.TITLE)
    sheet.skip(4)


def head(sheet: Sheet, heads: Sequence[tuple[Column, str]]) -> None:
    """The head row of a table."""
    sheet.row([(column, [Piece(title, styles.HEAD)]) for column, title in heads])
    sheet.skip(8)


def listed(
    sheet: Sheet,
    heads: Sequence[tuple[Column, str]],
    rows: Iterable[Callable[[], None]],
    opening: Callable[[], None] = lambda: None,
) -> None:
    """A table below its opening: its head stands again on each page, and neither stands there without a row."""
    first, *others = rows

    def begun() -> None:
        opening()
        head(sheet, heads)
        sheet.running_head = partial(head, sheet, heads)
        first()

    sheet.together(begun)
    for row in others:
        row()
    sheet.running_head = None


def told(sheet: Sheet, mark: str, title: str, sentence: str, rows: Sequence[tuple[str, str]]) -> None:
    """A heading, a sentence that may be empty, and names with what is said about them."""

    def begun() -> None:
        sheet.heading(title, styles.HEADING, mark=mark)
        sheet.write(sentence, styles.BODY)
        sheet.skip(3)
        for name, words in rows[:1]:
            entry(sheet, name, words)

    sheet.together(begun)
    for name, words in rows[1:]:
        entry(sheet, name, words)


def entry(sheet: Sheet, name: str, words: str) -> None:
    """A name with what is said about it."""
    sheet.row([(NAME, [Piece(name, styles.NAME)]), (TEXT, [Piece(words, styles.SMALL)])])
    sheet.skip(3)
