"""A questionnaire as somebody hands it back: the blank form, filled in with openpyxl as a person would with Excel."""

from collections.abc import Mapping
from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell

from checklist.model import Checklist
from exchange.answers_file import AnswersFile
from reports.questionnaire import workbook
from scoring import questionnaire as form
from scoring.model import Response

WORDS = {value: words for words, value in form.HEALTH_WORDS.items()}
CHOICES = {meant: words for words, meant in form.choices().items()}


def blank(checklist: Checklist, system: str = "") -> Workbook:
    return load_workbook(BytesIO(workbook.write(checklist, system)))


def saved(book: Workbook) -> bytes:
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def cell(book: Workbook, key: str, head: str) -> Cell:
    """The cell under a head in the row of an id, wherever it stands."""
    for page in book:
        heads: dict[str, int] = {}
        for row in page.iter_rows():
            texts = {str(one.value): one.column for one in row if one.value is not None}
            if heads and page.cell(row[0].row, heads[form.ID]).value == key:
                return page.cell(row[0].row, heads[head])
            heads = texts if form.ID in texts and head in texts else heads
    raise KeyError(key)


def put(book: Workbook, key: str, head: str, value: Any) -> Cell:
    """Write a value; text stays text, whatever it begins with, as in a cell that is formatted as text."""
    found = cell(book, key, head)
    found.value = value
    if isinstance(value, str) and found.data_type == "f":
        found.data_type = "s"
    return found


def filled(checklist: Checklist, said: AnswersFile) -> bytes:
    """The form with everything that an answers file says."""
    book, answers = blank(checklist), said.answers
    put(book, form.SYSTEM, form.VALUE, said.system)
    put(book, form.TARGET, form.VALUE, answers.target.overall)
    put(book, form.LENS, form.VALUE, said.lens)
    for area, level in answers.target.areas.items():
        put(book, form.area_target(area), form.VALUE, level)
    for item, response in answers.responses.items():
        _respond(book, item, response)
    for question, choice in answers.health.items():
        put(book, question, form.HEALTH, WORDS[choice])
    for failure in answers.failures:
        put(book, failure, form.HAPPENED, form.YES)
    return saved(book)


def _respond(book: Workbook, item: str, response: Response) -> None:
    meant: Mapping[str, form.Choice] = {
        "rated": form.Choice("rating", response.rating or 0),
        "unknown": form.Choice("rating", "unknown"),
        "not-applicable": form.Choice("not_applicable", response.reason or ""),
    }
    if response.state in meant:
        words = CHOICES[meant[response.state]]
        put(book, item, form.RATING, int(words) if words.isdigit() else words)
    put(book, item, form.NOTE, response.note or None)
    put(book, item, form.EVIDENCE, "\n".join(response.evidence) or None)
    until: date | None = response.valid_until
    put(book, item, form.UNTIL, until)
