"""Where do I find the answers of a report as CSV, for programs and databases? Here: RFC 4180, UTF-8, no mark."""

import spreadsheet
from reports import rows
from reports.document import Report

LABEL = "CSV"
ABOUT = "A line for each question, for programs: UTF-8, commas"
SUFFIX = ".csv"
MIME = spreadsheet.MIME


def write(report: Report) -> bytes:
    """A row for each question; no cell is one that a spreadsheet would run."""
    return lines(report, marked=False)


def lines(report: Report, marked: bool) -> bytes:
    """The same with or without the mark that Excel knows UTF-8 by."""
    written = (["" if value is None else str(value) for value in row] for row in rows.answers(report))
    return spreadsheet.csv_file(rows.HEADS, written, marked)
