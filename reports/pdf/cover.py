"""Where do I find the cover of the PDF? Here: the level as a sentence, the band, the facts, the contents."""

from collections.abc import Iterator, Sequence

import palette
from reports import drawing
from reports.document import Report, day, minute
from reports.pdf import faces, script, styles, text
from reports.pdf.sheet import BOTTOM, LEFT, RIGHT, WIDTH, Link, Page, Sheet
from reports.pdf.text import Piece, SetLine, Style
from reports.scene import Line
from reports.wording import PRODUCT
from scoring import explain

# The headline takes the largest size at which it needs at most so many lines.
SIZES = (36, 30, 25, 21, 17)
FEW_LINES, MOST_LINES = 4, 7
FACT = Style("sans", 10, 14)
LABEL = Style("sans", 10, 14, palette.MUTED)
LABEL_WIDTH, FACTS_WIDTH = 62.0, 212.0
CONTENTS_X = 262.0


def cover(report: Report, contents: Sequence[tuple[str, str, int]]) -> Page:
    """Page one; `contents` are the chapters as bookmark, title and page number."""
    sheet = Sheet()
    sheet.bookmark("cover", "Cover")
    sheet.write(PRODUCT, styles.MARK)
    sheet.y = 168
    _headline(sheet, report)
    sheet.skip(8)
    _short(sheet, explain.rule(report.checklist, report.result), Style("serif", 14, 21, palette.MUTED), 6)
    sheet.skip(28)
    sheet.place(drawing.score_band(report.checklist, report.result, report.system, WIDTH))
    sheet.skip(10)
    standing = explain.standing(report.checklist, report.result)
    sheet.write(text.shortened(Piece(standing, styles.BODY), WIDTH, 5).text, styles.BODY)
    _foot(sheet, report, contents)
    return sheet.page


def _headline(sheet: Sheet, report: Report) -> None:
    name = script.one_line(report.system)
    for size in SIZES:
        style = Style("serif-semibold", size, size * 1.2)
        if _lines(report, name, style) <= FEW_LINES:
            break
    # The level is what the cover is for, so a name that is far too long is cut, never the sentence after it.
    while _lines(report, name, style) > MOST_LINES:
        name = name[: len(name) * 9 // 10].rstrip("… ") + text.ELLIPSIS
    _short(sheet, explain.headline(report.checklist, name, report.result), style, MOST_LINES)


def _lines(report: Report, name: str, style: Style) -> int:
    sentence = explain.headline(report.checklist, name, report.result)
    return len(text.lines(Piece(sentence, style), WIDTH))


def _short(sheet: Sheet, words: str, style: Style, most: int) -> None:
    piece = text.shortened(Piece(words, style), WIDTH, most)
    sheet.write(piece.text, style, width=text.balanced(piece, WIDTH))


def _foot(sheet: Sheet, report: Report, contents: Sequence[tuple[str, str, int]]) -> None:
    facts = [list(_fact(label, value)) for label, value in _facts(report) if value]
    height = max(sum(len(lines) * FACT.leading + 5 for lines in facts), len(contents) * 19)
    top = BOTTOM - height - 14
    sheet.draw([Line(LEFT, top, RIGHT, top, palette.LINE)])
    sheet.y = top + 12
    for lines in facts:
        _set_fact(sheet, lines)
    sheet.y = top + 12
    for name, title, number in contents:
        _entry(sheet, name, title, number)


def _facts(report: Report) -> tuple[tuple[str, str], ...]:
    return (
        ("Status" if report.milestone is None else "Milestone", report.edition),
        ("Date", day(report.date)),
        ("Workspace", report.workspace),
        ("Checklist", f"version {report.checklist.version}"),
        ("Lens", report.checklist.lens.name),
        ("Written", f"{minute(report.generated_at)}, {PRODUCT} {report.app_version}"),
    )


def _fact(label: str, value: str) -> Iterator[tuple[str, SetLine]]:
    short = text.shortened(Piece(value, FACT), FACTS_WIDTH - LABEL_WIDTH, 4)
    for number, line in enumerate(text.lines(short, FACTS_WIDTH - LABEL_WIDTH)):
        yield ("" if number else label), line


def _set_fact(sheet: Sheet, lines: list[tuple[str, SetLine]]) -> None:
    for label, line in lines:
        sheet.y += FACT.leading
        if label:
            sheet.print(label, LEFT, sheet.y - FACT.leading * 0.26, LABEL.face, LABEL.size, LABEL.colour)
        sheet.set(line, LEFT + LABEL_WIDTH, sheet.y)
    sheet.skip(5)


def _entry(sheet: Sheet, name: str, title: str, number: int) -> None:
    bottom = sheet.y + FACT.leading
    line = text.lines(Piece(title, FACT, f"#{name}"), WIDTH - CONTENTS_X - 24)[0]
    sheet.set(line, LEFT + CONTENTS_X, bottom)
    digits = str(number)
    wide = faces.width(digits, FACT.face) * FACT.size / 1000
    sheet.print(digits, RIGHT - wide, bottom - FACT.leading * 0.26, FACT.face, FACT.size, FACT.colour)
    sheet.page.links.append(Link(RIGHT - wide, sheet.y, wide, FACT.leading, f"#{name}"))
    sheet.skip(19)
