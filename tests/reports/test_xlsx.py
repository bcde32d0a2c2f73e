from datetime import date, datetime
from io import BytesIO
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from reports.document import Report
from reports.formats import xlsx
from reports.legible import legible
from scoring.model import Response
from scoring.wording import number
from tests.reports.builders import MADE, a_report, rated, the_checklist
from tests.reports.extremes import (
    EVERY_ANSWER,
    LINKS,
    LONG,
    a_full_report,
    a_hostile_report,
    a_long_report,
    nothing_answered,
    nothing_applies,
)
from tests.scoring.strategies import promise

CELL_LIMIT = 32_767


def _book(report: Report) -> Workbook:
    return load_workbook(BytesIO(xlsx.write(report)))


def _table(book: Workbook, sheet: str, name: str = "") -> list[dict[str, Any]]:
    """The rows of a table of the sheet by their heads, as Excel would find them."""
    page = book[sheet]
    head, *rows = page[page.tables[name or sheet].ref]
    return [{top.value: cell.value for top, cell in zip(head, row, strict=True)} for row in rows]


def _answers(report: Report) -> dict[str, dict[str, Any]]:
    return {row["Id"]: row for row in _table(_book(report), "Answers")}


def test_the_sheets_stand_in_their_order() -> None:
    assert _book(a_report()).sheetnames == ["Summary", "Fixes", "Answers", "History", "Method"]
    full = ["Summary", "Fixes", "Path", "Answers", "History", "Disagreement", "Frameworks", "Method"]
    assert _book(a_full_report()).sheetnames == full


def test_every_answer_stands_with_its_note_its_links_and_numbers_as_numbers() -> None:
    found = _answers(a_full_report())
    assert list(found) == [item.id for item in the_checklist().items]
    one = found["data-1"]
    assert (one["Rating"], one["Answer"], one["Note"]) == (4, "Data 1 is like 4.", "seen in CI")
    assert (one["Evidence"], one["Evidence counts until"]) == ("https://ci.example/run", datetime(2027, 1, 31))  # noqa: DTZ001  a cell has no zone
    assert found["data-2"]["Reason"] == "out of scope"
    assert found["data-6"]["How it came about"] == "The median of two people, who say 1 to 3."


def test_every_fix_stands_in_its_order_with_what_people_agreed() -> None:
    report = a_full_report()
    rows = _table(_book(report), "Fixes")
    assert [row["Id"] for row in rows] == [fix.item for fix in report.result.fixes]
    for row, fix in zip(rows, report.result.fixes, strict=True):
        assert (row["Rating"], row["Target"], row["Effort"]) == (fix.rating, fix.target, fix.effort)
        assert row["Gain"] == pytest.approx(float(fix.gain), abs=0.0001)
        assert row["First step"] == "Start."
    planned = next(row for row in rows if row["Id"] == "data-6")
    assert (planned["Owner"], planned["Due"].date(), planned["Work"]) == ("Ben", date(2026, 12, 24), "In progress")
    accepted = _table(_book(report), "Fixes", "Accepted")
    assert [(row["Id"], row["Reason"]) for row in accepted] == [("data-5", "cheaper to live with")]


def test_history_path_people_and_disagreement_are_there() -> None:
    report = a_full_report()
    book = _book(report)
    assert [(row["Date"].date(), row["Name"], row["Score"]) for row in _table(book, "History")] == [
        (date(2026, 3, 1), "Spring review", 1.5),
        (date(2026, 11, 22), "Autumn review", 2),
    ]
    assert len(_table(book, "Path")) == len(report.path.steps)  # type: ignore[union-attr]
    assert [row["Name"] for row in _table(book, "Summary", "People")] == ["Ola", "Ben"]
    assert [row["Note"] for row in _table(book, "Disagreement", "Voices")] == ["never saw one", "every night"]


def test_scores_are_the_ones_of_every_other_format() -> None:
    report = a_full_report()
    rows = _table(_book(report), "Summary", "Areas")
    for row, area in zip(rows, report.result.areas, strict=True):
        assert area.score is not None
        assert row["Score"] == float(number(area.score))


def test_tables_can_be_filtered_heads_stay_in_view_and_ratings_have_bars() -> None:
    book = _book(a_full_report())
    for sheet in ("Fixes", "Answers", "History"):
        page = book[sheet]
        assert page.freeze_panes == "A2"
        assert page.tables[sheet].autoFilter is not None
    kinds = {rule.type for rules in book["Answers"].conditional_formatting for rule in rules.rules}
    assert kinds == {"dataBar"}


def test_no_text_of_a_person_becomes_a_formula_or_a_link() -> None:
    for sheet in _book(a_hostile_report()):
        for row in sheet.iter_rows():
            assert not [cell.coordinate for cell in row if cell.data_type == "f" or cell.hyperlink]


def test_hostile_text_comes_out_as_it_was_typed() -> None:
    found = _answers(a_hostile_report())
    for item, words in EVERY_ANSWER.items():
        assert found[item]["Note"] == legible(words)


def test_a_note_that_no_cell_can_hold_goes_on_in_another_sheet() -> None:
    book = _book(a_long_report())
    one = next(row for row in _table(book, "Answers") if row["Id"] == "data-1")
    rest = _table(book, "Long texts", "LongTexts")
    for head, whole in (("Note", LONG), ("Evidence", "\n".join(LINKS))):
        assert ("Long texts" in one[head]) == (len(whole) > xlsx.PIECE)
        pieces = [row["Text"] for row in rest if (row["Sheet"], row["Row"], row["Column"]) == ("Answers", 2, head)]
        assert one[head].removesuffix(xlsx.POINTER) + "".join(pieces) == whole
    lengths = [len(str(cell.value or "")) for sheet in book for row in sheet.iter_rows() for cell in row]
    assert max(lengths) <= CELL_LIMIT


@pytest.mark.parametrize("report", [nothing_answered(), nothing_applies()])
def test_a_report_without_ratings_still_opens(report: Report) -> None:
    book = _book(report)
    assert len(_table(book, "Answers")) == len(the_checklist().items)
    assert not book["Fixes"].tables
    assert book["Fixes"]["A1"].value
    assert book["History"]["A1"].value == "There is no milestone yet."


def test_the_same_report_gives_the_same_bytes_and_no_clock_is_asked() -> None:
    assert xlsx.write(a_full_report()) == xlsx.write(a_full_report())
    assert _book(a_report()).properties.created == MADE.replace(tzinfo=None)


@settings(promise, max_examples=15)
@given(st.text(max_size=60))
def test_any_text_at_all_makes_a_workbook_that_can_be_read(words: str) -> None:
    file = xlsx.write(a_report(rated(data_1=Response.rated(2, words, (words,))), system=words, workspace=words))
    with ZipFile(BytesIO(file)) as parts:
        for part in parts.namelist():
            ElementTree.fromstring(parts.read(part))  # noqa: S314  it is our own
