"""Where do I find a report as an Excel workbook? Here: its tables with filters, frozen heads, numbers and days."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date
from io import BytesIO
from itertools import count
from typing import Any

from xlsxwriter import Workbook

import palette
from reports.document import Report
from reports.legible import legible
from reports.rows import Value
from reports.tables import BARS, MIDDLE, NARROW, WIDTHS, Sheet, Table, sheets
from reports.wording import PRODUCT
from scoring import explain

LABEL = "Excel"
ABOUT = "Tables to sort and filter: summary, fixes, answers, history, method"
SUFFIX = ".xlsx"
MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Excel takes 32,767 units of UTF-16 in a cell; a sign outside the first plane is two, and the pointer needs room.
PIECE, NEARBY = 16_000, 1_000
POINTER = "\n[It goes on in the sheet “Long texts”.]"
LONG_HEADS = ("Sheet", "Row", "Column", "Part", "Text")
SHARES = ("Coverage",)
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write(report: Report) -> bytes:
    """Every table of the report; the same report gives the same bytes, and no text of a person is ever run."""
    target = BytesIO()
    book = _Book(Workbook(target, OPTIONS), report)
    for sheet in sheets(report):
        book.add(sheet)
    book.close()
    return target.getvalue()


class _Book:
    """The workbook under construction; texts that no cell can hold go on in a sheet of their own at its end."""

    def __init__(self, workbook: Any, report: Report) -> None:
        self.workbook = workbook
        self.long: list[tuple[Value, ...]] = []
        self.confidentiality = " ".join(legible(report.choice.confidentiality).split()).replace("&", "&&")
        top: dict[str, Any] = {"valign": "top", "font_name": "Calibri", "font_size": 11}
        styles: dict[str, dict[str, Any]] = {
            "text": {"text_wrap": True},
            "whole": {"num_format": "0"},
            "decimal": {"num_format": "0.00##"},
            "share": {"num_format": "0 %"},
            "day": {"num_format": "yyyy-mm-dd", "align": "left"},
            "title": {"bold": True, "font_size": 14},
            "line": {},
            "head": {"bold": True, "text_wrap": True, "bottom": 1, "font_color": palette.MUTED},
        }
        self.styles = {name: workbook.add_format(top | style) for name, style in styles.items()}
        workbook.set_properties(
            {
                "title": explain.headline(report.checklist, legible(report.system), report.result)[:255],
                "author": PRODUCT,
                "created": report.generated_at.astimezone(UTC).replace(tzinfo=None),
            }
        )

    def add(self, sheet: Sheet) -> None:
        """A sheet; where it is one table only, its head stays in view."""
        page = self.workbook.add_worksheet(sheet.name)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.set_footer("&C&P / &N")
        if self.confidentiality:
            page.set_header(f"&C{self.confidentiality}")
        _widths(page, sheet.tables)
        row = self._lines(page, sheet.lines)
        for table in sheet.tables:
            if table.title and row:
                page.write_string(row, 0, table.title, self.styles["title"])
                row += 1
            row = self._table(page, sheet.name, row, table)
        if sheet.tables and not sheet.lines:
            page.freeze_panes(1, 0)
            page.repeat_rows(0)

    def _lines(self, page: Any, lines: Sequence[str]) -> int:
        for row, line in enumerate(lines):
            page.write_string(row, 0, line, self.styles["line" if row else "title"])
        return len(lines) + bool(lines)

    def _table(self, page: Any, sheet: str, top: int, table: Table) -> int:
        """The table from row `top` on; the row after it and a gap."""
        last, right = top + len(table.rows), len(table.heads) - 1
        columns = [{"header": head, "header_format": self.styles["head"]} for head in table.heads]
        style = {"name": table.name, "columns": columns, "style": "Table Style Light 1", "autofilter": True}
        page.add_table(top, 0, last, right, style)
        for row, values in enumerate(table.rows, start=top + 1):
            for column, (head, value) in enumerate(zip(table.heads, values, strict=True)):
                self._cell(page, (sheet, row, column), head, value)
        for column, head in enumerate(table.heads):
            if head in BARS:
                page.conditional_format(top + 1, column, last, column, _bar())
        return last + 2

    def _cell(self, page: Any, place: tuple[str, int, int], head: str, value: Value) -> None:
        sheet, row, column = place
        match value:
            case str():
                page.write_string(row, column, self._fitted(value, sheet, row, head), self.styles["text"])
            case date():
                page.write_datetime(row, column, value, self.styles["day"])
            case int():
                page.write_number(row, column, value, self.styles["whole"])
            case float():
                page.write_number(row, column, value, self.styles["share" if head in SHARES else "decimal"])

    def _fitted(self, text: str, sheet: str, row: int, head: str) -> str:
        """The text, or its beginning with a pointer to where the rest stands."""
        first, *rest = _pieces(legible(text))
        self.long += [(sheet, row + 1, head, part, piece) for part, piece in zip(count(2), rest, strict=False)]
        return first + POINTER if rest else first

    def close(self) -> None:
        if self.long:
            self.add(Sheet("Long texts", (Table("LongTexts", LONG_HEADS, tuple(self.long)),)))
        self.workbook.close()


def _pieces(text: str) -> Iterator[str]:
    """The text in pieces that a cell can hold; no word and no address is cut where it has an end nearby."""
    while len(text) > PIECE:
        end = max(text.rfind(sign, PIECE - NEARBY, PIECE) for sign in "\n ") + 1 or PIECE
        yield text[:end]
        text = text[end:]
    yield text


def _widths(page: Any, tables: Sequence[Table]) -> None:
    """Each column as wide as the widest of what stands in it asks for."""
    for column in range(max((len(table.heads) for table in tables), default=0)):
        heads = [table.heads[column] for table in tables if column < len(table.heads)]
        wanted = max(WIDTHS.get(head, MIDDLE if len(head) > NARROW else NARROW) for head in heads)
        page.set_column(column, column, wanted)


def _bar() -> dict[str, Any]:
    return {
        "type": "data_bar",
        "bar_solid": True,
        "bar_color": palette.LEVELS_LIGHT[2],
        "min_type": "num",
        "min_value": 0,
        "max_type": "num",
        "max_value": 5,
    }
