"""Where do I find the cover of the PDF? Here: the level as a sentence, the band, the facts, the contents."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import palette
from reports import drawing
from reports.document import Report, day, minute
from reports.pdf import faces, script, styles, text
from reports.pdf.logo import Picture
from reports.pdf.sheet import TOP, WIDTH, Link, Page, Placed, Sheet, Stock
from reports.pdf.text import Piece, SetLine, Style
from reports.scene import Line
from reports.wording import PRODUCT, person
from scoring import explain

FACT = Style("sans", 10, 14)
LABEL = Style("sans", 10, 14, palette.MUTED)
RULE = Style("serif", 14, 21, palette.MUTED, ours=True)
READERS = Style("semibold", 9, 12)
LABEL_WIDTH, FACTS_WIDTH = 62.0, 224.0
CONTENTS_X, ENTRY = 262.0, 18.0
LOGO_WIDTH, LOGO_HEIGHT = 150.0, 56.0
# So many people are named here; the chapter on disagreement names all.
PEOPLE = 6


class Room(NamedTuple):
    """How much the upper half may take: where it starts, the sizes of its headline, and lines of each sentence."""

    start: float
    sizes: tuple[float, ...]
    headline: int
    rule: int
    standing: int


# Most generous first; the last one leaves room for the longest foot on the shortest paper.
ROOMS = (
    Room(168, (36, 30, 25, 21, 17), 4, 6, 5),
    Room(132, (30, 25, 21, 17), 4, 5, 4),
    Room(126, (25, 21, 17), 3, 4, 3),
    Room(122, (19, 15), 3, 2, 1),
)


class Entry(NamedTuple):
    """A chapter in the contents: its bookmark, title and page number."""

    name: str
    title: str
    number: int


def cover(report: Report, contents: Sequence[Entry], logo: Picture | None, stock: Stock) -> Page:
    """One page, whatever the names are."""
    facts = [list(_fact(label, value, lines)) for label, value, lines in _facts(report) if value]
    top = _foot_top(facts, contents, stock)
    for room in ROOMS:
        sheet = Sheet(stock)
        _upper(sheet, report, logo, room)
        if sheet.y <= top - 14 and len(sheet.pages) == 1:
            break
    _foot(sheet, facts, contents, top)
    return sheet.page


def _upper(sheet: Sheet, report: Report, logo: Picture | None, room: Room) -> None:
    sheet.bookmark("cover", "Cover")
    sheet.write(PRODUCT, styles.MARK)
    readers = text.shortened(Piece(report.choice.confidentiality, READERS), WIDTH - LOGO_WIDTH - 20, 3)
    sheet.write(readers.text, READERS, width=WIDTH - LOGO_WIDTH - 20)
    if logo is not None:
        _logo(sheet, logo)
    sheet.y = room.start
    _headline(sheet, report, room)
    sheet.skip(8)
    _short(sheet, explain.rule(report.checklist, report.result), RULE, room.rule)
    sheet.skip(22)
    sheet.place(drawing.score_band(report.checklist, report.result, report.system, WIDTH))
    sheet.skip(10)
    standing = explain.standing(report.checklist, report.result)
    sheet.write(text.shortened(Piece(standing, styles.BODY), WIDTH, room.standing).text, styles.BODY)


def _logo(sheet: Sheet, logo: Picture) -> None:
    """The logo at the right edge, no larger than its field."""
    scale = min(LOGO_WIDTH / logo.width, LOGO_HEIGHT / logo.height)
    width, height = logo.width * scale, logo.height * scale
    sheet.page.pictures.append(Placed(sheet.stock.right - width, TOP - 8, width, height, logo))


def _headline(sheet: Sheet, report: Report, room: Room) -> None:
    name = script.one_line(report.system)
    for size in room.sizes:
        style = Style("serif-semibold", size, size * 1.2, ours=True)
        if _lines(report, name, style) <= room.headline:
            break
    # The level is what the cover is for, so a name that is far too long is cut, never the sentence after it.
    most = room.headline + 2
    while _lines(report, name, style) > most:
        name = name[: len(name) * 9 // 10].rstrip("… ") + text.ELLIPSIS
    _short(sheet, explain.headline(report.checklist, name, report.result), style, most)


def _lines(report: Report, name: str, style: Style) -> int:
    sentence = explain.headline(report.checklist, name, report.result)
    return len(text.lines(Piece(sentence, style), WIDTH))


def _short(sheet: Sheet, words: str, style: Style, most: int) -> None:
    piece = text.shortened(Piece(words, style), WIDTH, most)
    sheet.write(piece.text, style, width=text.balanced(piece, WIDTH))


def _foot_top(facts: Sequence[list[tuple[str, SetLine]]], contents: Sequence[Entry], stock: Stock) -> float:
    height = max(sum(len(lines) * FACT.leading + 5 for lines in facts), len(contents) * ENTRY)
    return stock.bottom - height - 14


def _foot(sheet: Sheet, facts: list[list[tuple[str, SetLine]]], contents: Sequence[Entry], top: float) -> None:
    sheet.draw([Line(sheet.stock.left, top, sheet.stock.right, top, palette.LINE)])
    sheet.y = top + 12
    for lines in facts:
        _set_fact(sheet, lines)
    sheet.y = top + 12
    for entry in contents:
        _entry(sheet, entry)


def _facts(report: Report) -> tuple[tuple[str, str, int], ...]:
    """Label, value and how many lines it may take."""
    return (
        ("Status" if report.milestone is None else "Milestone", report.edition, 3),
        ("Date", day(report.date), 1),
        ("Workspace", report.workspace, 3),
        ("People", _people(report), PEOPLE + 2),
        ("Checklist", f"version {report.checklist.version}", 1),
        ("Lens", report.checklist.lens.name, 2),
        ("Written", f"{minute(report.generated_at)}, {PRODUCT} {report.app_version}", 3),
    )


def _people(report: Report) -> str:
    """Who took part, a line each; more than a few are counted."""
    everybody = [script.one_line(person(one.name, one.role)) for one in report.participants]
    if len(everybody) <= PEOPLE:
        return "\n".join(everybody)
    return "\n".join((*everybody[: PEOPLE - 1], f"and {len(everybody) - PEOPLE + 1} more"))


def _fact(label: str, value: str, most: int) -> Iterator[tuple[str, SetLine]]:
    width = FACTS_WIDTH - LABEL_WIDTH
    paragraphs = value.split("\n")
    # A name among several takes one line, a single one as many as there are.
    each = most if len(paragraphs) == 1 else 1
    short = [text.shortened(Piece(paragraph, FACT), width, each) for paragraph in paragraphs]
    for number, line in enumerate(line for piece in short for line in text.lines(piece, width)):
        yield ("" if number else label), line


def _set_fact(sheet: Sheet, lines: list[tuple[str, SetLine]]) -> None:
    left = sheet.stock.left
    for label, line in lines:
        sheet.y += FACT.leading
        if label:
            sheet.print(label, left, sheet.y - FACT.leading * 0.26, LABEL.face, LABEL.size, LABEL.colour)
        sheet.set(line, left + LABEL_WIDTH, sheet.y)
    sheet.skip(5)


def _entry(sheet: Sheet, entry: Entry) -> None:
    bottom = sheet.y + FACT.leading
    line = text.lines(Piece(entry.title, FACT, f"#{entry.name}"), WIDTH - CONTENTS_X - 24)[0]
    sheet.set(line, sheet.stock.left + CONTENTS_X, bottom)
    digits = str(entry.number)
    wide = faces.width(digits, FACT.face) * FACT.size / 1000
    x = sheet.stock.right - wide
    sheet.print(digits, x, bottom - FACT.leading * 0.26, FACT.face, FACT.size, FACT.colour)
    sheet.page.links.append(Link(x, sheet.y, wide, FACT.leading, f"#{entry.name}"))
    sheet.skip(ENTRY)
