"""Where do I find the pages under construction? Here: a cursor that runs down and breaks pages.

Everything is recorded first and printed later, so that page one can name the pages that come after it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

from reports.pdf import faces, text
from reports.pdf.logo import Picture
from reports.pdf.text import Piece, SetLine, Style
from reports.scene import Scene, Shape, Words, moved

# Text is as wide on every paper, so that tables and drawings are the same; only the margins and the height differ.
WIDTH = 467.28
TOP, FOOT = 64.0, 65.89
# A row up to this height moves to the next page whole; a taller one is broken.
KEEP_WHOLE = 260.0
# A heading stays with at least so much of what it heads.
KEEP_WITH_NEXT = 76.0


@dataclass(frozen=True, slots=True)
class Stock:
    """A paper size, with the edges of its text; all lengths in points."""

    width: float
    height: float

    @property
    def left(self) -> float:
        return (self.width - WIDTH) / 2

    @property
    def right(self) -> float:
        return self.left + WIDTH

    @property
    def bottom(self) -> float:
        return self.height - FOOT


A4, LETTER = Stock(595.28, 841.89), Stock(612, 792)
STOCKS: Mapping[str, Stock] = {"A4": A4, "Letter": LETTER}


class Printed(NamedTuple):
    """A run of text in drawing order in one face, at its baseline (y counts down from the top)."""

    x: float
    y: float
    face: str
    size: float
    colour: str
    text: str


class Link(NamedTuple):
    """A clickable area: `target` is an address, or "#" and the name of a bookmark."""

    x: float
    y: float
    width: float
    height: float
    target: str


class Bookmark(NamedTuple):
    name: str
    title: str
    depth: int
    y: float


class Placed(NamedTuple):
    """A picture with its top left corner and the size in which it is printed."""

    x: float
    y: float
    width: float
    height: float
    picture: Picture


@dataclass(slots=True)
class Page:
    stock: Stock = A4
    shapes: list[Shape] = field(default_factory=list)
    pictures: list[Placed] = field(default_factory=list)
    texts: list[Printed] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    bookmarks: list[Bookmark] = field(default_factory=list)

    @property
    def kept(self) -> tuple[list[Any], ...]:
        """All that stands on the page, by kind."""
        return self.shapes, self.pictures, self.texts, self.links, self.bookmarks

    @property
    def is_empty(self) -> bool:
        return not any(self.kept)


class Column(NamedTuple):
    """A column of a table; `x` from the left edge of the sheet's text."""

    x: float
    width: float


Option = TypeVar("Option")
Marks = Callable[[float, float], Iterable[Shape]]


