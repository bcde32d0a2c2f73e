"""Where do I find how plain text becomes lines? Here: nothing in a text is ever markup."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import palette
from reports.pdf import faces, script
from reports.scene import Face

ELLIPSIS = "…"
EAST_ASIAN = re.compile("[\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef]")
# Between ideographs a line may break anywhere, only not before a closing mark.
PIECES = re.compile(
    "( *)([\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef][、。，．・：；？！」』）】〕”’ー]*"
    "|[^ \u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef]+|$)"
)


@dataclass(frozen=True, slots=True)
class Style:
    """How a paragraph is set: sizes in points; `before` is the gap above its first line.

    `ours` are English sentences of the report: they run from left to right, whatever name they begin with.
    """

    face: Face
    size: float
    leading: float
    colour: str = palette.INK
    before: float = 0
    ours: bool = False


class Piece(NamedTuple):
    """A paragraph with its style; `link` makes its lines clickable."""

    text: str
    style: Style
    link: str = ""


class SetLine(NamedTuple):
    """A line ready to print: text in drawing order, `shift` to the right, `height` with the gap above."""

    text: str
    style: Style
    shift: float
    height: float
    link: str


def lines(piece: Piece, width: float) -> list[SetLine]:
    """The paragraph broken to `width` points; an empty text has no lines."""
    style = piece.style
    text = script.clean(piece.text).strip("\n")
    if not text.strip():
        return []
    set_lines: list[SetLine] = []
    for paragraph in text.split("\n"):
        right_to_left = not style.ours and script.is_right_to_left(paragraph)
        for line in wrapped(script.joined(paragraph), style.face, width * 1000 / style.size):
            shift = width - faces.width(line, style.face) * style.size / 1000 if right_to_left else 0
            height = style.leading if set_lines else style.leading + style.before
            set_lines.append(SetLine(script.visual(line, right_to_left), style, shift, height, piece.link))
    return set_lines


def wrapped(paragraph: str, face: str, limit: float) -> Iterator[str]:
    """Greedy lines of at most `limit` thousandths of the type size; a word that is too long is cut."""
    line, used = "", 0.0
    space = faces.width(" ", face)
    for gap, word in _words(paragraph):
        piece, needed = " " * gap + word, gap * space + faces.width(word, face)
        if line and used + needed > limit:
            yield line.rstrip()
            line, used, piece, needed = "", 0.0, word, needed - gap * space
        if needed > limit:
            *full, piece = _cut(piece, face, limit)
            yield from full
            needed = faces.width(piece, face)
        line, used = line + piece, used + needed
    yield line.rstrip()


def _words(paragraph: str) -> Iterator[tuple[int, str]]:
    """Each word with the number of spaces before it."""
    if EAST_ASIAN.search(paragraph):
        yield from ((len(found[1]), found[2]) for found in PIECES.finditer(paragraph) if found[2])
        return
    gap = 0
    for word in paragraph.split(" "):
        if word:
            yield gap, word
            gap = 0
        gap += 1


def _cut(word: str, face: str, limit: float) -> Iterator[str]:
    start, used = 0, 0.0
    for place, char in enumerate(word):
        width = faces.width(char, face)
        if used + width > limit and place > start:
            yield word[start:place]
            start, used = place, 0.0
        used += width
    yield word[start:]


def balanced(piece: Piece, width: float) -> float:
    """The smallest width that needs no more lines than `width` does: no last line of one word."""
    most = len(lines(piece, width))
    low = 0.0
    while width - low > 2:
        middle = (low + width) / 2
        low, width = (low, middle) if len(lines(piece, middle)) <= most else (middle, width)
    return width


def fitted(text: str, face: str, size: float, width: float) -> str:
    """One line of the text in drawing order, cut with an ellipsis where it is wider than `width` points."""
    text = script.one_line(text)
    limit = width * 1000 / size
    if faces.width(text, face) > limit:
        room = limit - faces.width(ELLIPSIS, face)
        text = next(_cut(text, face, max(room, 1))).rstrip() + ELLIPSIS
    return script.visual(script.joined(text), script.is_right_to_left(text))


def shortened(piece: Piece, width: float, most: int) -> Piece:
    """The paragraph cut with an ellipsis so that it takes `most` lines."""
    text = script.one_line(piece.text)
    limit = width * 1000 / piece.style.size
    kept = list(wrapped(text, piece.style.face, limit))
    if len(kept) <= most:
        return piece
    last = kept[most - 1]
    while last and faces.width(last + ELLIPSIS, piece.style.face) > limit:
        last = last.rpartition(" ")[0] or last[:-1]
    return Piece(" ".join([*kept[: most - 1], last.rstrip(" .,;:") + ELLIPSIS]), piece.style, piece.link)
