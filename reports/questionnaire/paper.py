"""Where do I find the blank questionnaire to print, with boxes to tick and lines to write on? Here, as a PDF on A4."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime

import palette
from checklist.model import NOT_APPLICABLE_REASONS, Area, Checklist, Item
from reports.formats import pdf
from reports.pdf import faces, styles
from reports.pdf.press import Imprint, pressed
from reports.pdf.sheet import TOP, WIDTH, Column, Page, Printed, Sheet
from reports.pdf.text import Piece
from reports.questionnaire import TITLE
from reports.scene import Box, Line, Shape
from reports.wording import PRODUCT
from scoring import questionnaire as form
from scoring.explain import REASONS

BOX = 9.0
WORDS = 15.0
NUMBER, ANSWER = Column(WORDS, 12), Column(WORDS + 16, WIDTH - WORDS - 16)
LABEL = Column(0, 74)
# Where each reason has its box; they stand in one line.
REASON_PLACES = (78.0, 156.0, 260.0, 386.0)
CHOICE_PLACES = (0.0, 70.0, 140.0)
# Four lines to write a note on, and one for each field of the first page.
NOTE_LINES, LINE_STEP, NOTE_HEIGHT, FIELD_HEIGHT = 4, 18.0, 82.0, 26.0
FOOT_X, FOOT_Y, FOOT_SIZE = 64.0, 808.0, 8.5
# A blank form is not made on a day: the same checklist gives the same bytes.
NO_DAY = datetime(2000, 1, 1, tzinfo=UTC)


def write(checklist: Checklist, system: str = "") -> bytes:
    """Every question with its five answers, in the order of the checklist; no question is torn apart by a page."""
    faces.load()
    # Forms and reports share the typefaces, which two at once would read at each other's place.
    with pdf._pressing:
        sheet = Sheet()
        _front(sheet, checklist, system)
        for area in checklist.areas:
            _area(sheet, area)
        _health(sheet, checklist)
        _failures(sheet, checklist)
        _foot(sheet.pages, f"{TITLE}, checklist {checklist.version}, {checklist.lens.name}")
        subject = f"Checklist {checklist.version}, lens {checklist.lens.id}"
        return pressed(sheet.pages, Imprint(TITLE, PRODUCT, subject, NO_DAY))


def _front(sheet: Sheet, checklist: Checklist, system: str) -> None:
    sheet.bookmark("start", form.START)
    sheet.write(TITLE, styles.TITLE)
    sheet.skip(10)
    for sentence in form.instructions(checklist):
        sheet.write(sentence, styles.BODY)
        sheet.skip(3)
    sheet.skip(14)
    for label, value in (("System", system), ("Date", ""), ("Who answers", ""), ("Level aimed at", "")):
        cells = [(LABEL, [Piece(label, styles.SMALL_MUTED)]), (Column(84, WIDTH - 84), [Piece(value, styles.BODY)])]
        sheet.row(cells, _rules(84, 1, FIELD_HEIGHT - 8), least=FIELD_HEIGHT)


def _area(sheet: Sheet, area: Area) -> None:
    sheet.new_page()
    sheet.bookmark(f"area-{area.id}", area.name)
    sheet.write(area.name, styles.TITLE)
    for section in area.sections:
        first, *rest = section.items
        _whole(sheet, lambda on, section=section, first=first: _begin(on, section.name, first))  # type: ignore[misc]
        for item in rest:
            _whole(sheet, lambda on, item=item: _item(on, item))  # type: ignore[misc]


def _whole(sheet: Sheet, compose: Callable[[Sheet], None]) -> None:
    """Compose on this page where there is room for all of it, else on the next."""
    trial = Sheet()
    compose(trial)
    if len(trial.pages) == 1:
        sheet.ensure(trial.y - TOP + styles.HEADING.before)
    compose(sheet)


def _begin(sheet: Sheet, section: str, item: Item) -> None:
    sheet.write(section, styles.HEADING)
    _item(sheet, item)


def _item(sheet: Sheet, item: Item) -> None:
    sheet.skip(8)
    sheet.write(item.name, styles.NAME)
    sheet.write(item.question, styles.BODY)
    sheet.skip(4)
    for rating, answer in enumerate(item.answers, start=1):
        cells = [(NUMBER, [Piece(str(rating), styles.NAME)]), (ANSWER, [Piece(answer, styles.SMALL)])]
        sheet.row(cells, _boxes((0.0,)), least=BOX + 4)
        sheet.skip(3)
    sheet.row([_beside(0.0, form.UNKNOWN)], _boxes((0.0,)), least=BOX + 4)
    sheet.skip(3)
    reasons = [_beside(x, REASONS[one]) for x, one in zip(REASON_PLACES, NOT_APPLICABLE_REASONS, strict=True)]
    label = (LABEL, [Piece(f"{form.NOT_APPLICABLE}:", styles.SMALL)])
    sheet.row([label, *reasons], _boxes(REASON_PLACES), least=BOX + 4)
    sheet.skip(3)
    lines = _rules(84, NOTE_LINES, LINE_STEP)
    sheet.row([(LABEL, [Piece("Note, evidence", styles.SMALL_MUTED)])], lines, least=NOTE_HEIGHT)


def _health(sheet: Sheet, checklist: Checklist) -> None:
    sheet.new_page()
    sheet.bookmark("health", form.HEALTH_SHEET)
    sheet.write(form.HEALTH_SHEET, styles.TITLE)
    for question in checklist.health:
        sheet.ensure(90)
        sheet.skip(10)
        sheet.write(question.question, styles.NAME)
        sheet.write(question.hint, styles.SMALL_MUTED)
        sheet.skip(4)
        words = [_beside(x, word) for x, word in zip(CHOICE_PLACES, form.HEALTH_WORDS, strict=True)]
        sheet.row(words, _boxes(CHOICE_PLACES), least=BOX + 4)


def _failures(sheet: Sheet, checklist: Checklist) -> None:
    sheet.heading("What happened in production in the last six months", styles.HEADING, keep=120)
    sheet.bookmark("failures", form.FAILURES_SHEET)
    for failure in checklist.failures:
        sheet.skip(6)
        words = (Column(WORDS, WIDTH - WORDS), [Piece(f"{failure.name}: {failure.question}", styles.SMALL)])
        sheet.row([words], _boxes((0.0,)), least=BOX + 4)


def _beside(x: float, words: str) -> tuple[Column, list[Piece]]:
    """Words beside a box at `x`."""
    return Column(x + WORDS, 110), [Piece(words, styles.SMALL)]


def _boxes(places: Sequence[float]) -> Callable[[float, float], Iterator[Shape]]:
    def drawn(x: float, y: float) -> Iterator[Shape]:
        for place in places:
            yield Box(x + place, y + 2, BOX, BOX, None, palette.INK, 0.7)

    return drawn


def _rules(start: float, count: int, step: float) -> Callable[[float, float], Iterator[Shape]]:
    """Lines to write on, from `start` to the right edge."""

    def drawn(x: float, y: float) -> Iterator[Shape]:
        for number in range(1, count + 1):
            yield Line(x + start, y + number * step, x + WIDTH, y + number * step, palette.UNKNOWN_LINE, 0.5)

    return drawn


def _foot(pages: Sequence[Page], words: str) -> None:
    for number, page in enumerate(pages, start=1):
        x = FOOT_X
        for face, piece in faces.runs(f"{words}  ·  Page {number} of {len(pages)}", "sans"):
            page.texts.append(Printed(x, FOOT_Y, face.name, FOOT_SIZE, palette.MUTED, piece))
            x += faces.width(piece, "sans") * FOOT_SIZE / 1000
