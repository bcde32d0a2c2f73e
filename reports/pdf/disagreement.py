"""Where do I find in the PDF where people lie apart? Here: who says what, the widest first, and what counts."""

from collections.abc import Iterator
from functools import partial

import palette
from reports import drawing
from reports.document import Report
from reports.pdf import styles
from reports.pdf.chapters import begin, listed
from reports.pdf.sheet import WIDTH, Column, Sheet
from reports.pdf.text import Piece
from reports.scene import Line, Shape
from reports.wording import person
from scoring import voices
from scoring.agree import Disagreement, Person
from scoring.explain import response_words
from scoring.model import Response
from scoring.wording import counted

ITEM, SAID, COUNTS = Column(0, 118), Column(130, 212), Column(354, WIDTH - 354)
HEADS = ((ITEM, "Question"), (SAID, "Who says what"), (COUNTS, "What counts"))


def add(sheet: Sheet, report: Report) -> None:
    """Nothing where nobody is named: who came through a link does not learn who said what."""
    found = report.disagreements
    if not (found or report.participants):
        return
    begin(sheet, "disagreement", needs=260 if found else 110)
    people = {person.id for one in found for person, _ in one.choices}
    sheet.write(voices.agreement(found, max(len(report.participants), len(people))), styles.LEAD)
    if report.participants:
        everybody = "; ".join(person(one.name, one.role) for one in report.participants)
        sheet.skip(4)
        sheet.write(f"Who answered: {everybody}.", styles.SENTENCE)
    if found:
        _table(sheet, report)


def _table(sheet: Sheet, report: Report) -> None:
    sheet.skip(12)
    found = enumerate(report.disagreements)
    listed(sheet, HEADS, [partial(_row, sheet, report, one, first=not number) for number, one in found])


def _row(sheet: Sheet, report: Report, one: Disagreement, first: bool) -> None:
    apart = f"{counted(one.spread, 'level')} apart" if one.spread else "about whether it applies"
    item = [Piece(report.checklist.item(one.item).name, styles.NAME), Piece(apart, styles.SMALL_MUTED)]
    said = [Piece(voices.sentence(one, first), styles.SENTENCE), Piece(voices.by_role(one), styles.QUOTED)]
    said += [piece for who, given in one.choices for piece in _voice(who, given)]
    counts = [Piece(words, styles.SMALL_MUTED) for words in _counts(report, one)]
    indented = Column(COUNTS.x + 26, COUNTS.width - 26)
    sheet.row([(ITEM, item), (SAID, said), (indented, counts)], partial(_marks, report, one), least=20)
    sheet.skip(11)


def _voice(who: Person, given: Response) -> Iterator[Piece]:
    yield Piece(f"{person(who.name, who.role)}: {response_words(given)}", styles.QUOTED)
    yield Piece(given.note, styles.NOTE)


def _counts(report: Report, one: Disagreement) -> Iterator[str]:
    """How the answer that counts came about; a rating stands in its mark already."""
    response = report.answers.response(one.item)
    if response.rating is None:
        yield response_words(response)
    yield report.origins.get(one.item, "")


def _marks(report: Report, one: Disagreement, x: float, y: float) -> Iterator[Shape]:
    yield Line(x, y - 5, x + WIDTH, y - 5, palette.LINE, 0.5)
    yield from drawing.rating_mark(report.answers.response(one.item), x + COUNTS.x, y)
