import csv
import io

import pytest

from reports import rows
from reports.document import Report
from reports.formats import csv as plain
from reports.formats import csv_excel
from reports.legible import legible
from tests.reports.builders import a_report, the_checklist
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

RUN = ("=", "+", "-", "@", "\t", "\r")


def _read(report: Report) -> dict[str, dict[str, str]]:
    """The rows by item id, read as any CSV reader would."""
    text = plain.write(report).decode("utf-8")
    return {row["Id"]: row for row in csv.DictReader(io.StringIO(text, newline=""), strict=True)}


def test_every_question_has_its_row_with_answer_note_and_evidence() -> None:
    found = _read(a_full_report())
    assert list(found) == [item.id for item in the_checklist().items]
    one = found["data-1"]
    assert (one["State"], one["Rating"], one["Answer"]) == ("rated", "4", "Data 1 is like 4.")
    assert (one["Note"], one["Evidence"]) == ("seen in CI", "https://ci.example/run")
    assert one["Evidence counts until"] == "2027-01-31"
    assert (found["data-2"]["State"], found["data-2"]["Reason"]) == ("not applicable", "out of scope")
    assert [found[f"data-{number}"]["State"] for number in (3, 4)] == ["don’t know", "unanswered"]
    assert (found["data-6"]["Owner"], found["data-6"]["Due"]) == ("Ben", "2026-12-24")
    assert found["data-6"]["How it came about"] == "The median of two people, who say 1 to 3."


def test_lines_end_as_rfc_4180_has_them_and_only_excel_gets_a_mark() -> None:
    report = a_report()
    without, marked = plain.write(report), csv_excel.write(report)
    assert marked == b"\xef\xbb\xbf" + without
    assert without.startswith(b"Area,Section,")
    assert without.count(b"\r\n") == without.count(b"\n") == len(the_checklist().items) + 1


def test_no_cell_is_run_and_none_is_lost() -> None:
    text = plain.write(a_hostile_report()).decode("utf-8")
    for row in csv.reader(io.StringIO(text, newline=""), strict=True):
        assert len(row) == len(rows.HEADS)
        assert not [cell for cell in row if cell.lstrip().startswith(RUN)]
    assert "\x00" not in text
    found = _read(a_hostile_report())
    for item, words in EVERY_ANSWER.items():
        assert found[item]["Note"].removeprefix("'") == legible(words)


def test_a_long_note_and_many_links_are_complete() -> None:
    one = _read(a_long_report())["data-1"]
    assert one["Note"] == LONG
    assert one["Evidence"].split("\n") == list(LINKS)


@pytest.mark.parametrize("report", [nothing_answered(), nothing_applies()])
def test_a_report_without_ratings_still_names_every_question(report: Report) -> None:
    assert len(_read(report)) == len(the_checklist().items)
    assert {row["Rating"] for row in _read(report).values()} == {""}


def test_the_same_report_gives_the_same_bytes() -> None:
    assert plain.write(a_full_report()) == plain.write(a_full_report())
