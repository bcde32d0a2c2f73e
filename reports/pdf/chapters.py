"""Where do I find what the chapters of the PDF share? Here: how one begins, and their plain tables."""

from collections.abc import Callable, Iterable, Sequence

import palette
from checklist.model import Item
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

    A short part that `needs` only so much height to begin with goes on on the page before where that is left.
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
    """The head row of a table, drawn again on each page it goes on to."""
    sheet.row([(column, [Piece(title, styles.HEAD)]) for column, title in heads])
    sheet.skip(8)


def items(sheet: Sheet, shown: Iterable[Item], words: Callable[[Item], str]) -> None:
    table(sheet, ((item.name, words(item)) for item in shown))


def table(sheet: Sheet, rows: Iterable[tuple[str, str]]) -> None:
    """Names with what is said about them."""
    sheet.skip(3)
    for name, words in rows:
        sheet.row([(NAME, [Piece(name, styles.NAME)]), (TEXT, [Piece(words, styles.SMALL)])])
        sheet.skip(3)
