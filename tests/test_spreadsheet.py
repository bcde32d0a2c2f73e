import csv
import io

import pytest

from spreadsheet import cell, csv_file


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@sum(a1)", "\t=1", "\r=1", "  =1", "\N{NO-BREAK SPACE}@x"])
def test_a_cell_that_a_spreadsheet_would_run_is_text(text: str) -> None:
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "a=1", "2 → 4", "“now in CI”", "'quoted'"])
def test_any_other_cell_is_as_it_was(text: str) -> None:
    assert cell(text) == text


def test_a_file_reads_back_row_by_row() -> None:
    rows = [("a", 'says "b"'), ("two\nlines", "ünï, 漢字")]
    file = csv_file(("One", "Two"), rows)
    assert [*csv.reader(io.StringIO(file.decode("utf-8-sig"), newline=""))] == [["One", "Two"], *map(list, rows)]