class Sheet:
    """Pages with a cursor `y` that runs from `TOP` to the foot of the paper; all lengths in points."""

    def __init__(self, stock: Stock = A4) -> None:
        self.stock = stock
        self.pages: list[Page] = [Page(stock)]
        self.y = TOP
        # Drawn again at the top of each page that a table goes on to.
        self.running_head: Callable[[], None] | None = None

    @property
    def page(self) -> Page:
        return self.pages[-1]

    @property
    def room(self) -> float:
        return self.stock.bottom - self.y

    def chapter(self) -> None:
        """Begin at the top of a page: this one where nothing stands on it yet."""
        if not self.page.is_empty:
            self.new_page()

    def new_page(self) -> None:
        self.pages.append(Page(self.stock))
        self.y = TOP
        if self.running_head:
            self.running_head()

    def ensure(self, height: float) -> None:
        """Go on to the next page if less than `height` is left on this one."""
        if self.room < height and self.y > TOP:
            self.new_page()

    def skip(self, height: float) -> None:
        self.y += height

    def bookmark(self, name: str, title: str, depth: int = 0) -> None:
        self.page.bookmarks.append(Bookmark(name, title, depth, self.y))

    def write(self, words: str, style: Style, x: float = 0, width: float = WIDTH, link: str = "") -> None:
        """A paragraph at the cursor; it goes on on the next page where it has to."""
        for line in text.lines(Piece(words, style, link), width):
            self.ensure(line.height)
            self.y += self._height(line, self.y)
            self.set(line, self.stock.left + x, self.y)

    def _height(self, line: SetLine, y: float) -> float:
        """A line's height; at the top of a page the gap above it falls away."""
        return line.height if y > TOP else line.style.leading

    def heading(self, words: str, style: Style, keep: float = KEEP_WITH_NEXT, mark: str = "") -> None:
        """A paragraph that never stands alone at the foot of a page; `mark` makes it a bookmark within its chapter."""
        height = sum(line.height for line in text.lines(Piece(words, style), WIDTH))
        self.ensure(height + keep)
        if mark:
            self.bookmark(mark, words, depth=1)
        self.write(words, style)

    def set(self, line: SetLine, x: float, bottom: float) -> None:
        """One line whose foot (leading included) stands at `bottom`."""
        baseline = bottom - line.style.leading * 0.26
        style = line.style
        if line.link:
            wide = faces.width(line.text, style.face) * style.size / 1000
            self.page.links.append(Link(x + line.shift, bottom - style.leading, wide, style.leading, line.link))
        self.print(line.text, x + line.shift, baseline, style.face, style.size, style.colour)

    def print(self, words: str, x: float, y: float, face: str, size: float, colour: str) -> None:
        """Text that is in drawing order already, from (x, y) on."""
        for part, piece in faces.runs(words, face):
            self.page.texts.append(Printed(x, y, part.name, size, colour, piece))
            x += faces.width(piece, face) * size / 1000

    def together(self, compose: Callable[[], None]) -> None:
        """What is composed begins on the next page if it would break on this one."""
        page, pages, y = self.page, len(self.pages), self.y
        before = [len(kept) for kept in page.kept]
        compose()
        if len(self.pages) == pages or y <= TOP:
            return
        del self.pages[pages:]
        for kept, length in zip(page.kept, before, strict=True):
            del kept[length:]
        self.running_head = None
        self.new_page()
        compose()

    def place(self, scene: Scene, x: float = 0) -> None:
        """A drawing at the cursor, on one page."""
        self.ensure(scene.height)
        self.draw(scene.shapes, self.stock.left + x, self.y)
        self.y += scene.height

    def draw(self, shapes: Iterable[Shape], x: float = 0, y: float = 0) -> None:
        for shape in shapes:
            placed = moved(shape, x, y)
            if isinstance(placed, Words):
                self.letter(placed)
            else:
                self.page.shapes.append(placed)

    def letter(self, words: Words) -> None:
        """A line of a drawing, anchored at its start, middle or end."""
        shown = text.fitted(words.text, words.face, words.size, WIDTH)
        wide = faces.width(shown, words.face) * words.size / 1000
        x = words.x - {"start": 0, "middle": wide / 2, "end": wide}[words.anchor]
        self.print(shown, x, words.y, words.face, words.size, words.colour)

    def row(
        self, cells: Sequence[tuple[Column, Sequence[Piece]]], marks: Marks | None = None, least: float = 0
    ) -> None:
        """A row of a table: kept on one page where that is sensible, else broken between lines.

        `marks` gives shapes for the row's top left corner; `least` is the row's least height.
        """
        columns = [(column, _set(pieces, column.width)) for column, pieces in cells]
        height = max([least, *(sum(line.height for line in lines) for _, lines in columns)])
        self.ensure(height if height <= KEEP_WHOLE else KEEP_WITH_NEXT)
        if marks:
            self.draw(marks(self.stock.left, self.y))
        bottom = max(self.y + least, self._fill(columns))
        while any(lines for _, lines in columns):
            self.new_page()
            bottom = self._fill(columns)
        self.y = bottom

    def _fill(self, columns: list[tuple[Column, list[SetLine]]]) -> float:
        """Set what fits of each column and take it off the lists; the lowest foot of a line."""
        lowest = self.y
        for column, lines in columns:
            y = self.y
            while lines and y + lines[0].height <= self.stock.bottom:
                line = lines.pop(0)
                y += self._height(line, y)
                self.set(line, self.stock.left + column.x, y)
            lowest = max(lowest, y)
        return lowest


def loosest(options: Sequence[Option], compose: Callable[[Sheet, Option], None], stock: Stock = A4) -> Option:
    """The first option with which a composition fits one page, the last where none does."""
    for option in options[:-1]:
        trial = Sheet(stock)
        compose(trial, option)
        if len(trial.pages) == 1:
            return option
    return options[-1]


def _set(pieces: Sequence[Piece], width: float) -> list[SetLine]:
    return [line for piece in pieces for line in text.lines(piece, width)]
