"""Where do I find the blank questionnaire as an Excel form? Here; `exchange.workbook` reads it when it is filled in."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook

import palette
from checklist.model import RATINGS, Area, Checklist
from reports.legible import legible
from reports.questionnaire import TITLE
from scoring import questionnaire as form

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
# A blank form is not made on a day: the same checklist gives the same bytes.
NO_DAY = datetime(2000, 1, 1)  # noqa: DTZ001  a workbook keeps no zone
TOP = {"valign": "top", "text_wrap": True}
EDGE = {"border": 1, "border_color": palette.LINE}
STYLES = {
    "title": {"bold": True, "font_size": 16, "font_color": palette.INK},
    "line": TOP,
    "head": TOP | EDGE | {"bold": True, "font_color": palette.INK, "bg_color": palette.SURFACE_LIGHT},
    "name": TOP | EDGE | {"bold": True},
    "text": TOP | EDGE,
    "entry": TOP | EDGE | {"bg_color": "#FFFBE8"},
    "day": TOP | EDGE | {"bg_color": "#FFFBE8", "num_format": "yyyy-mm-dd"},
    "id": TOP | EDGE | {"font_color": palette.MUTED, "font_size": 8},
}
LINK_HINT = "One address a line: Alt and Enter begin a new line."


def write(checklist: Checklist, system: str = "") -> bytes:
    """A sheet with instructions, one for each area, and one each for the health check and for failures.

    It holds the version of the checklist and the lens, by which it is known again when it comes back.
    """
    target = BytesIO()
    book = _Form(Workbook(target, OPTIONS), checklist)
    book.start(legible(system))
    for area in checklist.areas:
        book.area(area)
    book.health()
    book.failures()
    book.workbook.close()
    return target.getvalue()


class _Form:
    """The form under construction: text to read, fields to fill in, and the id by which each row is known."""

    def __init__(self, workbook: Any, checklist: Checklist) -> None:
        self.workbook, self.checklist = workbook, checklist
        self.styles = {name: workbook.add_format(style) for name, style in STYLES.items()}
        subject = f"Checklist {checklist.version}, lens {checklist.lens.id}"
        workbook.set_properties({"title": TITLE, "subject": subject, "created": NO_DAY})

    def start(self, system: str) -> None:
        page = self._page(form.START, (44, 60, 22))
        page.write_string(0, 0, TITLE, self.styles["title"])
        told = form.instructions(self.checklist)
        for row, sentence in enumerate(told, start=1):
            page.merge_range(row, 0, row, 1, sentence, self.styles["line"])
            page.set_row(row, 32)
        top = len(told) + 2
        self._heads(page, top, ("", form.VALUE, form.ID))
        for row, (words, value, key) in enumerate(self._entries(system), start=top + 1):
            self._row(page, row, [words], [value], key)
            if key.startswith(form.TARGET):
                _offer(page, row, 1, [str(rating) for rating in RATINGS])

    def _entries(self, system: str) -> Iterable[tuple[str, str, str]]:
        yield "Name of the system", system, form.SYSTEM
        yield "Level aimed at (may stay empty)", "", form.TARGET
        for area in self.checklist.areas:
            yield f"Another aim for {area.name} (may stay empty)", "", form.area_target(area.id)
        yield "Checklist (leave as it is)", self.checklist.version, form.CHECKLIST
        yield "Lens (leave as it is)", self.checklist.lens.id, form.LENS

    def area(self, area: Area) -> None:
        levels = [f"{level.number} {level.name}" for level in self.checklist.levels]
        page = self._page(_sheet_name(area.name), (22, 34, *[34] * len(levels), 18, 40, 40, 14, 22))
        entries = (form.RATING, form.NOTE, form.EVIDENCE, form.UNTIL)
        self._heads(page, 0, ("Item", "Question", *levels, *entries, form.ID))
        for row, item in enumerate(area.items, start=1):
            self._row(page, row, [item.name, item.question, *item.answers], [""] * len(entries), item.id)
        first, last = 2 + len(levels), len(area.items)
        _offer(page, 1, first, list(form.choices()), last)
        page.data_validation(1, first + 2, last, first + 2, {"validate": "any", "input_message": LINK_HINT})
        page.data_validation(1, first + 3, last, first + 3, _a_day())
        for row in range(1, last + 1):
            page.write_blank(row, first + 3, None, self.styles["day"])
        page.freeze_panes(1, 1)
        page.repeat_rows(0)

    def health(self) -> None:
        page = self._page(form.HEALTH_SHEET, (44, 60, 18, 22))
        self._heads(page, 0, ("Question", "Yes means", form.HEALTH, form.ID))
        for row, question in enumerate(self.checklist.health, start=1):
            self._row(page, row, [question.question, question.hint], [""], question.id)
        _offer(page, 1, 2, list(form.HEALTH_WORDS), len(self.checklist.health))

    def failures(self) -> None:
        page = self._page(form.FAILURES_SHEET, (32, 60, 18, 22))
        self._heads(page, 0, ("Failure", "In production, in the last six months", form.HAPPENED, form.ID))
        for row, failure in enumerate(self.checklist.failures, start=1):
            self._row(page, row, [failure.name, failure.question], [""], failure.id)
        _offer(page, 1, 2, [form.YES], len(self.checklist.failures))

    def _page(self, name: str, widths: Sequence[int]) -> Any:
        page = self.workbook.add_worksheet(name)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        for column, width in enumerate(widths):
            page.set_column(column, column, width)
        return page

    def _heads(self, page: Any, row: int, heads: Sequence[str]) -> None:
        for column, head in enumerate(heads):
            page.write_string(row, column, head, self.styles["head"])

    def _row(self, page: Any, row: int, read: Sequence[str], entries: Sequence[str], key: str) -> None:
        for column, words in enumerate(read):
            page.write_string(row, column, words, self.styles["text" if column else "name"])
        for column, value in enumerate(entries, start=len(read)):
            page.write_string(row, column, value, self.styles["entry"])
        page.write_string(row, len(read) + len(entries), key, self.styles["id"])


def _offer(page: Any, row: int, column: int, words: list[str], last: int | None = None) -> None:
    """A drop-down in a column's cells from `row` to `last`; whatever else is typed there is refused by Excel."""
    rule = {"validate": "list", "source": words, "error_title": "Not in the list", "error_message": "Choose one."}
    page.data_validation(row, column, last or row, column, rule)


def _a_day() -> dict[str, Any]:
    return {
        "validate": "date",
        "criteria": ">=",
        "value": date(2000, 1, 1),
        "error_title": "No day",
        "error_message": "Write a day such as 2026-12-31.",
    }


def _sheet_name(area: str) -> str:
    """A name that Excel takes for a sheet: 31 characters, none of its own signs."""
    return "".join(sign for sign in area if sign not in "[]:*?/\\")[:31].strip("' ")
